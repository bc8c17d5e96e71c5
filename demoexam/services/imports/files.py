"""Several files of one command: all are read first, then loaded in the order of their needs."""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from sqlite3 import connect
from tempfile import TemporaryDirectory
from typing import Final

from demoexam.exchange.failures import FileUnreadable
from demoexam.exchange.values import FileContent
from demoexam.exchange.vocabulary import Kind
from demoexam.progress import Progress
from demoexam.services.imports.imports import AUTO, ImportReport, Reader, load_content, read_content
from demoexam.store.store import Store

Reports = dict[Path, ImportReport | FileUnreadable]
_FIRST, _LAST, _BETWEEN = 0, 2, 1
_TURNS: Final = {Kind.KITS: _FIRST, Kind.SCHEDULE: _LAST}  # rosters name kits, a schedule all else


def import_files(
    store: Store,
    paths: Sequence[Path],
    *,
    kind: str = AUTO,
    dry_run: bool = False,
    progress: Progress | None = None,
    today: date | None = None,
    read: Reader | None = None,
) -> Reports:
    """Load the files, each as an operation of its own; reports in the order in which they came.

    One that cannot be read stops all: then nothing is written, and the others are only planned.
    """
    day = today or date.today()
    whole: dict[Path, FileContent] = {}
    reports: Reports = {}
    progress = progress or Progress()
    for path in progress.each([*dict.fromkeys(paths)]):
        try:
            with store.reading() as session:
                whole[path] = read_content(
                    session, path, kind=kind, today=day, progress=progress, read=read
                )
        except FileUnreadable as error:
            reports[path] = error
    turns = sorted(whole, key=lambda path: _turn(whole[path]))
    load = _rehearsed if dry_run or reports else _loaded
    reports |= load(store, {path: whole[path] for path in turns}, day)
    return {path: reports[path] for path in dict.fromkeys(paths)}


def report_names(paths: Iterable[Path]) -> dict[Path, str]:
    """A name for each file in a report: its own, with the folder below the common one if needed."""
    places = {path: path.absolute() for path in paths}
    top = Path(os.path.commonpath([place.parent for place in places.values()]))
    if any(place.parent == top for place in places.values()):
        return {path: place.relative_to(top).as_posix() for path, place in places.items()}
    names = [path.name for path in places]
    return {
        path: path.name if names.count(path.name) == 1 else place.relative_to(top).as_posix()
        for path, place in places.items()
    }


def _turn(content: FileContent) -> int:
    """A workbook of several lists goes when the last of them can."""
    return max(_TURNS.get(kind, _BETWEEN) for kind in content.kinds)


def _loaded(
    store: Store, contents: Mapping[Path, FileContent], day: date
) -> dict[Path, ImportReport]:
    return {path: load_content(store, each, today=day) for path, each in contents.items()}


def _rehearsed(
    store: Store, contents: Mapping[Path, FileContent], day: date
) -> dict[Path, ImportReport]:
    """As if loaded: each file is planned after those before it, in a copy of the store."""
    if len(contents) == 1:
        return {p: load_content(store, c, dry_run=True, today=day) for p, c in contents.items()}
    with TemporaryDirectory(prefix="demoexam-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "try.db"
        with closing(connect(store.path)) as live, closing(connect(copy)) as tried:
            live.backup(tried)
        trial = Store(copy)
        try:
            done = _loaded(trial, contents, day)
        finally:
            trial.close()
    return {path: replace(report, outcome=None) for path, report in done.items()}
