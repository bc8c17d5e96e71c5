"""The panel beside the board: what is wrong with the exam, what mends it, who assesses."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from demoexam.rules.moves import MoveJudge
from demoexam.rules.placing import Move
from demoexam.rules.terms import Role
from demoexam.rules.violation import Fix
from demoexam.services.exams.candidates import Candidate
from demoexam.services.exams.view import ExamCard
from demoexam.services.season.season import Chip, Mark
from demoexam.services.share.effect import ShareEffect
from demoexam.text import counted
from demoexam.ui.cards import FindingStrip
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.exams.candidates_panel import CandidatesPanel, Seat
from demoexam.ui.exams.exam_words import HELD, LEVELS, STATES
from demoexam.ui.inspector import Inspector
from demoexam.ui.schedule.geometry import Board
from demoexam.ui.schedule.inspector_booking import BookingPart
from demoexam.ui.schedule.inspector_group import GroupPart
from demoexam.ui.schedule.inspector_parts import FactsPart, FindingsPart, Way, seen_of
from demoexam.ui.schedule.trying import SHOWN, Told, Tried, read_exam, tried
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, Pill, label
from demoexam.ui.workspace import Workspace

WIDE = 300
NOTHING = "Выберите экзамен на доске: здесь появятся замечания, выходы из них и эксперты."
SEVERAL = "Alt и стрелки переносят их вместе, P закрепляет, Del убирает из плана."


class ScheduleInspector(Inspector):
    """Follows the choice; a fix or a candidate is one button and one operation."""

    going = Signal(str, object)
    fix_wanted = Signal(object, object, str)  # Fix, the Move it was found for, whose
    partners_shown = Signal(frozenset)  # exams on the other side of the findings
    jump_wanted = Signal(str)  # to one of them

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.judge: MoveJudge | None = None
        self._workspace = workspace
        self._wanted = ""
        self._card: ExamCard | None = None
        self._drawn: tuple[object, ...] = ()
        self._taken: tuple[Seat, str] | None = None  # the seat that was just given, and to whom
        self._partners: frozenset[str] = frozenset()
        self._chips: Sequence[Chip] = ()
        self._actions = ExamActions(workspace, self)
        self.setMinimumWidth(WIDE)
        self.pill, self.kit = Pill(), label("", "muted", wrap=True)
        self.refusals, self.findings = FindingsPart(), FindingsPart()
        self.facts, self.group = FactsPart(), GroupPart(self._actions)
        self.booking, self.strip = BookingPart(), FindingStrip(Tone.BAD)
        self.strip.hide()
        self.candidates: CandidatesPanel | None = None  # made when they are first asked for
        self.open = Button("Открыть карточку", "clipboard-check", "primary")
        self.printing = Button("", "printer", "icon", name="Печать пакета дня")
        self._fill()
        self._connect()
        self._show_nothing(())

    @property
    def card(self) -> ExamCard | None:
        return self._card

    def show_chips(self, chips: Sequence[Chip], *, booking: bool = False) -> None:
        """Show the one that is chosen, or how many are; what was told of them stays in sight."""
        if chips != self._chips:
            self.strip.hide()
            self.refusals.clear()
        self._chips = chips
        before, self._wanted = self._wanted, chips[0].id if len(chips) == 1 else ""
        if before != self._wanted:
            self.show_exam()
        if self._wanted:
            self.show_title(chips[0].title)
            query = partial(read_exam, ident=self._wanted, judge=self.judge)
            self._workspace.load(
                query, self._show, slot="schedule inspector", on_refused=self._miss
            )
        else:
            self._show_nothing(chips, booking=booking)

    def show_mark(self, mark: Mark, board: Board) -> None:
        """A booking of a workshop in place of an exam; told again, its button keeps the focus."""
        self.show_chips((), booking=True)
        self.show_title(self.booking.show_mark(mark, board))
        self.kit.setText("Мастерская занята не экзаменом.")

    def tell(self, words: str) -> None:
        """Why something was not done."""
        self.strip.show_finding(Tone.BAD, words)

    def focus_first(self) -> None:
        """The keyboard comes from the board: to the first way out, or to the first expert."""
        own = [self.open] if self.booking.isHidden() else [self.booking.open]
        first = self.findings.buttons() or (self.group.lines if self._card else own)
        shown = self.candidates.view if self.candidates and self.pages.currentIndex() else first[0]
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; Esc leaves the candidates first."""
        here = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(here, QPushButton):
            here.click()
        elif event.key() == Qt.Key.Key_Escape and self.pages.currentIndex():
            self.show_exam()
        else:
            super().keyPressEvent(event)

    # -- candidates ---------------------------------------------------------------------------

    def show_seat(self, seat: Seat) -> None:
        """Who could take a seat, in place of the exam."""
        if self._card is None:
            return
        panel = self.candidates = self.candidates or self._make_candidates()
        self.pages.setCurrentIndex(1)
        panel.show_card(self._card, seat)
        panel.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_exam(self) -> None:
        """Back from the candidates, to the seat they were for."""
        seat = self.candidates.seat.value() if self.candidates else None
        if self.pages.currentIndex() and isinstance(seat, Seat):
            self.pages.setCurrentIndex(0)
            self.group.focus_on(seat)

    def _make_candidates(self) -> CandidatesPanel:
        made = CandidatesPanel(self._workspace)
        made.setProperty("look", "clear")
        made.chosen.connect(self._take)
        back = Button("", "arrow-left", "icon", name="К экзамену (Esc)")
        back.clicked.connect(self.show_exam)
        made.title.hide()
        made.head.insertWidget(0, back)
        self.pages.addWidget(made)
        return made

    def _take(self, seat: Seat, one: Candidate) -> None:
        if seat.assignment_id:
            self._actions.replace(seat.assignment_id, one.expert_id, one.name)
        else:
            self._actions.assign(one.expert_id, one.name, seat.role)
        self.show_exam()
        self._taken = seat, one.expert_id

    def _want_seat(self, role: str, assignment_id: str) -> None:
        taken = (one.seat for one in self.group.lines if one.seat.assignment_id)
        seat = next((one for one in taken if one.assignment_id == assignment_id), None)
        if seat is not None or role:
            self.show_seat(seat or Seat(Role(role)))

    # -- the frame ----------------------------------------------------------------------------

    def _fill(self) -> None:
        self.head.addWidget(self.pill)
        self.head.addStretch(1)
        for part in (self.strip, self.refusals, self.kit, self.findings, self.facts, self.group):
            self.body.addWidget(part)
        self.body.addWidget(self.booking)
        self.foot.addWidget(self.open, 1)
        self.foot.addWidget(self.printing)

    def _connect(self) -> None:
        self.open.clicked.connect(lambda _on: self._go())
        self.printing.clicked.connect(
            lambda: open_dialog("print", self._workspace, self, session_id=self._wanted)
        )
        for part in (self.refusals, self.findings):
            part.pointed.connect(self._point)
            part.jump_wanted.connect(self.jump_wanted)
            part.fix_wanted.connect(self._mend)
        self.group.seat_wanted.connect(self.show_seat)
        self.group.duties_wanted.connect(lambda: self._go("group"))
        self._actions.going.connect(self.going)
        self._actions.seat_wanted.connect(self._want_seat)
        self._actions.form_wanted.connect(self._open_form)
        self._actions.split_wanted.connect(
            lambda: open_dialog("shifts", self._workspace, self, session_id=self._wanted)
        )

    def _go(self, tab: str = "") -> None:
        if self._wanted:
            self.going.emit("exams", {"id": self._wanted} | ({"tab": tab} if tab else {}))

    def _open_form(self, field: str) -> None:
        facts = {"session_id": self._wanted, "field": field}
        open_dialog("exam", self._workspace, self, **facts)

    def _miss(self, _error: object) -> None:
        """The exam is gone since: the next reading of the season tells what is there."""
        self._show_nothing(())

    # -- what is shown ------------------------------------------------------------------------

    def _show_nothing(self, chips: Sequence[Chip], *, booking: bool = False) -> None:
        self._card, self._drawn = None, ()
        number = len(chips)
        exams = counted(number, "экзамен", "экзамена", "экзаменов")
        self.show_title(f"Выбрано {exams}" if number else "Экзамен")
        self.pill.hide()
        self.kit.setText(SEVERAL if number else NOTHING)
        self.findings.clear()
        self.facts.hide()
        self.booking.setVisible(booking)
        self.group.hide()
        self.open.setEnabled(False)
        self.printing.setEnabled(False)
        self._partners = frozenset()
        self.partners_shown.emit(self._partners)

    def show_refused(self, move: Move) -> None:
        """What forbids a place that was tried, with ways to go there nevertheless."""
        if self.judge is not None:
            query = partial(tried, self.judge, move)
            self._workspace.load(query, self._show_tried, slot="schedule refusal")

    def _show_tried(self, told: Tried) -> None:
        self.refusals.clear()
        for each in told.findings:
            ways = [self.refusals.ready(fix, told.move) for fix in each.fixes]
            self.refusals.add(each, ways, own=told.move.id, before="Сюда нельзя. ")
        self._order()

    def _show(self, told: Told) -> None:
        card = told.card
        if card.id != self._wanted:
            return
        self._card = self._actions.card = card
        drawn = seen_of(told)
        if drawn != self._drawn:
            self._drawn = drawn
            self._draw(told)
        if self.candidates is not None and self.pages.currentIndex():
            self.candidates.show_card(card)

    def _draw(self, told: Told) -> None:
        card, here = told.card, QApplication.focusWidget()
        seat, at_ways = self.group.focused(), here in self.findings.buttons()
        self.booking.hide()
        state, tone = HELD if card.row.held else STATES[card.state]
        self.pill.show_state(state, tone)
        self.pill.show()
        self.kit.setText(f"{card.kit} · {LEVELS[card.level]} · {card.college}")
        self._show_findings(told)
        for way in self.refusals.buttons():
            way.setEnabled(True)
        self.facts.show_facts(card)
        self.group.show()
        self.group.show_group(card, told.group)
        self.open.setEnabled(True)
        self.printing.setEnabled(card.day is not None)
        self._order()
        if at_ways:
            self.focus_first()
        elif seat is not None:
            taken, by = self._taken or (seat, "")
            self.group.focus_on(taken, by)
        self._taken = None

    def _order(self) -> None:
        """Tab and the arrows follow what the eye sees, though the lines are made anew."""
        ways = [*self.refusals.buttons(), *self.findings.buttons()]
        last = (self.group.add, self.open, self.printing)
        for one, other in pairwise([self.closer, *ways, *self.group.lines, *last]):
            QWidget.setTabOrder(one, other)

    def _show_findings(self, told: Told) -> None:
        shown = self.findings
        shown.clear()
        for each in told.findings[:SHOWN]:
            ways = [
                shown.ready(fix, note=_note(told.effects, fix, told.card)) for fix in each.fixes
            ]
            ways = ways or [Way(one) for one in self._actions.ways_out(each.found, most=1)]
            shown.add(each, ways, own=told.card.id)
        if len(told.findings) > SHOWN:
            shown.add_words(f"И ещё {len(told.findings) - SHOWN}: в карточке экзамена.")
        subjects = {ident for each in told.findings for ident in each.found.subjects}
        others = {ident for each in told.findings for ident in each.others}
        self._partners = frozenset((subjects | others) - {told.card.id})
        self._point(None)

    def _point(self, ids: frozenset[str] | None) -> None:
        """Frame the other side of one finding, or of all while none is pointed at."""
        self.partners_shown.emit(self._partners if ids is None else ids)

    def _mend(self, fix: Fix, move: Move | None) -> None:
        self.fix_wanted.emit(fix, move, self._chips[0].title if self._chips else "")
        for way in (*self.refusals.buttons(), *self.findings.buttons()):
            way.setEnabled(False)  # they are of what was before; the next answer brings others
        self._drawn = ()  # also when the store refuses and says the same as before


def _note(effects: Mapping[Fix, ShareEffect], fix: Fix, card: ExamCard) -> str:
    effect = effects.get(fix)
    return effect.change(card.day.year) if effect is not None and card.day is not None else ""
