"""Sittings of the exam, their examinees' places, the draw, and the experts' duties."""

from datetime import datetime

from sqlalchemy import Text
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
from demoexam.rules.terms import Answer, Role, SessionState

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
    """What repeats and proves a draw of workplaces."""

    __tablename__ = "workplace_draw"

    session_id: Mapped[Id] = mapped_column(reference("exam_session"), index=True)
    seed: Mapped[Title]
    drawn_at: Mapped[datetime] = mapped_column(UtcMoment)
    method: Mapped[Title]


class Assignment(Record):
    """One expert, one sitting, one role; `duty` and `workplaces` are printed in form 3.5."""

    __tablename__ = "assignment"

    session_id: Mapped[Id] = mapped_column(reference("exam_session"), index=True)
    expert_id: Mapped[Id] = mapped_column(reference("expert"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    duty: Mapped[Title] = mapped_column(Text, default="")
    workplaces: Mapped[Title] = mapped_column(Text, default="")
    answer: Mapped[Answer] = mapped_column(enum_column(Answer), default=Answer.INVITED)
