"""The number of a document: which exam, which form and copy, which year, in the college's order."""

import re
from collections.abc import Iterable

from demoexam.documents.blanks import blank_faults, blanks, filled

USUAL = "{head}-{form}/{year}"  # 14-09/2026: ASCII, for a QR code that every reader knows
NAMES = ("head", "form", "year")
LONGEST = 40
_LITERALS = re.compile(r"[A-Za-z./_-]*")


def document_number(pattern: str, head: str, code: str, year: int, copy: int = 0) -> str:
    """14-09/2026 of form 3.9; 14-17-3/2026 is the third copy."""
    form = f"{_form(code)}{f'-{copy}' if copy else ''}"
    return filled(pattern, {"head": head, "form": form, "year": str(year)})


def pattern_fault(pattern: str) -> str:
    """Why numbers cannot be made and told apart by the pattern; empty when they can."""
    if faults := blank_faults(pattern, NAMES):
        return faults[0]
    if sorted(blanks(pattern)) != sorted(NAMES):
        return "каждое из полей {head}, {form}, {year} нужно ровно один раз"
    if "}{" in pattern:
        return "между полями нужен знак, например «-»"
    if not _LITERALS.fullmatch(re.sub(r"\{\w+\}", "", pattern)):
        return "кроме полей можно только латинские буквы и знаки - / . _"
    if len(pattern) > LONGEST:
        return f"слишком длинно: {len(pattern)} знаков, а можно {LONGEST}"
    return ""


def head_and_year(number: str, code: str, patterns: Iterable[str]) -> tuple[int, int] | None:
    """What the number of a form was made of, by the first of the patterns that it follows."""
    shapes = {
        "head": r"(?P<head>\d+)",
        "form": rf"{_form(code)}(?:-\d+)?",
        "year": r"(?P<year>\d{4})",
    }
    for pattern in patterns:
        shape = re.sub(r"\\\{(\w+)\\\}", lambda found: shapes[found[1]], re.escape(pattern))
        if told := re.fullmatch(shape, number, re.ASCII):
            return int(told["head"]), int(told["year"])
    return None


def _form(code: str) -> str:
    """09 of 3.9."""
    return f"{int(code.partition('.')[2]):02}"
