"""The parts of a form as cards, one under the other; every edit goes into the data at once."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from demoexam.documents.template import Template
from demoexam.documents.template_check import known_names
from demoexam.documents.template_data import Data
from demoexam.documents.template_parts import keyed_parts
from demoexam.documents.template_problems import At, Problem
from demoexam.ui.page import scrolled
from demoexam.ui.templates.blank_menu import can_take, fill_blank_menu
from demoexam.ui.templates.bound_card import BoundCard
from demoexam.ui.templates.part_cards import OWN_PARTS, TITLES, head_card, part_card
from demoexam.ui.widgets import Button, clear, column, row

ARROW = "    "  # room for the sign of a menu


class TemplateEditor(QWidget):
    """`typed` asks for a new preview, `written` for keeping the data as well."""

    typed, written = Signal(), Signal()

    def __init__(self) -> None:
        super().__init__()
        self.data: Data = {}
        self.cards: list[BoundCard] = []  # the head, then one a part
        self._shipped: Template | None = None
        self._target: Any = None  # where a blank was last wanted
        self._cards = QVBoxLayout()
        self._cards.setContentsMargins(0, 0, 10, 0)
        self._cards.setSpacing(10)
        inside = QWidget()
        inside.setLayout(column(self._cards, None, spacing=0))
        self._area = scrolled(inside)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = column(self._tools(), self._area, spacing=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_template(self, shipped: Template, data: Data) -> None:
        """Edit a copy of the data."""
        same = self._shipped is shipped
        place = self._area.verticalScrollBar().value() if same else 0
        self._shipped, self.data = shipped, deepcopy(data)
        self._known = known_names(shipped)
        fill_blank_menu(self.blanks, self._known.facts, self._insert)
        self._rebuild()
        QTimer.singleShot(0, self, lambda: self._area.verticalScrollBar().setValue(place))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the fields that they are about; the head tells what is about no part."""
        for card in self.cards:
            card.clear_problems()
        for problem in problems:
            card, at = self._place(problem)
            card.show_problem(at, problem.text)

    def go_to(self, problem: Problem) -> None:
        """Bring the place of a problem into sight, and the keyboard onto it."""
        card, at = self._place(problem)
        self._area.verticalScrollBar().setValue(card.y())
        if at and (field := card.fields.get(str(at[0]))) is not None:
            field.setFocus()

    def move_part(self, number: int, step: int) -> None:
        parts = self.data["parts"]
        if 0 <= number + step < len(parts):
            parts.insert(number + step, parts.pop(number))
            self._restructured()

    def remove_part(self, number: int) -> None:
        del self.data["parts"][number]
        self._restructured()

    def add_part(self, kind: str) -> None:
        """Add a part of the college's own before the signatures that end the form."""
        parts = self.data["parts"]
        at = len(parts)
        while at and parts[at - 1]["type"] == "signed":
            at -= 1
        new = [{"type": kind, "key": "", **deepcopy(OWN_PARTS[kind])}]
        if kind == "page" and at == len(parts):  # nothing would stand on it
            new.append({"type": "text", "key": "", **deepcopy(OWN_PARTS["text"])})
        parts[at:at] = new
        self._restructured()

    def _place(self, problem: Problem) -> tuple[BoundCard, At]:
        """The card of its part and the way from there; the head for what is about no part."""
        at = problem.at
        if len(at) > 1 and at[0] == "parts" and int(at[1]) + 1 < len(self.cards):
            return self.cards[int(at[1]) + 1], at[2:]
        return self.cards[0], at

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and can_take(watched):  # type: ignore[arg-type]
            self._target = watched
        return super().eventFilter(watched, event)

    def _tools(self) -> Any:
        self.blanks, self.additions = QMenu(self), QMenu(self)
        for kind in OWN_PARTS:
            action = self.additions.addAction(TITLES[kind])
            action.triggered.connect(lambda _checked=False, kind=kind: self.add_part(kind))
        insert, add = (
            Button("Вставить поле" + ARROW, look="small"),
            Button("Добавить" + ARROW, "plus", "small"),
        )
        insert.setMenu(self.blanks)
        add.setMenu(self.additions)
        return row(insert, add, None, spacing=6)

    def _restructured(self) -> None:
        self._rebuild()
        self.written.emit()

    def _rebuild(self) -> None:
        self._target = None
        clear(self._cards)
        shipped = self._shipped.parts if self._shipped else ()
        keyed = keyed_parts(shipped, self.data["base"])
        self.cards = [head_card(self.data, self._known)]
        for number, part in enumerate(self.data["parts"]):
            card = part_card(part, keyed.get(part["key"]), self._known)
            card.title.setText(f"{number + 1}. {card.title.text()}")  # as problems call it
            self._add_tools(card, number)
            self.cards.append(card)
        for card in self.cards:
            card.typed.connect(self.typed)
            card.written.connect(self.written)
            for field in card.fields.values():
                field.installEventFilter(self)
            self._cards.addWidget(card)

    def _add_tools(self, card: BoundCard, number: int) -> None:
        name = card.title.text().lower()
        card.tool("chevron-up", f"Выше: {name}", lambda: self.move_part(number, -1))
        card.tool("chevron-down", f"Ниже: {name}", lambda: self.move_part(number, 1))
        card.tool("trash-2", f"Убрать: {name}", lambda: self.remove_part(number))

    def _insert(self, blank: str) -> None:
        if self._target is not None:
            self._target.insert_blank(blank)
