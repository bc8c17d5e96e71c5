"""Which two organizations may be one, by INN and by the name without legal form and quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.exchange.organizations import read_organization
from demoexam.models.organizations import Organization
from demoexam.rules.identity import fold_key, one_slip
from demoexam.services.duplicates.duplicates import Likeness, Strength
from demoexam.services.duplicates.pairs import pairs_sharing

LONG: Final = 10  # letters of a name in which one may be a slip
COMPANIES: Final = frozenset({"АО", "ОАО", "ЗАО", "ПАО", "НАО"})  # what was one is the other now
SCHOOLS: Final = re.compile(r"ПОУ|ПОБУ|ПОАУ|СПО")  # colleges change their form and stay


@dataclass(frozen=True, slots=True)
class Place:
    """What two organizations are compared by: folded names, legal forms, INN, city."""

    id: str
    names: frozenset[str]
    forms: frozenset[str]
    inn: str
    city: str
    title: str


def alike_organizations(session: Session) -> Iterator[Likeness]:
    """Compares only those that share an INN, a name, or one half of a long name."""
    for one, other in pairs_sharing(_places(session), _keys):
        verdict = compare(one, other)
        if verdict is not None:
            yield Likeness("organization", one.id, other.id, *verdict, title=one.title)


def compare(one: Place, other: Place) -> tuple[Strength, str] | None:
    """How likely and why; None when they are two."""
    if one.inn and one.inn == other.inn:
        return Strength.SURE, "Один и тот же ИНН."
    if one.inn and other.inn:
        return None
    apart = one.city and other.city and one.city != other.city
    if one.names & other.names:
        return _same_name(one, other, apart=bool(apart))
    slip = any(_slipped(mine, their) for mine in one.names for their in other.names)
    if slip and not apart and _forms_agree(one.forms, other.forms):
        return Strength.LIKELY, "Названия отличаются одной буквой."
    return None


def _same_name(one: Place, other: Place, *, apart: bool) -> tuple[Strength, str]:
    if not _forms_agree(one.forms, other.forms):
        return Strength.WEAK, "Название одно, правовая форма другая."
    if apart:
        return Strength.WEAK, "Название одно, города разные."
    if one.forms == other.forms:
        return Strength.SURE, "Названия одинаковы, разница только в кавычках или написании."
    if one.forms and other.forms:
        return Strength.LIKELY, "Название одно, правовая форма могла смениться."
    return Strength.LIKELY, "Название одно, в одной записи нет правовой формы."


def _forms_agree(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    if not mine or not theirs or mine & theirs:
        return True
    both = mine | theirs
    return both <= COMPANIES or all(SCHOOLS.search(form) for form in both)


def _slipped(mine: str, their: str) -> bool:
    """One letter apart in a long name; another number is another organization."""
    digits = re.findall(r"\d+", mine) == re.findall(r"\d+", their)
    return min(len(mine), len(their)) >= LONG and digits and one_slip(mine, their)


def _keys(place: Place) -> set[tuple[str, str]]:
    found = {("inn", place.inn)} if place.inn else set()
    for name in place.names:
        found.add(("name", name))
        if len(name) >= LONG:  # one slip leaves one of the halves as it is
            for half in (len(name) // 2, (len(name) - 1) // 2):
                found |= {("begin", name[:half]), ("end", name[-half:])}
    return found


def _places(session: Session) -> Iterator[Place]:
    query = select(
        Organization.id, Organization.short_name, Organization.full_name, Organization.inn,
        Organization.city, Organization.skey,
    )  # fmt: skip
    for ident, short, full, inn, city, key in session.execute(query.where(Organization.live())):
        read = [name for text in (short, full) if text and (name := read_organization(text))]
        yield Place(
            ident,
            frozenset(name.key for name in read),
            frozenset(name.form for name in read if name.form),
            inn or "",
            fold_key(city or "").removeprefix("г "),
            key,
        )
