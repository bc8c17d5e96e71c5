"""What the board says of what lies under the mouse or the cursor."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from demoexam.rules.terms import PURPOSE_NAMES, STATE_NAMES
from demoexam.services.season import Chip, Mark
from demoexam.text import clock, counted, long_date, short_date
from demoexam.ui.exams.exam_words import day_words, hours_words
from demoexam.ui.schedule.chips import spoken
from demoexam.ui.schedule.geometry import Kind, Scale
from demoexam.ui.schedule.painting import off_name

if TYPE_CHECKING:
    from demoexam.ui.schedule.timeline import Timeline


def tip(timeline: "Timeline", at: QPoint) -> str:
    """The tool tip of a place: a holiday, a workshop, an exam, a booking."""
    board, painter = timeline.board, timeline.painter
    if board is None:
        return ""
    x = at.x() - painter.side + timeline.horizontalScrollBar().value()
    y = at.y() - painter.head + timeline.verticalScrollBar().value()
    if at.y() < painter.head:
        if board.scale is Scale.DAY or not 0 <= x < board.width or at.x() < painter.side:
            return ""
        day = board.day_at(x // board.metrics.column)
        return ": ".join(filter(None, (long_date(day), off_name(day, timeline.days_off()))))
    spot = board.spot_at(max(x, 0), y)
    if spot is None:
        return ""
    if at.x() < painter.side:
        lane = board.lanes[spot.lane]
        places = counted(lane.places, "место", "места", "мест")
        return "\n".join(filter(None, (lane.name, lane.room, places, lane.college)))
    piece = board.piece_at(x, y)
    if piece is None:
        return off_name(board.day_at(spot.column), timeline.days_off())
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
