"""Texts of the head and footer that the college words itself: which of them can be printed."""

import unicodedata
from collections.abc import Collection

from demoexam.documents.blanks import blank_faults

LONGEST, LONGEST_WORD = 300, 100  # letters: a head must leave room for the paper


def wording_fault(text: str, known: Collection[str]) -> str:
    """Why the text cannot stand in a head or footer; empty when it can."""
    from demoexam.documents.fonts import knows

    if len(text) > LONGEST:
        return f"слишком длинно: {len(text)} знаков, а можно {LONGEST}"
    if any(len(word) > LONGEST_WORD for word in text.split()):
        return f"слово длиннее {LONGEST_WORD} букв: поставьте пробел"
    if faults := blank_faults(text, known):
        return faults[0]
    for sign in text:
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            return f"в тексте невидимый знак U+{ord(sign):04X}: сотрите его"
        if not knows(sign):
            return f"знака «{sign}» (U+{ord(sign):04X}) в шрифте бумаг нет: замените его"
    return ""
