"""The state examination board (ГЭК) of a college for a calendar year."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from demoexam.models.base import Day, Id, Record, Title, enum_column, reference
from demoexam.rules.terms import BoardRole


class ExamBoard(Record):
    __tablename__ = "exam_board"

    college_id: Mapped[Id] = mapped_column(reference("organization"), index=True)
    year: Mapped[int]
    order_number: Mapped[Title] = mapped_column(Text, default="")
    order_date: Mapped[Day | None] = mapped_column(default=None)


class BoardMember(Record):
    __tablename__ = "board_member"

    board_id: Mapped[Id] = mapped_column(reference("exam_board"), index=True)
    last_name: Mapped[Title]
    first_name: Mapped[Title]
    middle_name: Mapped[Title] = mapped_column(Text, default="")
    post: Mapped[Title] = mapped_column(Text, default="")
    role: Mapped[BoardRole] = mapped_column(enum_column(BoardRole), default=BoardRole.MEMBER)
