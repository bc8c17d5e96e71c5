"""Exams are moved by mouse and by keyboard; the store holds what the board shows."""

from datetime import date, datetime, timedelta

from conftest import EXAM_DAY
from PySide6.QtCore import Qt

from demoexam.rules.terms import SessionState
from demoexam.ui.schedule.geometry import Scale
from demoexam.ui.tokens import Tone

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
MONDAY = date(2026, 6, 22)


def test_a_drag_moves_the_exam_to_another_day_and_workshop_as_one_operation(desk):
    first, other = desk.season.first, desk.season.other
    desk.drag(desk.middle(first), desk.cell(other, MONDAY))
    stored = desk.stored(first)
    assert (stored.workshop_id, stored.starts_at) == (other.id, datetime(2026, 6, 22, 9))
    assert stored.preparation_day == date(2026, 6, 19)
    desk.workspace.undo()
    desk.settle()
    assert desk.stored(first).starts_at == datetime(2026, 6, 18, 9)
    assert desk.timeline.board.chips[first.id].starts_at == datetime(2026, 6, 18, 9)


def test_a_bad_place_tells_its_reason_at_the_cursor_and_takes_no_drop(desk):
    first, second, other = desk.season.first, desk.season.second, desk.season.other
    desk.drag(desk.middle(first), desk.cell(other, EXAM_DAY + timedelta(days=1)), drop=False)
    ghost = desk.timeline.mouse.ghost
    assert ghost.tone == Tone.BAD
    assert "ИС-42" in ghost.reason
    assert Tone.OK in ghost.tints.values()
    place = desk.cell(other, EXAM_DAY + timedelta(days=1))
    desk.qtbot.mouseRelease(desk.timeline.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.settle()
    assert desk.stored(first).starts_at.date() == EXAM_DAY
    assert desk.stored(second).starts_at.date() == EXAM_DAY + timedelta(days=1)


def test_escape_gives_a_drag_up(desk):
    first = desk.season.first
    desk.drag(desk.middle(first), desk.cell(desk.season.other, MONDAY), drop=False)
    assert desk.timeline.mouse.dragging
    desk.key(Key.Key_Escape)
    assert not desk.timeline.mouse.dragging
    desk.qtbot.mouseRelease(
        desk.timeline.viewport(),
        Qt.MouseButton.LeftButton,
        pos=desk.cell(desk.season.other, MONDAY),
    )
    desk.settle()
    assert desk.stored(first).starts_at.date() == EXAM_DAY


def test_alt_and_arrows_move_the_exam_by_days_and_workshops(desk):
    first = desk.season.first
    desk.choose(first)
    desk.key(Key.Key_Left, ALT)
    assert desk.stored(first).starts_at == datetime(2026, 6, 17, 9)
    desk.key(Key.Key_Down, ALT)
    assert desk.stored(first).workshop_id == desk.season.other.id
    assert desk.timeline.selection.chosen == {first.id}


def test_in_the_hours_of_a_day_alt_and_arrows_move_by_a_quarter_of_an_hour(desk):
    first = desk.season.first
    desk.choose(first)
    desk.page.tools.scale.chosen.emit(Scale.DAY)
    desk.settle()
    assert desk.timeline.board.day == EXAM_DAY
    desk.key(Key.Key_Right, ALT)
    assert desk.stored(first).starts_at == datetime(2026, 6, 18, 9, 15)


def test_what_the_rules_forbid_by_mouse_they_forbid_by_keyboard(desk):
    first = desk.season.first
    desk.choose(first)
    desk.key(Key.Key_Right, ALT)
    assert desk.stored(first).starts_at.date() == EXAM_DAY
    assert "ИС-42" in desk.timeline.bubble[2]
    assert "ИС-42" in desk.timeline.accessibleDescription()


def test_a_pinned_exam_stays(desk):
    first = desk.season.first
    desk.choose(first)
    desk.key(Key.Key_P)
    assert desk.stored(first).pinned
    desk.key(Key.Key_Left, ALT)
    desk.drag(desk.middle(first), desk.cell(desk.season.other, MONDAY))
    assert desk.stored(first).starts_at.date() == EXAM_DAY
    assert "закреплён" in desk.timeline.bubble[2]
    desk.key(Key.Key_P)
    assert not desk.stored(first).pinned


def test_exams_go_to_the_strip_and_back_by_mouse(desk):
    first, strip = desk.season.first, desk.page.panel.strip
    view = desk.timeline.viewport()
    place = view.mapFromGlobal(strip.mapToGlobal(strip.rect().center()))
    desk.drag(desk.middle(first), place)
    assert desk.stored(first).starts_at is None
    assert desk.stored(first).state is SessionState.DRAFT
    assert {chip.title for chip in strip.chips} == {"ИС-41", "ИС-43"}
    box = next(box for number, box in strip._boxes() if strip.chips[number].id == first.id)
    there = strip.mapFromGlobal(view.mapToGlobal(desk.cell(desk.season.one, MONDAY)))
    desk.drag(box.center().toPoint(), there, source=strip)
    assert desk.stored(first).starts_at == datetime(2026, 6, 22, 9)


def test_exams_go_to_the_strip_and_back_by_keyboard(desk):
    first, strip = desk.season.first, desk.page.panel.strip
    desk.choose(first)
    desk.key(Key.Key_Delete)
    assert desk.stored(first).starts_at is None
    desk.timeline.go_to_day(MONDAY)
    strip.setFocus()
    desk.key(Key.Key_End, widget=strip)
    desk.key(Key.Key_Home, widget=strip)
    assert strip.current_id() == first.id
    desk.key(Key.Key_Up, ALT, widget=strip)
    assert desk.stored(first).starts_at == datetime(2026, 6, 22, 9)
    assert desk.stored(first).workshop_id == desk.season.one.id
