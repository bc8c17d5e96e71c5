"""A season or one exam for a calendar: the sittings, their days С-1, and the deadlines."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.exchange.calendar_out import Event, calendar_file
from demoexam.exchange.files_out import save_bytes
from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.places import Workshop
from demoexam.rules.deadlines import Deadline, DeadlineState
from demoexam.services.college.college import college_settings
from demoexam.services.deadlines.deadlines import deadlines_between, exam_deadlines
from demoexam.text import short_date

ONE_DAY = timedelta(days=1)
Found = tuple[ExamSession, StudyGroup, AssessmentKit, Workshop | None]


def save_exam_calendar(session: Session, path: Path, *, session_id: str, today: date) -> int:
    """Write one exam's file; returns the number of its events."""
    rows = _sittings(session, ExamSession.id == session_id)
    told = {session_id: exam_deadlines(session, session_id=session_id, today=today)}
    if not rows:
        raise Refused("У экзамена нет даты: в календарь ставить нечего.", "Назначьте день и час.")
    name = f"Экзамен {rows[0][1].name}"
    return _save(path, events_of(session, rows, told), name)


def save_season_calendar(
    session: Session, path: Path, *, first: date, last: date, today: date
) -> int:
    """Write the live sittings of these days; returns the number of events."""
    start, end = datetime.combine(first, time.min), datetime.combine(last + ONE_DAY, time.min)
    within = (ExamSession.starts_at >= start) & (ExamSession.starts_at < end)
    rows = _sittings(session, ExamSession.live() & within)
    if not rows:
        raise Refused(
            "За эти дни экзаменов с датой нет: календарь был бы пуст.", "Выберите другой год."
        )
    found = deadlines_between(session, first=first, last=last, today=today)
    told = {one.id: one.deadlines for one in found}
    return _save(path, events_of(session, rows, told), f"Демонстрационные экзамены {first.year}")


def events_of(
    session: Session, rows: Sequence[Found], told: dict[str, Sequence[Deadline]]
) -> list[Event]:
    """Sittings with each day of theirs, days С-1, and the deadlines that concern them."""
    term = college_settings(session).kit_term
    return [event for row in rows for event in _events(row, told.get(row[0].id, ()), term)]


def _save(path: Path, events: Sequence[Event], name: str) -> int:
    save_bytes(path, calendar_file(events, name=name, made_at=datetime.now(UTC)))
    return len(events)


def _sittings(session: Session, which: ColumnElement[bool]) -> list[Found]:
    query = (
        select(ExamSession, StudyGroup, AssessmentKit, Workshop)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .join(AssessmentKit, AssessmentKit.id == ExamSession.kit_id)
        .outerjoin(Workshop, Workshop.id == ExamSession.workshop_id)
        .where(which, ExamSession.deleted.is_(False), ExamSession.starts_at.is_not(None))
        .order_by(ExamSession.starts_at, StudyGroup.name, ExamSession.id)
    )
    return [(sitting, group, kit, shop) for sitting, group, kit, shop in session.execute(query)]


def _events(row: Found, told: Iterable[Deadline], term: str) -> Iterator[Event]:
    sitting, group, kit, workshop = row
    if sitting.starts_at is None:
        return
    place = _place(workshop)
    text = f"{term} {kit.code}"
    ends = sitting.ends_at or sitting.starts_at + timedelta(minutes=kit.minutes)
    days = [sitting.starts_at.date(), *([sitting.second_day] if sitting.second_day else [])]
    for number, day in enumerate(days, start=1):
        of = f", день {number}" if len(days) > 1 else ""
        yield Event(
            f"{sitting.id}-{number}@demoexam",
            datetime.combine(day, sitting.starts_at.time()),
            datetime.combine(day, ends.time()),
            f"Демоэкзамен {group.name}{of}", text, place, "Экзамен",
        )  # fmt: skip
    exam = f"экзамен {group.name} {short_date(days[0])}"
    if sitting.preparation_day:
        day = sitting.preparation_day
        yield Event(
            f"{sitting.id}-preparation@demoexam", day, day, f"С-1: {exam}",
            "Подготовительный день: проверка готовности, жеребьёвка рабочих мест.", place, "С-1",
        )  # fmt: skip
    for one in told:
        if one.state is not DeadlineState.NOT_APPLICABLE:
            # What is done stays, renamed: an importing calendar drops nothing by itself.
            head = "Сделано" if one.state is DeadlineState.MET else "Срок"
            yield Event(
                f"{sitting.id}-{one.term.code}@demoexam", one.due, one.due,
                f"{head}: {one.term.title} ({group.name})", f"{exam}. {one.term.source}", "",
                "Срок", busy=False,
            )  # fmt: skip


def _place(workshop: Workshop | None) -> str:
    if workshop is None:
        return ""
    return ", ".join(filter(None, (workshop.name, workshop.room, workshop.address)))
