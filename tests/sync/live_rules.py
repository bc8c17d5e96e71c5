"""The rules of the plan over live rows, once more and in plain Python."""

from collections.abc import Iterator, Mapping
from itertools import combinations

Row = Mapping[str, object]
Plan = Mapping[str, Mapping[str, Row]]  # table -> id -> row

PARENTS = {  # table -> its columns that point at others
    "exam_session": {
        "group_id": "study_group", "kit_id": "assessment_kit", "workshop_id": "workshop",
    },
    "assignment": {"session_id": "exam_session", "expert_id": "expert"},
    "exam_place": {"session_id": "exam_session", "examinee_id": "examinee"},
    "employment": {"expert_id": "expert", "organization_id": "organization"},
    "study_group": {"college_id": "organization"},
    "workshop": {"organization_id": "organization"},
}  # fmt: skip


def violations(plan: Plan) -> Iterator[str]:
    """What live rows contradict together, in words for whoever reads a failed test."""
    yield from _orphans(plan)
    sittings = [row for row in plan["exam_session"].values() if _live(row) and _coming(row)]
    for one, other in combinations(sittings, 2):
        if one["workshop_id"] and one["workshop_id"] == other["workshop_id"] and meet(one, other):
            yield f"workshop double-booked: {one['id']} {other['id']}"
    yield from _duties(plan)
    places = [row for row in plan["exam_place"].values() if _live(row)]
    for one, other in combinations(places, 2):
        same = one["session_id"] == other["session_id"] and one["workplace"] == other["workplace"]
        if same and one["workplace"] is not None:
            yield f"workplace taken twice: {one['id']} {other['id']}"


def _orphans(plan: Plan) -> Iterator[str]:
    for table, columns in PARENTS.items():
        for row in filter(_live, plan[table].values()):
            for column, target in columns.items():
                if row[column] is not None and plan[target][str(row[column])]["deleted"]:
                    yield f"live {table} {row['id']} of a deleted {target}"


def _duties(plan: Plan) -> Iterator[str]:
    sittings = plan["exam_session"]
    duties = [row for row in plan["assignment"].values() if _live(row)]
    for one, other in combinations(duties, 2):
        if one["expert_id"] == other["expert_id"]:
            here, there = sittings[str(one["session_id"])], sittings[str(other["session_id"])]
            if here is there:
                yield f"expert listed twice: {one['id']} {other['id']}"
            elif all(_live(each) and _coming(each) for each in (here, there)) and meet(here, there):
                yield f"expert double-booked: {one['id']} {other['id']}"
    for duty in duties:
        sitting = sittings[str(duty["session_id"])]
        if duty["role"] == "scoring" and _live(sitting) and _coming(sitting):
            college = plan["study_group"][str(sitting["group_id"])]["college_id"]
            for job in filter(_live, plan["employment"].values()):
                mine = job["expert_id"] == duty["expert_id"] and job["organization_id"] == college
                if mine and any(_employed(job, day) for day in _days(sitting)):
                    yield f"expert of the examined college: {duty['id']} {job['id']}"


def _live(row: Row) -> bool:
    return not row["deleted"] and not row["held"]


def _coming(row: Row) -> bool:
    return row["state"] not in {"done", "closed"}


def meet(one: Row, other: Row) -> bool:
    """Whether two sittings share a moment; the second day has the hours of the first."""
    if not (one["starts_at"] and other["starts_at"]):
        return False
    hours = [(str(row["starts_at"])[11:], str(row["ends_at"])[11:]) for row in (one, other)]
    (start, end), (start_there, end_there) = hours
    return bool(_days(one) & _days(other)) and start < end_there and start_there < end


def _days(row: Row) -> set[str]:
    days = {str(row["starts_at"])[:10] if row["starts_at"] else "", str(row["second_day"] or "")}
    return days - {""}


def _employed(job: Row, day: str) -> bool:
    return str(job["valid_from"] or "") <= day <= str(job["valid_to"] or "9")
