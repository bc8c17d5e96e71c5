"""What the inspector reads off the window's thread: findings with ways out that were tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from demoexam.rules.moves import MoveJudge
from demoexam.rules.placing import Move
from demoexam.rules.terms import Level
from demoexam.rules.violation import Fix, Violation
from demoexam.services.exams.view import ExamCard, exam_card

OF_THE_YEAR = frozenset({"share_below_target"})  # said of the year, not of the exam
Mended = tuple[Violation, Sequence[Fix]]


@dataclass(frozen=True)
class Told:
    """An exam, what is found about it, and what would mend each finding."""

    card: ExamCard
    findings: Sequence[Mended]


@dataclass(frozen=True)
class Tried:
    """A move that is forbidden, and why."""

    move: Move
    findings: Sequence[Mended]


def read_exam(session: Session, *, ident: str, judge: MoveJudge | None) -> Told:
    """The exam's card; its findings with ready fixes as long as the judge knows the exam."""
    card = exam_card(session, session_id=ident, today=date.today())
    found = [each for each in card.findings if each.code not in OF_THE_YEAR]
    if judge is None or ident not in judge.sittings or card.is_over:
        return Told(card, [(each, ()) for each in found])
    return Told(card, [(each, judge.fixes(ident, each)) for each in found])


def tried(judge: MoveJudge, move: Move, _session: Session) -> Tried:
    """Why the judge forbids a move."""
    told = judge.verdict(move.id, workshop_id=move.workshop_id, starts_at=move.starts_at)
    bad = [each for each in told.findings if each.level is Level.CONTRADICTION]
    return Tried(move, [(each, told.fixes_of(each)) for each in bad])
