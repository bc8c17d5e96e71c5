"""The list of blanks: what the program can put into a text, by its Russian name."""

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QMenu, QWidget

from demoexam.documents.blank_words import BLANK_GROUPS


def fill_blank_menu(menu: QMenu, known: Collection[str], chosen: Callable[[str], object]) -> QMenu:
    """Groups of the blanks that the form knows; `chosen` gets {name}."""
    menu.clear()
    for title, names in BLANK_GROUPS.items():
        there = {name: words for name, words in names.items() if name in known}
        if there:
            group = menu.addMenu(title)
            for name, words in there.items():
                _add(group, words, f"{{{name}}}", chosen)
    return menu


def can_take(widget: QWidget | None) -> bool:
    """Whether a blank can be put into what the keyboard is on."""
    return hasattr(widget, "insert_blank")


def _add(menu: QMenu, words: str, blank: str, chosen: Callable[[str], object]) -> None:
    menu.addAction(f"{words}   {blank}").triggered.connect(lambda _checked=False: chosen(blank))
