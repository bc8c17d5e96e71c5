"""Organizations: colleges that examine, employers that send experts; their industries, clusters."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from demoexam.models.base import (
    STRICT,
    Id,
    Record,
    Title,
    enum_column,
    reference,
    sort_key,
)
from demoexam.rules.terms import OrganizationKind


class Industry(Record):
    __tablename__ = "industry"

    name: Mapped[Title]


class Cluster(Record):
    __tablename__ = "cluster"

    name: Mapped[Title]


class Organization(Record):
    """Its `kind` decides the side of the experts who work there."""

    __tablename__ = "organization"
    __table_args__ = (Index("ix_organization_skey", "skey"), STRICT)

    kind: Mapped[OrganizationKind] = mapped_column(enum_column(OrganizationKind))
    short_name: Mapped[Title]
    full_name: Mapped[Title] = mapped_column(Text, default="")
    inn: Mapped[Title | None] = mapped_column(Text, default=None, index=True)
    city: Mapped[Title] = mapped_column(Text, default="")
    address: Mapped[Title] = mapped_column(Text, default="")
    industry_id: Mapped[Id | None] = mapped_column(reference("industry"), default=None, index=True)
    cluster_id: Mapped[Id | None] = mapped_column(reference("cluster"), default=None, index=True)
    contact: Mapped[Title] = mapped_column(Text, default="")
    phone: Mapped[Title] = mapped_column(Text, default="")
    email: Mapped[Title] = mapped_column(Text, default="")
    founder: Mapped[Title] = mapped_column(Text, default="")
    legal_form: Mapped[Title] = mapped_column(Text, default="")
    head_name: Mapped[Title] = mapped_column(Text, default="")
    head_post: Mapped[Title] = mapped_column(Text, default="")
    skey: Mapped[str] = mapped_column(Text, sort_key("short_name"), init=False)
