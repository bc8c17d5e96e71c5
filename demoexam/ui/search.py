"""Finding people, organizations, groups and exams for the search field of the window."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.organizations import Organization
from demoexam.models.people import Employment, Expert
from demoexam.models.places import Workshop
from demoexam.store.search import matching
from demoexam.text import day_month, full_name
from demoexam.ui.command_palette import Hit

EACH = 4  # hits of one kind


def find_records(session: Session, typed: str) -> list[Hit]:
    """The best few of each kind whose words begin with the words typed."""
    return [
        *_experts(session, typed),
        *_exams(session, typed),
        *_groups(session, typed),
        *_named(session, typed, Organization.short_name, "organizations", "building-2"),
        *_named(session, typed, Workshop.name, "workshops", "wrench"),
    ]


def _experts(session: Session, typed: str) -> list[Hit]:
    found = session.scalars(
        select(Expert)
        .where(Expert.live(), matching(Expert, typed))
        .order_by(Expert.skey)
        .limit(EACH)
    ).all()
    return [
        Hit(
            full_name(one.last_name, one.first_name, one.middle_name),
            _workplace(session, one.id),
            "users",
            "experts",
            {"id": one.id},
        )
        for one in found
    ]


def _workplace(session: Session, expert_id: str) -> str:
    query = (
        select(Organization.short_name)
        .join(Employment, Employment.organization_id == Organization.id)
        .where(Employment.live(), Employment.expert_id == expert_id)
        .order_by(Employment.is_main.desc(), Employment.valid_from.desc().nulls_last())
    )
    return session.scalars(query).first() or "без организации"


def _exams(session: Session, typed: str) -> list[Hit]:
    query = (
        select(ExamSession.id, ExamSession.starts_at, StudyGroup.name)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .where(ExamSession.live(), matching(StudyGroup, typed))
        .order_by(ExamSession.starts_at.desc())
        .limit(EACH)
    )
    return [
        Hit(f"Экзамен {group}", _day(starts), "clipboard-check", "exams", {"id": ident})
        for ident, starts, group in session.execute(query)
    ]


def _day(moment: datetime | None) -> str:
    return f"{day_month(moment.date())} {moment.year}" if moment else "дата не назначена"


def _groups(session: Session, typed: str) -> list[Hit]:
    return _named(session, typed, StudyGroup.name, "groups", "graduation-cap")


def _named(
    session: Session, typed: str, title: InstrumentedAttribute[str], page: str, icon: str
) -> list[Hit]:
    kind: Any = title.class_
    query = select(kind.id, title).where(kind.live(), matching(kind, typed)).limit(EACH)
    return [Hit(words, "", icon, page, {"id": ident}) for ident, words in session.execute(query)]
