"""The navigation at the left: groups, badges, icons alone in a narrow window."""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout

from demoexam.settings import APPLICATION
from demoexam.ui import icons, theme
from demoexam.ui.pages import FOOT, MAIN, PageEntry
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import ElidedLabel, Pill, column, fill, label, row

WIDE, NARROW = 216, 60
NUMBERED = 10  # pages reached by Ctrl and a digit; 0 is the tenth
NAMED_KEYS = {"settings": ("Ctrl+,", "Ctrl+Б")}  # the same key in both layouts


def page_keys(names: Sequence[str]) -> dict[str, Sequence[str]]:
    """Page -> the keys that open it, the one to tell of first; a page may have none."""
    numbered = {name: (f"Ctrl+{number % 10}",) for number, name in enumerate(names[:NUMBERED], 1)}
    known: dict[str, Sequence[str]] = {**numbered, **NAMED_KEYS}
    return {name: known.get(name, ()) for name in names}


class NavigationButton(QToolButton):
    """A line of the navigation: icon, word, badge; takes the focus by Tab alone."""

    def __init__(self, entry: PageEntry, shortcut: str) -> None:
        super().__init__()
        self.entry = entry
        self._shortcut = shortcut
        self.setProperty("look", "nav")
        self.setCheckable(True)
        self.setText(f"  {entry.title}")
        self.setAccessibleName(entry.title)
        self.setToolTip(f"{entry.title} ({shortcut})" if shortcut else entry.title)
        self.setIconSize(QSize(18, 18))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(34)
        self._narrow = False
        self.toggled.connect(self.retint)
        theme.follow(self)

    def show_badge(self, text: str, tone: str, meaning: str = "") -> None:
        """A number that asks for action; an empty text hides it."""
        if text or "badge" in self.__dict__:
            self.badge.show_state(text, tone)
            self.badge.setVisible(bool(text))
        self.setAccessibleName(
            f"{self.entry.title}, {meaning or text}" if text else self.entry.title
        )

    def show_narrow(self, narrow: bool) -> None:
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon
        )
        self._narrow = narrow
        if "badge" in self.__dict__:
            self._place_badge()

    @cached_property
    def badge(self) -> Pill:
        """Made when there is something to say."""
        made = Pill("", Tone.BAD, look="badge")
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside = row(None, made)
        self.setLayout(self._inside)
        self._place_badge()
        return made

    def _place_badge(self) -> None:
        narrow = self._narrow
        self._inside.setContentsMargins(0, 0, 0 if narrow else 8, 14 if narrow else 0)

    def retint(self) -> None:
        colour = "accent_text" if self.isChecked() else "muted"
        self.setIcon(icons.icon(self.entry.icon, colour, 18))


class Navigation(QFrame):
    """All the pages; `chosen` names the one asked for."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[PageEntry]) -> None:
        super().__init__()
        self.setProperty("look", "nav")
        self.setAccessibleName("Разделы")
        self._group = QButtonGroup(self, exclusive=True)
        self._captions: list[QLabel] = []
        self.buttons: dict[str, NavigationButton] = {}
        self._college = ElidedLabel("", "muted")
        self._lay_out(entries)
        self.setFixedWidth(WIDE)

    def show_college(self, name: str) -> None:
        self._college.show_text(name)

    def show_page(self, name: str) -> None:
        if name in self.buttons:
            self.buttons[name].setChecked(True)

    def show_narrow(self, narrow: bool) -> None:
        """Icons alone, with the words as tool tips."""
        self.setFixedWidth(NARROW if narrow else WIDE)
        for caption in self._captions:
            caption.setVisible(not narrow)
        self._words.setVisible(not narrow)
        for button in self.buttons.values():
            button.show_narrow(narrow)

    def _lay_out(self, entries: Sequence[PageEntry]) -> None:
        layout = column(self._brand(), 6, spacing=2, margins=(10, 14, 10, 10))
        group, keys = MAIN, page_keys([entry.name for entry in entries])
        for entry in entries:
            if entry.group != group:
                group = entry.group
                self._open_group(layout, group)
            layout.addWidget(self._line(entry, "".join(keys[entry.name][:1])))
        if group != FOOT:
            layout.addStretch(1)
        self.setLayout(layout)

    def _open_group(self, layout: QVBoxLayout, group: str) -> None:
        if group == FOOT:
            layout.addStretch(1)
            return
        caption = label(group.upper(), "caption")
        caption.setContentsMargins(10, 8, 0, 2)
        self._captions.append(caption)
        layout.addWidget(caption)

    def _line(self, entry: PageEntry, shortcut: str) -> NavigationButton:
        button = NavigationButton(entry, shortcut)
        button.clicked.connect(lambda: self.chosen.emit(entry.name))
        self._group.addButton(button)
        self.buttons[entry.name] = button
        return button

    def _brand(self) -> QFrame:
        self._words = QFrame()
        title = label(APPLICATION, "title")
        self._words.setLayout(column(title, self._college, spacing=0))
        brand = QFrame()
        brand.setLayout(fill(row(), BrandMark(28), self._words, spacing=8, margins=(5, 0, 0, 0)))
        return brand


class BrandMark(QLabel):
    """The program's sign: a cap on the accent colour."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self._side = side
        self.setProperty("look", "brand")
        self.setFixedSize(side, side)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.follow(self)

    def retint(self) -> None:
        picture: QPixmap = icons.pixmap("graduation-cap", "on_accent", self._side * 6 // 10)
        self.setPixmap(picture)
