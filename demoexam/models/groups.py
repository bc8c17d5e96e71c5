"""Study groups and the graduates who sit the exam."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from demoexam.models.base import STRICT, Id, Record, Title, reference, sort_key


class StudyGroup(Record):
    """`head_count` is the planned one, before the names are known; `year` is of graduation."""

    __tablename__ = "study_group"
    __table_args__ = (Index("ix_study_group_skey", "skey"), STRICT)

    name: Mapped[Title]
    college_id: Mapped[Id] = mapped_column(reference("organization"), index=True)
    specialty_id: Mapped[Id | None] = mapped_column(
        reference("specialty"), default=None, index=True
    )
    year: Mapped[int | None] = mapped_column(default=None)
    course: Mapped[int | None] = mapped_column(default=None)
    head_count: Mapped[int | None] = mapped_column(default=None)
    skey: Mapped[str] = mapped_column(Text, sort_key("name"), init=False)


class Examinee(Record):
    """Names and group only; health data is one yes/no (domain.md 5.9)."""

    __tablename__ = "examinee"
    __table_args__ = (Index("ix_examinee_skey", "skey"), STRICT)

    group_id: Mapped[Id] = mapped_column(reference("study_group"), index=True)
    last_name: Mapped[Title]
    first_name: Mapped[Title]
    middle_name: Mapped[Title] = mapped_column(Text, default="")
    needs_assistant: Mapped[bool] = mapped_column(default=False)
    note: Mapped[Title] = mapped_column(Text, default="")
    skey: Mapped[str] = mapped_column(
        Text, sort_key("last_name", "first_name", "middle_name"), init=False
    )
