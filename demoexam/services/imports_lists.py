"""Kits, workshops and students into the store."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from demoexam.exchange.values import FileContent, KitRow, StudentRow, WorkshopRow
from demoexam.exchange.vocabulary import Kind
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.kits import AssessmentKit, Specialty, StaffingRule
from demoexam.models.organizations import Organization
from demoexam.models.places import ExamCenter, Workshop
from demoexam.rules.identity import fold_key
from demoexam.rules.terms import EXAM_LEVEL_MARKS, ExamLevel
from demoexam.services.imports_draft import Draft, FieldChange
from demoexam.services.imports_matching import name_of
from demoexam.services.imports_organizations import Organizations, college_of_row
from demoexam.services.imports_plan import ImportPlan, RowPlan, Status, row_plan

Ranges = list[tuple[int, int | None, int, int | None]]


def specialty_ids(draft: Draft) -> dict[str, str]:
    return {row["code"]: row["id"] for row in draft.rows(Specialty).values()}


# -- kits -----------------------------------------------------------------------------------


def plan_kits(draft: Draft, content: FileContent, plan: ImportPlan) -> None:
    """One kit for each code and level; its rows together make its staffing table."""
    specialties = specialty_ids(draft)
    groups: dict[tuple[str, ExamLevel], list[KitRow]] = {}
    for row in content.kits:
        groups.setdefault((row.code, row.level), []).append(row)
    for rows in groups.values():
        plan.rows.append(_kit(draft, rows, specialties))
        plan.rows += [_more_of(rows[0], row) for row in rows[1:]]


def _kit(draft: Draft, rows: Sequence[KitRow], specialties: dict[str, str]) -> RowPlan:
    row = rows[0]
    known = next(draft.where(AssessmentKit, code=row.code, level=row.level), None)
    core = row.core_points or row.max_points - row.variable_points
    facts = {
        "minutes": row.minutes,
        "title": row.specialty_title,
        "exam_days": row.days,
        "core_points": max(core, 0),
        "variable_points": row.variable_points,
        "equipment": [*dict.fromkeys(item for each in rows for item in each.equipment)],
    }
    if known is None:
        ident = draft.add(
            AssessmentKit,
            code=row.code,
            level=row.level,
            specialty_id=specialties[row.specialty],
            year=int(row.code[-4:]),
            **facts,
        )
        changes = _staffing(draft, ident, _ranges(rows))
    else:
        ident = known["id"]
        told = {name: value for name, value in facts.items() if value}
        changes = draft.change(AssessmentKit, ident, **told)
        changes += _staffing(draft, ident, _ranges(rows))
    title = f"{row.code} {EXAM_LEVEL_MARKS[row.level]}"
    return row_plan(row.place, Kind.KITS, title, ident, new=known is None, changes=changes)


def _more_of(first: KitRow, row: KitRow) -> RowPlan:
    reason = f"ещё одна строка комплекта строки {first.place.row}"
    title = f"{row.code} {EXAM_LEVEL_MARKS[row.level]}"
    return RowPlan(row.place, Kind.KITS, Status.DUPLICATE, title, reasons=(reason,))


def _ranges(rows: Iterable[KitRow]) -> Ranges:
    """Staffing by workplaces, from one upward without gaps; the last row has no upper bound."""
    told = {row.workplaces or 0: row for row in rows if row.experts is not None}
    ranges: Ranges = []
    start = 1
    for bound in sorted(told):
        row = told[bound]
        ranges.append((start, bound or None, row.experts or 0, row.recommended))
        start = bound + 1
    if ranges:
        ranges[-1] = (ranges[-1][0], None, *ranges[-1][2:])
    return ranges


def _staffing(draft: Draft, kit: str, ranges: Ranges) -> list[FieldChange]:
    stored = [*draft.where(StaffingRule, kit_id=kit)]
    columns = ("workplaces_from", "workplaces_to", "minimum", "recommended")
    known = [tuple(row[name] for name in columns) for row in stored]
    if not ranges or sorted(known, key=str) == sorted(ranges, key=str):
        return []
    for row in stored:
        draft.change(StaffingRule, row["id"], deleted=True)
    for values in ranges:
        draft.add(StaffingRule, kit_id=kit, **dict(zip(columns, values, strict=True)))
    old = known[-1][2] if known else None
    return [FieldChange("staffing", old, ranges[-1][2])]


# -- workshops ------------------------------------------------------------------------------


def plan_workshops(
    draft: Draft, content: FileContent, organizations: Organizations, plan: ImportPlan
) -> None:
    for row in content.workshops:
        owner = college_of_row(draft, organizations, plan, row.organization)
        plan.rows.append(_workshop(draft, row, owner))


def _workshop(draft: Draft, row: WorkshopRow, organization: str) -> RowPlan:
    known = find_workshop(draft, row.name, row.room)
    facts: dict[str, Any] = {
        "room": row.room,
        "address": row.address,
        "places": row.places,
        "accredited_until": row.until,
        "open_saturday": row.open_saturday,
        "equipment": [*row.equipment],
    }
    told = {name: value for name, value in facts.items() if value not in ("", None, 0, [])}
    if known is not None:
        changes = draft.change(Workshop, known["id"], **told)
        ident = known["id"]
    else:
        changes = []
        center = _exam_center(draft, row, organization)
        ident = draft.add(
            Workshop,
            name=row.name,
            organization_id=organization,
            exam_center_id=center,
            note=", ".join(row.specialties),
            **told,
        )
    return row_plan(row.place, Kind.WORKSHOPS, row.name, ident, new=known is None, changes=changes)


def find_workshop(draft: Draft, name: str, room: str) -> dict[str, Any] | None:
    """By name and, when both are known, by room."""
    key = fold_key(name)
    named = [row for row in draft.rows(Workshop).values() if fold_key(row["name"]) == key]
    if room:
        exact = [row for row in named if row["room"] == room]
        return next(iter(exact), None) or next((row for row in named if not row["room"]), None)
    return named[0] if len(named) == 1 else None


def _exam_center(draft: Draft, row: WorkshopRow, organization: str) -> str:
    """The centre that the file names, else the organization's at this address."""
    owner = draft.rows(Organization)[organization]["short_name"]
    name = row.center or f"ЦПДЭ {owner}"
    for known in draft.where(ExamCenter, organization_id=organization, name=name):
        if known["address"] == row.address:
            return str(known["id"])
    return draft.add(ExamCenter, organization_id=organization, name=name, address=row.address)


# -- students -------------------------------------------------------------------------------


def plan_students(
    draft: Draft, content: FileContent, organizations: Organizations, plan: ImportPlan
) -> None:
    """Students into their groups. Two rows of one name are two people only by birth date."""
    seen: dict[tuple[str, str], list[date | None]] = {}
    known = Counter((row["group_id"], name_of(row).key) for row in draft.rows(Examinee).values())
    ids = {(row["group_id"], name_of(row).key): row for row in draft.rows(Examinee).values()}
    specialties = specialty_ids(draft)
    for row in content.students:
        college = college_of_row(draft, organizations, plan, row.college)
        facts = {
            "specialty_id": specialties.get(row.specialty),
            "course": row.course,
            "year": content.year,
        }
        group = find_or_add_group(draft, row.group, college, facts)
        key = group, row.name.key
        births = seen.setdefault(key, [])
        if births and (row.birth_date is None or row.birth_date in births or None in births):
            plan.rows.append(_same_student(row))
            continue
        births.append(row.birth_date)
        if len(births) <= known[key]:
            changes = _assistant(draft, ids[key]["id"], row)
            plan.rows.append(_student(row, ids[key]["id"], changes, new=False))
        else:
            ident = draft.add(
                Examinee,
                group_id=group,
                last_name=row.name.last,
                first_name=row.name.first,
                middle_name=row.name.middle,
                needs_assistant=bool(row.needs_assistant),
            )
            plan.rows.append(_student(row, ident, [], new=True))
    _count_heads(draft, {group for group, _ in seen})


def _student(row: StudentRow, ident: str, changes: Sequence[FieldChange], *, new: bool) -> RowPlan:
    title = f"{row.name}, {row.group}"
    return row_plan(row.place, Kind.STUDENTS, title, ident, new=new, changes=changes)


def _same_student(row: StudentRow) -> RowPlan:
    reason = "такой студент в этой группе уже есть выше"
    return RowPlan(row.place, Kind.STUDENTS, Status.DUPLICATE, str(row.name), reasons=(reason,))


def _assistant(draft: Draft, ident: str, row: StudentRow) -> list[FieldChange]:
    if row.needs_assistant is None:
        return []
    return draft.change(Examinee, ident, needs_assistant=row.needs_assistant)


def find_or_add_group(draft: Draft, name: str, college: str, facts: dict[str, Any]) -> str:
    """The college's group of this name; what the store did not know of it is filled in."""
    key = fold_key(name)
    for row in draft.where(StudyGroup, college_id=college):
        if fold_key(row["name"]) == key:
            news = {name: value for name, value in facts.items() if value and not row[name]}
            draft.change(StudyGroup, row["id"], **news)
            return str(row["id"])
    return draft.add(StudyGroup, name=name, college_id=college, **facts)


def _count_heads(draft: Draft, groups: Iterable[str]) -> None:
    """A group whose size nobody planned is as large as its list."""
    members = Counter(row["group_id"] for row in draft.rows(Examinee).values())
    for group in groups:
        if draft.rows(StudyGroup)[group]["head_count"] is None:
            draft.change(StudyGroup, group, head_count=members[group])
