"""Moving exams over the board: where they would go, and what the rules say of it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from time import perf_counter
from typing import NamedTuple

from demoexam.rules.moves import MoveJudge
from demoexam.rules.placing import Move
from demoexam.rules.starting import Start, first_start
from demoexam.rules.terms import Level, SessionState
from demoexam.rules.year_shares import ShareFalls
from demoexam.services.season.season import Chip
from demoexam.text import WEEKDAYS_SHORT, clock, day_month
from demoexam.ui.schedule.geometry import FIRST_HOUR, GAP, MORNING, Board, Kind, Scale, Spot
from demoexam.ui.tokens import Tone

OVER = {SessionState.DONE, SessionState.CLOSED}
SLICE = 0.006  # seconds for the colours of cells between two events
JUDGED = 25  # of many moved together
ANYWHERE = timedelta(days=60)  # so far ahead hardly anything is in the way
USUAL = timedelta(hours=4)  # how long an exam is that nobody knows the length of


class Opinion(NamedTuple):
    """What to show of a place: its tone and one sentence."""

    tone: str
    words: str

    @property
    def forbidden(self) -> bool:
        return self.tone == Tone.BAD


def movable(chip: Chip) -> bool:
    """A pinned sitting stays, one that is over is history."""
    return not chip.pinned and chip.state not in OVER


def why_fixed(chips: Iterable[Chip]) -> str:
    """Why these do not move, "" when they all do."""
    for chip in chips:
        if chip.pinned:
            return f"{chip.title} закреплён: сначала открепите его (P)."
        if chip.state in OVER:
            return f"{chip.title} уже проведён, его время не меняют."
    return ""


def moved_by(board: Board, chips: Iterable[Chip], down: int, by: timedelta) -> list[Move]:
    """All of them so many workshops down and so much later; none when one would leave the board."""
    moves = []
    for chip in chips:
        lane = board.lane_of(chip.workshop_id) + down
        if chip.starts_at is None or not 0 <= lane < len(board.lanes):
            return []
        starts_at = chip.starts_at + by
        if not board.first <= starts_at.date() <= board.last:
            return []
        moves.append(Move(chip.id, board.lanes[lane].id, starts_at))
    return moves


def start_of(
    board: Board, judge: MoveJudge | None, chip: Chip, spot: Spot, minute: int | None = None
) -> Start:
    """When `chip` would begin in a cell: one without a day takes the first free hours of it."""
    if chip.starts_at is not None or board.scale is Scale.DAY:
        return Start(board.start_in(spot, chip, minute))
    return start_on(judge, chip, board.lanes[spot.lane].id, board.day_at(spot.column))


def start_on(judge: MoveJudge | None, chip: Chip, workshop_id: str, day: date) -> Start:
    """The first free hours of a day in a workshop; the morning while nobody can judge."""
    if judge is None or chip.id not in judge.sittings or workshop_id not in judge.workshops:
        return Start(datetime.combine(day, MORNING))
    return first_start(judge, chip.id, workshop_id, day)


def why_then(start: Start) -> str:
    """«Начало в 13:30: до 12:30 здесь ИС-41.», "" when there is nothing to tell."""
    return f"Начало в {clock(start.at)}: {start.why}." if start.why else ""


def opinion(board: Board, judge: MoveJudge | None, moves: Sequence[Move], why: str = "") -> Opinion:
    """What the rules say of moves made together; what was said before is not said again.

    `why` tells of the hour where nothing is wrong.
    """
    here = _place(board, moves[0]) if moves else ""
    if judge is None or not moves:
        return Opinion(Tone.OK, here)
    told = islice(judge.verdicts(moves), JUDGED)
    found = [one for verdict in told for one in verdict.findings]
    bad = [one for one in found if one.level is Level.CONTRADICTION]
    if bad:
        more = f" И ещё {len(bad) - 1}." if len(bad) > 1 else ""
        return Opinion(Tone.BAD, f"{here}\n{bad[0].reason}{more}")
    known = _told_before(board, judge, moves[0].id) - {ShareFalls.code}  # the move makes it fall
    fresh = [one for one in found if one.level is Level.WARNING and one.code not in known]
    if fresh:
        return Opinion(Tone.WARN, f"{here}\n{fresh[0].reason}")
    return Opinion(Tone.OK, f"{here}\n{why or 'Свободно'}")


def _told_before(board: Board, judge: MoveJudge, ident: str) -> set[str]:
    chip = board.chips.get(ident)
    if chip is None or chip.starts_at is None:
        return _told_anywhere(judge, ident)
    told = judge.verdict(ident, workshop_id=chip.workshop_id, starts_at=chip.starts_at)
    return {one.code for one in told.findings}


def _told_anywhere(judge: MoveJudge, ident: str) -> set[str]:
    """What is said of a waiting exam wherever it goes: of its people, not of the place."""
    if ident not in judge.sittings:
        return set()
    day = judge.calendar.add(judge.plan.today + ANYWHERE, 1)
    told = judge.verdict(ident, workshop_id=None, starts_at=judge.hour_on(ident, day))
    return {one.code for one in told.findings}


def _place(board: Board, move: Move) -> str:
    lane = board.lanes[board.lane_of(move.workshop_id)]
    when = move.starts_at
    day = f"{day_month(when.date())}, {WEEKDAYS_SHORT[when.weekday()]}"
    return f"{lane.name}, {day}, {clock(when)}"


class Box(NamedTuple):
    """A rectangle of the board, in pixels."""

    x: int
    y: int
    width: int
    height: int


class Drag:
    """One exam in the hand, perhaps with others that were chosen with it."""

    def __init__(
        self, board: Board, judge: MoveJudge | None, held: Chip, chips: Sequence[Chip], today: date
    ) -> None:
        self._today = today
        self.board, self.judge, self.held, self.chips = board, judge, held, chips
        self.tints: dict[Spot, str] = {}
        self._starts: dict[tuple[Spot, int | None], Start] = {}
        self._known = _told_before(board, judge, held.id) if judge is not None else set()

    def start(self, spot: Spot, minute: int | None) -> Start:
        """When the exam in the hand would begin there."""
        key = spot, minute
        if key not in self._starts:
            self._starts[key] = start_of(self.board, self.judge, self.held, spot, minute)
        return self._starts[key]

    def moves(self, spot: Spot, minute: int | None) -> list[Move]:
        """What a drop into a cell would do; nothing when it changes nothing."""
        starts_at = self.start(spot, minute).at
        if self.held.starts_at is None or self.board.lane_of(self.held.workshop_id) < 0:
            return [Move(self.held.id, self.board.lanes[spot.lane].id, starts_at)]
        down = spot.lane - self.board.lane_of(self.held.workshop_id)
        by = starts_at - self.held.starts_at
        if not down and not by:
            return []
        first = [chip for chip in self.chips if chip.id == self.held.id]
        others = [chip for chip in self.chips if chip.id != self.held.id]
        return moved_by(self.board, [*first, *others], down, by)

    def why(self, spot: Spot, minute: int | None) -> str:
        """Why it would begin at that hour, "" for its own or a chosen one."""
        return why_then(self.start(spot, minute))

    def opinion(self, spot: Spot, minute: int | None) -> Opinion:
        moves = self.moves(spot, minute)
        if moves:
            return opinion(self.board, self.judge, moves, self.why(spot, minute))
        return Opinion(Tone.GREY, "Здесь он и стоит")

    def landing(self, spot: Spot, minute: int | None) -> Box:
        """Where the exam in the hand would lie, in the board's pixels."""
        board, wide = self.board, self.board.metrics.column
        top, low = board.tops[spot.lane], board.tops[spot.lane + 1]
        left = spot.column * wide
        if board.scale is Scale.DAY:
            start = self.start(spot, minute).at
            left = (start.hour * 60 + start.minute - FIRST_HOUR * 60) * wide // 60
        return Box(left, top, self.width, low - top)

    @property
    def width(self) -> int:
        """Of the exam in the hand, in pixels: its hours or its days."""
        wide = self.board.metrics.column
        own = self.board.pieces.get(self.held.id, ())
        known = self.judge.sittings.get(self.held.id) if self.judge is not None else None
        if own:
            return max(piece.width for piece in own if piece.kind is Kind.EXAM) + 2 * GAP
        if self.board.scale is Scale.DAY:
            length = known.ends_at - known.starts_at if known else USUAL
            return int(length.total_seconds() * wide // 3600)
        return wide * (known.kit.exam_days if known and known.kit else 1)

    def tint_some(self, spots: Sequence[Spot]) -> bool:
        """Colour some more cells in sight for the exam in the hand; True while some are left."""
        if self.judge is None:
            return False
        until = perf_counter() + SLICE
        for spot in spots:
            if spot not in self.tints:
                self.tints[spot] = self._tint(spot, self.judge)
                if perf_counter() > until:
                    return True
        return False

    def _tint(self, spot: Spot, judge: MoveJudge) -> str:
        starts_at = self.start(spot, None).at
        if starts_at.date() < self._today:
            return ""
        workshop = self.board.lanes[spot.lane].id
        told = judge.verdict(self.held.id, workshop_id=workshop, starts_at=starts_at)
        fresh = any(
            one.level is Level.WARNING and one.code not in self._known for one in told.findings
        )
        return "" if fresh or not told.accepted else Tone.OK
