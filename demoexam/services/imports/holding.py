"""The plan as an import would leave it, under the rules of `check`; what has to be held."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from demoexam.exchange.values import ExamRow
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit, StaffingRule
from demoexam.models.organizations import Organization
from demoexam.models.people import Certificate, Employment, Expert
from demoexam.models.places import Workshop
from demoexam.rules.check import check_plan
from demoexam.rules.holding import to_hold
from demoexam.rules.plan import (
    CertificateFacts,
    DutyFacts,
    ExpertFacts,
    GroupFacts,
    JobFacts,
    KitFacts,
    PlanFacts,
    SittingFacts,
    StaffingRange,
    WorkshopFacts,
)
from demoexam.rules.terms import Answer, Level, SessionState
from demoexam.rules.violation import Violation, incompletes, with_levels
from demoexam.services.college.calendar import work_calendar
from demoexam.services.college.college import college_settings
from demoexam.services.experts.facts import experts_by_id
from demoexam.services.imports.draft import Draft, Row, grouped
from demoexam.services.imports.matching import name_of
from demoexam.services.plan.plan_facts import around, load_plan, load_workshops

TOLD_BY_THE_FILE = frozenset(  # warnings that a schedule itself is to blame for
    {"holiday", "weekend", "slot_too_short", "second_day_missing", "kit_of_other_specialty",
     "kit_of_other_year", "preparation_day_wrong", "outside_opening_hours",
     "accreditation_expired", "expert_from_same_college"}
)  # fmt: skip


class DraftPlan:
    """Facts for the rules: stored sittings of the same days, and those of the file as drafted."""

    def __init__(self, draft: Draft, sittings: Mapping[str, ExamRow], today: date) -> None:
        self._draft, self._sittings, self._today = draft, sittings, today
        self._session: Session = draft.session
        self._duties = grouped(draft.rows(Assignment).values(), "session_id")
        self._staffing = grouped(draft.rows(StaffingRule).values(), "kit_id")
        self._experts = self._load_experts()
        self._workshops = load_workshops(self._session, self._stored(Workshop, "workshop_id"))

    def facts(self) -> PlanFacts:
        """The plan with the file's sittings as they are in the draft now."""
        mine = [self._sitting(self._draft.rows(ExamSession)[ident]) for ident in self._sittings]
        days = {day for sitting in mine for day in sitting.days}
        stored = load_plan(self._session, today=self._today, condition=around(days))
        others = [each for each in stored.sittings if each.id not in self._sittings]
        calendar = work_calendar(self._session, {day.year for day in days})
        return PlanFacts((*others, *mine), self._today, calendar=calendar)

    def _stored(self, entity: type[Workshop], column: str) -> list[str]:
        rows = (self._draft.rows(ExamSession)[ident] for ident in self._sittings)
        return [row[column] for row in rows if row[column] in self._draft.rows(entity)]

    def _load_experts(self) -> dict[str, ExpertFacts]:
        wanted = {
            duty["expert_id"] for ident in self._sittings for duty in self._duties.get(ident, [])
        }
        known = experts_by_id(
            self._session, {e for e in wanted if not self._draft.is_new(Expert, e)}
        )
        if wanted <= known.keys():
            return known
        jobs = grouped(self._draft.rows(Employment).values(), "expert_id")
        papers = grouped(self._draft.rows(Certificate).values(), "expert_id")
        fresh = wanted - known.keys()
        return known | {e: self._new_expert(e, jobs.get(e, []), papers.get(e, [])) for e in fresh}

    def _new_expert(self, ident: str, jobs: Iterable[Row], papers: Iterable[Row]) -> ExpertFacts:
        """An expert whom the same file brings."""
        row = self._draft.rows(Expert)[ident]
        return ExpertFacts(
            id=ident,
            name=str(name_of(row)),
            jobs=tuple(self._job(job) for job in jobs),
            certificates=tuple(
                CertificateFacts(each["issued_on"], each["valid_until"]) for each in papers
            ),
            has_consent=row["consent_on"] is not None,
        )

    def _job(self, job: Row) -> JobFacts:
        organization = self._draft.rows(Organization)[job["organization_id"]]
        return JobFacts(
            organization["id"],
            organization["short_name"],
            organization["kind"],
            job["valid_from"],
            job["valid_to"],
            job["is_main"] is not False,
            job["counts_as_employer"],
        )

    def _sitting(self, row: Row) -> SittingFacts:
        group = self._group(row["group_id"])
        starts_at: datetime = row["starts_at"]
        return SittingFacts(
            id=row["id"],
            group=group,
            starts_at=starts_at,
            ends_at=row["ends_at"],
            kit=self._kit(row["kit_id"]),
            workshop=self._workshop(row["workshop_id"]),
            number=row["number"] or 1,
            second_day=row["second_day"],
            preparation_day=row["preparation_day"],
            head_count=row["head_count"] or group.head_count or 0,
            board_member=row["board_member"] or "",
            state=row["state"] or SessionState.DRAFT,
            duties=tuple(self._duty(each) for each in self._duties.get(row["id"], [])
                         if not each["deleted"]),
            held=bool(row["held"]),
        )  # fmt: skip

    def _duty(self, row: Row) -> DutyFacts:
        expert = self._experts[row["expert_id"]]
        answer = row["answer"] or Answer.INVITED
        return DutyFacts(row["id"], expert, row["role"], answer, bool(row["held"]))

    def _group(self, ident: str) -> GroupFacts:
        row = self._draft.rows(StudyGroup)[ident]
        college = self._draft.rows(Organization)[row["college_id"]]
        facts = row["college_id"], college["short_name"], row["head_count"], row["specialty_id"]
        return GroupFacts(ident, row["name"], *facts)

    def _kit(self, ident: str) -> KitFacts:
        row = self._draft.rows(AssessmentKit)[ident]
        staffing = tuple(
            StaffingRange(
                rule["workplaces_from"],
                rule["workplaces_to"],
                rule["minimum"],
                rule["minimum"] if rule["recommended"] is None else rule["recommended"],
            )
            for rule in self._staffing.get(ident, [])
            if not rule["deleted"]
        )
        return KitFacts(
            id=ident,
            code=row["code"],
            level=row["level"],
            specialty_id=row["specialty_id"],
            year=row["year"],
            minutes=row["minutes"],
            exam_days=row["exam_days"] or 1,
            staffing=staffing,
        )

    def _workshop(self, ident: str | None) -> WorkshopFacts | None:
        if ident is None:
            return None
        if ident in self._workshops:
            return self._workshops[ident]
        row = self._draft.rows(Workshop)[ident]
        saturday = bool(row["open_saturday"])
        until = row["accredited_until"]
        return WorkshopFacts(ident, row["name"], row["places"] or 0, saturday, {}, until)


def hold_and_check(
    draft: Draft, sittings: Mapping[str, ExamRow], came: Iterable[str], today: date
) -> list[Violation]:
    """Hold what contradicts the plan, release what does not any more; return what is wrong.

    Uses the rules of `check`. A sitting that lacks something stays a draft.
    """
    plan_of = DraftPlan(draft, sittings, today)
    fresh = frozenset(came)
    plan = _released(plan_of.facts(), fresh)
    held = to_hold(plan, fresh)
    for ident in sorted(fresh | _duties_of(plan, fresh)):
        entity = ExamSession if ident in sittings else Assignment
        draft.change(entity, ident, held=ident in held)
    levels = college_settings(draft.session).rule_levels
    found = [
        violation
        for violation in with_levels(check_plan(plan_of.facts()), levels)
        if violation.session in sittings
    ]
    for violation in incompletes(found):
        if violation.session in came:
            draft.change(ExamSession, violation.session, state=SessionState.DRAFT)
    return [f for f in found if f.level is not Level.WARNING or f.code in TOLD_BY_THE_FILE]


def _released(plan: PlanFacts, fresh: frozenset[str]) -> PlanFacts:
    """The plan in which what came is tried anew, held before or not."""
    tried = (
        replace(
            sitting,
            held=sitting.held and sitting.id not in fresh,
            duties=tuple(
                replace(duty, held=duty.held and not {duty.assignment_id, sitting.id} & fresh)
                for duty in sitting.duties
            ),
        )
        for sitting in plan.sittings
    )
    return replace(plan, sittings=tuple(tried))


def _duties_of(plan: PlanFacts, fresh: frozenset[str]) -> set[str]:
    """Assignments of the sittings that came: they are judged with them."""
    return {
        duty.assignment_id
        for sitting in plan.sittings
        if sitting.id in fresh
        for duty in sitting.duties
    }
