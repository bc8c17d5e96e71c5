"""The composition root: settings, store, workspace and main window are joined here."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject
from PySide6.QtWidgets import QApplication

import demoexam.ui.quick_imports  # noqa: F401 -- before all that PySide would read
from demoexam.errors import FolderReadOnly, UserError
from demoexam.progress import Progress
from demoexam.settings import LocalSettings, data_folder, default_store
from demoexam.store.snapshot import load_snapshot
from demoexam.ui import theme
from demoexam.ui.application import prepare
from demoexam.ui.cards import Action
from demoexam.ui.first_paint import FirstPaint
from demoexam.ui.main_window import MainWindow
from demoexam.ui.overview_view import OverviewView, understands
from demoexam.ui.page import Heading

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from demoexam.store.store import Store
    from demoexam.ui.workspace import Workspace

SAMPLE_FILE = "sample.db"
FILES = "База программы (*.db);;Все файлы (*)"


class StoreInUse(UserError):
    text = "База «{name}» уже открыта в другом окне программы."
    advice = "Перейдите в то окно или закройте его и нажмите «Повторить»."


class Desk(QObject):
    """Owns the window and the store in it; opens, makes, changes and closes stores."""

    def __init__(self, local: LocalSettings, path: Path | None = None) -> None:
        super().__init__()
        self.local = local
        self.path = path or Path(local.store or default_store())
        self.window = MainWindow(local)
        self.workspace: Workspace | None = None
        self._lock: QLockFile | None = None
        self._opener: Executor | None = None
        self._pending: list[Path] = []
        self._joining = False  # a new store is made for a shared one
        self.window.files_dropped.connect(self._create_for)

    def show(self) -> None:
        """Paint what is known without the store, then open it."""
        if self.path.exists():
            self._paint_last()
            self._first_paint = FirstPaint(self.window, self.open)
        else:
            self.show_onboarding()
        app = QApplication.instance()
        if isinstance(app, QApplication) and not app.styleSheet():
            theme.dress(app)
        self.window.show()

    def open(self) -> None:
        """Open the store at `path`; what prevents it is shown as a page with ways on."""
        path, client = self.path, self.local.client_of(self.path)

        def job(_progress: Progress) -> "tuple[Store, int, str, bool]":
            from demoexam.services.start import open_for_window

            return open_for_window(path, client=client)

        self._take(job)

    def create(self, college: str, targets: dict[int, int]) -> None:
        """Make a new store at the usual place and open it."""
        path, client = self.path, self.local.client_of(self.path)

        def job(_progress: Progress) -> "tuple[Store, int, str, bool]":
            from demoexam.services.start import create_for_window

            return create_for_window(path, client=client, college=college, targets=targets)

        self._take(job, "Создаём базу…")

    def join_hub(self) -> None:
        """An empty store, and the dialog that connects it: what is shared takes its place."""
        self._joining = True
        self.create("", {})

    def open_sample(self) -> None:
        """Open the store of invented data; made on first use, a file of its own."""
        path = data_folder() / SAMPLE_FILE
        client = self.local.client_of(path)

        def job(_progress: Progress) -> "tuple[Store, int, str, bool]":
            from demoexam.services.start import sample_for_window

            return sample_for_window(path, client=client)

        self._leave_store()
        self.path = path
        self._take(job, "Готовим учебные данные…")

    def change_store(self, path: Path) -> None:
        """Close this store and open another; remembered for the next start."""
        self._leave_store()
        self.path = path
        self.local.store = str(path)
        self.local.save()
        self.open() if path.exists() else self.show_onboarding()

    def restore_from(self, copy: Path) -> None:
        """Put a checked copy in the place of the present store; the old file is kept beside it."""
        self._leave_store()
        path, client = self.path, self.local.client_of(self.path)

        def job(_progress: Progress) -> "tuple[Store, int, str, bool]":
            from demoexam.services.start import open_for_window
            from demoexam.store.backup import restore
            from demoexam.store.schema import version_of

            version_of(copy)  # refuses what is no store before anything is replaced
            restore(copy, path)
            return open_for_window(path, client=client)

        self._take(job, "Восстанавливаем базу из копии…")

    def show_onboarding(self) -> None:
        from demoexam.ui.onboarding import Onboarding

        page = Onboarding()
        page.created.connect(self.create)
        page.opened.connect(self.choose_store)
        page.sampled.connect(self.open_sample)
        page.joined.connect(self.join_hub)
        page.restored.connect(self.choose_copy)
        page.helped.connect(self.window.commands.show_help)
        self.window.show_whole(page)
        page.college.setFocus()

    def choose_store(self) -> None:
        self._choose("Открыть базу", self.change_store)

    def choose_copy(self) -> None:
        self._choose("Восстановить из копии", self.restore_from)

    def close(self) -> None:
        """Wait for what runs, give the store back, remember the window's size."""
        self._leave_store()
        if self._opener is not None:
            self._opener.shutdown(wait=True, cancel_futures=True)
        self.local.save()

    def _choose(self, title: str, then: Callable[[Path], None]) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self.window, title, str(self.path.parent), FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _paint_last(self) -> None:
        figures = load_snapshot(self.path)
        view = OverviewView()
        if figures is not None and understands(figures):
            view.show_figures(figures)
            self.window.navigation.show_college(figures["college"])
            self.window.top.show_heading(Heading("Обзор", f"данные на {figures['day']}"))
            self.window.show_early(view)
        else:
            self.window.top.show_heading(Heading("Обзор", "открываем базу…"))

    def _take(self, job: Callable[[Progress], object], words: str = "") -> None:
        """Run what opens a store, holding the lock of its file."""
        try:
            self._lock_store()
        except UserError as error:
            self._show_trouble(error)
            return
        if words:
            from demoexam.ui.trouble import Waiting

            self.window.show_whole(Waiting(words))
        from demoexam.ui.tasks import Task, one_thread

        task = Task(job, words)
        task.succeeded.connect(lambda answer: self._opened(*answer))
        task.failed.connect(self._failed)
        if self._opener is None:
            self._opener = one_thread("opener")
        task.start(self._opener)

    def _lock_store(self) -> None:
        if self._lock is not None:
            return
        lock = QLockFile(f"{self.path}.lock")
        lock.setStaleLockTime(0)  # a lock is stale only when its process is gone
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderReadOnly(name=self.path.parent) from error
        if not lock.tryLock(0):
            if lock.error() == QLockFile.LockError.LockFailedError:
                raise StoreInUse(name=self.path.name)
            raise FolderReadOnly(name=self.path.parent)
        self._lock = lock

    def _opened(self, store: "Store", year: int, college: str, sample: bool) -> None:
        from demoexam.ui.workspace import Workspace

        self.workspace = Workspace(store, self.local, self)
        self.workspace.set_year(year)
        self.workspace.asked.connect(self._answer)
        self.window.navigation.show_college(college)
        self.window.show_sample(self._leave_sample if sample else None)
        self.window.attach(self.workspace)
        if self._pending:
            self.window.open_dialog("import", files=self._pending)
            self._pending = []
        if self._joining:
            self._joining = False
            self.window.open_page("sync", {"connect": True})

    def _failed(self, error: BaseException) -> None:
        self._unlock()
        if not isinstance(error, UserError):
            raise error  # a bug: the exception hook shows and logs it
        self._show_trouble(error)

    def _show_trouble(self, error: UserError) -> None:
        from demoexam.ui.trouble import Trouble

        ways = [
            Action("Повторить", self.open, "refresh-cw"),
            Action("Другая база…", self.choose_store, "folder-open"),
            Action("Восстановить из копии…", self.choose_copy, "history"),
            Action("Учебные данные", self.open_sample, "flask-conical"),
        ]
        self.window.show_whole(Trouble(error, ways))

    def _answer(self, wish: str, fact: object) -> None:
        """Wishes of pages: open_store, choose_store, choose_copy, open_sample."""
        match wish:
            case "open_store" if isinstance(fact, Path):
                self.change_store(fact)
            case "choose_store":
                self.choose_store()
            case "choose_copy":
                self.choose_copy()
            case "open_sample":
                self.open_sample()

    def _create_for(self, files: list[Path]) -> None:
        """Files dropped before there is a store: make one, then open their import."""
        if not self.path.exists():
            self._pending = files
            self.create("", {})

    def _leave_sample(self) -> None:
        self.change_store(Path(self.local.store or default_store()))

    def _leave_store(self) -> None:
        if self.workspace is not None:
            self.window.detach()
            self.workspace.close()
            self.workspace.store.close()
            self.workspace.deleteLater()
            self.workspace = None
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None


def _on_crash(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    from demoexam.ui.crash_dialog import report_crash

    report_crash(kind, error, where)


def main(argv: Sequence[str] | None = None) -> int:
    """Start the program; an argument names a store to open."""
    arguments = list(sys.argv if argv is None else argv)
    sys.excepthook = _on_crash
    local = LocalSettings.load()
    app = prepare(arguments, local)
    desk = Desk(local, Path(arguments[1]) if len(arguments) > 1 else None)
    desk.show()
    code = app.exec()
    desk.close()
    return code
