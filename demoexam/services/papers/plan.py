"""The plan of an exam's days as forms 3.2 and 3.3 print it, from the stored sittings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.documents.exam_sheet import Admitted, DayPlan, PersonName, PlannedDay, PlannedGroup
from demoexam.documents.template import Scope
from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Organization
from demoexam.models.places import ExamCenter, Workshop
from demoexam.rules.day_plan import Shift, exam_steps, preparation_steps, results_step
from demoexam.rules.terms import ROLE_NAMES, ExamLevel
from demoexam.services.college.college import college_settings
from demoexam.services.college.day_timing import DayTiming, day_timing
from demoexam.services.papers.people import board_member, group_experts, representative, seats
from demoexam.services.papers.scopes import sharing
from demoexam.text import clock, fold

BRIEF_LEVELS = {ExamLevel.INTERIM: "ПА", ExamLevel.BASIC: "БУ", ExamLevel.PROFILE: "ПУ"}
Room = tuple[str, tuple[Shift, ...]]


def room_of(workshop: Workshop | None) -> str:
    """Мастерская «Сети», каб. 214."""
    if workshop is None:
        return ""
    name = workshop.name
    title = name if name.lower().startswith("мастерская") else f"мастерская «{name}»"
    return ", ".join(part for part in (title, _number(workshop)) if part)


def _number(workshop: Workshop) -> str:
    return f"каб. {workshop.room}" if workshop.room[:1].isdigit() else workshop.room


def _brief_room(workshop: Workshop | None) -> str:
    """Мастерская, каб. 214: a row of the plan has little room, and the list of groups the name."""
    if workshop and workshop.room:
        return f"мастерская, {_number(workshop)}"
    return room_of(workshop)


def shift_number(session: Session, sitting: ExamSession) -> int:
    """Which of the day's sittings in its workshop this one is."""
    starts_at = _start(sitting)
    earlier = select(func.count()).where(
        ExamSession.live(),
        ExamSession.workshop_id == sitting.workshop_id,
        ExamSession.starts_at >= datetime.combine(starts_at.date(), time.min),
        ExamSession.starts_at < starts_at,
    )
    return (session.scalar(earlier) or 0) + 1


@dataclass(frozen=True)
class _Sitting:
    """A sitting of the day with the records it points at."""

    row: ExamSession
    starts_at: datetime
    number: int  # of the shift
    group: StudyGroup
    kit: AssessmentKit
    workshop: Workshop | None
    center: ExamCenter | None
    examinees: Sequence[PersonName]

    @classmethod
    def of(cls, session: Session, sitting: ExamSession) -> "_Sitting":
        workshop = session.get(Workshop, sitting.workshop_id) if sitting.workshop_id else None
        center = workshop.exam_center_id if workshop else None
        people = [one for one, _ in seats(session, sitting)]
        return cls(
            row=sitting,
            starts_at=_start(sitting),
            number=shift_number(session, sitting),
            group=session.get_one(StudyGroup, sitting.group_id),
            kit=session.get_one(AssessmentKit, sitting.kit_id),
            workshop=workshop,
            center=session.get(ExamCenter, center) if center else None,
            examinees=[PersonName(p.last_name, p.first_name, p.middle_name) for p in people],
        )

    @property
    def heads(self) -> int:
        return len(self.examinees) or self.row.head_count or self.group.head_count or 0

    @property
    def place(self) -> str:
        parts = (self.center.name if self.center else "", room_of(self.workshop))
        return ", ".join(part for part in parts if part)

    def shift(self, timing: DayTiming, later: timedelta) -> Shift:
        """The stored hours; the college's break is in them if they are longer than the kit."""
        ends_at = self.row.ends_at
        slot = int((ends_at - self.starts_at).total_seconds() // 60) if ends_at else 0
        pause = sum(one.minutes for one in timing.breaks)
        fits = slot - self.kit.minutes >= pause and slot - pause > timing.break_after
        breaks = tuple(timing.breaks) if fits else ()
        minutes = slot - pause if breaks else slot or self.kit.minutes
        return Shift(self.number, self.starts_at + later, minutes, breaks)


def day_plan(session: Session, sitting: ExamSession) -> DayPlan:
    """All sittings of the day with the kit of this one in its exam center."""
    sittings = [_Sitting.of(session, one) for one in sharing(session, sitting, Scope.DAY)]
    term = college_settings(session).kit_term
    return DayPlan(
        groups=[_group(one, term) for one in sittings],
        days=list(_days(sittings, day_timing(session))),
        examinees=[name for one in sittings for name in one.examinees],
        staff=_staff(session, sittings),
    )


def _group(one: _Sitting, term: str) -> PlannedGroup:
    ends = f"-{clock(one.row.ends_at)}" if one.row.ends_at else ""
    return PlannedGroup(
        exam_group=f"ЭГ-{one.row.number}",
        study_group=one.group.name,
        people=one.heads,
        shift=f"{one.number}-я смена, {clock(one.starts_at)}{ends}",
        kit=f"{term} {one.kit.code.removeprefix('КОД ')}, {BRIEF_LEVELS[one.kit.level]}",
        center=one.place,
    )


def _days(sittings: Sequence[_Sitting], timing: DayTiming) -> Iterator[PlannedDay]:
    """С-1, С1 and, for exams of two days, С2; results follow the last of them."""
    lengths, place = timing.lengths, _joined(room for room, _ in _rooms(sittings, timing))
    prepared = [one.row.preparation_day for one in sittings if one.row.preparation_day]
    before = min(prepared, default=None)
    yield PlannedDay(-1, before, preparation_steps(before, lengths, place) if before else ())
    first = sittings[0].starts_at.date()
    days = [(1, first, list(sittings))]
    longer = [one for one in sittings if one.row.second_day]
    second = min((one.row.second_day for one in longer if one.row.second_day), default=None)
    if second:
        days.append((2, second, longer))
    for number, day, there in days:
        steps = exam_steps(_rooms(there, timing, day - first), lengths)
        if number == len(days):
            steps.append(results_step(max(one.ends_at for one in steps), lengths))
        yield PlannedDay(number, day, steps)


def _rooms(
    sittings: Iterable[_Sitting], timing: DayTiming, later: timedelta = timedelta()
) -> list[Room]:
    """Each room with its shifts; rooms of the same hours are one row of the plan."""
    shifts: dict[str, list[Shift]] = {}
    names: dict[str, str] = {}
    for one in sittings:
        ident = one.row.workshop_id or ""
        shifts.setdefault(ident, []).append(one.shift(timing, later))
        names[ident] = _brief_room(one.workshop)
    alike: dict[tuple[Shift, ...], list[str]] = {}
    for ident, hours in shifts.items():
        alike.setdefault(tuple(hours), []).append(names[ident])
    return [(_joined(rooms), hours) for hours, rooms in alike.items()]


def _joined(rooms: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(room for room in rooms if room))


def _staff(session: Session, sittings: Sequence[_Sitting]) -> list[Admitted]:
    """The expert groups, the board's members and the heads of the centers, each person once."""
    found: dict[str, Admitted] = {}
    for one in sittings:
        for person in _serving(session, one):
            found.setdefault(fold(person.name.full), person)
    return list(found.values())


def _serving(session: Session, one: _Sitting) -> Iterator[Admitted]:
    day = one.starts_at.date()
    for expert in group_experts(session, one.row, day):
        yield Admitted(expert.name, ROLE_NAMES[expert.role], expert.organization)
    member = board_member(session, one.row, one.group.college_id, day.year)
    host = one.center or one.workshop
    owner = session.get(Organization, host.organization_id) if host else None
    yield from (guest for guest in (member, representative(owner)) if guest)


def _start(sitting: ExamSession) -> datetime:
    if sitting.starts_at is None:
        raise ValueError("a sitting without a time")
    return sitting.starts_at
