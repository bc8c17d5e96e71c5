"""What refuses a booking: times that cannot be, and what already stands in the workshop."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused, UserError
from demoexam.models.places import WorkshopBooking
from demoexam.rules.bookings import SEARCHED_DAYS, first_free, is_holiday
from demoexam.rules.plan import Slot
from demoexam.rules.terms import BookingPurpose
from demoexam.services.bookings.facts import Standing, hours_words, in_the_way, standing_between
from demoexam.services.college.calendar import work_calendar
from demoexam.services.plan.plan_facts import load_workshops
from demoexam.text import WEEKDAYS_SHORT, day_month


class TimeTaken(UserError):
    """Something stands there; `free` is the first slot as long that is free, or None."""

    text = "{workshop}, {when}: уже занято. Там {what}."
    advice = "{priority}{proposal}"

    def __init__(
        self, workshop: str, slot: Slot, standing: Sequence[Standing], free: Slot | None
    ) -> None:
        exam = any(one.is_exam for one in standing)
        super().__init__(
            workshop=workshop,
            when=slot_words(slot),
            what="; ".join(one.words for one in standing),
            priority="У экзамена преимущество. " if exam else "",
            proposal=f"Свободно: {slot_words(free)}." if free else "Выберите другое время.",
        )
        self.standing, self.free = tuple(standing), free


def slot_words(slot: Slot) -> str:
    """«пт 31 мая, 10:00–14:00»."""
    day = slot[0].date()
    return f"{WEEKDAYS_SHORT[day.weekday()]} {day_month(day)}, {hours_words(slot)}"


def refuse_impossible(starts_at: datetime, ends_at: datetime, participants: int) -> None:
    """A booking must last, and its people cannot be fewer than none."""
    if ends_at <= starts_at:
        raise Refused("Бронь кончается не позже, чем начинается.", "Исправьте время.")
    if participants < 0:
        raise Refused("Участников не бывает меньше нуля.", "Исправьте число участников.")


def refuse_taken(
    session: Session, *, workshop_id: str, slot: Slot, passed_over: Collection[str] = (),
    also_over_exams: bool = False,
) -> None:  # fmt: skip
    """Raise TimeTaken when an exam or another booking stands in the slot."""
    standing = in_the_way(session, workshop_id=workshop_id, slot=slot, passed_over=passed_over)
    if also_over_exams:
        standing = [one for one in standing if not one.is_exam]
    if standing:
        free = free_slot(session, workshop_id=workshop_id, slot=slot, passed_over=passed_over)
        name = load_workshops(session, [workshop_id])[workshop_id].name
        raise TimeTaken(name, slot, standing, free)


def free_slot(
    session: Session, *, workshop_id: str, slot: Slot, passed_over: Collection[str] = ()
) -> Slot | None:
    """The first free slot as long as `slot` and not before it; None when three months are full."""
    first = slot[0].date()
    last = first + timedelta(days=SEARCHED_DAYS)
    workshop = load_workshops(session, [workshop_id]).get(workshop_id)
    if workshop is None:
        raise NotFound(what="мастерская")
    found = standing_between(session, first=first, last=last, workshop_ids=[workshop_id])
    taken = [one.slot for one in found if one.id not in passed_over]
    return first_free(workshop, work_calendar(session, {first.year, last.year}), taken, slot)


def check_booking(session: Session, booking: Any) -> None:
    """The rules of one record; a closure may cover an exam: the exam then leaves the plan."""
    refuse_impossible(booking.starts_at, booking.ends_at, booking.participants)
    state: Any = inspect(booking)
    moved = ("workshop_id", "starts_at", "ends_at")
    if not state.transient and not any(state.attrs[one].history.has_changes() for one in moved):
        return
    refuse_taken(
        session, workshop_id=booking.workshop_id, slot=slot_of(booking), passed_over=[booking.id],
        also_over_exams=booking.purpose is BookingPurpose.CLOSED,
    )  # fmt: skip


def live_booking(session: Session, booking_id: str) -> WorkshopBooking:
    """The booking to be changed; NotFound when it is gone."""
    row = session.get(WorkshopBooking, booking_id)
    if row is None or row.deleted:
        raise NotFound(what="бронь мастерской")
    return row


def slot_of(row: WorkshopBooking) -> Slot:
    return row.starts_at, row.ends_at


def why_not(
    session: Session, workshop_id: str, slot: Slot, passed_over: Collection[str] = ()
) -> str:
    """Why a booking of a series cannot stand in a slot: a holiday, or what stands there."""
    day = slot[0].date()
    calendar = work_calendar(session, {day.year})
    if is_holiday(calendar, day):
        return calendar.name(day) or "нерабочий день"
    met = in_the_way(session, workshop_id=workshop_id, slot=slot, passed_over=passed_over)
    return met[0].words if met else ""
