"""Which live records of the roster may be one: pairs with a reason, the surest first."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.models.catalog import entities
from demoexam.models.journal import change
from demoexam.services.duplicates.answers import told_apart

CHOSEN = "Выбраны вами: программа сама их двойниками не считает."


class Strength(StrEnum):
    """How likely two records are one; a weak likeness is shown, but asks for no attention."""

    SURE = "sure"
    LIKELY = "likely"
    WEAK = "weak"
    CHOSEN = "chosen"  # the user put them side by side


LONG, MANY = 20_000, 8  # records of a roster; chosen by hand
COMPARED = ("expert", "employment", "certificate", "organization", "conflict")
_counted: dict[tuple[str, str], tuple[str | None, int]] = {}
ORDER = {strength: rank for rank, strength in enumerate(Strength)}


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two records that may be one: why, in words, and how likely."""

    table: str
    this_id: str
    other_id: str
    strength: Strength
    reason: str
    title: str = ""  # what the pair is sorted by

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.this_id, self.other_id))


def find_duplicates(session: Session, *, table: str) -> list[Likeness]:
    """Pairs that nobody has told apart: of experts or of organizations, the surest first.

    A pair of a crowd that shares nothing but a very common name is not among them.
    """
    apart = told_apart(session, table)
    found = [each for each in _likenesses(session, table) if each.pair not in apart]
    return sorted(found, key=_order)


def chosen_pairs(session: Session, *, table: str, record_ids: Sequence[str]) -> list[Likeness]:
    """Every two of the chosen records that still live, whatever was said of them before.

    Of many chosen ones only those that are alike.
    """
    entity = entities()[table]
    query = select(entity.id).where(entity.live(), entity.id.in_(record_ids))
    live = {*session.scalars(query)}
    known: Mapping[frozenset[str], Likeness] = {}
    if len(live) > 1:
        known = {each.pair: each for each in _likenesses(session, table) if each.pair <= live}
    if len(live) > MANY:
        return sorted(known.values(), key=_order)
    return [
        known.get(frozenset(pair)) or Likeness(table, *pair, Strength.CHOSEN, CHOSEN)
        for pair in combinations([ident for ident in record_ids if ident in live], 2)
    ]


def number_of_doubles(session: Session, *, table: str) -> int:
    """How many records would go if all that are surely or likely one were merged.

    Counted anew only after something in the roster was written. 0 for a roster so long that it
    would be felt at each edit: there the user asks himself.
    """
    if _length(session, table) > LONG:
        return 0
    key = (str(session.get_bind().engine.url), table)
    state = _state(session)
    known = _counted.get(key)
    if known is None or known[0] != state:
        known = _counted[key] = state, _count(session, table)
    return known[1]


def _length(session: Session, table: str) -> int:
    return session.scalar(select(func.count()).select_from(entities()[table])) or 0


def _state(session: Session) -> str | None:
    """The last change of what people and organizations are compared by."""
    last = select(change.c.id).where(change.c.table_name.in_(COMPARED))
    return session.scalar(last.order_by(change.c.n.desc()).limit(1))


def _count(session: Session, table: str) -> int:
    pairs = [
        (each.this_id, each.other_id)
        for each in find_duplicates(session, table=table)
        if each.strength in {Strength.SURE, Strength.LIKELY}
    ]
    return sum(len(group) - 1 for group in _groups(pairs))


def _order(found: Likeness) -> tuple[int, str, str]:
    return ORDER[found.strength], found.title, found.this_id


def _likenesses(session: Session, table: str) -> Iterator[Likeness]:
    if table == "expert":
        from demoexam.services.duplicates.people import alike_people as alike
    else:
        from demoexam.services.duplicates.organizations import alike_organizations as alike

    return alike(session)


def _groups(pairs: Iterable[tuple[str, str]]) -> Collection[Collection[str]]:
    """Records that are linked by pairs, over others too."""
    group_of: dict[str, set[str]] = {}
    for one, other in pairs:
        mine, more = group_of.setdefault(one, {one}), group_of.setdefault(other, {other})
        if mine is not more:
            mine |= more
            for member in more:
                group_of[member] = mine
    return list({id(group): group for group in group_of.values()}.values())
