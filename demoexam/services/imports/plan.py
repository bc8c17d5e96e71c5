"""What an import would do, row by row, and what it has done: values for the window and reports."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from demoexam.exchange.cells import Place
from demoexam.exchange.values import FileContent
from demoexam.exchange.vocabulary import Kind
from demoexam.rules.full_names import FullName
from demoexam.rules.records import record
from demoexam.rules.violation import Violation
from demoexam.services.imports.draft import FieldChange
from demoexam.services.imports.writes import Writes
from demoexam.text import counted, plural

ITEMS = {  # what a row of each kind of list is, for counting
    Kind.ROSTER: ("эксперт", "эксперта", "экспертов"),
    Kind.STUDENTS: ("студент", "студента", "студентов"),
    Kind.WORKSHOPS: ("мастерская", "мастерские", "мастерских"),
    Kind.KITS: ("комплект", "комплекта", "комплектов"),
    Kind.SCHEDULE: ("экзамен", "экзамена", "экзаменов"),
}
_SHOWN_REASONS = 5


class Decision(StrEnum):
    """The user's word on a row that resembles somebody."""

    SAME = "same"  # one person: what the row tells is added to the other's record
    DIFFERENT = "different"  # a namesake: a record of his own
    SKIP = "skip"  # not now: the row is not loaded


class Status(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"
    DUPLICATE = "duplicate"
    HELD = "held"
    SKIPPED = "skipped"


STATUS_NAMES = {
    Status.NEW: "добавится",
    Status.CHANGED: "изменится",
    Status.SAME: "без изменений",
    Status.ERROR: "ошибка",
    Status.DUPLICATE: "повтор",
    Status.HELD: "отложится",
    Status.SKIPPED: "пропустится",
}


@dataclass(frozen=True)
class Likeness:
    """Whom a row resembles without being surely the same: an expert of the store, or a row before.

    `reason` says in words what is alike; `row` is None for one who is in the store already.
    `joined` tells what happens without the user's word: the two become one, else they stay two.
    """

    record_id: str
    reason: str
    row: Place | None = None
    joined: bool = False


@record
class RowPlan:
    """One row of the file: what it is, what becomes of it and why.

    `likeness` is there to be asked about, whether the user has answered or not.
    """

    place: Place
    kind: Kind
    status: Status
    title: str
    changes: tuple[FieldChange, ...] = ()
    reasons: tuple[str, ...] = ()
    record_id: str = ""
    likeness: Likeness | None = None


@dataclass
class ImportPlan:
    """`writes` is all that `apply` will do; `seen` is the journal's end when it was computed."""

    content: FileContent
    rows: list[RowPlan] = field(default_factory=list)
    writes: Writes = field(default_factory=Writes)
    conflicts: list[tuple[Place, Violation]] = field(default_factory=list)
    resolved: dict[FullName, str] = field(default_factory=dict)
    own_college: str = ""
    held_assignments: int = 0
    seen: int = 0
    decisions: dict[Place, str] = field(default_factory=dict)

    def counts(self) -> Counter[Status]:
        return Counter(row.status for row in self.rows)

    @property
    def changes_anything(self) -> bool:
        return bool(self.writes)

    def summary(self, *, done: bool = True) -> str:
        """«Загружено 58 экспертов, 3 строки пропущены: ...»."""
        parts = [self._loaded(done=done), self._skipped(), self._duplicates(), self._held()]
        lines = [", ".join(part for part in parts if part) + "."]
        hidden = self.content.hidden_sheets
        if hidden:
            named = ", ".join(f"«{name}»" for name in hidden)
            sheets = plural(len(hidden), "Скрытый лист", "Скрытые листы", "Скрытые листы")
            left = plural(len(hidden), "не загружен", "не загружены", "не загружены")
            lines.append(f"{sheets} {named} {left}.")
        return " ".join(lines)

    def loaded_words(self) -> str:
        """«Загружено 58 экспертов, без изменений 3 строки», once it is done."""
        return self._loaded(done=True)

    def _loaded(self, *, done: bool) -> str:
        took = Counter(
            row.kind for row in self.rows if row.status in {Status.NEW, Status.CHANGED, Status.HELD}
        )
        if not took:
            return self._nothing_loaded()
        items = ", ".join(counted(count, *ITEMS[kind]) for kind, count in took.items())
        verb = _loaded_verb(took)
        verb = verb if done else f"Будет {verb.lower()}"
        same = self.counts()[Status.SAME]
        unchanged = counted(same, "строка", "строки", "строк")
        return f"{verb} {items}" + (f", без изменений {unchanged}" if same else "")

    def _nothing_loaded(self) -> str:
        if {Status.SAME, Status.DUPLICATE} & self.counts().keys():
            return "Новых данных нет: всё уже загружено"
        return "Ничего не загружено" if self.rows else "Строк с данными нет"

    def _skipped(self) -> str:
        errors = [row for row in self.rows if row.status is Status.ERROR]
        if not errors:
            return ""
        lost = plural(len(errors), "пропущена", "пропущены", "пропущено")
        shown = [f"{row.place.row} ({row.reasons[0]})" for row in errors[:_SHOWN_REASONS]]
        more = ["…"] if len(errors) > _SHOWN_REASONS else []
        lines = counted(len(errors), "строка", "строки", "строк")
        return f"{lines} {lost}: {'; '.join([*shown, *more])}"

    def _duplicates(self) -> str:
        count = self.counts()[Status.DUPLICATE]
        merged = plural(count, "повтор объединён", "повтора объединены", "повторов объединено")
        return f"{count}\u00a0{merged}" if count else ""

    def _held(self) -> str:
        """What is kept out of the plan: whole exams, and single assignments."""
        exams, duties = self.counts()[Status.HELD], self.held_assignments
        parts = [counted(exams, *ITEMS[Kind.SCHEDULE])] if exams else []
        parts += [counted(duties, "назначение", "назначения", "назначений")] if duties else []
        together = " и ".join(parts)
        return f"до исправления противоречий отложено: {together}" if parts else ""


def _loaded_verb(took: Mapping[Kind, int]) -> str:
    """The verb agrees with the first number: загружен 21 эксперт, загружено 5 экспертов."""
    kind, count = next(iter(took.items()))
    one = "Загружена" if kind is Kind.WORKSHOPS else "Загружен"
    return plural(count, one, "Загружено", "Загружено")


@dataclass(frozen=True)
class ImportOutcome:
    """What was written: rows added and changed, by table."""

    added: dict[str, int]
    changed: dict[str, int]

    @property
    def anything(self) -> bool:
        return any(self.added.values()) or any(self.changed.values())


def outcome_of(writes: Writes) -> ImportOutcome:
    return ImportOutcome(
        writes.counts(),
        {table: len(rows) for table, rows in writes.changed.items()},
    )


def row_plan(
    place: Place,
    kind: Kind,
    title: str,
    record_id: str,
    *,
    new: bool,
    changes: Sequence[FieldChange] = (),
    reasons: Sequence[Any] = (),
    likeness: Likeness | None = None,
) -> RowPlan:
    """The plan of a row that is loaded."""
    status = Status.NEW if new else Status.CHANGED if changes else Status.SAME
    told = tuple(map(str, reasons))
    return RowPlan(place, kind, status, title, tuple(changes), told, record_id, likeness)
