"""Cells that tell several things: a name with a place of work, a certificate with its term."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from demoexam.exchange.cells import Value, as_text
from demoexam.exchange.dates import read_date
from demoexam.rules.full_names import is_given_name, is_patronymic, read_full_name

_ASIDE: Final = re.compile(r"([^\d,;(\n]+?)\s*(?:[,;\n(]|\s[-–—]\s)\s*(.*\w.*)", re.DOTALL)
_LEAST_WITH_DAY: Final = 8
_SPAN: Final = re.compile(r"([1-9])(?:\.0)?(?:\s*(?:год\w*|лет|г\.?))?")
_LONGEST_SPAN: Final = 8
_LEADING_NUMBER: Final = re.compile(r"^\d{1,3}(?:[.)]\s*|\s+)")
_BORN: Final = re.compile(
    r"(?:\b(?:дата рождения|д\.\s?р\.?|р\.|род\w*\.?)[\s:]*)?"
    r"\b(\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|(?:19|20)\d\d(?=\s*г))"
    r"(?:\s*(?:года? рождения|г\.?\s?р\b\.?|г\.))?",
    re.IGNORECASE,
)
_CONTACT: Final = re.compile(
    r"[,;\s(]*(?:\bтел\w*[.:\s]*)?(?:\+7|\b[78])[\s(-]*\d{3}(?:[\s)-]*\d){7}\b\)?|[^\s,;(]+@[^\s,;)]+",
    re.IGNORECASE,
)
_BIRTH_ENDS: Final = frozenset("0123456789.рРя)")
_MARKS: Final = re.compile(r"[\s,;(](?:(?<=[\n,;(])|[-–—]\s)")
_DAY: Final = re.compile(
    r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\s+[а-яё]{3,8}\s+\d{4}", re.IGNORECASE
)
_BEFORE_DAY: Final = re.compile(
    r"[\s,;(]*(?:(?:дата|выдан\w*|срок\w*|действ\w*|годен|годн\w*|от|до|по|с)\b[\s.:]*)*$",
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(r"\b(?:до|по|годен|годн\w*)\b[\s.:]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Certificate:
    """What one cell says of a certificate."""

    number: str = ""
    issued: date | None = None
    until: date | None = None


_NONE: Final = Certificate()


@lru_cache(maxsize=4096)  # a long list repeats its terms
def read_certificate(text: str, today: date, *, alone: bool = True) -> Certificate:
    """«№ 0012 от 12.03.2024 до 12.03.2026» in its parts; a number `alone` is all of the text.

    Without `alone` the cell is one of terms, where a number may stand before the days.
    """
    if not text or (not alone and text[:2].isdecimal() and _DAY.match(text)):
        return _NONE
    bare = text.strip("-–— ")
    days = [*_DAY.finditer(bare)] if len(bare) >= _LEAST_WITH_DAY else []
    if not days:
        is_number = alone and any(map(str.isdigit, bare))  # «есть», «обучается»
        return Certificate(bare) if is_number else _NONE
    number = _BEFORE_DAY.sub("", bare[: days[0].start()]).strip(" ,;-–—")
    issued = until = None
    for position, found in enumerate(days):
        day = read_date(found[0], today=today).day
        if position or _UNTIL.search(bare[: found.start()]):
            until = until or day
        else:
            issued = day
    if not alone:
        return Certificate(number if any(map(str.isdigit, number)) else "")
    return Certificate(number, issued, until) if issued or until else Certificate(bare)


def read_span(value: Value) -> int:
    """For how many years something is valid: «2 года»; 0 for anything else."""
    if isinstance(value, date) or (isinstance(value, str) and len(value) > _LONGEST_SPAN):
        return 0
    found = _SPAN.fullmatch(as_text(value).strip())
    return int(found[1]) if found else 0


def years_later(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def split_person(text: str) -> tuple[str, str]:
    """«Иванов И. И. (ООО «Завод»)» as the name and what is said beside it."""
    if text[:1].isdecimal():
        text = _LEADING_NUMBER.sub("", text)
    if not _MARKS.search(text):
        return _split_bare_birth(text) if text[-1:] in _BIRTH_ENDS else (text, "")
    found = _ASIDE.fullmatch(text.strip())
    if found is None or not is_whole_name(found[1]):
        return text, ""
    aside = found[2].strip(" ,;")
    if aside.endswith(")") and aside.count(")") > aside.count("("):
        aside = aside[:-1]
    return found[1], aside


def split_contacts(aside: str) -> tuple[str, str]:
    """What is said beside a name, without numbers to dial and addresses, and these."""
    contacts = [found[0] for found in _CONTACT.finditer(aside)]
    return _CONTACT.sub("", aside).strip(" ,;()\n") if contacts else aside, "\n".join(contacts)


def split_birth(aside: str) -> tuple[str, str]:
    """What is said beside a name, without the day of birth, and that day."""
    found = _BORN.search(aside)
    if found is None:
        return aside, ""
    rest = f"{aside[: found.start()]}\n{aside[found.end() :]}"
    return rest.strip(" ,;()\n"), found[1]


def _split_bare_birth(text: str) -> tuple[str, str]:
    """«Иванов Иван Иванович 12.03.1980» in its parts."""
    found = _BORN.search(text)
    if found is None or not is_whole_name(text[: found.start()].strip()):
        return text, ""
    return text[: found.start()].strip(), text[found.start() :]


def is_whole_name(text: str) -> bool:
    """A last name with something more that only names have."""
    words = text.split()
    name = read_full_name(text).name if len(words) > 1 else None
    if name is None or not name.first:
        return False
    return name.is_short or any(is_patronymic(word) or is_given_name(word) for word in words)
