"""A slab: a measured piece of a page that knows its marks and nothing of the file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from demoexam.documents.fonts import ASCENT, DESCENT
from demoexam.documents.logo import Logo
from demoexam.documents.setting import Setting
from demoexam.documents.styles import RULE


class Words(NamedTuple):
    """One line of text; `y` is its baseline, measured down from the top of its slab."""

    font: str
    size: float
    x: float
    y: float
    text: str


class Ruled(NamedTuple):
    """A straight line, in points from the top left corner of its slab."""

    x0: float
    y0: float
    x1: float
    y1: float
    thick: float = RULE


class Picture(NamedTuple):
    """A logo by its top left corner, in points from that of its slab."""

    x: float
    y: float
    wide: float
    tall: float
    logo: Logo


@dataclass(frozen=True, eq=False)
class Slab:
    """Printed whole, unless it is taller than a page."""

    height: float
    words: Sequence[Words] = ()
    rules: Sequence[Ruled] = ()
    drawing: str = ""  # ready operators, y upwards from the top left corner: bars of a chart
    repeated: bool = False  # many papers hold it: worth keeping as it was written
    pictures: Sequence[Picture] = ()

    def cut(self, at: float) -> tuple["Slab", "Slab"]:
        """The parts above and below `at`, no line of text being cut; rules run on in both."""
        below = [one for one in self.words if one.y + DESCENT * one.size > at]
        shift = min([at, *(one.y - ASCENT * one.size for one in below)])
        shift = shift if shift > 0 else at
        upper = [one for one in self.words if one.y + DESCENT * one.size <= at]
        return (
            Slab(shift, upper, _between(self.rules, 0, shift), self.drawing, False, self.pictures),
            Slab(
                self.height - shift,
                [one._replace(y=one.y - shift) for one in below],
                _between(self.rules, shift, self.height),
            ),
        )


def _between(rules: Iterable[Ruled], top: float, end: float) -> list[Ruled]:
    return [
        one._replace(y0=max(one.y0, top) - top, y1=min(one.y1, end) - top)
        for one in rules
        if one.y1 >= top and one.y0 <= end
    ]


def words_of(setting: Setting, x: float = 0.0, y: float = 0.0) -> list[Words]:
    """The lines of a setting whose top left corner stands at (x, y)."""
    style = setting.style
    font, size, leading = style.font, style.size, style.leading
    base = y + ASCENT * size
    return [
        Words(font, size, x + indent, base + at * leading, text)
        for at, (indent, text) in enumerate(setting.lines)
        if text
    ]


def slab_of(setting: Setting, x: float = 0.0) -> Slab:
    return Slab(setting.height, words_of(setting, x))


def gap(height: float) -> Slab:
    return Slab(height)


def overlaid(slabs: Iterable[tuple[Slab, float, float]]) -> Slab:
    """One slab of several, each moved by (x, y)."""
    words: list[Words] = []
    rules: list[Ruled] = []
    pictures: list[Picture] = []
    tall = 0.0
    for slab, x, y in slabs:
        words += [one._replace(x=one.x + x, y=one.y + y) for one in slab.words]
        rules += [Ruled(r.x0 + x, r.y0 + y, r.x1 + x, r.y1 + y, r.thick) for r in slab.rules]
        pictures += [one._replace(x=one.x + x, y=one.y + y) for one in slab.pictures]
        tall = max(tall, y + slab.height)
    return Slab(tall, words, rules, pictures=pictures)


def stacked(slabs: Iterable[Slab]) -> Slab:
    """One slab of several, each under the one before."""
    placed: list[tuple[Slab, float, float]] = []
    y = 0.0
    for slab in slabs:
        placed.append((slab, 0.0, y))
        y += slab.height
    return replace(overlaid(placed), height=y)
