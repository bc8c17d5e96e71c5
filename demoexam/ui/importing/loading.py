"""The work behind the import dialog: read, plan anew after each choice, judge, write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from demoexam.errors import UserError
from demoexam.exchange.cells import Book, Place
from demoexam.progress import Progress
from demoexam.services.imports.choices import (
    Choices,
    Preview,
    keep_columns,
    load,
    open_book,
    preview_choices,
)
from demoexam.services.imports.effect import ImportEffect, effect_of
from demoexam.services.imports.imports import AUTO
from demoexam.services.imports.similar import Comparison, compared
from demoexam.store.store import Store
from demoexam.ui import garbage
from demoexam.ui.importing.board import Board, board_of
from demoexam.ui.tasks import Task
from demoexam.ui.workspace import Workspace

Reader = Callable[[Path, Progress], Book]
NO_BOOK = Book("", ())
MOST_JUDGED = 5_000  # rows; beyond them the share is told after the load, not before


class Loader(QObject):
    """One file at a time. Late answers of work that was cancelled or overtaken are dropped.

    The work runs on the workspace's reader; only `write` writes, through `Workspace.perform`.
    """

    shown = Signal(object)  # a Board
    failed = Signal(object)  # a UserError: the file cannot be shown at all
    refused = Signal(object)  # a UserError: a choice did not work out, the old board stands
    judged = Signal(object)  # an ImportEffect, or None while it is unknown
    unjudged = Signal()  # the file is too long to try it out beforehand
    progressed = Signal(int, int)
    working = Signal()  # `busy` may be another one now

    def __init__(
        self, workspace: Workspace, parent: QObject | None = None, reader: Reader = open_book
    ) -> None:
        super().__init__(parent)
        self._workspace, self._read = workspace, reader
        self._task: Task | None = None
        self._judging: Task | None = None
        self._generation = 0
        self._name = ""
        self.book = NO_BOOK
        self.board: Board | None = None
        self.choices = self.wanted = Choices()

    @property
    def busy(self) -> bool:
        return self._task is not None

    def open(self, path: Path, kind: str = AUTO) -> None:
        """Read and recognise a file by itself."""
        self._begin(path.name, kind)
        self._plan(
            f"чтение «{path.name}»",
            lambda progress: open_book(path, progress=progress),
            self.choices,
        )

    def open_book(self, book: Book, kind: str = AUTO) -> None:
        """Recognise cells that are read already."""
        self._begin(book.name, kind)
        self._plan(f"чтение «{book.name}»", lambda _: book, self.choices)

    def choose(self, changed: dict[str, Any]) -> None:
        """Another sheet, kind, column, cell or college: plan the same cells anew.

        What is chosen while an earlier choice is still being planned is added to it.
        """
        if self.board is None:
            return
        book, self.wanted = self.book, with_changes(self.wanted, changed)
        self._plan("проверка строк", lambda _: book, self.wanted)

    @property
    def is_touched(self) -> bool:
        """Whether the user has done anything that would be lost without loading."""
        chosen = self.wanted
        return bool(chosen.cells or chosen.persons or chosen.columns)

    def cancel(self) -> None:
        """Forget the running work; nothing of it is left."""
        self._generation += 1
        for task in (self._task, self._judging):
            if task is not None:
                task.cancel()
        self._task = self._judging = None
        garbage.resume(self)
        self.working.emit()

    def write(
        self, on_done: Callable[[Any], object], on_refused: Callable[[UserError], object]
    ) -> None:
        """Load the plan as one operation that one undo takes back."""
        assert self.board is not None  # noqa: S101 -- the button is there only with a board
        if self._judging is not None:
            self._judging.cancel()
        self._workspace.perform(
            load, operation=f"загрузка {self._name}", on_done=on_done,
            on_refused=on_refused, preview=self.board.preview, today=date.today(),
        )  # fmt: skip

    def keep_columns(
        self, on_done: Callable[[Any], object], on_refused: Callable[[UserError], object]
    ) -> None:
        """Remember what the columns are, for the next file with the same titles."""
        if self.board is not None:
            self._workspace.perform(
                keep_columns, operation=f"разметка «{self._name}»", on_done=on_done,
                on_refused=on_refused, preview=self.board.preview,
            )  # fmt: skip

    def _begin(self, name: str, kind: str) -> None:
        self.cancel()
        self._name, self.board = name, None
        self.choices = self.wanted = Choices(kind=kind)

    def _plan(self, title: str, read: Callable[[Progress], Book], choices: Choices) -> None:
        self.cancel()
        generation, store = self._generation, self._workspace.store
        known = self.board.alike if self.board is not None else {}
        answered = {place: known[place] for place in choices.persons if place in known}

        def job(progress: Progress) -> "_Planned":
            try:
                book, preview, alike = _planned(store, read, choices, progress)
                board = board_of(book, preview, {**answered, **alike})
                return _Planned(generation, choices, book, board)
            except UserError as error:
                return _Planned(generation, choices, error=error)

        garbage.postpone(self)
        self._task = self._workspace.run(job, title=title, on_done=self._take)
        self._task.progressed.connect(self.progressed.emit)
        self.working.emit()

    def _take(self, planned: "_Planned") -> None:
        if planned.generation != self._generation:
            return
        self._task = None
        if planned.board is None:
            self.wanted = self.choices
            self.working.emit()
            (self.failed if self.board is None else self.refused).emit(planned.error)
            return
        self.book, self.board, self.choices = planned.book, planned.board, planned.choices
        self.working.emit()
        self.shown.emit(planned.board)
        self._judge(planned.board)

    def _judge(self, board: Board) -> None:
        """Count the share with the plan loaded into a copy."""
        if len(board.rows) > MOST_JUDGED:
            self.unjudged.emit()
            return
        self.judged.emit(None)
        generation, store, year = self._generation, self._workspace.store, self._workspace.year
        plan = board.preview.plan

        def job(progress: Progress) -> tuple[int, ImportEffect]:
            return generation, effect_of(store, plan, year=year, progress=progress)

        self._judging = self._workspace.run(job, title="", on_done=self._take_effect)

    def _take_effect(self, answer: tuple[int, ImportEffect]) -> None:
        generation, effect = answer
        if generation == self._generation:
            self._judging = None
            self.judged.emit(effect)


def with_changes(choices: Choices, changed: Mapping[str, Any]) -> Choices:
    """Single choices are replaced; of those by sheet, cell or row the named ones are.

    None takes a choice back: that of one row, or, in place of the whole, all of them.
    """
    news: dict[str, Any] = {}
    for name, value in changed.items():
        before = getattr(choices, name)
        if not isinstance(before, Mapping):
            news[name] = value
        else:
            merged = {**before, **value} if value is not None else {}
            news[name] = {key: one for key, one in merged.items() if one is not None}
    return replace(choices, **news)


@dataclass(frozen=True)
class _Planned:
    """What a reading came to: a board, or why there is none."""

    generation: int
    choices: Choices
    book: Book = NO_BOOK
    board: Board | None = None
    error: UserError | None = None


def _planned(
    store: Store, read: Callable[[Progress], Book], choices: Choices, progress: Progress
) -> tuple[Book, Preview, Mapping[Place, Comparison]]:
    steps = progress.each(("читаю", "узнаю", "показываю"))
    next(steps)
    book = read(progress)
    next(steps)
    with store.reading() as session:
        preview = preview_choices(session, book, choices)
        alike = compared(session, preview.plan)
    next(steps)
    return book, preview, alike
