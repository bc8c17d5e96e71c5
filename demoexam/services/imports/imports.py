"""Loading other people's files: preview, one undoable operation, and a report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.errors import Refused, UserError
from demoexam.exchange import dump as reports
from demoexam.exchange.cells import Book
from demoexam.exchange.recognition import recognise
from demoexam.exchange.specialties import Specialties
from demoexam.exchange.values import FileContent
from demoexam.exchange.vocabulary import KIND_NAMES, Kind
from demoexam.models.journal import change
from demoexam.models.kits import Specialty
from demoexam.progress import Progress
from demoexam.services.duplicates.answers import tell_apart
from demoexam.services.imports.draft import Draft, many_objects
from demoexam.services.imports.findings import judge, tell_errors
from demoexam.services.imports.identity import Decisions
from demoexam.services.imports.lists import plan_kits, plan_workshops
from demoexam.services.imports.mappings import remembered
from demoexam.services.imports.organizations import Organizations, drop_unused, own_college
from demoexam.services.imports.people import RosterImport
from demoexam.services.imports.plan import (
    Decision,
    ImportOutcome,
    ImportPlan,
    outcome_of,
)
from demoexam.services.imports.schedule import ScheduleImport
from demoexam.services.imports.students import plan_students
from demoexam.store.store import Store

AUTO = "auto"
_STEPS = ("read", "matched", "written")

Reader = Callable[[Path], Book]


class PersonChanged(UserError):
    text = "Человека, с которым вы объединили строку {row} ({name}), тем временем изменили."
    advice = "Ничего не загружено. Посмотрите на строку ещё раз и решите заново."


@dataclass(frozen=True)
class ImportReport:
    """One file's import, done or (in a dry run) only planned."""

    name: str
    plan: ImportPlan
    outcome: ImportOutcome | None

    def dump(self) -> dict[str, Any]:
        """What was read and refused, with the personal fields that the store does not keep."""
        plan = self.plan
        conflicts = dict.fromkeys((place, found.code) for place, found in plan.conflicts)
        return reports.dump(plan.content, conflicts=[*conflicts], resolved=plan.resolved)

    def summary(self) -> str:
        """«Загружено 58 экспертов, 3 строки пропущены: ...»."""
        return self.plan.summary(done=self.outcome is not None)


def import_file(
    store: Store,
    path: Path,
    *,
    kind: str = AUTO,
    dry_run: bool = False,
    progress: Progress | None = None,
    today: date | None = None,
    read: Reader | None = None,
) -> ImportReport:
    """Read, match and (unless `dry_run`) write one file as one operation «загрузка ...».

    All is computed before the write lock is taken. Raises a `UserError` for a file that cannot be
    loaded and `Cancelled` after `progress` was: then nothing is changed.
    """
    progress, day = progress or Progress(), today or date.today()
    progress.check()
    with many_objects():
        with store.reading() as session:
            content = read_content(
                session, path, kind=kind, today=day, progress=progress, read=read
            )
        _tell(progress, "read")
        return load_content(store, content, dry_run=dry_run, progress=progress, today=day)


def load_content(
    store: Store,
    content: FileContent,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    today: date | None = None,
) -> ImportReport:
    """Match what was read and (unless `dry_run`) write it; it can be cancelled until it is done."""
    progress, day = progress or Progress(), today or date.today()
    with store.reading() as session:
        plan = preview(session, content, today=day)
    _tell(progress, "matched")
    outcome = None
    if not dry_run:
        with store.transaction(f"загрузка {content.name}") as session:
            outcome = apply(session, plan, today=day)
            progress.check()
    progress.tell(len(_STEPS), len(_STEPS))
    return ImportReport(content.name, plan, outcome)


def read_content(
    session: Session,
    path: Path,
    *,
    kind: str = AUTO,
    today: date | None = None,
    progress: Progress | None = None,
    read: Reader | None = None,
) -> FileContent:
    """The file's typed rows; `kind` is a value of `Kind` or "auto".

    The cells are read in a child process unless another way is given; columns that were sorted out
    for a file with the same titles are known again.
    """
    from demoexam.exchange.isolated import read_safely

    wanted = kind_of(kind)
    book = read(path) if read else read_safely(path, progress=progress)
    codes = known_specialties(session)
    known = remembered(session, book, wanted)
    return recognise(
        book,
        wanted,
        today=today or date.today(),
        specialties=codes,
        columns={each.key: each.columns for each in known},
        headers={each.sheet: each.header for each in known if each.header},
    )


def known_specialties(session: Session) -> Specialties:
    """Codes and titles; the present list has its say after the former ones."""
    found = session.scalars(select(Specialty).where(Specialty.live()))
    ordered = sorted(found, key=lambda each: each.status == "действующая")
    return Specialties({each.code: each.title for each in ordered})


def _tell(progress: Progress, step: str) -> None:
    """The step is done; the last moment to stop before the next one."""
    progress.tell(_STEPS.index(step) + 1, len(_STEPS))
    progress.check()


def kind_of(word: str) -> Kind | None:
    """None for "auto"; a refusal for an unknown word."""
    if word == AUTO:
        return None
    try:
        return Kind(word)
    except ValueError:
        known = ", ".join([*(kind.value for kind in Kind), AUTO])
        raise Refused(f"Вида «{word}» нет.", f"Укажите один из видов: {known}.") from None


def preview(
    session: Session,
    content: FileContent,
    *,
    today: date | None = None,
    decisions: Decisions | None = None,
) -> ImportPlan:
    """What loading the file would do to the store, row by row. Writes nothing.

    `decisions` are the user's words on rows that resemble somebody.
    """
    day = today or date.today()
    draft = Draft(session)
    said = dict(decisions or {})
    plan = ImportPlan(content, writes=draft.writes, seen=_journal_end(session), decisions=said)
    organizations = Organizations(draft, content)
    plan.own_college = own_college(draft, content, organizations)
    plan_kits(draft, content, plan)
    plan_workshops(draft, content, organizations, plan)
    plan_students(draft, content, organizations, plan)
    roster = RosterImport(draft, content, organizations, day, said)
    roster.plan(plan)
    if content.exams:
        schedule = ScheduleImport(draft, organizations, roster.people, plan)
        schedule.run(content)
        judge(draft, schedule, plan, day)
    drop_unused(draft, plan.own_college)
    tell_errors(plan)
    return plan


def apply(session: Session, plan: ImportPlan, *, today: date | None = None) -> ImportOutcome:
    """Write the plan in the caller's transaction; recomputed if the store changed meanwhile."""
    if _journal_end(session) != plan.seen:
        fresh = preview(session, plan.content, today=today, decisions=plan.decisions)
        _refuse_another_person(plan, fresh)
        plan.rows, plan.writes, plan.conflicts = fresh.rows, fresh.writes, fresh.conflicts
        plan.own_college, plan.resolved = fresh.own_college, fresh.resolved
        plan.held_assignments = fresh.held_assignments
    if plan.own_college:
        session.info["owner"] = plan.own_college
    plan.writes.write(session)
    _remember_answers(session, plan)
    return outcome_of(plan.writes)


def _remember_answers(session: Session, plan: ImportPlan) -> None:
    """Whom the user called two people, nobody is asked about again: here, or after an exchange."""
    ids = {row.place: row.record_id for row in plan.rows}
    for row in plan.rows:
        if row.likeness is None or plan.decisions.get(row.place) != Decision.DIFFERENT:
            continue
        other = row.likeness.record_id or ids.get(row.likeness.row or row.place, "")
        if row.record_id and other and other != row.record_id:
            tell_apart(session, table="expert", this_id=row.record_id, other_id=other)


def _refuse_another_person(plan: ImportPlan, fresh: ImportPlan) -> None:
    """«Один человек» was said of somebody who is not there any more, or is another one now."""
    now = {row.place: row.likeness for row in fresh.rows}
    for row in plan.rows:
        said = plan.decisions.get(row.place) == Decision.SAME
        if said and row.likeness and not row.likeness.row and now.get(row.place) != row.likeness:
            raise PersonChanged(row=row.place.row, name=row.title)


def report_json(reports_of: Mapping[str, ImportReport | UserError]) -> dict[str, Any]:
    """The `--report` file: each file's dump, or why it could not be read."""
    return {
        "files": {
            name: reports.dump_failure(str(each)) if isinstance(each, UserError) else each.dump()
            for name, each in reports_of.items()
        }
    }


def _journal_end(session: Session) -> int:
    return session.scalar(select(func.max(change.c.n))) or 0


__all__ = [
    "AUTO",
    "KIND_NAMES",
    "ImportReport",
    "apply",
    "import_file",
    "kind_of",
    "load_content",
    "preview",
    "read_content",
    "report_json",
]
