"""Facts a college may change: targets, grades, calendar, settings; what was printed and mapped."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Text
from sqlalchemy.orm import Mapped, mapped_column

from demoexam.models.base import Facts, Id, Record, Title, UtcMoment, reference


class ShareTarget(Record):
    """The year's target share of employer experts, in whole per cent."""

    __tablename__ = "share_target"

    year: Mapped[int]
    percent: Mapped[int]


class GradeScale(Record):
    """Lower bounds of the grades in per cent of the maximum; empty college: for everybody."""

    __tablename__ = "grade_scale"

    college_id: Mapped[Id | None] = mapped_column(reference("organization"), default=None)
    three: Mapped[int] = mapped_column(default=20, info={"unit": "bounds"})
    four: Mapped[int] = mapped_column(default=40, info={"unit": "bounds"})
    five: Mapped[int] = mapped_column(default=70, info={"unit": "bounds"})


class CalendarDay(Record):
    """A day that differs from the plain rule "Monday to Friday are working days"."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(index=True)
    is_working: Mapped[bool]
    is_short: Mapped[bool] = mapped_column(default=False)
    name: Mapped[Title] = mapped_column(Text, default="")
    verified: Mapped[bool] = mapped_column(default=True)


class Setting(Record):
    """A fact of a college (or of the store): key and any JSON value."""

    __tablename__ = "setting"

    key: Mapped[Title] = mapped_column(Text, index=True)
    value: Mapped[Any] = mapped_column(JSON)


class PrintedDocument(Record):
    """What was printed: a later change of the content marks it outdated."""

    __tablename__ = "printed_document"

    kind: Mapped[Title]
    number: Mapped[Title]
    printed_at: Mapped[datetime] = mapped_column(UtcMoment)
    content_hash: Mapped[Title]
    session_id: Mapped[Id | None] = mapped_column(
        reference("exam_session"), default=None, index=True
    )
    period: Mapped[Title] = mapped_column(Text, default="")
    printed_by: Mapped[Id | None] = mapped_column(reference("coordinator"), default=None)


class DocumentTemplate(Record):
    """The college's own wording of a form; `content` as documents.template_data reads it.

    One row a college and form: its id is made of both.
    """

    __tablename__ = "document_template"

    code: Mapped[Title] = mapped_column(Text, index=True)
    content: Mapped[Facts] = mapped_column(JSON)


class DeclinedName(Record):
    """A name or a post in another case, as somebody corrected it: an order prints it so."""

    __tablename__ = "declined_name"

    words: Mapped[Title] = mapped_column(Text, index=True)
    declension: Mapped[Title]
    declined: Mapped[Title]


class ImportMapping(Record):
    """What the columns of somebody's files are; written once and replaced, so never a conflict.

    `source` is a fingerprint of the header, `columns` maps a field to its place under it: neither
    holds a word of the file. `header_rows`: how many rows the header takes, where a person said so.
    """

    __tablename__ = "import_mapping"

    source: Mapped[Title] = mapped_column(Text, index=True)
    kind: Mapped[Title]
    columns: Mapped[Facts] = mapped_column(JSON)
    title: Mapped[Title] = mapped_column(Text, default="")
    header_rows: Mapped[int | None] = mapped_column(default=None)


class Coordinator(Record):
    """The person behind `who` in the journal."""

    __tablename__ = "coordinator"

    name: Mapped[Title]
    login: Mapped[Title] = mapped_column(Text, default="", index=True)
    organization_id: Mapped[Id | None] = mapped_column(reference("organization"), default=None)
