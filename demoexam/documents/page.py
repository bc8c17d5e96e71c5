"""The sheet every paper is printed on: margins, page numbers, footer with a QR code."""

from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from demoexam.documents.fonts import BOLD, SERIF, unit_width
from demoexam.documents.form import Form
from demoexam.documents.qr import qr_drawing
from demoexam.documents.slab import Ruled, Slab, Words
from demoexam.documents.styles import HAIR
from demoexam.text import NBSP

QR_SIDE, QR_FOOT = 11 * mm, 6 * mm
NUMBER_FONT, FOOTER_FONT = 11, 8
NUMBER_FROM_TOP, FOOTER_FROM_FOOT, RULE_FROM_FOOT = 13 * mm, 10 * mm, 13.5 * mm
DRAFT = "ПРОЕКТ, не подписывать"


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


def margins(form: Form, page: int, pages: int) -> list[tuple[Slab, float, float]]:
    """What stands outside the text: slabs with their place from the sheet's top left corner."""
    sheet = Sheet(form.wide, form.archive)
    edge, height = sheet.size[0] - sheet.right, sheet.size[1]
    code = Slab(QR_SIDE, drawing=qr_drawing(form.number, QR_SIDE), repeated=pages > 1)
    room = edge - QR_SIDE - 4 * mm - sheet.left
    return [
        (Slab(height, list(_above(form, sheet, page, pages))), 0.0, 0.0),
        (code, edge - QR_SIDE, height - QR_FOOT - QR_SIDE),
        (_footer(form, room, f"лист {page} из {pages}"), sheet.left, height - RULE_FROM_FOOT),
    ]


def _above(form: Form, sheet: Sheet, page: int, pages: int) -> list[Words]:
    words = []
    if page > 1:  # ГОСТ: from the second page, centred, at least 10 mm from the edge
        text = f"Страница{NBSP}{page} из{NBSP}{pages}"
        x = sheet.left + (sheet.text_width - unit_width(text, SERIF) * NUMBER_FONT) / 2
        words.append(Words(SERIF, NUMBER_FONT, x, NUMBER_FROM_TOP, text))
    if form.draft:
        x = sheet.size[0] - sheet.right - unit_width(DRAFT, BOLD) * NUMBER_FONT
        words.append(Words(BOLD, NUMBER_FONT, x, NUMBER_FROM_TOP, DRAFT))
    return words


def _footer(form: Form, room: float, place: str) -> Slab:
    taken = unit_width(place, SERIF) * FOOTER_FONT
    y = RULE_FROM_FOOT - FOOTER_FROM_FOOT
    words = [
        Words(SERIF, FOOTER_FONT, 0.0, y, footer_text(form, place, room)),
        Words(SERIF, FOOTER_FONT, room - taken, y, place),
    ]
    return Slab(y, words, [Ruled(0, 0, room, 0, HAIR)])


def footer_text(form: Form, place: str, room: float) -> str:
    """Which paper it is, as far as there is room for it before `place`."""
    taken = unit_width(place, SERIF) * FOOTER_FONT
    return fitted(form.footer, FOOTER_FONT, room - taken - 6 * mm)


@lru_cache(maxsize=64)
def fitted(text: str, size: float, room: float) -> str:
    """`text`, cut at a word with «…» where it is longer than `room`."""
    if unit_width(text, SERIF) * size <= room:
        return text
    while " " in text and unit_width(f"{text}…", SERIF) * size > room:
        text = text.rpartition(" ")[0].rstrip(f" ,·{NBSP}")
    return f"{text}…"
