"""From ticked papers to a file, a folder or a printer: made off the GUI thread, then registered."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from demoexam.progress import Progress
from demoexam.services.papers.files import (
    Existing,
    Suffix,
    Written,
    existing_files,
    legal_name,
    package_name,
    save_folder,
)
from demoexam.services.papers.package import papers_on, ready_papers
from demoexam.services.papers.papers import (
    Kind,
    Package,
    Paper,
    Wanted,
    made_package,
    register_papers,
    save_package,
)
from demoexam.text import counted
from demoexam.ui.cards import Action
from demoexam.ui.dialogs import pdf_output
from demoexam.ui.dialogs.pdf_view import outline
from demoexam.ui.dialogs.print_making import Making
from demoexam.ui.tokens import Tone
from demoexam.ui.workspace import Workspace

PAGES = ("страница", "страницы", "страниц")
FILES = ("файл", "файла", "файлов")
NAMED = 3  # of the files that are there already


class PackageOutput(Making):
    """Each way out of the printing form; what has left is registered."""

    out = Signal()  # something was saved or printed: states have changed

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.made: Package | None = None
        self.dialog: QWidget | None = None

    # -- files ----------------------------------------------------------------------------

    def save(self, wanted: Wanted, kind: Kind = "pdf", name: str = "") -> None:
        """Ask for a file, then make the package and write it."""
        save = partial(self.save_to, wanted, kind=kind)
        called = legal_name(name) if name else package_name(wanted.day)
        self.dialog = pdf_output.ask_file(self, called, save, kind)

    def save_to(self, wanted: Wanted, path: Path, *, kind: Kind = "pdf") -> None:
        """Write the file; what prevents it is told here, and nothing is registered."""
        self._make(wanted, lambda made: self.write_made(made, path), kind)

    def keep(self, made: Package, name: str) -> None:
        """Ask where to write what is made already."""
        self.dialog = pdf_output.ask_file(
            self, legal_name(name), lambda path: self.write_made(made, path)
        )

    def write_made(self, made: Package, path: Path) -> None:
        self.workspace.perform(
            save_package,
            operation=f"сохранены бумаги: {path.name}",
            on_done=self._tell_written,
            on_refused=self._refuse,
            made=made,
            path=path,
        )

    def _tell_written(self, path: Path) -> None:
        self._say(f"Сохранено: {path.name}")

    # -- a folder -------------------------------------------------------------------------

    def save_files(self, wanted: Wanted, suffixes: Sequence[Suffix]) -> None:
        """Ask for a folder, then write each paper as a file of its own."""
        choose = partial(self.save_into, wanted, suffixes)
        self.dialog = pdf_output.ask_folder(self, choose)

    def save_into(self, wanted: Wanted, suffixes: Sequence[Suffix], folder: Path) -> None:
        """Write into the folder; asks first what to do with files that are there already."""
        self.workspace.load(
            partial(existing_files, folder=folder, wanted=wanted, suffixes=suffixes),
            lambda names: self._ask_existing(wanted, suffixes, folder, names),
            slot="papers in folder",
            on_refused=self._refuse,
        )

    def _ask_existing(
        self, wanted: Wanted, suffixes: Sequence[Suffix], folder: Path, names: Sequence[str]
    ) -> None:
        if not Shiboken.isValid(self):
            return  # closed meanwhile
        write = partial(self.write_files, wanted, suffixes, folder)
        if not names:
            write("number")
            return
        more = f" и ещё {len(names) - NAMED}" if len(names) > NAMED else ""
        said = f"Уже есть в папке: {', '.join(names[:NAMED])}{more}."
        actions = [
            Action("Сохранить рядом", partial(write, "number"), "copy"),
            Action("Заменить", partial(write, "replace"), "refresh-cw"),
            Action("Отмена", lambda: self.tell("", Tone.WARN), "x"),
        ]
        self.told.show_finding(Tone.WARN, said, actions)

    def write_files(
        self, wanted: Wanted, suffixes: Sequence[Suffix], folder: Path, existing: Existing
    ) -> None:
        def job(progress: Progress) -> Written:
            with self.workspace.store.reading() as session:
                return save_folder(
                    session, folder=folder, wanted=wanted, suffixes=suffixes,
                    existing=existing, progress=progress,
                )  # fmt: skip

        self._run(job, "Запись бумаг в папку", partial(self._files_written, folder))

    def _files_written(self, folder: Path, written: Written) -> None:
        count = counted(len(written.paths), *FILES)
        self._register(written.papers, f"сохранены бумаги: {count} в папке {folder.name}")
        if written.failed:
            self.tell(f"Записано: {count}. {' '.join(written.failed[:NAMED])}", Tone.WARN)
        else:
            self._say(f"Сохранено в папку {folder.name}: {count}")

    # -- a printer ------------------------------------------------------------------------

    def print(self, wanted: Wanted, *, duplex: bool = False) -> None:
        """Make the package, then ask for the printer."""

        if pdf_output.printers():
            self._make(wanted, partial(self.ask_print, duplex=duplex))
        else:
            self._refuse(pdf_output.NoPrinter())

    def ask_print(self, made: Package, *, duplex: bool = False) -> None:
        """Ask which printer, pages and copies."""
        if not pdf_output.printers():
            self._refuse(pdf_output.NoPrinter())
            return
        count, _ = outline(made.pdf)
        self._printer = pdf_output.make_printer(duplex=duplex)  # must outlive the printing
        self.dialog = pdf_output.ask_printer(
            self,
            self._printer,
            lambda: self.print_now(made, self._printer, duplex=duplex),
            pages=count,
        )

    def print_now(self, made: Package, printer: QPrinter, *, duplex: bool = False) -> None:
        """Print the package as the printer was set, in a thread of its own."""
        count, starts = outline(made.pdf)
        papers = papers_on(made.contents, starts, pdf_output.chosen_pages(printer, count))

        def job(progress: Progress) -> int:
            return pdf_output.print_bytes(
                made.pdf, printer, progress, starts=starts, two_sided=duplex
            )

        def done(count: int) -> None:
            pages = counted(count, *PAGES)
            self._register(papers, f"напечатаны бумаги: {pages}")
            self._say(f"Отправлено на печать: {pages}.")

        self._run(job, "Печать", done, apart=True)

    # -- what they have in common ---------------------------------------------------------

    def _say(self, words: str) -> None:
        self.tell(words, Tone.OK)
        self.out.emit()

    def _make(self, wanted: Wanted, use: Callable[[Package], object], kind: Kind = "pdf") -> None:
        store = self.workspace.store

        def job(progress: Progress) -> Package:
            with store.reading() as session:
                return made_package(session, wanted, kind=kind, progress=progress)

        def done(made: Package) -> None:
            self.made = made
            use(made)

        self._run(job, "Подготовка бумаг", done)

    def _register(self, papers: Sequence[Paper], words: str) -> None:
        """Note what went out: a later change of the exam makes it outdated."""
        if ready_papers(papers):
            self.workspace.perform(register_papers, operation=words, papers=tuple(papers))
