"""How the parts that a college kept meet the parts of the program's form of today."""

from collections.abc import Mapping
from typing import Any

from demoexam.documents.template_problems import Problem

OWN_KINDS = ("text", "lines", "note", "page")  # a college may add these
Parts = list[dict[str, Any]]
Shipped = Mapping[str, dict[str, Any]]


def merged(data: Mapping[str, Any], shipped: Shipped) -> tuple[Parts, list[Problem]]:
    """The college's parts with what the program has since; and what no longer fits."""
    parts: Parts = []
    problems: list[Problem] = []
    for at, part in enumerate(data["parts"]):
        key, known = part["key"], shipped.get(part["key"])
        if key and any(one["key"] == key for one in parts):
            problems.append(Problem(("parts", at), f"часть «{key}» повторяется"))
        elif known is None and part["type"] in OWN_KINDS:
            parts.append({**part, "key": ""})  # the program has dropped it, the college has not
        elif known is None:
            problems.append(Problem(("parts", at), "этой части в бланке программы нет"))
        elif known["type"] != part["type"]:
            problems.append(Problem(("parts", at), f"это не «{part['type']}», а «{known['type']}»"))
        else:
            parts.append(_joined(part, known, at, problems))
    return _with_new(parts, shipped, data.get("base", {})), problems


def _joined(
    part: dict[str, Any], known: dict[str, Any], at: int, problems: list[Problem]
) -> dict[str, Any]:
    """A table with the columns that the program has since; any other part as it is."""
    if part["type"] != "table":
        return part
    keys = {one["key"] for one in known["columns"]}
    seen: set[str] = set()
    for number, column in enumerate(part["columns"]):
        place = ("parts", at, "columns", number)
        if column["key"] and column["key"] not in keys:
            problems.append(Problem(place, "такой графы в бланке программы нет"))
        if column["key"] in seen - {""}:
            problems.append(Problem(place, "графа повторяется"))
        seen.add(column["key"])
    if part["rows"] and not known["rows"]:
        problems.append(Problem(("parts", at, "rows"), "строки этой таблицы даёт программа"))
    cells = keys.union(*(row.keys() for row in known["rows"]))
    problems += _row_problems(part, cells, at)
    new = [one for one in known["columns"] if one["key"] not in seen]
    columns = list(part["columns"])
    for column in new:
        columns.insert(_place(columns, [one["key"] for one in known["columns"]], column), column)
    return {**part, "columns": columns}


def _row_problems(part: dict[str, Any], keys: set[str], at: int) -> list[Problem]:
    return [
        Problem(("parts", at, "rows", number), f"в строке нет графы «{key[:40]}»")
        for number, row in enumerate(part["rows"])
        for key in row
        if key not in keys
    ]


def _with_new(parts: Parts, shipped: Shipped, base: Mapping[str, str]) -> Parts:
    known = {part["key"] for part in parts} | set(base)
    for part in [one for key, one in shipped.items() if key not in known]:
        parts.insert(_place(parts, list(shipped), part), part)
    return parts


def _place(listed: Parts, order: list[str], one: dict[str, Any]) -> int:
    """Behind the nearest of those that stand before `one` in the program's form."""
    before = order[: order.index(one["key"])]
    for key in reversed(before):
        at = next((n for n, other in enumerate(listed) if other["key"] == key), None)
        if at is not None:
            return at + 1
    return 0
