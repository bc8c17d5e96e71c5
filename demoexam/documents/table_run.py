"""A table on its way over the pages, and what must stay with its last rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from demoexam.documents.pages import Pages, Piece, height_of, place
from demoexam.documents.table import MeasuredGrid

KEPT_ROWS = 2  # go with the signatures; also the fewest that may open a table on a page


@dataclass(frozen=True)
class TableRun:
    """`above` (a caption) stays with the first rows, `tail` (the signatures) with the last."""

    grid: MeasuredGrid
    above: Sequence[Piece] = ()
    tail: Sequence[Piece] = ()

    @property
    def height(self) -> float:
        table = self.grid.height(0, self.grid.least)
        return height_of(self.above) + table + height_of(self.tail)

    def place(self, pages: Pages) -> None:
        start, above = 0, self.above
        while True:
            room = pages.room - height_of(above)
            last = self._last(start, room)
            if last == start and not pages.fresh:
                pages.turn()
                continue
            if last == start:
                last = self._forced(start, room)
            place(above, pages)
            for slab in self.grid.part(start, last):
                pages.put(slab)
            if last >= self.grid.least:
                break
            pages.turn()
            start, above = last, ()
        place(self.tail, pages)

    def _last(self, start: int, room: float) -> int:
        ending = self._ending(start, room)
        return self._cut(start, room) if ending is None else ending

    def _ending(self, start: int, room: float) -> int | None:
        """As many blank rows as stand on this page with the rest of the table and its tail."""
        tail = height_of(self.tail)
        for last in range(len(self.grid.lines), max(self.grid.least, start) - 1, -1):
            if self.grid.height(start, last) + tail <= room:
                return last
        return None

    def _cut(self, start: int, room: float) -> int:
        """As many rows as this page takes, the rest on the next; `start` if that is too few."""
        grid = self.grid
        kept = KEPT_ROWS if self.tail else 0
        most = max(start, grid.least - kept)
        last = start
        while last < most and grid.height(start, last + 1) <= room:
            last += 1
        while last > start and grid.lines[last - 1].opens_section:
            last -= 1
        enough = min(KEPT_ROWS, grid.rows_between(start, most))
        return last if last > start and grid.rows_between(start, last) >= enough else start

    def _forced(self, start: int, room: float) -> int:
        """What fits no page as it should be is let go row by row."""
        grid = self.grid
        last = min(start + 1, grid.least)
        while last < grid.least and grid.height(start, last + 1) <= room:
            last += 1
        return last
