"""Specialties and assessment kits: duration, staffing, modules with their points."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from demoexam.models.base import Id, Record, Title, Words, enum_column, reference
from demoexam.rules.terms import ExamLevel, SpecialtyKind


class Specialty(Record):
    __tablename__ = "specialty"

    code: Mapped[Title] = mapped_column(Text, index=True)
    title: Mapped[Title]
    kind: Mapped[SpecialtyKind] = mapped_column(enum_column(SpecialtyKind))
    status: Mapped[Title] = mapped_column(Text, default="")


class AssessmentKit(Record):
    """One row per code and level; durations and points differ by year, so nothing is constant.

    `minutes` is the length of one day; points are integer hundredths. `turnaround` are the minutes
    that the workplaces need before the next shift; None: as the college's setting says.
    """

    __tablename__ = "assessment_kit"

    code: Mapped[Title] = mapped_column(Text, index=True)
    specialty_id: Mapped[Id] = mapped_column(reference("specialty"), index=True)
    level: Mapped[ExamLevel] = mapped_column(enum_column(ExamLevel))
    year: Mapped[int]
    minutes: Mapped[int]
    title: Mapped[Title] = mapped_column(Text, default="")
    exam_days: Mapped[int] = mapped_column(default=1)
    core_points: Mapped[int] = mapped_column(default=0)
    variable_points: Mapped[int] = mapped_column(default=0)
    equipment: Mapped[Words] = mapped_column(default_factory=list)
    turnaround: Mapped[int | None] = mapped_column(default=None)


class StaffingRule(Record):
    """How many experts so many workplaces need; no upper bound means "and more"."""

    __tablename__ = "staffing_rule"

    kit_id: Mapped[Id] = mapped_column(reference("assessment_kit"), index=True)
    minimum: Mapped[int]
    workplaces_from: Mapped[int] = mapped_column(info={"unit": "range"})
    workplaces_to: Mapped[int | None] = mapped_column(default=None, info={"unit": "range"})
    recommended: Mapped[int | None] = mapped_column(default=None)


class TaskModule(Record):
    """A module of the task; `max_points` in integer hundredths."""

    __tablename__ = "task_module"

    kit_id: Mapped[Id] = mapped_column(reference("assessment_kit"), index=True)
    number: Mapped[int]
    title: Mapped[Title] = mapped_column(Text, default="")
    minutes: Mapped[int] = mapped_column(default=0)
    max_points: Mapped[int] = mapped_column(default=0)
