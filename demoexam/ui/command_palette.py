"""The list under the search field: pages, commands, and people, groups, exams that match."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from PySide6.QtCore import QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from demoexam.text import fold
from demoexam.ui import icons
from demoexam.ui.top_bar import SearchEdit
from demoexam.ui.widgets import column

WIDTH, LINE, MOST_LINES = 420, 44, 9
TYPING_PAUSE_MS = 60


@dataclass(frozen=True)
class Hit:
    """A place to go or a command to run."""

    title: str
    detail: str = ""
    icon: str = "arrow-right"
    page: str = ""
    place: dict[str, Any] = field(default_factory=dict)
    run: Callable[[], object] | None = None


class CommandPalette(QObject):
    """Binds a SearchEdit to a list of hits: commands by their words, records by `find`.

    `chosen` names the page and the place of a hit; a command runs by itself.
    """

    chosen = Signal(str, object)

    def __init__(
        self, edit: SearchEdit, window: QWidget, find: Callable[[str], Sequence[Hit]]
    ) -> None:
        super().__init__(window)
        self._edit, self._window, self._find = edit, window, find
        self._commands: Sequence[Hit] = ()
        self._hits: Sequence[Hit] = ()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        edit.moved.connect(self._move)
        edit.returnPressed.connect(self._choose)
        edit.left.connect(self.hide)

    def offer(self, commands: Sequence[Hit]) -> None:
        """The pages and commands which are found by their words."""
        self._commands = commands

    def hits(self) -> Sequence[Hit]:
        """What the list shows now."""
        return tuple(self._hits)

    def show_commands(self) -> None:
        """Before anything is typed: what one can do at all."""
        self._show(self._commands[:MOST_LINES])

    def hide(self) -> None:
        if "_box" in self.__dict__:
            self._box.hide()

    def is_open(self) -> bool:
        return "_box" in self.__dict__ and self._box.isVisible()

    @cached_property
    def list(self) -> QListWidget:
        """Made on the first search: the window opens sooner."""
        made = QListWidget()
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAccessibleName("Найдено")
        made.setIconSize(QSize(18, 18))
        made.itemClicked.connect(lambda _item: self._choose())
        return made

    @cached_property
    def _box(self) -> QFrame:
        box = QFrame(self._window)
        box.setProperty("look", "popup")
        box.setLayout(column(self.list, margins=(6, 6, 6, 6)))
        return box

    def search_for(self, text: str) -> None:
        """Follow the typing, after a short pause."""
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.hide()

    def _search(self) -> None:
        typed = self._edit.text().strip()
        words = fold(typed).split()
        found = [hit for hit in self._commands if all(word in fold(hit.title) for word in words)]
        self._show([*found[:3], *self._find(typed)])

    def _show(self, hits: Sequence[Hit]) -> None:
        self._hits = hits
        self.list.clear()
        for hit in self._hits:
            words = f"{hit.title}\n{hit.detail}" if hit.detail else hit.title
            item = QListWidgetItem(icons.icon(hit.icon, "muted", 18), words)
            item.setSizeHint(QSize(0, LINE if hit.detail else 34))
            self.list.addItem(item)
        if not self._hits:
            nothing = QListWidgetItem("Ничего не найдено")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0 if self._hits else -1)
        self._place()

    def _place(self) -> None:
        height = sum(self.list.sizeHintForRow(n) for n in range(self.list.count()))
        corner = self._edit.mapTo(self._window, QPoint(0, self._edit.height() + 4))
        left = min(corner.x(), self._window.width() - WIDTH - 12)
        self._box.setGeometry(left, corner.y(), WIDTH, min(height, LINE * MOST_LINES) + 20)
        self._box.show()
        self._box.raise_()

    def _move(self, step: int) -> None:
        if not self.is_open():
            self.show_commands()
            return
        count = len(self._hits)
        if count:
            self.list.setCurrentRow((self.list.currentRow() + step) % count)

    def _choose(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._search()
        number = self.list.currentRow()
        if not self.is_open() or not 0 <= number < len(self._hits):
            return
        hit = self._hits[number]
        self._edit.clear()
        self.hide()
        if hit.run is not None:
            hit.run()
        else:
            self.chosen.emit(hit.page, dict(hit.place))
