"""A sitting that is still being chosen: what is offered, and what the rules say of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from demoexam.models.boards import BoardMember, ExamBoard
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Organization
from demoexam.models.places import Workshop
from demoexam.rules.check import check_sitting, check_unplaced
from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import PlanFacts, SittingFacts, UnplacedFacts
from demoexam.rules.terms import ExamLevel, Level, SessionState
from demoexam.rules.violation import Violation, contradictions, with_levels
from demoexam.services.college.calendar import work_calendar
from demoexam.services.college.college import college_settings
from demoexam.services.plan.check import SEVERITY, sitting_findings
from demoexam.services.plan.plan_facts import (
    around,
    duty_days,
    load_groups,
    load_kits,
    load_plan,
    load_workshops,
)
from demoexam.text import full_name


@dataclass(frozen=True)
class GroupChoice:
    id: str
    name: str
    college: str
    college_id: str
    specialty_id: str | None
    head_count: int


@dataclass(frozen=True)
class KitChoice:
    id: str
    code: str
    level: ExamLevel
    specialty_id: str
    year: int | None
    minutes: int
    exam_days: int


@dataclass(frozen=True)
class WorkshopChoice:
    id: str
    name: str
    places: int


@dataclass(frozen=True)
class StudentChoice:
    """An examinee of the group; `seated` tells that he sits in another sitting of this kit."""

    id: str
    name: str
    seated: bool


@dataclass(frozen=True)
class Choices:
    """What a form offers."""

    groups: list[GroupChoice]
    kits: list[KitChoice]
    workshops: list[WorkshopChoice]


@dataclass(frozen=True)
class Draft:
    """What a form holds at the moment; `session_id` is set when a sitting is changed."""

    group_id: str
    kit_id: str
    workshop_id: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    second_day: date | None = None
    preparation_day: date | None = None
    head_count: int = 0
    board_member: str = ""
    examinee_ids: frozenset[str] = frozenset()
    session_id: str = ""


@dataclass(frozen=True)
class Verdict:
    """What the rules say of a draft; `blocking` is what saving would refuse."""

    findings: list[Violation]
    blocking: list[Violation]


def choices(session: Session) -> Choices:
    """Everything live that a sitting is put together from."""
    return Choices(_groups(session), _kits(session), _workshops(session))


def students_of(
    session: Session, *, group_id: str, kit_id: str, session_id: str = ""
) -> list[StudentChoice]:
    """The named examinees of a group."""
    taken = (
        select(ExamPlace.examinee_id)
        .join(ExamSession, ExamSession.id == ExamPlace.session_id)
        .where(ExamPlace.live(), ExamSession.live(), ExamSession.kit_id == kit_id)
        .where(ExamSession.id != session_id)
    )
    seated = set(session.scalars(taken.where(ExamSession.group_id == group_id)))
    query = select(Examinee).where(Examinee.live(), Examinee.group_id == group_id)
    return [
        StudentChoice(
            one.id, full_name(one.last_name, one.first_name, one.middle_name), one.id in seated
        )
        for one in session.scalars(query.order_by(Examinee.skey))
    ]


def board_names(session: Session, *, college_id: str, year: int) -> list[str]:
    """Members of the college's board of the year."""
    query = (
        select(BoardMember)
        .join(ExamBoard, ExamBoard.id == BoardMember.board_id)
        .where(BoardMember.live(), ExamBoard.live())
        .where(ExamBoard.college_id == college_id, ExamBoard.year == year)
    )
    people = session.scalars(query.order_by(BoardMember.last_name))
    return [full_name(one.last_name, one.first_name, one.middle_name) for one in people]


def proposed_days(session: Session, day: date) -> tuple[date, date]:
    """The preparation day before an exam on `day`, and its second day if it has one."""
    calendar = work_calendar(session, {day.year})
    return calendar.before(day), calendar.add(day, 1)


def judge(session: Session, draft: Draft, *, today: date | None = None) -> Verdict:
    """What the rules say of the draft against the live plan; nothing is written."""
    today = today or date.today()
    levels = college_settings(session).rule_levels
    found = sorted(
        with_levels(_checked(session, draft, today), levels), key=lambda each: SEVERITY[each.level]
    )
    return Verdict(found, _blocking(session, draft, found, today))


def _checked(session: Session, draft: Draft, today: date) -> list[Violation]:
    group = load_groups(session, {draft.group_id})[draft.group_id]
    if draft.starts_at is None:
        return [check_unplaced(UnplacedFacts(draft.session_id, group.name))]
    days = {draft.starts_at.date(), *([draft.second_day] if draft.second_day else ())}
    condition = or_(ExamSession.id == draft.session_id, around(days))
    plan = load_plan(session, today=today, condition=condition)
    sitting = _sitting(session, draft, plan)
    others = (each for each in plan.sittings if each.id != draft.session_id)
    index = PlanIndex(others, duty_days(session, plan, days, [draft.session_id]))
    return list(check_sitting(sitting, index, plan.calendar, today))


def _sitting(session: Session, draft: Draft, plan: PlanFacts) -> SittingFacts:
    kit = load_kits(session, {draft.kit_id})[draft.kit_id]
    starts_at = draft.starts_at or datetime.min
    old = next((each for each in plan.sittings if each.id == draft.session_id), None)
    workshops = load_workshops(session, {draft.workshop_id} if draft.workshop_id else ())
    made = SittingFacts(
        id=draft.session_id,
        group=load_groups(session, {draft.group_id})[draft.group_id],
        starts_at=starts_at,
        ends_at=draft.ends_at or starts_at + timedelta(minutes=kit.minutes),
        kit=kit,
        workshop=workshops.get(draft.workshop_id or ""),
        second_day=draft.second_day,
        preparation_day=draft.preparation_day,
        head_count=len(draft.examinee_ids) or draft.head_count,
        board_member=draft.board_member,
        examinees=draft.examinee_ids,
        state=SessionState.DRAFT,
    )
    return replace(made, duties=old.duties, state=old.state) if old else made


def _blocking(
    session: Session, draft: Draft, found: Collection[Violation], today: date
) -> list[Violation]:
    """New contradictions; a held sitting may keep its own while it is being mended."""
    old = session.get(ExamSession, draft.session_id) if draft.session_id else None
    if old is not None and old.held:
        return []
    known: set[tuple[str, frozenset[str]]] = set()
    if old is not None:
        before = sitting_findings(session, session_id=old.id, today=today)
        known = {_key(each) for each in before if each.level is Level.CONTRADICTION}
    return [each for each in contradictions(found) if _key(each) not in known]


def _key(found: Violation) -> tuple[str, frozenset[str]]:
    return found.code, frozenset(found.subjects)


def _groups(session: Session) -> list[GroupChoice]:
    named = (
        select(Examinee.group_id, func.count().label("named"))
        .where(Examinee.live())
        .group_by(Examinee.group_id)
        .subquery()
    )
    query = (
        select(
            StudyGroup.id,
            StudyGroup.name,
            Organization.short_name,
            StudyGroup.college_id,
            StudyGroup.specialty_id,
            func.coalesce(named.c.named, StudyGroup.head_count, 0),
        )
        .join(Organization, Organization.id == StudyGroup.college_id)
        .outerjoin(named, named.c.group_id == StudyGroup.id)
        .where(StudyGroup.live())
        .order_by(StudyGroup.skey)
    )
    return [GroupChoice(*row) for row in session.execute(query)]


def _kits(session: Session) -> list[KitChoice]:
    query = select(
        AssessmentKit.id,
        AssessmentKit.code,
        AssessmentKit.level,
        AssessmentKit.specialty_id,
        AssessmentKit.year,
        AssessmentKit.minutes,
        AssessmentKit.exam_days,
    ).where(AssessmentKit.live())
    rows = session.execute(query.order_by(AssessmentKit.code))
    return [KitChoice(*row) for row in rows]


def _workshops(session: Session) -> list[WorkshopChoice]:
    query = select(Workshop.id, Workshop.name, Workshop.places).where(Workshop.live())
    rows = session.execute(query.order_by(Workshop.skey))
    return [WorkshopChoice(*row) for row in rows]
