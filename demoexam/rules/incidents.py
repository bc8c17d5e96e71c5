"""What stops of time, removals and early ends mean for an examinee's time and points."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from demoexam.errors import UserError
from demoexam.rules.terms import IncidentKind

HOUR = re.compile(r"(\d{1,2})[:.\- ]?(\d{2})")
MINUTES, HOURS = 60, 24
MOST_COMPENSATION = 600


class NotAnHour(UserError):
    text = "«{typed}» не похоже на время."
    advice = "Введите часы и минуты, например 12:58 или 1258."


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident as the rules see it; without `examinee` a stop concerns everybody."""

    kind: IncidentKind
    examinee: str = ""
    started: str = ""  # HH:MM
    ended: str = ""
    compensation: int = 0  # minutes
    counts: bool | None = None

    @property
    def ends_work(self) -> bool:
        return self.kind is not IncidentKind.STOP and bool(self.examinee)

    @property
    def is_scored(self) -> bool:
        """Who was removed is scored only by a decision, who left early unless it was annulled."""
        if self.kind is IncidentKind.REMOVAL:
            return self.counts is True
        return self.counts is not False

    def concerns(self, examinee: str) -> bool:
        return self.examinee == examinee or (self.kind is IncidentKind.STOP and not self.examinee)

    @property
    def outcome(self) -> str:
        """How a protocol notes it in the examinee's row: «удалён 10:40»."""
        if self.kind is IncidentKind.REMOVAL:
            words = "удалён"
        else:
            words = "завершил досрочно" if self.is_scored else "результат аннулирован"
        return f"{words} {self.started}".rstrip()


def typed_hour(typed: str) -> str:
    """12:58 of «1258», «12:58», «12.58»; 09:05 of «905»; "" of nothing. Raises NotAnHour."""
    text = typed.strip()
    if not text:
        return ""
    match = HOUR.fullmatch(text)
    if match is None or int(match[1]) >= HOURS or int(match[2]) >= MINUTES:
        raise NotAnHour(typed=text)
    return f"{int(match[1]):02}:{match[2]}"


def minute_of(hour: str) -> int:
    """778 of 12:58."""
    return int(hour[:2]) * MINUTES + int(hour[3:5])


def hour_at(minute: int) -> str:
    """12:58 of 778; the day ends at 23:59."""
    minute = min(minute, HOURS * MINUTES - 1)
    return f"{minute // MINUTES:02}:{minute % MINUTES:02}"


def stop_length(started_seconds: int, ended_seconds: int) -> int:
    """Whole minutes to give back for a stop: its length rounded up, in the examinee's favour."""
    return -(-(ended_seconds - started_seconds) // MINUTES)


def proposed_compensation(started: str, ended: str) -> int | None:
    """The minutes between two hours; None while one of them is not known."""
    if not started or not ended:
        return None
    return stop_length(minute_of(started) * MINUTES, minute_of(ended) * MINUTES)


def compensation(happened: Iterable[Happening], examinee: str) -> int:
    """Minutes given back to an examinee, for his own stops and for those of everybody."""
    return sum(
        one.compensation
        for one in happened
        if one.kind is IncidentKind.STOP and one.concerns(examinee)
    )


def end_of_work(happened: Iterable[Happening], examinee: str) -> Happening | None:
    """The removal or the early end of an examinee; of several the one that is not scored."""
    found = [one for one in happened if one.ends_work and one.examinee == examinee]
    return min(found, key=lambda one: (one.is_scored, one.started), default=None)
