"""Each deed of the mouse on the board beside the keys that do the same; the store is compared.

A new line of a menu needs a key that the guide tells; a new signal of a view needs a line here.
"""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from conftest import EXAM_DAY
from PySide6.QtCore import QPoint, Qt, SignalInstance
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from sqlalchemy import select

from demoexam.models.exams import ExamSession
from demoexam.ui.schedule.geometry import Scale, Spot

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
NOTHING, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BEFORE, MONDAY = EXAM_DAY - timedelta(days=1), date(2026, 6, 22)
GUIDE = Path(__file__).parents[3] / "docs" / "8_keys.md"


# -- helpers --------------------------------------------------------------------------------


def click(desk, widget, at=None, keys=NOTHING):
    QTest.mouseClick(widget, LEFT, keys, at or widget.rect().center())
    desk.settle()


def line(desk, start, at=None):
    """A line of the exams' menu, opened where the right button was pressed."""
    view = desk.timeline.viewport()
    place = at or desk.middle(desk.season.first)
    QTest.mouseClick(view, Qt.MouseButton.RightButton, NOTHING, place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place))
    QApplication.sendEvent(view, event)
    found = next(one for one in desk.page.menu.actions() if one.text().startswith(start))
    found.trigger()
    desk.page.menu.close()
    desk.settle()


def both_clicked(desk):
    view = desk.timeline.viewport()
    click(desk, view, desk.middle(desk.season.first))
    click(desk, view, desk.middle(desk.season.second), CONTROL)


def strip_box(desk):
    strip = desk.page.panel.strip
    number = next(n for n, one in enumerate(strip.chips) if one.id == desk.season.waiting.id)
    return dict(strip._boxes())[number].center().toPoint()


def keys(desk, *pressed):
    """Keys where the keyboard is, with modifiers as pairs."""
    for one in pressed:
        key, modifiers = one if isinstance(one, tuple) else (one, NOTHING)
        desk.key(key, modifiers, desk.window.focusWidget() or desk.timeline)


# -- what is written ------------------------------------------------------------------------


def drag_to_cell(desk):
    desk.drag(desk.middle(desk.season.first), desk.cell(desk.season.other, BEFORE))


def key_to_cell(desk):
    desk.choose(desk.season.first)
    keys(desk, (Key.Key_Left, ALT), (Key.Key_Down, ALT))


def drag_over_hours(desk):
    desk.choose(desk.season.first)
    desk.page.desk.show_scale(Scale.DAY)
    desk.settle()
    start = desk.middle(desk.season.first)
    desk.drag(start, start + QPoint(desk.timeline.board.metrics.column, 0))


def key_over_hours(desk):
    desk.choose(desk.season.first)
    keys(desk, (Key.Key_1, ALT), *[(Key.Key_Right, ALT)] * 4)


def drag_to_strip(desk):
    strip, view = desk.page.panel.strip, desk.timeline.viewport()
    there = view.mapFromGlobal(strip.mapToGlobal(strip.rect().center()))
    desk.drag(desk.middle(desk.season.first), there)


def key_to_strip(desk):
    desk.choose(desk.season.first)
    keys(desk, Key.Key_Delete)


def drag_from_strip(desk):
    strip, view = desk.page.panel.strip, desk.timeline.viewport()
    there = strip.mapFromGlobal(view.mapToGlobal(desk.cell(desk.season.one, EXAM_DAY)))
    desk.drag(strip_box(desk), there, source=strip)


def key_from_strip(desk):
    board = desk.timeline.board
    column = board.column_of(datetime.combine(EXAM_DAY, time()))
    desk.timeline.selection.stand(board, Spot(board.lane_of(desk.season.one.id), column))
    desk.page.panel.strip.setFocus()
    keys(desk, Key.Key_Return)


def drag_several(desk):
    both_clicked(desk)
    desk.drag(desk.middle(desk.season.first), desk.cell(desk.season.one, BEFORE))


def click_week(desk):
    both_clicked(desk)
    click(desk, desk.page.desk.bars.bulk.shift)


def menu_pin(desk):
    line(desk, "Закрепить")


def menu_copy(desk):
    line(desk, "Копировать день")
    click(desk, desk.page.desk.bars.copying.copy)


def menu_place(desk):
    line(desk, "Поставить")
    bar = desk.page.desk.bars.placing
    click(desk, bar.workshop)
    bar.workshop.setCurrentIndex(bar.workshop.findData(desk.season.other.id))
    bar.workshop.hidePopup()
    bar.day.setDate(bar.day.date().addDays(-1))
    click(desk, bar.put)


def key_place(desk):
    desk.choose(desk.season.first)
    keys(desk, Key.Key_F4, Key.Key_Down)
    bar = desk.page.desk.bars.placing
    bar.workshop.setFocus()
    keys(desk, Key.Key_Down, Key.Key_Return)


def chosen_by(*pressed):
    def run(desk):
        desk.choose(desk.season.first)
        keys(desk, *pressed)

    return run


WRITTEN = {
    "to another cell": (drag_to_cell, key_to_cell),
    "over the hours of a day": (drag_over_hours, key_over_hours),
    "to the strip": (drag_to_strip, key_to_strip),
    "from the strip": (drag_from_strip, key_from_strip),
    "several at once": (drag_several, chosen_by((Key.Key_A, CONTROL), (Key.Key_Left, ALT))),
    "a week on": (click_week, chosen_by((Key.Key_A, CONTROL), Key.Key_S, Key.Key_Return)),
    "pinned": (menu_pin, chosen_by(Key.Key_P)),
    "a day copied": (menu_copy, chosen_by(Key.Key_C, Key.Key_Return)),
    "to a typed place": (menu_place, key_place),
}


def held(desk):
    """All exams by what the board writes, whatever the ids of new ones are."""
    with desk.workspace.store.reading() as session:
        rows = session.scalars(select(ExamSession).where(ExamSession.live())).all()
        return sorted(
            str((one.group_id, one.workshop_id, one.starts_at, one.ends_at, one.second_day,
                 one.preparation_day, one.state, one.pinned))
            for one in rows
        )  # fmt: skip


def back(desk, base):
    """Undo until the store holds what it held."""
    for _ in range(8):
        if held(desk) == base:
            break
        desk.workspace.undo()
        desk.settle()
    assert held(desk) == base
    desk.timeline.selection.clear()
    desk.page.desk.show_scale(Scale.WEEKS)
    desk.page.go_to({"day": date(2026, 6, 15)})
    desk.timeline.changed()
    desk.timeline.setFocus()


@pytest.mark.parametrize("deed", WRITTEN)
def test_the_keys_write_what_the_mouse_writes(desk, deed):
    by_mouse, by_key = WRITTEN[deed]
    base = held(desk)
    by_mouse(desk)
    wanted = held(desk)
    assert wanted != base
    back(desk, base)
    by_key(desk)
    assert held(desk) == wanted


# -- what is shown --------------------------------------------------------------------------


def seen(desk):
    """What the page shows: page, scale, first day, view, inspector, choice, menu, filter."""
    page, timeline = desk.page, desk.timeline
    return (
        desk.window.page.TITLE, timeline.scale, timeline.first_in_sight(), page.desk.listed,
        page.tools.card.isChecked(), frozenset(timeline.selection.chosen),
        page.desk.search.open, QApplication.activePopupWidget() is not None,
    )  # fmt: skip


def rubber(desk):
    start = desk.cell(desk.season.one, BEFORE - timedelta(days=1))
    desk.drag(start, desk.cell(desk.season.other, EXAM_DAY + timedelta(days=2)))


def double_click(desk):
    click(desk, desk.timeline.viewport(), desk.middle(desk.season.first))
    QTest.mouseDClick(desk.timeline.viewport(), LEFT, NOTHING, desk.middle(desk.season.first))
    desk.settle()


def of_toolbar(name):
    return lambda desk: click(desk, getattr(desk.page.tools, name))


def segment(number):
    return lambda desk: click(desk, desk.page.tools.scale.findChildren(QAbstractButton)[number])


def go(desk):
    desk.choose(desk.season.first)


def pressing(*pressed):
    return lambda desk: keys(desk, *pressed)


SHOWN = {
    "an exam chosen": (
        lambda desk: click(desk, desk.timeline.viewport(), desk.middle(desk.season.first)),
        pressing(*[Key.Key_Right] * 3),
    ),
    "many chosen": (rubber, pressing((Key.Key_A, CONTROL))),
    "a day chosen": (lambda desk: line(desk, "Выбрать весь день"), chosen_by(Key.Key_D)),
    "a week chosen": (lambda desk: line(desk, "Выбрать всю неделю"), chosen_by(Key.Key_W)),
    "a card opened": (double_click, chosen_by(Key.Key_Return)),
    "bookings opened": (lambda desk: line(desk, "Брони мастерской"), chosen_by(Key.Key_B)),
    "hours": (segment(0), pressing((Key.Key_1, ALT))),
    "the season": (segment(2), pressing((Key.Key_3, ALT))),
    "later": (of_toolbar("forth"), pressing((Key.Key_PageDown, CONTROL))),
    "earlier": (of_toolbar("back"), pressing((Key.Key_PageUp, CONTROL))),
    "the list": (of_toolbar("listing"), pressing((Key.Key_L, CONTROL))),
    "no inspector": (of_toolbar("card"), pressing((Key.Key_Return, ALT))),
}


@pytest.mark.parametrize("deed", SHOWN)
def test_the_keys_show_what_the_mouse_shows(desk, deed):
    by_mouse, by_key = SHOWN[deed]
    base = seen(desk)
    by_mouse(desk)
    wanted = seen(desk)
    assert wanted != base
    desk.window.open_page("schedule")
    desk.page.tools.listing.setChecked(False)
    desk.page.tools.card.setChecked(True)
    back(desk, held(desk))
    assert seen(desk) == base
    by_key(desk)
    assert seen(desk) == wanted


# -- nothing is left out --------------------------------------------------------------------

EMITTED_BY = {
    "Timeline": {
        "pointed": Key.Key_Right, "opened": Key.Key_Return, "moved": (Key.Key_Left, ALT),
        "taken_off": Key.Key_Delete, "pinned": Key.Key_P, "copy_wanted": Key.Key_C,
        "shift_wanted": Key.Key_S, "week_wanted": Key.Key_B, "menu_wanted": Key.Key_F2,
        "forbidden": (Key.Key_Right, ALT), "told": (Key.Key_Right, ALT),
        "scrolled": (Key.Key_PageDown, CONTROL), "booking_opened": Key.Key_Return,
    },
    "Strip": {
        "opened": (Key.Key_Return, SHIFT), "placed": Key.Key_Return, "pointed": Key.Key_Home,
        "place_wanted": Key.Key_F2,
        "picked": None, "carried": None, "dropped": None, "given_up": None,  # of the drag alone
    },
    "PlanList": {
        "opened": Key.Key_Return, "taken_off": Key.Key_Delete, "pinned": Key.Key_P,
        "carried": (Key.Key_Left, ALT), "copy_wanted": Key.Key_C, "shift_wanted": Key.Key_S,
        "week_wanted": Key.Key_B, "picked": Key.Key_Down, "menu_wanted": Key.Key_F2,
        "pointed": Key.Key_Down, "widened": None,
    },
}  # fmt: skip


def own_signals(widget):
    names = [one for kind in type(widget).__mro__ if kind.__module__.startswith("demoexam")
             for one in vars(kind)]  # fmt: skip
    return {one for one in names if isinstance(getattr(widget, one, None), SignalInstance)}


def view_of(desk, name):
    views = {"Timeline": desk.timeline, "Strip": desk.page.panel.strip, "PlanList": desk.page.list}
    return views[name]


@pytest.mark.parametrize("name", EMITTED_BY)
def test_every_signal_of_a_view_has_its_key(desk, name):
    assert own_signals(view_of(desk, name)) == set(EMITTED_BY[name])


def begin_at(desk, name):
    """The first exam under the keyboard of a view."""
    desk.window.open_page("schedule")
    back(desk, held(desk))
    desk.page.tools.listing.setChecked(name == "PlanList")
    desk.choose(desk.season.first)
    desk.page.list.point_at(desk.season.first.id)
    view_of(desk, name).setFocus()


@pytest.mark.parametrize("name", EMITTED_BY)
def test_the_key_of_a_signal_emits_it(desk, name):
    base, view = held(desk), view_of(desk, name)
    for signal, pressed in EMITTED_BY[name].items():
        if pressed is None or signal == "booking_opened":  # there is no booking here
            continue
        begin_at(desk, name)
        told = []
        slot = lambda *_, told=told: told.append(1)  # noqa: E731
        getattr(view, signal).connect(slot)
        desk.key(*(pressed if isinstance(pressed, tuple) else (pressed,)), widget=view)
        getattr(view, signal).disconnect(slot)
        if signal == "place_wanted":  # a line of the menu
            popup = QApplication.activePopupWidget()
            next(one for one in popup.actions() if one.text().startswith("Поставить на")).trigger()
            told.append(desk.page.desk.bars.placing.isVisible())
        if popup := QApplication.activePopupWidget():
            popup.close()
        assert told, f"{name}.{signal}"
        assert all(told), f"{name}.{signal}"
        back(desk, base)


def test_every_line_of_a_menu_tells_a_key_that_the_guide_knows(desk):
    guide = GUIDE.read_text("utf-8")
    desk.choose(desk.season.first)
    desk.key(Key.Key_F2)
    texts = [one.text() for one in desk.page.menu.actions() if not one.isSeparator()]
    desk.page.menu.close()
    desk.page.panel.strip.setFocus()
    desk.key(Key.Key_F2, widget=desk.page.panel.strip)
    popup = QApplication.activePopupWidget()
    texts += [one.text() for one in popup.actions()]
    popup.close()
    for text in texts:
        words, _, key = text.partition("\t")
        assert key, f"«{words}» has no key"
        assert key in guide, f"«{words}»: the guide does not tell of {key}"


def test_every_button_of_the_page_is_reached_by_tab(desk):
    tools, bars = desk.page.tools, desk.page.desk.bars
    buttons = [*tools.findChildren(QAbstractButton), *bars.findChildren(QAbstractButton)]
    own = [one for one in buttons if not one.objectName().startswith("qt_")
           and type(one).__module__.startswith("demoexam")]  # fmt: skip
    assert len(own) > 12
    assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in own)
