"""What every page of the window is: a heading, a primary action, and a way to stay fresh."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from demoexam.ui.cards import Action

if TYPE_CHECKING:
    from demoexam.ui.workspace import Workspace

PAGE_MARGINS = (24, 16, 24, 16)
Place = dict[str, Any]


class Heading(NamedTuple):
    """The top bar's words: «Экзамены › ТМ-21», and one line below it."""

    title: str
    summary: str = ""
    trail: str = ""  # the page one comes back to, shown before the title


class Page(QWidget):
    """A page in the window. Subclasses build their widgets in `__init__` and fill them in `reload`.

    `reload` runs when the page is shown for the first time, when a table of TABLES was written
    or the year changed; a hidden page waits until it is shown again.
    """

    TITLE = ""
    TABLES: frozenset[str] = frozenset()

    headed = Signal()  # heading or primary action are others now
    going = Signal(str, object)  # ask the window for another page, and a place on it
    badged = Signal(str, int, str)  # a page's badge in the navigation: number and its meaning

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.workspace = workspace
        self.heading = Heading(self.TITLE)
        self.primary: Action | None = None
        self._stale = True
        workspace.changed.connect(self._on_change)
        workspace.year_changed.connect(self._on_year)

    def reload(self) -> None:
        """Show the data as it is now."""
        raise NotImplementedError

    def go_to(self, place: Place) -> None:
        """Show a place on this page: a record, a filter, a tab; the page says which it knows."""

    def focus_filter(self) -> None:
        """Put the cursor where one types a filter (Ctrl+F)."""

    def print_facts(self) -> dict[str, Any]:
        """What Ctrl+P prints here: the day or the exam that the printing form begins with."""
        return {}

    def export_rows(self) -> None:
        """Write what the page lists into a file; a page without a list has nothing to write."""

    def take_focus(self) -> None:
        """Bring the keyboard onto the page: to the first thing on it that can be used."""
        holder: QWidget | None = self.focusWidget()
        if holder is not None and holder.hasFocus():
            return
        widget: QWidget | None = self.nextInFocusChain()
        while widget is not None and widget is not self:
            can = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
            if can and self.isAncestorOf(widget) and widget.isVisibleTo(self):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            widget = widget.nextInFocusChain()

    def go_back(self) -> bool:
        """Leave an inner place for the outer one (the arrow beside the title); False at the top."""
        return False

    def set_heading(self, title: str, summary: str = "", trail: str = "") -> None:
        self.heading = Heading(title, summary, trail)
        self.headed.emit()

    def set_primary(self, text: str, run: Callable[[], object], icon: str = "plus") -> None:
        """The one main action of the page: a button in the top bar, Ins and Ctrl+N."""
        self.primary = Action(text, run, icon)
        self.headed.emit()

    def freshen(self) -> None:
        """Reload if something has changed since the last time."""
        if self._stale:
            self._stale = False
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.freshen()

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & self.TABLES:
            self._mark_stale()

    def _on_year(self, _year: int) -> None:
        self._mark_stale()

    def _mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self.freshen()


def scrolled(content: QWidget) -> QScrollArea:
    """A page's content that scrolls when the window is low."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    content.setProperty("look", "clear")
    area.setWidget(content)
    return area
