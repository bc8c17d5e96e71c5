"""How the week of a workshop is painted: hours, days, and a block for each thing."""

from datetime import date, datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen

from demoexam.rules.terms import PURPOSE_NAMES
from demoexam.services.bookings.facts import Standing, hours_words
from demoexam.services.bookings.week import Week
from demoexam.text import WEEKDAYS_SHORT
from demoexam.ui import icons, theme
from demoexam.ui.bookings.week_geometry import Grid, Piece, minute_of
from demoexam.ui.bookings.words import LOOKS

STRONG = QFont.Weight.DemiBold
CENTER = Qt.AlignmentFlag.AlignCenter
WRAP, ANYWHERE = Qt.TextFlag.TextWordWrap, Qt.TextFlag.TextWrapAnywhere
PAD, ICON, RADIUS = 8, 14, 4
NARROW, SMALL = 74, 11  # a block less wide than this has no icon and small letters


def draw_grid(painter: QPainter, week: Week, grid: Grid, today: date) -> None:
    """The closed hours, the lines of the hours, and where one is now."""
    for number, day in enumerate(week.days):
        _closed(painter, week, grid, number, day)
    painter.setFont(theme.font(12))
    for minute in range(grid.first, grid.last + 1, 60):
        y = grid.y(minute)
        theme.block(painter, QRectF(grid.left, y, grid.wide * len(week.days), 1), "line")
        painter.setPen(theme.color("muted"))
        box = QRectF(0, y - 8, grid.left - 8, 16)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, right, f"{minute // 60}:00")
    for number in range(len(week.days) + 1):
        edge = QRectF(grid.left + number * grid.wide, 0, 1, grid.height)
        theme.block(painter, edge, "line")
    if today in week.days:
        _now(painter, grid, list(week.days).index(today))


def draw_heads(painter: QPainter, week: Week, grid: Grid, high: float, today: date) -> None:
    """The days above the hours; below each what is prepared on it, or why it is a day off."""
    wide = grid.left + grid.wide * len(week.days)
    theme.block(painter, QRectF(0, 0, wide + 2, high), "card")
    for number, day in enumerate(week.days):
        box = QRectF(grid.left + number * grid.wide, 4, grid.wide, 24)
        if day == today:
            pill = QRectF(0, 0, theme.px(66), 24)
            pill.moveCenter(box.center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(pill, 12, 12)
        painter.setPen(theme.color("on_accent" if day == today else "text"))
        painter.setFont(theme.font(13, STRONG))
        painter.drawText(box, CENTER, f"{WEEKDAYS_SHORT[day.weekday()]} {day.day}")
        groups = ", ".join(week.preparing.get(day, ()))
        below = f"С-1: {groups}" if groups else week.days_off.get(day, "")
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("accent_text" if groups else "muted"))
        line = QRectF(box.x() + 4, 28, box.width() - 8, high - 30)
        painter.drawText(line, CENTER, _elided(painter, below, line.width()))
    theme.block(painter, QRectF(0, high - 1, wide + 2, 1), "line")


def draw_piece(
    painter: QPainter, grid: Grid, piece: Piece, *, chosen: bool, displaced: bool
) -> None:
    """A block; one that an exam has displaced is hatched, dashed and has a «!»."""
    box, look = grid.box(piece), LOOKS[piece.standing.purpose]
    tint = "bad" if displaced else look.tint
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"{tint}_bg"))
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    if displaced or look.icon == "lock":
        pale = QColor(theme.color(tint))  # the theme's own one is shared
        pale.setAlpha(46)
        painter.setBrush(QBrush(pale, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
    painter.setBrush(theme.color(tint))
    painter.drawRoundedRect(QRectF(box.x(), box.y(), 4, box.height()), 2, 2)
    if chosen or displaced:
        style = Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.color(tint), 2 if chosen else 1.5, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    _words(painter, box, piece.standing, tint, displaced=displaced)


def draw_ghost(painter: QPainter, box: QRectF, text: str) -> None:
    """Where what is dragged would come to stand, or the cell under the cursor."""
    painter.setPen(QPen(theme.color("accent"), 2, Qt.PenStyle.DashLine))
    fill = QColor(theme.color("accent_bg"))
    fill.setAlpha(150)
    painter.setBrush(fill)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    painter.setFont(theme.font(12, STRONG))
    painter.setPen(theme.color("accent_text"))
    painter.drawText(box.adjusted(PAD, 4, -4, -2), WRAP, text)


def title_of(one: Standing) -> str:
    """The first line of a block."""
    if one.is_exam:
        return f"ДЭ · {one.title}"
    return one.title or LOOKS[one.purpose].word


def detail_of(one: Standing) -> list[str]:
    """What stands below the hours: the purpose where the title does not tell it, people, note."""
    lines = []
    if one.title and not one.is_exam:
        lines.append(PURPOSE_NAMES[one.purpose])
    if one.participants:
        lines.append(f"{one.participants} чел.")
    return [*lines, *filter(None, [one.note])]


def _closed(painter: QPainter, week: Week, grid: Grid, number: int, day: date) -> None:
    column = grid.column(number)
    opening = week.opening.get(day)
    if opening is None:
        theme.block(painter, column, "bg")
        return
    top, bottom = grid.y(minute_of(opening[0])), grid.y(minute_of(opening[1]))
    theme.block(painter, QRectF(column.x(), 0, column.width(), top), "bg")
    theme.block(painter, QRectF(column.x(), bottom, column.width(), grid.height - bottom), "bg")


def _now(painter: QPainter, grid: Grid, number: int) -> None:
    y, column = grid.y(minute_of(datetime.now())), grid.column(number)
    theme.block(painter, QRectF(column.x(), y - 1, column.width(), 2), "bad")
    painter.setBrush(theme.color("bad"))
    painter.drawEllipse(QPointF(column.x(), y), 4, 4)


def _words(painter: QPainter, box: QRectF, one: Standing, tint: str, *, displaced: bool) -> None:
    painter.save()
    path = QPainterPath()
    path.addRect(box)
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    left, sign = box.x() + PAD + 2, "! " if displaced else ""
    if box.width() > NARROW:
        picture = icons.pixmap(LOOKS[one.purpose].icon, f"{tint}_text", ICON)
        painter.drawPixmap(QPointF(left, box.y() + 5), picture)
        left += ICON + 5
    y, right = box.y() + 3, box.right() - 4
    painter.setPen(theme.color(f"{tint}_text"))
    lines = [(f"{sign}{title_of(one)}", 13, STRONG), (hours_words(one.slot), 12, STRONG)]
    lines += [(text, 11, QFont.Weight.Normal) for text in detail_of(one)]
    for number, (text, size, weight) in enumerate(lines):
        painter.setFont(theme.font(size if box.width() > NARROW else SMALL, weight))
        begin = left if not number else box.x() + PAD + 2
        room = QRectF(begin, y, max(right - begin, 1), max(box.bottom() - y - 2, 1))
        used = painter.boundingRect(room, WRAP, text)
        wrap = ANYWHERE if used.width() > room.width() else WRAP  # a word too long is broken
        painter.drawText(room, wrap, text)
        used = painter.boundingRect(room, wrap, text)
        y += used.height() + 1
        if y > box.bottom() - 10:
            break
    painter.restore()


def _elided(painter: QPainter, text: str, wide: float) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(wide))
