"""What travels between a store and a hub: the tables, their columns and the units of a merge."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from demoexam.models.base import Record, captured_columns, merge_units
from demoexam.models.catalog import entities
from demoexam.models.journal import change, operation

SCHEMA = 4  # the store's last migration that changed what travels; the hub says which it has
SINCE = {  # tables that younger programs brought; the others are from the first
    "import_mapping": 3, "declined_name": 4, "document_template": 4, "incident": 4,
    "plan_version": 4,
}  # fmt: skip
GREW = {  # tables in which younger programs added columns
    "assessment_kit": 4, "unavailability": 4, "workplace_draw": 4, "workshop_booking": 4,
}  # fmt: skip
JOURNAL = (operation.name, change.name)
CONFLICT, ERASURE = "conflict", "erasure"
Row = tuple[object, ...]


@dataclass(frozen=True, eq=False)
class Form:
    """One table as it travels: `id` first, `rev` apart. `units`: name -> positions in a row."""

    name: str
    columns: tuple[str, ...]
    units: Mapping[str, tuple[int, ...]]
    journal: bool = False

    @cached_property
    def quoted(self) -> str:
        return ", ".join(f'"{name}"' for name in self.columns)

    @cached_property
    def upsert(self) -> str:
        """For a store or an SQLite hub; the row and then its rev are bound in order.

        An entry of the journal is written once: it only learns its rev.
        """
        changing = ["rev"] if self.journal else [*self.columns[1:], "rev"]
        sets = ", ".join(f'"{name}" = excluded."{name}"' for name in changing)
        marks = ", ".join("?" * (len(self.columns) + 1))
        return (
            f'INSERT INTO "{self.name}" ({self.quoted}, rev) VALUES ({marks})'
            f" ON CONFLICT (id) DO UPDATE SET {sets}"
        )

    def image(self, row: Sequence[object]) -> dict[str, object]:
        return dict(zip(self.columns, row, strict=True))


@cache
def forms() -> tuple[Form, ...]:
    """Every table that travels, a row's targets before it, the journal last."""
    return (*(_entity(name) for name in entities()), *(_entry(name) for name in JOURNAL))


@cache
def form(name: str) -> Form:
    return next(each for each in forms() if each.name == name)


def unknown_to(schema: int) -> Iterator[Form]:
    """The tables that a program of this schema did not take from the hub."""
    return (each for each in forms() if SINCE.get(each.name, 0) > schema)


def untaken_by(schema: int) -> Iterator[Form]:
    """The tables of which a program of this schema took nothing, or not all columns."""
    yield from unknown_to(schema)
    yield from (each for each in forms() if GREW.get(each.name, 0) > schema)


def _entity(name: str) -> Form:
    table = Record.metadata.tables[name]
    columns = tuple(captured_columns(table))
    by_unit: dict[str, list[int]] = {}
    for column, unit in merge_units(table).items():
        if column != "id":
            by_unit.setdefault(unit, []).append(columns.index(column))
    return Form(name, columns, {unit: tuple(places) for unit, places in by_unit.items()})


def _entry(name: str) -> Form:
    names = (column.name for column in Record.metadata.tables[name].columns)
    return Form(name, tuple(each for each in names if each not in {"n", "rev"}), {}, journal=True)


def hub_indexes() -> Iterator[tuple[str, str, str]]:
    """(name, table, columns) of the indexes that only a hub needs, under names of their own."""
    for each in forms():
        yield f"hub_rev_{each.name}", each.name, "rev"
        table = Record.metadata.tables[each.name]
        indexed = {next(iter(index.columns.keys())) for index in table.indexes}
        for key in table.foreign_keys:
            if key.parent.name not in indexed:
                yield f"hub_key_{each.name}_{key.parent.name}", each.name, key.parent.name
    yield "hub_name_expert", "expert", "last_name, first_name"
    yield "hub_code_assessment_kit", "assessment_kit", "code"
