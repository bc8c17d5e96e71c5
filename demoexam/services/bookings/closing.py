"""Closing a workshop for a period: bookings there are taken off, exams leave the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from demoexam.models.places import WorkshopBooking
from demoexam.services.bookings.checks import live_booking
from demoexam.services.bookings.facts import Standing, in_the_way
from demoexam.services.directory.writes import save_record
from demoexam.services.plan.what_if import Broken, broken_if, change_and_hold

TABLE = WorkshopBooking.__tablename__


@dataclass(frozen=True)
class Effect:
    """What a closure would displace: exams that would leave the plan, bookings taken off."""

    exams: Sequence[Broken] = ()
    bookings: Sequence[Standing] = ()

    def __bool__(self) -> bool:
        return bool(self.exams or self.bookings)


def effect_of_closing(
    session: Session, *, record_id: str, values: Mapping[str, Any], workshop_id: str, today: date
) -> Effect:
    """What `close_workshop` with the same facts would displace; nothing is left written."""
    displaced: list[Standing] = []

    def change(session: Session) -> None:
        displaced.extend(_take_off(session, record_id, values, workshop_id))
        save_record(session, table=TABLE, record_id=record_id, values=values)

    exams = broken_if(session, change=change, workshop_id=workshop_id, today=today)
    return Effect(exams, displaced)


def close_workshop(
    session: Session, *, record_id: str, values: Mapping[str, Any], workshop_id: str, today: date
) -> str:
    """Write the closure (a new one without `record_id`), whatever it displaces; gives its id."""
    _take_off(session, record_id, values, workshop_id)
    write = partial(change_and_hold, session, table=TABLE, record_id=record_id)
    return write(values=values, workshop_id=workshop_id, today=today)


def _take_off(
    session: Session, record_id: str, values: Mapping[str, Any], workshop_id: str
) -> list[Standing]:
    slot = values["starts_at"], values["ends_at"]
    if slot[0] >= slot[1]:
        return []  # refused where it is written
    met = in_the_way(session, workshop_id=workshop_id, slot=slot, passed_over=[record_id])
    bookings = [one for one in met if not one.is_exam]
    for one in bookings:
        row = live_booking(session, one.id)
        row.deleted, row.deleted_by = True, session.info.get("operation")
    session.flush()
    return bookings
