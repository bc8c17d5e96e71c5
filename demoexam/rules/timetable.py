"""What may not overlap in time, and what a workshop can hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from demoexam.rules.density import different_parts
from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import DutyFacts, SittingFacts, WorkshopFacts, overlap
from demoexam.rules.terms import PURPOSE_NAMES, BookingPurpose, Level
from demoexam.rules.violation import Fix, FixAction, Violation
from demoexam.text import counted


@dataclass(frozen=True)
class ExpertDoubleBooked(Violation):
    code: ClassVar[str] = "expert_double_booked"
    rule: ClassVar[str] = "R6"
    usual: ClassVar[Level] = Level.CONTRADICTION
    symmetric: ClassVar[bool] = True
    text: ClassVar[str] = (
        "{expert} участвует сразу в двух экзаменах в одно время: {sitting} и {other}."
    )
    advice: ClassVar[str] = "Замените эксперта в одном из них или перенесите экзамен."
    expert: str
    sitting: str
    other: str


@dataclass(frozen=True)
class WorkshopDoubleBooked(Violation):
    code: ClassVar[str] = "workshop_double_booked"
    rule: ClassVar[str] = "R12"
    usual: ClassVar[Level] = Level.CONTRADICTION
    symmetric: ClassVar[bool] = True
    text: ClassVar[str] = "{workshop}: два экзамена в одно время, {sitting} и {other}."
    advice: ClassVar[str] = "Перенесите один из экзаменов или проведите его в другой мастерской."
    workshop: str
    sitting: str
    other: str


@dataclass(frozen=True)
class GroupDoubleBooked(Violation):
    code: ClassVar[str] = "group_double_booked"
    usual: ClassVar[Level] = Level.CONTRADICTION
    symmetric: ClassVar[bool] = True
    text: ClassVar[str] = "Группа {group} сдаёт два экзамена в одно время: {sitting} и {other}."
    advice: ClassVar[str] = "Перенесите один из экзаменов или разделите группу на части."
    group: str
    sitting: str
    other: str


@dataclass(frozen=True)
class MoreStudentsThanPlaces(Violation):
    code: ClassVar[str] = "more_students_than_places"
    rule: ClassVar[str] = "R12"
    usual: ClassVar[Level] = Level.CONTRADICTION
    text: ClassVar[str] = (
        "Группе {group} не хватает рабочих мест {day:%d.%m.%Y}: сдаёт {students}, "
        "а в мастерской {seats} ({workshop})."
    )
    advice: ClassVar[str] = "Разбейте группу на смены или выберите мастерскую больше."
    group: str
    day: date
    head_count: int
    workshop: str
    places: int

    @property
    def students(self) -> str:
        return counted(self.head_count, "человек", "человека", "человек")

    @property
    def seats(self) -> str:
        return counted(self.places, "место", "места", "мест")


@dataclass(frozen=True)
class WorkshopClosed(Violation):
    code: ClassVar[str] = "workshop_closed"
    usual: ClassVar[Level] = Level.CONTRADICTION
    text: ClassVar[str] = "{workshop}: мастерская закрыта в день экзамена, {sitting}."
    advice: ClassVar[str] = "Перенесите экзамен или выберите другую мастерскую."
    workshop: str
    sitting: str


@dataclass(frozen=True)
class WorkshopBooked(Violation):
    code: ClassVar[str] = "workshop_booked"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = "{workshop}: в это время уже есть бронь «{purpose}»{whose}, {sitting}."
    advice: ClassVar[str] = "Экзамен важнее: снимите бронь или выберите другое время."
    workshop: str
    sitting: str
    purpose: str
    whose: str


@dataclass(frozen=True)
class OutsideOpeningHours(Violation):
    code: ClassVar[str] = "outside_opening_hours"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = "{workshop}: экзамен не умещается в часы работы мастерской, {sitting}."
    advice: ClassVar[str] = "Сдвиньте начало или исправьте часы работы в карточке мастерской."
    workshop: str
    sitting: str


@dataclass(frozen=True)
class AccreditationExpired(Violation):
    code: ClassVar[str] = "accreditation_expired"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "{workshop}: аккредитация до {until:%d.%m.%Y}, это раньше экзамена, {sitting}."
    )
    advice: ClassVar[str] = "Внесите новый срок аккредитации или выберите другую мастерскую."
    workshop: str
    until: date
    sitting: str


@dataclass(frozen=True)
class EquipmentMissing(Violation):
    code: ClassVar[str] = "equipment_missing"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "{workshop}: в карточке нет оборудования, которого требует комплект {kit}: {missing}, "
        "{sitting}."
    )
    advice: ClassVar[str] = "Отметьте оборудование в карточке мастерской или выберите другую."
    workshop: str
    kit: str
    missing: str
    sitting: str


def check_expert_time(
    duty: DutyFacts, sitting: SittingFacts, index: PlanIndex
) -> Iterator[Violation]:
    """No two duties at once, in whatever roles; both days of a two-day exam count."""
    for other, twin in index.of_expert(duty.expert.id, sitting):
        found = ExpertDoubleBooked(duty.expert.name, sitting.title, other.title)
        ids = (duty.assignment_id, twin.assignment_id, duty.expert.id, sitting.id, other.id)
        replace_him = Fix(FixAction.REPLACE_EXPERT, duty.assignment_id)
        yield found.about(sitting.id, ids, replace_him, Fix(FixAction.MOVE_SITTING, sitting.id))


def check_overlaps(sitting: SittingFacts, index: PlanIndex) -> Iterator[Violation]:
    """One workshop and one group serve one sitting at a time."""
    move, elsewhere = _ways_out(sitting)
    if sitting.workshop:
        for other in index.in_workshop(sitting.workshop.id, sitting):
            found = WorkshopDoubleBooked(sitting.workshop.name, sitting.title, other.title)
            ids = (sitting.id, other.id, sitting.workshop.id)
            yield found.about(sitting.id, ids, elsewhere, move)
    for other in index.of_group(sitting):
        if not different_parts(sitting, other):
            clash = GroupDoubleBooked(sitting.group.name, sitting.title, other.title)
            yield clash.about(sitting.id, (sitting.id, other.id, sitting.group.id), move)


def check_workshop(sitting: SittingFacts) -> Iterator[Violation]:
    """Places, closed days, bookings, hours, accreditation and equipment of the workshop."""
    workshop = sitting.workshop
    if workshop is None:
        return
    move, elsewhere = _ways_out(sitting)
    ids = (sitting.id, workshop.id)
    if sitting.head_count > workshop.places:
        facts = sitting.head_count, workshop.name, workshop.places
        found = MoreStudentsThanPlaces(sitting.group.name, sitting.day, *facts)
        yield found.about(sitting.id, ids, Fix(FixAction.SPLIT_GROUP, sitting.id), elsewhere)
    for clash, bookings in _against_time(sitting, workshop):
        yield clash.about(sitting.id, (*ids, *bookings), move, elsewhere)
    for lack in _against_equipment(sitting, workshop):
        open_it = Fix(FixAction.OPEN_WORKSHOP, workshop.id)
        yield lack.about(sitting.id, ids, open_it, elsewhere)


def _ways_out(sitting: SittingFacts) -> tuple[Fix, Fix]:
    return (
        Fix(FixAction.MOVE_SITTING, sitting.id),
        Fix(FixAction.CHANGE_WORKSHOP, sitting.id),
    )


def _against_time(
    sitting: SittingFacts, workshop: WorkshopFacts
) -> Iterator[tuple[Violation, tuple[str, ...]]]:
    """Findings with the bookings they are about."""
    for booking in workshop.bookings:
        if any(overlap(slot, (booking.starts_at, booking.ends_at)) for slot in sitting.slots):
            if booking.purpose is BookingPurpose.CLOSED:
                yield WorkshopClosed(workshop.name, sitting.title), (booking.id,)
            else:
                whose = f" ({booking.organizer})" if booking.organizer else ""
                purpose = PURPOSE_NAMES[booking.purpose]
                booked = WorkshopBooked(workshop.name, sitting.title, purpose, whose)
                yield booked, (booking.id,)
    if not _within_hours(sitting, workshop):
        yield OutsideOpeningHours(workshop.name, sitting.title), ()


def _within_hours(sitting: SittingFacts, workshop: WorkshopFacts) -> bool:
    """Days whose hours are not known are taken as open."""
    begin, end = sitting.starts_at.time(), sitting.ends_at.time()
    known = [workshop.hours[d.weekday()] for d in sitting.days if d.weekday() in workshop.hours]
    return all(hours and hours[0] <= begin and end <= hours[1] for hours in known)


def _against_equipment(sitting: SittingFacts, workshop: WorkshopFacts) -> Iterator[Violation]:
    until = workshop.accredited_until
    if until and until < sitting.days[-1]:
        yield AccreditationExpired(workshop.name, until, sitting.title)
    missing = sitting.kit.equipment - workshop.equipment if sitting.kit else frozenset()
    if missing and sitting.kit:
        named = ", ".join(sorted(missing))
        yield EquipmentMissing(workshop.name, sitting.kit.code, named, sitting.title)
