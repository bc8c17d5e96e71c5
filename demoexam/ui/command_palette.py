"""The list under the search field: pages, commands, and people, groups, exams that match."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from demoexam.text import fold
from demoexam.ui import icons
from demoexam.ui.top_bar import SearchEdit
from demoexam.ui.widgets import column
from demoexam.ui.workspace import Workspace

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
    """Binds a SearchEdit to a list of hits; `go` and the hits' own `run` act on the choice."""

    def __init__(
        self, edit: SearchEdit, window: QWidget, go: Callable[[str, dict[str, Any]], object]
    ) -> None:
        super().__init__(window)
        self._edit, self._window, self._go = edit, window, go
        self._commands: Sequence[Hit] = ()
        self._hits: list[Hit] = []
        self.workspace: Workspace | None = None
        self.list = QListWidget()
        self._box = self._make_box()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        edit.textChanged.connect(self._type)
        edit.moved.connect(self._move)
        edit.returnPressed.connect(self._choose)
        edit.left.connect(self.hide)
        self.list.itemClicked.connect(lambda _item: self._choose())

    def offer(self, commands: Sequence[Hit]) -> None:
        """The pages and commands which are found by their words."""
        self._commands = commands

    def hits(self) -> list[Hit]:
        return list(self._hits)

    def show_commands(self) -> None:
        """Before anything is typed: what one can do at all."""
        self._show(self._commands[:MOST_LINES])

    def hide(self) -> None:
        self._box.hide()

    def is_open(self) -> bool:
        return self._box.isVisible()

    def _make_box(self) -> QFrame:
        box = QFrame(self._window)
        box.setProperty("look", "popup")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("Найдено")
        self.list.setIconSize(QSize(18, 18))
        box.setLayout(column(self.list, margins=(6, 6, 6, 6)))
        box.hide()
        return box

    def _type(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.hide()

    def _search(self) -> None:
        typed = self._edit.text().strip()
        words = fold(typed).split()
        found = [hit for hit in self._commands if all(word in fold(hit.title) for word in words)]
        if self.workspace is None:
            self._show(found)
            return
        from demoexam.ui.search import find_records

        records = self.workspace.read(lambda session: find_records(session, typed))
        self._show([*found[:3], *records])

    def _show(self, hits: Sequence[Hit]) -> None:
        self._hits = list(hits)
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
            self._go(hit.page, dict(hit.place))
