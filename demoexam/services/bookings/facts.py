"""What stands in workshops over some days: exams and bookings, as one list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.places import WorkshopBooking
from demoexam.rules.plan import Slot, overlap
from demoexam.rules.terms import PURPOSE_NAMES, BookingPurpose
from demoexam.text import clock, short_date

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """A sitting of an exam (each of its days) or a booking, in its workshop and its time.

    `title` is the group of an exam, or who organizes; `series` is the text of a weekly series.
    """

    id: str
    workshop_id: str
    starts_at: datetime
    ends_at: datetime
    purpose: BookingPurpose
    title: str
    is_exam: bool = False
    participants: int = 0
    note: str = ""
    series: str | None = None

    @property
    def slot(self) -> Slot:
        return self.starts_at, self.ends_at

    @property
    def words(self) -> str:
        """«учебные занятия (учебная часть), 09:00–12:00»."""
        return f"{self.name}, {hours_words(self.slot)}"

    @property
    def name(self) -> str:
        """«учебные занятия (учебная часть)»."""
        if self.is_exam:
            return f"экзамен группы {self.title}"
        whose = f" ({self.title})" if self.title else ""
        return f"{PURPOSE_NAMES[self.purpose]}{whose}"


def hours_words(slot: Slot) -> str:
    """«09:00–12:00», and over several days «01.06.2026 — 03.06.2026»."""
    if slot[0].date() == slot[1].date():
        return f"{clock(slot[0])}–{clock(slot[1])}"
    return f"{short_date(slot[0].date())} — {short_date(slot[1].date())}"


def standing_between(
    session: Session, *, first: date, last: date, workshop_ids: Collection[str] | None = None
) -> list[Standing]:
    """All live that touches the days `first`..`last`, in order of time; None: all workshops."""
    bounds = datetime.combine(first, time.min), datetime.combine(last + DAY, time.min)
    found = [
        *_exams(session, bounds, workshop_ids),
        *_bookings(session, bounds, workshop_ids),
    ]
    return sorted(found, key=lambda one: (one.starts_at, not one.is_exam, one.id))


def in_the_way(
    session: Session, *, workshop_id: str, slot: Slot, passed_over: Collection[str] = ()
) -> list[Standing]:
    """What stands in a slot of a workshop, exams first; `passed_over` are ids that do not count."""
    found = standing_between(
        session, first=slot[0].date(), last=slot[1].date(), workshop_ids=[workshop_id]
    )
    met = [one for one in found if one.id not in passed_over and overlap(one.slot, slot)]
    return sorted(met, key=lambda one: not one.is_exam)


def _exams(session: Session, bounds: Slot, workshop_ids: Collection[str] | None) -> list[Standing]:
    query = (
        select(ExamSession, StudyGroup.name)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .where(
            ExamSession.live(), ExamSession.workshop_id.is_not(None),
            ExamSession.ends_at.is_not(None),
            or_(
                and_(ExamSession.starts_at >= bounds[0], ExamSession.starts_at < bounds[1]),
                ExamSession.second_day.between(bounds[0].date(), (bounds[1] - DAY).date()),
            ),
        )
    )  # fmt: skip
    if workshop_ids is not None:
        query = query.where(ExamSession.workshop_id.in_(workshop_ids))
    return [
        each
        for row, group in session.execute(query)
        for each in _sitting(row, group)
        if overlap(each.slot, bounds)
    ]


def _sitting(row: ExamSession, group: str) -> list[Standing]:
    if row.starts_at is None or row.ends_at is None or row.workshop_id is None:
        return []
    days = [row.starts_at.date(), *([row.second_day] if row.second_day else [])]
    length = row.ends_at - row.starts_at
    starts = [datetime.combine(day, row.starts_at.time()) for day in days]
    return [
        Standing(
            row.id, row.workshop_id, start, start + length, BookingPurpose.EXAM, group,
            is_exam=True, participants=row.head_count or 0,
        )
        for start in starts
    ]  # fmt: skip


def _bookings(
    session: Session, bounds: Slot, workshop_ids: Collection[str] | None
) -> list[Standing]:
    query = select(WorkshopBooking).where(
        WorkshopBooking.live(),
        WorkshopBooking.starts_at < bounds[1],
        WorkshopBooking.ends_at > bounds[0],
    )
    if workshop_ids is not None:
        query = query.where(WorkshopBooking.workshop_id.in_(workshop_ids))
    return [
        Standing(
            row.id, row.workshop_id, row.starts_at, row.ends_at, row.purpose, row.organizer,
            participants=row.participants, note=row.note, series=row.series,
        )
        for row in session.scalars(query)
    ]  # fmt: skip
