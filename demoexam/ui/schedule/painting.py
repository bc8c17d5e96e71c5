"""Paints a board: what lies in sight, under headers that stay while it scrolls."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from demoexam.text import MONTHS_SHORT, WEEKDAYS_SHORT, counted, long_date, weekday
from demoexam.ui import theme
from demoexam.ui.schedule.chips import (
    HALO,
    ChipPainter,
    Face,
    exam_face,
    mark_face,
    preparation_face,
)
from demoexam.ui.schedule.geometry import FIRST_HOUR, Board, Kind, Piece, Scale, Spot
from demoexam.ui.schedule.selection import Selection
from demoexam.ui.tokens import Tone

HEAD, SIDE = 52, 212
SATURDAY = 5
FAINT, GHOST = 0.3, 0.85
Tints = Mapping[Spot, str]


@dataclass
class Ghost:
    """What is being dragged, where it would fall, and why that is good or bad."""

    ident: str
    at: QPointF  # of its corner, in the viewport
    cursor: QPointF
    spot: Spot | None = None
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


class BoardPainter:
    """Keeps the faces and pictures of one board between paintings."""

    def __init__(self) -> None:
        self.chips = ChipPainter()
        self._board: Board | None = None
        self._faces: dict[tuple[Kind, str], Face] = {}

    @property
    def side(self) -> int:
        return theme.px(SIDE)

    @property
    def head(self) -> int:
        return theme.px(HEAD)

    def paint(self, painter: QPainter, board: Board, view: View, ratio: float) -> None:
        if board is not self._board:
            self._board, self._faces = board, {}
        self.chips.prepare(ratio)
        self._fonts()
        theme.block(painter, QRectF(0, 0, view.size.width(), view.size.height()), "card")
        if board.lanes:
            self._body(painter, board, view)
        self._side(painter, board, view)
        self._top(painter, board, view)
        if view.ghost is not None:
            self._ghost(painter, board, view.ghost)
        if view.bubble is not None:
            self._bubble(painter, view, *view.bubble)

    def face(self, piece: Piece, board: Board) -> Face:
        key = piece.kind, piece.ident
        found = self._faces.get(key)
        if found is None:
            if piece.kind is Kind.MARK:
                found = mark_face(board.marks[piece.ident])
            else:
                make = exam_face if piece.kind is Kind.EXAM else preparation_face
                found = make(board.chips[piece.ident])
            self._faces[key] = found
        return found

    def columns(self, board: Board, view: View) -> range:
        wide = board.metrics.column
        last = (view.x + view.size.width() - self.side) // wide
        return range(view.x // wide, min(last, board.columns - 1) + 1)

    def lanes(self, board: Board, view: View) -> list[int]:
        low = view.y + view.size.height() - self.head
        tops = board.tops
        return [n for n in range(len(board.lanes)) if tops[n + 1] > view.y and tops[n] < low]

    # -- cells ------------------------------------------------------------------------------

    def _body(self, painter: QPainter, board: Board, view: View) -> None:
        columns, lanes = self.columns(board, view), self.lanes(board, view)
        painter.save()
        painter.setClipRect(
            QRect(self.side, self.head, view.size.width(), view.size.height() - self.head)
        )
        painter.translate(self.side - view.x, self.head - view.y)
        self._ground(painter, board, view, columns, lanes)
        for tinted in (view.ghost.tints if view.ghost else {}).items():
            self._tint(painter, board, *tinted)
        self._pieces(painter, board, view, columns, lanes)
        self._today(painter, board, view)
        if view.focused and not view.ghost:
            self._cursor(painter, board, view.selection.spot)
        if view.rubber is not None:
            painter.setPen(QPen(theme.color("accent"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(view.rubber)
        painter.restore()

    def _ground(
        self, painter: QPainter, board: Board, view: View, columns: range, lanes: list[int]
    ) -> None:
        wide, top, low = (
            board.metrics.column,
            view.y,
            min(view.y + view.size.height(), board.height),
        )
        for column in columns:
            if board.scale is not Scale.DAY and _rests(board.day_at(column), view.days_off):
                theme.block(painter, QRectF(column * wide, top, wide, low - top), "bg")
            theme.block(painter, QRectF(column * wide, top, 1, low - top), "line")
        left, right = view.x, min(view.x + view.size.width(), board.width)
        for lane in lanes:
            line = QRectF(left, board.tops[lane + 1] - 1, right - left, 1)
            theme.block(painter, line, "line")

    def _tint(self, painter: QPainter, board: Board, spot: Spot, tone: str) -> None:
        if not tone:
            return
        wide, top = board.metrics.column, board.tops[spot.lane]
        box = QRectF(spot.column * wide + 1, top, wide - 1, board.tops[spot.lane + 1] - top - 1)
        theme.block(painter, box, f"{tone}_bg")

    def _pieces(
        self, painter: QPainter, board: Board, view: View, columns: range, lanes: list[int]
    ) -> None:
        """A piece is drawn in the first column in sight that it touches."""
        chosen, partners, cells = view.selection.chosen, view.partners, board.cells
        first, found = columns.start, view.found
        picture, face, margin = self.chips.picture, self.face, HALO
        for lane in lanes:
            for column in columns:
                for piece in cells.get(Spot(lane, column), ()):
                    if column not in (piece.column, first):
                        continue
                    marked = piece.ident in chosen or piece.ident in partners
                    drawn = picture(face(piece, board), piece.width, piece.height, marked)
                    if found is not None:
                        painter.setOpacity(1 if piece.ident in found else FAINT)
                    painter.drawPixmap(piece.x - margin, piece.y - margin, drawn)
                    if piece.ident in partners:
                        self._partner(painter, piece)
        painter.setOpacity(1)

    def _partner(self, painter: QPainter, piece: Piece) -> None:
        """The other side of a finding: a red frame around its chip."""
        painter.setPen(QPen(theme.color("bad"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(piece.x, piece.y, piece.width, piece.height), 5, 5)

    def _today(self, painter: QPainter, board: Board, view: View) -> None:
        x = now_at(board, view.today)
        if x is not None:
            theme.block(painter, QRectF(x - 1, view.y, 2, board.height - view.y), "accent")

    def _cursor(self, painter: QPainter, board: Board, spot: Spot) -> None:
        if spot.lane + 1 >= len(board.tops):
            return
        wide, top = board.metrics.column, board.tops[spot.lane]
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        high = board.tops[spot.lane + 1] - top
        painter.drawRect(QRectF(spot.column * wide + 1, top + 1, wide - 1, high - 3))

    # -- what stays while the cells scroll ----------------------------------------------------

    def _side(self, painter: QPainter, board: Board, view: View) -> None:
        side, head = self.side, self.head
        theme.block(painter, QRectF(0, head, side, view.size.height()), "card")
        painter.save()
        painter.setClipRect(QRect(0, head, side, view.size.height()))
        for number in self.lanes(board, view):
            self._lane(painter, board, number, head + board.tops[number] - view.y)
        painter.restore()
        theme.block(painter, QRectF(side - 1, 0, 1, view.size.height()), "line")

    def _lane(self, painter: QPainter, board: Board, number: int, y: int) -> None:
        lane, room = board.lanes[number], self.side - theme.px(24)
        painter.setFont(self._bold)
        painter.setPen(theme.color("text"))
        name = self._measures[0].elidedText(lane.name, Qt.TextElideMode.ElideRight, room)
        line, left, middle = theme.px(18), theme.px(14), Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, y + theme.px(9), room, line), middle, name)
        painter.setFont(self._small)
        painter.setPen(theme.color("muted"))
        words = " · ".join(
            filter(None, (counted(lane.places, "место", "места", "мест"), lane.college))
        )
        cut = self._measures[1].elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, y + theme.px(27), room, theme.px(16)), middle, cut)
        high = board.tops[number + 1] - board.tops[number]
        theme.block(painter, QRectF(0, y + high - 1, self.side, 1), "line")

    def _top(self, painter: QPainter, board: Board, view: View) -> None:
        side, head, wide = self.side, self.head, board.metrics.column
        theme.block(painter, QRectF(0, 0, view.size.width(), head), "card")
        painter.save()
        painter.setClipRect(QRect(side, 0, view.size.width(), head))
        columns = self.columns(board, view)
        for column in columns:
            box = QRectF(side + column * wide - view.x, theme.px(22), wide, theme.px(22))
            if board.scale is Scale.DAY:
                self._hour(painter, box, FIRST_HOUR + column)
            else:
                self._day(painter, box, board.day_at(column), view)
                self._month(painter, board, view, column, first=column == columns.start)
        painter.restore()
        if board.scale is Scale.DAY:
            self._caption(painter, f"{weekday(board.day)}, {long_date(board.day)}", side + 8)
        painter.setFont(self._small)
        painter.setPen(theme.color("muted"))
        box = QRectF(theme.px(14), theme.px(22), side, theme.px(22))
        words = f"Мастерские: {len(board.lanes)}"
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        theme.block(painter, QRectF(0, head - 1, view.size.width(), 1), "line")

    def _hour(self, painter: QPainter, box: QRectF, hour: int) -> None:
        painter.setFont(self._plain)
        painter.setPen(theme.color("text"))
        room = box.adjusted(6, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, f"{hour:02}:00")

    def _day(self, painter: QPainter, box: QRectF, day: date, view: View) -> None:
        today = day == view.today
        if today:
            inner = QRectF(0, 0, min(box.width() - 4, theme.px(68)), box.height())
            inner.moveCenter(box.center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(inner, box.height() / 2, box.height() / 2)
        rests = _rests(day, view.days_off)
        painter.setFont(self._bold if today else self._plain)
        painter.setPen(theme.color("on_accent" if today else "bad" if rests else "text"))
        named = f"{WEEKDAYS_SHORT[day.weekday()]} {day.day}"
        fits = self._measures[0].horizontalAdvance(named) < box.width()
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, named if fits else str(day.day))

    def _month(
        self, painter: QPainter, board: Board, view: View, column: int, *, first: bool
    ) -> None:
        day = board.day_at(column)
        left = self.side + column * board.metrics.column - view.x
        if day.day == 1 or (first and board.day_at(column + 2).month == day.month):
            self._caption(
                painter, f"{MONTHS_SHORT[day.month - 1]} {day.year}", max(left, self.side) + 6
            )

    def _caption(self, painter: QPainter, words: str, left: int) -> None:
        painter.setFont(self._bold)
        painter.setPen(theme.color("muted"))
        box = QRectF(left, theme.px(3), theme.px(260), theme.px(17))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words[:1].upper() + words[1:])

    # -- what is being dragged ----------------------------------------------------------------

    def _ghost(self, painter: QPainter, board: Board, ghost: Ghost) -> None:
        chip = board.chips.get(ghost.ident)
        if chip is None:
            return
        own = next((one for one in board.pieces.get(chip.id, ()) if one.kind is Kind.EXAM), None)
        width = own.width if own else board.metrics.column - 6
        face = exam_face(chip)
        painter.setOpacity(GHOST)
        picture = self.chips.picture(face, width, board.metrics.track - 3, True)
        painter.drawPixmap(ghost.at, picture)
        painter.setOpacity(1)

    def _bubble(self, painter: QPainter, view: View, at: QPointF, tone: str, words: str) -> None:
        """The sentence at the cursor, kept inside the window."""
        wide = theme.px(320)
        flags = Qt.TextFlag.TextWordWrap
        room = QRectF(0, 0, wide, theme.px(200))
        text = QFontMetricsF(self._plain).boundingRect(room, flags, words)
        box = QRectF(at.x() + 16, at.y() + 20, text.width() + 22, text.height() + 14)
        if box.right() > view.size.width() - 4:
            box.moveRight(view.size.width() - 4)
        if box.bottom() > view.size.height() - 4:
            box.moveBottom(at.y() - 10)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(tone), 1))
        painter.setBrush(theme.color(f"{tone}_bg"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(theme.color(f"{tone}_text"))
        painter.setFont(self._plain)
        painter.drawText(box.adjusted(11, 7, -9, -7), flags, words)

    def _fonts(self) -> None:
        self._bold = theme.font(12, QFont.Weight.DemiBold)
        self._plain, self._small = theme.font(12), theme.font(11)
        self._measures = QFontMetricsF(self._bold), QFontMetricsF(self._small)


def now_at(board: Board, today: date) -> int | None:
    """Where the line of today stands: the left edge of its column, or the present hour."""
    if board.scale is Scale.DAY:
        if board.day != today:
            return None
        now = datetime.now()
        return (now.hour * 60 + now.minute - FIRST_HOUR * 60) * board.metrics.column // 60
    if not board.first <= today <= board.last:
        return None
    return (today - board.first).days * board.metrics.column


def off_name(day: date, days_off: Mapping[date, str]) -> str:
    """What day of rest it is, "" for a working one."""
    if day in days_off:
        return days_off[day] or "Нерабочий день"
    return ""


def _rests(day: date, days_off: Mapping[date, str]) -> bool:
    return day in days_off


def bounds(pieces: Iterable[Piece]) -> QRectF:
    """The rectangle around some pieces."""
    box = QRectF()
    for one in pieces:
        box = box.united(QRectF(one.x, one.y, one.width, one.height))
    return box
