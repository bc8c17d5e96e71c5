"""The shared store was brought back from an old copy, or is another one: what shall be done."""

from html import escape

from PySide6.QtWidgets import QDialog, QWidget

from demoexam.errors import UserError
from demoexam.hub.errors import OtherHub
from demoexam.progress import Progress
from demoexam.services.syncing.exchange import Answer, Exchange, answer_restored
from demoexam.ui import dialogs
from demoexam.ui.cards import FindingStrip
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, column, label, row, rule
from demoexam.ui.workspace import Workspace

WIDTH = 620
SEND = (
    "Отправить то, что есть на этом компьютере",
    (
        "Обычно это верно: в хранилище вернётся всё, что здесь есть, а там потеряно. Что изменили "
        "и там, и здесь, будет показано как расхождение."
    ),
)
TAKE = (
    "Взять всё из хранилища заново",
    (
        "Данные этого компьютера заменятся данными хранилища; неотправленные правки останутся и "
        "уйдут туда. Прежний файл базы сохранится рядом как копия."
    ),
)
ELSEWHERE = (
    "Указать другой адрес",
    "Если подключён не тот файл или не тот сервер. Данные останутся как есть.",
)


class HubQuestion(QDialog):
    """Nothing is changed until one of the ways is chosen; «Решить позже» is always there."""

    def __init__(self, workspace: Workspace, parent: QWidget, *, error: UserError) -> None:
        super().__init__(parent)
        self.workspace, self.exchanger, self._over = workspace, workspace.exchanger, parent
        self.setWindowTitle("Общее хранилище")
        self.setFixedWidth(WIDTH)
        self.send, self.take = Button("Отправить", "upload"), Button("Взять", "download")
        self.elsewhere = Button("Изменить…", "pencil")
        self.strip, self.doing = FindingStrip(Tone.BAD), label("", "muted")
        self.strip.hide()
        later = Button("Решить позже")
        later.clicked.connect(self.reject)
        self.send.clicked.connect(lambda _on: self.answer(Answer.RESEND))
        self.take.clicked.connect(lambda _on: self.answer(Answer.TAKE))
        self.elsewhere.clicked.connect(lambda _on: self._change_address())
        ways = column(
            _way(*SEND, self.send), rule(), _way(*TAKE, self.take), rule(),
            _way(*ELSEWHERE, self.elsewhere), spacing=10,
        )  # fmt: skip
        self.setLayout(
            column(
                label(str(error), "section", wrap=True),
                label(told(error), "soft", wrap=True),
                10, ways, 6, self.strip, None, row(self.doing, None, later), spacing=6,
                margins=(24, 18, 24, 18),
            )
        )  # fmt: skip
        for button in self.findChildren(Button):
            button.setAutoDefault(False)

    def answer(self, choice: Answer) -> None:
        """Do it, with a first exchange; what fails is told here."""
        if self.exchanger.running is not None:
            return
        store = self.workspace.store

        def job(progress: Progress) -> Exchange:
            return answer_restored(store, choice, progress=progress)

        self._busy(True)
        task = self.exchanger.run(job, self._finish, on_refused=self._refuse)
        task.ended.connect(lambda: self._busy(False))

    def _finish(self, done: Exchange) -> None:
        self.exchanger.announce(done)
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self.strip.show_finding(Tone.BAD, f"<b>{escape(str(error))}</b><br>{escape(error.hint)}")
        self.exchanger.look()

    def _change_address(self) -> None:
        state = self.exchanger.state
        self.reject()
        dialogs.open_dialog("hub", self.workspace, self._over, url=state.url if state else "")

    def _busy(self, busy: bool) -> None:
        for button in (self.send, self.take, self.elsewhere):
            button.setEnabled(not busy)
        self.doing.setText("Идёт обмен…" if busy else "")


def told(error: UserError) -> str:
    """What it means for one who has never heard of hubs."""
    if isinstance(error, OtherHub):
        return (
            "По прежнему адресу лежит не то хранилище, с которым этот компьютер обменивался. "
            "До вашего выбора ничего не изменится, работать можно как обычно."
        )
    return (
        "Похоже, администратор восстановил его после сбоя. До вашего выбора ничего не изменится, "
        "работать можно как обычно."
    )


def _way(title: str, text: str, button: Button) -> QWidget:
    button.setAccessibleName(title)
    button.setAccessibleDescription(text)
    box = QWidget()
    words = column(label(title, "strong"), label(text, "muted", wrap=True), spacing=1)
    layout = row(words, button, spacing=16)
    layout.setStretch(0, 1)
    box.setLayout(layout)
    return box
