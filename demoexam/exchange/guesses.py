"""Columns that no title explains, taken for what a kind of list lacks when their cells leave no
doubt."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from demoexam.exchange.column_terms import Term
from demoexam.exchange.content import ColumnSample
from demoexam.exchange.titles import title_match
from demoexam.exchange.vocabulary import TERMS, Kind

_NEARLY_ALL: Final = 0.9
_MOST: Final = 0.8
_WORTH: Final = 0.3  # of what a titled column would add
_SOUGHT: Final[Mapping[Kind, tuple[tuple[str, str], ...]]] = {  # field, test of its cells
    Kind.ROSTER: (),
    Kind.STUDENTS: (("group", "sure_group"),),
    Kind.WORKSHOPS: (("name", "workshop"), ("places", "seats")),
    Kind.KITS: (("minutes", "clock_duration"),),
    Kind.SCHEDULE: (
        ("date", "date"),
        ("group", "sure_group"),
        ("time", "clock"),
        ("workshop", "workshop"),
    ),
}
_WITHOUT: Final = {  # nothing is sought without one of these
    Kind.STUDENTS: {"full_name", "last_name"},
    Kind.KITS: {"code"},
    Kind.SCHEDULE: {"kit"},
}


def guessed(
    kind: Kind,
    keys: Mapping[int, str],
    samples: Sequence[ColumnSample],
    known: Mapping[str, int],
    taken: set[int],
) -> Iterator[tuple[str, int, float]]:
    """Fields that are lacking, the columns that hold them, and what they add to the belief."""
    needed = _WITHOUT.get(kind)
    if needed and not needed & known.keys():
        return
    if kind is Kind.KITS and (samples[known["code"]].share_of("kit") or 0) < _MOST:
        return
    used = {*taken}
    for field, test in _SOUGHT[kind]:
        if field in known:
            continue
        sought = next(each for each in TERMS[kind] if each.field == field)
        for column, sample in enumerate(samples):
            key = keys.get(column, "")
            if column in used or (sample.share_of(test) or 0) < _NEARLY_ALL:
                continue
            if not (sought.not_if and sought.not_if.search(key)) and not _titled_otherwise(
                key, field
            ):
                used.add(column)
                yield field, column, sought.weight * _WORTH
                break


def _titled_otherwise(key: str, field: str) -> bool:
    """Whether the title plainly names another field of any list."""
    return any(
        title_match(each, key) == 1
        for terms in TERMS.values()
        for each in terms
        if each.field != field
    )


def overruled(term: Term, key: str, sample: ColumnSample) -> bool:
    """Whether organizations fill a column that is titled as theirs and as something else."""
    return (
        term.field == "organization"
        and any(pattern.search(key) for pattern in term.titles)
        and (sample.share_of(term.content) or 0) >= _MOST
    )


def second_workplaces(
    samples: Sequence[ColumnSample], known: Mapping[str, int], taken: set[int]
) -> Iterator[int]:
    """Columns of organizations for people who have none in the first: sides put side by side."""
    first = known.get("organization")
    if first is None or (samples[first].share_of("organization") or 0) < _MOST:
        return
    free = {i for i in range(len(samples)) if i not in taken} | {known.get("position", first)}
    for column in sorted(free - {first}):
        sample = samples[column]
        if (sample.share_of("organization") or 0) >= _MOST and sample.apart_from(samples[first]):
            yield column
