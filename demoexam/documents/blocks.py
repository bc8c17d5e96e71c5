"""What a paper is made of, as plain values: no block knows how it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Align = Literal["left", "center", "right"]


class Look(StrEnum):
    """How a text is set; sizes are in styles.py."""

    BODY = "body"  # 12 pt with a paragraph indent
    PLAIN = "plain"  # 12 pt
    NOTE = "note"  # 10 pt
    HEADING = "heading"  # 12 pt bold, centred
    APPENDIX = "appendix"  # 11 pt in the right half: whose appendix this is


@dataclass(frozen=True)
class Column:
    title: str
    width: float | None = None  # mm; None takes what is left
    align: Align = "left"
    group: str = ""  # neighbours with one group share a heading above


@dataclass(frozen=True)
class Section:
    """A row across the whole table; never the last of a page."""

    text: str


@dataclass(frozen=True)
class Total:
    """A bold row; its first cell takes `span` columns."""

    cells: Sequence[str]
    span: int = 1


Row = Sequence[str] | Section | Total


@dataclass(frozen=True)
class Grid:
    columns: Sequence[Column]
    rows: Sequence[Row] = ()
    row_height: float = 6.5  # mm, at least; 8 and more where people sign
    blank_rows: int = 0  # for latecomers: as many as the page holds, at least `min_blank`
    min_blank: int | None = None  # None: exactly `blank_rows`
    numbered: bool = True  # blank rows go on with the numbers of the first column
    caption: str = ""

    @property
    def least_blank(self) -> int:
        return self.blank_rows if self.min_blank is None else self.min_blank


@dataclass(frozen=True)
class Text:
    text: str
    look: Look = Look.BODY
    after: float = 2  # mm


@dataclass(frozen=True)
class Pair:
    label: str
    value: str
    wide: bool = False  # takes the whole line


@dataclass(frozen=True)
class Pairs:
    """Particulars in two columns: a small label and a value over a hairline."""

    pairs: Sequence[Pair]


@dataclass(frozen=True)
class Lines:
    """A label, then ruled room for handwriting or a value; `second` halves its one line."""

    label: str
    count: int = 1  # at least: a long value takes more
    value: str = ""
    caption: str = ""  # small print under the last line
    second: str = ""  # a label in the right half, with room of its own
    second_value: str = ""


@dataclass(frozen=True)
class Boxed:
    """A framed note: the seed of a draw."""

    text: str


@dataclass(frozen=True)
class Signer:
    post: str
    name: str = ""  # «И. О. Фамилия»; empty leaves the line for handwriting


@dataclass(frozen=True)
class Signatures:
    signers: Sequence[Signer]


@dataclass(frozen=True)
class Bar:
    """One year of the chart; shares and targets are per cent, None is unknown."""

    label: str
    value: float | None
    value_text: str = ""
    detail: str = ""
    target: float | None = None
    target_text: str = ""


@dataclass(frozen=True)
class Chart:
    """Facts as grey bars, targets as black lines: told apart without colour."""

    bars: Sequence[Bar]
    fact: str
    goal: str
    remark: str = ""  # under the legend; lines parted by \n


@dataclass(frozen=True)
class NewPage:
    pass


Block = Text | Pairs | Grid | Lines | Boxed | Signatures | Chart | NewPage
