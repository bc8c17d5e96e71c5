"""What the inspector reads off the window's thread: findings with ways out that were tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from demoexam.rules.moves import MoveJudge
from demoexam.rules.placing import Move
from demoexam.rules.terms import Level
from demoexam.rules.violation import Fix, Violation
from demoexam.services.exams.view import ExamCard, exam_card
from demoexam.services.season.group import GroupMember, group_of, share_effects
from demoexam.services.share.effect import ShareEffect

SHOWN, READY = 4, 2  # findings, and ready ways out of each
OF_THE_YEAR = frozenset({"share_below_target"})  # said of the year, not of the exam


@dataclass(frozen=True)
class Mended:
    """A finding with what would mend it; `others` are the exams on its other side by name."""

    found: Violation
    fixes: Sequence[Fix]
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """An exam, its expert group, and what is found about it; what fixes do to the year's share."""

    card: ExamCard
    group: Sequence[GroupMember]
    findings: Sequence[Mended]
    effects: Mapping[Fix, ShareEffect] = field(default_factory=dict)


@dataclass(frozen=True)
class Tried:
    """A move that is forbidden, and why."""

    move: Move
    findings: Sequence[Mended]


def read_exam(session: Session, *, ident: str, judge: MoveJudge | None) -> Told:
    """The exam's card; its findings with ready fixes as long as the judge knows the exam."""
    card = exam_card(session, session_id=ident, today=date.today())
    group = group_of(session, card)
    found = [each for each in card.findings if each.code not in OF_THE_YEAR]
    if judge is None or ident not in judge.sittings or card.is_over:
        return Told(card, group, [Mended(each, ()) for each in found])
    mended = [
        Mended(each, judge.fixes(ident, each)[:READY], _others(judge, ident, each))
        for each in found[:SHOWN]
    ]
    mended += [Mended(each, ()) for each in found[SHOWN:]]
    fixes = [fix for each in mended for fix in each.fixes]
    effects = share_effects(session, card.sitting, fixes) if card.sitting else {}
    return Told(card, group, mended, effects)


def tried(judge: MoveJudge, move: Move, _session: Session) -> Tried:
    """Why the judge forbids a move."""
    told = judge.verdict(move.id, workshop_id=move.workshop_id, starts_at=move.starts_at)
    bad = [each for each in told.findings if each.level is Level.CONTRADICTION]
    mended = [
        Mended(each, told.fixes_of(each)[:READY], _others(judge, move.id, each)) for each in bad
    ]
    return Tried(move, mended)


def _others(judge: MoveJudge, ident: str, found: Violation) -> dict[str, str]:
    ids = dict.fromkeys((found.session, *found.subjects))
    return {
        each: judge.sittings[each].group.name
        for each in ids
        if each in judge.sittings and each != ident
    }
