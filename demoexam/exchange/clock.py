"""Hours and durations as people type them: «с 9.00 до 14.30», «9-00», «9⁰⁰», «2 ч 30 мин»."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from demoexam.exchange.cells import Value, as_text
from demoexam.rules.identity import clean
from demoexam.text import fold

_HOURS: Final = r"(?<![\d:.,;_])([01]?\d|2[0-3])"
_CLOCK: Final = rf"{_HOURS}(?:\s?[:.;,_-]\s?|\s?ч[а-я]*\.?\s?)([0-5]\d)(?!\d)(?:\s?мин\w*\.?)?"
_ANY: Final = rf"(?:{_CLOCK}|{_HOURS}(?:\s?ч[а-я]*\.?)?(?![\d:.,_-]*\d))"
_TO: Final = r"(?::\d\d)?\s?(?:ч[а-я]*\.?)?\s*(?:[-–—−/]|до|по)+\s*(?:в\s)?"
_TIME: Final = re.compile(_CLOCK)
_BEGINS: Final = re.compile(rf"начал\w*(?:\s(?:дэ|гиа|экз\w*))?[\s:–—-]*(?:в|с)?\s*{_CLOCK}")
_BEGINS_AFTER: Final = re.compile(rf"{_CLOCK}\s*(?:ч\w*\.?)?\s*[–—(-]*\s*начал")
_RANGE: Final = re.compile(rf"{_CLOCK}{_TO}{_CLOCK}")
_TWO: Final = re.compile(rf"(?:с\s)?{_CLOCK}\s(?:до\s)?{_CLOCK}(?:\sч\w*\.?)?")
_BARE_RANGE: Final = re.compile(rf"(?:с\s)?\s*{_ANY}{_TO}{_ANY}(?:\s?ч\w*\.?)?")
_BARE_HOURS: Final = re.compile(rf"(?:с\s)?{_HOURS}\s?[-–—/]\s?([01]?\d|2[0-3])")
_SPACED: Final = re.compile(r"(?:в\s|с\s)?([01]?\d|2[0-3])\s?([0-5][05])(?:\s?ч\w*\.?)?")
_HOUR: Final = re.compile(rf"(?:^|\b[вс]\s*){_HOURS}(?:\s?ч[а-я]*\.?)?(?:$|\sутра)|{_HOURS}\s?ч")
_SMALL: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SMALL_MINUTES: Final = re.compile(r"(?<=\d)([⁰¹²³⁴⁵⁶⁷⁸⁹]{2})")
_DAYS: Final = re.compile(
    r"(?<!\d)(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}\s?([./-])\s?\d{1,2}\s?\2\s?\d{2,4})(?!\d)"
)
_SHORT_DAY: Final = re.compile(r"(?<![\d:])\d{1,2}\.(?:0?[1-9]|1[0-2])(?![\d:])\.?")
_WORDY_DAY: Final = re.compile(r".*[а-я]{3,}\s*(?:\d{4})?\s*(?:г(?:ода?|\.)?)?")
_UNENDED: Final = re.compile(r"(?:[-–—,]|\b(?:и|по|до))\s*$")
_LONGEST: Final = 300  # letters of a cell that tells hours
_MINUTES_A_DAY: Final = 24 * 60


def read_times(value: Value) -> tuple[time | None, time | None]:
    """Start and, if written, end: «9:00», «9.00», «08-30», «с 09:00 до 13:00».

    An end before its start is told as it is written.
    """
    if (exact := _exact_minutes(value)) is not None:
        return time(exact // 60 % 24, exact % 60), None
    if isinstance(value, date):  # a date without a time of day
        return None, None
    if isinstance(value, str) and len(value) > _LONGEST:
        return None, None
    written = _SMALL_MINUTES.sub(r":\1", as_text(value)).translate(_SMALL)
    text = fold(clean(written))
    if any(letter.isdigit() for letter in text[8:]):
        text = _DAYS.sub(" ", text)  # a day before the hours
    return _times_in(text.strip())


def _times_in(text: str) -> tuple[time | None, time | None]:
    begins = (_BEGINS.search(text) or _BEGINS_AFTER.search(text)) if "начал" in text else None
    if both := _RANGE.match(text, begins.start(1)) if begins else _range_in(text):
        return _both(both)
    if one := begins or _TIME.search(text):
        return time(int(one[1]), int(one[2])), None
    if spaced := _SPACED.fullmatch(text):
        return time(int(spaced[1]), int(spaced[2])), None
    hour = _HOUR.search(text)
    return (time(int(hour[1] or hour[2])) if hour else None), None


def _range_in(text: str) -> re.Match[str] | None:
    found = _BARE_HOURS.fullmatch(text)
    if found and int(found[1]) < int(found[2]):
        return found
    return _RANGE.search(text) or _TWO.fullmatch(text) or _BARE_RANGE.fullmatch(text)


def _both(found: re.Match[str]) -> tuple[time, time]:
    """Two clocks, each with minutes or of whole hours."""
    told = found.groups()
    half = len(told) // 2
    return _clock(*told[:half]), _clock(*told[half:])


def _clock(hours: str | None, minutes: str | None = None, whole: str | None = None) -> time:
    return time(int(hours or whole or 0), int(minutes or 0))


def times_beside_day(value: Value) -> tuple[time | None, time | None]:
    """The hours that a cell of a day tells beside it: «08.06 9:00», «8 июня, с 9.00 до 13.00»."""
    if isinstance(value, datetime):
        return read_times(value)
    if not isinstance(value, str) or len(value) > _LONGEST or value.isdecimal():
        return None, None
    text = fold(clean(value))
    rest = _DAYS.sub(" ", text)
    if ":" in text:
        rest = _SHORT_DAY.sub(" ", rest)
    else:
        rest = _WORDY_DAY.sub("", rest)
        if rest == text or _UNENDED.search(rest):
            return None, None
    clocks = _TIME.search(rest) or re.search(r"\d\s?ч", rest)
    return _times_in(rest.strip(" ,;()")) if clocks and _is_clock(rest) else (None, None)


def _is_clock(text: str) -> bool:
    """Whether the digits can be no days: a colon, the word for hours, whole tens of minutes."""
    return ":" in text or "ч" in text or bool(re.search(r"\d[.-][0-5]0(?!\d)", text))


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
    text = fold(clean(as_text(value)[:_LONGEST]))
    if clock := re.match(r"(\d{1,2}):(\d{2})", text):
        return int(clock[1]) * 60 + int(clock[2])
    hours = re.search(r"(\d+(?:[.,]\d+)?)\s*(?:астр\w*\.?\s*|полн\w*\s+)?(?:ч|час)", text)
    minutes = re.search(r"(\d+)\s*м", text)
    if not hours and not minutes:
        return None
    whole = float(hours[1].replace(",", ".")) * 60 if hours else 0
    return round(whole) + (int(minutes[1]) if minutes else 0)
