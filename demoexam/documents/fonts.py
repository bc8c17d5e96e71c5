"""The faces papers are set in: registered once, measured often."""

from functools import cache, lru_cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from demoexam.settings import resources

SERIF, BOLD = "Serif", "Serif-Bold"
_FACES = {SERIF: "LiberationSerif-Regular.ttf", BOLD: "LiberationSerif-Bold.ttf"}
ASCENT, DESCENT = 0.891, 0.216  # of the size: Liberation Serif, as Times


@cache
def register_fonts() -> None:
    """Once a process: the fonts are embedded, since PDF's own know no Cyrillic."""
    rl_config.useA85 = 0  # streams as they are: their letters would cost most of the time
    folder = resources() / "fonts"
    for name, file in _FACES.items():
        pdfmetrics.registerFont(TTFont(name, folder / file))


@lru_cache(maxsize=2048)
def unit_width(words: str, font: str) -> float:
    """How wide `words` are at a size of one point."""
    register_fonts()
    return float(pdfmetrics.stringWidth(words, font, 1))


def knows(character: str, font: str = SERIF) -> bool:
    """Whether the face has a glyph of its own for it."""
    register_fonts()
    return ord(character) in pdfmetrics.getFont(font).face.charToGlyph
