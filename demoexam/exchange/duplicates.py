"""Which rows of one file are one person, which may be, and which only seem to be."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from demoexam.exchange.cells import Place
from demoexam.exchange.values import FIELD, Finding, PersonRow
from demoexam.rules.full_names import FullName
from demoexam.rules.identity import fold_key, one_slip

_CROWD: Final = 40  # more rows with one phone: the phone is the office's, it tells nothing


@dataclass
class Duplicates:
    """Groups of places: `same` are merged at once, `maybe` wait for the user's word."""

    same: list[tuple[Place, ...]] = field(default_factory=list)
    maybe: list[tuple[Place, ...]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def find_duplicates(people: Sequence[PersonRow]) -> Duplicates:
    """Compares only rows that share a name, initials, SNILS, phone or e-mail."""
    found = Duplicates()
    same: list[tuple[int, int]] = []
    for i, j in sorted(_candidates(people)):
        verdict = _verdict(people[i], people[j])
        if verdict == "same":
            same.append((i, j))
        elif verdict == "maybe":
            found.maybe.append((people[i].place, people[j].place))
        elif verdict == "snils_conflict":
            found.findings.append(
                Finding(people[j].place, verdict, FIELD, "snils", people[j].snils)
            )
    groups, doubtful = _groups(same, people)
    found.same = [tuple(people[i].place for i in group) for group in groups]
    found.maybe += [(people[i].place, people[j].place) for i, j in doubtful]
    return found


def _candidates(people: Sequence[PersonRow]) -> set[tuple[int, int]]:
    keys = (
        [person.name.initials_key for person in people],
        [person.snils for person in people],
        [person.phone for person in people],
        [person.email.lower() for person in people],
    )
    return {
        pair
        for values in keys
        for rows in _sharing(values)
        if len(rows) <= _CROWD
        for pair in combinations(rows, 2)
    }


def _sharing(values: Sequence[str]) -> Collection[list[int]]:
    """Numbers of the rows that have a value in common; most have none."""
    repeated = {value for value, count in Counter(values).items() if value and count > 1}
    rows: dict[str, list[int]] = {value: [] for value in repeated}
    for i, value in enumerate(values):
        if value in repeated:
            rows[value].append(i)
    return rows.values()


def _verdict(a: PersonRow, b: PersonRow) -> str:
    if a.snils and a.snils == b.snils:
        return _with_same_snils(a, b)
    if _told_apart(a, b):
        return ""
    contact = _agree(a.phone, b.phone) or _agree(a.email.lower(), b.email.lower())
    at_work = bool(_workplaces(a) & _workplaces(b))
    if a.name.key == b.name.key and not a.is_incomplete:
        known = contact or _agree(a.birth_date, b.birth_date) or _agree(a.snils, b.snils)
        reached_apart = _differ(a.phone, b.phone) or _differ(a.email.lower(), b.email.lower())
        return "same" if known or (at_work and not reached_apart) else "maybe"
    if a.name.is_short != b.name.is_short and a.name.initials_key == b.name.initials_key:
        return "maybe" if contact or at_work else ""
    if contact and alike(a.name, b.name):
        return "maybe"
    return ""


def _with_same_snils(a: PersonRow, b: PersonRow) -> str:
    if a.name.key == b.name.key:
        return "same"
    if _differ(a.birth_date, b.birth_date) or not alike(a.name, b.name):
        return "snils_conflict"
    return "maybe"


def alike(a: FullName, b: FullName) -> bool:
    """One letter apart, or only the last name is another one (it changes in a marriage)."""
    last = fold_key(a.last), fold_key(b.last)
    first = fold_key(a.first), fold_key(b.first)
    middle = fold_key(a.middle), fold_key(b.middle)
    if first == middle == ("", ""):
        return False
    if first[0] == first[1] and (middle[0] == middle[1] or not all(middle)):
        return True
    slips = sum(x != y for x, y in (last, first, middle))
    return slips == 1 and any(one_slip(x, y) for x, y in (last, first, middle))


def _workplaces(person: PersonRow) -> set[str]:
    return {name.short for name in person.organizations}


def _agree(x: object, y: object) -> bool:
    return bool(x) and x == y


def _differ(x: object, y: object) -> bool:
    return bool(x) and bool(y) and x != y


def _groups(
    pairs: Iterable[tuple[int, int]], people: Sequence[PersonRow]
) -> tuple[list[tuple[int, ...]], list[tuple[int, int]]]:
    """Connected rows, each group in the order of the file, and pairs that cannot join groups.

    Two namesakes told apart by a number stay apart, even if a third row resembles them both.
    """
    group_of: dict[int, list[int]] = {}
    doubtful: list[tuple[int, int]] = []
    for i, j in pairs:
        left, right = group_of.setdefault(i, [i]), group_of.setdefault(j, [j])
        if left is right:
            continue
        if any(_told_apart(people[a], people[b]) for a in left for b in right):
            doubtful.append((i, j))
            continue
        left.extend(right)
        for member in right:
            group_of[member] = left
    unique = {id(group): group for group in group_of.values() if len(group) > 1}
    return [tuple(sorted(group)) for group in unique.values()], doubtful


def _told_apart(a: PersonRow, b: PersonRow) -> bool:
    if a.snils and a.snils == b.snils:
        return False
    return _differ(a.snils, b.snils) or _differ(a.birth_date, b.birth_date)
