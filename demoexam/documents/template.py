"""A form before it is filled: its official wording and columns as data with {named} blanks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import singledispatch
from itertools import accumulate

from demoexam.documents.blanks import filled
from demoexam.documents.blocks import (
    Block,
    Boxed,
    Grid,
    Lines,
    NewPage,
    Pair,
    Pairs,
    Row,
    Section,
    Signatures,
    Signer,
    Text,
    Total,
)
from demoexam.documents.form import Approval, Form
from demoexam.documents.template_values import (
    WORDED,
    ChartOf,
    Facts,
    Field,
    Filling,
    Part,
    Scope,
    Signed,
    Table,
    Template,
    When,
)

__all__ = [
    "ChartOf", "Facts", "Field", "Filling", "Part", "Scope", "Signed", "Table", "Template",
    "When", "fill", "filled_fields", "grid_of",
]  # fmt: skip


def fill(template: Template, filling: Filling) -> Form:
    """The form ready to print."""
    wide = template.wide or (
        template.wide_from is not None
        and len(filling.rows.get(template.wide_from[0], ())) >= template.wide_from[1]
    )
    body = [block for part in template.parts for block in _filled(part, filling)]
    return Form(
        code=template.code,
        kind=template.kind,
        title=filled(template.title, filling.facts),
        number=filling.number,
        day=filling.days.get(template.dated),
        letterhead=filling.letterhead,
        body=body,
        wide=wide,
        archive=template.archive,
        chapter=filling.chapter,
        draft=filling.draft,
        approvals=[_approval(*each, filling) for each in template.approvals],
        order=template.order,
    )


def _approval(word: str, post: str, source: str, filling: Filling) -> Approval:
    name = next(iter(filling.signers.get(source, ())), "")
    return Approval(word, filled(post, filling.facts), name)


@singledispatch
def _filled(part: Part, _filling: Filling) -> list[Block]:
    """The blocks a part of a template becomes; a page break stays what it is."""
    if not isinstance(part, NewPage):
        raise TypeError(part)
    return [part]


@_filled.register
def _(part: When, filling: Filling) -> list[Block]:
    if part.each:
        rows = [row for row in filling.rows.get(part.fact, ()) if isinstance(row, Mapping)]
        told = [replace(filling, facts={**filling.facts, **row}) for row in rows]
        return [block for one in told for block in _filled(part.block, one)]
    wanted = filling.lacks(part.fact) == part.absent
    return _filled(part.block, filling) if wanted else []


@_filled.register(Text)
@_filled.register(Boxed)
def _(part: Text | Boxed, filling: Filling) -> list[Block]:
    return [replace(part, text=filled(part.text, filling.facts))]


@_filled.register
def _(part: Lines, filling: Filling) -> list[Block]:
    facts = filling.facts
    return [
        replace(
            part,
            label=filled(part.label, facts),
            value=filled(part.value, facts),
            caption=filled(part.caption, facts),
            second=filled(part.second, facts),
            second_value=filled(part.second_value, facts),
        )
    ]


@_filled.register
def _(part: Pairs, filling: Filling) -> list[Block]:
    return [Pairs([_pair(pair, filling.facts) for pair in part.pairs])]


@_filled.register
def _(part: Table, filling: Filling) -> list[Block]:
    return [grid_of(part, filling)]


@_filled.register
def _(part: Signed, filling: Filling) -> list[Block]:
    return [_signatures(part, filling)]


@_filled.register
def _(part: ChartOf, filling: Filling) -> list[Block]:
    return [filling.charts[part.source]]


def _pair(pair: Pair, facts: Facts) -> Pair:
    return replace(pair, label=filled(pair.label, facts), value=filled(pair.value, facts))


def grid_of(part: Table, filling: Filling) -> Grid:
    """The table with the rows that are known."""
    fields = [one for column in part.fields for one in filled_fields(column, filling)]
    rows: Sequence[Facts | Section | Total]
    if part.source:
        rows = filling.rows.get(part.source, ())
        if part.rows:
            rows = list(_worded(rows, part.rows, filling.facts))
    else:
        facts = filling.facts
        rows = [{key: filled(value, facts) for key, value in row.items()} for row in part.rows]
    return Grid(
        columns=[one.column for one in fields],
        rows=[_row(row, fields, at) for row, at in zip(rows, _numbers(rows), strict=True)],
        row_height=part.row_height,
        blank_rows=part.blank_rows,
        min_blank=part.min_blank,
        numbered=part.numbered,
        caption=filled(part.caption, filling.facts),
    )


def _worded(
    rows: Sequence[Facts | Section | Total], wording: Sequence[Facts], facts: Facts
) -> Iterator[Facts | Section | Total]:
    said = {one.get(WORDED, ""): one for one in wording}
    for row in rows:
        if not isinstance(row, Mapping):
            yield row
        elif words := said.get(row.get(WORDED, "")):
            known = {**facts, **row}
            yield {**row, **{key: filled(value, known) for key, value in words.items()}}


def filled_fields(one: Field, filling: Filling) -> list[Field]:
    """The columns a field becomes."""
    if not one.each:
        title = filled(one.column.title, filling.facts)
        return [replace(one, column=replace(one.column, title=title))]
    return [
        Field(filled(one.key, row), replace(one.column, title=filled(one.column.title, row)))
        for row in filling.rows.get(one.each, ())
        if isinstance(row, Mapping)
    ]


def _numbers(rows: Sequence[Facts | Section | Total]) -> Iterator[int]:
    """Sections and totals have no number of their own."""
    return accumulate(int(isinstance(row, Mapping)) for row in rows)


def _row(row: Facts | Section | Total, fields: Sequence[Field], at: int) -> Row:
    """Cells by key; the key `n` is the row's number, a key that is not there an empty cell."""
    if isinstance(row, Section | Total):
        return row
    known = {"n": str(at), **row}
    return [known.get(one.key, "") for one in fields]


def _signatures(part: Signed, filling: Filling) -> Signatures:
    signers = []
    for post, source in part.signers:
        names = filling.signers.get(source) or [""]
        title = filled(post, filling.facts)
        signers += [Signer("" if at else title, name) for at, name in enumerate(names)]
    return Signatures(signers)
