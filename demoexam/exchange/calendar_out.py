"""Events as an iCalendar file (RFC 5545) that other calendars take and, later, renew."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//DE-Coordinator//Exams//RU"
LINE = 75  # octets of a content line, its break not counted
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Event:
    """A happening; `starts` without hours is a whole day, as `ends` (inclusive) is.

    `uid` is the same in every file: a calendar that has the event takes the new one for it.
    Hours are the college's: they float, so no zone shifts them.
    """

    uid: str
    starts: date | datetime
    ends: date | datetime
    title: str
    text: str = ""
    place: str = ""
    category: str = ""
    busy: bool = True


def calendar_file(events: Iterable[Event], *, name: str, made_at: datetime) -> bytes:
    """The file's bytes; `made_at` (with a zone) tells an importing calendar which is newer."""
    if made_at.tzinfo is None:
        raise ValueError(made_at)
    head = (
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}",
    )  # fmt: skip
    lines = [*head, *(line for event in events for line in _lines(event, made_at))]
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def escaped(text: str) -> str:
    """A TEXT value: signs of the format escaped, line breaks as \\n, controls left out."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        whole = whole.replace(sign, f"\\{sign}")
    return _CONTROLS.sub("", whole.replace("\n", "\\n"))


def folded(line: str) -> str:
    """The line broken so that none is longer than 75 octets, and no letter is cut in two."""
    parts: list[str] = []
    start = used = 0
    for place, letter in enumerate(line):
        size = len(letter.encode())
        if used + size > LINE:
            parts.append(line[start:place])
            start, used = place, 1  # the space that a continuation begins with
        used += size
    return "\r\n ".join([*parts, line[start:]])


def _lines(event: Event, made_at: datetime) -> Iterator[str]:
    stamp = f"{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{int((made_at - SINCE).total_seconds()) // 60}"
    yield from _times(event)
    yield f"SUMMARY:{escaped(event.title)}"
    for name, text in (("DESCRIPTION", event.text), ("LOCATION", event.place)):
        if text:
            yield f"{name}:{escaped(text)}"
    if event.category:
        yield f"CATEGORIES:{escaped(event.category)}"
    yield f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}"
    yield "STATUS:CONFIRMED"
    yield "END:VEVENT"


def _times(event: Event) -> Sequence[str]:
    """The end of whole days is the day after them, as the format wants it."""
    if isinstance(event.starts, datetime):
        return [f"DTSTART:{event.starts:%Y%m%dT%H%M%S}", f"DTEND:{event.ends:%Y%m%dT%H%M%S}"]
    after = event.ends + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{event.starts:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
