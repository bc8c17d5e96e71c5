"""Exam centers (ЦПДЭ), their workshops, and what the workshops are booked for."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from demoexam.models.base import (
    STRICT,
    Day,
    Facts,
    Id,
    Moment,
    Record,
    Title,
    Words,
    enum_column,
    reference,
    sort_key,
)
from demoexam.rules.terms import BookingPurpose


class ExamCenter(Record):
    """Its name and address stand in the header of every paper."""

    __tablename__ = "exam_center"

    organization_id: Mapped[Id] = mapped_column(reference("organization"), index=True)
    name: Mapped[Title]
    address: Mapped[Title] = mapped_column(Text, default="")


class Workshop(Record):
    """`places` are its workplaces; `opening_hours` maps "1".."7" to ["08:00", "20:00"]."""

    __tablename__ = "workshop"
    __table_args__ = (Index("ix_workshop_skey", "skey"), STRICT)

    name: Mapped[Title]
    organization_id: Mapped[Id] = mapped_column(reference("organization"), index=True)
    exam_center_id: Mapped[Id | None] = mapped_column(
        reference("exam_center"), default=None, index=True
    )
    room: Mapped[Title] = mapped_column(Text, default="")
    address: Mapped[Title] = mapped_column(Text, default="")
    places: Mapped[int] = mapped_column(default=0)
    equipment: Mapped[Words] = mapped_column(default_factory=list)
    opening_hours: Mapped[Facts] = mapped_column(default_factory=dict)
    open_saturday: Mapped[bool] = mapped_column(default=False)
    accredited_until: Mapped[Day | None] = mapped_column(default=None)
    note: Mapped[Title] = mapped_column(Text, default="")
    skey: Mapped[str] = mapped_column(Text, sort_key("name"), init=False)


class WorkshopBooking(Record):
    """A workshop taken for a purpose; `series` is common to bookings that repeat weekly."""

    __tablename__ = "workshop_booking"

    workshop_id: Mapped[Id] = mapped_column(
        reference("workshop"), index=True, info={"unit": "place_time"}
    )
    starts_at: Mapped[Moment] = mapped_column(info={"unit": "place_time"})
    ends_at: Mapped[Moment] = mapped_column(info={"unit": "place_time"})
    purpose: Mapped[BookingPurpose] = mapped_column(enum_column(BookingPurpose))
    organizer: Mapped[Title] = mapped_column(Text, default="")
    participants: Mapped[int] = mapped_column(default=0)
    note: Mapped[Title] = mapped_column(Text, default="")
    series: Mapped[Title | None] = mapped_column(Text, default=None)
