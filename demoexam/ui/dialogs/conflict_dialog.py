"""Deciding a conflict: both values or both records, who and when, and what the choice would do."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from demoexam.errors import UserError
from demoexam.models.exchange import ConflictKind
from demoexam.services.syncing.cards import ConflictCard, Way
from demoexam.services.syncing.choices import resolve_all
from demoexam.services.syncing.conflicts import open_conflicts
from demoexam.ui import dialogs
from demoexam.ui.cards import FindingStrip
from demoexam.ui.syncing import pair_view, values_view
from demoexam.ui.syncing.pair_view import PairView
from demoexam.ui.syncing.places import place_of
from demoexam.ui.syncing.question import HUB, MINE, CardArea
from demoexam.ui.syncing.values_view import ValuesView
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, Pill, column, label, row
from demoexam.ui.workspace import Workspace

SIZE = (960, 460)
FRAME = 190  # head, sentence and buttons
TITLE_EDGES = 330  # what stands beside the title
VALUES = frozenset({ConflictKind.FIELD, ConflictKind.DELETION})
NOWHERE = "Этой записи на страницах нет: она удалена или принадлежит другому колледжу."


class ConflictDialog(QDialog):
    """One record at a time; the others are a key away. `going` asks for a page and a place."""

    going = Signal(str, object)

    def __init__(self, workspace: Workspace, parent: QWidget, *, conflict_id: str = "") -> None:
        super().__init__(parent)
        self.workspace, self._over, self._wanted = workspace, parent, conflict_id
        self.cards: Sequence[ConflictCard] = ()
        self.card: ConflictCard | None = None
        self.view: ValuesView | PairView | None = None
        self.setWindowTitle("Расхождение")
        self.title, self.kind, self.place = label("", "page"), Pill(), label("", "soft")
        self.sentence, self.strip = label("", "soft", wrap=True), FindingStrip(Tone.BAD)
        self.before = Button("", "chevron-left", "icon", name="Предыдущее (Alt+←)")
        self.after = Button("", "chevron-right", "icon", name="Следующее (Alt+→)")
        self.history = Button("История записи", "history", "link")
        self.mine, self.hub = Button("Всё моё"), Button("Всё из хранилища")
        self.different = Button("Это разные")
        self.later = Button("Решить позже")
        self.apply = Button("Применить", "check", "primary")
        self._assemble()
        self._connect()
        self.reload()

    def reload(self) -> None:
        """Read what waits; what is being decided stays in sight while it still waits."""
        self.workspace.load(open_conflicts, self._show_cards, slot="conflict dialog")

    def choose_all(self, side: str) -> None:
        if isinstance(self.view, ValuesView):
            self.view.choose_all(side)

    def decide(self) -> None:
        """Write what was chosen; the next conflict follows."""
        if isinstance(self.view, ValuesView) and (answers := self.view.answers()):
            self._write(answers)

    def take_way(self, way: Way) -> None:
        """What was pressed below one of two records."""
        if self.card is None:
            return
        if way is Way.MOVE:
            self._move(self.card)
        else:
            self._write({self.card.ids[0]: way.value})

    def step(self, by: int) -> None:
        """Another conflict; nothing is written."""
        if self.card is not None and self.card in self.cards and len(self.cards) > 1:
            number = (list(self.cards).index(self.card) + by) % len(self.cards)
            self._show(self.cards[number])

    def open_record(self, table: str, record_id: str) -> None:
        """Go to a record's own page; the conflict waits."""
        place = self.workspace.read(lambda session: place_of(session, table, record_id))
        if place is None:
            self.strip.show_finding(Tone.ACCENT, NOWHERE)
            return
        self.reject()
        self.going.emit(*place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.decide()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _show_cards(self, cards: Sequence[ConflictCard]) -> None:
        self.cards = cards
        here = self.card.ids if self.card is not None else (self._wanted,)
        found = next((card for card in cards if set(card.ids) & set(here)), None)
        if found is None and not cards:
            self.accept()
        elif found is None:
            self._show(cards[0])
        elif self.card is None or found.ids != self.card.ids:
            self._show(found)
        self._show_place()

    def _show(self, card: ConflictCard) -> None:
        self.card = card
        whole, room = card.title, self.width() - TITLE_EDGES
        fitted = self.title.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room)
        self.title.setText(fitted)
        self.title.setToolTip(whole if fitted != whole else "")
        self.kind.show_state(card.record_kind, Tone.ACCENT)
        self.strip.hide()
        values = card.kind in VALUES
        self.sentence.setText((values_view if values else pair_view).sentence(card))
        self.view = ValuesView(card) if values else PairView(card)
        self.view.changed.connect(self._count)
        if isinstance(self.view, PairView):
            self.view.chosen.connect(self.take_way)
            self.view.opened.connect(self.open_record)
        self.area.setWidget(self.view)
        self._fit()
        for button in (self.mine, self.hub, self.apply):
            button.setVisible(values)
        self.mine.setText("Всё моё" if card.here else "Всё из первых")
        ways = {offer.way for offer in card.offers}
        self.different.setVisible(Way.DIFFERENT in ways)
        self._show_place()
        self._count()
        self.setAccessibleName(f"Расхождение: {card.title}")
        self.view.focus_first()

    def _fit(self) -> None:
        """As high as the conflict needs, within the window."""
        if self.view is not None:
            wanted = self.view.sizeHint().height() + FRAME
            most = max(self._over.window().height() - 40, SIZE[1])
            self.resize(self.width(), min(max(wanted, SIZE[1]), most))

    def _show_place(self) -> None:
        several = len(self.cards) > 1
        if self.card is not None and self.card in self.cards:
            number = list(self.cards).index(self.card) + 1
            self.place.setText(f"{number} из {len(self.cards)}")
        self.before.setVisible(several)
        self.after.setVisible(several)

    def _count(self) -> None:
        if isinstance(self.view, ValuesView):
            self.apply.setEnabled(bool(self.view.answers()))

    def _write(self, answers: Mapping[str, str]) -> None:
        if self.card is None:
            return
        self._busy(True)
        self.workspace.perform(
            resolve_all, operation=f"выбор при расхождении: {self.card.title}",
            on_done=self._written, on_refused=self._refuse, answers=dict(answers),
        )  # fmt: skip

    def _written(self, _result: object) -> None:
        self._busy(False)
        self.reload()

    def _refuse(self, error: UserError) -> None:
        self._busy(False)
        lines = "<br>".join(escape(line) for line in str(error).splitlines())
        self.strip.show_finding(Tone.BAD, f"<b>{lines}</b><br>{escape(error.hint)}")
        self.strip.setAccessibleName(f"{error} {error.hint}")
        self.reload()

    def _busy(self, busy: bool) -> None:
        for part in (self.area, self.mine, self.hub, self.different, self.apply):
            part.setEnabled(not busy)

    def _move(self, card: ConflictCard) -> None:
        """Change the sitting's time or place in its form; another record on its own page."""
        if card.table != "exam_session":
            self.open_record(card.table, card.row_id)
            return
        self.reject()
        dialogs.open_dialog("exam", self.workspace, self._over, session_id=card.row_id)

    def _open_history(self) -> None:
        if self.card is not None:
            dialogs.open_dialog(
                "history", self.workspace, self, table=self.card.table, record_id=self.card.row_id
            )

    def _assemble(self) -> None:
        self.area = CardArea()
        self.strip.hide()
        self.apply.setToolTip("Ctrl+Enter")
        self.later.setToolTip("Esc: расхождение подождёт на странице «Синхронизация»")
        head = row(self.title, self.kind, None, self.before, self.place, self.after, spacing=10)
        foot = row(
            self.history, None, self.mine, self.hub, self.different, self.later, self.apply,
            spacing=8,
        )  # fmt: skip
        layout = column(
            head, self.sentence, 6, self.area, self.strip, foot, spacing=8,
            margins=(24, 18, 24, 18),
        )  # fmt: skip
        layout.setStretch(3, 1)
        self.setLayout(layout)
        for button in self.findChildren(Button):
            button.setAutoDefault(False)
        self.resize(*SIZE)

    def _connect(self) -> None:
        self.before.clicked.connect(lambda _on: self.step(-1))
        self.after.clicked.connect(lambda _on: self.step(1))
        self.history.clicked.connect(lambda _on: self._open_history())
        self.mine.clicked.connect(lambda _on: self.choose_all(MINE))
        self.hub.clicked.connect(lambda _on: self.choose_all(HUB))
        self.different.clicked.connect(lambda _on: self.take_way(Way.DIFFERENT))
        self.later.clicked.connect(lambda _on: self.reject())
        self.apply.clicked.connect(lambda _on: self.decide())
        self.workspace.changed.connect(self._follow)

    def _follow(self, tables: frozenset[str]) -> None:
        if "conflict" in tables:
            self.reload()
