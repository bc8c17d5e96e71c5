"""Everything about one sitting as its card shows it, read with a handful of selects."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit, Specialty, TaskModule
from demoexam.models.organizations import Organization
from demoexam.models.places import Workshop
from demoexam.models.reference import PrintedDocument
from demoexam.rules.check import check_one
from demoexam.rules.expert_group import free_seats
from demoexam.rules.plan import DutyFacts, SittingFacts, StaffingRange
from demoexam.rules.shares import Share, check_share, deciding_job, side_on
from demoexam.rules.terms import Answer, ExamLevel, Role, SessionState, Side
from demoexam.rules.violation import Violation, with_levels
from demoexam.services.college.college import college_settings, grade_bounds, targets
from demoexam.services.exams.incidents import IncidentRow, incidents_of
from demoexam.services.exams.people import PlaceRow, examinee_rows
from demoexam.services.exams.places import unseated
from demoexam.services.papers.sheet import recorded_draw
from demoexam.services.plan.check import SEVERITY, plan_around
from demoexam.services.share.share import year_share

ROLES = list(Role)


@dataclass(frozen=True)
class Member:
    """An expert of the group, as he was on the exam's day."""

    assignment_id: str
    expert_id: str
    name: str
    role: Role
    side: Side
    organization: str
    post: str
    load: int  # live duties in the exam's month, this one included
    certified_until: date | None  # date.max: without a term
    has_consent: bool
    answer: Answer
    held: bool


@dataclass(frozen=True)
class ModuleColumn:
    number: int
    title: str
    max_points: int  # hundredths


@dataclass(frozen=True)
class DrawRecord:
    seed: str
    drawn_at: datetime
    list_sum: str
    reason: str = ""  # why an earlier draw was repeated


@dataclass(frozen=True)
class ExamCard:
    """A sitting with all that hangs on it. `sitting` is None while it has no date."""

    row: ExamSession
    group: str
    waiting: int  # students of the group who sit nowhere with this kit
    college: str
    specialty: str
    specialty_id: str
    kit: str
    level: ExamLevel
    minutes: int
    workshop: str
    places: int | None
    shift: int
    head_count: int
    sitting: SittingFacts | None
    need: StaffingRange | None
    members: Sequence[Member]
    findings: Sequence[Violation]
    examinees: Sequence[PlaceRow]
    incidents: Sequence[IncidentRow]
    modules: Sequence[ModuleColumn]
    bounds: tuple[int, int, int]
    draw: DrawRecord | None
    share: Share
    target: int | None
    printed: frozenset[str]
    kit_term: str

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def day(self) -> date | None:
        return self.row.starts_at.date() if self.row.starts_at else None

    @property
    def state(self) -> SessionState:
        return self.row.state

    @property
    def is_closed(self) -> bool:
        return self.row.state is SessionState.CLOSED

    @property
    def is_over(self) -> bool:
        return self.row.state in {SessionState.DONE, SessionState.CLOSED}

    @property
    def scoring(self) -> int:
        return self._live_roles.count(Role.SCORING)

    @property
    def needed(self) -> int:
        return self.need.minimum if self.need else 1

    @property
    def missing_seats(self) -> list[Role]:
        """Seats of the expert group that nobody takes yet."""
        return free_seats(self._live_roles, self.needed)

    @property
    def _live_roles(self) -> list[Role]:
        live = (one for one in self.members if not one.held and one.answer is not Answer.REFUSED)
        return [one.role for one in live]


def exam_card(session: Session, *, session_id: str, today: date | None = None) -> ExamCard:
    """The card of a sitting; NotFound when there is none."""
    row = session.get(ExamSession, session_id)
    if row is None or row.deleted:
        raise NotFound(what="экзамен")
    today = today or date.today()
    plan = plan_around(session, [session_id], today=today)
    sitting = next((each for each in plan.sittings if each.id == session_id), None)
    settings = college_settings(session)
    found = list(with_levels(check_one(plan, session_id), settings.rule_levels))
    year = sitting.day.year if sitting else today.year
    share, target = year_share(session, year=year, today=today, targets=targets(session))
    below = check_share(year, share, target)
    found += with_levels([below] if below else [], settings.rule_levels)
    group = session.get_one(StudyGroup, row.group_id)
    kit = session.get_one(AssessmentKit, row.kit_id)
    specialty = session.get_one(Specialty, kit.specialty_id)
    workshop = session.get(Workshop, row.workshop_id) if row.workshop_id else None
    draw, _ = recorded_draw(session, session_id)
    head_count = sitting.head_count if sitting else row.head_count or group.head_count or 0
    return ExamCard(
        row=row,
        group=group.name,
        waiting=len(unseated(session, row)),
        college=session.get_one(Organization, group.college_id).short_name,
        specialty=f"{specialty.code} {specialty.title}",
        specialty_id=kit.specialty_id,
        kit=kit.code,
        level=kit.level,
        minutes=kit.minutes,
        workshop=workshop.name if workshop else "",
        places=workshop.places if workshop else None,
        shift=_shift(session, row),
        head_count=head_count,
        sitting=sitting,
        need=sitting.kit.staffing_for(head_count) if sitting and sitting.kit else None,
        members=_members(session, sitting) if sitting else (),
        findings=sorted(found, key=lambda each: SEVERITY[each.level]),
        examinees=examinee_rows(session, row),
        incidents=incidents_of(session, session_id),
        modules=_modules(session, row.kit_id),
        bounds=grade_bounds(session, college_id=group.college_id),
        draw=DrawRecord(draw.seed, draw.drawn_at, draw.list_sum, draw.reason) if draw else None,
        share=share,
        target=target,
        printed=_printed(session, session_id),
        kit_term=settings.kit_term,
    )


def _members(session: Session, sitting: SittingFacts) -> list[Member]:
    load = month_load(session, sitting.day, [duty.expert.id for duty in sitting.duties])
    members = [_member(duty, sitting.day, load) for duty in sitting.duties]
    return sorted(members, key=lambda one: (ROLES.index(one.role), one.held, one.name))


def _member(duty: DutyFacts, day: date, load: Mapping[str, int]) -> Member:
    expert = duty.expert
    job = deciding_job(expert.jobs, day)
    return Member(
        assignment_id=duty.assignment_id,
        expert_id=expert.id,
        name=expert.name,
        role=duty.role,
        side=side_on(expert.jobs, day),
        organization=job.organization if job else "",
        post=job.post if job else "",
        load=load.get(expert.id, 0),
        certified_until=expert.certified_until(),
        has_consent=expert.has_consent,
        answer=duty.answer,
        held=duty.held,
    )


def month_load(session: Session, day: date, experts: Collection[str]) -> dict[str, int]:
    """Expert -> his live duties in the month of `day`."""
    first = datetime(day.year, day.month, 1)
    after = datetime(day.year + day.month // 12, day.month % 12 + 1, 1)
    query = (
        select(Assignment.expert_id, func.count())
        .join(ExamSession, ExamSession.id == Assignment.session_id)
        .where(
            Assignment.live(),
            ExamSession.live(),
            Assignment.expert_id.in_(experts),
            Assignment.answer != Answer.REFUSED,
            ExamSession.starts_at >= first,
            ExamSession.starts_at < after,
        )
    )
    return dict(session.execute(query.group_by(Assignment.expert_id)).all())


def _modules(session: Session, kit_id: str) -> list[ModuleColumn]:
    query = select(TaskModule.number, TaskModule.title, TaskModule.max_points).where(
        TaskModule.live(), TaskModule.kit_id == kit_id
    )
    rows = session.execute(query.order_by(TaskModule.number))
    return [ModuleColumn(*row) for row in rows]


def _shift(session: Session, row: ExamSession) -> int:
    """Which of the day's sittings in its workshop this one is, from 1."""
    if row.starts_at is None or row.workshop_id is None:
        return 1
    earlier = select(func.count()).where(
        ExamSession.live(),
        ExamSession.workshop_id == row.workshop_id,
        ExamSession.starts_at >= datetime.combine(row.starts_at.date(), time.min),
        ExamSession.starts_at < row.starts_at,
    )
    return (session.scalar(earlier) or 0) + 1


def _printed(session: Session, session_id: str) -> frozenset[str]:
    query = select(PrintedDocument.kind).where(
        PrintedDocument.live(), PrintedDocument.session_id == session_id
    )
    return frozenset(session.scalars(query))
