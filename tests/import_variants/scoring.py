"""Scores a reading of a made-up book by the same measures as a reading of real files."""

import re
from collections import Counter
from datetime import date
from typing import Any

from demoexam.exchange.dump import dump
from demoexam.exchange.values import FileContent
from import_variants.truth import Expected

LISTS = {"students": "students", "workshops": "workshops", "kits": "kods", "schedule": "exams"}


def score(content: FileContent, expected: Expected) -> tuple[dict[str, float], list[str]]:
    """Shares between 0 and 1, and what was wrong."""
    report = dump(content)
    bad: list[str] = []
    if expected.kind == "roster":
        columns = {
            (p.place.sheet, p.place.row, str(p.name)): p.place.column for p in content.people
        }
        found = {
            (place[0], place[1], columns.get((place[0], place[1], _named(each)), 0)): each
            for each in report["people"]
            for place in each["rows"]
        }
    else:
        found = {(each["sheet"], each["row"], 0): each for each in report[LISTS[expected.kind]]}
    wanted = expected.rows
    hit = wanted.keys() & found.keys()
    bad += [f"lost {place} {wanted[place]}" for place in sorted(wanted.keys() - hit)[:3]]
    bad += [f"extra {place} {found[place]}" for place in sorted(found.keys() - hit)[:3]]
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for place in hit:
        merged = len(found[place].get("rows", [1])) > 1
        for name, value in wanted[place].items():
            total[name] += 1
            got = found[place].get(name)
            good = plain(got) == plain(value) or (merged and got is not None)
            right[name] += good
            if not good and total[name] - right[name] < 3:
                bad.append(f"{place} {name}: {value!r} became {got!r}")
    figures = {
        "recall": len(hit) / max(len(wanted), 1),
        "precision": len(hit) / max(len(found), 1),
        "fields": sum(right.values()) / max(sum(total.values()), 1),
        **{f"field {name}": right[name] / total[name] for name in total},
    }
    level = [x for x in report["rejects"] if x["level"] != "info"]
    bad += [f"reject {x['sheet']} {x['row']} {x['text']}" for x in level[:4]]
    figures["quiet"] = 1 - len({(x["sheet"], x["row"]) for x in level}) / max(len(wanted), 1)
    return figures, bad


def _named(each: dict[str, Any]) -> str:
    return " ".join(filter(None, (each["last"], each["first"], each["middle"])))


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return sorted(plain(each) for each in value)
    if isinstance(value, bool) or value is None:
        return value
    return re.sub(r"\s+", " ", str(value)).strip().lower().replace("ё", "е")
