"""Experts of shifts to be: those who are there already where they are free, else others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import chain

from sqlalchemy import or_
from sqlalchemy.orm import Session

from demoexam.models.exams import ExamSession
from demoexam.models.people import Expert
from demoexam.rules.check import check_candidate
from demoexam.rules.expert_group import free_seats, staffing_of
from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import DutyFacts, ExpertFacts, PlanFacts, SittingFacts
from demoexam.rules.pool import Pool, competent
from demoexam.rules.terms import Level, Role
from demoexam.rules.violation import with_levels
from demoexam.services.college.college import college_settings
from demoexam.services.exams.shifts import Shift, ShiftDuty, propose_shifts
from demoexam.services.experts.facts import load_experts
from demoexam.services.plan.plan_facts import (
    around,
    duty_days,
    load_groups,
    load_kits,
    load_plan,
    load_workshops,
)
from demoexam.store.erasing import ERASED_NAME

NOT_FREE = frozenset({"expert_unavailable", "expert_reluctant", "expert_over_week"})


@dataclass(frozen=True)
class _Room:
    """What every shift has in common."""

    plan: PlanFacts
    base: SittingFacts
    pool: Pool
    levels: dict[str, str]


def staffed_shifts(
    session: Session,
    *,
    group_id: str,
    kit_id: str,
    workshop_id: str,
    day: date,
    first_start: time,
    session_id: str = "",
    today: date | None = None,
) -> list[Shift]:
    """What `propose_shifts` proposes, with experts."""
    where = {"group_id": group_id, "kit_id": kit_id, "workshop_id": workshop_id}
    shifts = propose_shifts(
        session, **where, day=day, first_start=first_start, session_id=session_id
    )
    return with_experts(session, **where, shifts=shifts, today=today)


def with_experts(
    session: Session,
    *,
    group_id: str,
    kit_id: str,
    workshop_id: str,
    shifts: Sequence[Shift],
    today: date | None = None,
) -> list[Shift]:
    """The same shifts with the experts they could have; nothing is written.

    Whoever is assigned already stays. `lacking` names the seats for which nobody was found.
    """
    room = _room(
        session, group_id=group_id, kit_id=kit_id, workshop_id=workshop_id, shifts=shifts,
        today=today or date.today(),
    )  # fmt: skip
    ours = {one.session_id for one in shifts}
    now = {one.id: one for one in room.plan.sittings if one.id in ours}
    facts = [_facts(room.base, number, one, now) for number, one in enumerate(shifts)]
    source = next((one.live_duties for one in facts if one.live_duties), ())
    others = (one for one in room.plan.sittings if one.id not in ours)
    index = PlanIndex(chain(others, facts), room.plan.elsewhere)
    return [
        _with_group(shift, sitting, source, room, index)
        for shift, sitting in zip(shifts, facts, strict=True)
    ]


def _with_group(
    shift: Shift,
    sitting: SittingFacts,
    source: Sequence[DutyFacts],
    room: _Room,
    index: PlanIndex,
) -> Shift:
    """The shift with its experts, who are busy then for the shifts after it."""
    full = _staffed(sitting, source, room, index)
    same = {(duty.role, duty.expert.id) for duty in source}
    duties = []
    for duty in full.duties[len(sitting.duties) :]:
        index.add_duty(duty, full)
        known = (duty.role, duty.expert.id) in same
        duties.append(ShiftDuty(duty.role, duty.expert.id, duty.expert.name, known))
    return replace(shift, duties=tuple(duties), lacking=tuple(_lacking(full)))


def _room(
    session: Session,
    *,
    group_id: str,
    kit_id: str,
    workshop_id: str,
    shifts: Sequence[Shift],
    today: date,
) -> _Room:
    """The plan of those days, the experts, and what a shift takes from its group and place."""
    settings = college_settings(session)
    days = {one.starts_at.date() for one in shifts} | {
        one.second_day for one in shifts if one.second_day
    }
    ids = [one.session_id for one in shifts if one.session_id]
    plan = load_plan(
        session, today=today, condition=or_(ExamSession.id.in_(ids), around(days)),
        years={day.year for day in days},
    )  # fmt: skip
    plan = replace(plan, elsewhere=tuple(duty_days(session, plan, days, None)))
    kits = load_kits(session, [kit_id], turnaround=settings.turnaround_minutes)
    base = SittingFacts(
        id="",
        group=load_groups(session, [group_id])[group_id],
        starts_at=shifts[0].starts_at,
        ends_at=shifts[0].ends_at,
        kit=kits[kit_id],
        workshop=load_workshops(session, [workshop_id])[workshop_id],
    )
    experts = load_experts(
        session,
        Expert.live() & Expert.active & (Expert.last_name != ERASED_NAME),
        specialty_id=kits[kit_id].specialty_id,
        kit_id=kit_id,
    )
    return _Room(plan, base, Pool(experts.values(), plan), dict(settings.rule_levels))


def _facts(
    base: SittingFacts, number: int, shift: Shift, now: dict[str, SittingFacts]
) -> SittingFacts:
    """The sitting that a shift would be, with the experts that it has already."""
    known = now.get(shift.session_id)
    return replace(
        base,
        id=shift.session_id or f"shift {number}",
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        second_day=shift.second_day,
        head_count=shift.head_count,
        examinees=frozenset(shift.examinee_ids),
        duties=known.duties if known else (),
    )


def _staffed(
    sitting: SittingFacts, source: Iterable[DutyFacts], room: _Room, index: PlanIndex
) -> SittingFacts:
    """The sitting with the source's experts who can, and others in the seats still free."""
    for duty in source:
        present = {each.expert.id for each in sitting.live_duties}
        if duty.expert.id not in present and _can(duty.expert, duty.role, sitting, room, index):
            sitting = _joined(sitting, duty.expert, duty.role)
    for role in _lacking(sitting):
        best = next(_fit(sitting, role, room, index), None)
        if best is not None:
            sitting = _joined(sitting, best, role)
    return sitting


def _fit(sitting: SittingFacts, role: Role, room: _Room, index: PlanIndex) -> Iterator[ExpertFacts]:
    """Who may take a seat, the most suitable first."""
    kit = sitting.kit
    for expert in room.pool.fit(sitting, role, index, room.levels):
        able = role is Role.TECHNICAL or (kit is not None and competent(expert, role, kit))
        if able and _can(expert, role, sitting, room, index):
            yield expert


def _can(
    expert: ExpertFacts, role: Role, sitting: SittingFacts, room: _Room, index: PlanIndex
) -> bool:
    """Allowed, and free: neither away nor over his days of the week."""
    found = with_levels(check_candidate(expert, role, sitting, index), room.levels)
    return not any(one.level is Level.CONTRADICTION or one.code in NOT_FREE for one in found)


def _joined(sitting: SittingFacts, expert: ExpertFacts, role: Role) -> SittingFacts:
    duty = DutyFacts(f"{sitting.id} {role} {expert.id}", expert, role)
    return sitting.with_duties(*sitting.duties, duty)


def _lacking(sitting: SittingFacts) -> list[Role]:
    need = staffing_of(sitting)
    roles = [duty.role for duty in sitting.live_duties]
    return free_seats(roles, need.minimum if need else 1)
