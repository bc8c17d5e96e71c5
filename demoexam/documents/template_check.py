"""Whether a college's form can be printed: its blanks, measures and letters, then a trial print.

`sound_template` looks at the words alone and is quick; `checked_template` measures and prints.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from demoexam.documents.blanks import blank_faults
from demoexam.documents.catalogue import EDITABLE
from demoexam.documents.invented import sample_fillings
from demoexam.documents.template import Signed, Table, Template, When
from demoexam.documents.template_data import Data, completed, template_data, template_from
from demoexam.documents.template_parts import keyed_parts
from demoexam.documents.template_problems import At, BrokenTemplate, Problem

PLAIN = {"type", "key", "look", "align", "source", "base"}  # words of the data, never printed
UNFILLED = {"kind", "group", "word"}  # printed as they are, braces and all


@dataclass(frozen=True)
class Known:
    """The names that a form's texts may ask for."""

    facts: frozenset[str]
    rows: Mapping[str, frozenset[str]]
    signers: frozenset[str]


@dataclass(frozen=True)
class Checked:
    """A form that prints; `data` is complete, `warnings` tell what may be missed on paper."""

    template: Template
    data: Data
    warnings: tuple[Problem, ...]


def known_names(shipped: Template) -> Known:
    """What the program fills a form with, from its invented sitting."""
    return _known(shipped.code) if EDITABLE.get(shipped.code) is shipped else _names(shipped)


def sound_template(data: Data, shipped: Template) -> Template:
    """The college's form, its shape and blanks proved. Raises BrokenTemplate."""
    whole = completed(data, shipped)
    if problems := word_problems(whole, shipped):
        raise BrokenTemplate(shipped.code, problems)
    return template_from(whole, shipped)


def checked_template(data: Data, shipped: Template) -> Checked:
    """The college's form, proved by a trial print. Raises BrokenTemplate."""
    from demoexam.documents.template_trial import paper_problems

    template, whole = sound_template(data, shipped), completed(data, shipped)
    if problems := paper_problems(whole, template):
        raise BrokenTemplate(shipped.code, problems)
    return Checked(template, whole, tuple(_warnings(whole, template, shipped)))


def same_program(data: Data, shipped: Template) -> bool:
    """Whether the program's form is still the one that the data were checked against."""
    return bool(data.get("base") == template_data(shipped)["base"])


def word_problems(data: Data, shipped: Template) -> list[Problem]:
    """What is wrong with the blanks, the signers and the bounds of data of a sound shape."""
    known = known_names(shipped)
    keyed = keyed_parts(shipped.parts, data["base"])
    problems = [
        Problem(at, fault)
        for at, text in texts(data)
        if at[-1] not in UNFILLED
        for fault in blank_faults(text, _names_at(at, data, keyed, known))
    ]
    problems += _strange_signers(data, known)
    for at, part in enumerate(data["parts"]):
        if part["type"] == "table":
            problems += _table_problems(part, ("parts", at))
        if part["type"] == "page" and _ends_empty(data["parts"], at):
            problems.append(Problem(("parts", at), "после новой страницы ничего нет"))
    return problems


def texts(value: Any, at: At = ()) -> Iterator[tuple[At, str]]:
    """Every text of the data that is printed, with its place."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in PLAIN or "rows" in at:
                yield from texts(one, (*at, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from texts(one, (*at, number))


def _names_at(at: At, data: Data, keyed: Mapping[str, Any], known: Known) -> frozenset[str]:
    """What is said for each row of a source asks for what that row holds too."""
    if at[0] != "parts":
        return known.facts
    part = data["parts"][at[1]]
    table = keyed.get(part["key"])
    if isinstance(table, When) and table.each:
        return known.facts | known.rows.get(table.fact, frozenset())
    if not isinstance(table, Table):
        return known.facts
    if at[2] == "rows":
        return known.facts | known.rows.get(table.source, frozenset())
    if at[2] == "columns" and (key := part["columns"][at[3]]["key"]):
        each = next((one.each for one in table.fields if one.key == key), "")
        return known.rows.get(each, frozenset()) if each else known.facts
    return known.facts


def _strange_signers(data: Data, known: Known) -> Iterator[Problem]:
    lists = [(("approvals",), data["approvals"])]
    lists += [
        (("parts", at, "signers"), part["signers"])  # type: ignore[misc]
        for at, part in enumerate(data["parts"])
        if part["type"] == "signed"
    ]
    there = ", ".join(sorted(known.signers))
    for place, signers in lists:
        for at, one in enumerate(signers):
            if one["source"] and one["source"] not in known.signers:
                text = f"имени «{one['source']}» нет; есть: {there}, или пусто для записи от руки"
                yield Problem((*place, at, "source"), text)


def _table_problems(part: Mapping[str, Any], at: At) -> Iterator[Problem]:
    if not any(column["shown"] for column in part["columns"]):
        yield Problem((*at, "columns"), "все графы скрыты: печатать нечего")
    if (part["min_blank"] or 0) > part["blank_rows"]:
        yield Problem((*at, "min_blank"), "больше, чем самих пустых строк")


def _ends_empty(parts: Sequence[Mapping[str, Any]], at: int) -> bool:
    return at + 1 == len(parts) or parts[at + 1]["type"] == "page"


def _warnings(data: Data, template: Template, shipped: Template) -> Iterator[Problem]:
    """What a form that people sign should not lose."""
    signed = _signers(template)
    for source, post in _signers(shipped).items():
        if source not in signed:
            yield Problem((), f"убрана подпись «{post}»: бланк должен быть подписан", grave=False)
    for at, part in enumerate(data["parts"]):
        for number, column in enumerate(part.get("columns", ())):
            if column["key"] == "signature" and not column["shown"]:
                place = ("parts", at, "columns", number)
                yield Problem(place, "графа для подписи скрыта", grave=False)


def _signers(template: Template) -> dict[str, str]:
    parts = [one.block if isinstance(one, When) else one for one in template.parts]
    return {
        source: post for part in parts if isinstance(part, Signed) for post, source in part.signers
    }


@cache
def _known(code: str) -> Known:
    return _names(EDITABLE[code])


def _names(shipped: Template) -> Known:
    facts: set[str] = set()
    rows: dict[str, set[str]] = {}
    signers: set[str] = set()
    for filling in sample_fillings(shipped):
        facts |= filling.facts.keys()
        signers |= filling.signers.keys()
        for source, listed in filling.rows.items():
            keys = {key for row in listed if isinstance(row, Mapping) for key in row}
            rows.setdefault(source, set()).update(keys)
    return Known(
        frozenset(facts),
        {source: frozenset(keys) for source, keys in rows.items()},
        frozenset(signers),
    )
