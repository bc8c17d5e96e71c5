"""The number of a paper as a QR code that a phone reads from the sheet."""

import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

# Any of the eight patterns is legal; to judge which is best takes 15 times as long as to draw it.
PATTERN = 0
PIXELS = 8  # of a side of a module in a picture: a byte of one bit each


@lru_cache(maxsize=64)
def qr_drawing(content: str, side: float) -> str:
    """Operators of black squares from the top left corner; runs leave no seams on paper."""
    modules = qr_modules(content)
    step = side / len(modules)
    squares = [
        f"{start} {at} {end - start} 1 re"
        for at, row in enumerate(modules)
        for start, end in _runs(row)
    ]
    return "\n".join([f"{step:.4f} 0 0 {-step:.4f} 0 0 cm", *squares, "f"])


def qr_modules(content: str) -> list[list[bool]]:
    """The square as rows from the top; True is dark."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(content)
    code.version = code.calculate_version()
    code.makeImpl(False, PATTERN)
    return [[bool(module) for module in row] for row in code.modules]


def _runs(modules: list[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for column, dark in enumerate([*modules, False]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, column
            start = None


@lru_cache(maxsize=64)
def qr_png(content: str) -> bytes:
    """The code as a small picture in black and white, for files that hold no drawings."""
    modules = qr_modules(content)
    side = len(modules) * PIXELS
    lines = [b"\0" + bytes(0x00 if dark else 0xFF for dark in row) for row in modules]
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)  # one bit a pixel, grey
    pixels = zlib.compress(b"".join(line * PIXELS for line in lines))
    chunks = (b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
