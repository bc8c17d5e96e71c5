"""What a person sees of a disagreement: its sides, its words, and what may be done."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from demoexam.models.exchange import ConflictKind


class Keep(StrEnum):
    """The answer to two values; any other text is a third value."""

    HUB = "hub"
    MINE = "mine"


class Way(StrEnum):
    """What may be done about two records that contradict, or that seem to be one."""

    MOVE = "move"  # open the record and change it; the disagreement then closes by itself
    CANCEL = "cancel"  # delete the record that is held
    CANCEL_OTHER = "cancel_other"  # delete the other one, and let this one into the plan
    RELEASE = "release"  # into the plan, since nothing contradicts any more
    UNDELETE = "undelete"  # bring the deleted record back on which this one stands
    MERGE = "merge"  # make one record of two: `row_id` stays
    MERGE_OTHER = "merge_other"  # the same: `other.row_id` stays
    DIFFERENT = "different"  # two different records: never ask about this pair again


@dataclass(frozen=True)
class Side:
    """One of two values: in words, who wrote it and when (the college's clock)."""

    words: str
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class ValueLine:
    """One unit of columns written on both sides.

    `base` is what both began with. `typed`: a third value may be typed instead; `text` is what
    stands in such a field at first.
    """

    conflict_id: str
    table: str
    row_id: str
    unit: str
    label: str
    base: str
    mine: Side
    hub: Side
    typed: bool
    text: str = ""


@dataclass(frozen=True)
class Pair:
    """A line of two records side by side."""

    label: str
    this: str
    other: str

    @property
    def differs(self) -> bool:
        return self.this != self.other


@dataclass(frozen=True)
class OtherRecord:
    """The record that this one contradicts, doubles or stands on."""

    table: str
    row_id: str
    title: str
    kind: str


@dataclass(frozen=True)
class Offer:
    way: Way
    words: str


@dataclass(frozen=True)
class ConflictCard:
    """All that waits for a choice about one record.

    Values (field, deletion): `lines`, `merged` and `effect`. Two records (rule, duplicate):
    `reason`, `other`, `pairs` and `offers`. `here`: the value «У вас» was written on this
    computer; else `who` wrote it elsewhere.
    """

    kind: ConflictKind
    table: str
    row_id: str
    title: str
    record_kind: str  # «Эксперт»
    ids: tuple[str, ...]
    at: datetime
    here: bool
    who: str = ""
    lines: tuple[ValueLine, ...] = ()
    merged: tuple[str, ...] = ()
    effect: str = ""
    reason: str = ""
    other: OtherRecord | None = None
    pairs: tuple[Pair, ...] = ()
    offers: tuple[Offer, ...] = ()
