"""Texts of the head and footer that the college words itself: which of them can be printed."""

import unicodedata
from collections.abc import Collection

from demoexam.documents.blanks import blank_faults, blanks

LONGEST, LONGEST_WORD = 300, 100  # letters: a head must leave room for the paper
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def wording_fault(text: str, known: Collection[str]) -> str:
    """Why the text cannot stand in a head or footer; empty when it can."""
    if len(text) > LONGEST:
        return f"слишком длинно: {len(text)} знаков, а можно {LONGEST}"
    if any(len(word) > LONGEST_WORD for word in text.split()):
        return f"слово длиннее {LONGEST_WORD} букв: поставьте пробел"
    if faults := blank_faults(text, known):
        return faults[0]
    if twice := next((one for one in known if blanks(text).count(one) > 1), ""):
        return f"поле {{{twice}}} стоит дважды"
    hidden = next((one for one in text if unicodedata.category(one) in UNSEEN), "")
    return f"в тексте невидимый знак U+{ord(hidden):04X}: сотрите его" if hidden else ""


def letter_fault(text: str) -> str:
    """The first letter that would print as an empty box; it takes the papers' font to know."""
    from demoexam.documents.fonts import knows

    strange = next((one for one in text if not knows(one)), "")
    if not strange:
        return ""
    return f"знака «{strange}» (U+{ord(strange):04X}) в шрифте бумаг нет: замените его"
