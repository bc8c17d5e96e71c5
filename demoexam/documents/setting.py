"""Text set in lines no word of which is wider than its room."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from demoexam.documents.fonts import unit_width
from demoexam.documents.styles import SMALLEST, Style
from demoexam.documents.typo import typo
from demoexam.text import NBSP

SOFT_HYPHEN = "\u00ad"
SLACK = 1e-6


@dataclass(frozen=True, eq=False)
class Setting:
    """Lines as they stand: how far each is indented, and its words."""

    lines: tuple[tuple[float, str], ...]
    style: Style
    height: float

    def part(self, first: int, last: int | None = None) -> "Setting":
        lines = self.lines[first:last]
        return Setting(lines, self.style, len(lines) * self.style.leading)


@lru_cache(maxsize=1024)
def set_text(text: str, style: Style, room: float) -> Setting:
    """`text` in Russian typography; equal texts of equal room are set once.

    A unit held by no-break spaces parts at them, then a double name after its hyphen, then the
    text steps down to the smallest size; a word of 60 letters at last breaks inside.
    """
    plain = typo(text).strip(" ")
    if _fits(plain, style, room - style.indent):
        lines = [plain]
    else:
        parted, style = _fitted(plain, style, room)
        lines = broken(parted, style, room - style.indent, room)
    indents = [_indent(words, style, room, at) for at, words in enumerate(lines)]
    return Setting(tuple(zip(indents, lines, strict=True)), style, len(lines) * style.leading)


def _fits(text: str, style: Style, room: float) -> bool:
    simple = "\n" not in text and SOFT_HYPHEN not in text and "  " not in text
    return simple and unit_width(text, style.font) * style.size <= room


def _fitted(text: str, style: Style, room: float) -> tuple[str, Style]:
    """The text with the new breaks it needs, and the size at which its widest piece fits."""
    units = [part for unit in text.split(" ") for part in _parted(unit, style, room)]
    parted = " ".join(units)
    widest = max(unit_width(piece, style.font) for piece in _unbreakable(parted))
    if widest * style.size <= room:
        return parted, style
    size = max(SMALLEST, int(room / widest * 2) / 2)
    if size >= style.size:
        return parted, style
    return parted, replace(style, size=size, leading=size * style.leading / style.size)


def _parted(unit: str, style: Style, room: float) -> list[str]:
    """The pieces of a unit that is too wide; a piece ending in \\n starts a new line after it."""
    if max(unit_width(line, style.font) for line in unit.split("\n")) * style.size <= room:
        return [unit]
    if NBSP in unit:
        return [piece for word in unit.split(NBSP) for piece in _parted(word, style, room)]
    if re.search(r"\w-\w", unit):
        return [re.sub(r"(?<=\w)-(?=\w)", "-\n", unit, count=1)]
    return [unit]


def _unbreakable(text: str) -> list[str]:
    """Between spaces, new lines and soft hyphens (which then show)."""
    words = re.split(r"[ \n]", text.replace(SOFT_HYPHEN, f"{SOFT_HYPHEN} "))
    return [word.replace(SOFT_HYPHEN, "-") for word in words]


def _indent(words: str, style: Style, room: float, at: int) -> float:
    if style.align == "left":
        return style.indent if at == 0 else 0.0
    free = room - unit_width(words, style.font) * style.size
    return free if style.align == "right" else free / 2


def broken(text: str, style: Style, first: float, rest: float) -> list[str]:
    """`text` in lines of at most `first` points, then `rest`."""
    lines: list[str] = []
    for given in text.split("\n"):
        lines += _lines(given, style, first if not lines else rest, rest)
    return lines


def _lines(text: str, style: Style, room: float, rest: float) -> list[str]:
    lines: list[str] = []
    line = ""
    words = [word for word in text.split(" ") if word]
    words.reverse()
    while words:
        word = words.pop()
        longer = f"{line} {word}" if line else word
        if _width(longer, style) <= room + SLACK:
            line = longer
            continue
        head, tail = _hyphened(line, word, style, room)
        if tail:
            words.append(tail)
        if line or head or room < rest:  # a narrow first line may stay empty
            words += [] if head else [word]
            lines.append(_shown(head or line))
        else:
            cut = _most(word, style, room)
            lines.append(_shown(word[:cut]))
            words.append(word[cut:])
        line, room = "", rest
    return [*lines, _shown(line)] if line or not lines else lines


def _hyphened(line: str, word: str, style: Style, room: float) -> tuple[str, str]:
    """The line with as many syllables of `word` as fit, and what is left of the word."""
    syllables = word.split(SOFT_HYPHEN)
    for count in range(len(syllables) - 1, 0, -1):
        head = " ".join(filter(None, (line, f"{''.join(syllables[:count])}-")))
        if _width(head, style) <= room + SLACK:
            return head, SOFT_HYPHEN.join(syllables[count:])
    return "", ""


def _most(word: str, style: Style, room: float) -> int:
    """How many letters of `word` fit; at least one, or nothing would ever be set."""
    return max(
        1, bisect_right(range(1, len(word)), room, key=lambda count: _width(word[:count], style))
    )


def _width(words: str, style: Style) -> float:
    return unit_width(_shown(words), style.font) * style.size


def _shown(words: str) -> str:
    return words.replace(SOFT_HYPHEN, "")
