"""The headers of the board: workshops at the left, days or hours above; they stay in sight."""

from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from demoexam.text import MONTHS_SHORT, WEEKDAYS_SHORT, counted, long_date, weekday
from demoexam.ui import theme
from demoexam.ui.schedule.geometry import FIRST_HOUR, Board, Scale
from demoexam.ui.schedule.view import View

HEAD, SIDE = 52, 212


class HeaderPainter:
    """Paints what does not scroll, and knows what of the rest is in sight."""

    @property
    def side(self) -> int:
        return theme.px(SIDE)

    @property
    def head(self) -> int:
        return theme.px(HEAD)

    def columns(self, board: Board, view: View) -> range:
        wide = board.metrics.column
        last = (view.x + view.size.width() - self.side) // wide
        return range(view.x // wide, min(last, board.columns - 1) + 1)

    def lanes(self, board: Board, view: View) -> list[int]:
        low = view.y + view.size.height() - self.head
        tops = board.tops
        return [n for n in range(len(board.lanes)) if tops[n + 1] > view.y and tops[n] < low]

    def fonts(self) -> None:
        self._bold = theme.font(12, QFont.Weight.DemiBold)
        self._plain, self._small = theme.font(12), theme.font(11)
        self._measures = QFontMetricsF(self._bold), QFontMetricsF(self._small)

    def paint_side(self, painter: QPainter, board: Board, view: View) -> None:
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

    def paint_top(self, painter: QPainter, board: Board, view: View) -> None:
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
        room = box.adjusted(4, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, f"{hour:02}:00")

    def _day(self, painter: QPainter, box: QRectF, day: date, view: View) -> None:
        today = day == view.today
        if today:
            inner = QRectF(0, 0, min(box.width() - 4, theme.px(68)), box.height())
            inner.moveCenter(box.center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(inner, box.height() / 2, box.height() / 2)
        rests = day in view.days_off
        painter.setFont(self._bold if today else self._plain)
        painter.setPen(theme.color("on_accent" if today else "bad" if rests else "text"))
        named = f"{WEEKDAYS_SHORT[day.weekday()]} {day.day}"
        fits = self._measures[0].horizontalAdvance("пн 30") + 6 < box.width()
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
