"""The panel beside the board: what is wrong with the exam, what mends it, who assesses."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from demoexam.rules.moves import MoveJudge
from demoexam.rules.placing import Move
from demoexam.rules.terms import Answer
from demoexam.rules.violation import Fix
from demoexam.services.exams.view import ExamCard
from demoexam.services.season.season import Chip
from demoexam.text import counted, day_month, percent
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.exams.exam_words import HELD, LEVELS, STATES, day_words, hours_words
from demoexam.ui.inspector import Inspector
from demoexam.ui.schedule.inspector_parts import FindingBox, MemberLine
from demoexam.ui.schedule.trying import Told, Tried, read_exam, tried
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import (
    Button,
    Pill,
    clear,
    column,
    label,
    row,
)
from demoexam.ui.workspace import Workspace

WIDE, SHOWN, READY = 300, 4, 2


class ScheduleInspector(Inspector):
    """Follows the choice; a fix is one button and one operation."""

    going = Signal(str, object)
    fix_wanted = Signal(object, object, str)  # Fix, the Move it was found for, whose
    partners_shown = Signal(frozenset)  # exams on the other side of the findings

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.judge: MoveJudge | None = None
        self._workspace = workspace
        self._wanted = ""
        self._card: ExamCard | None = None
        self._actions = ExamActions(workspace, self)
        self.setMinimumWidth(WIDE)
        self.pill, self.kit = Pill(), label("", "muted", wrap=True)
        self.findings, self.facts, self.members = (
            column(spacing=8),
            QGridLayout(),
            column(spacing=6),
        )
        self._chips: Sequence[Chip] = ()
        self.strip = FindingStrip(Tone.BAD)
        self.strip.hide()
        self.open = Button("Открыть карточку", "clipboard-check", "primary")
        self.printing = Button("", "printer", "icon", name="Печать пакета дня")
        self._fill()
        self._connect()
        self._show_nothing(())

    @property
    def card(self) -> ExamCard | None:
        return self._card

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show the one that is chosen, or how many are; what was told of them stays in sight."""
        if chips != self._chips:
            self.strip.hide()
            clear(self.refusals)
        self._chips = chips
        self._wanted = chips[0].id if len(chips) == 1 else ""
        if self._wanted:
            self.show_title(chips[0].title)
            query = partial(read_exam, ident=self._wanted, judge=self.judge)
            self._workspace.load(
                query, self._show, slot="schedule inspector", on_refused=self._miss
            )
        else:
            self._show_nothing(chips)

    def tell(self, words: str) -> None:
        """Why something was not done."""
        self.strip.show_finding(Tone.BAD, words)

    def _fill(self) -> None:
        self.head.addWidget(self.pill)
        self.head.addStretch(1)
        self.facts.setColumnStretch(1, 1)
        self.facts.setHorizontalSpacing(12)
        self.facts.setVerticalSpacing(6)
        self.share = label("", "muted", wrap=True)
        self.add = Button("Добавить эксперта", "user-plus")
        self.count = Pill()
        self.refusals = column(spacing=8)
        self.body.addWidget(self.strip)
        self.body.addLayout(self.refusals)
        self.body.addWidget(self.kit)
        self.body.addLayout(self.findings)
        self.body.addLayout(self.facts)
        self.group = QWidget()
        heading = row(label("Экспертная группа", "title"), None, self.count)
        self.group.setLayout(column(heading, self.members, self.add, self.share, spacing=8))
        self.body.addWidget(self.group)
        self.foot.addWidget(self.open, 1)
        self.foot.addWidget(self.printing)

    def _connect(self) -> None:
        self.open.clicked.connect(lambda _on: self._go(""))
        self.add.clicked.connect(lambda: self._go("group"))
        self.printing.clicked.connect(
            lambda: open_dialog("print", self._workspace, self, session_id=self._wanted)
        )
        self._actions.going.connect(self.going)
        self._actions.seat_wanted.connect(lambda _role, _replaced: self._go("group"))
        self._actions.form_wanted.connect(self._open_form)
        self._actions.split_wanted.connect(
            lambda: open_dialog("shifts", self._workspace, self, session_id=self._wanted)
        )

    def _go(self, tab: str) -> None:
        if self._wanted:
            self.going.emit("exams", {"id": self._wanted} | ({"tab": tab} if tab else {}))

    def _open_form(self, field: str) -> None:
        facts = {"session_id": self._wanted, "field": field}
        open_dialog("exam", self._workspace, self, **facts)

    def _miss(self, _error: object) -> None:
        """The exam is gone since: the next reading of the season tells what is there."""
        self._show_nothing(())

    def _show_nothing(self, chips: Sequence[Chip]) -> None:
        self._card = None
        number = len(chips)
        title = (
            f"Выбрано {counted(number, 'экзамен', 'экзамена', 'экзаменов')}"
            if number
            else "Экзамен"
        )
        self.show_title(title)
        self.pill.hide()
        words = (
            "Alt и стрелки переносят их вместе, P закрепляет, Del убирает из плана."
            if number
            else "Выберите экзамен на доске: здесь появятся замечания, выходы из них и эксперты."
        )
        self.kit.setText(words)
        clear(self.findings)
        clear(self.facts)
        self.group.hide()
        self.open.setEnabled(False)
        self.printing.setEnabled(False)
        self.partners_shown.emit(frozenset())

    def show_refused(self, move: Move) -> None:
        """What forbids a place that was tried, with ways to go there nevertheless."""
        if self.judge is not None:
            query = partial(tried, self.judge, move)
            self._workspace.load(query, self._show_tried, slot="schedule refusal")

    def _show_tried(self, told: Tried) -> None:
        clear(self.refusals)
        for found, fixes in told.findings:
            ways = [self._ready(fix, told.move) for fix in fixes[:READY]]
            self.refusals.addWidget(FindingBox(found, ways, before="Сюда нельзя. "))

    def _show(self, told: Told) -> None:
        card = told.card
        if card.id != self._wanted:
            return
        self._card = self._actions.card = card
        state, tone = HELD if card.row.held else STATES[card.state]
        self.show_title(card.group)
        self.pill.show_state(state, tone)
        self.pill.show()
        self.kit.setText(f"{card.kit} · {LEVELS[card.level]} · {card.college}")
        self._show_findings(told)
        self._show_facts(card)
        self._show_members(card)
        self.open.setEnabled(True)
        self.printing.setEnabled(card.day is not None)

    def _show_findings(self, told: Told) -> None:
        clear(self.findings)
        for found, fixes in told.findings[:SHOWN]:
            ready = [self._ready(fix, None) for fix in fixes[:READY]]
            ways = ready or self._actions.ways_out(found, most=1)
            self.findings.addWidget(FindingBox(found, ways))
        if len(told.findings) > SHOWN:
            more = label(f"И ещё {len(told.findings) - SHOWN}: в карточке экзамена.", "muted")
            self.findings.addWidget(more)
        subjects = {ident for found, _ in told.findings for ident in found.subjects}
        self.partners_shown.emit(frozenset(subjects - {told.card.id}))

    def _ready(self, fix: Fix, move: Move | None) -> Action:
        """A fix that was tried out: one button, one operation."""
        return Action(
            fix.label, lambda: self.fix_wanted.emit(fix, move, self._named()), "arrow-right"
        )

    def _named(self) -> str:
        return self._chips[0].title if self._chips else ""

    def _show_facts(self, card: ExamCard) -> None:
        clear(self.facts)
        row_ = card.row
        when = (
            day_words(row_.starts_at.date(), row_.second_day) if row_.starts_at else "не назначен"
        )
        hours = hours_words(row_.starts_at, row_.ends_at) if row_.starts_at else ""
        people = f"{card.head_count} из {card.places}" if card.places else str(card.head_count)
        before = day_month(row_.preparation_day) if row_.preparation_day else ""
        lines = (
            ("День", when), ("Часы", hours), ("Мастерская", card.workshop or "не выбрана"),
            ("Места", people), ("День С-1", before), ("Член ГЭК", row_.board_member),
        )  # fmt: skip
        shown = [(name, value) for name, value in lines if value]
        for number, (name, value) in enumerate(shown):
            self.facts.addWidget(label(name, "muted"), number, 0)
            self.facts.addWidget(label(value, "strong", wrap=True), number, 1)

    def _show_members(self, card: ExamCard) -> None:
        self.group.show()
        clear(self.members)
        live = [one for one in card.members if one.answer is not Answer.REFUSED]
        enough = card.scoring >= card.needed
        tone = Tone.OK if enough else Tone.WARN
        self.count.show_state(f"{card.scoring} из {card.needed}", tone)
        blamed = {ident for found in card.findings for ident in found.subjects}
        for one in live:
            wrong = one.expert_id in blamed or one.assignment_id in blamed
            self.members.addWidget(MemberLine(one, card, wrong=wrong))
        self.add.setVisible(not card.is_over)
        target = f", цель {card.target} %" if card.target else ""
        self.share.setText(f"Доля работодателей за год: {percent(card.share.value)}{target}")
