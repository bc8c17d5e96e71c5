"""Синхронизация: how the exchange stands, what waits for a decision, what has been exchanged."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from demoexam.services.syncing.cards import ConflictCard
from demoexam.services.syncing.conflicts import open_conflicts
from demoexam.services.syncing.exchange import (
    ExchangeLine,
    ParkedLine,
    exchanges,
    parked_rows,
    send_again,
)
from demoexam.ui import dialogs
from demoexam.ui.cards import Action, Card, EmptyState
from demoexam.ui.carrier import Carrier
from demoexam.ui.list_source import ListSource
from demoexam.ui.page import PAGE_MARGINS, Page, Place
from demoexam.ui.query_table import QueryTable
from demoexam.ui.syncing.conflict_rows import (
    CONFLICTS,
    EXCHANGES,
    conflict_row,
    exchange_row,
    kinds_of,
)
from demoexam.ui.syncing.places import place_of
from demoexam.ui.syncing.state_cards import DecideCard, StateCard, WaitingCard
from demoexam.ui.table_view import TableView
from demoexam.ui.widgets import Button, fill, row
from demoexam.ui.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

PAST, ROW_HEIGHT = 100, 46
Found = tuple[Sequence[ConflictCard], Sequence[ParkedLine], Sequence[ExchangeLine]]


class SyncPage(Page):
    """Places it understands: {"id": a conflict} opens it, {"connect": True} the wizard."""

    TITLE = "Синхронизация"
    TABLES = frozenset({"conflict", "operation"})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.exchanger = workspace.exchanger
        self.cards: Sequence[ConflictCard] = ()
        self.parked: Sequence[ParkedLine] = ()
        self.state, self.waiting = StateCard(self.exchanger), WaitingCard()
        self.decide, self.solve = DecideCard(), Button("Решить  Enter", "check", "small")
        self.source, self.past_source = ListSource(CONFLICTS), ListSource(EXCHANGES)
        self.table, self.past_table = (
            QueryTable(self.source, self),
            QueryTable(self.past_source, self),
        )
        self.view = TableView(self.table, "Расхождения: Enter — решить", ROW_HEIGHT)
        self.past = TableView(self.past_table, "Прошлые обмены")
        for view, title in ((self.view, "Расхождения"), (self.past, "Прошлые обмены")):
            Carrier(workspace, view, title).bind_export(view)
        self.empty = self._make_empty()
        self.stack = QStackedWidget()
        self._assemble()
        self._connect()

    def reload(self) -> None:
        self.exchanger.look()
        self.workspace.load(_find, self._show, slot="sync page")
        self._show_state()

    def go_to(self, place: Place) -> None:
        if place.get("connect"):
            self.connect_hub()
        elif "id" in place:
            self.open_conflict(place["id"])

    def take_focus(self) -> None:
        """The keyboard is where the next thing to do is: at the conflicts, else at the button."""
        if self.stack.currentWidget() is self.empty:
            super().take_focus()
        elif not (self.view.hasFocus() or self.past.hasFocus()):
            (self.view if self.cards else self.state.button).setFocus()

    def send_again(self) -> None:
        """What the hub did not take is offered once more: a right may have been given since."""
        self.workspace.perform(send_again, operation="", on_done=self._exchange_again)

    def open_conflict(self, conflict_id: str) -> "QDialog":
        """The dialog with the choices; its neighbours are reached from it."""
        dialog = dialogs.open_dialog("conflict", self.workspace, self, conflict_id=conflict_id)
        dialog.going.connect(self.going)  # type: ignore[attr-defined]
        return dialog

    def connect_hub(self) -> None:
        state = self.exchanger.state
        dialogs.open_dialog("hub", self.workspace, self, url=state.url if state else "")

    def _show(self, found: Found) -> None:
        self.cards, self.parked, past = found
        self.source.show_rows([conflict_row(card) for card in self.cards])
        with self.view.keeping():
            self.table.reload()
        if self.cards and not self.view.currentIndex().isValid():
            self.view.selectRow(0)
        if self.cards and self.state.button.hasFocus():
            self.view.setFocus()
        self.view.show_nothing("" if self.cards else "Расхождений нет.")
        self.solve.setEnabled(bool(self.cards))
        self.past_source.show_rows([exchange_row(n, line) for n, line in enumerate(past)])
        with self.past.keeping():
            self.past_table.reload()
        self.past.show_nothing("" if past else "Обменов ещё не было.")
        self.decide.show_kinds(kinds_of(self.cards))
        self._show_state()

    def _show_state(self) -> None:
        state = self.exchanger.state
        if state is None:
            return
        self.stack.setCurrentWidget(self.board if state.connected else self.empty)
        self.state.show_state(state)
        self.waiting.show_state(state, self.parked)
        self.set_heading(self.TITLE, state.words if state.connected else "")

    def _exchange_again(self, _result: object) -> None:
        self.exchanger.exchange(asked=True)

    def _open_record(self, table: str, record_id: str) -> None:
        place = self.workspace.read(lambda session: place_of(session, table, record_id))
        if place is not None:
            self.going.emit(place[0], place[1])

    def _solve_current(self) -> None:
        here = self.view.current_id() or (self.cards[0].ids[0] if self.cards else "")
        if here:
            self.open_conflict(here)

    def _assemble(self) -> None:
        self.board = QWidget()
        top = row(self.state, self.waiting, self.decide, spacing=14)
        for number in range(3):
            top.setStretch(number, 1)
        split, past = Card("Расхождения", padding=1), Card("Прошлые обмены", padding=1)
        for card, view in ((split, self.view), (past, self.past)):
            card.head.setContentsMargins(15, 0, 12, 0)
            card.add(view)
        split.head.addWidget(self.solve)
        column = fill(QVBoxLayout(self.board), top, split, past, spacing=14, margins=PAGE_MARGINS)
        column.setStretch(1, 3)
        column.setStretch(2, 2)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.board)
        fill(QHBoxLayout(self), self.stack, spacing=0)

    def _connect(self) -> None:
        self.exchanger.changed.connect(self._show_state)
        self.exchanger.ended.connect(self._mark_stale)
        self.state.linked.connect(self.connect_hub)
        self.view.opened.connect(self.open_conflict)
        self.solve.clicked.connect(lambda _checked: self._solve_current())
        self.decide.deciding.connect(self._solve_current)
        self.waiting.opened.connect(self._open_record)
        self.waiting.again.connect(self.send_again)

    def _make_empty(self) -> EmptyState:
        return EmptyState(
            "cloud",
            "Вы работаете на одном компьютере",
            "Если координаторов несколько, подключите общее хранилище: файл в сетевой папке "
            "или сервер. Каждый работает у себя, даже без сети, а обмен сводит всё вместе: "
            "ничья правка не теряется.",
            [Action("Подключить общее хранилище…", self.connect_hub, "cloud")],
        )


def _find(session: Session) -> Found:
    return open_conflicts(session), parked_rows(session), exchanges(session, PAST)
