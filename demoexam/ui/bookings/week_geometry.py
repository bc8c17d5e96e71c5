"""Where in the picture of a week each thing stands: days across, hours down; no painting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPointF, QRectF

from demoexam.rules.plan import Slot
from demoexam.services.bookings.facts import Standing
from demoexam.services.bookings.week import Week

EARLY, LATE = 8 * 60, 20 * 60  # minutes of the day shown at least
WHOLE_DAY = 24 * 60
STEP = 15
GAP = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a thing falls on one day, in minutes; `lane` of `lanes` when several overlap."""

    standing: Standing
    day: int
    begin: int
    end: int
    lane: int = 0
    lanes: int = 1


@dataclass(frozen=True)
class Grid:
    """The picture's measures: left edge of the days, width of one, height of an hour."""

    days: Sequence[date]
    first: int
    last: int
    left: float
    wide: float
    hour: float

    @property
    def height(self) -> float:
        return (self.last - self.first) / 60 * self.hour

    def y(self, minute: float) -> float:
        return (min(max(minute, self.first), self.last) - self.first) / 60 * self.hour

    def box(self, piece: Piece) -> QRectF:
        lane = (self.wide - 2 * GAP) / piece.lanes
        left = self.left + piece.day * self.wide + GAP + piece.lane * lane
        top = self.y(piece.begin) + 1
        return QRectF(left, top, lane - 1, max(self.y(piece.end) - top - 1, 8))

    def column(self, day: int) -> QRectF:
        return QRectF(self.left + day * self.wide, 0, self.wide, self.height)

    def at(self, point: QPointF) -> tuple[int, int]:
        """The day and the minute under a point, the nearest ones outside the days."""
        day = int((point.x() - self.left) // self.wide)
        minute = self.first + point.y() / self.hour * 60
        inside = min(max(minute, self.first), self.last)
        return min(max(day, 0), len(self.days) - 1), int(inside)

    def moment(self, day: int, minute: int) -> datetime:
        return datetime.combine(self.days[day], time.min) + timedelta(minutes=minute)

    def piece_of(self, slot: Slot, standing: Standing) -> Piece | None:
        """The ghost of a slot that begins and ends on one of the days."""
        day = slot[0].date()
        if day not in self.days:
            return None
        begin = minute_of(slot[0])
        return Piece(standing, list(self.days).index(day), begin, begin + minutes_of(slot))


def minute_of(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def minutes_of(slot: Slot) -> int:
    return (slot[1] - slot[0]) // timedelta(minutes=1)


def snapped(minute: int) -> int:
    """To the nearest quarter of an hour."""
    return round(minute / STEP) * STEP


def span_of(week: Week) -> tuple[int, int]:
    """The first and the last minute shown: whole hours around all that stands and is open."""
    cut = [(piece.begin, piece.end) for piece in pieces(week)]
    parts = [one for one in cut if one[0] > 0 or one[1] < WHOLE_DAY - 1]
    parts += [(minute_of(begin), minute_of(end)) for begin, end in week.opening.values()]
    first = min([EARLY, *(begin for begin, _ in parts)])
    last = max([LATE, *(end for _, end in parts)])
    return first // 60 * 60, min(-(-last // 60) * 60, WHOLE_DAY)


def pieces(week: Week) -> list[Piece]:
    """All that stands, cut into days, side by side where things overlap."""
    found: list[Piece] = []
    for number, day in enumerate(week.days):
        start = datetime.combine(day, time.min)
        of_day = [_cut(one, number, start) for one in week.standing]
        found += _side_by_side([one for one in of_day if one is not None])
    return found


def _cut(one: Standing, number: int, start: datetime) -> Piece | None:
    begin = max((one.starts_at - start) // timedelta(minutes=1), 0)
    end = min((one.ends_at - start) // timedelta(minutes=1), WHOLE_DAY)
    return Piece(one, number, begin, end) if begin < end else None


def _side_by_side(of_day: list[Piece]) -> list[Piece]:
    """Give each cluster of overlapping pieces as many lanes as it needs."""
    placed: list[Piece] = []
    cluster: list[Piece] = []
    ends: list[int] = []
    for piece in sorted(of_day, key=lambda one: (one.begin, not one.standing.is_exam)):
        if cluster and piece.begin >= max(ends):
            placed += _with_lanes(cluster, len(ends))
            cluster, ends = [], []
        lane = next((n for n, end in enumerate(ends) if end <= piece.begin), len(ends))
        ends[lane : lane + 1] = [piece.end]
        cluster.append(_in_lane(piece, lane, 1))
    return placed + _with_lanes(cluster, len(ends))


def _with_lanes(cluster: Sequence[Piece], lanes: int) -> list[Piece]:
    return [_in_lane(one, one.lane, lanes) for one in cluster]


def _in_lane(one: Piece, lane: int, lanes: int) -> Piece:
    return Piece(one.standing, one.day, one.begin, one.end, lane, lanes)
