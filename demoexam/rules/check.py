"""All rules over one duty, one sitting, or the whole plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import ClassVar

from demoexam.rules.calendar import WorkCalendar
from demoexam.rules.days import check_days, check_kit
from demoexam.rules.density import ExpertOverWeek, check_group_day, check_turnaround, check_week
from demoexam.rules.eligibility import CertificateMissing, ConsentMissing, check_person
from demoexam.rules.expert_group import check_roles, check_seats
from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import DutyFacts, ExpertFacts, PlanFacts, SittingFacts, UnplacedFacts
from demoexam.rules.terms import Level, Role
from demoexam.rules.timetable import check_expert_time, check_overlaps, check_workshop
from demoexam.rules.violation import Fix, FixAction, Violation


@dataclass(frozen=True)
class WorkshopMissing(Violation):
    code: ClassVar[str] = "workshop_missing"
    usual: ClassVar[Level] = Level.INCOMPLETE
    text: ClassVar[str] = "Не выбрана мастерская: экзамен {sitting}."
    advice: ClassVar[str] = "Выберите мастерскую."
    sitting: str


@dataclass(frozen=True)
class DateMissing(Violation):
    code: ClassVar[str] = "date_missing"
    usual: ClassVar[Level] = Level.INCOMPLETE
    text: ClassVar[str] = "У экзамена группы {group} нет даты и времени."
    advice: ClassVar[str] = "Назначьте дату и время начала."
    group: str


@dataclass(frozen=True)
class HeldMended(Violation):
    """A held row that contradicts nothing any more; `what` names it."""

    code: ClassVar[str] = "held_mended"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = "{what}: отложено, но плану больше не противоречит."
    advice: ClassVar[str] = "Верните запись в план."
    what: str


def check_candidate(
    expert: ExpertFacts, role: Role, sitting: SittingFacts, index: PlanIndex
) -> Iterator[Violation]:
    """Everything against giving `expert` a free seat of this role."""
    return check_duty(DutyFacts("", expert, role), sitting, index)


def check_duty(duty: DutyFacts, sitting: SittingFacts, index: PlanIndex) -> Iterator[Violation]:
    """Everything against one duty: the person, his time, and his other roles here."""
    yield from check_expert_time(duty, sitting, index)
    yield from check_week(duty, sitting, index)
    yield from check_person(duty, sitting)
    others = [each for each in sitting.live_duties if each.assignment_id != duty.assignment_id]
    if any(_touches(duty, each) for each in others):
        yield from _against_others(duty, sitting.with_duties(*others, duty))


def _touches(duty: DutyFacts, other: DutyFacts) -> bool:
    return duty.expert.id == other.expert.id or duty.role is other.role is Role.CHIEF


def _against_others(duty: DutyFacts, sitting: SittingFacts) -> Iterator[Violation]:
    for found in check_roles(sitting):
        if found.subjects[0] == duty.assignment_id:
            yield found


def check_sitting(
    sitting: SittingFacts, index: PlanIndex, calendar: WorkCalendar, today: date
) -> Iterator[Violation]:
    """Everything about one sitting and its live duties, against the live plan."""
    yield from check_overlaps(sitting, index)
    yield from check_workshop(sitting)
    yield from check_turnaround(sitting, index)
    yield from check_group_day(sitting, index)
    duties = sitting.live_duties
    for duty in duties:
        yield from check_expert_time(duty, sitting, index)
    yield from check_roles(sitting)
    yield from check_seats(sitting)
    for duty in duties:
        yield from check_person(duty, sitting)
        yield from check_week(duty, sitting, index)
    if sitting.workshop is None:
        choose = Fix(FixAction.CHANGE_WORKSHOP, sitting.id)
        yield WorkshopMissing(sitting.title).about(sitting.id, (sitting.id,), choose)
    yield from check_days(sitting, calendar, today)
    yield from check_kit(sitting)


def check_plan(plan: PlanFacts) -> Iterator[Violation]:
    """Everything about the live plan, each clash once; then all reasons of each held row."""
    index = PlanIndex(plan.sittings, plan.elsewhere)
    yield from _once(chain(_live(plan, index), _outside(plan, index)))


def _live(plan: PlanFacts, index: PlanIndex) -> Iterator[Violation]:
    for sitting in plan.live():
        yield from check_sitting(sitting, index, plan.calendar, plan.today)
    for unplaced in plan.unplaced:
        yield check_unplaced(unplaced)


def _outside(plan: PlanFacts, index: PlanIndex) -> Iterator[Violation]:
    for sitting in plan.sittings:
        if sitting.held:
            yield from check_held_sitting(sitting, index, plan.calendar, plan.today)
            continue
        for duty in sitting.duties:
            if duty.held:
                yield from check_held_duty(duty, sitting, index)


def check_one(plan: PlanFacts, ident: str) -> Iterator[Violation]:
    """Everything about one sitting of the plan, its held duties included."""
    index = PlanIndex(plan.sittings, plan.elsewhere)
    for sitting in plan.sittings:
        if sitting.id == ident:
            yield from _of_one(sitting, index, plan)
    for unplaced in plan.unplaced:
        if unplaced.id == ident:
            yield check_unplaced(unplaced)


def _of_one(sitting: SittingFacts, index: PlanIndex, plan: PlanFacts) -> Iterator[Violation]:
    if sitting.held:
        yield from check_held_sitting(sitting, index, plan.calendar, plan.today)
        return
    yield from check_sitting(sitting, index, plan.calendar, plan.today)
    for duty in sitting.duties:
        if duty.held:
            yield from check_held_duty(duty, sitting, index)


def check_unplaced(unplaced: UnplacedFacts) -> Violation:
    place = Fix(FixAction.MOVE_SITTING, unplaced.id)
    return DateMissing(unplaced.group).about(unplaced.id, (unplaced.id,), place)


def check_held_sitting(
    sitting: SittingFacts, index: PlanIndex, calendar: WorkCalendar, today: date
) -> Iterator[Violation]:
    """What keeps a held sitting out: it is checked as if it and all its duties were live."""
    duties = (replace(duty, held=False) for duty in sitting.duties)
    as_live = replace(sitting, held=False, duties=tuple(duties))
    reasons = check_sitting(as_live, index, calendar, today)
    yield from _held(reasons, f"Экзамен {sitting.title}", sitting.id, sitting.id)


def check_held_duty(
    duty: DutyFacts, sitting: SittingFacts, index: PlanIndex
) -> Iterator[Violation]:
    """What keeps a held duty of a live sitting out."""
    reasons = check_duty(replace(duty, held=False), sitting, index)
    what = f"Назначение: {duty.expert.name}, экзамен {sitting.title}"
    yield from _held(reasons, what, sitting.id, duty.assignment_id)


def _held(
    reasons: Iterable[Violation], what: str, session: str, row_id: str
) -> Iterator[Violation]:
    contradicts = False
    for found in reasons:
        contradicts = contradicts or found.usual is Level.CONTRADICTION
        yield replace(found, held=True)
    if not contradicts:
        mended = HeldMended(what).about(session, (row_id,), Fix(FixAction.RELEASE, row_id))
        yield replace(mended, held=True)


def _once(findings: Iterable[Violation]) -> Iterator[Violation]:
    """A clash of two rows once for both, a missing paper or a full week once for the person."""
    seen: set[tuple[str, frozenset[str]]] = set()
    for found in findings:
        key = _identity(found)
        if key is None:
            yield found
        elif key not in seen:
            seen.add(key)
            yield found


def _identity(found: Violation) -> tuple[str, frozenset[str]] | None:
    if found.symmetric:
        return found.code, frozenset(found.subjects)
    if isinstance(found, ConsentMissing | CertificateMissing):
        return found.code, frozenset({found.subjects[1]})
    if isinstance(found, ExpertOverWeek):
        return found.code, frozenset({found.subjects[1], found.monday.isoformat()})
    return None
