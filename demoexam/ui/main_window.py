"""The main window: navigation, top bar, pages built on their first visit, status bar."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from demoexam.errors import UserError
from demoexam.settings import APPLICATION, LocalSettings
from demoexam.ui import dialogs, icons, theme
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.drop_window import DropWindow
from demoexam.ui.navigation import Navigation
from demoexam.ui.page import Page
from demoexam.ui.pages import PAGES, bring_first, build
from demoexam.ui.status import StatusBar
from demoexam.ui.tokens import Tone
from demoexam.ui.top_bar import TopBar
from demoexam.ui.widgets import column, fill

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from demoexam.ui.command_palette import CommandPalette
    from demoexam.ui.notice import Notice
    from demoexam.ui.syncing.window_sync import WindowSync
    from demoexam.ui.window_commands import WindowCommands
    from demoexam.ui.workspace import Workspace

COLLAPSE = 1180  # below this width the navigation shows icons alone
SIZE = (1440, 900)
FRAME = 40  # the system's title bar and borders around the window
FIRST_YEAR = 2022
SETTLED_MS = 1_500  # after this the window has time for the shared store and for other pages


class MainWindow(DropWindow):
    """Shows one of three: the pages, a whole-window page (onboarding, trouble), the last Обзор.

    `attach` gives it the store; until then it paints what it is given.
    """

    files_dropped = Signal(list)  # paths, when no store is open yet

    def __init__(self, local: LocalSettings | None = None) -> None:
        super().__init__()
        self.local = local or LocalSettings()
        self.workspace: Workspace | None = None
        self.sync: WindowSync | None = None
        self.entries = {entry.name: entry for entry in PAGES}
        self._pages: dict[str, Page] = {}
        self._early: QWidget | None = None
        self._wanted: tuple[str, dict[str, Any]] = ("overview", {})
        self._build()
        self.setWindowTitle(APPLICATION)
        self._restore_size()
        self.setFocus()  # the focus ring waits for the first Tab

    def attach(self, workspace: "Workspace") -> None:
        """The store is open: pages can be built now, and the one asked for is shown."""
        self.workspace = workspace
        self.commands  # noqa: B018 -- binds the keys
        workspace.refused.connect(self._show_refusal)
        workspace.performed.connect(self._tell_action)
        workspace.working.connect(self.status.watch)
        workspace.year_changed.connect(self.top.year.show_value)
        self.top.show_years(range(workspace.year + 1, FIRST_YEAR - 1, -1), workspace.year)
        self.status.show_place(workspace.store.path.name)
        self.show_shell()
        self.open_page(*self._wanted)
        if self._early is not None:
            self._early.deleteLater()
            self._early = None
        self._offer_undo()
        QTimer.singleShot(SETTLED_MS, self, self.follow_sync)
        QTimer.singleShot(SETTLED_MS, workspace, lambda: bring_first(workspace))
        self.setWindowIcon(QIcon(icons.pixmap("graduation-cap", "accent", 64)))

    def detach(self) -> None:
        """Forget the store's pages; call before another store is opened."""
        for page in self._pages.values():
            page.hide()
            page.deleteLater()
        self._pages.clear()
        self._wanted = ("overview", {})
        if self.sync is not None:
            self.sync.leave()
        self.workspace = self.sync = None

    def follow_sync(self) -> "WindowSync | None":
        """Show the exchange with the shared store in the frame, and let it begin."""
        if self.sync is None and self.workspace is not None:
            from demoexam.ui.syncing.window_sync import WindowSync

            self.sync = WindowSync(self, self.workspace)
        return self.sync

    def open_page(self, name: str, place: dict[str, Any] | None = None) -> Page | None:
        """Go to a page and a place on it; before the store is open it is only remembered."""
        if self.workspace is None:
            self._wanted = (name, place or {})
            return None
        page = self._pages.get(name) or self._make(name)
        self.stack.setCurrentWidget(page)
        self.navigation.show_page(name)
        self._show_heading(page)
        self._hide_notice()
        page.freshen()
        if place:
            page.go_to(place)
        page.take_focus()
        return page

    @property
    def page(self) -> Page | None:
        """The page in sight, if there is one."""
        current = self.stack.currentWidget()
        return current if isinstance(current, Page) else None

    def show_whole(self, widget: QWidget) -> None:
        """A page without navigation: onboarding, or a store that cannot be opened."""
        self.commands  # noqa: B018 -- binds the keys
        if (old := self.outer.widget(1)) is not None:
            self.outer.removeWidget(old)
            old.deleteLater()
        self.outer.addWidget(widget)
        self.outer.setCurrentIndex(1)
        self.status.hide()

    def show_shell(self) -> None:
        """The usual window with navigation."""
        self.outer.setCurrentIndex(0)
        self.status.show()

    def show_sample(self, leave: Callable[[], object] | None) -> None:
        """The yellow strip of a store with invented data; None hides it."""
        if leave is not None:
            words = "<b>Учебная база.</b> Данные выдуманы: пробуйте всё, настоящих это не коснётся."
            self.sample.show_finding(Tone.WARN, words, [Action("К своим данным", leave)])
        elif "sample" in self.__dict__:
            self.sample.hide()

    def show_early(self, widget: QWidget) -> None:
        """What stands in the page's place until the store is open."""
        self._early = widget
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    def open_dialog(self, name: str, **facts: object) -> None:
        """Open a dialog of ui.dialogs; needs a store."""
        if self.workspace is not None:
            dialogs.open_dialog(name, self.workspace, self, **facts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.show_narrow(self.width() < theme.px(COLLAPSE))
        if "commands" in self.__dict__:
            self.finder.hide()

    def take_files(self, files: list[Path]) -> None:
        """Open the import with them, one after another; without a store, have one made first.

        A calendar tells when experts cannot come.
        """
        if self.workspace is None:
            self.files_dropped.emit(files)
        elif files and files[0].suffix.lower() == ".ics":
            self.open_dialog("absences", path=files[0])
        else:
            self.open_dialog("import", files=files)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.sync is not None and self.sync.keeps_open():
            event.ignore()
            return
        if (typed := self.focusWidget()) is not None:
            typed.clearFocus()  # a field is written when it is left
        self.local.geometry = b64encode(self.saveGeometry().data()).decode("ascii")
        super().closeEvent(event)

    def _build(self) -> None:
        self.navigation, self.top = Navigation(tuple(self.entries.values())), TopBar()
        self.stack, self.status = QStackedWidget(), StatusBar()
        self.stack.setProperty("look", "page")
        self._tray = column(spacing=8, margins=(24, 0, 24, 0))
        right = column(self.top, self._tray, self.stack, spacing=0)
        right.setStretch(2, 1)
        shell = QWidget()
        shell.setProperty("look", "page")
        layout = fill(QHBoxLayout(shell), self.navigation, right, spacing=0)
        layout.setStretch(1, 1)
        self.outer = QStackedWidget()
        self.outer.addWidget(shell)
        self.setCentralWidget(self.outer)
        self.setStatusBar(self.status)
        self.navigation.chosen.connect(self._turn_to)
        self.navigation.show_page("overview")
        self.top.year.written.connect(self._set_year)

    @cached_property
    def notice(self) -> "Notice":
        """The strip that tells refusals; made, like all that is rarely seen, when needed."""
        from demoexam.ui.notice import Notice

        made = Notice()
        self._tray.addWidget(made)
        self._tray.setContentsMargins(24, 12, 24, 0)
        return made

    @cached_property
    def sample(self) -> FindingStrip:
        """The strip over invented data."""
        return self.add_strip(Tone.WARN)

    def add_strip(self, tone: str) -> FindingStrip:
        """Another strip over the pages."""
        made = FindingStrip(tone)
        self._tray.insertWidget(0, made)
        self._tray.setContentsMargins(24, 12, 24, 0)
        return made

    @cached_property
    def commands(self) -> "WindowCommands":
        """Keys and commands; made after the first paint."""
        from demoexam.ui.window_commands import WindowCommands

        return WindowCommands(self)

    @property
    def finder(self) -> "CommandPalette":
        """The list under the search field."""
        return self.commands.finder

    def _make(self, name: str) -> Page:
        assert self.workspace is not None  # noqa: S101 -- pages are built after `attach`
        page = build(self.entries[name], self.workspace)
        page.headed.connect(lambda: self._on_headed(page))
        page.going.connect(lambda to, place: self.commands.lead(name, to, place))
        page.badged.connect(self._show_badge)
        self._pages[name] = page
        self.stack.addWidget(page)
        return page

    def _turn_to(self, name: str) -> None:
        self.commands.turn_to(name)

    def _show_badge(self, name: str, number: int, meaning: str) -> None:
        if name in self.navigation.buttons:
            text = str(number) if number else ""
            self.navigation.buttons[name].show_badge(text, Tone.BAD, f"{number} {meaning}")

    def _on_headed(self, page: Page) -> None:
        if self.stack.currentWidget() is page:
            self._show_heading(page)

    def _show_heading(self, page: Page) -> None:
        self.top.show_heading(page.heading)
        self.top.show_primary(page.primary)

    def _show_refusal(self, error: UserError) -> None:
        self.notice.show_error(error)

    def _hide_notice(self) -> None:
        if "notice" in self.__dict__:
            self.notice.hide()

    def _tell_action(self, words: str) -> None:
        self._hide_notice()
        self.status.show_action(words)
        self._offer_undo()

    def _offer_undo(self) -> None:
        """Show what «Отменить» would take back now, also after a start."""
        if self.workspace is None:
            return
        client = self.workspace.store.client

        def query(session: "Session") -> tuple[str, str]:
            from demoexam.services.history import offers

            return offers(session, client=client)

        self.workspace.load(query, self.status.show_offers, slot="offers")

    def _set_year(self, year: object) -> None:
        if self.workspace is not None and isinstance(year, int):
            self.workspace.set_year(year)

    def _restore_size(self) -> None:
        room = self.screen().availableSize() - QSize(FRAME, FRAME)
        self.resize(QSize(*SIZE).boundedTo(room))  # a status bar below the screen tells nothing
        if self.local.geometry:
            self.restoreGeometry(QByteArray(b64decode(self.local.geometry)))
