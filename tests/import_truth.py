"""Measures an import report against the known content of the files in `tests/data/rosters`."""

import json
import re
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
TRUTH: dict[str, Any] = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))
FILES: tuple[str, ...] = tuple(TRUTH["files"])
TODAY = date.fromisoformat(TRUTH["today"])
LISTS = {"students": "students", "workshops": "workshops", "kods": "kods", "schedule": "exams"}
_LATIN = str.maketrans("aeopcxyktmhb", "аеорсхуктмнв")

Report = dict[str, Any]


def roster(name: str) -> Path:
    return DATA / "rosters" / name


def figures(name: str, report: Report) -> dict[str, float]:
    """Shares of what was read rightly, each between 0 and 1; only those the file has."""
    truth = TRUTH["files"][name]
    measured = (
        _roster(truth, report)
        if truth["kind"] == "roster"
        else _list(truth, report, LISTS[truth["kind"]])
    )
    return {key: value for key, value in measured.items() if value is not None}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _roster(truth: Report, report: Report) -> dict[str, float | None]:
    rows = {record["row"]: record for record in truth["records"]}
    people = {row: person for person in report["people"] for _, row in person["rows"]}
    hit = rows.keys() & people.keys()
    names = sum(_same_name(people[row], rows[row]) for row in hit)
    checked = [_field_is_right(people[row], key, value)
               for row in hit for key, value in rows[row]["fields"].items()]  # fmt: skip
    offered, wanted = _pairs(report["duplicates"]), _pairs(_rows_of(truth["duplicates"]))
    merged = _pairs(person["rows"] for person in report["people"])
    never = _pairs(_rows_of(truth["must_not_merge"]))
    share = report["summary"]["employer_share"]
    return {
        "people_recall": _share(len(hit), len(rows)),
        "people_precision": _share(len(hit), len(people)),
        "names": _share(names, len(hit)),
        "fields": _share(sum(checked), len(checked)),
        **_organizations(truth, rows, people),
        "duplicates_found": _share(len(wanted & (offered | merged)), len(wanted)),
        "duplicates_true": _share(len(wanted & offered), len(offered - never)),
        "never_merged": float(not merged & never and merged <= wanted),
        "rejects_true": float(not report["rejects"]),
        "employer_share": float(abs(share - truth["summary"]["employer_share"]) < 0.005),
    }


def _same_name(person: Report, record: Report) -> bool:
    parts = ("last", "first", "middle")
    return len(person["rows"]) > 1 or all(
        (person[part] or None) == record["fields"].get(part) for part in parts
    )


def _field_is_right(person: Report, key: str, value: Any) -> bool:
    if key in {"last", "first", "middle"}:
        return True
    got = person[key]
    if isinstance(value, list):
        return sorted(got) == sorted(value)
    return got == value or (len(person["rows"]) > 1 and got is not None)


def _organizations(
    truth: Report, rows: dict[int, Report], people: dict[int, Report]
) -> dict[str, float | None]:
    known = {
        folded(alias): each["id"]
        for each in truth["organizations"]
        for alias in [*each["aliases"], each["name"]]
    }
    linked = wrong = 0
    for row in rows.keys() & people.keys():
        got = {known.get(folded(name), name) for name in people[row]["organizations"]}
        linked += len(got & set(rows[row]["orgs"]))
        wrong += len(got - set(rows[row]["orgs"])) if len(people[row]["rows"]) == 1 else 0
    sides = [
        people[row]["employer"] == rows[row]["employer"] for row in rows.keys() & people.keys()
    ]
    return {
        "organizations_found": _share(linked, sum(len(r["orgs"]) for r in rows.values())),
        "organizations_true": _share(linked, linked + wrong),
        "sides": _share(sum(sides), len(sides)),
    }


def _list(truth: Report, report: Report, key: str) -> dict[str, float | None]:
    rows = {record["row"]: record for record in truth[key]}
    got = {record["row"]: record for record in report[key]}
    hit = rows.keys() & got.keys()
    skipped = {"sheet", "row", "college"}
    checked = [
        _plain(got[row][name]) == _plain(value)
        for row in hit
        for name, value in rows[row].items()
        if name not in skipped
    ]
    wanted = {(each["row"], each["reason"]) for each in truth.get("conflicts", ())}
    found = {(each["row"], each["reason"]) for each in report["conflicts"]}
    return {
        "recall": _share(len(hit), len(rows)),
        "precision": _share(len(hit), len(got)),
        "fields": _share(sum(checked), len(checked)),
        "conflicts": _share(len(wanted & found), len(wanted)),
    }


def _plain(value: Any) -> Any:
    return sorted(map(folded, value)) if isinstance(value, list) else folded(value)


def folded(value: Any) -> str:
    text = str(value or "").lower().replace("ё", "е").translate(_LATIN)
    return re.sub(r"[\s\-–—.,]+", " ", re.sub(r"[«»\"“”„'`]", "", text)).strip()


def _rows_of(groups: Iterable[Report]) -> list[Any]:
    return [group["rows"] for group in groups]


def _pairs(groups: Iterable[Any]) -> set[frozenset[int]]:
    """Every two rows that belong together."""
    return {frozenset(pair) for group in groups for pair in combinations([r for _, r in group], 2)}
