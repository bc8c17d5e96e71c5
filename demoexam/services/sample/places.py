"""A sample college: its exam center, workshops with their bookings, and examination boards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from demoexam.models.boards import BoardMember, ExamBoard
from demoexam.models.organizations import Organization
from demoexam.models.places import ExamCenter, Workshop, WorkshopBooking
from demoexam.rules.terms import BoardRole, BookingPurpose
from demoexam.services.sample.catalog import Field
from demoexam.services.sample.draft import Draft
from demoexam.services.sample.people import Staff
from demoexam.text import short_name

OPEN = {str(weekday): ["08:00", "20:00"] for weekday in range(1, 7)}
BOARD = (BoardRole.CHAIR, BoardRole.DEPUTY, BoardRole.SECRETARY, *[BoardRole.MEMBER] * 3)
BOOKINGS = (
    (BookingPurpose.LESSONS, time(9), 180, "учебная часть", 24),
    (BookingPurpose.SHORT_COURSE, time(16), 180, "партнёр-работодатель", 12),
    (BookingPurpose.CAREER_GUIDANCE, time(14), 120, "школа № 5", 20),
    (BookingPurpose.SHARED_USE, time(13), 180, "колледж-партнёр", 15),
    (BookingPurpose.CLOSED, time(8), 720, "обслуживание оборудования", 0),
)


@dataclass
class Room:
    """A workshop, its technical expert, and the days it is taken."""

    id: str
    places: int
    technical: str
    busy: set[date] = field(default_factory=set)


@dataclass
class SampleCollege:
    id: str
    fields: Sequence[Field]
    rooms: dict[str, list[Room]]
    staff: Staff
    witnesses: dict[int, list[str]]  # year -> board members who come to the exams


def add_rooms(
    draft: Draft, college: str, fields: Sequence[Field], staff: Staff
) -> dict[str, list[Room]]:
    """One workshop a field, and a second for the first ones, while technical experts last."""
    address = next(row["address"] for row in draft.rows(Organization) if row["id"] == college)
    center = draft.add(
        ExamCenter, organization_id=college, name="ЦПДЭ (учебные данные)", address=address
    )
    rooms: dict[str, list[Room]] = {each.code: [] for each in fields}
    for number, technical in enumerate(staff.technical):
        line = fields[number % len(fields)]
        places = draft.rng.randint(10, 14)
        ident = draft.add(
            Workshop,
            name=line.workshop if number < len(fields) else f"{line.workshop} № 2",
            organization_id=college,
            exam_center_id=center,
            room=str(101 + number),
            address=address,
            places=places,
            equipment=list(line.equipment),
            opening_hours=OPEN,
            accredited_until=date(draft.today.year + 2, 12, 31),
        )
        rooms[line.code].append(Room(ident, places, technical))
    return rooms


def add_boards(draft: Draft, college: str, years: range) -> dict[int, list[str]]:
    """A board a year; the short names of those members who may witness an exam."""
    witnesses = {}
    for year in years:
        board = draft.add(
            ExamBoard,
            college_id=college,
            year=year,
            order_number=f"{draft.rng.randint(100, 400)}-у",
            order_date=date(year - 1, 12, 15),
        )
        members = [(role, next(draft.people)) for role in BOARD]
        for role, person in members:
            draft.add(
                BoardMember,
                board_id=board,
                last_name=person.last,
                first_name=person.first,
                middle_name=person.middle,
                post="представитель работодателя" if role is BoardRole.CHAIR else "преподаватель",
                role=role,
            )
        witnesses[year] = [short_name(*who) for role, who in members if role is BoardRole.MEMBER]
    return witnesses


def add_bookings(draft: Draft, college: SampleCollege, days: Sequence[date]) -> None:
    """Other uses of the workshops, on days when no exam needs them."""
    for room in (room for rooms in college.rooms.values() for room in rooms):
        free = [day for day in days if day not in room.busy]
        chosen = draft.rng.sample(free, min(len(BOOKINGS), len(free)))
        for day, (purpose, at, minutes, organizer, visitors) in zip(chosen, BOOKINGS, strict=False):
            starts_at = datetime.combine(day, at)
            draft.add(
                WorkshopBooking,
                workshop_id=room.id,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=minutes),
                purpose=purpose,
                organizer=organizer,
                participants=visitors,
            )
