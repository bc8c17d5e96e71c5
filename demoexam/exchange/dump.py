"""The report of one file as JSON values: what was read, from which rows, what was refused."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from demoexam.exchange.cells import Place
from demoexam.exchange.values import INFO, FileContent, PersonRow
from demoexam.rules.full_names import FullName
from demoexam.rules.terms import EXAM_LEVEL_MARKS, OrganizationKind

Resolved = Mapping[FullName, str]


def dump(
    content: FileContent,
    *,
    conflicts: Sequence[tuple[Place, str]] = (),
    resolved: Resolved | None = None,
) -> dict[str, Any]:
    """`resolved` gives full names for the initials of a schedule."""
    groups = _groups(content)
    return {
        "error": None,
        "people": [_person(content, group) for group in groups],
        "organizations": [
            {"name": each.name.short, "inn": each.inn, "kind": str(each.kind)}
            for each in content.organizations
        ],
        "rejects": [
            {
                "sheet": found.place.sheet,
                "row": found.place.row,
                "reason": found.reason,
                "level": found.level,
                "field": found.field,
                "text": str(found),
            }
            for found in content.findings
        ],
        "duplicates": [[_place(p) for p in group] for group in (*content.same, *content.maybe)],
        "skipped_sheets": [*content.hidden_sheets],
        "summary": {"employer_share": _rounded(employer_share(content))},
        "students": [_student(row) for row in content.students],
        "workshops": [_workshop(row) for row in content.workshops],
        "kods": [_kit(row) for row in content.kits],
        "exams": [_exam(row, resolved or {}) for row in content.exams],
        "conflicts": [
            {"sheet": place.sheet, "row": place.row, "reason": reason}
            for place, reason in conflicts
        ],
    }


def dump_failure(text: str) -> dict[str, Any]:
    """The report of a file that could not be read."""
    return {"error": text, "people": []}


def employer_share(content: FileContent) -> Fraction | None:
    """Employers among the people with an organization whose rows are without fault.

    Doubles are counted once.
    """
    kinds = {each.name.short: each.kind for each in content.organizations}
    faulty = {found.place for found in content.findings if found.level != INFO}
    rows = {person.place: person for person in content.people if person.place not in faulty}
    merged: dict[Place, Place] = {}
    for group in (*content.same, *content.maybe):
        first = _root(merged, group[0])
        for place in group[1:]:
            merged[_root(merged, place)] = first
    sides = [
        kinds[person.organizations[0].short] is OrganizationKind.EMPLOYER
        for place, person in rows.items()
        if person.organizations and (place not in merged or _root(merged, place) == place)
    ]
    return Fraction(sum(sides), len(sides)) if sides else None


def _root(merged: Mapping[Place, Place], place: Place) -> Place:
    while merged.get(place, place) != place:
        place = merged[place]
    return place


def _groups(content: FileContent) -> list[list[PersonRow]]:
    """People, each with all the rows that are surely his."""
    rows = {person.place: person for person in content.people}
    later = {place for group in content.same for place in group[1:]}
    joined = {group[0]: [rows[place] for place in group] for group in content.same}
    return [
        joined.get(person.place, [person])
        for person in content.people
        if person.place not in later and not person.is_incomplete
    ]


def _person(content: FileContent, rows: Sequence[PersonRow]) -> dict[str, Any]:
    kinds = {each.name.short: each.kind for each in content.organizations}
    named = dict.fromkeys(name.short for row in rows for name in row.organizations)
    kind = kinds[next(iter(named))] if named else None
    first = rows[0]
    return {
        "rows": [_place(row.place) for row in rows],
        "last": first.name.last,
        "first": first.name.first or None,
        "middle": first.name.middle or None,
        "birth_date": _iso(_first(rows, "birth_date")),
        "snils": _first(rows, "snils"),
        "phone": _first(rows, "phone"),
        "email": _first(rows, "email"),
        "position": _first(rows, "position"),
        "competences": [*dict.fromkeys(code for row in rows for code in row.competences)],
        "kods": [*dict.fromkeys(code for row in rows for code in row.kits)],
        "role": _first(rows, "role"),
        "certificate": _first(rows, "certificate"),
        "cert_until": _iso(_first(rows, "cert_until")),
        "experience": _first(rows, "experience"),
        "organizations": [*named],
        "employer": None if kind is None else kind is OrganizationKind.EMPLOYER,
    }


def _first(rows: Sequence[PersonRow], name: str) -> Any:
    return next((value for row in rows if (value := getattr(row, name)) not in ("", None)), None)


def _student(row: Any) -> dict[str, Any]:
    return {
        **_where(row.place),
        "last": row.name.last,
        "first": row.name.first or None,
        "middle": row.name.middle or None,
        "group": row.group,
        "specialty": row.specialty,
        "college": row.college.short if row.college else None,
        "birth_date": _iso(row.birth_date),
    }


def _workshop(row: Any) -> dict[str, Any]:
    return {
        **_where(row.place),
        "name": row.name,
        "room": row.room,
        "address": row.address,
        "places": row.places,
        "until": _iso(row.until),
        "specialty": ", ".join(row.specialties),
    }


def _kit(row: Any) -> dict[str, Any]:
    points = Fraction(row.max_points, 100)
    return {
        **_where(row.place),
        "code": row.code,
        "specialty": row.specialty,
        "level": EXAM_LEVEL_MARKS[row.level],
        "minutes": row.minutes,
        "max_points": int(points) if points.denominator == 1 else float(points),
        "workplaces": row.workplaces,
        "experts": row.experts,
    }


def _exam(row: Any, resolved: Resolved) -> dict[str, Any]:
    named = [resolved.get(name, str(name)) for name in row.experts]
    return {
        **_where(row.place),
        "date": row.day.isoformat(),
        "date_to": row.last_day.isoformat(),
        "time": f"{row.starts:%H:%M}" if row.starts else None,
        "group": row.group,
        "kod": row.kit,
        "level": EXAM_LEVEL_MARKS[row.level] if row.level else None,
        "workshop": row.workshop,
        "students": row.head_count,
        "chief": ", ".join(resolved.get(name, str(name)) for name in row.chief),
        "experts": named,
    }


def _where(place: Place) -> dict[str, Any]:
    return {"sheet": place.sheet, "row": place.row}


def _place(place: Place) -> list[Any]:
    return [place.sheet, place.row]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _rounded(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 4)
