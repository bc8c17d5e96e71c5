"""Records that are there no more: those merged into another one, and those deleted."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.catalog import entities
from demoexam.models.exchange import Conflict
from demoexam.models.journal import operation
from demoexam.models.people import Expert
from demoexam.rules.full_names import FullName
from demoexam.services.duplicates.answers import MERGED
from demoexam.services.imports.likeness import (
    Portrait,
    by_snils,
    by_work,
    contradict,
    same_email,
    same_phone,
)
from demoexam.services.syncing.cards import Way

_FACTS: Final = (Expert.id, Expert.last_name, Expert.first_name, Expert.middle_name,
                 Expert.phone, Expert.email, Expert.person_hash, Expert.deleted_by)  # fmt: skip


def merged_away(session: Session, table: str) -> Mapping[str, str]:
    """Id of a record that was merged -> the living record which it has become."""
    query = select(Conflict.row_id, Conflict.other_id, Conflict.choice).where(
        Conflict.deleted.is_(False), Conflict.table_name == table, Conflict.choice.in_(MERGED)
    )
    pairs = [(one, other, choice) for one, other, choice in session.execute(query) if other]
    if not pairs:
        return {}
    entity = entities()[table]
    ids = {ident for one, other, _ in pairs for ident in (one, other)}
    live = set(session.scalars(select(entity.id).where(entity.id.in_(ids), entity.live())))
    into: dict[str, str] = {}
    for one, other, choice in pairs:
        if one in live and other in live:
            continue  # the merge was taken back
        other_stays = other in live or (one not in live and choice == Way.MERGE_OTHER.value)
        went, stays = (one, other) if other_stays else (other, one)
        into[went] = stays
    return {went: last for went in into if (last := _last(into, went)) in live}


def _last(into: Mapping[str, str], ident: str) -> str:
    met = {ident}
    while into.get(ident, ident) not in met:
        ident = into[ident]
        met.add(ident)
    return ident


@dataclass(frozen=True)
class Departed:
    """A deleted expert; `became` is the record that he was merged into, "" if he was not."""

    who: Portrait
    became: str


class GonePeople:
    """Experts who were deleted or merged away; taken back with an import they are not counted."""

    def __init__(self, session: Session) -> None:
        self._by_name: dict[str, list[Departed]] = defaultdict(list)
        became = merged_away(session, "expert")
        undos = set(session.scalars(select(operation.c.id).where(operation.c.undoes.is_not(None))))
        query = select(*_FACTS).where(Expert.deleted, Expert.last_name != "")
        for ident, last, first, middle, phone, email, person_hash, deleted_by in session.execute(
            query.order_by(Expert.n)
        ):
            if deleted_by in undos and ident not in became:
                continue
            name = FullName(last, first, middle or "")
            who = Portrait(name, phone=phone or "", email=email or "", person_hash=person_hash)
            self._by_name[name.key].append(Departed(who, became.get(ident, "")))

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def merged(self) -> list[Departed]:
        return [each for found in self._by_name.values() for each in found if each.became]

    def find(self, here: Portrait, living: Callable[[str], Portrait]) -> Departed | None:
        """The one who was this person; some of them were merged into the living."""
        for each in reversed(self._by_name.get(here.name.key, ())):
            if contradict(here, each.who):
                continue
            after = living(each.became) if each.became else None
            if _is_he(here, each.who) or (after and (_is_he(here, after) or by_work(here, after))):
                return each
            if not each.became and not (here.phone and each.who.phone):
                return each
        return None


def _is_he(here: Portrait, there: Portrait) -> bool:
    return by_snils(here, there) or same_phone(here, there) or same_email(here, there)
