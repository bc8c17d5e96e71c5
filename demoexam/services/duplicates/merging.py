"""Merging two records that are one, as chosen field by field; and trying it out beforehand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.catalog import entities
from demoexam.services.duplicates.answers import remember_merge, tell_apart
from demoexam.services.duplicates.fields import FIELDS, MAIN_JOB, OTHER, THIS
from demoexam.services.duplicates.record_merging import Merged, merge_records
from demoexam.services.plan.overview import working_year
from demoexam.services.plan.what_if import share_if
from demoexam.services.records.erased import ErasedForGood, is_erased
from demoexam.services.records.fields import read_fields
from demoexam.services.records.records import live_record
from demoexam.services.records.rules import check_record, normalised
from demoexam.store.store import own_college

OPERATIONS = {"expert": "объединение дублей эксперта", "organization": "объединение организаций"}
APART = {"expert": "разные люди, не дубли", "organization": "разные организации, не дубли"}


@dataclass(frozen=True)
class Trial:
    """What a merge would do: the share in words ("" while unknown), what would leave the plan."""

    share: str
    changes_share: bool
    held: tuple[str, ...]
    doubles: int = 0


def merge_duplicates(
    session: Session, *, table: str, keep_id: str, drop_id: str, choices: Mapping[str, str]
) -> None:
    """Make one record of two; `choices`: field -> "this" (kept), "other", or "=" and a text.

    A field that is not named keeps its value, or gets the other's where it is empty.
    """
    merge(session, table=table, keep_id=keep_id, drop_id=drop_id, choices=choices)
    remember_merge(session, table=table, keep_id=keep_id, drop_id=drop_id)


def different(session: Session, *, table: str, pairs: Sequence[tuple[str, str]]) -> None:
    """These are two: neither the roster nor an exchange asks about them again."""
    for this_id, other_id in pairs:
        tell_apart(session, table=table, this_id=this_id, other_id=other_id)


def try_merge(
    session: Session, *, table: str, keep_id: str, drop_id: str, choices: Mapping[str, str],
    today: date | None = None,
) -> Trial:  # fmt: skip
    """The effect of merging, made in a session of its own and rolled back; not within a write."""
    day = today or date.today()
    year = working_year(session, day)
    done: list[Merged] = []

    def attempt(trial: Session) -> None:
        done.append(merge(trial, table=table, keep_id=keep_id, drop_id=drop_id, choices=choices))

    engine = session.get_bind().engine
    try:
        with Session(engine.execution_options(writes=True)) as trial:
            share = share_if(trial, attempt, year=year, today=day)
    except OperationalError:  # somebody writes just now: the choice waits for no figure
        return Trial("", changes_share=False, held=())
    reasons = {str(found[0]): None for found in done[0].held.values() if found}
    return Trial(
        str(share), share.before != share.after, tuple(reasons),
        sum(row.__tablename__ in {"assignment", "exam_session"} for row in done[0].doubles),
    )  # fmt: skip


def merge(
    session: Session, *, table: str, keep_id: str, drop_id: str, choices: Mapping[str, str]
) -> Merged:
    """The writing itself, without remembering it."""
    keep = live_record(session, table=table, record_id=keep_id)
    drop = live_record(session, table=table, record_id=drop_id)
    if drop_id == own_college(session):
        raise Refused(
            "Свой колледж нельзя присоединить к другой организации.",
            "Присоедините другую запись к своему колледжу.",
        )
    if any(is_erased(session, table, ident) for ident in (keep_id, drop_id)):
        raise ErasedForGood
    values: dict[str, Any] = {}
    for key, choice in choices.items():
        if key != MAIN_JOB:
            values |= _chosen(table, key, choice, {THIS: keep, OTHER: drop})
    main_of = drop_id if choices.get(MAIN_JOB) == OTHER else keep_id
    merged = merge_records(
        session, table=table, keep_id=keep_id, drop_id=drop_id, values=values, main_of=main_of
    )
    if any(choice not in {THIS, OTHER} for choice in choices.values()):
        check_record(session, table, keep)
    return merged


def _chosen(table: str, key: str, choice: str, records: Mapping[str, Any]) -> dict[str, Any]:
    columns = FIELDS[table].get(key, ())
    if choice in records:
        return {name: getattr(records[choice], name) for name in columns}
    if not choice.startswith("=") or len(columns) != 1:
        raise Refused(f"Выбор «{choice}» не подходит.", "Выберите одно из двух значений.")
    typed = {columns[0]: choice[1:].strip()}
    return normalised(read_fields(entities()[table], typed))
