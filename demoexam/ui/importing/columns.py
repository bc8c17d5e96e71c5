"""The columns of a preview: what the file calls them, what they mean, how sure that is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from demoexam.exchange.table import Table
from demoexam.exchange.titles import title_key
from demoexam.exchange.vocabulary import TERMS
from demoexam.ui.importing.wording import letter

SURE, GUESSED, SKIPPED = "sure", "guessed", "skipped"
NUMBERING = "number"  # the file's own row numbers: nothing to load, nothing to choose
UNTITLED = "без заголовка"
_NAMING = frozenset({"full_name", "last_name", "first_name", "middle_name"})
Columns = Mapping[str, Mapping[str, int]]  # key of a table -> field -> its column


@dataclass(frozen=True)
class FileColumn:
    """A column of the preview; `places` are its numbers in the tables, by their keys.

    `fields` are the meanings that it may have.
    """

    caption: str
    field: str
    belief: str
    places: Mapping[str, int]
    fields: Sequence[str] = ()


def columns_of(tables: Sequence[Table], by_hand: Collection[str]) -> list[FileColumn]:
    """Each titled or understood column; of several tables those of one meaning are one.

    `by_hand` are the tables whose columns the user, or his earlier mapping, has told.
    """
    if len(tables) == 1:
        return _own_columns(tables[0], by_hand)
    told = (
        name
        for table in tables
        for name, _ in sorted(table.columns.items(), key=lambda each: each[1])
        if name != NUMBERING
    )
    names = sorted(dict.fromkeys(told), key=lambda name: name not in _NAMING)
    shared = [_shared(tables, name, by_hand) for name in names]
    left = [one for table in tables for one in _own_columns(table, by_hand) if not one.field]
    return [*shared, *left]


def remapped(tables: Sequence[Table], chosen: FileColumn, name: str) -> Columns:
    """The columns of its tables once this one means `name` ("": nothing).

    The field's former column loses it; a number of rows stays what it was.
    """
    news = {}
    for key, at in chosen.places.items():
        table = next(each for each in tables if each.key == key)
        columns = {field: column for field, column in table.columns.items() if column != at}
        news[key] = {**columns, name: at} if name else columns
    return news


def _own_columns(table: Table, by_hand: Collection[str]) -> list[FileColumn]:
    """Those of one table, in the file's order."""
    fields = {column: name for name, column in table.columns.items()}
    fields |= {column: name for name, others in table.more.items() for column in others}
    return [
        FileColumn(
            f"{letter(column)} · {table.titles.get(column, UNTITLED)}",
            fields.get(column, ""),
            _belief(table, column, fields.get(column, ""), by_hand),
            {table.key: column},
            _meanings(table),
        )
        for column in sorted({*table.titles, *fields})
        if fields.get(column) != NUMBERING
    ]


def _shared(tables: Sequence[Table], name: str, by_hand: Collection[str]) -> FileColumn:
    having = [table for table in tables if name in table.columns]
    titles = [table.titles.get(table.columns[name], UNTITLED) for table in having]
    kinds = dict.fromkeys(title_key(title) for title in titles)
    caption = titles[0] if len(kinds) == 1 else f"{titles[0]} / {titles[-1]}"
    beliefs = {_belief(table, table.columns[name], name, by_hand) for table in having}
    return FileColumn(
        caption, name, GUESSED if GUESSED in beliefs else SURE,
        {table.key: table.columns[name] for table in having}, _meanings(having[0]),
    )  # fmt: skip


def _meanings(table: Table) -> tuple[str, ...]:
    return tuple(term.field for term in TERMS[table.kind] if term.field != NUMBERING)


def _belief(table: Table, column: int, name: str, by_hand: Collection[str]) -> str:
    """Sure when the title says so or the user did; guessed when only the content does."""
    if not name:
        return SKIPPED
    term = next((each for each in TERMS[table.kind] if each.field == name), None)
    title = title_key(table.titles.get(column, ""))
    plain = term is not None and any(pattern.search(title) for pattern in term.titles)
    return SURE if table.key in by_hand or plain else GUESSED
