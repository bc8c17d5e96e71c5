"""Experts: where they work and since when, what they may assess, until when they are certified."""

from datetime import date

from sqlalchemy import Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from demoexam.models.base import (
    STRICT,
    Day,
    Id,
    Record,
    Title,
    Words,
    reference,
    sort_key,
)


class Expert(Record):
    """No birth date, passport or address: an exam does not need them (domain.md 5.9)."""

    __tablename__ = "expert"
    __table_args__ = (Index("ix_expert_skey", "skey"), STRICT)

    last_name: Mapped[Title]
    first_name: Mapped[Title]
    middle_name: Mapped[Title] = mapped_column(Text, default="")
    phone: Mapped[Title] = mapped_column(Text, default="")
    email: Mapped[Title] = mapped_column(Text, default="")
    consent_on: Mapped[Day | None] = mapped_column(default=None)
    consent_document: Mapped[Title] = mapped_column(Text, default="")
    consent_withdrawn: Mapped[Day | None] = mapped_column(default=None)
    note: Mapped[Title] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)
    person_hash: Mapped[Title | None] = mapped_column(Text, default=None, index=True)
    skey: Mapped[str] = mapped_column(
        Text, sort_key("last_name", "first_name", "middle_name"), init=False
    )


class Employment(Record):
    """A place of work in time. The side of an expert is a function of a date."""

    __tablename__ = "employment"

    expert_id: Mapped[Id] = mapped_column(reference("expert"), index=True)
    organization_id: Mapped[Id] = mapped_column(reference("organization"), index=True)
    post: Mapped[Title] = mapped_column(Text, default="")
    valid_from: Mapped[Day | None] = mapped_column(default=None, info={"unit": "term"})
    valid_to: Mapped[Day | None] = mapped_column(default=None, info={"unit": "term"})
    is_main: Mapped[bool] = mapped_column(default=True)
    counts_as_employer: Mapped[bool | None] = mapped_column(default=None, info={"unit": "side"})
    override_reason: Mapped[Title] = mapped_column(Text, default="", info={"unit": "side"})


class Competence(Record):
    """What an expert may assess: a specialty or a kit, and in which roles."""

    __tablename__ = "competence"

    expert_id: Mapped[Id] = mapped_column(reference("expert"), index=True)
    specialty_id: Mapped[Id | None] = mapped_column(reference("specialty"), default=None)
    kit_id: Mapped[Id | None] = mapped_column(reference("assessment_kit"), default=None)
    roles: Mapped[Words] = mapped_column(default_factory=list)


class Certificate(Record):
    """The number is text: leading zeros matter. No `valid_until` means no term."""

    __tablename__ = "certificate"

    expert_id: Mapped[Id] = mapped_column(reference("expert"), index=True)
    kind: Mapped[Title] = mapped_column(Text, default="")
    number: Mapped[Title] = mapped_column(Text, default="")
    issued_by: Mapped[Title] = mapped_column(Text, default="")
    issued_on: Mapped[Day | None] = mapped_column(default=None)
    valid_until: Mapped[Day | None] = mapped_column(default=None)


class Unavailability(Record):
    """Days when the expert cannot come, or (`only_these`) the only days when he can.

    `soft`: he would rather not, but may be asked.
    """

    __tablename__ = "unavailability"

    expert_id: Mapped[Id] = mapped_column(reference("expert"), index=True)
    from_day: Mapped[date] = mapped_column(info={"unit": "term"})
    to_day: Mapped[date] = mapped_column(info={"unit": "term"})
    only_these: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[Title] = mapped_column(Text, default="")
    soft: Mapped[bool] = mapped_column(default=False, server_default=text("0"))


class TeachingLink(Record):
    """The expert taught or teaches the group (R2)."""

    __tablename__ = "teaching_link"

    expert_id: Mapped[Id] = mapped_column(reference("expert"), index=True)
    group_id: Mapped[Id] = mapped_column(reference("study_group"), index=True)
    note: Mapped[Title] = mapped_column(Text, default="")


class KinshipLink(Record):
    """The expert is a relative of the examinee (R3)."""

    __tablename__ = "kinship_link"

    expert_id: Mapped[Id] = mapped_column(reference("expert"), index=True)
    examinee_id: Mapped[Id] = mapped_column(reference("examinee"), index=True)
    note: Mapped[Title] = mapped_column(Text, default="")
