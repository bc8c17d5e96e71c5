"""Bookings of workshops: made, changed, moved and deleted; each call is one operation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.base import new_id
from demoexam.models.places import WorkshopBooking
from demoexam.rules.bookings import LONGEST_SERIES, Series
from demoexam.rules.terms import BookingPurpose
from demoexam.services.bookings.checks import (
    live_booking,
    refuse_impossible,
    refuse_taken,
    slot_of,
    why_not,
)
from demoexam.services.bookings.series import NO_SHIFT, copy_on, following_of
from demoexam.services.records.records import live_record
from demoexam.text import counted, short_date


class BookingFields(TypedDict, total=False):
    """What a form may fill in; a key left out stays as it is."""

    workshop_id: str
    starts_at: datetime
    ends_at: datetime
    purpose: BookingPurpose
    organizer: str
    participants: int
    note: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day of a series that was passed over, and why."""

    day: date
    reason: str

    def __str__(self) -> str:
        return f"{short_date(self.day)} — {self.reason}"


@dataclass(frozen=True, slots=True)
class Booked:
    """What was written, and the days of the series that were not."""

    ids: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()

    def __str__(self) -> str:
        made = counted(len(self.ids), "бронь", "брони", "броней")
        if not self.skipped:
            return f"Записано: {made}."
        return f"Записано: {made}. Пропущено: {'; '.join(map(str, self.skipped))}."


def create_booking(
    session: Session,
    *,
    until: date | None = None,
    **facts: Unpack[BookingFields],
) -> Booked:
    """A booking; with `until` one a week up to that day, holidays and taken times passed over.

    A single one over an exam or another booking is refused as TimeTaken.
    """
    first = WorkshopBooking(**_checked(session, facts))
    if until is not None:
        return _create_series(session, first, until)
    refuse_taken(session, workshop_id=first.workshop_id, slot=slot_of(first))
    session.add(first)
    session.flush()
    return Booked((first.id,))


def change_booking(
    session: Session,
    *,
    booking_id: str,
    following: bool = False,
    **changes: Unpack[BookingFields],
) -> Booked:
    """Change a booking, or it and those of its series that follow.

    The following ones are shifted as this one is; those which would meet a holiday or something
    that stands there stay where they are, and are told.
    """
    row = live_booking(session, booking_id)
    shift = _shift(row, changes)
    others = following_of(session, row, shift[0]) if following else []
    if shift[0] <= NO_SHIFT[0]:
        _change_one(session, row, changes)
    skipped = [
        Skipped(each.starts_at.date(), f"осталась на месте: {reason}")
        for each in others
        if (reason := _change_other(session, each, changes, shift))
    ]
    if shift[0] > NO_SHIFT[0]:
        _change_one(session, row, changes)
    return Booked((row.id, *(each.id for each in others)), tuple(sorted(skipped, key=_day)))


def delete_booking(session: Session, *, booking_id: str, following: bool = False) -> int:
    """Put a booking into the basket, or it and those of its series that follow; their number."""
    row = live_booking(session, booking_id)
    rows = [row, *(following_of(session, row) if following else [])]
    for each in rows:
        each.deleted, each.deleted_by = True, session.info.get("operation")
    session.flush()
    return len(rows)


def _day(skipped: Skipped) -> date:
    return skipped.day


def _checked(session: Session, facts: BookingFields) -> BookingFields:
    live_record(session, table="workshop", record_id=facts["workshop_id"])
    refuse_impossible(facts["starts_at"], facts["ends_at"], facts.get("participants", 0))
    if facts["purpose"] is BookingPurpose.EXAM:
        raise Refused("Экзамен — не бронь.", "Назначьте его на странице «Экзамены».")
    return facts


def _create_series(session: Session, first: WorkshopBooking, until: date) -> Booked:
    begin = first.starts_at.date()
    series = Series(begin, until, new_id())
    weeks = series.weeks
    if first.ends_at.date() != begin:
        raise Refused("Бронь на несколько дней не повторяют.", "Оставьте один день или период.")
    if not weeks:
        raise Refused("Повтор кончается раньше первой брони.", "Исправьте, до какого дня.")
    if len(weeks) > LONGEST_SERIES:
        raise Refused("Повторять можно не дольше двух лет.", "Возьмите день поближе.")
    rows: list[WorkshopBooking] = []
    skipped: list[Skipped] = []
    for day in weeks:
        row = copy_on(first, day, str(series))
        if reason := why_not(session, row.workshop_id, slot_of(row)):
            skipped.append(Skipped(day, reason))
        else:
            rows.append(row)
    if not rows:
        told = "; ".join(map(str, skipped[:3]))
        raise Refused(f"Ни один день повтора не подходит: {told}.", "Выберите другое время.")
    session.add_all(rows)
    session.flush()
    return Booked(tuple(row.id for row in rows), tuple(skipped))


def _shift(row: WorkshopBooking, changes: BookingFields) -> tuple[timedelta, timedelta]:
    """By how much the beginning and the end move."""
    starts, ends = changes.get("starts_at", row.starts_at), changes.get("ends_at", row.ends_at)
    return starts - row.starts_at, ends - row.ends_at


def _change_one(session: Session, row: WorkshopBooking, changes: BookingFields) -> None:
    if row.purpose is BookingPurpose.EXAM or changes.get("purpose") is BookingPurpose.EXAM:
        raise Refused("Экзамен — не бронь.", "Измените его на странице «Экзамены».")
    before = row.workshop_id, slot_of(row)
    with session.no_autoflush:
        for name, value in changes.items():
            setattr(row, name, value)
        refuse_impossible(row.starts_at, row.ends_at, row.participants)
        if (row.workshop_id, slot_of(row)) != before:
            live_record(session, table="workshop", record_id=row.workshop_id)
            refuse_taken(
                session, workshop_id=row.workshop_id, slot=slot_of(row), passed_over=[row.id]
            )
    session.flush()


def _change_other(
    session: Session,
    row: WorkshopBooking,
    changes: BookingFields,
    shift: tuple[timedelta, timedelta],
) -> str:
    """Change one that follows; gives why its place or time had to stay."""
    words: Sequence[str] = ("purpose", "organizer", "participants", "note")
    for name in words:
        if name in changes:
            setattr(row, name, changes[name])  # type: ignore[literal-required]
    workshop = changes.get("workshop_id", row.workshop_id)
    slot = row.starts_at + shift[0], row.ends_at + shift[1]
    stays = shift == NO_SHIFT and workshop == row.workshop_id
    if not stays:
        reason = why_not(session, workshop, slot, [row.id])
        if reason or slot[0] >= slot[1]:
            return reason or "не хватает времени"
        row.workshop_id, (row.starts_at, row.ends_at) = workshop, slot
    session.flush()
    return ""
