"""Events of an iCalendar file (RFC 5545) as days on which somebody cannot come."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from demoexam.exchange.availability_files import AbsenceRow, period_problem
from demoexam.exchange.failures import FileDamaged, FileInUse, FileMissing, FileTooHeavy
from demoexam.progress import Progress
from demoexam.rules.identity import clean

MOST_BYTES: Final = 1_000_000
MOST_EVENTS: Final = 4_000
MOST_OCCURRENCES: Final = 5_000
_AHEAD: Final = timedelta(days=550)  # repeated events are followed so far
_LONG_AGO: Final = timedelta(days=3660)  # a series that began earlier is not followed
_WORK: Final = 400_000  # days that all series together may walk through
_SHORT: Final = timedelta(hours=4)  # an event of part of a day is a wish, not a ban
_ONE_DAY: Final = timedelta(days=1)
_SUFFIXES: Final = frozenset({".ics", ".ical", ".icalendar", ".ifb"})
_SEPARATORS: Final = re.compile(r"\s*(?:[—–:;,()/|]|\s-\s)\s*")
_MOST_APART: Final = 1_000  # days or weeks between two repetitions
_WEEKDAYS: Final = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_KEPT_PARTS: Final = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"})


class Span(NamedTuple):
    """When an event is, and whether it takes whole days."""

    start: datetime
    end: datetime
    whole: bool


def is_calendar(path: Path) -> bool:
    """By its name or by its first bytes."""
    if path.suffix.lower() in _SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf\r\n ").upper().startswith(b"BEGIN:VCAL")
    except OSError:
        return False


def read_events(path: Path, today: date, progress: Progress | None = None) -> list[AbsenceRow]:
    """Days of events that are not over; days of one event that follow each other are joined."""
    calendars = _parsed(path)
    rows: list[AbsenceRow] = []
    reader = _Reader(path.name, today, progress or Progress())
    for calendar in calendars:
        rows += reader.rows(calendar)
    return rows


def _parsed(path: Path) -> Sequence[Any]:
    from icalendar import Calendar

    content = _content(path)
    try:
        found = Calendar.from_ical(content, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as broken:
        raise FileDamaged(name=path.name) from broken
    return list(found)


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileTooHeavy(name=path.name, what="календарь больше 1 МБ")
        content = path.read_bytes()
    except FileNotFoundError as absent:
        raise FileMissing(name=path.name) from absent
    except OSError as refused:
        raise FileInUse(name=path.name) from refused
    for encoding in ("utf-8-sig", "cp1251"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise FileDamaged(name=path.name)


class _Reader:
    """Goes through the calendars of one file; what all of them may cost together is limited."""

    def __init__(self, name: str, today: date, progress: Progress) -> None:
        self._name, self._today, self._progress = name, today, progress
        self._first = datetime.combine(today, time())
        self._last = self._first + _AHEAD
        self._work, self._left, self._events = _WORK, MOST_OCCURRENCES, 0

    def rows(self, calendar: Any) -> Iterator[AbsenceRow]:
        """Cancelled events are left out; one marked as free time is a wish."""
        owner = clean(str(calendar.get("X-WR-CALNAME", "")))
        events = list(calendar.walk("VEVENT"))
        moved = {(_uid(one), when) for one in events if (when := _replaced(one)) is not None}
        for event in events:
            self._count()
            if str(event.get("STATUS", "")).upper() == "CANCELLED":
                continue
            yield from self._event_rows(event, owner, moved)

    def _count(self) -> None:
        self._progress.check()
        self._events += 1
        if self._events > MOST_EVENTS:
            raise self._too_heavy()

    def _too_heavy(self) -> FileTooHeavy:
        return FileTooHeavy(name=self._name, what="в календаре слишком много событий")

    def _event_rows(
        self, event: Any, owner: str, moved: set[tuple[str, datetime]]
    ) -> Iterator[AbsenceRow]:
        texts, emails, reason = _who(event, owner)
        row = AbsenceRow(f"событие {self._events}", texts, reason=reason, emails=emails)
        span = _span(event)
        if span is None:
            yield replace(row, problem="не разобрать дни")
            return
        soft = _is_soft(event, span)
        uid = _uid(event)
        starts = [
            start
            for start in self._starts(event, span)
            if _replaced(event) is not None or (uid, start) not in moved
        ]
        for first, last in _joined(_days(start, span) for start in starts):
            problem = period_problem(first, last)
            yield replace(row, from_day=first, to_day=last, soft=soft, problem=problem)

    def _starts(self, event: Any, span: Span) -> Iterator[datetime]:
        """Starts of the event and of its repetitions that are not over today."""
        length = span.end - span.start
        skipped = set(_excluded(event))
        for start in self._repeated(event, span):
            if start + length > self._first and start not in skipped:
                self._left -= 1
                if self._left < 0:
                    raise self._too_heavy()
                yield start

    def _repeated(self, event: Any, span: Span) -> Iterator[datetime]:
        rule = _read(event, "RRULE")
        if rule is None:
            yield span.start
            return
        if isinstance(rule, list) or not _is_followed(rule):
            yield span.start
            return
        if self._first - span.start > _LONG_AGO:
            return
        self._work -= max((self._last - span.start).days, 0)
        if self._work < 0:
            raise self._too_heavy()
        yield from _series(rule, span.start, self._last)


def _is_followed(rule: Any) -> bool:
    """Only series by days and weeks: what else repeats is taken once."""
    frequency = [str(word).upper() for word in rule.get("FREQ", ())]
    return frequency in (["DAILY"], ["WEEKLY"]) and {key.upper() for key in rule} <= _KEPT_PARTS


def _series(rule: Any, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every repetition up to `end`.

    Weekdays of a series by days are looked at here: dateutil would go on to the year 9999 in
    search of a day that fits.
    """
    from dateutil import rrule

    weekly = str(rule["FREQ"][0]).upper() == "WEEKLY"
    names = [str(day).upper()[-2:] for day in rule.get("BYDAY", ())]
    weekdays = {_WEEKDAYS[name] for name in names if name in _WEEKDAYS} or set(range(7))
    until = [_local(moment).start for moment in rule.get("UNTIL", ())]
    repeated = rrule.rrule(
        rrule.WEEKLY if weekly else rrule.DAILY,
        dtstart=start,
        interval=min(max(_number(rule, "INTERVAL", 1), 1), _MOST_APART),
        byweekday=sorted(weekdays) if weekly and names else None,
        until=min([end, *(_end_of(moment, start) for moment in until)]),
    )
    fitting = (moment for moment in repeated if moment.weekday() in weekdays)
    return islice(fitting, _number(rule, "COUNT", 0) or None)


def _end_of(until: datetime, start: datetime) -> datetime:
    """A bare date includes its whole day."""
    return (
        until
        if until.time() != time()
        else until + timedelta(hours=start.hour, minutes=start.minute)
    )


def _number(rule: Any, key: str, usual: int) -> int:
    values = rule.get(key, ())
    is_one = len(values) == 1 and isinstance(values[0], int)
    return min(int(values[0]), MOST_OCCURRENCES) if is_one else usual


def _excluded(event: Any) -> Iterator[datetime]:
    given = _read(event, "EXDATE")
    for each in given if isinstance(given, list) else [given]:
        for moment in getattr(each, "dts", ()):
            yield _local(moment.dt).start


def _replaced(event: Any) -> datetime | None:
    """Which repetition of its series the event stands for."""
    moment = getattr(_read(event, "RECURRENCE-ID"), "dt", None)
    return None if moment is None else _local(moment).start


def _read(event: Any, name: str) -> Any:
    """The value; None for one that could not be understood."""
    from icalendar.prop import vBroken

    value = event.get(name)
    return None if isinstance(value, vBroken) else value


def _uid(event: Any) -> str:
    return str(event.get("UID", ""))


def _local(moment: date) -> Span:
    """The moment in the computer's own time, without a zone; a bare date is its midnight."""
    if not isinstance(moment, datetime):
        start = datetime.combine(moment, time())
        return Span(start, start + _ONE_DAY, whole=True)
    if moment.tzinfo is not None:
        with suppress(OverflowError, OSError, ValueError):
            moment = moment.astimezone()
    plain = moment.replace(tzinfo=None)
    return Span(plain, plain, whole=False)


def _span(event: Any) -> Span | None:
    """None for an event without a readable start, or one that ends before it begins."""
    begins = getattr(_read(event, "DTSTART"), "dt", None)
    ends = getattr(_read(event, "DTEND"), "dt", None)
    lasts = getattr(_read(event, "DURATION"), "dt", None)
    if not isinstance(begins, date):
        return None
    start = _local(begins)
    end = start.end
    with suppress(OverflowError):
        if isinstance(ends, date):
            end = _local(ends).start
        elif isinstance(lasts, timedelta):
            end = start.start + lasts
    return Span(start.start, max(end, start.end), start.whole) if end >= start.start else None


def _is_soft(event: Any, span: Span) -> bool:
    transparent = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    return transparent or (not span.whole and span.end - span.start < _SHORT)


def _days(start: datetime, span: Span) -> tuple[date, date]:
    """First and last day; an end at midnight does not take the day it begins."""
    length = max(span.end - span.start - timedelta(microseconds=1), timedelta())
    return start.date(), (start + length).date()


def _joined(periods: Iterator[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """Periods in order of time; those that touch become one."""
    here: tuple[date, date] | None = None
    for first, last in sorted(periods):
        if here is not None and first <= here[1] + _ONE_DAY:
            here = here[0], max(here[1], last)
            continue
        if here is not None:
            yield here
        here = first, last
    if here is not None:
        yield here


def _who(event: Any, owner: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Texts that may hold the name, surest first; addresses; and what the event is."""
    summary = clean(str(event.get("SUMMARY", "")))[:200]
    texts: list[str] = []
    emails: list[str] = []
    for kind in ("ATTENDEE", "ORGANIZER"):
        given = _read(event, kind)
        for person in given if isinstance(given, list) else [given] if given is not None else []:
            texts.append(clean(str(getattr(person, "params", {}).get("CN", ""))))
            emails.append(str(person).casefold().removeprefix("mailto:").strip())
    texts += [summary, *_SEPARATORS.split(summary), owner]
    return tuple(dict.fromkeys(filter(None, texts))), tuple(filter(None, emails)), summary
