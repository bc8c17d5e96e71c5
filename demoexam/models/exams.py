"""Sittings of the exam, their examinees' places, draws, incidents, and the experts' duties."""

from datetime import datetime

from sqlalchemy import JSON, Text
from sqlalchemy.orm import Mapped, mapped_column

from demoexam.models.base import (
    Day,
    Facts,
    Id,
    Moment,
    Record,
    Title,
    UtcMoment,
    enum_column,
    reference,
)
from demoexam.rules.terms import Answer, IncidentKind, Role, SessionState

PLACE_TIME = {"unit": "place_time"}


class ExamSession(Record):
    """One sitting of one exam group in one shift, in local wall time.

    A two-day exam keeps the same hours on `second_day`. Workshop and times are one merge unit.
    """

    __tablename__ = "exam_session"

    group_id: Mapped[Id] = mapped_column(reference("study_group"), index=True)
    kit_id: Mapped[Id] = mapped_column(reference("assessment_kit"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    head_count: Mapped[int | None] = mapped_column(default=None)
    workshop_id: Mapped[Id | None] = mapped_column(
        reference("workshop"), default=None, index=True, info=PLACE_TIME
    )
    starts_at: Mapped[Moment | None] = mapped_column(default=None, index=True, info=PLACE_TIME)
    ends_at: Mapped[Moment | None] = mapped_column(default=None, info=PLACE_TIME)
    second_day: Mapped[Day | None] = mapped_column(default=None, info=PLACE_TIME)
    preparation_day: Mapped[Day | None] = mapped_column(default=None)
    board_member: Mapped[Title] = mapped_column(Text, default="")
    state: Mapped[SessionState] = mapped_column(
        enum_column(SessionState), default=SessionState.DRAFT
    )
    pinned: Mapped[bool] = mapped_column(default=False)
    note: Mapped[Title] = mapped_column(Text, default="")


class ExamPlace(Record):
    """An examinee in a sitting. `points`: module number as text -> integer hundredths."""

    __tablename__ = "exam_place"

    session_id: Mapped[Id] = mapped_column(reference("exam_session"), index=True)
    examinee_id: Mapped[Id] = mapped_column(reference("examinee"), index=True)
    workplace: Mapped[int | None] = mapped_column(default=None)
    variant: Mapped[Title] = mapped_column(Text, default="")
    attended: Mapped[bool | None] = mapped_column(default=None)
    points: Mapped[Facts] = mapped_column(default_factory=dict)
    finished_at: Mapped[Title | None] = mapped_column(Text, default=None)
    note: Mapped[Title] = mapped_column(Text, default="")


class WorkplaceDraw(Record):
    """What repeats and proves a draw of workplaces; `reason` is why an earlier one was repeated."""

    __tablename__ = "workplace_draw"

    session_id: Mapped[Id] = mapped_column(reference("exam_session"), index=True)
    seed: Mapped[Title]
    drawn_at: Mapped[datetime] = mapped_column(UtcMoment)
    method: Mapped[Title]
    reason: Mapped[Title] = mapped_column(Text, default="", server_default="")


class Incident(Record):
    """A stop of time, a removal or an early end, as forms 3.12 to 3.14 tell it.

    `examinee_id` or, for anybody else who was removed, `person` and `role`. Hours are HH:MM of the
    exam's day; `compensation` is in minutes. `counts`: whether what was done is scored.
    """

    __tablename__ = "incident"

    session_id: Mapped[Id] = mapped_column(reference("exam_session"), index=True)
    kind: Mapped[IncidentKind] = mapped_column(enum_column(IncidentKind))
    examinee_id: Mapped[Id | None] = mapped_column(reference("examinee"), default=None, index=True)
    person: Mapped[Title] = mapped_column(Text, default="")
    role: Mapped[Title] = mapped_column(Text, default="")
    started: Mapped[Title | None] = mapped_column(Text, default=None)
    ended: Mapped[Title | None] = mapped_column(Text, default=None)
    compensation: Mapped[int | None] = mapped_column(default=None)
    clause: Mapped[Title] = mapped_column(Text, default="")
    reason: Mapped[Title] = mapped_column(Text, default="")
    explanation: Mapped[Title] = mapped_column(Text, default="")
    counts: Mapped[bool | None] = mapped_column(default=None)


class PlanVersion(Record):
    """A plan as it was approved under a name; `content` holds ids, days and hours, no names."""

    __tablename__ = "plan_version"

    name: Mapped[Title]
    taken_at: Mapped[datetime] = mapped_column(UtcMoment)
    content: Mapped[Facts] = mapped_column(JSON)
    note: Mapped[Title] = mapped_column(Text, default="")


class Assignment(Record):
    """One expert, one sitting, one role; `duty` and `workplaces` are printed in form 3.5."""

    __tablename__ = "assignment"

    session_id: Mapped[Id] = mapped_column(reference("exam_session"), index=True)
    expert_id: Mapped[Id] = mapped_column(reference("expert"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    duty: Mapped[Title] = mapped_column(Text, default="")
    workplaces: Mapped[Title] = mapped_column(Text, default="")
    answer: Mapped[Answer] = mapped_column(enum_column(Answer), default=Answer.INVITED)
