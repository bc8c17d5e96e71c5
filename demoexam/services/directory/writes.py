"""Writes of the directories that touch more than one record: each is one operation."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.base import sort_key_begins
from demoexam.models.groups import Examinee
from demoexam.models.kits import AssessmentKit, StaffingRule, TaskModule
from demoexam.models.people import Certificate, Expert
from demoexam.services.experts.card import values_of
from demoexam.services.records.records import add_record, change_record, delete_record, live_record
from demoexam.text import fold, full_name

_NUMBER = re.compile(r"^\W*\d+[\W_]*")
_WORD = re.compile(r"[^\W\d_][^\W\d_.’'-]*\.?(-[^\W\d_]+)*")
_IN_ONE, _IN_SEVERAL = range(2, 5), range(2, 4)  # words of a name in one cell; cells of a name
_HEAD = 3  # lines among which the titles of a pasted table stand
_TITLES = re.compile(
    r"(?:№ ?(?:п/?п)? ?)?(?:ф\.? ?и\.? ?о\.?|фамилия.*|студент\w*|обучающ\w+|выпускник\w*)(?: .*)?"
)


@dataclass(frozen=True, slots=True)
class Namesake:
    """A person of the roster who may be the same as one about to be added."""

    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PastedName:
    """A line of a pasted list; `problem` tells why it will not be added."""

    last_name: str
    first_name: str
    middle_name: str
    problem: str = ""


def save_record(session: Session, *, table: str, record_id: str, values: Mapping[str, Any]) -> str:
    """Change the record, or add one when there is no id; gives the id."""
    if not record_id:
        return add_record(session, table=table, values=values)
    change_record(session, table=table, record_id=record_id, values=values)
    return record_id


def delete_records(session: Session, *, table: str, record_ids: Sequence[str]) -> None:
    """Put several records into the basket, or none of them."""
    for record_id in record_ids:
        delete_record(session, table=table, record_id=record_id)


def namesakes(
    session: Session, *, last_name: str, first_name: str, middle_name: str, phone: str = "",
    email: str = "", certificate: str = "",
) -> list[Namesake]:  # fmt: skip
    """Experts of the same full name, and what else agrees with what is known of the new one."""
    begins = sort_key_begins(fold(f"{last_name} {first_name} {middle_name}"))
    end = f"{begins[:-1]}/"  # the sign after the point: a range is found by the index
    query = select(Expert).where(Expert.live(), Expert.skey >= begins, Expert.skey < end)
    return [
        Namesake(
            one.id, full_name(one.last_name, one.first_name, one.middle_name),
            _agreement(session, one, phone, email, certificate),
        )
        for one in session.scalars(query)
    ]  # fmt: skip


def _agreement(session: Session, one: Expert, phone: str, email: str, certificate: str) -> str:
    if phone and one.phone == phone:
        return "тот же телефон"
    if email and fold(one.email) == fold(email):
        return "та же почта"
    numbers = select(Certificate.number).where(Certificate.live(), Certificate.expert_id == one.id)
    if certificate and certificate in session.scalars(numbers).all():
        return "то же свидетельство"
    return "те же фамилия, имя и отчество"


def read_names(text: str, known: Collection[str] = ()) -> list[PastedName]:
    """Names of a pasted list, one a line: «1. Иванов Иван Иванович».

    Of a line of cells the name is taken, in one cell or in two or three; a line of titles above
    the names is passed over. `known` are the names already in the group; a double is told, not
    added.
    """
    seen = {fold(name) for name in known}
    found: list[PastedName] = []
    for line in text.splitlines():
        parts = _name_parts(line)
        if not parts or (not found and _TITLES.fullmatch(fold(" ".join(line.split())))):
            continue
        name = _read_name(parts, seen)
        seen.add(fold(" ".join(parts)))
        found.append(name)
    return found


def names_groups(text: str) -> bool:
    """Whether a pasted table has a column of groups: then its rows are not of one group alone."""
    cells = re.split(r"[\t\n]", "\n".join(text.splitlines()[:_HEAD]))
    titles = (fold(cell).strip(' "№') for cell in cells)
    return "\t" in text and any(each.startswith(("групп", "учебная групп")) for each in titles)


def _name_parts(line: str) -> list[str]:
    """The words of the line, or only those of the cells that hold a name."""
    cells = [cell.strip(' "') for cell in _NUMBER.sub("", line).split("\t")]
    words = [cell.split() for cell in cells if cell]
    if len(words) > 1:
        whole = (cell for cell in words if len(cell) in _IN_ONE and _are_words(cell))
        if told := next(whole, None):
            return told
        single = takewhile(lambda cell: len(cell) == 1 and _are_words(cell), words)
        if len(told := [cell[0] for cell in single][: _IN_SEVERAL[-1]]) in _IN_SEVERAL:
            return told
    return [word for cell in words for word in cell]


def _are_words(parts: Iterable[str]) -> bool:
    return all(_WORD.fullmatch(part) for part in parts)


def _read_name(parts: Sequence[str], seen: Collection[str]) -> PastedName:
    last, first, middle = (*parts, "", "")[:3]
    extra = " ".join([middle, *parts[3:]]).strip()
    if not first:
        return PastedName(last, "", "", "нет имени")
    if not _are_words(parts):
        return PastedName(last, first, extra, "не похоже на ФИО")
    problem = "уже есть в группе" if fold(" ".join(parts)) in seen else ""
    return PastedName(last, first, extra, problem)


def add_students(session: Session, *, group_id: str, names: Iterable[PastedName]) -> int:
    """Add the sound lines of a pasted list; gives their number."""
    live_record(session, table="study_group", record_id=group_id)
    sound = [name for name in names if not name.problem]
    if not sound:
        raise Refused("В списке нет ни одной новой фамилии.", "Вставьте ФИО, по одному в строке.")
    session.add_all(
        Examinee(
            group_id=group_id, last_name=one.last_name, first_name=one.first_name,
            middle_name=one.middle_name,
        )
        for one in sound
    )  # fmt: skip
    session.flush()
    return len(sound)


def duplicate_kit(session: Session, *, kit_id: str) -> str:
    """The kit for the year after its own: the code's year, staffing and modules come along."""
    kit = session.get(AssessmentKit, kit_id)
    if kit is None or kit.deleted:
        raise Refused("Комплект не найден.", "Возможно, его удалили: обновите список.")
    values = values_of(kit)
    values["year"] = kit.year + 1
    values["code"] = next_code(kit.code, kit.year)
    made = add_record(session, table="assessment_kit", values=values)
    parts: tuple[type[StaffingRule | TaskModule], ...] = (StaffingRule, TaskModule)
    for entity in parts:
        for row in session.scalars(select(entity).where(entity.live(), entity.kit_id == kit_id)):
            owned = values_of(row) | {"kit_id": made}
            add_record(session, table=entity.__tablename__, values=owned)
    return made


def next_code(code: str, year: int) -> str:
    """«КОД 09.02.07-2-2026» -> «КОД 09.02.07-2-2027»; a code without its year gets the new one."""
    if str(year) in code:
        head, _, tail = code.rpartition(str(year))
        return f"{head}{year + 1}{tail}"
    return f"{code}-{year + 1}"
