"""The college's logo: a PNG proved chunk by chunk, for a store may hold anything."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_SIDE = 600  # pixels: at 22 mm far finer than a printer's dots
MOST_BYTES = 150 * 1024
COLOURS = {0: 1, 2: 3}  # kind of a PNG -> bytes a pixel: grey, and red green blue
FILTERS = 5
_HEAD = struct.Struct(">IIBBBBB")
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, eq=False)
class Logo:
    """Eight bits a colour, opaque; `pixels` are as the PNG packs them, which a PDF takes too."""

    width: int
    height: int
    colours: int
    pixels: bytes
    png: bytes  # without all that is no picture: names, dates, profiles


@lru_cache(maxsize=8)
def sound_logo(content: bytes) -> Logo | None:
    """None for nothing, for what is no picture, and for one that print does not take."""
    if not content or len(content) > MOST_BYTES:
        return None
    try:
        return _logo(content)
    except (ValueError, struct.error, zlib.error):
        return None


def _logo(content: bytes) -> Logo:
    chunks = list(_chunks(content))
    head, pixels = chunks[0][1], b"".join(data for name, data in chunks if name == b"IDAT")
    width, height, bits, kind, *ways = _HEAD.unpack(head)
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise ValueError("too large")
    if bits != 8 or kind not in COLOURS or any(ways):  # noqa: PLR2004 -- of a colour
        raise ValueError("another kind of PNG")
    _prove(pixels, 1 + width * COLOURS[kind], height)
    return Logo(width, height, COLOURS[kind], pixels, _packed(head, pixels))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The name and data of each chunk that makes the picture; the rest is passed over."""
    if not content.startswith(SIGNATURE):
        raise ValueError("no PNG")
    at, name = len(SIGNATURE), b""
    while name != b"IEND":
        (length,) = _LENGTH.unpack_from(content, at)
        name, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        (told,) = _LENGTH.unpack_from(content, at + 8 + length)
        if zlib.crc32(name + data) != told or (name == b"IHDR") != (at == len(SIGNATURE)):
            raise ValueError("a broken chunk")
        if name in {b"IHDR", b"IDAT", b"IEND"}:
            yield name, data
        elif not name[:1].islower():  # a capital letter: not to be understood without it
            raise ValueError("a strange chunk")
        at += 12 + length


def _prove(pixels: bytes, line: int, height: int) -> None:
    """No more is unpacked than the picture has room for."""
    unpacking = zlib.decompressobj()
    raw = unpacking.decompress(pixels, line * height + 1)
    if len(raw) != line * height or not unpacking.eof or unpacking.unused_data:
        raise ValueError("another size than told")
    if max(raw[::line]) >= FILTERS:
        raise ValueError("a strange filter")


def _packed(head: bytes, pixels: bytes) -> bytes:
    parts = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return SIGNATURE + b"".join(
        _LENGTH.pack(len(data)) + name + data + _LENGTH.pack(zlib.crc32(name + data))
        for name, data in parts
    )
