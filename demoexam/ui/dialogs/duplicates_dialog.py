"""«Объединить дубли»: pairs that may be one record, one after another, decided by three keys."""

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget
from sqlalchemy.orm import Session

from demoexam.errors import UserError
from demoexam.services.duplicates.cards import DuplicateCard, duplicate_card
from demoexam.services.duplicates.duplicates import (
    COMPARED,
    Likeness,
    Strength,
    chosen_pairs,
    find_duplicates,
)
from demoexam.services.duplicates.fields import MAIN_JOB
from demoexam.services.duplicates.merging import (
    APART,
    OPERATIONS,
    Trial,
    different,
    merge_duplicates,
    try_merge,
)
from demoexam.ui import dialogs
from demoexam.ui.cards import FindingStrip
from demoexam.ui.directories.duplicate_view import DuplicateView, EffectStrips
from demoexam.ui.syncing.question import HUB, MINE, CardArea
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, Pill, column, label, row
from demoexam.ui.workspace import Workspace

SIZE, LEAST = (980, 520), (760, 420)
FRAME = 190  # head, sentence and buttons
TITLES = {"expert": "Дубли экспертов", "organization": "Дубли организаций"}
TWO = {"expert": "&Разные люди", "organization": "&Разные организации"}
STATES = {
    Strength.SURE: ("почти наверняка одно и то же", Tone.OK),
    Strength.LIKELY: ("похоже, одно и то же", Tone.ACCENT),
    Strength.WEAK: ("сомнительно", Tone.WARN),
    Strength.CHOSEN: ("выбраны вами", Tone.GREY),
}
WORDS = {
    "expert": "Останется одна запись со значениями, которые отмечены. Места работы, свидетельства, "
    "компетенции и экзамены обеих сойдутся в ней, прежние значения останутся в истории.",
    "organization": "Останется одна запись со значениями, которые отмечены. Сотрудники, группы и "
    "мастерские обеих перейдут к ней, прежние значения останутся в истории.",
}
NOTHING = "Похожих записей нет."
WEIGHTY = frozenset({"kind", "active", MAIN_JOB})  # fields that the share depends on


class DuplicatesDialog(QDialog):
    """All pairs of a table, or those of the chosen records; `going` asks for a record's page."""

    going = Signal(str)

    def __init__(
        self, workspace: Workspace, parent: QWidget, *, table: str, record_ids: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self.workspace, self._over, self.table = workspace, parent, table
        self._chosen = tuple(record_ids)
        self._said: set[frozenset[str]] = set()  # pairs of the chosen that are decided
        self.pairs: Sequence[Likeness] = ()
        self._at = 0
        self.view: DuplicateView | None = None
        self.setWindowTitle(TITLES[table])
        self.title, self.state, self.place = label(TITLES[table], "page"), Pill(), label("", "soft")
        self.sentence, self.strip = label(WORDS[table], "soft", wrap=True), FindingStrip(Tone.BAD)
        self.effect = EffectStrips()
        self.before = Button("", "chevron-left", "icon", name="Предыдущая пара (Alt+←)")
        self.after = Button("", "chevron-right", "icon", name="Следующая пара (Alt+→)")
        self.back = Button("Отменить последнее", "undo-2", "link", name="Отменить последнее")
        self.left, self.right = Button("Всё слева"), Button("Всё справа")
        self.different, self.later = Button(TWO[table]), Button("&Позже")
        self.merge = Button("&Объединить", "check", "primary")
        self._assemble()
        self._connect()
        self._busy(busy=True)
        self.reload()

    @property
    def card(self) -> DuplicateCard | None:
        return self.view.card if self.view is not None else None

    def reload(self) -> None:
        """Look for pairs anew; the next one takes the place of what was decided."""
        if self._chosen:
            query = partial(chosen_pairs, table=self.table, record_ids=self._chosen)
        else:
            query = partial(find_duplicates, table=self.table)
        self.workspace.load(query, self._show_pairs, slot="duplicates")

    def step(self, by: int) -> None:
        """Another pair; nothing is written."""
        if len(self.pairs) > 1:
            self._at = (self._at + by) % len(self.pairs)
            self._show_pair()

    def postpone(self) -> None:
        """«Позже»: the next pair; after the last one the dialog closes."""
        if self._at + 1 < len(self.pairs):
            self.step(1)
        else:
            self.reject()

    def unite(self) -> None:
        if self.card is not None and self.view is not None and self.merge.isEnabled():
            self._write(
                merge_duplicates, OPERATIONS[self.table], keep_id=self.card.keep_id,
                drop_id=self.card.drop_id, choices=dict(self.view.choices()),
            )  # fmt: skip

    def tell_apart(self) -> None:
        if self.card is not None:
            ids = self.card.keep_id, self.card.drop_id
            self._said.add(frozenset(ids))
            self._write(different, APART[self.table], pairs=[ids])

    def take_back(self) -> None:
        """Undo what was decided last; its pair is asked about again."""
        self._said.clear()
        self._busy(busy=True)
        self.workspace.undo()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
        elif event.matches(QKeySequence.StandardKey.Undo) and self.back.isVisible():
            self.take_back()
        else:
            super().keyPressEvent(event)

    def _show_pairs(self, pairs: Sequence[Likeness]) -> None:
        self.pairs = [each for each in pairs if each.pair not in self._said]
        self._at = min(self._at, max(len(self.pairs) - 1, 0))
        if self.pairs:
            self._show_pair()
        elif self.back.isVisibleTo(self):
            self.accept()  # all was decided here
        else:
            self._tell_nothing()

    def _show_pair(self) -> None:
        likeness = self.pairs[self._at]

        def query(session: Session) -> DuplicateCard:
            return duplicate_card(session, likeness)

        self.workspace.load(query, self._show, slot="duplicate", on_refused=self._refuse)

    def _show(self, card: DuplicateCard) -> None:
        self.view = DuplicateView(card)
        self.effect.show_trial(None)
        self.view.changed.connect(self._weigh)
        self.view.opened.connect(self._open)
        self.view.asked.connect(self._open_history)
        self.area.setWidget(self.view)
        self.strip.hide()
        self.state.show_state(*STATES[card.likeness.strength])
        self.place.setText(f"{self._at + 1} из {len(self.pairs)}")
        for button in (self.before, self.after):
            button.setVisible(len(self.pairs) > 1)
        self._busy(busy=False)
        self._fit()
        self._try()
        self.setAccessibleName(f"{TITLES[self.table]}: {card.this_title} и {card.other_title}")
        self.view.focus_first()
        if not self.view.questions:
            self.merge.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell_nothing(self) -> None:
        self.area.hide()
        self.effect.show_trial(None)
        self.sentence.setText(NOTHING)
        for part in (self.state, self.left, self.right, self.different, self.merge):
            part.hide()
        self.later.setText("Закрыть")
        self.later.setEnabled(True)
        self.later.setFocus(Qt.FocusReason.TabFocusReason)

    def _weigh(self, key: str) -> None:
        if key in WEIGHTY:
            self._try()

    def _try(self) -> None:
        """Count the effect off the GUI; typed texts do not matter to it."""
        if self.view is None:
            return
        card, view = self.view.card, self.view
        choices = {key: side for key, side in view.choices().items() if not side.startswith("=")}
        query = partial(
            try_merge, table=self.table, keep_id=card.keep_id, drop_id=card.drop_id,
            choices=choices,
        )  # fmt: skip
        self.workspace.load(query, self._tell_trial, slot="trial", on_refused=self._refuse)

    def _tell_trial(self, trial: Trial) -> None:
        if self.view is not None:
            self.effect.show_trial(trial)
            self._fit()

    def _write(self, service: object, operation: str, **facts: object) -> None:
        self._busy(busy=True)
        self.workspace.perform(
            service, operation=operation, on_done=self._written, on_refused=self._refuse,  # type: ignore[arg-type]
            table=self.table, **facts,
        )  # fmt: skip

    def _written(self, _result: object) -> None:
        self.back.show()  # the list is read anew as the tables' change is told

    def _refuse(self, error: UserError) -> None:
        self._busy(busy=False)
        words = escape(str(error)).replace("\n", "<br>")
        self.strip.show_finding(Tone.BAD, f"<b>{words}</b><br>{escape(error.hint)}")
        self.strip.setAccessibleName(f"{error} {error.hint}")

    def _busy(self, *, busy: bool) -> None:
        for part in (self.left, self.right, self.different, self.later, self.merge, self.back):
            part.setEnabled(not busy)

    def _open(self, record_id: str) -> None:
        self.reject()
        self.going.emit(record_id)

    def _open_history(self, record_id: str) -> None:
        dialogs.open_dialog("history", self.workspace, self, table=self.table, record_id=record_id)

    def _fit(self) -> None:
        """As high as the pair needs, within the window."""
        if self.view is not None:
            room = self._over.window().size()
            wanted = self.view.sizeHint().height() + self.effect.sizeHint().height() + FRAME
            most = max(room.height() - 24, LEAST[1])
            self.resize(
                min(SIZE[0], max(room.width() - 24, LEAST[0])), min(max(wanted, SIZE[1]), most)
            )

    def _choose_all(self, side: str) -> None:
        if self.view is not None:
            self.view.choose_all(side)

    def _assemble(self) -> None:
        self.area = CardArea()
        self.strip.hide()
        self.back.hide()
        for button, key in (
            (self.merge, "Enter"), (self.later, "Alt+П"), (self.back, "Ctrl+Z"),
            (self.different, "Alt+Р: больше о них не спросим"),
        ):  # fmt: skip
            button.setToolTip(key)
        head = row(self.title, self.state, None, self.before, self.place, self.after, spacing=10)
        foot = row(
            self.back, None, self.left, self.right, self.different, self.later, self.merge,
            spacing=8,
        )  # fmt: skip
        layout = column(
            head, self.sentence, 6, self.area, self.effect, self.strip, foot, spacing=8,
            margins=(24, 18, 24, 18),
        )  # fmt: skip
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self.merge.setDefault(True)
        self.resize(*SIZE)

    def _connect(self) -> None:
        self.before.clicked.connect(lambda _on: self.step(-1))
        self.after.clicked.connect(lambda _on: self.step(1))
        self.left.clicked.connect(lambda _on: self._choose_all(MINE))
        self.right.clicked.connect(lambda _on: self._choose_all(HUB))
        self.different.clicked.connect(lambda _on: self.tell_apart())
        self.later.clicked.connect(lambda _on: self.postpone())
        self.merge.clicked.connect(lambda _on: self.unite())
        self.back.clicked.connect(lambda _on: self.take_back())
        self.workspace.changed.connect(self._follow)

    def _follow(self, tables: frozenset[str]) -> None:
        if tables & set(COMPARED):
            self.reload()
