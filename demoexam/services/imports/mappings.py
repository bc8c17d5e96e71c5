"""Columns of a file that were sorted out once, known again by its header."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.tables import Table, find_table, find_tables
from demoexam.exchange.vocabulary import Kind
from demoexam.models.reference import ImportMapping
from demoexam.rules.identity import clean
from demoexam.services.college.setting_rows import SettingScope
from demoexam.text import fold

REASON_TITLE: Final = "Причина"  # what a file of rejected rows has beyond the columns of its source
Rows = tuple[int, int]  # first and last row of titles, as in Excel

_SEARCHED_LINES: Final = 60
_LEAST_TITLES: Final = 2
_SOURCE_BYTES, _TITLE_BYTES = 16, 8


@dataclass(frozen=True)
class Remembered:
    """A table whose header is known: what its columns are. `key` is `Table.key`.

    `header` are the rows of its titles if they have to be told, since they would not be found, or
    may be told, since the sheet has no other table. `title` is what the person called the file
    when the columns were saved.
    """

    sheet: str
    key: str
    source: str
    kind: Kind
    title: str
    columns: Mapping[str, int]
    header: Rows | None


# -- saving ---------------------------------------------------------------------------------


def source_of(table: Table) -> str:
    """The fingerprint of the table's titles, in any order; "" for a table without titles.

    Rows below the header, its place and the column «Причина» do not count.
    """
    return _source(table.kind, table.titles)


def save_mapping(
    session: Session,
    *,
    kind: Kind,
    titles: Mapping[int, str],
    columns: Mapping[str, int],
    title: str = "",
    header_rows: int | None = None,
) -> str:
    """Remember what the columns under these titles are; returns the source.

    `header_rows` is how many rows the header takes, where a person chose them. Nothing of the file
    is stored, not even its titles in words. A table without titles ("") cannot be known again.
    A saved row is never edited but replaced: two desks that save at once make no conflict.
    """
    source = _source(kind, titles)
    if not source:
        return ""
    noted = _noted(titles, columns)
    facts: dict[str, Any] = {"columns": noted, "title": title, "header_rows": header_rows}
    saved = _rows(session, [source])
    if saved and all(getattr(saved[0], name) == value for name, value in facts.items()):
        return source
    _remove(session, saved)
    session.add(ImportMapping(source=source, kind=kind.value, **facts))
    session.flush()
    return source


# -- finding again ----------------------------------------------------------------------------


def remembered(session: Session, book: Book, kind: Kind | None = None) -> tuple[Remembered, ...]:
    """What is known of the book's visible tables from an earlier load of the same kind."""
    known = {row.source: row for row in reversed(_rows(session))}
    if not known:
        return ()
    visible = (sheet for sheet in book.sheets if not sheet.hidden)
    return tuple(found for sheet in visible for found in _on_sheet(sheet, known, kind))


def _on_sheet(
    sheet: Sheet, known: Mapping[str, ImportMapping], kind: Kind | None
) -> Iterator[Remembered]:
    tables = find_tables(sheet, kind)
    if not any(source_of(table) in known for table in tables):
        yield from _in_window(sheet, known, kind)
        return
    for table in tables:
        first, last = table.header_rows
        header = table.header_rows if len(tables) == 1 and first == last else None
        if row := known.get(source_of(table)):
            yield _remembered(sheet.name, table, row, header)


def _in_window(
    sheet: Sheet, known: Mapping[str, ImportMapping], kind: Kind | None
) -> Iterator[Remembered]:
    """The first rows that bear known titles, whatever the sheet looks like around them."""
    depths = {1, *(row.header_rows for row in known.values() if row.header_rows)}
    kinds = [kind] if kind else [*Kind]
    for titles, header in _windows(sheet.lines[:_SEARCHED_LINES], sorted(depths)):
        for each in kinds:
            row = known.get(_source(each, titles))
            table = find_table(sheet, kind, header) if row else None
            if row and table and table.kind is each:
                yield _remembered(sheet.name, replace(table, titles=titles), row, header)
                return


def _remembered(sheet: str, table: Table, row: ImportMapping, header: Rows | None) -> Remembered:
    columns = _found(row, table.titles)
    return Remembered(sheet, table.key, row.source, table.kind, row.title, columns, header)


def _windows(lines: Sequence[Line], depths: Sequence[int]) -> Iterator[tuple[dict[int, str], Rows]]:
    for start, line in enumerate(lines):
        if len(line.own_columns()) < _LEAST_TITLES:
            continue
        for depth in depths:
            rows = lines[start : start + depth]
            width = max(len(row.cells) for row in rows)
            stacks = (dict.fromkeys(clean(row.text(i)) for row in rows) for i in range(width))
            joined = (" ".join(filter(None, stack)) for stack in stacks)
            titles = {i: title for i, title in enumerate(joined) if title}
            yield titles, (line.number, rows[-1].number)


# -- the stored rows --------------------------------------------------------------------------


def _rows(session: Session, sources: Sequence[str] | None = None) -> Sequence[ImportMapping]:
    """The live rows that count here; the one that reached the hub last comes first."""
    scope = SettingScope(session)
    later = (ImportMapping.rev.is_not(None), ImportMapping.rev.desc(), ImportMapping.id.desc())
    query = select(ImportMapping).where(ImportMapping.live()).order_by(*later)
    if scope.shared:
        query = query.where(ImportMapping.owner_id.in_(["", scope.own]))
    if sources is not None:
        query = query.where(ImportMapping.source.in_(sources))
    return session.scalars(query).all()


def _remove(session: Session, rows: Sequence[ImportMapping]) -> None:
    for row in rows:
        row.deleted, row.deleted_by = True, session.info.get("operation")


# -- titles and places --------------------------------------------------------------------------


def _source(kind: Kind, titles: Mapping[int, str]) -> str:
    keys = sorted(_keys(titles).values())
    return f"{kind.value}:{_digest(' | '.join(keys), _SOURCE_BYTES)}" if keys else ""


def _keys(titles: Mapping[int, str]) -> dict[int, str]:
    """Column -> its title without case and marks; in the columns' order."""
    folded = {at: " ".join(re.findall(r"\w+|№", fold(clean(titles[at])))) for at in sorted(titles)}
    return {at: key for at, key in folded.items() if key and key != fold(REASON_TITLE)}


def _digest(text: str, size: int) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=size).hexdigest()


def _noted(titles: Mapping[int, str], columns: Mapping[str, int]) -> dict[str, list[Any]]:
    """Field -> [fingerprint of the title its column is at or after, n-th such, how far after]."""
    named = _named(titles)
    noted: dict[str, list[Any]] = {}
    for name, column in columns.items():
        anchor = max((at for at in named if at <= column), default=None)
        key, nth = ("", 0) if anchor is None else named[anchor]
        noted[name] = [key, nth, column - (anchor or 0)]
    return noted


def _found(row: ImportMapping, titles: Mapping[int, str]) -> Mapping[str, int]:
    """Where the saved columns stand under these titles."""
    places = {named: at for at, named in _named(titles).items()} | {("", 0): 0}
    return MappingProxyType({
        name: places[key, nth] + after
        for name, (key, nth, after) in row.columns.items()
        if (key, nth) in places
    })  # fmt: skip


def _named(titles: Mapping[int, str]) -> dict[int, tuple[str, int]]:
    """Column -> its title's fingerprint and how many of the same stand before it."""
    seen: dict[str, int] = {}
    named: dict[int, tuple[str, int]] = {}
    for at, key in _keys(titles).items():
        digest = _digest(key, _TITLE_BYTES)
        named[at] = digest, seen.get(digest, 0)
        seen[digest] = named[at][1] + 1
    return named
