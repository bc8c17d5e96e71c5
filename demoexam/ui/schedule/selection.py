"""Which exams are chosen on the board and which cell the keyboard stands on."""

from collections.abc import Iterable
from datetime import date

from demoexam.ui.schedule.geometry import Board, Kind, Spot


class Selection:
    """Chosen exams, the current one of them, and a cell; none of it knows Qt."""

    def __init__(self) -> None:
        self.chosen: set[str] = set()
        self.current = ""
        self.spot = Spot(0, 0)

    def keep(self, known: Iterable[str]) -> None:
        """Forget what is no more."""
        self.chosen &= set(known)
        if self.current not in self.chosen:
            self.current = next(iter(sorted(self.chosen)), "")

    def clear(self) -> None:
        self.chosen.clear()
        self.current = ""

    def choose(self, ident: str, *, adding: bool = False) -> None:
        """Choose one exam, or add it to the chosen ones; an empty name chooses nothing."""
        if not adding:
            self.chosen.clear()
        if ident:
            self.chosen.add(ident)
        self.current = ident

    def toggle(self, ident: str) -> None:
        if ident in self.chosen:
            self.chosen.discard(ident)
            self.current = next(iter(sorted(self.chosen)), "")
        else:
            self.choose(ident, adding=True)

    def choose_all(self, board: Board) -> None:
        """Every exam on the board."""
        self.chosen = {ident for ident in board.pieces if ident in board.chips}
        self.current = self.current or next(iter(sorted(self.chosen)), "")

    def choose_until(self, board: Board, ident: str) -> None:
        """All exams in the rectangle of cells between the current one and `ident`."""
        one = board.spot_of(self.current) or self.spot
        other = board.spot_of(ident) or one
        lanes = range(min(one.lane, other.lane), max(one.lane, other.lane) + 1)
        columns = range(min(one.column, other.column), max(one.column, other.column) + 1)
        for lane in lanes:
            for column in columns:
                self.chosen.update(board.chips_at(Spot(lane, column)))
        self.current = ident

    def choose_within(
        self, board: Board, left: float, top: float, right: float, bottom: float
    ) -> None:
        """The exams that a rectangle touches."""
        self.chosen = {
            piece.ident
            for pieces in board.pieces.values()
            for piece in pieces
            if piece.kind is Kind.EXAM and piece.touches(left, top, right, bottom)
        }
        self.current = next(iter(sorted(self.chosen)), "")

    def choose_between(self, board: Board, first: date, last: date) -> None:
        """The exams of some days."""
        self.chosen = {
            chip.id
            for chip in board.chips.values()
            if chip.id in board.pieces and chip.starts_at and first <= chip.starts_at.date() <= last
        }
        if self.current not in self.chosen:
            self.current = next(iter(sorted(self.chosen)), "")

    # -- the keyboard -----------------------------------------------------------------------

    def stand(self, board: Board, spot: Spot, *, adding: bool = False, last: bool = False) -> None:
        """Go to a cell and choose its first (or last) exam."""
        lane = min(max(spot.lane, 0), max(len(board.lanes) - 1, 0))
        self.spot = Spot(lane, min(max(spot.column, 0), board.columns - 1))
        here = board.chips_at(self.spot)
        if here or not adding:
            self.choose(here[-1 if last else 0] if here else "", adding=adding)

    def step(self, board: Board, down: int, right: int, *, adding: bool = False) -> None:
        """An arrow: through the exams of a cell up and down, then to the next cell."""
        here = board.chips_at(self.spot)
        if down and self.current in here:
            next_one = here.index(self.current) + down
            if 0 <= next_one < len(here):
                self.choose(here[next_one], adding=adding)
                return
        spot = Spot(self.spot.lane + down, self.spot.column + right)
        self.stand(board, spot, adding=adding, last=down < 0)

    def leap(self, board: Board, right: int) -> None:
        """Ctrl and an arrow: the next exam of this workshop, however far."""
        columns = sorted(
            spot.column
            for spot in board.cells
            if spot.lane == self.spot.lane and board.chips_at(spot)
        )
        ahead = [one for one in columns if (one - self.spot.column) * right > 0]
        if ahead:
            self.stand(board, Spot(self.spot.lane, min(ahead) if right > 0 else max(ahead)))

    def edge(self, board: Board, *, last: bool, everywhere: bool = False) -> None:
        """Home and End: the first or the last exam of the workshop, or of the whole board."""
        spots = [
            spot
            for ident in board.pieces
            if ident in board.chips and (spot := board.spot_of(ident))
            if everywhere or spot.lane == self.spot.lane
        ]
        if spots:
            pick = max if last else min
            self.stand(board, pick(spots, key=lambda one: (one.column, one.lane)))
