"""The season as the board shows it: workshops, sittings, bookings, days off; and its judge."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from demoexam.models.boards import BoardMember, ExamBoard
from demoexam.models.exams import ExamSession
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.models.places import Workshop, WorkshopBooking
from demoexam.rules.check import check_plan
from demoexam.rules.moves import SEVERITY, MoveJudge
from demoexam.rules.plan import PlanFacts, SittingFacts
from demoexam.rules.terms import BookingPurpose, ExamLevel, Level, Role, SessionState
from demoexam.rules.violation import Violation, with_levels
from demoexam.services.college.college import college_settings
from demoexam.services.experts.facts import load_experts
from demoexam.services.plan.plan_facts import between, load_kits, load_plan, load_workshops
from demoexam.services.share.ledger import share_ledger
from demoexam.store.erasing import ERASED_NAME
from demoexam.text import full_name

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lane:
    """A workshop of the board."""

    id: str
    name: str
    room: str
    places: int
    college: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A sitting of the board; without `starts_at` it waits in the strip."""

    id: str
    title: str  # the group, and which shift of its day this is
    kit: str
    level: ExamLevel
    people: int
    workshop_id: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    second_day: date | None
    preparation_day: date | None
    state: SessionState
    pinned: bool
    held: bool
    level_found: Level | None  # of the worst finding
    findings: int
    experts: int  # who score
    experts_needed: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What else takes a lane."""

    id: str
    workshop_id: str
    starts_at: datetime
    ends_at: datetime
    purpose: BookingPurpose
    organizer: str


@dataclass(frozen=True, slots=True)
class Season:
    """All that is drawn between two days, both inclusive."""

    lanes: Sequence[Lane]
    chips: Sequence[Chip]
    unplaced: Sequence[Chip]
    marks: Sequence[Mark]
    days_off: Mapping[date, str]  # day -> the holiday's name, or "" for a weekend
    first: date
    last: date


def load_season(session: Session, *, first: date, last: date, today: date) -> Season:
    """The board of these days, judged on `today`."""
    plan = _plan(session, first, last, today)
    told = _told(session, plan)
    shifts = _shifts(plan.sittings)
    here = (each for each in plan.sittings if first <= each.days[-1] and each.day <= last)
    waiting = (each.sitting for each in plan.unplaced if each.sitting)
    return Season(
        lanes=_lanes(session),
        chips=[_chip(each, shifts.get(each.id, 0), told.get(each.id, ())) for each in here],
        unplaced=[_chip(each, 0, told.get(each.id, ()), dated=False) for each in waiting],
        marks=_marks(session, first, last),
        days_off=_days_off(plan, first, last),
        first=first,
        last=last,
    )


def judge(session: Session, first: date, last: date, today: date | None = None) -> MoveJudge:
    """Who tells what a move within these days would mean; made off the window's thread."""
    plan = _plan(session, first, last, today or date.today())
    workshops = load_workshops(session, session.scalars(select(Workshop.id).where(Workshop.live())))
    known = Expert.live() & Expert.active & (Expert.last_name != ERASED_NAME)
    settings = college_settings(session)
    kits = session.scalars(select(AssessmentKit.id).where(AssessmentKit.live()))
    return MoveJudge(
        plan,
        plan.calendar,
        settings.rule_levels,
        workshops=workshops.values(),
        experts=load_experts(session, known).values(),
        kits=load_kits(session, kits, turnaround=settings.turnaround_minutes).values(),
        boards=_boards(session, last.year),
        ledger=share_ledger(session, range(first.year - 1, last.year + 2)),
    )


def _boards(session: Session, year: int) -> dict[str, list[str]]:
    """College -> members of its board of the year, in the order of their names."""
    query = (
        select(
            ExamBoard.college_id,
            BoardMember.last_name,
            BoardMember.first_name,
            BoardMember.middle_name,
        )
        .join(ExamBoard, ExamBoard.id == BoardMember.board_id)
        .where(BoardMember.live(), ExamBoard.live(), ExamBoard.year == year)
    )
    members: dict[str, list[str]] = defaultdict(list)
    for college, *name in session.execute(query.order_by(BoardMember.last_name)):
        members[college].append(full_name(*name))
    return members


def _plan(session: Session, first: date, last: date, today: date) -> PlanFacts:
    """Whole weeks of the plan, since an expert's week counts, and what waits for a date."""
    monday, sunday = first - first.weekday() * DAY, last + (6 - last.weekday()) * DAY
    wanted = or_(ExamSession.starts_at.is_(None), between(monday, sunday))
    years = range(first.year, last.year + 1)
    return load_plan(session, today=today, condition=wanted, years=years)


def _told(session: Session, plan: PlanFacts) -> dict[str, list[Violation]]:
    """Sitting -> what is said of it; a clash of two is told under both."""
    told: dict[str, list[Violation]] = defaultdict(list)
    known = {each.id for each in plan.sittings}
    for found in with_levels(check_plan(plan), college_settings(session).rule_levels):
        both = found.symmetric and not found.held
        for ident in {found.session, *(known.intersection(found.subjects) if both else ())}:
            told[ident].append(found)
    return told


def _shifts(sittings: Iterable[SittingFacts]) -> dict[str, int]:
    """Sitting -> its number among those of its group and kit that day, if there are several."""
    together: dict[tuple[str, str, date], list[SittingFacts]] = defaultdict(list)
    for each in sittings:
        together[each.group.id, each.kit.id if each.kit else "", each.day].append(each)
    numbered = (enumerate(sorted(some, key=_start), 1) for some in together.values() if some[1:])
    return {each.id: number for some in numbered for number, each in some}


def _start(sitting: SittingFacts) -> tuple[datetime, str]:
    return sitting.starts_at, sitting.id


def _chip(
    sitting: SittingFacts, shift: int, told: Sequence[Violation], *, dated: bool = True
) -> Chip:
    kit, name = sitting.kit, sitting.group.name
    need = kit.staffing_for(sitting.head_count) if kit else None
    scoring = Counter(duty.role for duty in sitting.live_duties)[Role.SCORING]
    return Chip(
        id=sitting.id,
        title=f"{name}, {shift}-я смена" if shift else name,
        kit=kit.code if kit else "",
        level=kit.level if kit else ExamLevel.BASIC,
        people=sitting.head_count,
        workshop_id=sitting.workshop.id if sitting.workshop else None,
        starts_at=sitting.starts_at if dated else None,
        ends_at=sitting.ends_at if dated else None,
        second_day=sitting.second_day,
        preparation_day=sitting.preparation_day,
        state=sitting.state,
        pinned=sitting.pinned,
        held=sitting.held,
        level_found=min((each.level for each in told), key=SEVERITY.__getitem__, default=None),
        findings=len(told),
        experts=scoring,
        experts_needed=need.minimum if need else 1,
    )


def _lanes(session: Session) -> list[Lane]:
    query = (
        select(Workshop.id, Workshop.name, Workshop.room, Workshop.places, Organization.short_name)
        .join(Organization, Organization.id == Workshop.organization_id)
        .where(Workshop.live())
        .order_by(Workshop.skey, Workshop.room, Workshop.id)
    )
    return [Lane(*row) for row in session.execute(query)]


def _marks(session: Session, first: date, last: date) -> list[Mark]:
    query = (
        select(
            WorkshopBooking.id,
            WorkshopBooking.workshop_id,
            WorkshopBooking.starts_at,
            WorkshopBooking.ends_at,
            WorkshopBooking.purpose,
            WorkshopBooking.organizer,
        )
        .where(WorkshopBooking.live())
        .where(WorkshopBooking.starts_at < datetime.combine(last + DAY, time.min))
        .where(WorkshopBooking.ends_at > datetime.combine(first, time.min))
        .order_by(WorkshopBooking.starts_at)
    )
    return [Mark(*row) for row in session.execute(query)]


def _days_off(plan: PlanFacts, first: date, last: date) -> dict[date, str]:
    days = (first + number * DAY for number in range((last - first).days + 1))
    return {day: plan.calendar.name(day) for day in days if not plan.calendar.is_working(day)}
