"""Whatever stands in a college's form, it is either printed or refused with a reason, and soon."""

import time
from copy import deepcopy
from random import Random

import pytest

from demoexam.documents.catalogue import FORMS
from demoexam.documents.invented import sample_fillings
from demoexam.documents.template import fill
from demoexam.documents.template_check import checked_template
from demoexam.documents.template_data import template_data
from demoexam.documents.template_problems import BrokenTemplate

JUNK = (
    None, True, 0, -1, 5, 12.5, 60, 1e9, float("nan"), 10**30, "", "а", "{shift}", "{{", "{", "<b>",
    "слово " * 40, "о" * 300, "ж" * 4000, "\n" * 5, "а\n" * 11, [], {}, [[]], [{}], {"a": 1},
    "\u00ad" * 50, "«" * 50, "table1", "signed1", "name", "left", "body", "page", "table",
)  # fmt: skip


def places(value, at=()):
    """The way to everything in the data."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inner:
        yield (*at, key)
        if isinstance(one, dict | list):
            yield from places(one, (*at, key))


def spoiled(data, chance):
    """The data with one thing in them replaced, doubled, taken away or out of order."""
    *way, last = chance.choice(list(places(data)))
    holder = data
    for key in way:
        holder = holder[key]
    match chance.randrange(8):
        case 0 if isinstance(holder, list):
            holder.append(deepcopy(holder[last]))
        case 1 if isinstance(holder, list):
            chance.shuffle(holder)
        case 2:
            holder.pop(last)
        case _:
            holder[last] = deepcopy(chance.choice(JUNK))


def reason(data, shipped):
    """Why the form is refused; nothing if it is printed."""
    try:
        return "" if fill(checked_template(data, shipped).template, sample(shipped)) else "?"
    except BrokenTemplate as error:
        return str(error)


def sample(shipped):
    return sample_fillings(shipped)[0]


@pytest.mark.parametrize("seed", range(8))
def test_every_form_is_printed_or_refused(seed):
    chance = Random(seed)  # noqa: S311 -- repeatable, not secret
    reasons = []
    for code in FORMS:
        data = deepcopy(template_data(FORMS[code]))
        spoiled(data, chance)
        started = time.process_time()
        reasons.append(reason(data, FORMS[code]))
        assert time.process_time() - started < 2
    assert any(reasons)
    assert not [one for one in reasons if "пробная печать не удалась" in one]
