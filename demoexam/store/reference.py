"""The reference rows of a new store: specialties, industries, targets, calendar, grade scale."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from demoexam.models.base import Record, reference_id
from demoexam.models.kits import Specialty
from demoexam.models.organizations import Industry
from demoexam.models.reference import CalendarDay, GradeScale, ShareTarget
from demoexam.settings import resources

TARGETS = {2022: 50, 2023: 60, 2024: 70}  # the round table's decision of 26.11.2021, item 2


def fill_reference(session: Session) -> None:
    """Rows with the same ids in every store; all of them are the college's to change."""
    _add(session, Specialty, "code", [
        {"code": row["code"], "title": row["title"], "kind": row["kind"], "status": row["status"]}
        for row in _rows("specialties")
    ])  # fmt: skip
    _add(session, Industry, "name", [{"name": row["name"]} for row in _rows("industries")])
    _add(session, CalendarDay, "day", [
        {
            "day": date.fromisoformat(row["day"]), "name": row["name"],
            **{key: row[key] == "1" for key in ("is_working", "is_short", "verified")},
        }
        for row in _rows("calendar")
    ])  # fmt: skip
    targets = [{"year": year, "percent": percent} for year, percent in TARGETS.items()]
    _add(session, ShareTarget, "year", targets)
    _add(session, GradeScale, "three", [{"three": 20, "four": 40, "five": 70}])


def _add(
    session: Session, entity: type[Record], key: str, rows: Sequence[Mapping[str, object]]
) -> None:
    named = [{"id": reference_id(entity.__tablename__, row[key]), **row} for row in rows]
    session.execute(insert(entity), named)


def _rows(name: str) -> list[dict[str, str]]:
    path = resources() / "reference" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
