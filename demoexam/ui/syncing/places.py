"""Where in the window a record is shown: its page, and the place on it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.catalog import entities

PAGES: Mapping[str, str] = {
    "expert": "experts",
    "organization": "organizations",
    "workshop": "workshops",
    "assessment_kit": "kits",
    "study_group": "groups",
    "exam_session": "exams",
}
OWNERS = (  # the column of a part that names the record it is shown with
    ("session_id", "exam_session"),
    ("expert_id", "expert"),
    ("group_id", "study_group"),
    ("workshop_id", "workshop"),
    ("kit_id", "assessment_kit"),
)
SETTINGS = frozenset({"setting", "share_target", "grade_scale", "calendar_day"})


def place_of(session: Session, table: str, record_id: str) -> tuple[str, dict[str, str]] | None:
    """The page of a record, or that of the one it belongs to; None where no page shows it."""
    if table in SETTINGS:
        return "settings", {}
    entity: Any = entities().get(table)
    record = session.scalar(select(entity).where(entity.id == record_id)) if entity else None
    if record is None or record.deleted:
        return None
    if table in PAGES:
        return PAGES[table], {"id": record_id}
    for column, owner in OWNERS:
        if getattr(record, column, None):
            return PAGES[owner], {"id": getattr(record, column)}
    return None
