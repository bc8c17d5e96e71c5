"""Where the college's logo and lines stand above a paper: one plan for print and for Word."""

from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.units import mm

from demoexam.documents.form import Letterhead
from demoexam.documents.logo import Logo, sound_logo
from demoexam.documents.setting import set_text
from demoexam.documents.slab import Picture
from demoexam.documents.styles import COLLEGE, COLLEGE_SMALL, Style

HIGH, WIDE = 22 * mm, 30 * mm  # the most of a logo beside the lines
BANNER, BANNER_PART = 16 * mm, 0.7  # of a wide one above them: its height, its part of the line
BESIDE_GAP, ABOVE_GAP = 4 * mm, 2 * mm
STYLES = (COLLEGE_SMALL, COLLEGE_SMALL, COLLEGE, COLLEGE_SMALL)


@dataclass(frozen=True)
class CollegeHead:
    """`indent` is kept free on both sides of the lines, which stay in the middle of the sheet."""

    lines: tuple[tuple[str, Style], ...]
    picture: Picture | None = None
    indent: float = 0.0
    above: float = 0.0
    below: float = 0.0


@lru_cache(maxsize=64)
def college_head(college: Letterhead, width: float) -> CollegeHead:
    """A narrow logo stands left of the lines, a wide one above; what is no picture is left out."""
    said = zip(college.said_lines, STYLES, strict=True)
    lines = tuple((text, style) for text, style in said if text)
    logo = sound_logo(college.logo)
    if logo is None:
        return CollegeHead(lines)
    wide, tall = _fitted(logo, WIDE, HIGH)
    if not lines or tall < HIGH / 2:
        wide, tall = _fitted(logo, width * BANNER_PART, BANNER)
        picture = Picture((width - wide) / 2, 0, wide, tall, logo)
        return CollegeHead(lines, picture, above=tall + ABOVE_GAP)
    indent = wide + BESIDE_GAP
    room = width - 2 * indent
    spare = tall - sum(set_text(text, style, room).height for text, style in lines)
    picture = Picture(0, max(-spare / 2, 0), wide, tall, logo)
    return CollegeHead(lines, picture, indent, max(spare / 2, 0), max(spare / 2, 0))


def _fitted(logo: Logo, wide: float, tall: float) -> tuple[float, float]:
    scale = min(wide / logo.width, tall / logo.height)
    return logo.width * scale, logo.height * scale
