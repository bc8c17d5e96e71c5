"""What the store tells of the deadlines of many exams, with one select a kind of fact."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.models.exams import ExamPlace, ExamSession, WorkplaceDraw
from demoexam.models.groups import Examinee
from demoexam.models.places import Workshop
from demoexam.models.reference import PrintedDocument, Setting
from demoexam.rules.deadlines import (
    ACQUAINTANCE,
    DRAW,
    PLAN,
    PROTOCOLS,
    READINESS,
    RESULTS,
    TASKS,
    TUTOR,
    Done,
)
from demoexam.rules.terms import SessionState
from demoexam.services.college.setting_rows import SettingScope
from demoexam.services.season.plan_approval import approvals, local_day

TICK = "deadline_done"
TICKED = (ACQUAINTANCE, TASKS, TUTOR, READINESS, RESULTS)
SHEETS = {"3.3": ACQUAINTANCE, "3.4": READINESS, "3.16": RESULTS}
SHARED = "3.3"  # one sheet for the exams of a day with the same kit in the same center
NO_TUTOR, CLOSED = "ассистент никому не нужен", "экзамен закрыт"
AT_ONCE = 400  # ids in one select


@dataclass(frozen=True)
class DeadlineFacts:
    """Sitting -> code -> what is done, why a term does not concern it, what else is to be told."""

    done: dict[str, dict[str, Done]]
    spared: dict[str, dict[str, str]]
    remarks: dict[str, dict[str, str]]


def tick_key(session_id: str, code: str) -> str:
    """One setting an exam and deadline: two ticks of two people never clash."""
    return f"{TICK}:{session_id}:{code}"


def deadline_facts(session: Session, sittings: Sequence[ExamSession]) -> DeadlineFacts:
    """Everything known of these sittings."""
    done: dict[str, dict[str, Done]] = defaultdict(dict)
    ids = [one.id for one in sittings]
    for ident, code, day in _printed(session, sittings):
        done[ident][code] = Done(day)
    for ident, code, day in _ticks(session, ids):
        done[ident][code] = Done(day, by_hand=True)
    for ident, drawn in _draws(session, ids):
        done[ident][DRAW] = Done(local_day(drawn))
    remarks = _approval(session, sittings, done)
    spared: dict[str, dict[str, str]] = defaultdict(dict)
    needing = _needing_tutor(session, sittings)
    for one in sittings:
        if one.id not in needing:
            spared[one.id][TUTOR] = NO_TUTOR
        if one.state is SessionState.CLOSED:
            done[one.id][PROTOCOLS] = Done()
            spared[one.id][RESULTS] = CLOSED
    return DeadlineFacts(done, spared, remarks)


def _approval(
    session: Session, sittings: Sequence[ExamSession], done: dict[str, dict[str, Done]]
) -> dict[str, dict[str, str]]:
    """Notes in `done` whose plan is approved; gives what is to be told of those that differ."""
    remarks: dict[str, dict[str, str]] = {}
    approved = approvals(session, sittings)
    for one in sittings:
        told = approved.get(one.id)
        if told and told.holds(one):
            done[one.id][PLAN] = Done(told.since)
        elif told:
            remarks[one.id] = {PLAN: told.remark}
    return remarks


def _draws(session: Session, ids: Sequence[str]) -> Iterator[tuple[str, datetime]]:
    for some in _slices(ids):
        query = select(WorkplaceDraw.session_id, func.min(WorkplaceDraw.drawn_at)).where(
            WorkplaceDraw.live(), WorkplaceDraw.session_id.in_(some)
        )
        yield from session.execute(query.group_by(WorkplaceDraw.session_id))


def _ticks(session: Session, ids: Sequence[str]) -> Iterator[tuple[str, str, date]]:
    scope = SettingScope(session)
    keys = [tick_key(ident, code) for ident in ids for code in TICKED]
    for some in _slices(keys):
        query = select(Setting.id, Setting.key, Setting.owner_id, Setting.value).where(
            Setting.live(), Setting.key.in_(some)
        )
        for row in session.execute(query):
            _, ident, code = row.key.split(":")
            day = _day(row.value)
            if scope.covers(row) and day is not None:
                yield ident, code, day


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _printed(session: Session, sittings: Sequence[ExamSession]) -> Iterator[tuple[str, str, date]]:
    """Sitting, code, and the day of the first print; a shared sheet counts for all it lists."""
    sharers, places = _sharers(session, sittings)
    for some in _slices(sorted(places)):
        query = select(
            PrintedDocument.session_id, PrintedDocument.kind, func.min(PrintedDocument.printed_at)
        ).where(
            PrintedDocument.live(),
            PrintedDocument.session_id.in_(some),
            PrintedDocument.kind.in_(SHEETS),
        )
        grouped = query.group_by(PrintedDocument.session_id, PrintedDocument.kind)
        for ident, kind, at in session.execute(grouped):
            if ident is None:
                continue
            day = local_day(at)
            for one in sharers[places[ident]] if kind == SHARED else [ident]:
                yield one, SHEETS[kind], day


Place = tuple[str, str, str]


def _sharers(
    session: Session, sittings: Sequence[ExamSession]
) -> tuple[dict[Place, list[str]], dict[str, Place]]:
    """Day, kit and place -> the wanted sittings there; every sitting there -> those three."""
    day = func.substr(func.cast(ExamSession.starts_at, Setting.key.type), 1, 10)
    center = func.coalesce(Workshop.exam_center_id, ExamSession.workshop_id, ExamSession.id)
    wanted = {one.id for one in sittings}
    days = sorted({one.starts_at.date().isoformat() for one in sittings if one.starts_at})
    sharers: dict[Place, list[str]] = defaultdict(list)
    places: dict[str, Place] = {}
    for some in _slices(days):
        query = (
            select(ExamSession.id, day, ExamSession.kit_id, center)
            .outerjoin(Workshop, Workshop.id == ExamSession.workshop_id)
            .where(ExamSession.deleted.is_(False), day.in_(some))
        )
        for ident, on, kit, where in session.execute(query):
            places[ident] = (on, kit, where)
            if ident in wanted:
                sharers[on, kit, where].append(ident)
    return sharers, places


def _needing_tutor(session: Session, sittings: Sequence[ExamSession]) -> set[str]:
    """Sittings with an examinee who needs an assistant; without a list, the whole group's."""
    ids = [one.id for one in sittings]
    listed: set[str] = set()
    needing: set[str] = set()
    for some in _slices(ids):
        query = (
            select(ExamPlace.session_id, func.max(Examinee.needs_assistant))
            .join(Examinee, Examinee.id == ExamPlace.examinee_id)
            .where(ExamPlace.live(), Examinee.live(), ExamPlace.session_id.in_(some))
        )
        for ident, needs in session.execute(query.group_by(ExamPlace.session_id)):
            listed.add(ident)
            needing |= {ident} if needs else set()
    groups = {one.group_id for one in sittings if one.id not in listed}
    whole = select(Examinee.group_id).where(
        Examinee.live(), Examinee.needs_assistant.is_(True), Examinee.group_id.in_(groups)
    )
    with_need = set(session.scalars(whole.distinct())) if groups else set()
    return needing | {
        one.id for one in sittings if one.id not in listed and one.group_id in with_need
    }


def _slices(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
