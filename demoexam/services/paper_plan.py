"""The plan of an exam's days as forms 3.2 and 3.3 print it, from the stored sittings."""

from collections.abc import Iterable, Iterator, Sequence
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
from demoexam.services.college import college_settings
from demoexam.services.day_timing import DayTiming, day_timing
from demoexam.services.paper_people import board_member, group_experts, representative, seats
from demoexam.services.paper_scopes import sharing
from demoexam.text import clock, fold

BRIEF_LEVELS = {ExamLevel.INTERIM: "ПА", ExamLevel.BASIC: "БУ", ExamLevel.PROFILE: "ПУ"}
Room = tuple[str, tuple[Shift, ...]]


def room_of(workshop: Workshop | None) -> str:
    """Мастерская «Сети», каб. 214."""
    if workshop is None:
        return ""
    name = workshop.name
    title = name if name.lower().startswith("мастерская") else f"мастерская «{name}»"
    place = f"каб. {workshop.room}" if workshop.room[:1].isdigit() else workshop.room
    return ", ".join(part for part in (title, place) if part)


def _brief_room(workshop: Workshop | None) -> str:
    """Мастерская, каб. 214: a row of the plan has little room, and the list of groups the name."""
    whole = room_of(workshop)
    return f"мастерская, {whole.rpartition(', ')[2]}" if workshop and workshop.room else whole


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


def day_plan(session: Session, sitting: ExamSession) -> DayPlan:
    """All sittings of the day with the kit of this one in its exam center."""
    sittings = sharing(session, sitting, Scope.DAY)
    timing = day_timing(session)
    return DayPlan(
        groups=[_group(session, one) for one in sittings],
        days=list(_days(session, sittings, timing)),
        examinees=[
            PersonName(one.last_name, one.first_name, one.middle_name)
            for each in sittings
            for one, _ in seats(session, each)
        ],
        staff=_staff(session, sittings),
    )


def _group(session: Session, sitting: ExamSession) -> PlannedGroup:
    group = session.get_one(StudyGroup, sitting.group_id)
    kit = session.get_one(AssessmentKit, sitting.kit_id)
    term = college_settings(session).kit_term
    ends = f"-{clock(sitting.ends_at)}" if sitting.ends_at else ""
    hours = f"{clock(_start(sitting))}{ends}"
    return PlannedGroup(
        exam_group=f"ЭГ-{sitting.number}",
        study_group=group.name,
        people=len(seats(session, sitting)) or sitting.head_count or group.head_count or 0,
        shift=f"{shift_number(session, sitting)}-я смена, {hours}",
        kit=f"{term} {kit.code.removeprefix('КОД ')}, {BRIEF_LEVELS[kit.level]}",
        center=_place(session, sitting),
    )


def _place(session: Session, sitting: ExamSession) -> str:
    workshop = _workshop(session, sitting)
    center = session.get(ExamCenter, workshop.exam_center_id or "") if workshop else None
    return ", ".join(part for part in (center.name if center else "", room_of(workshop)) if part)


def _workshop(session: Session, sitting: ExamSession) -> Workshop | None:
    return session.get(Workshop, sitting.workshop_id) if sitting.workshop_id else None


def _days(
    session: Session, sittings: Sequence[ExamSession], timing: DayTiming
) -> Iterator[PlannedDay]:
    """С-1, С1 and, for exams of two days, С2; results follow the last of them."""
    lengths, place = timing.lengths, _joined(_rooms(session, sittings, timing))
    before = min((one.preparation_day for one in sittings if one.preparation_day), default=None)
    yield PlannedDay(-1, before, preparation_steps(before, lengths, place) if before else ())
    first = _start(sittings[0]).date()
    second = max((one.second_day for one in sittings if one.second_day), default=None)
    days = [(1, first, sittings)]
    if second:
        days.append((2, second, [one for one in sittings if one.second_day]))
    for number, day, held in days:
        steps = exam_steps(_rooms(session, held, timing, day - first), lengths)
        if number == len(days):
            steps.append(results_step(max(one.ends_at for one in steps), lengths))
        yield PlannedDay(number, day, steps)


def _rooms(
    session: Session,
    sittings: Iterable[ExamSession],
    timing: DayTiming,
    later: timedelta = timedelta(),
) -> list[Room]:
    """Each room with its shifts; rooms of the same hours are one row of the plan."""
    rooms: dict[str, list[Shift]] = {}
    for one in sittings:
        shift = _shift(session, one, timing, later)
        rooms.setdefault(_brief_room(_workshop(session, one)), []).append(shift)
    alike: dict[tuple[Shift, ...], list[str]] = {}
    for room, shifts in rooms.items():
        alike.setdefault(tuple(shifts), []).append(room)
    return [(_joined((room, ()) for room in names), shifts) for shifts, names in alike.items()]


def _shift(session: Session, sitting: ExamSession, timing: DayTiming, later: timedelta) -> Shift:
    """The stored hours; the college's break is in them if they are longer than the kit."""
    starts_at = _start(sitting)
    kit = session.get_one(AssessmentKit, sitting.kit_id)
    slot = int((sitting.ends_at - starts_at).total_seconds() // 60) if sitting.ends_at else 0
    pause = sum(one.minutes for one in timing.breaks)
    fits = slot - kit.minutes >= pause and slot - pause > timing.break_after
    breaks = tuple(timing.breaks) if fits else ()
    minutes = slot - pause if breaks else slot or kit.minutes
    return Shift(shift_number(session, sitting), starts_at + later, minutes, breaks)


def _joined(rooms: Iterable[Room]) -> str:
    return "; ".join(dict.fromkeys(room for room, _ in rooms if room))


def _staff(session: Session, sittings: Sequence[ExamSession]) -> list[Admitted]:
    """The expert groups, the board's members and the heads of the centers, each person once."""
    found: dict[str, Admitted] = {}
    for sitting in sittings:
        for one in _serving(session, sitting):
            found.setdefault(fold(one.name.full), one)
    return list(found.values())


def _serving(session: Session, sitting: ExamSession) -> Iterator[Admitted]:
    day = _start(sitting).date()
    for one in group_experts(session, sitting, day):
        yield Admitted(one.name, ROLE_NAMES[one.role], one.organization)
    group = session.get_one(StudyGroup, sitting.group_id)
    member = board_member(session, sitting, group.college_id, day.year)
    workshop = _workshop(session, sitting)
    center = session.get(ExamCenter, workshop.exam_center_id or "") if workshop else None
    host = center.organization_id if center else workshop.organization_id if workshop else ""
    head = representative(session.get(Organization, host or ""))
    yield from (one for one in (member, head) if one)


def _start(sitting: ExamSession) -> datetime:
    if sitting.starts_at is None:
        raise ValueError("a sitting without a time")
    return sitting.starts_at
