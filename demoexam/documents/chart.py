"""The chart of the share by years: facts are grey bars, targets black lines."""

from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from demoexam.documents.blocks import Bar, Chart
from demoexam.documents.page import BOLD, HAIR, SERIF

HIGH, BASE, LEFT, LEGEND = 54 * mm, 9 * mm, 12 * mm, 34 * mm
SCALE = (HIGH - BASE - 8 * mm) / 100  # points for one per cent
BAR, TARGET_LINE, RHOMBUS = 13 * mm, 1.6, 1.3 * mm
GREY, PALE = 0.78, 0.6


class ChartPicture(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Drawn straight on the canvas: no font but ours can slip in."""

    def __init__(self, chart: Chart, width: float) -> None:
        super().__init__()
        self._chart, self._width = chart, width
        self._step = (width - LEFT - LEGEND) / max(len(chart.bars), 1)

    def wrap(self, _aw: float, _ah: float) -> tuple[float, float]:
        return self._width, HIGH

    def draw(self) -> None:
        self._axis()
        for at, bar in enumerate(self._chart.bars):
            self._bar(bar, LEFT + self._step * (at + 0.5))
        for at, bar in enumerate(self._chart.bars):  # above the neighbours' bars
            self._target(bar, LEFT + self._step * (at + 0.5))
        self._legend(self._width - LEGEND + 3 * mm)

    def _axis(self) -> None:
        canvas = self.canv
        canvas.setFont(SERIF, 9)
        for tick in range(0, 101, 20):
            y = BASE + tick * SCALE
            canvas.setLineWidth(HAIR if tick else 0.75)
            canvas.setStrokeGray(PALE if tick else 0)
            canvas.line(LEFT, y, self._width - LEGEND, y)
            canvas.drawRightString(LEFT - 1.5 * mm, y - 3, str(tick))
        canvas.drawRightString(LEFT - 1.5 * mm, HIGH - 3 * mm, "%")
        canvas.setStrokeGray(0)

    def _bar(self, bar: Bar, middle: float) -> None:
        canvas = self.canv
        wide = min(BAR, self._step * 0.8)
        if bar.value is not None:
            canvas.setFillGray(GREY)
            canvas.setLineWidth(0.75)
            canvas.rect(middle - wide / 2, BASE, wide, bar.value * SCALE, stroke=1, fill=1)
            canvas.setFillGray(0)
        canvas.setFont(BOLD, 10)
        canvas.drawCentredString(middle, BASE + 2 * mm, bar.value_text)
        canvas.setFont(SERIF, 9)
        canvas.drawCentredString(middle, BASE + 6.5 * mm, bar.detail)
        canvas.setFont(SERIF, 10)
        canvas.drawCentredString(middle, BASE - 5 * mm, bar.label)

    def _target(self, bar: Bar, middle: float) -> None:
        if bar.target is None:
            return
        canvas, y = self.canv, BASE + bar.target * SCALE
        start, end = middle - self._step * 0.42, middle + self._step * 0.42
        self._goal(start, end, y)
        room = stringWidth(bar.target_text, BOLD, 9)
        canvas.setFillGray(1)  # a higher bar must not run through the number
        canvas.rect(end - room - 1, y + TARGET_LINE, room + 1, 3 * mm, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setFont(BOLD, 9)
        canvas.drawRightString(end, y + 1.2 * mm, bar.target_text)

    def _goal(self, start: float, end: float, y: float) -> None:
        canvas = self.canv
        canvas.setLineWidth(TARGET_LINE)
        canvas.line(start, y, end, y)
        path: Any = canvas.beginPath()
        path.moveTo(start - RHOMBUS, y)
        for x, up in ((start, RHOMBUS), (start + RHOMBUS, 0), (start, -RHOMBUS)):
            path.lineTo(x, y + up)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)

    def _legend(self, x: float) -> None:
        canvas = self.canv
        canvas.setFillGray(GREY)
        canvas.setLineWidth(0.75)
        canvas.rect(x, HIGH - 11 * mm, 6 * mm, 4 * mm, stroke=1, fill=1)
        canvas.setFillGray(0)
        canvas.setFont(SERIF, 9)
        canvas.drawString(x + 8 * mm, HIGH - 10.2 * mm, self._chart.fact)
        self._goal(x, x + 6 * mm, HIGH - 17 * mm)
        canvas.drawString(x + 8 * mm, HIGH - 18 * mm, self._chart.goal)
        for line, text in enumerate(self._chart.remark.split("\n")):
            canvas.drawString(x, HIGH - 26 * mm - 4 * mm * line, text)
