"""Weekly series of bookings: who belongs to one, which dates it lacks, and adding one back."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.places import WorkshopBooking
from demoexam.rules.bookings import Series
from demoexam.services.bookings.checks import live_booking, refuse_taken, slot_of, why_not
from demoexam.text import short_date

NO_SHIFT = (timedelta(0), timedelta(0))


@dataclass(frozen=True, slots=True)
class Gap:
    """A day that a series lacks; `reason` tells why it cannot stand there, "" when it can."""

    day: date
    reason: str = ""

    def __str__(self) -> str:
        return f"{short_date(self.day)} — {self.reason or 'свободно'}"


def same_series(session: Session, row: WorkshopBooking) -> list[WorkshopBooking]:
    """The live bookings of its series, in order of time; only itself when it does not repeat."""
    if row.series is None:
        return [row]
    query = select(WorkshopBooking).where(
        WorkshopBooking.live(), WorkshopBooking.series == row.series
    )
    return list(session.scalars(query.order_by(WorkshopBooking.starts_at, WorkshopBooking.id)))


def following_of(
    session: Session, row: WorkshopBooking, shift: timedelta = NO_SHIFT[0]
) -> list[WorkshopBooking]:
    """Those of its series after it, in the order in which they can be shifted one by one."""
    later = [one for one in same_series(session, row) if one.starts_at > row.starts_at]
    return later[::-1] if shift > NO_SHIFT[0] else later


def copy_on(row: WorkshopBooking, day: date, series: str | None) -> WorkshopBooking:
    """The same booking on another day; it is not in the session yet."""
    by = day - row.starts_at.date()
    return WorkshopBooking(
        workshop_id=row.workshop_id, starts_at=row.starts_at + by, ends_at=row.ends_at + by,
        purpose=row.purpose, organizer=row.organizer, participants=row.participants,
        note=row.note, series=series,
    )  # fmt: skip


def gaps(session: Session, *, booking_id: str) -> list[Gap]:
    """The weeks of its series without a booking, in order."""
    row = live_booking(session, booking_id)
    series = Series.read(row.series)
    if series is None:
        return []
    rows = same_series(session, row)
    present = {one.starts_at.isocalendar()[:2] for one in rows}
    return [
        _gap(session, rows, day) for day in series.weeks if day.isocalendar()[:2] not in present
    ]


def add_back(session: Session, *, booking_id: str, day: date) -> str:
    """A booking of the series on a day that it lacks, holiday or not; gives its id."""
    row = live_booking(session, booking_id)
    series = Series.read(row.series)
    if series is None:
        raise Refused("Эта бронь не повторяется.", "Создайте новую бронь на нужный день.")
    made = copy_on(_nearest(same_series(session, row), day), day, row.series)
    refuse_taken(session, workshop_id=made.workshop_id, slot=slot_of(made))
    session.add(made)
    session.flush()
    return made.id


def _gap(session: Session, rows: list[WorkshopBooking], wished: date) -> Gap:
    """The day of that week on which the nearest booking would stand."""
    near = _nearest(rows, wished)
    day = wished - timedelta(days=wished.weekday()) + timedelta(days=near.starts_at.weekday())
    by = day - near.starts_at.date()
    slot = near.starts_at + by, near.ends_at + by
    return Gap(day, why_not(session, near.workshop_id, slot))


def _nearest(rows: list[WorkshopBooking], day: date) -> WorkshopBooking:
    return min(rows, key=lambda one: abs(one.starts_at.date() - day))
