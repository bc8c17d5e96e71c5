"""One PDF file on its way: slabs become operators, a finished page leaves only its bytes."""

import zlib
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFStream,
)
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from demoexam.documents.fonts import SERIF, register_fonts
from demoexam.documents.logo import Logo
from demoexam.documents.slab import Picture, Slab

START = "2 J"  # rules meet in full corners
KEPT_SLABS, KEPT_TEXTS = 128, 1024
SPACES = {1: "DeviceGray", 3: "DeviceRGB"}  # by colours a pixel
_ESCAPED = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\r": r"\r", "\n": r"\n"})


class _Ready(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object of the file as its bytes, which it hands over once."""

    __RefOnly__ = 1

    def __init__(self, content: bytes) -> None:
        self._content = content

    def format(self, _document: Any) -> bytes:
        content, self._content = self._content, b""
        return content


class PaperCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Fonts are subset once for the whole file, whichever papers it holds."""

    def __init__(self, **options: Any) -> None:
        register_fonts()
        super().__init__("", initialFontName=SERIF, invariant=1, **options)
        self._operators = [START]
        self._repeated = lru_cache(KEPT_SLABS)(self._operators_of)
        self._encoded = lru_cache(KEPT_TEXTS)(self._encode)
        self._logos: dict[Logo, str] = {}

    def draw(self, slab: Slab, x: float, y: float) -> None:
        """With its top left corner at (x, y), y being measured up from the sheet's foot."""
        written = self._repeated(slab) if slab.repeated else self._operators_of(slab)
        if written:
            self._operators.append(f"q 1 0 0 1 {x:.2f} {y:.2f} cm\n{written}\nQ")
        for picture in slab.pictures:
            self._draw(picture, x, y)

    def finish_page(self, size: tuple[float, float]) -> None:
        self.setPageSize(size)
        self.showPage()
        content = zlib.compress("\n".join(self._operators).encode("latin-1"))
        packed = PDFDictionary({"Filter": PDFName("FlateDecode")})
        page = self._doc.Pages.pages.pop()
        page.Contents = self._doc.Reference(PDFStream(packed, content, []))
        name = self._written(self._doc.Reference(page))
        self._written(page.Contents)
        self._doc.Pages.pages.append(PDFObjectReference(name))
        self._operators = [START]

    def _written(self, reference: Any) -> Any:
        """What it refers to leaves only its bytes; returns its name."""
        objects = self._doc.idToObject
        objects[reference.name] = _Ready(objects[reference.name].format(self._doc))
        return reference.name

    def _draw(self, picture: Picture, x: float, y: float) -> None:
        """However many pages show a logo, the file holds it once."""
        if picture.logo not in self._logos:
            self._logos[picture.logo] = f"logo{len(self._logos) + 1}"
            self._doc.addForm(self._logos[picture.logo], _image(picture.logo))
        name = self._logos[picture.logo]
        if name not in self._formsinuse:
            self._formsinuse.append(name)
        left, foot = x + picture.x, y - picture.y - picture.tall
        size = f"{picture.wide:.2f} 0 0 {picture.tall:.2f}"
        shown = self._doc.getXObjectName(name)
        self._operators.append(f"q {size} {left:.2f} {foot:.2f} cm /{shown} Do Q")

    def _operators_of(self, slab: Slab) -> str:
        operators = [slab.drawing] if slab.drawing else []
        thick = None
        for x0, y0, x1, y1, width in slab.rules:
            if width != thick:
                operators.append(f"S {width} w" if thick else f"{width} w")
                thick = width
            operators.append(f"{x0:.2f} {-y0:.2f} m {x1:.2f} {-y1:.2f} l")
        if thick:
            operators.append("S")
        if slab.words:
            operators += ["BT", *self._set(slab.words), "ET"]
        return "\n".join(operators)

    def _set(self, words: Any) -> list[str]:
        operators = []
        face = None
        for font, size, x, y, text in words:
            operators.append(f"1 0 0 1 {x:.2f} {-y:.2f} Tm")
            for name, literal in self._encoded(font, text):
                if face != (name, size):
                    face = (name, size)
                    operators.append(f"{name} {size:g} Tf")
                operators.append(literal)
        return operators

    def _encode(self, font: str, text: str) -> list[tuple[str, str]]:
        """The text in the file's own subsets of the face: a name and an operator of each."""
        face = getFont(font)
        return [
            (
                face.getSubsetInternalName(subset, self._doc),
                f"({codes.decode('latin-1').translate(_ESCAPED)}) Tj",
            )
            for subset, codes in face.splitString(text, self._doc)
        ]

    def bookmark(self, title: str, key: str, level: int) -> None:
        """To the top of the page in hand at the reader's own zoom."""
        self.bookmarkPage(key, fit="XYZ", left=0, top=self._pagesize[1], zoom=0)
        self.addOutlineEntry(title, key, level=level)
        self.showOutline()

    def finished(self) -> bytes:
        """The file; nothing more can be drawn."""
        del self._repeated, self._encoded  # they hold the canvas that holds them
        return bytes(self.getpdfdata())


def _image(logo: Logo) -> PDFStream:
    """Packed as its PNG has it: nothing is unpacked, nor packed anew."""
    told = {
        "Type": PDFName("XObject"),
        "Subtype": PDFName("Image"),
        "Width": logo.width,
        "Height": logo.height,
        "BitsPerComponent": 8,
        "ColorSpace": PDFName(SPACES[logo.colours]),
        "Filter": PDFName("FlateDecode"),
        "DecodeParms": PDFDictionary(
            {"Predictor": 15, "Colors": logo.colours, "Columns": logo.width}  # PNG's own filters
        ),
    }
    return PDFStream(PDFDictionary(told), logo.pixels, [])
