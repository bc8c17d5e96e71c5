"""What the window can be told to do: by keys, by the search field, by its buttons."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from demoexam.ui import theme
from demoexam.ui.command_palette import CommandPalette, Hit
from demoexam.ui.navigation import page_keys
from demoexam.ui.page import Page, Place

if TYPE_CHECKING:
    from demoexam.ui.main_window import MainWindow


class WindowCommands(QObject):
    """Made once the window has been painted: the first paint needs no keys."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._origin: tuple[Page, str] | None = None  # where one is, and which page led there
        for name, page_key in self._page_keys():
            self._bind(page_key, partial(self.turn_to, name))
        for keys, run in self._keys():
            self._bind(keys, run)
        window.top.search.textChanged.connect(self._follow_typing)
        window.top.back.connect(self.go_back)
        window.status.undo.connect(self.undo)
        window.status.redo.connect(self.redo)
        window.status.sync.connect(lambda: window.open_page("sync"))

    @cached_property
    def finder(self) -> CommandPalette:
        """The list under the search field, made when it is first needed."""
        made = CommandPalette(self._window.top.search, self._window, self._find)
        made.offer(self._hits())
        made.chosen.connect(self.turn_to)
        return made

    def search(self) -> None:
        self._window.top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.top.search.selectAll()
        self.finder.show_commands()

    def filter(self) -> None:
        if self._window.page is not None:
            self._window.page.focus_filter()

    def create(self) -> None:
        """The main action of the page in sight."""
        page = self._window.page
        if page is not None and page.primary is not None:
            page.primary.run()

    def load_file(self) -> None:
        self._window.open_dialog("import", files=[])

    def export_rows(self) -> None:
        if self._window.page is not None:
            self._window.page.export_rows()

    def print_papers(self) -> None:
        page = self._window.page
        self._window.open_dialog("print", **(page.print_facts() if page is not None else {}))

    def show_printed(self) -> None:
        self._window.open_dialog("printed")

    def load_absences(self) -> None:
        self._window.open_dialog("absences")

    def find_free(self) -> None:
        self._window.open_dialog("free")

    def undo(self) -> None:
        if self._window.workspace is not None:
            self._window.workspace.undo()

    def redo(self) -> None:
        if self._window.workspace is not None:
            self._window.workspace.redo()

    def exchange(self) -> None:
        """Exchange now; without a shared store its page tells how to connect one."""
        if self._window.workspace is None:
            return
        exchanger = self._window.workspace.exchanger
        if exchanger.connected:
            exchanger.exchange(asked=True)
        else:
            self._window.open_page("sync")

    def turn_to(self, name: str, place: Place | None = None) -> None:
        """A page of one's own choice: where one came from does not matter any more."""
        self._origin = None
        self._window.open_page(name, place)

    def lead(self, source: str, name: str, place: Place) -> None:
        """A page leads to a place on another one; the way back leads to it again."""
        here = self._window.page
        target = self._window.open_page(name, place)
        if target is not here:
            self._origin = (target, source) if target is not None else None

    def go_back(self) -> None:
        here, origin = self._window.page, self._origin
        if origin is not None and origin[0] is here:
            self.turn_to(origin[1])
        elif here is not None:
            here.go_back()

    def toggle_theme(self) -> None:
        """Light to dark and back; remembered on this computer."""
        local = self._window.local
        local.theme = "light" if theme.tokens().dark else "dark"
        local.save()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, local.theme, local.font_scale)

    def show_help(self) -> None:
        from demoexam.ui.help_window import HelpWindow

        guide = HelpWindow(self._window)
        guide.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        guide.show()

    def _keys(self) -> Sequence[tuple[str, Callable[[], object]]]:
        return (
            ("Ctrl+K", self.search),
            ("Ctrl+F", self.filter),
            ("Ctrl+N", self.create),
            ("Ins", self.create),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+I", self.load_file),
            ("Ctrl+P", self.print_papers),
            ("Ctrl+Shift+D", self.toggle_theme),
            ("F1", self.show_help),
            ("F5", self.exchange),
            ("Alt+Left", self.go_back),
        )

    def _page_keys(self) -> Iterator[tuple[str, str]]:
        for name, keys in page_keys(list(self._window.entries)).items():
            yield from ((name, one) for one in keys)

    def _bind(self, keys: str, run: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self._window).activated.connect(run)

    def _follow_typing(self, text: str) -> None:
        self.finder.search_for(text)

    def _hits(self) -> Sequence[Hit]:
        keys = page_keys(list(self._window.entries))
        pages = [
            Hit(one.title, "".join(keys[one.name][:1]), one.icon, one.name)
            for one in self._window.entries.values()
        ]
        return [
            *pages,
            Hit("Загрузить из файла", "Ctrl+I", "upload", run=self.load_file),
            Hit("Выгрузить таблицу в файл", "Ctrl+E", "download", run=self.export_rows),
            Hit("Печать пакета дня", "Ctrl+P", "printer", run=self.print_papers),
            Hit("Загрузить, кто когда не может", "", "upload", run=self.load_absences),
            Hit("Кто свободен / где свободно", "", "user-check", run=self.find_free),
            Hit("Журнал печати", "", "history", run=self.show_printed),
            Hit("Отменить последнее действие", "Ctrl+Z", "undo-2", run=self.undo),
            Hit("Вернуть отменённое", "Ctrl+Y", "redo-2", run=self.redo),
            Hit("Обменяться с общим хранилищем", "F5", "refresh-cw", run=self.exchange),
            Hit("Тёмная или светлая тема", "Ctrl+Shift+D", "moon", run=self.toggle_theme),
            Hit("Справка", "F1", "circle-help", run=self.show_help),
        ]

    def _find(self, typed: str) -> Sequence[Hit]:
        if self._window.workspace is None:
            return ()
        from demoexam.ui.search import find_records

        return self._window.workspace.read(lambda session: find_records(session, typed))
