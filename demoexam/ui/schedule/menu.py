"""What can be done to the chosen exams: the same menu by the right button and by F2."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QMenu, QWidget

from demoexam.services.season.season import Chip
from demoexam.ui import icons
from demoexam.ui.schedule.drag import why_fixed


class Deeds(NamedTuple):
    """What the menu's lines do."""

    open: Callable[[], object]
    pin: Callable[[], object]
    place: Callable[[], object]
    take_off: Callable[[], object]
    shift: Callable[[], object]
    choose_day: Callable[[], object]
    choose_week: Callable[[], object]
    copy_day: Callable[[], object]
    create: Callable[[], object]
    open_week: Callable[[], object]
    print_day: Callable[[], object]


def exam_menu(parent: QWidget, chips: Sequence[Chip], deeds: Deeds) -> QMenu:
    """For the chosen exams, or for an empty cell when none is chosen."""
    menu = QMenu(parent)
    fixed = bool(why_fixed(chips)) or not chips
    pinned = bool(chips) and all(chip.pinned for chip in chips)
    _line(menu, "Открыть экзамен\tEnter", deeds.open, "clipboard-check", len(chips) == 1)
    _line(menu, "Новый экзамен здесь\tIns", deeds.create, "plus")
    _line(menu, "Брони мастерской на этой неделе\tB", deeds.open_week, "wrench")
    menu.addSeparator()
    _line(menu, "Открепить\tP" if pinned else "Закрепить\tP", deeds.pin, "pin", bool(chips))
    _line(menu, "Поставить на день и час…\tF4", deeds.place, "arrow-right", not fixed)
    _line(menu, "Сдвинуть на несколько дней…\tS", deeds.shift, "calendar-range", not fixed)
    _line(menu, "Убрать в «Не назначены»\tDel", deeds.take_off, "x", not fixed)
    menu.addSeparator()
    _line(menu, "Выбрать весь день\tD", deeds.choose_day, "calendar")
    _line(menu, "Выбрать всю неделю\tW", deeds.choose_week, "calendar-range")
    _line(menu, "Копировать день…\tC", deeds.copy_day, "copy")
    _line(menu, "Печать пакета дня…\tCtrl+P", deeds.print_day, "printer", bool(chips))
    return menu


def _line(
    menu: QMenu, text: str, run: Callable[[], object], icon: str, enabled: bool = True
) -> None:
    action = menu.addAction(icons.icon(icon), text)
    action.setEnabled(enabled)
    action.triggered.connect(lambda _on=False: run())
