"""Who could take a seat in a sitting, the most suitable first, with every reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.people import Expert
from demoexam.rules.check import check_candidate
from demoexam.rules.eligibility import (
    CertificateExpired,
    CertificateMissing,
    ConsentMissing,
    ExpertReluctant,
    ExpertUnavailable,
)
from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import DutyFacts, ExpertFacts, JobFacts, PlanFacts, SittingFacts
from demoexam.rules.shares import deciding_job, side_on
from demoexam.rules.terms import Answer, Level, Role, Side
from demoexam.rules.timetable import ExpertDoubleBooked
from demoexam.rules.violation import Violation, contradictions, with_levels
from demoexam.services.college.college import college_settings
from demoexam.services.experts.facts import load_experts
from demoexam.services.plan.check import SEVERITY, plan_around
from demoexam.services.share.effect import ShareEffect, Trend, YearShare
from demoexam.store.erasing import ERASED_NAME
from demoexam.text import counted, fold, short_date

TREND_ORDER = {Trend.RISES: 0, Trend.STAYS: 1, Trend.NOT_COUNTED: 1, Trend.FALLS: 2}


class Verdict(StrEnum):
    """What a reason says of a candidate."""

    FOR = "for"
    AGAINST = "against"
    BAN = "ban"


@dataclass(frozen=True, slots=True)
class Reason:
    verdict: Verdict
    text: str
    violation: Violation | None = None


@dataclass(frozen=True)
class Candidate:
    """An expert for a seat; texts are made when they are read."""

    expert: ExpertFacts
    sitting: SittingFacts
    role: Role
    violations: tuple[Violation, ...]
    competent: bool
    load: int
    effect: ShareEffect

    @property
    def expert_id(self) -> str:
        return self.expert.id

    @property
    def name(self) -> str:
        return self.expert.name

    @cached_property
    def job(self) -> JobFacts | None:
        """Where he works on the day of the exam."""
        return deciding_job(self.expert.jobs, self.sitting.day)

    @property
    def organization(self) -> str:
        return self.job.organization if self.job else ""

    @property
    def side(self) -> Side:
        return side_on(self.expert.jobs, self.sitting.day)

    @property
    def allowed(self) -> bool:
        return not contradictions(self.violations)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Bans first, then what speaks against, then what speaks for."""
        return (*self._against(), *self._for())

    def _against(self) -> Iterator[Reason]:
        for found in sorted(self.violations, key=lambda found: SEVERITY[found.level]):
            banned = found.level is Level.CONTRADICTION
            yield Reason(Verdict.BAN if banned else Verdict.AGAINST, found.reason, found)
        if not self.competent:
            yield Reason(Verdict.AGAINST, "Нет отметки о компетенции по этой специальности")

    def _for(self) -> Iterator[Reason]:
        found = {type(violation) for violation in self.violations}
        if not found & {ExpertDoubleBooked, ExpertUnavailable, ExpertReluctant}:
            days = " и ".join(map(short_date, self.sitting.days))
            yield Reason(Verdict.FOR, f"Время свободно: {days}")
        if self.competent:
            yield Reason(Verdict.FOR, "Может оценивать эту специальность")
        if self.role is not Role.TECHNICAL and not found & {CertificateExpired, CertificateMissing}:
            yield Reason(Verdict.FOR, f"Свидетельство {self._term()}")
        if ConsentMissing not in found:
            yield Reason(Verdict.FOR, "Согласие на обработку данных есть")
        exams = counted(self.load, "экзамен", "экзамена", "экзаменов")
        yield Reason(Verdict.FOR, f"Нагрузка в этом месяце: {exams}")

    def _term(self) -> str:
        until = self.expert.certified_until() or date.max
        return "без срока" if until == date.max else f"до {short_date(until)}"

    @property
    def rank(self) -> tuple[object, ...]:
        """Free, competent, with papers, good for the share, little loaded; then by name."""
        serious = sum(found.level is not Level.WARNING for found in self.violations)
        order = TREND_ORDER[self.effect.trend]
        doubts = len(self.violations)
        return serious, not self.competent, doubts, order, self.load, fold(self.name)


def candidates(
    session: Session,
    *,
    session_id: str,
    role: Role,
    replacing: str | None = None,
    today: date | None = None,
) -> list[Candidate]:
    """Every active expert who is not in the sitting, ranked, banned ones last.

    `replacing` is the assignment whose seat is wanted: its expert is left out of all checks.
    """
    plan = plan_around(session, [session_id], today=today, everyone=True)
    sitting, replaced = _seat(plan, session_id, replacing)
    others = (each for each in plan.sittings if each.id != session_id)
    index = PlanIndex(others, plan.elsewhere)
    kit = sitting.kit
    experts = load_experts(
        session,
        Expert.live() & Expert.active & (Expert.last_name != ERASED_NAME),
        specialty_id=kit.specialty_id if kit else None,
        kit_id=kit.id if kit else None,
    )
    levels = college_settings(session).rule_levels
    load, share = _month_load(session, sitting), YearShare(session, sitting, replaced)
    present = {duty.expert.id for duty in sitting.live_duties}
    found = [
        Candidate(
            expert=expert,
            sitting=sitting,
            role=role,
            violations=tuple(_checked(check_candidate(expert, role, sitting, index), levels)),
            competent=_competent(expert, role),
            load=load.get(expert.id, 0),
            effect=share.effect(expert, role),
        )
        for expert in experts.values()
        if expert.id not in present
    ]
    return sorted(found, key=lambda candidate: candidate.rank)


def _checked(found: Iterator[Violation], levels: Mapping[str, str]) -> Iterator[Violation]:
    return with_levels(found, levels) if levels else found


def _seat(
    plan: PlanFacts, session_id: str, replacing: str | None
) -> tuple[SittingFacts, DutyFacts | None]:
    """The sitting without the duty whose seat is wanted, and that duty."""
    for sitting in plan.sittings:
        if sitting.id == session_id:
            others = (duty for duty in sitting.duties if duty.assignment_id != replacing)
            gone = (duty for duty in sitting.duties if duty.assignment_id == replacing)
            return sitting.with_duties(*others), next(gone, None)
    raise NotFound(what="экзамен с датой")


def _competent(expert: ExpertFacts, role: Role) -> bool:
    """The facts hold only competences in this kit; none named roles means any role."""
    if role is Role.TECHNICAL:
        return True
    return any(not each.roles or role in each.roles for each in expert.competences)


def _month_load(session: Session, sitting: SittingFacts) -> dict[str, int]:
    """Expert -> his live duties in the month of the sitting, this one apart."""
    first = datetime(sitting.day.year, sitting.day.month, 1)
    after = datetime(first.year + first.month // 12, first.month % 12 + 1, 1)
    query = (
        select(Assignment.expert_id, func.count())
        .join(ExamSession, ExamSession.id == Assignment.session_id)
        .where(
            Assignment.live(),
            ExamSession.live(),
            Assignment.answer != Answer.REFUSED,
            ExamSession.starts_at >= first,
            ExamSession.starts_at < after,
            ExamSession.id != sitting.id,
        )
        .group_by(Assignment.expert_id)
    )
    return dict(session.execute(query).all())
