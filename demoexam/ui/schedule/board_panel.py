"""The board and the strip under it as one: exams are dragged from one to the other."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from demoexam.rules.placing import Move
from demoexam.services.season.season import Chip, Season
from demoexam.ui.schedule.drag import start_of, why_then
from demoexam.ui.schedule.strip import Strip
from demoexam.ui.schedule.timeline import Timeline
from demoexam.ui.widgets import fill, rule


class BoardPanel(QFrame):
    """Timeline and strip; `moved` and `taken_off` come with the exams concerned."""

    moved = Signal(list, list)  # moves, chips
    taken_off = Signal(list)  # chips

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.timeline, self.strip = Timeline(), Strip()
        parts = self.timeline, rule(), self.strip
        layout = fill(QVBoxLayout(), *parts, spacing=0, margins=(1, 1, 1, 1))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._connect()

    def show_season(self, season: Season) -> None:
        self.timeline.show_season(season)
        self._show_waiting()

    def show_colours(self, season: Season) -> None:
        """The same exams at the same places, judged."""
        self.timeline.show_colours(season)
        self._show_waiting()

    def place_waiting(self, ident: str) -> None:
        """Put an exam of the strip into the cell of the board's cursor."""
        timeline = self.timeline
        chip, board = timeline.chip(ident), timeline.board
        if chip is None or board is None or not board.lanes:
            return
        spot = timeline.selection.spot
        timeline.selection.choose(ident)
        lane = board.lanes[spot.lane]
        start = start_of(board, timeline.judge, chip, spot)
        timeline.propose([Move(ident, lane.id, start.at)], why_then(start))

    def waiting(self) -> Sequence[Chip]:
        """Exams without a day, and those whose workshop is not on the board."""
        season, board = self.timeline.season, self.timeline.board
        if season is None or board is None:
            return ()
        lost = [chip for chip in season.chips if board.lane_of(chip.workshop_id) < 0]
        return [*season.unplaced, *lost]

    def _connect(self) -> None:
        timeline, strip = self.timeline, self.strip
        timeline.strip_at = self._over_strip
        timeline.moved.connect(self._move)
        timeline.taken_off.connect(self._take_off)
        timeline.pointed.connect(lambda: strip.point_at(timeline.selection.current))
        strip.picked.connect(self._pick)
        strip.carried.connect(self._carry)
        strip.dropped.connect(self._drop)
        strip.given_up.connect(timeline.mouse.cancel)
        strip.placed.connect(self.place_waiting)

    def _over_strip(self, on_screen: QPoint) -> bool:
        over = self.strip.holds(on_screen)
        self.strip.show_ready(over and self.timeline.mouse.dragging)
        return over

    def _pick(self, chip: Chip, grip: QPointF) -> None:
        self.timeline.mouse.pick_up(chip, grip)

    def _carry(self, on_screen: QPoint) -> None:
        at = self.timeline.viewport().mapFromGlobal(on_screen)
        self.timeline.mouse.move(QPointF(at), on_screen)

    def _drop(self, on_screen: QPoint) -> None:
        self._carry(on_screen)
        self.timeline.mouse.drop()
        self.strip.show_ready(False)

    def _move(self, moves: list[Move]) -> None:
        chips = [self.timeline.chip(move.id) for move in moves]
        self._show_waiting()
        self.moved.emit(moves, [chip for chip in chips if chip is not None])

    def _take_off(self, ids: list[str]) -> None:
        chips = [self.timeline.chip(ident) for ident in ids]
        self.strip.show_ready(False)
        self.taken_off.emit([chip for chip in chips if chip is not None])

    def _show_waiting(self) -> None:
        self.strip.show_chips(self.waiting())
        self.strip.point_at(self.timeline.selection.current)
