"""What the board says of what lies under the mouse or the cursor."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from demoexam.rules.terms import PURPOSE_NAMES, STATE_NAMES
from demoexam.services.season.season import Chip, Lane, Mark
from demoexam.text import clock, counted, long_date, short_date
from demoexam.ui.exams.exam_words import day_words, hours_words
from demoexam.ui.schedule.chips import spoken
from demoexam.ui.schedule.geometry import Board, Kind, Piece
from demoexam.ui.schedule.view import off_name

if TYPE_CHECKING:
    from demoexam.ui.schedule.timeline import Timeline


def tip(timeline: "Timeline", at: QPoint) -> str:
    """The tool tip of a place: a holiday, a workshop, an exam, a booking."""
    board, painter = timeline.board, timeline.painter
    if board is None:
        return ""
    x = at.x() - painter.side + timeline.horizontalScrollBar().value()
    y = at.y() - painter.head + timeline.verticalScrollBar().value()
    spot = board.spot_at(max(x, 0), max(y, 0))
    if spot is None:
        return ""
    if at.x() < painter.side:
        return lane_words(board.lanes[spot.lane]) if at.y() >= painter.head else ""
    piece = board.piece_at(x, y) if at.y() >= painter.head else None
    if piece is None:
        day = board.day_at(spot.column)
        named = off_name(day, timeline.days_off())
        return f"{long_date(day)}: {named}" if named else long_date(day)
    return piece_words(board, piece)


def lane_words(lane: Lane) -> str:
    places = counted(lane.places, "место", "места", "мест")
    return "\n".join(filter(None, (lane.name, lane.room, places, lane.college)))


def piece_words(board: Board, piece: Piece) -> str:
    """An exam, its preparation day or a booking in a few lines."""
    if piece.kind is Kind.MARK:
        return mark_words(board.marks[piece.ident])
    words = chip_words(board.chips[piece.ident])
    return f"День С-1 экзамена\n{words}" if piece.kind is Kind.PREPARATION else words


def chip_words(chip: Chip) -> str:
    """An exam in a few lines."""
    when = "без даты"
    if chip.starts_at is not None:
        day = day_words(chip.starts_at.date(), chip.second_day)
        when = f"{day}, {hours_words(chip.starts_at, chip.ends_at)}"
    return f"{spoken(chip)}\n{when}, {STATE_NAMES[chip.state]}"


def mark_words(mark: Mark) -> str:
    hours = f"{clock(mark.starts_at)}–{clock(mark.ends_at)}"
    lines = (PURPOSE_NAMES[mark.purpose], mark.organizer,
             f"{short_date(mark.starts_at.date())}, {hours}")  # fmt: skip
    return "\n".join(filter(None, lines))
