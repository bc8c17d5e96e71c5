"""Reads back where a PDF puts its ink: every text, line and rectangle in points of the page."""

from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ContentStream

IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Ink:
    what: str
    x0: float
    y0: float
    x1: float
    y1: float
    text: str = ""


def ink_of(pdf: bytes) -> list[tuple[float, float, list[Ink]]]:
    """Width, height and ink of each page."""
    reader = PdfReader(BytesIO(pdf))
    return [
        (float(page.mediabox.width), float(page.mediabox.height), _Page(reader, page).ink)
        for page in reader.pages
    ]


@dataclass(frozen=True)
class SheetOfPaper:
    """A page as it can be judged: its ink, its text without white space, how it was drawn."""

    width: float
    height: float
    ink: list[Ink]
    text: str
    operators: frozenset[str]
    unknown_letters: int  # set in glyph 0, which prints as a box


def sheets_of(pdf: bytes) -> list[SheetOfPaper]:
    reader = PdfReader(BytesIO(pdf))
    sheets = []
    for page in reader.pages:
        drawn = _Page(reader, page)
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        text = squeezed(page.extract_text())
        operators = frozenset(drawn.operators)
        sheets.append(SheetOfPaper(width, height, drawn.ink, text, operators, drawn.unknown))
    return sheets


def joined(pdf: bytes) -> str:
    """The text of all pages without white space and line-end hyphens of long words."""
    reader = PdfReader(BytesIO(pdf))
    text = "".join(page.extract_text() for page in reader.pages)
    return squeezed(text)


def squeezed(text: str) -> str:
    return "".join(text.split())


def _times(a, b):
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


class _Page:
    def __init__(self, reader, page):
        self.ink = []
        self._fonts = page["/Resources"]["/Font"].get_object()
        self._ctm, self._stack = IDENTITY, []
        self._line, self._font, self._size, self._leading = IDENTITY, None, 0.0, 0.0
        self._points = []
        self.operators, self.unknown = set(), 0
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            self.operators.add(operator.decode())
            handler = getattr(self, f"_{operator.decode()}".replace("*", "_star"), None)
            if handler:
                handler(*operands)

    def _q(self):
        self._stack.append(self._ctm)

    def _Q(self):  # noqa: N802 -- the operator's name
        self._ctm = self._stack.pop()

    def _cm(self, *matrix):
        self._ctm = _times([float(v) for v in matrix], self._ctm)

    def _BT(self):  # noqa: N802
        self._line = IDENTITY

    def _Tm(self, *matrix):  # noqa: N802
        self._line = tuple(float(v) for v in matrix)

    def _Td(self, x, y):  # noqa: N802
        self._line = _times((1, 0, 0, 1, float(x), float(y)), self._line)

    def _T_star(self):  # noqa: N802
        self._Td(0, -self._leading)

    def _TL(self, leading):  # noqa: N802
        self._leading = float(leading)

    def _Tf(self, name, size):  # noqa: N802
        self._font, self._size = self._fonts[name].get_object(), float(size)

    def _Tj(self, text):  # noqa: N802
        raw = text.original_bytes
        self.unknown += raw.count(0)
        first, widths = int(self._font["/FirstChar"]), self._font["/Widths"]
        width = sum(float(widths[byte - first]) for byte in raw) * self._size / 1000
        x, y = self._at(0, 0)
        end, _ = self._at(width, 0)
        self.ink.append(Ink("text", x, y, end, y + self._size * 0.7, str(text)))

    def _at(self, x, y):
        matrix = _times(self._line, self._ctm)
        return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]

    def _re(self, x, y, width, height):
        self._box("rect", float(x), float(y), float(x) + float(width), float(y) + float(height))

    def _m(self, x, y):
        self._points = [(float(x), float(y))]

    def _l(self, x, y):
        self._points.append((float(x), float(y)))
        (x0, y0), (x1, y1) = self._points[-2:]
        self._box("line", min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _box(self, what, x0, y0, x1, y1):
        c = self._ctm
        a, b = (x0 * c[0] + c[4], y0 * c[3] + c[5]), (x1 * c[0] + c[4], y1 * c[3] + c[5])
        (left, right), (low, high) = sorted((a[0], b[0])), sorted((a[1], b[1]))
        self.ink.append(Ink(what, left, low, right, high))
