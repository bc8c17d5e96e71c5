"""Keys of the whole page «Расписание», wherever on it the keyboard stands."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from demoexam.ui.schedule.geometry import Scale

if TYPE_CHECKING:
    from demoexam.ui.schedule.page import SeasonDesk


def bind(desk: "SeasonDesk") -> None:
    """Let the keys do what the toolbar does by mouse."""
    for keys, run in _deeds(desk):
        QShortcut(QKeySequence(keys), desk).activated.connect(run)


def _deeds(desk: "SeasonDesk") -> Sequence[tuple[str, Callable[[], object]]]:
    tools = desk.tools
    return (
        ("Alt+1", partial(desk.choose_scale, Scale.DAY)),
        ("Alt+2", partial(desk.choose_scale, Scale.WEEKS)),
        ("Alt+3", partial(desk.choose_scale, Scale.SEASON)),
        ("Ctrl+PgUp", tools.back.click),
        ("Ctrl+PgDown", tools.forth.click),
        ("Ctrl+T", tools.now.click),
        ("Ctrl+Е", tools.now.click),  # the same key in the Russian layout
        ("Ctrl+L", tools.listing.toggle),
        ("Ctrl+Д", tools.listing.toggle),
        ("Alt+Return", tools.card.toggle),
        ("F3", partial(desk.step_found, 1)),
        ("Shift+F3", partial(desk.step_found, -1)),
        ("F4", desk.place_wanted.emit),
        ("F6", desk.switch_side),
        ("F8", desk.next_doubt),
    )
