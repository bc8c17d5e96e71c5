"""What one cell means: a number, a duration, yes or no, codes of specialties and kits, a level."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from demoexam.exchange.cells import Value, as_text
from demoexam.exchange.clock import read_clock_duration
from demoexam.exchange.specialties import Specialties
from demoexam.rules.identity import clean, clean_lines, fold_key
from demoexam.rules.terms import ExamLevel, OrganizationKind
from demoexam.text import fold

_NUMBER: Final = re.compile(r"-?\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?")
_SPECIALTY: Final = re.compile(r"(?<![\d.])(\d{2})\s?[.,]\s?(\d{2})\s?[.,]\s?(\d{2})(?![\d.]\d)")
_KIT: Final = re.compile(r"(\d{2})[.,](\d{2})[.,](\d{2})\s?[-–—]\s?(\d{1,2})\s?[-–—]\s?(20\d{2})")
_YES_WORDS: Final = """
    да д + ++ v х x 1 есть имеется является относится true истина верно yes y ok √ ✓ ✔ ✅ ☑ рд р
"""
_YES: Final = frozenset(_YES_WORDS.split())
_NO_WORDS: Final = """
    нет н - -- – — 0 отсутствует false ложь no n ☐ ✗ ✘ × оо поо
"""
_NO: Final = frozenset(_NO_WORDS.split())
_EMPLOYER: Final = re.compile(r"работодател|предприяти|производств|индустри|бизнес|компани")
_TEACHER: Final = re.compile(
    r"колледж|техникум|образоват|преподават|педагог|\bвуз\b|университет|институт|училищ|учебн"
    r"|\bп?оо\b|\bпоу\b|\bспо\b"
)
_ORG_KINDS: Final = (
    (OrganizationKind.UNIVERSITY, re.compile(r"\bвуз|университет|институт|высш")),
    (
        OrganizationKind.COLLEGE,
        re.compile(
            r"колледж|техникум|\bп?оо\b|\bпоу\b|образоват|учебн|училищ|\bспо\b|педагог|преподават"
        ),
    ),
    (
        OrganizationKind.EMPLOYER,
        re.compile(r"работодат|предприят|производств|индустри|бизнес|коммерч|компани|\bрд\b"),
    ),
    (OrganizationKind.OTHER, re.compile(r"^(?:иное|иная|прочее|другое|прочая|другая)$")),
)
_LEVELS: Final = (
    (ExamLevel.BASIC, re.compile(r"\bбу\b|базов")),
    (ExamLevel.PROFILE, re.compile(r"\bпу\b|профил|\bпроф\b")),
    (ExamLevel.INTERIM, re.compile(r"\bпа\b|промежут")),
)
_SHORTEST_WORD: Final = 3
_SIDES: Final = (  # cut short: «раб.», «обр.»
    (True, ("работодатель", "предприятие", "производство")),
    (False, ("образовательная", "колледж", "преподаватель", "педагог", "техникум", "учебное")),
)
_MOST_HOURS: Final = 12
_LARGEST: Final = 10**15
_LONGEST_NUMBER: Final = 20  # characters
_SHORTEST_YEAR: Final = 100
_FIRST_YEAR: Final = 1940
_OF_YEARS: Final = re.compile(r"год|лет|\bг\b", re.IGNORECASE)


def read_minutes(value: Value) -> int | None:
    """A duration in minutes; a bare number up to twelve is hours, more is minutes."""
    clock = read_clock_duration(value)
    if clock is not None:
        return clock
    number = read_number(value)
    if number is None or number <= 0:
        return None
    return round(number * 60) if number <= _MOST_HOURS else round(number)


def read_number(value: Value) -> float | None:
    """The first number of the cell."""
    if isinstance(value, bool) or value is None or value == "":
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < _LARGEST else None
    found = _NUMBER.search(clean(as_text(value)))
    if found is None or len(found[0]) > _LONGEST_NUMBER:
        return None
    return float(re.sub(r"[ \u00a0]", "", found[0]).replace(",", "."))


def read_count(value: Value) -> int | None:
    """A whole number that is not negative."""
    number = read_number(value)
    return int(number) if number is not None and number >= 0 else None


@lru_cache(maxsize=1024, typed=True)  # 1, 1.0 and True are told in different words
def read_flag(value: Value) -> tuple[bool | None, str]:
    """Yes, no or nothing said, and a problem if it is neither."""
    text = fold(clean(as_text(value))).rstrip(".!")
    if not text:
        return None, ""
    if text in _YES or text.startswith("да"):
        return True, ""
    if text in _NO or text.startswith(("нет", "не ")) or _TEACHER.search(text):
        return False, ""
    if _EMPLOYER.search(text):
        return True, ""
    short = len(text) >= _SHORTEST_WORD
    sides = {side for side, words in _SIDES if short and any(w.startswith(text) for w in words)}
    return (sides.pop(), "") if len(sides) == 1 else (None, "flag_unclear")


def read_org_kind(text: str) -> OrganizationKind | None:
    """The kind of organization that a cell of such a column tells."""
    folded = fold(clean(text)).strip(" .") if text else ""
    if not folded:
        return None
    return next((kind for kind, words in _ORG_KINDS if words.search(folded)), None)


def read_kit_codes(value: Value) -> tuple[str, ...]:
    """Codes NN.NN.NN-K-YYYY in the cell."""
    return _kits_in(as_text(value))


@lru_cache(maxsize=8192)
def _kits_in(text: str) -> tuple[str, ...]:
    found = _KIT.findall(clean_lines(text))
    return _unique(f"{a}.{b}.{c}-{int(number)}-{year}" for a, b, c, number, year in found)


def read_specialty_codes(
    value: Value, known: Collection[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Specialty codes, and those that do not exist; a date made of a code is turned back."""
    if isinstance(value, date):
        codes: tuple[str, ...] = (f"{value.day:02}.{value.month:02}.{value.year % 100:02}",)
    else:
        text = as_text(value)
        codes = _specialties_in(text) or _titled(text, known)
    unknown = [code for code in codes if code not in known] if known else ()
    if not unknown:
        return codes, ()
    return tuple(code for code in codes if code not in unknown), tuple(unknown)


def _titled(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The specialties called by their titles, one in a line or after a semicolon."""
    if not text or not isinstance(known, Specialties):
        return ()
    return _unique(filter(None, map(known.titled, re.split(r"[;\n]", text))))


@lru_cache(maxsize=8192)
def _specialties_in(text: str) -> tuple[str, ...]:
    cleaned = clean_lines(text)
    if day := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?: 00:00:00)?", cleaned):
        cleaned = f"{day[3]}.{day[2]}.{day[1][2:]}"
    return _unique(".".join(parts) for parts in _SPECIALTY.findall(cleaned))


def read_years(value: Value, year: int) -> int | None:
    """How many whole years; «с 2015 г.» is told by the `year` that it is now."""
    number = read_count(value)
    if number is None or number < _SHORTEST_YEAR:
        months = isinstance(value, str) and "мес" in value and not _OF_YEARS.search(value)
        return 0 if months else number
    return year - number if _FIRST_YEAR <= number <= year else None


def read_level(value: Value) -> ExamLevel | None:
    text = fold_key(as_text(value))
    return next((level for level, mark in _LEVELS if mark.search(text)), None)


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
