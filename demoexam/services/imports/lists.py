"""Kits and workshops into the store."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from demoexam.exchange.cells import Place
from demoexam.exchange.values import FileContent, KitRow, WorkshopRow
from demoexam.exchange.vocabulary import Kind
from demoexam.models.kits import AssessmentKit, Specialty, StaffingRule, TaskModule
from demoexam.models.organizations import Organization
from demoexam.models.places import ExamCenter, Workshop
from demoexam.rules.identity import fold_key
from demoexam.rules.terms import EXAM_LEVEL_MARKS, ExamLevel
from demoexam.services.imports.draft import Draft, FieldChange
from demoexam.services.imports.organizations import Organizations, college_of_row
from demoexam.services.imports.plan import ImportPlan, RowPlan, Status, row_plan

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
    changes += _modules(draft, ident, row)
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


def _modules(draft: Draft, kit: str, row: KitRow) -> list[FieldChange]:
    """The modules of the task as the file lists them; a file without any leaves them alone.

    A module goes by its number, and a blank cell takes nothing from it.
    """
    stored = {each["number"]: each for each in draft.where(TaskModule, kit_id=kit)}
    former, differ = {*stored}, False
    for place, module in enumerate(row.modules, 1):
        facts = {"title": module.title, "minutes": module.minutes, "max_points": module.points}
        number = module.number or place
        if known := stored.pop(number, None):
            told = {name: value for name, value in facts.items() if value}
            differ |= bool(draft.change(TaskModule, known["id"], **told))
        else:
            draft.add(TaskModule, kit_id=kit, number=number, **facts)
            differ = True
    for gone in stored.values() if row.modules else ():
        draft.change(TaskModule, gone["id"], deleted=True)
        differ = True
    return [FieldChange("modules", len(former), len(row.modules))] if differ else []


# -- workshops ------------------------------------------------------------------------------


def plan_workshops(
    draft: Draft, content: FileContent, organizations: Organizations, plan: ImportPlan
) -> None:
    owners = {
        row.place: college_of_row(draft, organizations, plan, row.organization)
        for row in content.workshops
    }
    known = _known_workshops(draft, content.workshops, owners)
    for row in content.workshops:
        stored = known.get(row.place) or find_workshop(draft, row.name, row.room)
        plan.rows.append(_workshop(draft, row, stored, owners[row.place]))


def _workshop(
    draft: Draft, row: WorkshopRow, known: dict[str, Any] | None, organization: str
) -> RowPlan:
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
        if fold_key(known["name"]) != fold_key(row.name):
            told["name"] = row.name
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


def _known_workshops(
    draft: Draft, rows: Sequence[WorkshopRow], owners: Mapping[Place, str]
) -> dict[Place, dict[str, Any]]:
    """The workshop of each row that has one; renamed and moved ones too.

    Only a file that lists all workshops of an owner can tell that one of them has changed its name
    or its room: else it would be one more.
    """
    found = {
        row.place: known for row in rows if (known := find_workshop(draft, row.name, row.room))
    }
    taken = {known["id"] for known in found.values()}
    for owner in {owners[place] for place in found}:
        fresh = [row for row in rows if owners[row.place] == owner and row.place not in found]
        free = [w for w in draft.where(Workshop, organization_id=owner) if w["id"] not in taken]
        if len(free) <= len(fresh):
            pairs = [(row, one) for row in fresh for one in free if _is_edited(row, one)]
            rooms = Counter(row.place for row, _ in pairs)
            uses = Counter(one["id"] for _, one in pairs)
            found |= {
                row.place: one for row, one in pairs if rooms[row.place] == uses[one["id"]] == 1
            }
    return found


def _is_edited(row: WorkshopRow, known: dict[str, Any]) -> bool:
    """The same name in another room, or the same room under another name."""
    address = not (row.address and known["address"]) or row.address == known["address"]
    same_room = bool(row.room) and row.room == known["room"] and address
    return same_room or fold_key(row.name) == fold_key(known["name"])


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
