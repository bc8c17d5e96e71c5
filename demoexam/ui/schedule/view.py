"""What of a board is to be seen now, and what is being dragged over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize

from demoexam.services.season.season import Chip
from demoexam.ui.schedule.geometry import Spot
from demoexam.ui.schedule.selection import Selection
from demoexam.ui.tokens import Tone


@dataclass
class Ghost:
    """What is being dragged, where it would fall, and why that is good or bad."""

    chip: Chip
    width: int
    at: QPointF  # of its corner, in the viewport
    cursor: QPointF
    spot: Spot | None = None
    landing: QRectF | None = None  # where it would lie, in the board's pixels
    tone: str = Tone.OK
    reason: str = ""
    tints: dict[Spot, str] = field(default_factory=dict)


@dataclass
class View:
    """What is to be seen of a board now."""

    size: QSize
    x: int
    y: int
    today: date
    days_off: Mapping[date, str]
    selection: Selection
    focused: bool = False
    ghost: Ghost | None = None
    rubber: QRectF | None = None
    partners: frozenset[str] = frozenset()
    found: frozenset[str] | None = None  # by the filter; the others are pale
    bubble: tuple[QPointF, str, str] | None = None  # where, tone, words


def off_name(day: date, days_off: Mapping[date, str]) -> str:
    """What day of rest it is, "" for a working one."""
    if day in days_off:
        return days_off[day] or "Нерабочий день"
    return ""
