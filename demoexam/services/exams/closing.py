"""Closing a sitting's protocol when it is complete, and opening it anew with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import Refused, UserError
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.rules.incidents import end_of_work
from demoexam.rules.terms import STATE_NAMES, IncidentKind, SessionState
from demoexam.services.exams.happenings import happenings
from demoexam.services.exams.places import module_maxima
from demoexam.services.plan.check import sitting_findings
from demoexam.services.plan.plan_guard import Saved, sitting_row
from demoexam.text import short_name


class PointsElsewhere(StrEnum):
    """Where the points are when the protocol is closed without some of them."""

    PLATFORM = "platform"
    PAPER = "paper"


ELSEWHERE_WORDS = {
    PointsElsewhere.PLATFORM: "баллы внесены в цифровую платформу",
    PointsElsewhere.PAPER: "баллы внесены от руки",
}


@dataclass(frozen=True)
class Gap:
    """An examinee whose points of these modules are missing."""

    place_id: str
    name: str
    modules: Sequence[int]

    @property
    def words(self) -> str:
        """Белов О. П.: М1, М3."""
        return f"{self.name}: {', '.join(f'М{number}' for number in self.modules)}"


class NotComplete(UserError):
    """The protocol stays open; `by_choice` tells whether saying where the points are helps."""

    text = "Закрыть нельзя. {reasons}"
    advice = "{way_out}"
    by_choice = True


class TimeStands(NotComplete):
    """A stop has no end: how long everybody may work is not known."""

    by_choice = False


class PointsMissing(NotComplete):
    """The exam cannot be closed while somebody who was present lacks points."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__(
            reasons=f"Не заполнены баллы. {'; '.join(gap.words for gap in gaps)}.",
            way_out="Внесите баллы или отметьте неявку; если баллы внесены в другом месте, "
            "выберите это при закрытии.",
        )
        self.gaps = tuple(gaps)


def points_missing(session: Session, *, session_id: str) -> list[Gap]:
    """The cells a complete protocol needs and lacks, in the order of the list.

    Nothing is needed of who was absent, and of whose work is not scored.
    """
    numbers = [int(number) for number in module_maxima(session, session_id)]
    happened = happenings(session, session_id)
    query = (
        select(ExamPlace, Examinee)
        .join(Examinee, Examinee.id == ExamPlace.examinee_id)
        .where(ExamPlace.live(), ExamPlace.session_id == session_id)
        .order_by(Examinee.skey)
    )
    found = []
    for place, person in session.execute(query):
        end = end_of_work(happened, place.examinee_id)
        lacking = [number for number in numbers if str(number) not in place.points]
        if lacking and place.attended is not False and (end is None or end.is_scored):
            name = short_name(person.last_name, person.first_name, person.middle_name)
            found.append(Gap(place.id, name, lacking))
    return found


def refuse_incomplete(
    session: Session, session_id: str, elsewhere: PointsElsewhere | None = None
) -> None:
    """Raise NotComplete, with everything that is missing, unless the protocol can be closed."""
    running = [
        one
        for one in happenings(session, session_id)
        if one.kind is IncidentKind.STOP and not one.ended
    ]
    if running:
        raise TimeStands(
            reasons=f"Не записано, когда кончилась остановка времени, начатая в "
            f"{', '.join(one.started for one in running)}.",
            way_out="Запишите это на вкладке «Ход экзамена».",
        )
    if elsewhere is not None:
        return
    if gaps := points_missing(session, session_id=session_id):
        raise PointsMissing(gaps)
    if not module_maxima(session, session_id):
        raise NotComplete(
            reasons="В комплекте нет модулей, баллы вносить некуда.",
            way_out="Добавьте модули в комплект или закройте экзамен с баллами в другом месте.",
        )
    if not _anybody(session, session_id):
        raise NotComplete(
            reasons="Участники не внесены в экзамен.",
            way_out="Внесите участников или закройте экзамен с баллами в другом месте.",
        )


def close_session(
    session: Session, *, session_id: str, elsewhere: PointsElsewhere | None = None
) -> Saved:
    """Everything is entered, or the points are `elsewhere` by an explicit choice.

    The choice is told in the journal.
    """
    row = sitting_row(session, session_id, also_over=True)
    expect(row, SessionState.DONE)
    refuse_incomplete(session, session_id, elsewhere)
    row.state = SessionState.CLOSED
    how = f": {ELSEWHERE_WORDS[elsewhere]}" if elsewhere else ""
    _tell(session, f"закрыт экзамен {_title(session, row)}{how}")
    return Saved(session_id, sitting_findings(session, session_id=session_id))


def reopen(session: Session, *, session_id: str, reason: str = "") -> Saved:
    """A done or closed sitting becomes an announced one again, to be corrected.

    A closed one only with a reason, which the journal keeps for good.
    """
    row = sitting_row(session, session_id, also_over=True)
    expect(row, SessionState.DONE, SessionState.CLOSED)
    reason = " ".join(reason.split()).rstrip(".")
    if row.state is SessionState.CLOSED and not reason:
        raise Refused(
            "Чтобы открыть закрытый экзамен, нужна причина.",
            "Напишите её: она останется в истории экзамена.",
        )
    row.state = SessionState.ANNOUNCED
    why = f": {reason}" if reason else ""
    _tell(session, f"открыт заново экзамен {_title(session, row)}{why}")
    return Saved(session_id, sitting_findings(session, session_id=session_id))


def expect(row: ExamSession, *states: SessionState) -> None:
    """Refuse an action that belongs to another state of the sitting."""
    if row.state not in states:
        wanted = " или ".join(f"«{STATE_NAMES[state]}»" for state in states)
        raise Refused(
            f"Экзамен сейчас в состоянии «{STATE_NAMES[row.state]}».",
            f"Это действие возможно в состоянии {wanted}.",
        )


def _anybody(session: Session, session_id: str) -> bool:
    query = select(ExamPlace.id).where(ExamPlace.live(), ExamPlace.session_id == session_id)
    return session.scalar(query.limit(1)) is not None


def _title(session: Session, row: ExamSession) -> str:
    return session.get_one(StudyGroup, row.group_id).name


def _tell(session: Session, words: str) -> None:
    """Name the operation by what was really done, whoever asked for it."""
    session.info["words"] = words
