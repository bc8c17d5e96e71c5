"""Each kind of part of a form as plain data and back, and the keys that name the parts."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import singledispatch
from hashlib import sha256
from typing import Any

from demoexam.documents.blocks import Boxed, Column, Lines, Look, NewPage, Pair, Pairs, Text
from demoexam.documents.template import ChartOf, Field, Part, Signed, Table, When

PartData = dict[str, Any]
LINES = ("label", "count", "value", "caption", "second", "second_value")


@singledispatch
def part_data(part: Part) -> PartData:
    """What a college may change of a part; a page break and a chart have only their place."""
    return {"type": "chart" if isinstance(part, ChartOf) else "page"}


@part_data.register
def _(part: When) -> PartData:
    return part_data(part.block)


@part_data.register
def _(part: Text) -> PartData:
    return {"type": "text", "text": part.text, "look": part.look.value, "after": part.after}


@part_data.register
def _(part: Boxed) -> PartData:
    return {"type": "note", "text": part.text}


@part_data.register
def _(part: Pairs) -> PartData:
    pairs = [{"label": one.label, "value": one.value, "wide": one.wide} for one in part.pairs]
    return {"type": "pairs", "pairs": pairs}


@part_data.register
def _(part: Lines) -> PartData:
    return {"type": "lines", **{name: getattr(part, name) for name in LINES}}


@part_data.register
def _(part: Signed) -> PartData:
    signers = [{"post": post, "source": source} for post, source in part.signers]
    return {"type": "signed", "signers": signers}


@part_data.register
def _(part: Table) -> PartData:
    return {
        "type": "table",
        "caption": part.caption,
        "row_height": part.row_height,
        "blank_rows": part.blank_rows,
        "min_blank": part.min_blank,
        "columns": [column_data(one) for one in part.fields],
        "rows": [dict(row) for row in part.rows],
    }


def column_data(one: Field) -> PartData:
    column = one.column
    facts = {"title": column.title, "width": column.width, "align": column.align}
    return {"key": one.key, **facts, "group": column.group, "shown": True}


def part_from(data: PartData, shipped: Part | None) -> Part:
    """The part as data of a sound shape tell; the program's own brings what data cannot change."""
    if isinstance(shipped, When):
        block = part_from(data, shipped.block)
        return replace(shipped, block=block)  # type: ignore[arg-type]  # of the same kind
    if isinstance(shipped, Table):
        return _table(data, shipped)
    made = _MADE.get(data["type"])
    return made(data, shipped) if made else shipped or NewPage()


def _text(data: PartData, shipped: Part | None) -> Part:
    known = shipped if isinstance(shipped, Text) else Text("")
    return replace(known, text=data["text"], look=Look(data["look"]), after=data["after"])


def _note(data: PartData, shipped: Part | None) -> Part:
    known = shipped if isinstance(shipped, Boxed) else Boxed("")
    return replace(known, text=data["text"])


def _lines(data: PartData, shipped: Part | None) -> Part:
    known = shipped if isinstance(shipped, Lines) else Lines("")
    return replace(known, **{name: data[name] for name in LINES})


_MADE: dict[str, Callable[[PartData, Part | None], Part]] = {
    "text": _text,
    "note": _note,
    "lines": _lines,
    "pairs": lambda data, _: Pairs(tuple(Pair(**one) for one in data["pairs"])),
    "signed": lambda data, _: Signed(
        tuple((one["post"], one["source"]) for one in data["signers"])
    ),
}


def _table(data: PartData, shipped: Table) -> Table:
    known = {one.key: one for one in shipped.fields}
    return replace(
        shipped,
        fields=tuple(_field(one, known) for one in data["columns"] if one["shown"]),
        rows=tuple(data["rows"]),
        row_height=data["row_height"],
        blank_rows=data["blank_rows"],
        min_blank=data["min_blank"],
        caption=data["caption"],
    )


def _field(data: PartData, known: Mapping[str, Field]) -> Field:
    column = Column(data["title"], data["width"], data["align"], data["group"])
    field = known.get(data["key"])
    return replace(field, column=column) if field else Field("", column)


def keyed_parts(parts: Sequence[Part], base: Mapping[str, str]) -> dict[str, Part]:
    """Key -> part; `base` (key -> sum) tells which part had which key in an earlier program."""
    keys = _moved(parts, base)
    for at, part in enumerate(parts):
        if at not in keys:
            keys[at] = _free_key(part_data(part)["type"], base, set(keys.values()))
    return {keys[at]: part for at, part in enumerate(parts)}


def _moved(parts: Sequence[Part], base: Mapping[str, str]) -> dict[int, str]:
    """Place -> the key of an earlier part that says the same, then of one reworded in place."""
    left = dict(base)
    keys: dict[int, str] = {}
    for at, part in enumerate(parts):
        total = part_sum(part)
        if (key := next((key for key, one in left.items() if one == total), None)) is not None:
            keys[at] = key
            del left[key]
    for at, part in enumerate(parts):
        kind = part_data(part)["type"]
        key = next((key for key in left if key.rstrip("0123456789") == kind), None)
        if at not in keys and key is not None:
            keys[at] = key
            del left[key]
    return keys


def _free_key(kind: str, base: Mapping[str, str], used: set[str]) -> str:
    number = 1
    while (key := f"{kind}{number}") in base or key in used:
        number += 1
    return key


def part_sum(part: Part) -> str:
    """A short sum of what a part says; equal parts have equal ones."""
    said = json.dumps(part_data(part), ensure_ascii=False, sort_keys=True)
    return sha256(said.encode()).hexdigest()[:12]
