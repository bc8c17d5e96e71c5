"""What every change of the board keeps to: who may move, and that nothing new contradicts."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused, RulesBroken
from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.rules.check import check_one
from demoexam.rules.terms import SessionState
from demoexam.rules.violation import Violation, contradictions, with_levels
from demoexam.services.college.college import college_settings
from demoexam.services.plan.check import plan_around
from demoexam.services.plan.plan_guard import OVER, in_force


@dataclass(frozen=True, slots=True)
class Left:
    """A sitting that stays where it is, and why."""

    id: str
    why: str


@dataclass
class Moved:
    """What an operation did: who moved, who stays, and what the rules now say of the moved."""

    ids: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    findings: list[Violation] = field(default_factory=list)


@contextmanager
def moving(session: Session, rows: Collection[ExamSession], today: date | None) -> Iterator[Moved]:
    """Let the block change those of `rows` that may move; a new contradiction undoes it all."""
    refusals = {row.id: why for row in rows if (why := _refusal(session, row))}
    movable = [row for row in rows if row.id not in refusals]
    if refusals and not movable:
        raise Refused(next(iter(refusals.values())), _advice(rows))
    moved = Moved([row.id for row in movable], [Left(*each) for each in refusals.items()])
    known = {_key(each) for each in in_force(told(session, moved.ids, today))}
    with session.begin_nested():
        yield moved
        moved.findings = told(session, moved.ids, today)
        _release(session, movable, moved, today)
        broken = [each for each in in_force(moved.findings) if _key(each) not in known]
        if broken:
            raise RulesBroken(broken)


def sitting_rows(session: Session, ids: Sequence[str]) -> list[ExamSession]:
    rows = [session.get(ExamSession, ident) for ident in dict.fromkeys(ids)]
    found = [row for row in rows if row is not None and not row.deleted]
    if len(found) < len(rows):
        raise NotFound(what="экзамен")
    return found


def _refusal(session: Session, row: ExamSession) -> str:
    """Why the sitting does not move; empty when it may."""
    name = session.scalar(select(StudyGroup.name).where(StudyGroup.id == row.group_id))
    if row.state is SessionState.CLOSED:
        return f"Экзамен группы {name} закрыт, его не переносят."
    if row.state in OVER:
        return f"Экзамен группы {name} уже проведён, его не переносят."
    if row.pinned:
        return f"Экзамен группы {name} закреплён на своём месте."
    return ""


def _advice(rows: Collection[ExamSession]) -> str:
    if any(row.pinned and row.state not in OVER for row in rows):
        return "Открепите его, и он сдвинется."
    return "План прошедших экзаменов не меняют."


def _release(
    session: Session, rows: Collection[ExamSession], moved: Moved, today: date | None
) -> None:
    """Held sittings that contradict nothing any more return to the plan."""
    wrong = {each.session for each in contradictions(moved.findings)}
    mended = [row for row in rows if row.held and row.id not in wrong]
    for row in mended:
        row.held = False
    if mended:
        moved.findings = told(session, moved.ids, today)


def told(session: Session, ids: Sequence[str], today: date | None) -> list[Violation]:
    session.flush()
    plan = plan_around(session, ids, today=today)
    found = (each for ident in ids for each in check_one(plan, ident))
    return list(with_levels(found, college_settings(session).rule_levels))


def _key(found: Violation) -> tuple[str, frozenset[str]]:
    return found.code, frozenset(found.subjects)
