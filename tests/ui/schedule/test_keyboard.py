"""Everything that the mouse does on the board is done by the keyboard, in the list too."""

from datetime import date, datetime, timedelta

from conftest import EXAM_DAY, Builder
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from demoexam.ui.schedule.geometry import Spot

Key = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_arrows_walk_over_cells_and_exams(desk):
    timeline, first, second = desk.timeline, desk.season.first, desk.season.second
    assert timeline.selection.spot == Spot(0, timeline.board.column_of(datetime(2026, 6, 15)))
    for _ in range(3):
        desk.key(Key.Key_Right)
    assert timeline.selection.current == first.id
    desk.key(Key.Key_Right, SHIFT)
    assert timeline.selection.chosen == {first.id}
    desk.key(Key.Key_Down, SHIFT)
    assert timeline.selection.chosen == {first.id, second.id}
    assert desk.page.desk.bars.bulk.isVisible()
    desk.key(Key.Key_Escape)
    assert not timeline.selection.chosen
    desk.key(Key.Key_Home, CONTROL)
    assert timeline.selection.current == first.id
    desk.key(Key.Key_End, CONTROL)
    assert timeline.selection.current == second.id
    desk.key(Key.Key_PageUp)
    assert timeline.selection.spot.lane == 0
    desk.key(Key.Key_Right, CONTROL)
    assert timeline.selection.spot.lane == 0


def test_the_keyboard_chooses_what_clicks_and_the_rubber_band_choose(desk):
    timeline, first, second = desk.timeline, desk.season.first, desk.season.second
    view, left = timeline.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(view, left, Qt.KeyboardModifier.NoModifier, desk.middle(first))
    QTest.mouseClick(view, left, CONTROL, desk.middle(second))
    assert timeline.selection.chosen == {first.id, second.id}
    desk.drag(
        desk.cell(desk.season.one, EXAM_DAY - timedelta(days=3)),
        desk.cell(desk.season.other, EXAM_DAY + timedelta(days=2)),
    )
    assert timeline.selection.chosen == {first.id, second.id}
    timeline.selection.clear()
    desk.key(Key.Key_A, CONTROL)
    assert timeline.selection.chosen == {first.id, second.id}
    desk.choose(first)
    desk.key(Key.Key_Space)
    assert not timeline.selection.chosen
    desk.key(Key.Key_W)
    assert timeline.selection.chosen == {first.id, second.id}
    desk.key(Key.Key_D)
    assert timeline.selection.chosen == {first.id}


def test_a_week_is_shifted_and_a_day_is_copied_without_a_dialog(desk):
    first, second, bars = desk.season.first, desk.season.second, desk.page.desk.bars
    desk.choose(first)
    desk.key(Key.Key_W)
    desk.page.show_menu(desk.timeline.menu_place())
    shift = next(one for one in desk.page.menu.actions() if one.text().startswith("Сдвинуть"))
    shift.trigger()
    desk.page.menu.close()
    assert bars.bulk.days.hasFocus()
    desk.key(Key.Key_Return, widget=bars.bulk.days)
    assert desk.stored(first).starts_at == datetime(2026, 6, 25, 9)
    assert desk.stored(second).starts_at == datetime(2026, 6, 26, 9)
    desk.choose(first)
    desk.key(Key.Key_C)
    assert bars.copying.isVisible()
    before = set(desk.timeline.board.chips)
    told = []
    desk.workspace.refused.connect(lambda error: told.append(f"{error} {error.advice}"))
    desk.key(Key.Key_Return, widget=bars.copying.to_day)
    assert not told
    (copy,) = set(desk.timeline.board.chips) - before
    assert desk.timeline.board.chips[copy].starts_at == datetime(2026, 7, 2, 9)
    desk.workspace.undo()
    desk.settle()
    assert set(desk.timeline.board.chips) == before


def test_enter_opens_the_exam_and_f2_its_menu(desk):
    desk.choose(desk.season.first)
    desk.key(Key.Key_F2)
    texts = [one.text() for one in desk.page.menu.actions()]
    assert any(text.startswith("Закрепить") for text in texts)
    assert QApplication.activePopupWidget() is desk.page.menu
    desk.page.menu.close()
    desk.key(Key.Key_Return)
    assert desk.window.page is desk.window._pages["exams"]
    assert desk.window.page.card.exam_id == desk.season.first.id


def test_the_list_says_the_same_plan_and_moves_it(desk):
    page, plan, first = desk.page, desk.page.list, desk.season.first
    page.tools.listing.setChecked(True)
    desk.settle()
    assert plan.hasFocus()
    assert plan.accessibleName() == "Расписание списком"
    model, said = plan.model(), Qt.ItemDataRole.AccessibleTextRole
    rows = [
        [str(model.data(model.index(row, column), said)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    assert len(rows) == 3
    assert any("18 июня" in row[0].replace("\N{NO-BREAK SPACE}", " ") for row in rows)
    plan.point_at(first.id)
    desk.key(Key.Key_Left, ALT, widget=plan)
    assert desk.stored(first).starts_at.date() == date(2026, 6, 17)
    assert plan.current_id() == first.id
    desk.key(Key.Key_P, widget=plan)
    assert desk.stored(first).pinned
    desk.key(Key.Key_Delete, widget=plan)
    assert desk.stored(first).starts_at is not None
    assert page.inspector.strip.isVisible()
    desk.key(Key.Key_P, widget=plan)
    desk.key(Key.Key_Delete, widget=plan)
    assert desk.stored(first).starts_at is None
    desk.key(Key.Key_F2, widget=plan)
    assert page.menu.isVisible()
    page.menu.close()


def test_a_change_elsewhere_keeps_choice_and_place(desk):
    timeline, first = desk.timeline, desk.season.first
    desk.choose(first)
    place = timeline.horizontalScrollBar().value()
    with desk.workspace.store.transaction("новый экзамен") as session:
        Builder(session).sitting(day=EXAM_DAY + timedelta(days=4))
    desk.workspace.announce(frozenset({"exam_session", "workshop"}))
    desk.settle()
    assert len(timeline.board.chips) == 3
    assert timeline.selection.chosen == {first.id}
    assert timeline.horizontalScrollBar().value() == place
