"""Russian typography of a plain string: quotes, dashes, and the spaces that must not break."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from demoexam.text import MONTHS, NBSP

_MONTH = "|".join(MONTHS)
_PREPOSITIONS = "а|в|во|до|за|и|из|к|ко|на|не|о|об|от|по|с|со|у"
_UNITS = "%|мм|см|мин|ч|чел|шт|руб|г|балл[а-я]*"
_ABBREVIATIONS = "п|пп|ст|ч|г|ул|д|корп|каб|пос|рис|табл"

_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_STRAIGHT = re.compile(r'"([^"]*)"')
_NESTED = re.compile(r"«([^«»]*)«([^«»]*)»([^«»]*)»")
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r" [-—] ", f"{NBSP}— "),  # a dash hangs on the word before it
        (r" – ", f"{NBSP}– "),
        (r"(?<=\d)-(?=\d\d:)|(?<=:\d\d)-(?=\d)", "–"),  # 09:00–13:00; codes keep the hyphen
        (r"№ ?(?=[\d_])", f"№{NBSP}"),
        (rf"(?<!\w)({_ABBREVIATIONS})\. (?=[\dА-ЯЁ«])", rf"\1.{NBSP}"),
        (rf"(?<=\d) (?=(?:{_UNITS})(?!\w))", NBSP),
        (rf"(?<=\d) (?=(?:{_MONTH})\b)", NBSP),
        (rf"(?<!\w)({_MONTH}) (?=\d{{4}})", rf"\1{NBSP}"),
        (r"(?<=\d{4}) (?=г\.|год)", NBSP),
        (r"(?<!\w)([А-ЯЁ])\. ?(?=[А-ЯЁ]\.)", rf"\1.{NBSP}"),  # И. О.
        (r"(?<!\w)([А-ЯЁ])\. ?(?=[А-ЯЁ][а-яё])", rf"\1.{NBSP}"),  # О. Фамилия
        (r"(?<=[а-яё]) (?=[А-ЯЁ]\.(?:$|\W))", NBSP),  # Фамилия И.
        (r"(?<!\w)(КОД|КИМ) (?=\d)", rf"\1{NBSP}"),
        (rf"(?i)(?<![\w.-])({_PREPOSITIONS}) (?=\S)", rf"\1{NBSP}"),
    )
)


@lru_cache(maxsize=1024)
def typo(text: str) -> str:
    """`text` as a typesetter would set it; applying it twice changes nothing more."""
    text = unicodedata.normalize("NFC", text)  # a letter and its mark are one glyph of the face
    text = _INVISIBLE.sub("", _CONTROLS.sub(" ", text))  # each would print as a box
    text = _NESTED.sub(r"«\1„\2“\3»", _STRAIGHT.sub(_guillemets(), text))
    for pattern, into in _RULES:
        text = pattern.sub(into, text)
    return text


def _guillemets() -> Callable[[re.Match[str]], str]:
    """Straight quotes become «ёлочки»; inside given «ёлочки» they nest on the next rule."""
    return lambda found: f"«{found[1]}»"
