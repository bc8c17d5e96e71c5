"""Students into their groups, also when a name was mended or a student went to another group."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from demoexam.exchange.cells import Place
from demoexam.exchange.values import FileContent, StudentRow
from demoexam.exchange.vocabulary import Kind
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.rules.full_names import FullName
from demoexam.rules.identity import fold_key, one_slip
from demoexam.services.imports.draft import Draft, FieldChange, Row
from demoexam.services.imports.lists import specialty_ids
from demoexam.services.imports.matching import name_of
from demoexam.services.imports.organizations import Organizations, college_of_row
from demoexam.services.imports.plan import ImportPlan, RowPlan, Status, row_plan

_LETTER_BY_DIGIT: Final = re.compile(r"(?<=[^\W\d_]) (?=\d)|(?<=\d) (?=[^\W\d_])")


@dataclass(frozen=True)
class Pupil:
    """A row with the group that it means."""

    row: StudentRow
    group: str

    @property
    def key(self) -> tuple[str, str]:
        return self.group, self.row.name.key


def plan_students(
    draft: Draft, content: FileContent, organizations: Organizations, plan: ImportPlan
) -> None:
    """Two rows of one name are two people only by birth date."""
    if not content.students:
        return
    sizes = Counter(row["group_id"] for row in draft.rows(Examinee).values())
    pupils, repeated = _parted(_pupils(draft, content, organizations, plan))
    plan.rows += [_same_student(pupil.row) for pupil in repeated]
    known = Register(draft, pupils).found
    for pupil in pupils:
        stored = known.get(pupil.row.place)
        if stored is not None:
            changes = _changed(draft, stored, pupil)
            plan.rows.append(_student(pupil.row, stored["id"], changes, new=False))
        else:
            plan.rows.append(_student(pupil.row, _added(draft, pupil), [], new=True))
    _count_heads(draft, {pupil.group for pupil in pupils}, sizes)


def _pupils(
    draft: Draft, content: FileContent, organizations: Organizations, plan: ImportPlan
) -> Iterator[Pupil]:
    specialties = specialty_ids(draft)
    for row in content.students:
        college = college_of_row(draft, organizations, plan, row.college)
        facts = {
            "specialty_id": specialties.get(row.specialty),
            "course": row.course,
            "year": content.year,
        }
        yield Pupil(row, find_or_add_group(draft, row.group, college, facts))


def _parted(pupils: Iterator[Pupil]) -> tuple[list[Pupil], list[Pupil]]:
    """-> people, and rows that repeat one of them."""
    people: list[Pupil] = []
    repeated: list[Pupil] = []
    seen: dict[tuple[str, str], list[date | None]] = defaultdict(list)
    for pupil in pupils:
        births, birth = seen[pupil.key], pupil.row.birth_date
        is_repeated = births and (birth is None or birth in births or None in births)
        (repeated if is_repeated else people).append(pupil)
        if not is_repeated:
            births.append(birth)
    return people, repeated


class Register:
    """`found` leads each student of the file to his record, if there is one.

    Only a file that lists the group beside him can tell that a name was mended or that a student
    left for another group: else he would be somebody new.
    """

    def __init__(self, draft: Draft, pupils: Sequence[Pupil]) -> None:
        self.found: dict[Place, Row] = {}
        self._free: dict[str, list[Row]] = defaultdict(list)
        for row in draft.rows(Examinee).values():
            if not row["deleted"]:
                self._free[row["group_id"]].append(row)
        self._named: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for group in {pupil.group for pupil in pupils}:
            for row in self._free[group]:
                self._named[group, name_of(row).key].append(row)
        for pupil in pupils:
            if self._named[pupil.key]:
                self._take(pupil, self._named[pupil.key].pop(0))
        listed = {pupil.group for pupil in pupils if pupil.row.place in self.found}
        self._missing = [row for group in listed for row in self._free[group]]
        for pupil in pupils:
            if pupil.row.place not in self.found:
                self._find_edited(pupil)

    def _take(self, pupil: Pupil, row: Row) -> None:
        self.found[pupil.row.place] = row
        self._free[row["group_id"]].remove(row)

    def _find_edited(self, pupil: Pupil) -> None:
        """The only missing one of his group with a slip in the name, or of his name elsewhere."""
        mine = [
            row
            for row in self._missing
            if row in self._free[row["group_id"]] and _is_edited(pupil, row)
        ]
        if len(mine) == 1:
            self._take(pupil, mine[0])


def _is_edited(pupil: Pupil, row: Row) -> bool:
    mine, stored = pupil.row.name, name_of(row)
    if row["group_id"] != pupil.group:
        return mine.key == stored.key
    return _mended(mine, stored)


def _mended(mine: FullName, stored: FullName) -> bool:
    """One letter of one part is another, or a patronymic was added."""
    parts = [
        (fold_key(one), fold_key(other))
        for one, other in (
            (mine.last, stored.last), (mine.first, stored.first), (mine.middle, stored.middle),
        )
    ]  # fmt: skip
    differing = [(one, other) for one, other in parts if one != other]
    if len(differing) != 1:
        return False
    one, other = differing[0]
    return one_slip(one, other) or (differing[0] is parts[2] and not other)


def _changed(draft: Draft, stored: Row, pupil: Pupil) -> list[FieldChange]:
    """A blank cell says nothing; a name is only replaced by another one."""
    row, news = pupil.row, dict[str, Any]()
    if name_of(stored).key != row.name.key:
        news = {"last_name": row.name.last, "first_name": row.name.first}
        news |= {"middle_name": row.name.middle} if row.name.middle else {}
    if row.needs_assistant is not None:
        news["needs_assistant"] = row.needs_assistant
    return draft.change(Examinee, stored["id"], group_id=pupil.group, **news)


def _added(draft: Draft, pupil: Pupil) -> str:
    name = pupil.row.name
    return draft.add(
        Examinee,
        group_id=pupil.group,
        last_name=name.last,
        first_name=name.first,
        middle_name=name.middle,
        needs_assistant=bool(pupil.row.needs_assistant),
    )


def _student(row: StudentRow, ident: str, changes: Sequence[FieldChange], *, new: bool) -> RowPlan:
    title = f"{row.name}, {row.group}"
    return row_plan(row.place, Kind.STUDENTS, title, ident, new=new, changes=changes)


def _same_student(row: StudentRow) -> RowPlan:
    reason = "такой студент в этой группе уже есть выше"
    return RowPlan(row.place, Kind.STUDENTS, Status.DUPLICATE, str(row.name), reasons=(reason,))


def find_or_add_group(draft: Draft, name: str, college: str, facts: dict[str, Any]) -> str:
    """The college's group of this name; what the store did not know of it is filled in."""
    key = _group_key(name)
    for row in draft.where(StudyGroup, college_id=college):
        if _group_key(row["name"]) == key:
            news = {name: value for name, value in facts.items() if value and not row[name]}
            draft.change(StudyGroup, row["id"], **news)
            return str(row["id"])
    return draft.add(StudyGroup, name=name, college_id=college, **facts)


@lru_cache(maxsize=4096)
def _group_key(name: str) -> str:
    """«ПКД-41», «пкд 41» and «ПКД41» are one group; «ИСП 4-1» is another than «ИСП-41»."""
    return _LETTER_BY_DIGIT.sub("", fold_key(name))


def _count_heads(draft: Draft, groups: Iterable[str], sizes: Mapping[str, int]) -> None:
    """A group whose size nobody planned is as large as its list, and grows and shrinks with it."""
    members = Counter(row["group_id"] for row in draft.rows(Examinee).values())
    touched = {group for group in members.keys() | sizes.keys() if members[group] != sizes[group]}
    for group in sorted({*groups} | touched):
        planned = draft.rows(StudyGroup)[group]["head_count"]
        if planned is None or (planned == sizes[group] and group in touched):
            draft.change(StudyGroup, group, head_count=members[group])
