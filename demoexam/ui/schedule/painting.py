"""Paints a board: what lies in sight, under headers that stay while it scrolls."""

from collections.abc import Iterable
from datetime import date, datetime

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

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
from demoexam.ui.schedule.headers import HeaderPainter
from demoexam.ui.schedule.view import Ghost, View

FAINT, GHOST = 0.3, 0.85


class BoardPainter(HeaderPainter):
    """Keeps the faces and pictures of one board between paintings."""

    def __init__(self) -> None:
        self.chips = ChipPainter()
        self._board: Board | None = None
        self._faces: dict[tuple[Kind, str], Face] = {}

    def paint(self, painter: QPainter, board: Board, view: View, ratio: float) -> None:
        if board is not self._board:
            self._board, self._faces = board, {}
        self.chips.prepare(ratio)
        self.fonts()
        theme.block(painter, QRectF(0, 0, view.size.width(), view.size.height()), "card")
        if board.lanes:
            self._body(painter, board, view)
        self.paint_side(painter, board, view)
        self.paint_top(painter, board, view)
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
        if view.ghost is not None:
            self._landing(painter, view.ghost)
        here = board.spot_of(view.selection.current) == view.selection.spot
        if view.focused and not view.ghost and not here:
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
            if board.scale is not Scale.DAY and board.day_at(column) in view.days_off:
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
                    marked = piece.ident in chosen
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

    # -- what is being dragged ----------------------------------------------------------------

    def _ghost(self, painter: QPainter, board: Board, ghost: Ghost) -> None:
        painter.setOpacity(GHOST)
        picture = self.chips.picture(
            exam_face(ghost.chip), ghost.width, board.metrics.track - 3, True
        )
        painter.drawPixmap(ghost.at, picture)
        painter.setOpacity(1)

    def _landing(self, painter: QPainter, ghost: Ghost) -> None:
        """A frame where a drop would put the exam."""
        if ghost.landing is not None and ghost.spot is not None:
            painter.setPen(QPen(theme.color(ghost.tone), 2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ghost.landing.adjusted(2, 1, -2, -3), 6, 6)

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


def bounds(pieces: Iterable[Piece]) -> QRectF:
    """The rectangle around some pieces."""
    box = QRectF()
    for one in pieces:
        box = box.united(QRectF(one.x, one.y, one.width, one.height))
    return box
