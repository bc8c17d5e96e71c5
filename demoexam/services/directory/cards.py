"""What the inspectors of organizations, workshops, kits and groups show, read in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound
from demoexam.models.base import Record
from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit, Specialty, StaffingRule, TaskModule
from demoexam.models.organizations import Organization
from demoexam.models.people import Employment, Expert
from demoexam.models.places import ExamCenter, Workshop, WorkshopBooking
from demoexam.rules.terms import PURPOSE_NAMES, BookingPurpose
from demoexam.services.college.college import college_settings
from demoexam.services.directory.directory import GroupExam, exams_of
from demoexam.services.experts.card import LastChange, Part, last_change, values_of
from demoexam.text import clock, full_name, short_date

R = TypeVar("R", bound=Record)
STAFF_SHOWN = 30
PAST_BOOKINGS = timedelta(days=7)


@dataclass(frozen=True)
class OrganizationCard:
    id: str
    values: Mapping[str, Any]
    is_own: bool
    staff: Sequence[Part]
    changed: LastChange | None


@dataclass(frozen=True)
class WorkshopCard:
    """`center` is the exam center with its values; bookings from a week ago on, exams left out."""

    id: str
    values: Mapping[str, Any]
    organization: str
    center: Part | None
    bookings: Sequence[Part]
    exams: Sequence[Part]
    changed: LastChange | None


@dataclass(frozen=True)
class KitCard:
    id: str
    values: Mapping[str, Any]
    specialty: str
    staffing: Sequence[Part]
    modules: Sequence[Part]
    changed: LastChange | None

    @property
    def points(self) -> int:
        return int(self.values["core_points"] + self.values["variable_points"])

    @property
    def module_points(self) -> int:
        return sum(module.values["max_points"] for module in self.modules)


@dataclass(frozen=True)
class GroupCard:
    id: str
    values: Mapping[str, Any]
    college: str
    specialty: str
    exams: Sequence[GroupExam]
    changed: LastChange | None


def organization_card(session: Session, *, record_id: str, today: date) -> OrganizationCard:
    row = _found(session, Organization, record_id, "организация")
    return OrganizationCard(
        id=row.id,
        values=values_of(row),
        is_own=college_settings(session).own_college == row.id,
        staff=_staff(session, row.id, today),
        changed=last_change(session, row.id),
    )


def _staff(session: Session, organization_id: str, today: date) -> list[Part]:
    query = (
        select(Expert, Employment.post)
        .join(Employment, Employment.expert_id == Expert.id)
        .where(
            Expert.live(), Employment.live(), Employment.organization_id == organization_id,
            or_(Employment.valid_to.is_(None), Employment.valid_to >= today),
        )
        .order_by(Expert.skey)
        .limit(STAFF_SHOWN)
    )  # fmt: skip
    return [
        Part(row.id, full_name(row.last_name, row.first_name, row.middle_name), post, {})
        for row, post in session.execute(query)
    ]


def workshop_card(session: Session, *, record_id: str, today: date) -> WorkshopCard:
    row = _found(session, Workshop, record_id, "мастерская")
    owner = session.get(Organization, row.organization_id)
    return WorkshopCard(
        id=row.id,
        values=values_of(row),
        organization=owner.short_name if owner else "",
        center=_center(session, row.exam_center_id),
        bookings=_bookings(session, row.id, today),
        exams=_exams_in(session, row.id, today),
        changed=last_change(session, row.id),
    )


def _center(session: Session, center_id: str | None) -> Part | None:
    center = session.get(ExamCenter, center_id) if center_id else None
    if center is None or center.deleted:
        return None
    return Part(center.id, center.name, center.address, values_of(center))


def _bookings(session: Session, workshop_id: str, today: date) -> list[Part]:
    query = (
        select(WorkshopBooking)
        .where(
            WorkshopBooking.live(), WorkshopBooking.workshop_id == workshop_id,
            WorkshopBooking.purpose != BookingPurpose.EXAM,
            WorkshopBooking.ends_at >= datetime.combine(today, datetime.min.time()) - PAST_BOOKINGS,
        )
        .order_by(WorkshopBooking.starts_at)
    )  # fmt: skip
    return [
        Part(row.id, PURPOSE_NAMES[row.purpose], span(row.starts_at, row.ends_at), values_of(row))
        for row in session.scalars(query)
    ]


def _exams_in(session: Session, workshop_id: str, today: date) -> list[Part]:
    query = (
        select(ExamSession.id, ExamSession.starts_at, ExamSession.ends_at, StudyGroup.name)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .where(
            ExamSession.live(), ExamSession.workshop_id == workshop_id,
            ExamSession.starts_at >= datetime.combine(today, datetime.min.time()),
        )
        .order_by(ExamSession.starts_at)
    )  # fmt: skip
    return [
        Part(ident, group, span(starts, ends), {})
        for ident, starts, ends, group in session.execute(query)
        if starts and ends
    ]


def span(starts: datetime, ends: datetime) -> str:
    """«18.06.2026, 09:00–12:30», or whole days: «18.06.2026 — 20.06.2026»."""
    if starts.date() == ends.date():
        return f"{short_date(starts.date())}, {clock(starts)}–{clock(ends)}"
    return f"{short_date(starts.date())} — {short_date(ends.date())}"


def kit_card(session: Session, *, record_id: str) -> KitCard:
    row = _found(session, AssessmentKit, record_id, "комплект")
    specialty = session.get(Specialty, row.specialty_id)
    return KitCard(
        id=row.id,
        values=values_of(row),
        specialty=f"{specialty.code} {specialty.title}" if specialty else "",
        staffing=_parts_of(session, StaffingRule, row.id, StaffingRule.workplaces_from),
        modules=_parts_of(session, TaskModule, row.id, TaskModule.number),
        changed=last_change(session, row.id),
    )


def _parts_of(session: Session, entity: Any, kit_id: str, order: Any) -> list[Part]:
    query = select(entity).where(entity.live(), entity.kit_id == kit_id).order_by(order)
    return [Part(row.id, "", "", values_of(row)) for row in session.scalars(query)]


def group_card(session: Session, *, record_id: str) -> GroupCard:
    row = _found(session, StudyGroup, record_id, "группа")
    college = session.get(Organization, row.college_id)
    specialty = session.get(Specialty, row.specialty_id) if row.specialty_id else None
    return GroupCard(
        id=row.id,
        values=values_of(row),
        college=college.short_name if college else "",
        specialty=f"{specialty.code} {specialty.title}" if specialty else "",
        exams=exams_of(session, [row.id]).get(row.id, []),
        changed=last_change(session, row.id),
    )


def _found(session: Session, entity: type[R], record_id: str, what: str) -> R:
    row = session.get(entity, record_id)
    if row is None or row.deleted:
        raise NotFound(what=what)
    return row
