"""What a form is made of before it is filled: parts with {named} blanks, and what fills them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from demoexam.documents.blocks import (
    Boxed,
    Chart,
    Column,
    Lines,
    NewPage,
    Pairs,
    Section,
    Text,
    Total,
)
from demoexam.documents.form import Letterhead
from demoexam.rules.terms import IncidentKind

Facts = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """A column and the key of its cells; with `each` one column for every row of that source."""

    key: str
    column: Column
    each: str = ""


WORDED = "event"  # the key that a row of a source and its wording share


@dataclass(frozen=True)
class Table:
    """Rows of a `source`, or else the fixed `rows`.

    With both, `rows` word the source's by the key «event»; what is not worded is left out.
    """

    fields: Sequence[Field]
    source: str = ""
    rows: Sequence[Facts] = ()
    row_height: float = 6.5
    blank_rows: int = 0
    min_blank: int | None = None
    numbered: bool = True
    caption: str = ""


@dataclass(frozen=True)
class Signed:
    """Post and source of names; the post of several people is printed once."""

    signers: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ChartOf:
    source: str


@dataclass(frozen=True)
class When:
    """A block printed only if the fact is known (or, with `absent`, only if it is not).

    With `each` once for every row of that source: its blanks may name the row's cells too.
    """

    fact: str
    block: "Text | Boxed | Lines"
    absent: bool = False
    each: bool = False


Part = Text | Pairs | Table | Lines | Boxed | Signed | ChartOf | When | NewPage


class Scope(StrEnum):
    """What one copy of a form is for: a package holds it once for each of these."""

    SITTING = "sitting"
    EXAMINEE = "examinee"  # of a sitting
    DAY = "day"  # all sittings of a day with one kit in one exam center
    SEASON = "season"  # a college's exams of a specialty in a calendar year
    BOARD = "board"  # a college's examination board of a calendar year


@dataclass(frozen=True)
class Template:
    code: str
    kind: str
    title: str
    parts: Sequence[Part]
    name: str  # how lists and menus call it
    about: Literal["sitting", "year"] = "sitting"
    scope: Scope = Scope.SITTING
    incident: IncidentKind | None = None  # one copy for each such incident, a blank one if none
    by_day: bool = True  # in the package of an exam day unless it is left out
    dated: Literal["preparation", "exam", "order", "report", "blank"] = "exam"
    archive: bool = False
    wide: bool = False
    order: bool = False
    approvals: Sequence[tuple[str, str, str]] = ()  # word, post, source of the name
    wide_from: tuple[str, int] | None = None  # landscape from so many rows of a source
    needs: Sequence[str] = ()  # facts, sources and signers without which it prints with blanks


@dataclass(frozen=True)
class Filling:
    """What is known: facts by name, rows by source, names of signers by role."""

    letterhead: Letterhead
    number: str
    days: Mapping[str, date | None]
    facts: Facts
    rows: Mapping[str, Sequence[Facts | Section | Total]] = field(default_factory=dict)
    signers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    charts: Mapping[str, Chart] = field(default_factory=dict)
    chapter: str = ""
    draft: bool = False

    def lacks(self, key: str) -> bool:
        if key in self.facts:
            return not self.facts[key]
        if key in self.signers:
            return not any(self.signers[key])
        return not self.rows.get(key)
