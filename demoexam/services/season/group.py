"""The expert group of the sitting beside the board: each one's load, and what a fix costs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.people import Expert
from demoexam.rules.fixed import Seats
from demoexam.rules.plan import DutyFacts, SittingFacts
from demoexam.rules.terms import Answer, Role
from demoexam.rules.violation import Fix, FixAction, Violation
from demoexam.services.exams.view import ExamCard, Member
from demoexam.services.experts.facts import load_experts
from demoexam.services.share.effect import ShareEffect, YearShare

WEEK = timedelta(days=7)
OF_SEATS = frozenset({FixAction.REPLACE_EXPERT, FixAction.REMOVE_EXPERT, FixAction.ADD_EXPERT})


@dataclass(frozen=True, slots=True)
class Load:
    """How much an expert does besides and with this sitting."""

    days: int = 0  # of exams in the sitting's week
    enough: int = 0  # days a week, by the college's setting; 0: any number
    sittings: int = 0  # of the whole year

    @property
    def is_full(self) -> bool:
        """No day of the week is left for him."""
        return bool(self.enough) and self.days >= self.enough


@dataclass(frozen=True, slots=True)
class GroupMember:
    """An expert of the group with his load and what is said of him."""

    member: Member
    load: Load
    told: Sequence[Violation]


def group_of(session: Session, card: ExamCard) -> list[GroupMember]:
    """The members of a sitting's group in the order of its card."""
    if card.sitting is None:
        return []
    duties = {duty.assignment_id: duty for duty in card.sitting.duties}
    days = _days(session, card.sitting, [one.expert_id for one in card.members])
    return [
        GroupMember(
            one,
            _load(days[one.expert_id], card.sitting.day, duties[one.assignment_id]),
            [each for each in card.findings if _about(each, one)],
        )
        for one in card.members
    ]


def share_effects(
    session: Session, sitting: SittingFacts, fixes: Iterable[Fix]
) -> dict[Fix, ShareEffect]:
    """What each fix that changes the expert group does to the share of the sitting's year."""
    wanted = {fix: _newcomers(fix) for fix in fixes if fix.action in OF_SEATS}
    everybody = {ident for ids in wanted.values() for ident in ids}
    known = load_experts(session, Expert.id.in_(everybody)) if everybody else {}
    duties = {duty.assignment_id: duty for duty in sitting.duties}
    if not wanted:
        return {}
    year, found = YearShare(session, sitting), {}
    for fix, ids in wanted.items():
        duty = duties.get(fix.target)
        role = duty.role if duty else _role(fix)
        new = [known[ident] for ident in ids if ident in known]
        found[fix] = year.effect_of(new, role, replaced=duty)
    return found


def _newcomers(fix: Fix) -> tuple[str, ...]:
    """Whom a fix brings into the group."""
    if fix.action is FixAction.REMOVE_EXPERT or not fix.ready:
        return ()
    is_one = fix.action is FixAction.REPLACE_EXPERT
    return (fix.value,) if is_one else Seats.read(fix.value).experts


def _role(fix: Fix) -> Role:
    return Seats.read(fix.value).role if fix.ready and fix.value else Role.SCORING


def _about(found: Violation, one: Member) -> bool:
    return not {one.assignment_id, one.expert_id}.isdisjoint(found.subjects)


def _load(days: Collection[tuple[str, date]], day: date, duty: DutyFacts) -> Load:
    """`days` are those of his sittings: two of one day are one day of the week."""
    monday = day - timedelta(days=day.weekday())
    week = {each for _, each in days if monday <= each < monday + WEEK}
    return Load(len(week), duty.expert.weekly_days, len({ident for ident, _ in days}))


def _days(
    session: Session, sitting: SittingFacts, experts: Collection[str]
) -> dict[str, set[tuple[str, date]]]:
    """Expert -> his live sittings of the year with each of their days."""
    year = sitting.day.year
    query = (
        select(Assignment.expert_id, ExamSession.id, ExamSession.starts_at, ExamSession.second_day)
        .join(ExamSession, ExamSession.id == Assignment.session_id)
        .where(
            Assignment.live(),
            ExamSession.live(),
            Assignment.expert_id.in_(experts),
            Assignment.answer != Answer.REFUSED,
            ExamSession.starts_at >= datetime(year, 1, 1),
            ExamSession.starts_at < datetime(year + 1, 1, 1),
        )
    )
    found: dict[str, set[tuple[str, date]]] = defaultdict(set)
    for expert, ident, starts_at, second_day in session.execute(query):
        if starts_at is not None:
            found[expert].add((ident, starts_at.date()))
        if second_day is not None:
            found[expert].add((ident, second_day))
    return found
