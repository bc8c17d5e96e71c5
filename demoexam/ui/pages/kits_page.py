"""Assessment kits: duration, points, how many experts they need."""

from functools import partial

from sqlalchemy import ColumnElement

from demoexam.exchange.vocabulary import Kind
from demoexam.models.kits import AssessmentKit, Specialty
from demoexam.rules.terms import EXAM_LEVEL_MARKS, EXAM_LEVEL_NAMES, ExamLevel
from demoexam.services.college.college import college_settings
from demoexam.services.directory.cards import KitCard, kit_card
from demoexam.services.directory.directory import KitLine, kit_lines
from demoexam.services.directory.writes import duplicate_kit
from demoexam.text import points
from demoexam.ui.dialogs.kit_dialogs import KitDialog
from demoexam.ui.directories.directory_page import DirectoryPage
from demoexam.ui.directories.kit_inspector import KitInspector
from demoexam.ui.directories.line_source import LineSource, column
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.table_files import Everything
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Chip
from demoexam.ui.workspace import Workspace

LEVELS = ((None, "все"), *((level, EXAM_LEVEL_NAMES[level]) for level in ExamLevel))
TONES = {ExamLevel.PROFILE: Tone.ACCENT, ExamLevel.BASIC: Tone.TEAL, ExamLevel.INTERIM: Tone.GREY}


class KitsPage(DirectoryPage):
    """Places: {"id"}, {"filter"}."""

    TITLE = "Комплекты заданий"
    NOUNS = ("комплект", "комплекта", "комплектов")
    TABLE, ADD, ONE = "assessment_kit", "Новый комплект", "комплекта"
    EVERYTHING, PASTED = Everything(Kind.KITS), Kind.KITS
    TABLES = frozenset({"assessment_kit", "staffing_rule", "task_module", "specialty", "setting"})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.term = workspace.read(college_settings).kit_term
        self.levels = Chip("Уровень", LEVELS)
        self.this_year = Chip("Год", ((None, "все"), (True, "выбранный вверху")))
        self.card = KitInspector(workspace)
        empty = self.empty_state(
            "package", "Пока нет ни одного комплекта",
            "Загрузите перечень комплектов из Excel или добавьте первый: шифр, длительность, "
            "баллы и сколько нужно экспертов.",
        )  # fmt: skip
        self.build(
            self._source(), placeholder="Шифр или название", empty=empty,
            chips=(self.levels, self.this_year), tools=(self.load_button(),), inspector=self.card,
        )  # fmt: skip
        self.finish()
        self.bind("F9", self.duplicate)
        self.write_through(self.card.form)
        self.card.duplicating.connect(self.duplicate)
        self.card.deleting.connect(lambda: self.delete([self.record_id]))

    def show_record(self, record_id: str) -> None:
        self.record_id = record_id
        self.workspace.load(
            partial(kit_card, record_id=record_id), self._show_card, slot="kit",
            on_refused=self.leave_card,
        )  # fmt: skip

    def add(self) -> None:
        dialog = KitDialog(self.workspace, self, term=self.term)
        dialog.saved.connect(self.show_new)
        dialog.open()

    def duplicate(self) -> None:
        """The kit under the cursor, with its staffing and modules, for the next year."""
        if kit_id := self.view.current_id() or self.record_id:
            self.workspace.perform(
                duplicate_kit, operation="копия комплекта на следующий год",
                on_done=self.show_new, kit_id=kit_id,
            )  # fmt: skip

    def _show_card(self, card: KitCard) -> None:
        if card.id == self.record_id:
            self.card.show_card(card)

    def _source(self) -> LineSource:
        columns = (
            column(Column("code", f"Шифр {self.term}", 160), AssessmentKit.code),
            column(Column("level", "Уровень", 84), AssessmentKit.level),
            column(
                Column("specialty", "Специальность", 240, stretch=True), Specialty.code,
                joined=True,
            ),
            column(Column("year", "Год", 60, right=True), AssessmentKit.year),
            column(Column("minutes", "Время", 92, right=True), AssessmentKit.minutes),
            column(Column("points", "Баллов", 92, right=True),
                   AssessmentKit.core_points + AssessmentKit.variable_points),
            column(Column("modules", "Модулей", 84, right=True, minor=True)),
            column(Column("experts", "Экспертов", 92, right=True, minor=True)),
        )  # fmt: skip
        return LineSource(
            self.workspace, AssessmentKit, columns, natural=AssessmentKit.code, shown=_row,
            lines=kit_lines, where=self._conditions,
            join=lambda query: query.join(Specialty, Specialty.id == AssessmentKit.specialty_id),
        )  # fmt: skip

    def _conditions(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.levels.value():
            found.append(AssessmentKit.level == self.levels.value())
        if self.this_year.value():
            found.append(AssessmentKit.year == self.workspace.year)
        return found


def _row(line: KitLine) -> Row:
    days = f" × {line.exam_days}" if line.exam_days > 1 else ""
    uneven = line.modules and line.points != line.module_points
    tip = f"Модули дают {points(line.module_points)}" if uneven else ""
    return Row(
        line.id,
        (
            Cell(line.code, strong=True, tip=line.title),
            Cell(EXAM_LEVEL_MARKS[line.level], tone=TONES[line.level], pill=True,
                 tip=EXAM_LEVEL_NAMES[line.level]),
            Cell(line.specialty, tip=line.specialty),
            str(line.year),
            f"{line.minutes // 60}:{line.minutes % 60:02d}{days}",
            Cell(points(line.points), tone=Tone.WARN if uneven else "", tip=tip),
            str(line.modules),
            Cell(line.experts or "нет", tone="" if line.experts else Tone.WARN),
        ),
    )  # fmt: skip
