"""The sheet every paper is printed on: fonts, margins, page numbers, footer with a QR code."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from demoexam.documents.form import Form
from demoexam.documents.typo import typo
from demoexam.settings import resources
from demoexam.text import NBSP

SERIF, BOLD = "Serif", "Serif-Bold"
_FACES = {
    SERIF: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    "Serif-Italic": "LiberationSerif-Italic.ttf",
    "Serif-BoldItalic": "LiberationSerif-BoldItalic.ttf",
}
RULE = 0.5  # pt: a line that carries meaning
HAIR = 0.25  # pt: a line that only guides the eye
QR_SIDE = 11 * mm
FOOTER_FONT = 8
DRAFT = "ПРОЕКТ, не подписывать"


@cache
def register_fonts() -> None:
    """Once a process: the fonts are embedded, since PDF's own know no Cyrillic."""
    folder = resources() / "fonts"
    for name, file in _FACES.items():
        pdfmetrics.registerFont(TTFont(name, folder / file))
    pdfmetrics.registerFontFamily(SERIF, *_FACES)


@dataclass(frozen=True)
class Sheet:
    """One A4 sheet with the margins of ГОСТ Р 7.0.97-2016."""

    wide: bool = False
    archive: bool = False

    @property
    def size(self) -> tuple[float, float]:
        width, height = A4
        return (height, width) if self.wide else (width, height)

    @property
    def left(self) -> float:
        return float((30 if self.archive and not self.wide else 20) * mm)

    @property
    def right(self) -> float:
        return float(10 * mm)

    @property
    def top(self) -> float:
        return float(20 * mm)

    @property
    def bottom(self) -> float:
        return float(20 * mm)

    @property
    def text_width(self) -> float:
        return self.size[0] - self.left - self.right

    @property
    def text_height(self) -> float:
        return self.size[1] - self.top - self.bottom


class CountingCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Holds the pages back until the pages of each form are counted, then decorates them.

    The page template of form k sets `form_index` to k on its pages.
    """

    def __init__(self, *args: Any, forms: list[Form], **options: Any) -> None:
        super().__init__(*args, **options)
        self._forms = forms
        self._held: list[dict[str, Any]] = []
        self.form_index = 0

    def showPage(self) -> None:  # noqa: N802 -- reportlab's name
        self._held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        owners = [state["form_index"] for state in self._held]
        for at, state in enumerate(self._held):
            self.__dict__.update(state)
            owner = owners[at]
            page = at - owners.index(owner) + 1
            form = self._forms[owner]
            if page == 1:
                self._bookmark(owner, form)
            decorate(self, form, page, owners.count(owner))
            super().showPage()
        super().save()

    def _bookmark(self, owner: int, form: Form) -> None:
        if len(self._forms) == 1:
            return
        key = f"form-{owner}"
        self._mark(key)
        before = self._forms[owner - 1].chapter if owner else ""
        if form.chapter and form.chapter != before:
            self._mark(f"chapter-{owner}")  # one key holds one title
            self.addOutlineEntry(typo(form.chapter), f"chapter-{owner}", level=0)
        level = 1 if form.chapter else 0
        self.addOutlineEntry(f"{form.code}  {typo(form.caption)}", key, level=level)
        self.showOutline()

    def _mark(self, key: str) -> None:
        """The top of the page at the reader's own zoom; viewers want the place in numbers."""
        self.bookmarkPage(key, fit="XYZ", left=0, top=self._pagesize[1], zoom=0)


def decorate(canvas: Any, form: Form, page: int, pages: int) -> None:
    """What stands in the margins: the page number from page 2 on, the footer, the QR code."""
    sheet = Sheet(form.wide, form.archive)
    if page > 1:  # ГОСТ: from the second page, centred, at least 10 mm from the edge
        canvas.setFont(SERIF, 11)
        middle = sheet.left + sheet.text_width / 2
        canvas.drawCentredString(
            middle, sheet.size[1] - 13 * mm, f"Страница{NBSP}{page} из{NBSP}{pages}"
        )
    edge = sheet.size[0] - sheet.right
    if form.draft:
        canvas.setFont(BOLD, 11)
        canvas.drawRightString(edge, sheet.size[1] - 13 * mm, DRAFT)
    draw_qr(canvas, form.number, edge - QR_SIDE, 6 * mm)
    _footer(canvas, form, sheet.left, edge - QR_SIDE - 4 * mm, f"лист {page} из {pages}")


def draw_qr(canvas: Any, content: str, x: float, y: float) -> None:
    """The code as runs of black squares: no seams between neighbours on paper."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(content)
    code.make()
    count = code.getModuleCount()
    side = QR_SIDE / count
    path = canvas.beginPath()
    for row in range(count):
        start = None
        for column in range(count + 1):
            dark = column < count and code.isDark(row, column)
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(
                    x + start * side, y + (count - 1 - row) * side, (column - start) * side, side
                )
                start = None
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)


def _footer(canvas: Any, form: Form, left: float, right: float, place: str) -> None:
    canvas.setLineWidth(HAIR)
    canvas.line(left, 13.5 * mm, right, 13.5 * mm)
    canvas.setFont(SERIF, FOOTER_FONT)
    canvas.drawRightString(right, 10 * mm, place)
    room = right - left - canvas.stringWidth(place, SERIF, FOOTER_FONT) - 6 * mm
    text = f"№{NBSP}{form.number}   ·   форма ДЭ-{form.code}   ·   {typo(form.caption)}"
    canvas.drawString(left, 10 * mm, fitted(text, FOOTER_FONT, room))


def fitted(text: str, size: float, room: float) -> str:
    """`text`, cut at a word with «…» where it is longer than `room`."""
    if pdfmetrics.stringWidth(text, SERIF, size) <= room:
        return text
    while " " in text and pdfmetrics.stringWidth(f"{text}…", SERIF, size) > room:
        text = text.rpartition(" ")[0].rstrip(f" ,·{NBSP}")
    return f"{text}…"
