"""A previewed file as the dialog shows it: columns, rows, signs; made off the GUI thread."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from demoexam.exchange.cells import Book, Line, Place
from demoexam.exchange.organizations import OrganizationName
from demoexam.exchange.tables import Table, title_key
from demoexam.exchange.values import ROW, Finding
from demoexam.exchange.vocabulary import TERMS, Kind
from demoexam.rules.terms import OrganizationKind
from demoexam.services.imports_choices import Preview
from demoexam.services.imports_draft import FieldChange
from demoexam.services.imports_plan import RowPlan, Status
from demoexam.ui.importing.wording import (
    CHANGES,
    FIELD_NAMES,
    LOADED,
    NEW_ITEMS,
    SIDES,
    Look,
    letter,
    shown,
)

SURE, GUESSED, SKIPPED = "sure", "guessed", "skipped"
NUMBERING = "number"  # the file's own row numbers: nothing to load, nothing to choose
ID_LENGTH = 36  # of an id, which tells a reader nothing


@dataclass(frozen=True)
class FileColumn:
    """A column of the preview; `places` are its numbers on the sheets, by sheet."""

    caption: str
    field: str
    belief: str
    places: Mapping[str, int]


@dataclass(frozen=True)
class BoardRow:
    """A row of the file: `outcome` is «Что будет», `marks` are bad cells by field.

    `fate` is what becomes of it without the reasons that `outcome` may give instead.
    """

    plan: RowPlan
    line: Line
    look: Look
    outcome: str
    fate: str
    marks: Mapping[str, Finding] = field(default_factory=dict)
    changes: Mapping[str, FieldChange] = field(default_factory=dict)

    @property
    def is_problem(self) -> bool:
        """Worth stopping at: refused, put off, or loaded with a remark."""
        return self.look in {Look.ERROR, Look.HELD} or self.is_noted

    @property
    def is_noted(self) -> bool:
        """Loaded, but with something to look at; a merged double is no trouble."""
        quiet = {Look.ERROR, Look.HELD, Look.DUPLICATE}
        return bool(self.plan.reasons) and self.look not in quiet


@dataclass(frozen=True)
class Board:
    """All that the dialog shows of a file under its present choices."""

    preview: Preview
    kind: Kind
    columns: Sequence[FileColumn]
    rows: Sequence[BoardRow]
    can_map: bool  # one table, so that each column can be given its meaning
    filled: Mapping[str, int]  # sheet of the file -> how many of its lines are not empty
    counts: Counter[Status]
    problems: int
    noted: int

    @property
    def to_load(self) -> int:
        return sum(count for status, count in self.counts.items() if status in LOADED)

    @property
    def to_skip(self) -> int:
        return self.counts[Status.ERROR]

    @property
    def recognised(self) -> tuple[int, int]:
        """How many columns have a meaning, of how many."""
        known = sum(column.belief != SKIPPED for column in self.columns)
        return known, len(self.columns)


def board_of(book: Book, preview: Preview) -> Board:
    """`book` is the whole file, also when one of its sheets is chosen."""
    tables = preview.tables
    one = len(tables) == 1
    kind = tables[0].kind
    lines = {
        (sheet.name, line.number): line
        for sheet in preview.book.sheets
        if any(sheet.name == table.sheet for table in tables)
        for line in sheet.lines
    }
    teller = _Teller(preview)
    rows = [
        teller.row(plan, line)
        for plan in preview.plan.rows
        if (line := lines.get((plan.place.sheet, plan.place.row))) is not None
    ]
    columns = _file_columns(tables[0], preview.choices.columns) if one else _shared_columns(tables)
    filled = {
        sheet.name: sum(bool(line.own_columns()) for line in sheet.lines) for sheet in book.sheets
    }
    return Board(
        preview, kind, columns, rows, one, filled,
        counts=preview.plan.counts(),
        problems=sum(row.is_problem for row in rows),
        noted=sum(row.is_noted for row in rows),
    )  # fmt: skip


def kind_fields(kind: Kind) -> list[str]:
    """The meanings that a column of this kind of list may have."""
    return [term.field for term in TERMS[kind]]


def _file_columns(table: Table, chosen: Mapping[str, object]) -> list[FileColumn]:
    """Every titled or understood column of the only table, in the file's order."""
    fields = {column: name for name, column in table.columns.items()}
    by_hand = table.sheet in chosen
    return [
        FileColumn(
            f"{letter(column)} · {table.titles.get(column, 'без заголовка')}",
            fields.get(column, ""),
            _belief(table, column, fields.get(column, ""), by_hand=by_hand),
            {table.sheet: column},
        )
        for column in sorted({*table.titles, *fields})
        if fields.get(column) != NUMBERING
    ]


def _shared_columns(tables: Sequence[Table]) -> list[FileColumn]:
    """The understood columns of several tables, each field once."""
    names = dict.fromkeys(name for table in tables for name in table.columns if name != NUMBERING)
    return [
        FileColumn(
            FIELD_NAMES.get(name, name), name, SURE,
            {table.sheet: table.columns[name] for table in tables if name in table.columns},
        )
        for name in names
    ]  # fmt: skip


def _belief(table: Table, column: int, name: str, *, by_hand: bool) -> str:
    """Sure when the title says so or the user did; guessed when only the content does."""
    if not name:
        return SKIPPED
    term = next((each for each in TERMS[table.kind] if each.field == name), None)
    title = title_key(table.titles.get(column, ""))
    plain = term is not None and any(pattern.search(title) for pattern in term.titles)
    return SURE if by_hand or plain else GUESSED


class _Teller:
    """Puts into words what becomes of each row."""

    def __init__(self, preview: Preview) -> None:
        content = preview.plan.content
        self._kinds = {each.name.short: each.kind for each in content.organizations}
        self._work = {person.place: person.organizations for person in content.people}
        self._findings: dict[Place, list[Finding]] = {}
        for finding in content.findings:
            self._findings.setdefault(finding.place, []).append(finding)
        self._fields = {table.sheet: table.columns for table in preview.tables}

    def row(self, plan: RowPlan, line: Line) -> BoardRow:
        known = self._fields.get(plan.place.sheet, {})
        marks = {
            name: finding
            for finding in self._findings.get(plan.place, ())
            if (name := _marked(finding, known))
        }
        changes = {
            CHANGES[change.field][0]: change
            for change in (plan.changes if plan.status is Status.CHANGED else ())
            if change.field in CHANGES and _readable(change)
        }
        changes.pop("", None)
        fate = self._fate(plan)
        return BoardRow(plan, line, _look(plan), _outcome(plan, fate), fate, marks, changes)

    def _fate(self, plan: RowPlan) -> str:
        if plan.status is Status.CHANGED:
            return change_words(plan.changes)
        return _FATES.get(plan.status) or self._new(plan)

    def _new(self, plan: RowPlan) -> str:
        if plan.kind is not Kind.ROSTER:
            return NEW_ITEMS[plan.kind]
        kind = self._kind_of(self._work.get(plan.place, ()))
        return SIDES[kind] if kind else "Новый, без места работы"

    def _kind_of(self, work: Sequence[OrganizationName]) -> OrganizationKind | None:
        return self._kinds.get(work[0].short) if work else None


_FATES = {
    Status.ERROR: "Строка не загрузится",
    Status.SAME: "Ничего не меняется",
    Status.DUPLICATE: "Повтор строки этого файла",
    Status.HELD: "Загрузится, но отложится до исправления",
}


def _outcome(plan: RowPlan, fate: str) -> str:
    """The first reason, where there is one to know; else the fate."""
    if plan.status is Status.SAME or not plan.reasons:
        return fate
    return plan.reasons[0][:1].upper() + plan.reasons[0][1:]


def change_words(changes: Sequence[FieldChange]) -> str:
    """«2 поля: должность, почта»."""
    named = (CHANGES.get(each.field, ("", each.field))[1] for each in changes)
    names = [*dict.fromkeys(name for name in named if name)]
    words = ", ".join(names)
    return f"Изменится: {words}" if words else "Изменится"


def _look(plan: RowPlan) -> Look:
    noted = plan.status is Status.NEW and bool(plan.reasons)
    return Look.NOTED if noted else Look(plan.status.value)


def _readable(change: FieldChange) -> bool:
    """Whether both values can be shown to a reader: ids and lists cannot."""
    return all(
        not isinstance(value, list | dict) and len(shown(value)) != ID_LENGTH
        for value in (change.old, change.new)
    )


def _marked(finding: Finding, known: Mapping[str, int]) -> str:
    """The field of the cell to be framed."""
    if finding.field == "fio" or (not finding.field and finding.level == ROW):
        return "full_name" if "full_name" in known else "last_name"
    return finding.field if finding.field in known else ""
