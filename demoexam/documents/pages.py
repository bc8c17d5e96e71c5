"""Pages fill from the top: slabs, gaps, prose that may part, and groups that may not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from demoexam.documents.setting import Setting
from demoexam.documents.slab import Slab, slab_of

LEAST_LINES = 2  # of a paragraph on either side of a page's end
SLACK = 0.1


class Placed(NamedTuple):
    slab: Slab
    y: float  # of its top, down from the top of the text


class Pages:
    """The pages of one paper; a page is a list of what stands on it."""

    def __init__(self, width: float, tall: float) -> None:
        self.width, self.tall = width, tall
        self._pages: list[list[Placed]] = [[]]
        self._used = 0.0

    @property
    def room(self) -> float:
        return self.tall - self._used + SLACK

    @property
    def fresh(self) -> bool:
        return not self._pages[-1]

    def turn(self) -> None:
        """Go on at the top of a page."""
        if not self.fresh:
            self._pages.append([])
            self._used = 0.0

    def put(self, slab: Slab) -> None:
        if slab.height > self.room:
            self.turn()
        while slab.height > self.tall + SLACK:  # fits no page at all: it runs on over several
            upper, slab = slab.cut(self.tall)
            self._place(upper)
            self.turn()
        self._place(slab)

    def _place(self, slab: Slab) -> None:
        self._pages[-1].append(Placed(slab, self._used))
        self._used += slab.height

    def skip(self, height: float) -> None:
        """Room between two pieces: none at the top of a page, none beyond its end."""
        if not self.fresh:
            self._used = min(self._used + height, self.tall)

    def taken(self) -> list[list[Placed]]:
        """All pages with anything on them; at least one."""
        return [page for page in self._pages if page] or [[]]


class Piece(Protocol):
    """What a story is made of."""

    @property
    def height(self) -> float: ...

    def place(self, pages: Pages) -> None: ...


@dataclass(frozen=True)
class Whole:
    """One slab, not parted."""

    slab: Slab

    @property
    def height(self) -> float:
        return self.slab.height

    def place(self, pages: Pages) -> None:
        pages.put(self.slab)


@dataclass(frozen=True)
class Gap:
    height: float

    def place(self, pages: Pages) -> None:
        pages.skip(self.height)


@dataclass(frozen=True)
class Turn:
    """What follows opens a page."""

    height: float = 0.0

    def place(self, pages: Pages) -> None:
        pages.turn()


@dataclass(frozen=True)
class Prose:
    """A paragraph: it may part between lines, two of them at least on either page."""

    setting: Setting

    @property
    def height(self) -> float:
        return self.setting.height

    def place(self, pages: Pages) -> None:
        rest = self.setting
        while rest.height > pages.room:
            fits = int(pages.room / rest.style.leading)
            fits = min(fits, len(rest.lines) - LEAST_LINES)
            if fits < LEAST_LINES and not pages.fresh:
                pages.turn()
                continue
            fits = max(fits, LEAST_LINES)
            pages.put(slab_of(rest.part(0, fits)))
            pages.turn()
            rest = rest.part(fits)
        pages.put(slab_of(rest))

    def ending(self) -> tuple["Prose", "Prose"]:
        """All but the last lines, and these."""
        cut = len(self.setting.lines) - LEAST_LINES
        return Prose(self.setting.part(0, cut)), Prose(self.setting.part(cut))


@dataclass(frozen=True)
class Together:
    """Pieces that stand on one page, if a page can hold them."""

    pieces: Sequence[Piece]

    @property
    def height(self) -> float:
        return height_of(self.pieces)

    def place(self, pages: Pages) -> None:
        first, rest = self.pieces[0], self.pieces[1:]
        if self.height > pages.room:
            long_text = isinstance(first, Prose) and len(first.setting.lines) > 2 * LEAST_LINES
            if self.height <= pages.tall:
                pages.turn()
            elif isinstance(first, Prose) and long_text:
                start, end = first.ending()
                place([start, Together([end, *rest])], pages)
                return
        place(self.pieces, pages)


def place(pieces: Sequence[Piece], pages: Pages) -> None:
    for piece in pieces:
        piece.place(pages)


def height_of(pieces: Sequence[Piece]) -> float:
    return sum(piece.height for piece in pieces)
