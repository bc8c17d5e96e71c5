"""Dates as people type them: «04-05.06.2026», «8, 9 и 10 июня», «2 июня 2026 г.», 46170."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from demoexam.exchange.cells import Value, as_text
from demoexam.rules.identity import clean
from demoexam.text import fold

_EXCEL_EPOCH: Final = date(1899, 12, 30)
_SERIALS: Final = range(10_000, 80_000)  # 1927-2119
_MONTHS: Final = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_NUMERIC: Final = re.compile(r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)")
_ISO: Final = re.compile(r"(?<!\d)(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?!\d)")
_WORDY: Final = re.compile(
    r"(?<!\d)(\d{1,2})(?:-?(?:е|го))?\.?\s*([а-я]{3,8})\.?(?:\s*(\d{4}|\d{2})(?![\d:.]))?"
)
_COMMAS: Final = re.compile(r"(?<![\d.,])(\d{1,2}),(\d{1,2}),(\d{4})(?!\d)")
_ROMAN: Final = re.compile(r"(?<!\d)(\d{1,2})[\s./-]+([ivx]{1,4})[\s./-]+(\d{4})(?!\d)")
_ROMANS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_COMPACT: Final = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)")
_MONTH_FIRST: Final = re.compile(r"^([а-я]{3,8})[\s,]+(\d{1,2})$")
_AND: Final = r"\s*(?:[-–—,]|и|по|до)\s*(?:с\s+)?"
_ONE: Final = r"\d{1,2}(?:[./]\d{1,2})?(?:\.?\s?г)?\.?"
_LISTED: Final = re.compile(  # «8, 9 и» of «8, 9 и 10 июня»: days, and the month of the last one
    rf"(?<![\d.])((?:{_ONE}{_AND})+)\d{{1,2}}(?:[./](\d{{1,2}})[./]\d|(?:-?(?:е|го))?\s*([а-я]{{3,8}}))"
)
_DAY: Final = re.compile(r"(\d{1,2})(?:[./](\d{1,2}))?")
_SHORT_DAYS: Final = re.compile(
    rf"(?:[а-я]{{2,11}}[.,]?\s*)?(?:с\s*)?((?:{_ONE}{_AND})*)(\d{{1,2}})\.(\d\d)\.?"
    r"(?:\s*\(?[а-я]{2,11}\)?)?"
)
_CLOCK: Final = re.compile(r"[\s,(]*(?:[вс]\s*)?\d{1,2}:\d\d.*$")
FOREVER: Final = re.compile(r"бессроч|без срока|не огранич", re.IGNORECASE)


@dataclass(frozen=True)
class DateReading:
    """A day, or the first and last of several; `problem` when it was no date."""

    day: date | None = None
    last: date | None = None
    problem: str = ""


@lru_cache(maxsize=8192, typed=True)  # the days of a list repeat; 1, 1.0 and True differ
def read_date(value: Value, *, today: date, birth: bool = False, year: int = 0) -> DateReading:
    """A date typed in any usual way; `year` completes one written without it.

    A two-digit year of birth is never in the future; of anything else it is 20xx.
    """
    if isinstance(value, date) or not as_text(value).strip("-–—… .?\n"):
        return _checked(_plain_day(value), today, birth=birth)
    if serial := _serial(value):
        return _checked(serial, today, birth=birth)
    try:
        days = _dates_in(fold(clean(as_text(value))), today, birth=birth, year=year)
    except ValueError:
        days = []
    if not days:
        return DateReading(problem="date_impossible")
    reading = _checked(min(days), today, birth=birth)
    return DateReading(reading.day, max(days)) if reading.day else reading


@lru_cache(maxsize=8192, typed=True)
def read_term(value: Value, today: date, birth: bool = False) -> DateReading:
    """The day of a cell that may also say that there will never be one."""
    if isinstance(value, str) and FOREVER.search(value):
        return DateReading()
    return read_date(value, today=today, birth=birth)


def _plain_day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _serial(value: Value) -> date | None:
    """The day that a number of days since Excel's epoch means."""
    text = as_text(value).strip()
    number = re.fullmatch(r"(\d{5})(?:\.\d+)?", text)
    if number is None or int(number[1]) not in _SERIALS:
        return None
    return _EXCEL_EPOCH + timedelta(days=int(number[1]))


def _checked(day: date | None, today: date, *, birth: bool) -> DateReading:
    if birth and day is not None and day > today:
        return DateReading(problem="birth_in_future")
    return DateReading(day, day)


def _dates_in(text: str, today: date, *, birth: bool, year: int) -> list[date]:
    """Every date of the text. Raises ValueError for a day that does not exist."""
    text = _plainer(text)
    found = [date(int(y), int(m), int(d)) for y, _, m, d in _ISO.findall(text)]
    rest = _ISO.sub(" ", text)
    for d, _, m, y in _NUMERIC.findall(rest):
        found.append(date(_full_year(y, today, birth=birth), int(m), int(d)))
    for word, d in _MONTH_FIRST.findall(rest) if year else ():
        if month := _month(word):
            return [date(year, month, int(d))]
    for d, word, y in _WORDY.findall(rest):
        if (month := _month(word)) and (y or year):
            found.append(date(_full_year(y or str(year), today, birth=birth), month, int(d)))
    if not found and year:
        return _days_of_year(rest, year)
    if not found:
        return []
    return [*found, *_listed_before(rest, found[0])]


def _listed_before(text: str, known: date) -> Iterator[date]:
    """The days that stand before a full one: «08.06, 09.06 и 10.06.2026», «с 8 по 10 июня»."""
    for days, month, word in _LISTED.findall(text):
        last = int(month or 0) or _month(word)
        for d, m in _DAY.findall(days) if last else ():
            yield date(known.year, int(m or last), int(d))


def _plainer(text: str) -> str:
    """«12,03,2006», «12.III.2006» and «20060312» with points and figures."""
    text = _COMMAS.sub(r"\1.\2.\3", text) if "," in text else text
    if (roman := _ROMAN.search(text)) and roman[2] in _ROMANS:
        month = _ROMANS.index(roman[2]) + 1
        return f"{text[: roman.start()]}{roman[1]}.{month}.{roman[3]}{text[roman.end() :]}"
    whole = _COMPACT.fullmatch(text)
    return f"{whole[1]}-{whole[2]}-{whole[3]}" if whole else text


def _days_of_year(text: str, year: int) -> list[date]:
    """«01.06», «пн, 01-02.06», «01.06-02.06»: days of a year told elsewhere."""
    short = _SHORT_DAYS.fullmatch(_CLOCK.sub("", text).strip())
    if short is None:
        return []
    last = date(year, int(short[3]), int(short[2]))
    return [*(date(year, int(m or short[3]), int(d)) for d, m in _DAY.findall(short[1])), last]


def _full_year(text: str, today: date, *, birth: bool) -> int:
    year = int(text)
    if year >= 100:  # noqa: PLR2004 -- written in full
        return year
    return 1900 + year if birth and 2000 + year > today.year else 2000 + year


def _month(word: str) -> int:
    return next((i for i, start in enumerate(_MONTHS, start=1) if word.startswith(start)), 0)
