"""A previewed file as the dialog shows it: columns, rows, signs; made off the GUI thread."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from demoexam.exchange.cells import Book, Line, Place
from demoexam.exchange.organizations import OrganizationName
from demoexam.exchange.table import Table
from demoexam.exchange.values import ROW, Finding
from demoexam.exchange.vocabulary import Kind
from demoexam.rules.terms import OrganizationKind
from demoexam.services.imports.choices import Preview
from demoexam.services.imports.draft import FieldChange
from demoexam.services.imports.plan import RowPlan, Status
from demoexam.services.imports.similar import Comparison
from demoexam.ui.importing.columns import SKIPPED, FileColumn, columns_of
from demoexam.ui.importing.wording import CHANGES, LOADED, NEW_ITEMS, SIDES, Look, shown

ID_LENGTH = 36  # of an id, which tells a reader nothing


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
    table: str  # its key
    marks: Mapping[str, Finding] = field(default_factory=dict)
    changes: Mapping[str, FieldChange] = field(default_factory=dict)

    @property
    def is_problem(self) -> bool:
        """Worth stopping at: refused, put off, to be decided, or loaded with a remark."""
        return self.look in {Look.ERROR, Look.HELD, Look.SIMILAR} or self.is_noted

    @property
    def is_noted(self) -> bool:
        """Loaded, but with something to look at; what the store has already is no news."""
        return bool(self.plan.reasons) and self.look not in _QUIET


_QUIET = frozenset({Look.ERROR, Look.HELD, Look.DUPLICATE, Look.SIMILAR, Look.SKIPPED, Look.SAME})


@dataclass(frozen=True)
class Board:
    """All that the dialog shows of a file under its present choices.

    `alike` are the rows that resemble somebody, decided or not; `undecided` those still open.
    """

    preview: Preview
    kind: Kind
    columns: Sequence[FileColumn]
    rows: Sequence[BoardRow]
    filled: Mapping[str, int]  # sheet of the file -> how many of its lines are not empty
    counts: Counter[Status]
    problems: int
    noted: int
    alike: Mapping[Place, Comparison]
    undecided: Sequence[Place]

    @property
    def to_load(self) -> int:
        return sum(count for status, count in self.counts.items() if status in LOADED)

    @property
    def to_skip(self) -> int:
        return self.counts[Status.ERROR] + self.counts[Status.SKIPPED]

    @property
    def errors(self) -> int:
        return self.counts[Status.ERROR]

    @property
    def recognised(self) -> tuple[int, int]:
        """How many columns have a meaning, of how many."""
        known = sum(column.belief != SKIPPED for column in self.columns)
        return known, len(self.columns)


def board_of(book: Book, preview: Preview, alike: Mapping[Place, Comparison]) -> Board:
    """`book` is the whole file, also when one of its sheets is chosen."""
    tables = preview.tables
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
    turn = {sheet.name: number for number, sheet in enumerate(book.sheets)}
    rows.sort(key=lambda row: turn[row.plan.place.sheet])
    columns = columns_of(tables, {*preview.choices.columns, *preview.remembered})
    filled = {
        sheet.name: sum(bool(line.own_columns()) for line in sheet.lines) for sheet in book.sheets
    }
    return Board(
        preview, tables[0].kind, columns, rows, filled,
        counts=preview.plan.counts(),
        problems=sum(row.is_problem for row in rows),
        noted=sum(row.is_noted for row in rows),
        alike={row.plan.place: alike[row.plan.place] for row in rows if row.plan.place in alike},
        undecided=[row.plan.place for row in rows if row.look is Look.SIMILAR],
    )  # fmt: skip


class _Finder:
    """Which of the tables a row belongs to: several may stand on one sheet."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._first = tables[0]
        self._of_sheet: dict[tuple[str, int], list[Table]] = {}
        for table in tables:
            self._of_sheet.setdefault((table.sheet, table.origin), []).append(table)

    def of(self, place: Place) -> Table:
        found = self._of_sheet.get((place.sheet, place.column), [self._first])
        above = (table for table in reversed(found) if table.lines[0].number <= place.row)
        return next(above, found[0])


class _Teller:
    """Puts into words what becomes of each row."""

    def __init__(self, preview: Preview) -> None:
        content = preview.plan.content
        self._kinds = {each.name.short: each.kind for each in content.organizations}
        self._work = {person.place: person.organizations for person in content.people}
        self._findings: dict[Place, list[Finding]] = {}
        for finding in content.findings:
            self._findings.setdefault(finding.place, []).append(finding)
        self._tables = _Finder(preview.tables)
        self._decided = preview.choices.persons

    def row(self, plan: RowPlan, line: Line) -> BoardRow:
        table = self._tables.of(plan.place)
        known = table.columns
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
        look = _look(plan, decided=plan.place in self._decided)
        outcome = _outcome(plan, fate, look)
        return BoardRow(plan, line, look, outcome, fate, table.key, marks, changes)

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
    Status.SKIPPED: "Пропустится, как вы решили",
}


def _outcome(plan: RowPlan, fate: str, look: Look) -> str:
    """Whom the row resembles, what changes, or the first reason to know; else the fate."""
    if look is Look.SIMILAR and plan.likeness is not None:
        where = f"строку {plan.likeness.row.row}" if plan.likeness.row else "человека в базе"
        return f"Похож на {where} →"
    if plan.status in {Status.SAME, Status.CHANGED} or not plan.reasons:
        return fate
    return plan.reasons[0][:1].upper() + plan.reasons[0][1:]


def change_words(changes: Sequence[FieldChange]) -> str:
    """«2 поля: должность, почта»."""
    named = (CHANGES.get(each.field, ("", each.field))[1] for each in changes)
    names = [*dict.fromkeys(name for name in named if name)]
    words = ", ".join(names)
    return f"Изменится: {words}" if words else "Изменится"


def _look(plan: RowPlan, *, decided: bool) -> Look:
    asked = plan.likeness is not None and not plan.likeness.joined
    if asked and not decided and plan.status is not Status.ERROR:
        return Look.SIMILAR
    noted = plan.status is Status.NEW and bool(plan.reasons) and not decided
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
