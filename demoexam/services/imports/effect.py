"""What loading a file would do to the employers' share, tried on a copy of the store."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from demoexam.progress import Progress
from demoexam.rules.shares import Share
from demoexam.rules.terms import CountMethod
from demoexam.services.college.college import college_settings
from demoexam.services.imports.imports import apply
from demoexam.services.imports.plan import ImportPlan
from demoexam.services.share.share import shares
from demoexam.store.store import Store


@dataclass(frozen=True)
class ImportEffect:
    """The share of a year by the college's method, and that of the roster, before and after."""

    year: int
    method: CountMethod
    before: Share
    after: Share
    roster_before: Share
    roster_after: Share


def effect_of(
    store: Store, plan: ImportPlan, *, year: int, today: date | None = None,
    progress: Progress | None = None,
) -> ImportEffect:  # fmt: skip
    """Load the plan into a copy in the temporary folder and count; the store is only read.

    The same rules count both times, so the figure promised is the figure that comes.
    """
    day = today or date.today()
    steps = (progress or Progress()).each(("копия", "загрузка", "счёт"))
    next(steps)
    with TemporaryDirectory(prefix="demoexam-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "try.db"
        with closing(sqlite3.connect(store.path)) as live, closing(sqlite3.connect(copy)) as tried:
            live.backup(tried)
        next(steps)
        trial = Store(copy)
        try:
            return _tried(trial, plan, year, day)
        finally:
            trial.close()


def _tried(trial: Store, plan: ImportPlan, year: int, day: date) -> ImportEffect:
    with trial.reading() as session:
        method = college_settings(session).share_count
        before, roster_before = _shares(session, year, day)
    with trial.transaction("проба") as session:
        apply(session, plan, today=day)
    with trial.reading() as session:
        after, roster_after = _shares(session, year, day)
    return ImportEffect(year, method, before, after, roster_before, roster_after)


def _shares(session: Session, year: int, day: date) -> tuple[Share, Share]:
    official = shares(session, year=year, today=day)[0].share
    roster = shares(session, year=year, today=day, count=CountMethod.ROSTER)[0].share
    return official, roster
