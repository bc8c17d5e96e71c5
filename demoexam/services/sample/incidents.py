"""What went wrong at the sample's exams: stops of time, a removal, an early end."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from demoexam.models.exams import ExamPlace, ExamSession, Incident
from demoexam.rules.terms import IncidentKind, SessionState
from demoexam.services.sample.draft import Draft

EVERY = 4  # sittings have one with a stop of time
STOPPED, RESUMED = timedelta(minutes=65), timedelta(minutes=77)
OUTAGE, RESTORED = timedelta(minutes=95), timedelta(minutes=102)
REMOVED, LEFT = timedelta(minutes=105), timedelta(minutes=115)
Row = dict[str, Any]


def add_incidents(draft: Draft, college: str) -> None:
    """A stop now and then in the exams of this year that are over; the last had trouble."""
    over = [
        row
        for row in draft.rows(ExamSession)
        if row["owner_id"] == college and row["state"] is SessionState.DONE
    ]
    over.sort(key=lambda row: (row["starts_at"], row["id"]))
    seated = _seated(draft)
    for row in over[::EVERY]:
        _stop(draft, row, seated[row["id"]][0])
    if over:
        _trouble(draft, over[-1], seated[over[-1]["id"]])


def _seated(draft: Draft) -> dict[str, list[Row]]:
    """Sitting -> places of those who came, in the order of the list."""
    found: dict[str, list[Row]] = defaultdict(list)
    for place in draft.rows(ExamPlace):
        if place["attended"]:
            found[place["session_id"]].append(place)
    return found


def _stop(draft: Draft, sitting: Row, place: Row) -> None:
    _add(
        draft,
        sitting,
        IncidentKind.STOP,
        STOPPED,
        examinee_id=place["examinee_id"],
        ended=_hour(sitting, RESUMED),
        compensation=12,
        reason="отказ оборудования, замена на резервное",
    )


def _trouble(draft: Draft, sitting: Row, places: list[Row]) -> None:
    """An outage for everybody, one removed and one who fell ill."""
    _, second, third, *_ = places
    second.update(points={}, finished_at=None)
    third["finished_at"] = _hour(sitting, LEFT)
    _add(
        draft,
        sitting,
        IncidentKind.STOP,
        OUTAGE,
        ended=_hour(sitting, RESTORED),
        compensation=7,
        reason="перебой электропитания в мастерской",
    )
    _add(
        draft,
        sitting,
        IncidentKind.REMOVAL,
        REMOVED,
        examinee_id=second["examinee_id"],
        clause="пункт о запрете средств связи",
        reason="пользовался телефоном после предупреждения главного эксперта",
        explanation="от объяснений отказался",
        counts=False,
    )
    _add(
        draft,
        sitting,
        IncidentKind.EARLY_END,
        LEFT,
        examinee_id=third["examinee_id"],
        reason="ухудшение самочувствия, вызван медицинский работник",
        counts=True,
    )


def _add(draft: Draft, sitting: Row, kind: IncidentKind, after: timedelta, **facts: object) -> None:
    """An incident so long after the beginning; every row names the same columns."""
    unset = {"examinee_id": None, "ended": None, "compensation": None, "counts": None}
    texts = dict.fromkeys(("person", "role", "clause", "reason", "explanation"), "")
    known = {**unset, **texts, **facts}
    draft.add(Incident, session_id=sitting["id"], kind=kind, started=_hour(sitting, after), **known)


def _hour(sitting: Row, after: timedelta) -> str:
    starts_at: datetime = sitting["starts_at"]
    return f"{starts_at + after:%H:%M}"
