"""Pictures as a college may choose them, and as nobody should take them."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def header(width, height, *, bits=8, kind=2, interlaced=0):
    told = (width, height, bits, kind, 0, 0, interlaced)
    return chunk(b"IHDR", struct.pack(">IIBBBBB", *told))


def packed(raw):
    return chunk(b"IDAT", zlib.compress(raw, 9))


END = chunk(b"IEND", b"")


def png(width, height, colour=(30, 90, 200), *, extra=b""):
    """A picture of one colour, or of one grey."""
    grey = isinstance(colour, int)
    line = b"\0" + (bytes([colour]) if grey else bytes(colour)) * width
    head = header(width, height, kind=0 if grey else 2)
    return SIGNATURE + head + extra + packed(line * height) + END


def _bomb():
    return SIGNATURE + header(600, 600) + packed(bytes(30_000_000)) + END


def _twice():
    whole = png(4, 4)
    return whole[:33] + header(600, 600) + whole[33:]


GOOD = png(4, 4)
RAW = (b"\0" + bytes(12)) * 4
HOSTILE = {
    "text": b"not a picture",
    "signature": SIGNATURE,
    "end first": SIGNATURE + END,
    "no pixels": SIGNATURE + header(4, 4) + END,
    "no end": GOOD[: -len(END)],
    "wrong sum": GOOD[:-20] + bytes([GOOD[-20] ^ 1]) + GOOD[-19:],
    "endless chunk": SIGNATURE + b"\xff\xff\xff\xffIHDR" + GOOD[16:],
    "bomb": _bomb(),
    "giant": SIGNATURE + header(100_000, 100_000) + packed(RAW) + END,
    "no width": SIGNATURE + header(0, 4) + packed(RAW) + END,
    "taller than told": SIGNATURE + header(4, 3) + packed(RAW) + END,
    "shorter than told": SIGNATURE + header(4, 5) + packed(RAW) + END,
    "two heads": _twice(),
    "palette": SIGNATURE + header(4, 4, kind=3) + packed((b"\0" + bytes(4)) * 4) + END,
    "transparent": SIGNATURE + header(4, 4, kind=6) + packed((b"\0" + bytes(16)) * 4) + END,
    "deep": SIGNATURE + header(4, 4, bits=16) + packed((b"\0" + bytes(24)) * 4) + END,
    "interlaced": SIGNATURE + header(4, 4, interlaced=1) + packed(RAW) + END,
    "strange filter": SIGNATURE + header(4, 4) + packed((b"\x09" + bytes(12)) * 4) + END,
    "strange chunk": SIGNATURE + header(4, 4) + chunk(b"EVIL", b"") + packed(RAW) + END,
    "no zlib": SIGNATURE + header(4, 4) + chunk(b"IDAT", b"rubbish") + END,
    "more behind the pixels": SIGNATURE
    + header(4, 4)
    + chunk(b"IDAT", zlib.compress(RAW) + b"more")
    + END,
    "too many bytes": GOOD[:33] + chunk(b"tEXt", bytes(200_000)) + GOOD[33:],
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
}
