"""Where everything of a season lies on the board: workshops down, days or hours across."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from typing import NamedTuple

from demoexam.services.season.season import Chip, Lane, Mark, Season

FIRST_HOUR, LAST_HOUR = 7, 21  # what one day shows
STEP = 15  # minutes: what an exam's start is rounded to
MORNING = time(9)
GAP, PAD = 3, 5
DAY_MINUTES = 24 * 60


class Scale(StrEnum):
    """How much the board shows at once."""

    DAY = "day"  # one day by hours
    WEEKS = "weeks"
    SEASON = "season"


class Kind(IntEnum):
    """What a piece on the board is."""

    EXAM = 0
    PREPARATION = 1
    MARK = 2


class Metrics(NamedTuple):
    """Sizes in pixels."""

    column: int
    track: int
    least: int  # a workshop's row is never lower


class Span(NamedTuple):
    """A stretch of the axis before it has a place: columns or minutes."""

    start: int
    end: int
    order: datetime
    kind: Kind
    ident: str


class Spot(NamedTuple):
    """A cell of the board; on the scale of a day the column is an hour."""

    lane: int
    column: int


class Piece(NamedTuple):
    """A rectangle on the board, in pixels from the corner of the first cell."""

    kind: Kind
    ident: str
    lane: int
    column: int
    last: int  # the last column that it touches
    x: int
    y: int
    width: int
    height: int

    def contains(self, x: float, y: float) -> bool:
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height

    def touches(self, left: float, top: float, right: float, bottom: float) -> bool:
        across = self.x < right and left < self.x + self.width
        return across and self.y < bottom and top < self.y + self.height


@dataclass
class Board:
    """A season laid out for one scale; `day` is the one that the scale of a day shows."""

    lanes: Sequence[Lane]
    chips: dict[str, Chip]
    marks: dict[str, Mark]
    first: date
    last: date
    scale: Scale
    metrics: Metrics
    day: date
    numbers: dict[str, int]  # workshop id -> its row
    tops: list[int] = field(default_factory=lambda: [0])
    cells: dict[Spot, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    pieces: dict[str, list[Piece]] = field(default_factory=lambda: defaultdict(list))

    @property
    def columns(self) -> int:
        hours = LAST_HOUR - FIRST_HOUR
        return hours if self.scale is Scale.DAY else (self.last - self.first).days + 1

    @property
    def width(self) -> int:
        return self.columns * self.metrics.column

    @property
    def height(self) -> int:
        return self.tops[-1]

    def day_at(self, column: int) -> date:
        return self.day if self.scale is Scale.DAY else self.first + timedelta(days=column)

    def column_of(self, moment: datetime) -> int:
        """The column of a moment, kept on the board."""
        found = (moment.date() - self.first).days
        if self.scale is Scale.DAY:
            found = moment.hour - FIRST_HOUR
        return min(max(found, 0), self.columns - 1)

    def lane_of(self, workshop_id: str | None) -> int:
        return self.numbers.get(workshop_id or "", -1)

    def spot_at(self, x: float, y: float) -> Spot | None:
        """The cell under a point, None outside of the board."""
        if x < 0 or y < 0 or x >= self.width or y >= self.height:
            return None
        return Spot(bisect_right(self.tops, y) - 1, int(x // self.metrics.column))

    def piece_at(self, x: float, y: float) -> Piece | None:
        spot = self.spot_at(x, y)
        here = self.cells.get(spot, ()) if spot else ()
        return next((one for one in here if one.contains(x, y)), None)

    def chips_at(self, spot: Spot) -> list[str]:
        """The exams of a cell from top to bottom."""
        found = [one for one in self.cells.get(spot, ()) if one.kind is Kind.EXAM]
        return [one.ident for one in sorted(found, key=lambda one: (one.y, one.x))]

    def spot_of(self, ident: str) -> Spot | None:
        first = next((one for one in self.pieces.get(ident, ()) if one.kind is Kind.EXAM), None)
        return Spot(first.lane, first.column) if first else None

    def start_in(self, spot: Spot, chip: Chip, minute: int | None = None) -> datetime:
        """When `chip` would begin in a cell: at its own hour, or by the hours of the day."""
        hour = chip.starts_at.time() if chip.starts_at else MORNING
        if self.scale is not Scale.DAY:
            return datetime.combine(self.day_at(spot.column), hour)
        minutes = (FIRST_HOUR + spot.column) * 60 if minute is None else minute
        minutes = min(max(round(minutes / STEP) * STEP, 0), DAY_MINUTES - STEP)
        return datetime.combine(self.day, time()) + timedelta(minutes=minutes)

    def minute_at(self, x: float) -> int:
        """The minute of the day at a point of the scale of a day."""
        return FIRST_HOUR * 60 + round(x * 60 / self.metrics.column)


def lay_out(season: Season, scale: Scale, metrics: Metrics, day: date) -> Board:
    """Put everything into rows: what overlaps lies one below the other."""
    board = Board(
        season.lanes,
        {chip.id: chip for chip in season.chips},
        {mark.id: mark for mark in season.marks},
        season.first,
        season.last,
        scale,
        metrics,
        day,
        {lane.id: number for number, lane in enumerate(season.lanes)},
    )
    spans = _by_lane(board)
    for lane in range(len(board.lanes)):
        _stack(board, lane, sorted(spans.get(lane, ())))
    return board


def _by_lane(board: Board) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    stretch = _hours if board.scale is Scale.DAY else _days
    for chip in board.chips.values():
        if (lane := board.lane_of(chip.workshop_id)) >= 0 and chip.starts_at is not None:
            found[lane].extend(stretch(board, chip, chip.starts_at))
    for mark in board.marks.values():
        if (lane := board.lane_of(mark.workshop_id)) >= 0:
            found[lane].extend(_mark(board, mark))
    return found


def _days(board: Board, chip: Chip, start: datetime) -> Iterator[Span]:
    """A second day that follows the first one makes one long piece with it."""
    column = (start.date() - board.first).days
    after = (chip.second_day - board.first).days if chip.second_day else column
    joined = after == column + 1
    yield Span(column, column + 1 + joined, start, Kind.EXAM, chip.id)
    if chip.second_day and not joined:
        yield Span(after, after + 1, start, Kind.EXAM, chip.id)
    if chip.preparation_day:
        before = (chip.preparation_day - board.first).days
        yield Span(before, before + 1, start, Kind.PREPARATION, chip.id)


def _hours(board: Board, chip: Chip, start: datetime) -> Iterator[Span]:
    if board.day in (start.date(), chip.second_day):
        ends = chip.ends_at or start + timedelta(hours=1)
        yield Span(_minute(start), _minute(ends), start, Kind.EXAM, chip.id)
    if chip.preparation_day == board.day:
        whole = FIRST_HOUR * 60, LAST_HOUR * 60
        yield Span(*whole, start, Kind.PREPARATION, chip.id)


def _mark(board: Board, mark: Mark) -> Iterator[Span]:
    last = (mark.ends_at - timedelta(minutes=1)).date()
    if board.scale is not Scale.DAY:
        start, end = (mark.starts_at.date() - board.first).days, (last - board.first).days + 1
        yield Span(start, end, mark.starts_at, Kind.MARK, mark.id)
    elif mark.starts_at.date() <= board.day <= last:
        start = _minute(mark.starts_at) if mark.starts_at.date() == board.day else 0
        end = _minute(mark.ends_at) if mark.ends_at.date() == board.day else DAY_MINUTES
        yield Span(start, end, mark.starts_at, Kind.MARK, mark.id)


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _stack(board: Board, lane: int, spans: Sequence[Span]) -> None:
    """Each stretch goes to the first track that is free again; a season has thousands of them."""
    ends: list[int] = []
    cut = _hours_cut if board.scale is Scale.DAY else _days_cut
    most, wide, high = board.columns, board.metrics.column, board.metrics.track
    first = board.tops[lane] + PAD + 1
    for span in spans:
        for track, end in enumerate(ends):
            if end <= span.start:
                ends[track] = span.end
                break
        else:
            track = len(ends)
            ends.append(span.end)
        left, right = cut(span, wide, most)
        if left < right:
            columns = left // wide, (right - 1) // wide
            place = left + GAP, first + track * high, right - left - 2 * GAP + 1, high - 3
            piece = Piece(span.kind, span.ident, lane, *columns, *place)
            board.pieces[span.ident].append(piece)
            for column in range(columns[0], columns[1] + 1):
                board.cells[Spot(lane, column)].append(piece)
    rows = len(ends) * high + 2 * PAD
    board.tops.append(board.tops[-1] + max(rows, board.metrics.least))


def _days_cut(span: Span, wide: int, most: int) -> tuple[int, int]:
    """The part of a stretch that is on the board, in pixels."""
    return max(span.start, 0) * wide, min(span.end, most) * wide


def _hours_cut(span: Span, wide: int, most: int) -> tuple[int, int]:
    left = (span.start - FIRST_HOUR * 60) * wide // 60
    right = (span.end - FIRST_HOUR * 60) * wide // 60
    return max(left, 0), min(right, most * wide)
