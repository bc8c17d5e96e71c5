"""Beside the expert group: who could take the chosen seat, and what that does to the share."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from demoexam.rules.terms import Role
from demoexam.services.exams.candidates import Candidate, candidates
from demoexam.services.exams.view import ExamCard
from demoexam.text import fold, percent, words
from demoexam.ui.cards import Card, FindingStrip
from demoexam.ui.exams.candidate_list import CandidateModel, CandidateView
from demoexam.ui.fields import ChoiceField
from demoexam.ui.list_page import FilterEdit
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, fill, label, row
from demoexam.ui.workspace import Workspace

MOST = 40
OVER = "Экзамен проведён: состав экспертной группы не меняют."
UNDATED = "Сначала назначьте экзамену дату: без неё неизвестно, кто свободен."


@dataclass(frozen=True)
class Seat:
    """A free seat of a role, or the seat of an expert to be replaced."""

    role: Role
    assignment_id: str = ""


class CandidatesPanel(Card):
    """Candidates for one seat, ranked; `chosen` tells the seat and who takes it."""

    chosen = Signal(object, object)  # Seat, Candidate

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(padding=12)
        self._workspace = workspace
        self._card: ExamCard | None = None
        self._found: Sequence[Candidate] = ()
        self._everybody = False
        self._shown: tuple[str, object] | None = None  # whose candidates: the sitting, the seat
        self.title.setText("Кандидаты")
        self.count, self.seat = label("", "muted"), ChoiceField()
        self.share, self.filter = label("", "muted"), FilterEdit("Найти эксперта")
        self.view = CandidateView(CandidateModel(self))
        self.ban = FindingStrip(Tone.BAD)
        self.take = Button("Назначить", "user-plus", "primary")
        self.all = Button("", look="link")
        self.empty = label("", "soft", wrap=True)
        self._assemble()
        self._connect()

    def show_card(self, card: ExamCard, wanted: Seat | None = None) -> None:
        """Offer the seats of this sitting; the chosen one stays if it is still there."""
        same = self._card is not None and self._card.id == card.id
        kept = wanted or (self.seat.value() if same else None)
        self._card = card
        seats = seats_of(card)
        self.seat.show_options(seats)
        values = [seat for seat, _ in seats]
        self.seat.show_value(kept if kept in values else values[0] if values else None)
        self.share.setText(share_words(card))
        self._load()

    def want(self, seat: Seat) -> None:
        """Choose a seat and go to its candidates."""
        self.seat.show_value(seat)
        self._load()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_current(self) -> None:
        one = self.view.current()
        if one is not None:
            self._take(one)

    def _take(self, one: Candidate) -> None:
        bans = [reason for reason in one.reasons if reason.verdict == "ban"]
        if bans:
            found = bans[0].violation
            self.ban.show_finding(Tone.BAD, str(found) if found else bans[0].text)
            return
        self.ban.hide()
        self.chosen.emit(self.seat.value(), one)

    def _load(self) -> None:
        card, seat = self._card, self.seat.value()
        self.ban.hide()
        self.view.verb = "Заменить" if seat is not None and seat.assignment_id else "Назначить"
        self.take.setText(f" {self.view.verb}")
        self.take.setAccessibleName(self.view.verb)
        stop = UNDATED if card and card.day is None else OVER if card and card.is_over else ""
        self._show_nothing(stop)
        if card is None or seat is None or stop:
            self._show(())
            return
        query = partial(
            candidates,
            session_id=card.id,
            role=seat.role,
            replacing=seat.assignment_id or None,
        )
        self._workspace.load(query, self._show, slot=f"candidates {id(self)}")

    def _show(self, found: Sequence[Candidate]) -> None:
        """The same seat's candidates anew leave the cursor on the same expert."""
        shown = (self._card.id if self._card else "", self.seat.value())
        here = self.view.current()
        if shown != self._shown:
            self._everybody, here = False, None
        self._found, self._shown = found, shown
        self._fill()
        if here is not None:
            self.view.point_at(here.expert_id)

    def _fill(self) -> None:
        typed = words(self.filter.text())
        fitting = [one for one in self._found if _matches(one, typed)]
        shown = fitting if self._everybody else fitting[:MOST]
        self.view.candidates.show(shown)
        self.view.setCurrentIndex(self.view.candidates.index(0))
        self.count.setText(str(len(fitting)) if fitting else "")
        self.all.setText(f"Все {len(fitting)}")
        self.all.setVisible(len(shown) < len(fitting))
        self.take.setEnabled(bool(shown))
        if not self.empty.text() and self._found and not fitting:
            self._show_nothing("Такого эксперта среди кандидатов нет.")
        elif self._found and fitting:
            self._show_nothing("")

    def _show_nothing(self, text: str) -> None:
        self.empty.setText(text)
        self.empty.setVisible(bool(text))

    def _show_everybody(self) -> None:
        self._everybody = True
        self._fill()

    def _assemble(self) -> None:
        self.seat.setMinimumWidth(150)
        self.setAccessibleName("Кандидаты")
        self.seat.setAccessibleName("Место в экспертной группе")
        fill(self.head, self.title, self.count, self.seat)
        self.head.setStretch(2, 1)
        share = QFrame()
        share.setProperty("look", "sub")
        share.setLayout(row(self.share, margins=(10, 5, 10, 5)))
        self.empty.hide()
        self.ban.hide()
        self.take.setToolTip("Enter в списке")
        foot = row(self.take, None, self.all)
        self.add(self.head, share, self.filter, self.empty, self.view, self.ban, foot)
        self.body.setStretch(4, 1)

    def _connect(self) -> None:
        self.seat.written.connect(lambda _seat: self._load())
        self.filter.textChanged.connect(lambda _text: self._fill())
        self.filter.returnPressed.connect(self.view.setFocus)
        self.view.taken.connect(self._take)
        self.take.clicked.connect(lambda _checked: self.take_current())
        self.all.clicked.connect(lambda _checked: self._show_everybody())


def seats_of(card: ExamCard) -> list[tuple[object, str]]:
    """Free seats, then one more who scores, then everybody who could be replaced."""
    free = [(Seat(role), f"Нужен: {_short(role)}") for role in dict.fromkeys(card.missing_seats)]
    more = [] if Role.SCORING in card.missing_seats else [(Seat(Role.SCORING), "Ещё оценивающий")]
    taken = [
        (Seat(one.role, one.assignment_id), f"Вместо: {one.name.split()[0]}")
        for one in card.members
    ]
    return [*free, *more, *taken]


def share_words(card: ExamCard) -> str:
    share = card.share
    target = f" · цель {card.target} %" if card.target is not None else ""
    figure = percent(share.value)
    return f"Доля <b>{figure}</b> · {share.employers} из {share.experts}{target}"


def _short(role: Role) -> str:
    return {Role.CHIEF: "главный", Role.SCORING: "оценивающий", Role.TECHNICAL: "технический"}[role]


def _matches(one: Candidate, typed: Sequence[str]) -> bool:
    hay = fold(f"{one.name} {one.organization}").split()
    return all(any(part.startswith(word) for part in hay) for word in typed)
