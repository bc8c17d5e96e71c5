"""Connecting the shared store: where it is, a check that explains itself, the first exchange."""

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QDialog, QProgressBar, QStackedWidget, QWidget

from demoexam.errors import Refused, UserError
from demoexam.hub.errors import HubMissing
from demoexam.progress import Progress
from demoexam.services.plan.overview import is_sample
from demoexam.services.syncing.connection import connect_store, disconnect, opened, place_words
from demoexam.services.syncing.exchange import Exchange, synchronise
from demoexam.sync.administration import check_hub, create_hub
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.syncing.hub_place import FILE, SERVER, FilePlace, ServerPlace
from demoexam.ui.tasks import Task
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, IconLabel, Segments, clear, column, label, row
from demoexam.ui.workspace import Workspace

SIZE = (640, 500)
KINDS = ((FILE, "Файл в сетевой папке"), (SERVER, "Сервер PostgreSQL"))
CHECKING, JOINING = "Проверяем…", "Первый обмен: это может занять минуту…"
LEAVING = "Отключаем общее хранилище…"
INVENTED = (
    "Учебную базу к общему хранилищу не подключают: данные в ней выдуманы.",
    "Вернитесь к своим данным и подключите их.",
)
Finding = tuple[str, bool, str]  # what was looked at, whether it is well, in words


class HubDialog(QDialog):
    """Nothing is changed before «Подключить»; whatever fails is told with what to do."""

    def __init__(self, workspace: Workspace, parent: QWidget, *, url: str = "") -> None:
        super().__init__(parent)
        self.workspace, self.exchanger = workspace, workspace.exchanger
        self._task: Task | None = None
        self.setWindowTitle("Общее хранилище")
        self.kind = Segments(KINDS, "Где общее хранилище")
        self.places: dict[str, FilePlace | ServerPlace] = {FILE: FilePlace(), SERVER: ServerPlace()}
        self.stack = QStackedWidget()
        self.findings, self.strip = column(spacing=6), FindingStrip(Tone.BAD)
        self.bar, self.doing = QProgressBar(), label("", "muted")
        self.check_button = Button("Проверить", "shield-check")
        self.stop_button = Button("Остановить")
        self.join_button = Button("Подключить", look="primary")
        self.leave_button = Button("Отключить", look="link")
        self.leave_button.setToolTip("Работать на одном компьютере; полученные данные останутся")
        self._assemble()
        self._connect()
        self._show_url(url)

    @property
    def place(self) -> FilePlace | ServerPlace:
        return self.places[str(self.kind.value())]

    def check(self) -> None:
        """Look at everything that could go wrong, in a task."""
        url, password = self.place.url(), self.place.password()

        def job(_progress: Progress) -> Sequence[Finding]:
            with opened(url, password) as hub, hub.reading():
                pass  # what prevents it is told with its advice
            return check_hub(url, password=password)

        task = self._begin(CHECKING) and self.workspace.run(
            job, title=CHECKING, on_done=self.show_findings, on_refused=self.tell, apart=True
        )
        self._watch(task)

    def join(self) -> None:
        """Make the hub if asked, remember it, and exchange for the first time."""
        if self.workspace.read(is_sample):
            self.tell(Refused(*INVENTED))
            return
        store, url, password = self.workspace.store, self.place.url(), self.place.password()
        making = isinstance(self.place, FilePlace) and self.place.making.isChecked()

        def job(progress: Progress) -> Exchange:
            if making:
                create_hub(url)
            connect_store(store, url, password=password)
            return synchronise(store, progress=progress)

        task = self._begin(JOINING) and self.exchanger.run(job, self._finish, on_refused=self.tell)
        self._watch(task)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """One line for each thing looked at: well or not, in words."""
        clear(self.findings)
        for what, well, told_words in found:
            words = told_words if "://" not in told_words else place_words(told_words)
            sign = IconLabel("circle-check" if well else "circle-x", "ok" if well else "bad", 16)
            told = label(f"<b>{escape(what.capitalize())}</b> {escape(words)}", "soft", wrap=True)
            told.setAccessibleName(f"{what}: {'в порядке' if well else 'не в порядке'}. {words}")
            line = row(sign, told, spacing=8)
            line.setStretch(1, 1)
            self.findings.addLayout(line)
        if all(well for _, well, _ in found):
            self.strip.show_finding(Tone.OK, "Всё в порядке: можно подключаться.")

    def tell(self, error: UserError) -> None:
        """A failure as a sentence with what to do."""
        missing = isinstance(error, HubMissing) and not self._makes()
        ways = [Action("Создать его здесь", self._offer_making)] if missing else []
        text = f"<b>{escape(str(error))}</b><br>{escape(error.hint)}"
        self.strip.show_finding(Tone.BAD, text, ways)
        self.strip.setAccessibleName(f"{error} {error.hint}")
        self.exchanger.look()

    def leave_hub(self) -> None:
        """Work on this computer alone again; what was exchanged stays."""
        store = self.workspace.store

        def job(_progress: Progress) -> None:
            disconnect(store)

        if self._begin(LEAVING):
            self._watch(
                self.workspace.run(job, title=LEAVING, on_done=self._left, on_refused=self.tell)
            )

    def reject(self) -> None:
        self._stop()
        super().reject()

    def _left(self, _result: object) -> None:
        self.exchanger.look()
        self.accept()

    def _offer_making(self) -> None:
        place = self.place
        if isinstance(place, FilePlace):
            place.making.setChecked(True)
            self.join_button.setFocus()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _begin(self, words: str) -> bool:
        """Make ready for work; False while something is under way already."""
        if self._task is not None or self.exchanger.running is not None:
            return False
        clear(self.findings)
        self.strip.show_finding(Tone.BAD, "")
        self.doing.setText(words)
        self.bar.setRange(0, 0)
        return True

    def _watch(self, task: Task | bool) -> None:
        if isinstance(task, Task):
            self._task = task
            task.progressed.connect(self._tell_progress)
            task.ended.connect(self._end)
            self._show_busy()

    def _finish(self, done: Exchange) -> None:
        self.exchanger.announce(done)
        self.accept()

    def _end(self) -> None:
        self._task = None
        self._show_busy()

    def _tell_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _show_busy(self) -> None:
        busy, known = self._task is not None, bool(self.place.url())
        for part in (self.bar, self.doing, self.stop_button):
            part.setVisible(busy)
        self.check_button.setEnabled(known and not busy and not self._makes())
        self.join_button.setEnabled(known and not busy)
        self.join_button.setText("Создать и подключить" if self._makes() else "Подключить")

    def _makes(self) -> bool:
        return isinstance(self.place, FilePlace) and self.place.making.isChecked()

    def _retype(self) -> None:
        """Other fields: what was found before is about them no more."""
        clear(self.findings)
        self.strip.show_finding(Tone.BAD, "")
        self._show_busy()

    def _show_kind(self, kind: object) -> None:
        self.stack.setCurrentWidget(self.places[str(kind)])
        self._retype()

    def _show_url(self, url: str) -> None:
        kind = SERVER if url.startswith("postgresql") else FILE
        if url:
            self.places[kind].show_url(url)
        self.kind.show_value(kind)
        self._show_kind(kind)
        self.place.focus_first()

    def _assemble(self) -> None:
        for place in self.places.values():
            self.stack.addWidget(place)
        self.bar.setTextVisible(False)
        self.strip.hide()
        busy = row(self.doing, self.bar, self.stop_button, spacing=8)
        busy.setStretch(1, 1)
        cancel = Button("Отмена")
        cancel.clicked.connect(self.reject)
        self.leave_button.setVisible(self.exchanger.connected)
        for button in (cancel, self.leave_button, self.check_button, self.stop_button):
            button.setAutoDefault(False)
        self.join_button.setDefault(True)
        buttons = row(self.leave_button, None, self.check_button, cancel, self.join_button)
        self.setLayout(
            column(
                label("Подключить общее хранилище", "section"),
                label(
                    "Через него несколько координаторов работают с одними данными: каждый на "
                    "своём компьютере, даже без сети, а обмен сводит всё вместе.",
                    "soft", wrap=True,
                ),
                8, row(self.kind, None), 6, self.stack, self.findings, self.strip, None, busy,
                buttons, spacing=6, margins=(24, 18, 24, 18),
            )
        )  # fmt: skip
        self.resize(*SIZE)

    def _connect(self) -> None:
        self.kind.chosen.connect(self._show_kind)
        for place in self.places.values():
            place.changed.connect(self._retype)
        self.check_button.clicked.connect(lambda _checked: self.check())
        self.stop_button.clicked.connect(lambda _checked: self._stop())
        self.leave_button.clicked.connect(lambda _checked: self.leave_hub())
        self.join_button.clicked.connect(lambda _checked: self.join())
