"""The panel beside the board: what is wrong with the exam, what mends it, who assesses."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from demoexam.rules.moves import MoveJudge
from demoexam.rules.placing import Move
from demoexam.rules.terms import Answer
from demoexam.rules.violation import Fix, FixAction, Violation
from demoexam.services.exam_view import ExamCard, Member, exam_card
from demoexam.services.season import Chip
from demoexam.text import counted, day_month, percent, short_date
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.exams.exam_words import HELD, LEVELS, ROLES, SIDES, STATES, day_words, hours_words
from demoexam.ui.exams.finding_words import ICONS, TONES, title
from demoexam.ui.inspector import Inspector
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import (
    Button,
    ElidedLabel,
    IconLabel,
    Pill,
    clear,
    column,
    label,
    restyle,
    row,
)
from demoexam.ui.workspace import Workspace

WIDE, SHOWN = 300, 4


class ScheduleInspector(Inspector):
    """Follows the choice; a fix is one button and one operation."""

    going = Signal(str, object)
    move_wanted = Signal(object)  # Move
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
        """Show the one that is chosen, or how many are."""
        self.strip.hide()
        self._wanted = chips[0].id if len(chips) == 1 else ""
        if self._wanted:
            self.show_title(chips[0].title)
            query = partial(exam_card, session_id=self._wanted, today=date.today())
            self._workspace.load(
                query, self._show_card, slot="schedule inspector", on_refused=self._miss
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
        self.body.addWidget(self.strip)
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

    def _show_card(self, card: ExamCard) -> None:
        if card.id != self._wanted:
            return
        self._card = self._actions.card = card
        state, tone = HELD if card.row.held else STATES[card.state]
        self.show_title(card.group)
        self.pill.show_state(state, tone)
        self.pill.show()
        self.kit.setText(f"{card.kit} · {LEVELS[card.level]} · {card.college}")
        self._show_findings(card)
        self._show_facts(card)
        self._show_members(card)
        self.open.setEnabled(True)
        self.printing.setEnabled(card.day is not None)

    def _show_findings(self, card: ExamCard) -> None:
        clear(self.findings)
        for found in card.findings[:SHOWN]:
            self.findings.addWidget(FindingBox(found, self._ways_out(found)))
        if len(card.findings) > SHOWN:
            more = label(f"И ещё {len(card.findings) - SHOWN}: в карточке экзамена.", "muted")
            self.findings.addWidget(more)
        subjects = {ident for found in card.findings for ident in found.subjects}
        self.partners_shown.emit(frozenset(subjects - {card.id}))

    def _ways_out(self, found: Violation) -> list[Action]:
        """What is ready first, then what opens the place where it can be mended."""
        ready = [made for fix in self._proposals(found) if (made := self._ready(fix))]
        return (ready + self._actions.ways_out(found, most=1))[:3]

    def _proposals(self, found: Violation) -> Sequence[Fix]:
        """The fixes that the judge has tried out: applied, they remove the finding."""
        return [fix for fix in found.fixes if fix.value]

    def _ready(self, fix: Fix) -> Action | None:
        if fix.action in {FixAction.MOVE_SITTING, FixAction.CHANGE_WORKSHOP}:
            try:
                move = Move.read(self._wanted, fix.value)
            except ValueError:
                return None
            words = f"Перенести на {day_month(move.starts_at.date())}"
            return Action(words, lambda: self.move_wanted.emit(move), "arrow-right")
        return None

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


class FindingBox(QFrame):
    """A finding in words on its colour, its fixes as buttons below."""

    def __init__(self, found: Violation, ways: Sequence[Action]) -> None:
        super().__init__()
        tone = TONES[found.level]
        self.setProperty("look", "strip")
        restyle(self, tone=tone)
        name = label(title(found), "tone-strong", wrap=True, tone=tone)
        words = label(str(found), "tone", wrap=True, tone=tone)
        sign = IconLabel(ICONS[found.level], tone, 17)
        head = row(sign, column(name, words, spacing=2), spacing=8)
        head.setStretch(1, 1)
        head.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        layout = column(head, spacing=6, margins=(10, 8, 10, 8))
        for way in ways:
            button = way.button("small")
            button.setAccessibleName(f"{way.text}: {title(found)}")
            layout.addWidget(button)
        self.setLayout(layout)
        self.setAccessibleName(f"{title(found)}. {found}")


class MemberLine(QWidget):
    """An expert: name and role, where he works, his side, load and certificate."""

    def __init__(self, one: Member, card: ExamCard, *, wrong: bool) -> None:
        super().__init__()
        name = ElidedLabel(one.name, "strong")
        if wrong:
            name.setProperty("step", "tone-strong")
            name.setProperty("tone", Tone.BAD)
        side, tone = SIDES[one.side]
        about = f"{ROLES[one.role].lower()} · {one.organization or 'без организации'}"
        load = f"{counted(one.load, 'экзамен', 'экзамена', 'экзаменов')} за месяц"
        words = column(
            name, ElidedLabel(about, "muted"), ElidedLabel(f"{load}, {_until(one, card)}", "muted")
        )
        words.setSpacing(0)
        layout = row(words, Pill(side, tone), spacing=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setAccessibleName(f"{one.name}, {about}, {side}, {load}, {_until(one, card)}")


def _until(one: Member, card: ExamCard) -> str:
    if one.certified_until is None:
        return "без свидетельства"
    if one.certified_until == date.max:
        return "бессрочно"
    late = card.day is not None and one.certified_until < card.day
    return f"{'истекло' if late else 'до'} {short_date(one.certified_until)}"
