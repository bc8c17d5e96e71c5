"""Two records field by field: what each says, and which of the two is the fuller or newer."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.base import Record
from demoexam.models.journal import change
from demoexam.models.people import Employment
from demoexam.rules.identity import fold_key
from demoexam.services.duplicates.merging_parts import overlap
from demoexam.services.records.stored_values import stored_values
from demoexam.services.records.words import EMPTY, column_label, record_title, value_words
from demoexam.text import short_date

THIS, OTHER = "this", "other"
MAIN_JOB = "main_job"  # not a column: whose main place of work stays the main one
FIELDS: Mapping[str, Mapping[str, Sequence[str]]] = {  # what is chosen together
    "expert": {
        "last_name": ["last_name"], "first_name": ["first_name"], "middle_name": ["middle_name"],
        "phone": ["phone"], "email": ["email"],
        "consent": ["consent_on", "consent_document", "consent_withdrawn"],
        "active": ["active"], "note": ["note"],
    },
    "organization": {
        "kind": ["kind"], "short_name": ["short_name"], "full_name": ["full_name"],
        "inn": ["inn"], "legal_form": ["legal_form"], "city": ["city"], "address": ["address"],
        "industry": ["industry_id"], "cluster": ["cluster_id"], "founder": ["founder"],
        "contact": ["contact"], "phone": ["phone"], "email": ["email"],
        "head": ["head_post", "head_name"],
    },
}  # fmt: skip
LABELS = {"consent": "Согласие", "head": "Руководитель", MAIN_JOB: "Основная работа"}
TYPED = frozenset(
    {"last_name", "first_name", "middle_name", "phone", "email", "note", "short_name", "full_name",
     "inn", "city", "address", "founder", "contact"}
)  # fmt: skip
NAMES = frozenset({"short_name", "full_name"})  # one with its legal form says more
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True)
class FieldLine:
    """One field of two records: both values in words, and the one proposed to stay.

    `choice`: "this", "other", or "=" and a text. `typed`: a third value may be typed instead;
    `text` is what stands in such a field at first.
    """

    key: str
    label: str
    this: str
    other: str
    choice: str = THIS
    typed: bool = False
    text: str = ""

    @property
    def differs(self) -> bool:
        return self.this != self.other


def field_lines(session: Session, this: Record, other: Record) -> Iterator[FieldLine]:
    """Of both records; what is empty in both is left out."""
    table = this.__tablename__
    written = _written(session, (this.id, other.id))
    for key, columns in FIELDS[table].items():
        pair = [stored_values(record, columns) for record in (this, other)]
        words = [_words(session, table, values) for values in pair]
        if words != [EMPTY, EMPTY]:
            newest = [
                max(written.get((each.id, name), 0) for name in columns) for each in (this, other)
            ]
            yield FieldLine(
                key, LABELS.get(key) or column_label(table, columns[0]), words[0], words[1],
                choice=_better(key, words, newest), text=_typed(key, words),
                typed=key in TYPED and EMPTY not in words,
            )  # fmt: skip
    if table == "expert" and (line := _main_job(session, this.id, other.id)):
        yield line


def _better(key: str, words: Sequence[str], newest: Sequence[int]) -> str:
    """What is filled, fuller, better spelt, or written later; of notes both."""
    this, other = words
    if EMPTY in words or this == other:
        return THIS if other in {EMPTY, this} else OTHER
    mine, their = fold_key(this), fold_key(other)
    if key.endswith("name") and mine == their:
        return OTHER if _spelling(other) > _spelling(this) else THIS
    if key not in {"phone", "email", "inn"} and mine != their:
        shorter, longer = sorted((mine, their), key=len)
        if longer.startswith(shorter) or (key in NAMES and shorter in longer):
            return THIS if longer == mine else OTHER
    if key == "note":
        return f"={_typed(key, words)}"
    return OTHER if newest[1] > newest[0] else THIS


def _spelling(name: str) -> tuple[bool, bool, bool, int]:
    """Russian letters, ordinary case, ё as it is, quotes and legal form kept."""
    return (not _LATIN.search(name), name != name.upper() and name != name.lower(),
            "ё" in name.lower(), len(name))  # fmt: skip


def _typed(key: str, words: Sequence[str]) -> str:
    this, other = (word if word != EMPTY else "" for word in words)
    both = this and other and key == "note"
    return f"{this}; {other}" if both else this or other


def _words(session: Session, table: str, values: Mapping[str, Any]) -> str:
    said = {name: value_words(session, table, name, value) for name, value in values.items()}
    if "consent_on" in said:
        return _consent(said)
    return ", ".join(word for word in said.values() if word != EMPTY) or EMPTY


def _consent(said: Mapping[str, str]) -> str:
    parts = (said["consent_on"], said["consent_document"])
    words = ", ".join(word for word in parts if word != EMPTY)
    if said["consent_withdrawn"] != EMPTY:
        words = f"{words}; отозвано {said['consent_withdrawn']}".removeprefix("; ")
    return words or EMPTY


def _written(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], int]:
    """(row, column) -> number of the change that wrote it last."""
    query = select(change.c.n, change.c.row_id, change.c.after).order_by(change.c.n)
    found: dict[tuple[str, str], int] = {}
    for number, row_id, after in session.execute(query.where(change.c.row_id.in_(ids))):
        found |= {(row_id, name): number for name in json.loads(after or "{}")}
    return found


def _main_job(session: Session, this_id: str, other_id: str) -> FieldLine | None:
    """Where both have a main place of work at one time, only one of them stays the main one."""
    mine, their = (_main_work(session, ident) for ident in (this_id, other_id))
    clash = next(
        (
            (one, other)
            for one in mine
            for other in their
            if one.organization_id != other.organization_id and overlap(one, other)
        ),
        None,
    )
    if clash is None:
        return None
    words = [_job(session, job) for job in clash]
    begins = [job.valid_from or date.min for job in clash]
    choice = OTHER if begins[1] > begins[0] else THIS
    return FieldLine(MAIN_JOB, LABELS[MAIN_JOB], words[0], words[1], choice)


def _main_work(session: Session, expert_id: str) -> list[Employment]:
    query = select(Employment).where(Employment.live(), Employment.expert_id == expert_id)
    jobs = session.scalars(query.order_by(Employment.valid_from.desc(), Employment.id))
    return [job for job in jobs if job.is_main]


def _job(session: Session, job: Employment) -> str:
    since = f"с {short_date(job.valid_from)}" if job.valid_from else ""
    until = f"по {short_date(job.valid_to)}" if job.valid_to else ""
    parts = (record_title(session, "organization", job.organization_id), job.post, since, until)
    return ", ".join(part for part in parts if part)
