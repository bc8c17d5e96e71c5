"""A form as plain JSON data that a college may change, and back.

Every part of the program's form has a key: its kind and number (text2, table1). `base` holds, by
key, a short sum of each part as it was when the form was changed. So a newer program's form is
told apart: a part whose sum is found keeps its key wherever it has moved, a part of a new key
comes to its place among the others, a key of `base` that the data no longer lists was removed by
the college. Columns go by the key of their cells. What has no key is the college's own: a text,
lines, a page break, an empty column.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from demoexam.documents.template import Part, Template
from demoexam.documents.template_merge import merged
from demoexam.documents.template_parts import PartData, keyed_parts, part_data, part_from, part_sum
from demoexam.documents.template_problems import BrokenTemplate
from demoexam.documents.template_schema import FORMAT, shape_problems

Data = dict[str, Any]


def template_data(template: Template) -> Data:
    """The part of a form that a college may change; the program's own form gives its own data."""
    keyed = keyed_parts(template.parts, {})
    return {
        "format": FORMAT,
        "kind": template.kind,
        "title": template.title,
        "archive": template.archive,
        "wide": template.wide,
        "approvals": [
            {"word": word, "post": post, "source": source}
            for word, post, source in template.approvals
        ],
        "parts": [*_named(keyed).values()],
        "base": {key: part_sum(part) for key, part in keyed.items()},
    }


def completed(data: Data, shipped: Template) -> Data:
    """The data with what a newer program's form has more, as an editor shows and keeps it.

    Raises BrokenTemplate for what cannot be read or no longer fits the program's form.
    """
    if problems := shape_problems(data):
        raise BrokenTemplate(shipped.code, problems)
    keyed = keyed_parts(shipped.parts, data.get("base", {}))
    parts, problems = merged(data, _named(keyed))
    if problems:
        raise BrokenTemplate(shipped.code, problems)
    return {**data, "parts": parts, "base": {key: part_sum(part) for key, part in keyed.items()}}


def template_from(data: Data, shipped: Template) -> Template:
    """The program's form with the college's changes. Raises BrokenTemplate.

    Its blanks and measures are for template_check to judge.
    """
    whole = completed(data, shipped)
    keyed = keyed_parts(shipped.parts, whole["base"])
    return replace(
        shipped,
        kind=whole["kind"],
        title=whole["title"],
        archive=whole["archive"],
        wide=whole["wide"],
        approvals=tuple((one["word"], one["post"], one["source"]) for one in whole["approvals"]),
        parts=tuple(part_from(one, keyed.get(one["key"])) for one in whole["parts"]),
    )


def _named(keyed: Mapping[str, Part]) -> dict[str, PartData]:
    return {key: {"key": key, **part_data(part)} for key, part in keyed.items()}
