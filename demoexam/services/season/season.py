"""The season as the board shows it: workshops, sittings, bookings, days off; and its judge."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from demoexam.models.boards import BoardMember, ExamBoard
from demoexam.models.exams import ExamSession
from demoexam.models.kits import AssessmentKit
from demoexam.models.people import Expert
from demoexam.models.places import Workshop
from demoexam.rules.check import check_plan
from demoexam.rules.moves import SEVERITY, MoveJudge
from demoexam.rules.nearby import FAR
from demoexam.rules.plan import PlanFacts
from demoexam.rules.terms import BookingPurpose, ExamLevel, Level, SessionState
from demoexam.rules.violation import with_levels
from demoexam.services.college.college import college_settings
from demoexam.services.experts.facts import load_experts
from demoexam.services.plan.plan_facts import between, load_kits, load_plan, load_workshops
from demoexam.services.share.ledger import share_ledger
from demoexam.store.erasing import ERASED_NAME
from demoexam.text import full_name

DAY = timedelta(days=1)
NEAR = timedelta(days=FAR)  # other places are looked for so far beyond the board


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


@dataclass(frozen=True, slots=True)
class Told:
    """How the rules judge a sitting where it is."""

    level: Level  # of the worst finding
    findings: int


@dataclass(frozen=True)
class Judged:
    """The second step of a board: who judges moves, and what is said of each sitting now."""

    judge: MoveJudge
    told: Mapping[str, Told]


def coloured(season: Season, told: Mapping[str, Told]) -> Season:
    """The season with what is told of its sittings; of the others nothing is."""
    chips = [_coloured(chip, told.get(chip.id)) for chip in season.chips]
    unplaced = [_coloured(chip, told.get(chip.id)) for chip in season.unplaced]
    return replace(season, chips=chips, unplaced=unplaced)


def _coloured(chip: Chip, told: Told | None) -> Chip:
    level, findings = (told.level, told.findings) if told else (None, 0)
    if (chip.level_found, chip.findings) == (level, findings):
        return chip
    return replace(chip, level_found=level, findings=findings)


def judged(session: Session, first: date, last: date, today: date | None = None) -> Judged:
    """Judge the plan of these days; it takes long, so the board is painted before."""
    made = judge(session, first, last, today)
    return Judged(made, _told(made))


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
        boards=_boards(session),
        ledger=share_ledger(session, range(first.year - 1, last.year + 2)),
    )


def _boards(session: Session) -> dict[tuple[str, int], list[str]]:
    """College and year -> members of its board, in the order of their names."""
    query = (
        select(
            ExamBoard.college_id,
            ExamBoard.year,
            BoardMember.last_name,
            BoardMember.first_name,
            BoardMember.middle_name,
        )
        .join(ExamBoard, ExamBoard.id == BoardMember.board_id)
        .where(BoardMember.live(), ExamBoard.live())
    )
    members: dict[tuple[str, int], list[str]] = defaultdict(list)
    for college, year, *name in session.execute(query.order_by(BoardMember.last_name)):
        members[college, year].append(full_name(*name))
    return members


def _plan(session: Session, first: date, last: date, today: date) -> PlanFacts:
    """The plan of these weeks and of those which ways out may reach, and what has no date."""
    first, last = first - NEAR, last + NEAR
    wanted = or_(ExamSession.starts_at.is_(None), between(*whole_weeks(first, last)))
    years = range(first.year, last.year + 1)
    return load_plan(session, today=today, condition=wanted, years=years)


def _told(made: MoveJudge) -> dict[str, Told]:
    """A clash of two is told under both."""
    levels: dict[str, list[Level]] = defaultdict(list)
    known = {each.id for each in made.plan.sittings}
    for found in with_levels(check_plan(made.plan), made.levels):
        both = found.symmetric and not found.held
        for ident in {found.session, *(known.intersection(found.subjects) if both else ())}:
            levels[ident].append(found.level)
    return {
        ident: Told(min(some, key=SEVERITY.__getitem__), len(some))
        for ident, some in levels.items()
    }


def whole_weeks(first: date, last: date) -> tuple[date, date]:
    """From a Monday to a Sunday, since an expert's week counts."""
    return first - first.weekday() * DAY, last + (6 - last.weekday()) * DAY
