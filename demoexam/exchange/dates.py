"""Dates and times as people type them: «04-05.06.2026», «2 июня 2026 г.», 46170, «9.00»."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
    r"(?<!\d)(\d{1,2})(?:-?(?:е|го))?\s*([а-я]{3,8})\.?(?:\s*(\d{4}|\d{2})(?![\d:.]))?"
)
_MONTH_FIRST: Final = re.compile(r"^([а-я]{3,8})[\s,]+(\d{1,2})$")
_TO: Final = r"\s*(?:[-–—,]|и|по|до)\s*"
_MONTHS_BETWEEN: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}})[./](\d{{1,2}}){_TO}(?=\d{{1,2}}[./]\d{{1,2}}[./]\d)"
)
_DAYS_BETWEEN: Final = re.compile(
    rf"(?<![\d.])(\d{{1,2}}){_TO}(?=\d{{1,2}}(?:[./]\d{{1,2}}[./]\d|\s*[а-я]{{3}}))"
)
_SHORT_DAYS: Final = re.compile(
    rf"(?:[а-я]{{2,11}}[.,]?\s*)?(?:(?:с\s*)?(\d{{1,2}})(?:\.(\d\d))?{_TO})?(\d{{1,2}})\.(\d\d)\.?"
    r"(?:\s*\(?[а-я]{2,11}\)?)?"
)
_TIME: Final = re.compile(r"\b([01]?\d|2[0-3])\s?(?:[:.\-]\s?|ч[а-я]*\.?\s?)([0-5]\d)\b")
_TIME_RANGE: Final = re.compile(
    r"\b([01]?\d|2[0-3])[:.]([0-5]\d)(?::\d\d)?\s?(?:[-–—]|до)+\s?([01]?\d|2[0-3])[:.]([0-5]\d)"
)
_HOURS_RANGE: Final = re.compile(
    r"^(?:с\s)?\s*([01]?\d|2[0-3])(?:[:.-]([0-5]\d))?\s?(?:ч\w*\.?)?\s*(?:[-–—/]|до)+\s*"
    r"([01]?\d|2[0-3])(?:[:.-]([0-5]\d))?\s?(?:ч\w*\.?)?$"
)
_HOUR: Final = re.compile(r"\b([01]?\d|2[0-3])(?:\s?ч|$)")
FOREVER: Final = re.compile(r"бессроч|без срока|не огранич", re.IGNORECASE)
_MINUTES_A_DAY: Final = 24 * 60


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
    if several := _MONTHS_BETWEEN.search(rest):
        return [*found, date(found[0].year, int(several[2]), int(several[1]))]
    if one := _DAYS_BETWEEN.search(rest):
        return [*found, found[0].replace(day=int(one[1]))]
    return found


def _days_of_year(text: str, year: int) -> list[date]:
    """«01.06», «пн, 01-02.06», «01.06-02.06»: days of a year told elsewhere."""
    short = _SHORT_DAYS.fullmatch(text.strip())
    if short is None:
        return []
    last = date(year, int(short[4]), int(short[3]))
    if not short[1]:
        return [last]
    return [date(year, int(short[2] or short[4]), int(short[1])), last]


def _full_year(text: str, today: date, *, birth: bool) -> int:
    year = int(text)
    if year >= 100:  # noqa: PLR2004 -- written in full
        return year
    return 1900 + year if birth and 2000 + year > today.year else 2000 + year


def _month(word: str) -> int:
    return next((i for i, start in enumerate(_MONTHS, start=1) if word.startswith(start)), 0)


def read_times(value: Value) -> tuple[time | None, time | None]:
    """Start and, if written, end: «9:00», «9.00», «08-30», «с 09:00 до 13:00»."""
    if (exact := _exact_minutes(value)) is not None:
        return time(exact // 60 % 24, exact % 60), None
    if isinstance(value, date):  # a date without a time of day
        return None, None
    text = fold(clean(as_text(value)))
    if any(letter.isdigit() for letter in text[8:]):
        text = _NUMERIC.sub(" ", _ISO.sub(" ", text))  # a day before the hours
    if both := _TIME_RANGE.search(text) or _HOURS_RANGE.search(text):
        start, end = time(int(both[1]), int(both[2] or 0)), time(int(both[3]), int(both[4] or 0))
        if start < end:
            return start, end
    if one := _TIME.search(text):
        return time(int(one[1]), int(one[2])), None
    hour = _HOUR.search(text)
    return (time(int(hour[1])) if hour else None), None


def _exact_minutes(value: Value) -> int | None:
    """Minutes since midnight of a cell that holds a time or a duration, not a text."""
    if isinstance(value, timedelta):
        return round(value.total_seconds() / 60)
    if isinstance(value, datetime) and value.time() == time():
        return None
    if isinstance(value, datetime | time):
        return value.hour * 60 + value.minute
    if isinstance(value, float) and 0 < value < 1:
        return round(value * _MINUTES_A_DAY)
    return None


def read_clock_duration(value: Value) -> int | None:
    """Minutes of «2:30:00», «2 ч 30 мин», «150 мин» or of a time cell; None for a bare number."""
    if (exact := _exact_minutes(value)) is not None:
        return exact
    text = fold(clean(as_text(value)))
    if clock := re.match(r"(\d{1,2}):(\d{2})", text):
        return int(clock[1]) * 60 + int(clock[2])
    hours = re.search(r"(\d+(?:[.,]\d+)?)\s*(?:астр\w*\.?\s*|полн\w*\s+)?(?:ч|час)", text)
    minutes = re.search(r"(\d+)\s*м", text)
    if not hours and not minutes:
        return None
    whole = float(hours[1].replace(",", ".")) * 60 if hours else 0
    return round(whole) + (int(minutes[1]) if minutes else 0)
