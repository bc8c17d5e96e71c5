"""Whole lists for other programs, which this one can load again: `exported` and `save_table`."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.exchange.files_out import refuse_unwritable, save_bytes
from demoexam.exchange.sheets_out import Cell, SheetColumn, SheetTable, text_table, workbook
from demoexam.exchange.vocabulary import Kind
from demoexam.models.base import Record
from demoexam.models.exams import ExamSession
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.models.places import Workshop
from demoexam.progress import Progress
from demoexam.services.exports import exported_exams as exams
from demoexam.services.exports import exported_lists as lists
from demoexam.services.exports import exported_roster as roster
from demoexam.services.exports.exported_roster import Lines

ORGANIZATIONS = "organizations"
CSV = ".csv"
AT_ONCE = 500  # records asked for by one select


@dataclass(frozen=True)
class Whole:
    """A kind of list: the title of its sheet, its columns, where its rows come from."""

    title: str
    columns: Sequence[SheetColumn]
    entity: type[Record]
    order: Any
    lines: Callable[[Session, Sequence[int], date], Lines]
    contacts: frozenset[str] = frozenset()


WHOLES: dict[str, Whole] = {
    Kind.ROSTER: Whole(
        "Эксперты", roster.COLUMNS, Expert, Expert.skey, roster.expert_rows, roster.CONTACTS
    ),
    Kind.STUDENTS: Whole(
        "Студенты", lists.STUDENT_COLUMNS, Examinee, Examinee.skey, lists.student_rows
    ),
    Kind.WORKSHOPS: Whole(
        "Мастерские", lists.WORKSHOP_COLUMNS, Workshop, Workshop.skey, lists.workshop_rows
    ),
    Kind.KITS: Whole(
        "Комплекты", lists.KIT_COLUMNS, AssessmentKit, AssessmentKit.code, lists.kit_rows
    ),
    Kind.SCHEDULE: Whole(
        "График экзаменов", exams.EXAM_COLUMNS, ExamSession, ExamSession.starts_at, exams.exam_rows
    ),
    ORGANIZATIONS: Whole(
        "Организации", lists.ORGANIZATION_COLUMNS, Organization, Organization.skey,
        lists.organization_rows, lists.CONTACTS,
    ),
}  # fmt: skip


def exported(
    session: Session, kind: str, *, numbers: Sequence[int] | None = None, contacts: bool = True,
    today: date | None = None, progress: Progress | None = None,
) -> SheetTable:  # fmt: skip
    """Everything about the records of a kind, one file of which is loaded again as it was.

    `kind` is a value of `Kind`, or ORGANIZATIONS. `numbers` (column `n`) choose the records and
    their order; without them all live ones. Without `contacts` no phones and e-mail addresses.
    """
    whole = WHOLES[kind]
    chosen = _all_numbers(session, whole) if numbers is None else numbers
    left_out = frozenset() if contacts else whole.contacts
    places = [at for at, one in enumerate(whole.columns) if one.title not in left_out]
    rows = chain.from_iterable(
        _block(whole.lines(session, part, today or date.today()), part, places)
        for part in (progress or Progress()).each(list(_parts(chosen)))
    )
    return SheetTable(
        whole.title, _heading(session, kind, whole, chosen), [whole.columns[at] for at in places],
        list(rows), listing=True,
    )  # fmt: skip


def students_of(session: Session, groups: Collection[int]) -> list[int]:
    """The numbers of the live students of these groups: by group in the order given, by name."""
    order = {number: place for place, number in enumerate(groups)}
    query = (
        select(StudyGroup.n, Examinee.n)
        .join(Examinee, Examinee.group_id == StudyGroup.id)
        .where(Examinee.live())
        .order_by(Examinee.skey, Examinee.n)
    )
    found = [(group, student) for group, student in session.execute(query) if group in order]
    return [student for _, student in sorted(found, key=lambda pair: order[pair[0]])]


def save_table(path: Path, table: SheetTable, *, progress: Progress | None = None) -> Path:
    """Write the table as the name's ending asks: .csv for a text table, else a workbook."""
    refuse_unwritable(path)
    content = _content(path, table, progress)
    if progress is not None:
        progress.check()  # the last moment to be cancelled
    return save_bytes(path, content)


def _content(path: Path, table: SheetTable, progress: Progress | None) -> bytes:
    if path.suffix.lower() == CSV:
        return text_table([replace(table, heading=())])
    title = " ".join(table.heading[:1]) or table.name
    return workbook([table], title=title, made_on=date.today(), progress=progress)


def _all_numbers(session: Session, whole: Whole) -> list[int]:
    query = select(whole.entity.n).where(whole.entity.live())
    return list(session.scalars(query.order_by(whole.order, whole.entity.n)))


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start : start + AT_ONCE]


def _block(lines: Lines, numbers: Sequence[int], places: Sequence[int]) -> Iterator[Sequence[Cell]]:
    for number in numbers:
        for line in lines.get(number, ()):
            yield tuple(line[at] for at in places)


def _heading(session: Session, kind: str, whole: Whole, numbers: Sequence[int]) -> list[str]:
    """A load takes the year of the groups from it, so only one year of all is told there."""
    if kind != Kind.STUDENTS:
        return [whole.title]
    years = {year for part in _parts(numbers) for year in lists.years_of_students(session, part)}
    only = years.pop() if len(years) == 1 else None
    return [f"Студенты выпуска {only} года" if only else whole.title]
