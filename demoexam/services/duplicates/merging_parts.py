"""What two merged records had both: one certificate, one duty, one place of work stays of two."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.base import Record
from demoexam.models.people import Competence, Employment

Alike = Callable[[Any, Any], bool]
SAME: Mapping[str, Sequence[str]] = {  # columns that tell which thing a part is about
    "employment": ("expert_id", "organization_id"),
    "competence": ("expert_id", "specialty_id", "kit_id"),
    "certificate": ("expert_id", "number"),
    "teaching_link": ("expert_id", "group_id"),
    "kinship_link": ("expert_id", "examinee_id"),
    "assignment": ("session_id", "expert_id", "role"),
    "grade_scale": ("college_id",),
}
TEXTS: Mapping[str, Sequence[str]] = {  # filled where the part that stays lacks them
    "employment": ("post", "counts_as_employer", "override_reason"),
    "certificate": ("kind", "issued_by", "issued_on", "valid_until"),
    "teaching_link": ("note",),
    "kinship_link": ("note",),
    "assignment": ("duty", "workplaces"),
}


def absorb(stays: Record, goes: Record) -> bool:
    """Whether both are one part; then the first knows all that the second knew."""
    table = stays.__tablename__
    keys = SAME.get(table, ())
    if not keys or any(getattr(stays, name) != getattr(goes, name) for name in keys):
        return False
    if not _ALIKE.get(table, _always)(stays, goes):
        return False
    for name in TEXTS.get(table, ()):
        if getattr(stays, name) in {None, ""} and getattr(goes, name) not in {None, ""}:
            setattr(stays, name, getattr(goes, name))
    if isinstance(stays, Competence) and isinstance(goes, Competence):
        stays.roles = [*stays.roles, *(role for role in goes.roles if role not in stays.roles)]
    if isinstance(stays, Employment) and isinstance(goes, Employment):
        _join_terms(stays, goes)
    return True


def one_main_job(session: Session, expert_id: str, first: Collection[str]) -> None:
    """Of main places of work at one time one stays main: at organizations of `first` if any."""
    query = select(Employment).where(Employment.live(), Employment.expert_id == expert_id)
    jobs = [job for job in session.scalars(query) if job.is_main]
    jobs.sort(key=lambda job: (job.organization_id not in first, job.id))
    stays: list[Employment] = []
    for job in jobs:
        if any(overlap(job, other) for other in stays):
            job.is_main = False
        else:
            stays.append(job)
    session.flush()


def overlap(one: Employment, other: Employment) -> bool:
    """Whether there is a day on which both are places of work."""
    begins = one.valid_to is None or other.valid_from is None or other.valid_from <= one.valid_to
    ends = other.valid_to is None or one.valid_from is None or one.valid_from <= other.valid_to
    return begins and ends


def _always(_stays: Any, _goes: Any) -> bool:
    return True


def _same_work(stays: Employment, goes: Employment) -> bool:
    return overlap(stays, goes) and _agree(stays, goes, ("counts_as_employer",))


def _same_paper(stays: Any, goes: Any) -> bool:
    return bool(stays.number) and _agree(stays, goes, TEXTS["certificate"])


def _same_note(stays: Any, goes: Any) -> bool:
    return _agree(stays, goes, ("note",))


def _agree(stays: Any, goes: Any, names: Sequence[str]) -> bool:
    pairs = ((getattr(stays, name), getattr(goes, name)) for name in names)
    return all(one == other or one in {None, ""} or other in {None, ""} for one, other in pairs)


def _join_terms(stays: Employment, goes: Employment) -> None:
    """From the earlier beginning to the later end; an end that is known ends it."""
    begins = (stays.valid_from, goes.valid_from)
    stays.valid_from = None if None in begins else min(begins, key=_day)
    ends = [day for day in (stays.valid_to, goes.valid_to) if day is not None]
    stays.valid_to = max(ends) if ends else None
    stays.is_main = stays.is_main or goes.is_main


def _day(day: date | None) -> date:
    return day or date.min


_ALIKE: Mapping[str, Alike] = {
    "employment": _same_work,
    "certificate": _same_paper,
    "teaching_link": _same_note,
    "kinship_link": _same_note,
}
