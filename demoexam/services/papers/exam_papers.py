"""A day's exams as a printing form shows them: which there are, what their papers lack."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.places import Workshop
from demoexam.rules.violation import contradictions, incompletes
from demoexam.services.papers.days import sittings_of
from demoexam.services.papers.states import PaperState, states_of
from demoexam.services.plan.check import sitting_findings


@dataclass(frozen=True)
class DaySitting:
    """One exam of the day; `stops` are why its papers would say that they are a draft."""

    id: str
    group: str
    workshop: str
    starts_at: datetime
    held: bool
    papers: list[PaperState]
    stops: list[str]

    @property
    def ready(self) -> int:
        """How many of the day's papers have all their data, and are not outdated."""
        return sum(not paper.missing and not paper.outdated for paper in self.by_day)

    @property
    def by_day(self) -> list[PaperState]:
        return [paper for paper in self.papers if paper.by_day]

    @property
    def outdated(self) -> int:
        return sum(paper.outdated for paper in self.papers)

    @property
    def stale(self) -> list[str]:
        """Prints that hold no more, each with what has happened since."""
        return [paper.warning for paper in self.papers if paper.warning]

    @property
    def missing(self) -> list[str]:
        """What is wrong with its papers, each thing once: outdated prints, then what they lack."""
        told = [sentence for paper in self.by_day for sentence in paper.missing]
        return list(dict.fromkeys([*self.stops, *self.stale, *told]))


def exam_days(session: Session) -> list[date]:
    """Days on which something is planned, in order."""
    query = select(ExamSession.starts_at, ExamSession.second_day).where(
        ExamSession.deleted.is_(False), ExamSession.starts_at.is_not(None)
    )
    days: set[date | None] = set()
    for starts_at, second in session.execute(query):
        days |= {starts_at.date() if starts_at else None, second}
    return sorted(day for day in days if day is not None)


def day_of(session: Session, session_id: str) -> date | None:
    """The day of a sitting, if it has one."""
    moment = session.scalar(select(ExamSession.starts_at).where(ExamSession.id == session_id))
    return moment.date() if moment else None


def day_sittings(session: Session, day: date) -> list[DaySitting]:
    """The day's exams in order of time; held ones are told, their papers are not printed."""
    start = datetime.combine(day, time.min)
    query = (
        sittings_of(day)
        .add_columns(StudyGroup.name, Workshop.name)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .outerjoin(Workshop, Workshop.id == ExamSession.workshop_id)
    )
    rows = session.execute(query).all()
    states = states_of(session, [row for row, *_ in rows if not row.held])
    return [
        DaySitting(
            id=row.id,
            group=group,
            workshop=workshop or "мастерская не выбрана",
            starts_at=row.starts_at or start,
            held=row.held,
            papers=states.get(row.id, []),
            stops=_stops(session, row.id),
        )
        for row, group, workshop in rows
    ]


def _stops(session: Session, session_id: str) -> list[str]:
    found = sitting_findings(session, session_id=session_id)
    return [each.reason for each in (*contradictions(found), *incompletes(found))]
