"""What a coordinator meets in an afternoon of planning: words, focus, and what stays in sight."""

from datetime import date, timedelta

from conftest import EXAM_DAY, Builder
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from demoexam.services.plan.attention import needs
from demoexam.services.plan.check import findings
from demoexam.ui.dialogs.free_dialog import FreeDialog
from demoexam.ui.schedule.inspector_parts import FindingBox

MONDAY = date(2026, 6, 22)


def in_sight(desk, sitting):
    """The corner of the exam's chip lies within the board's window."""
    return desk.timeline.viewport().rect().contains(desk.middle(sitting))


def done(desk):
    told = []
    desk.workspace.performed.connect(told.append)
    return told


def test_an_exam_from_the_strip_is_seen_in_the_hand_named_and_left_where_it_fell(desk):
    told, waiting, strip = done(desk), desk.season.waiting, desk.page.panel.strip
    place = desk.timeline.horizontalScrollBar().value()
    start = strip._boxes()[0][1].center().toPoint()
    target = strip.mapFromGlobal(
        desk.timeline.viewport().mapToGlobal(desk.cell(desk.season.other, MONDAY))
    )
    desk.drag(start, target, source=strip, drop=False)
    assert desk.timeline.mouse.ghost.chip.id == waiting.id
    desk.qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=target)
    desk.settle()
    assert told == ["перенос ИС-43 на 22\N{NO-BREAK SPACE}июня"]
    assert desk.stored(waiting).starts_at.date() == MONDAY
    assert desk.timeline.selection.current == waiting.id
    assert desk.timeline.horizontalScrollBar().value() == place


def test_a_way_out_is_named_followed_on_the_board_and_leaves_the_keyboard_there(desk):
    told, waiting = done(desk), desk.season.waiting
    strip = desk.page.panel.strip
    desk.page.go_to({"day": date(2026, 2, 2)})
    strip.setFocus()
    strip.pointed.emit(waiting.id)
    found = desk.page.inspector
    desk.qtbot.waitUntil(lambda: bool(ways(found)))
    button = ways(found)[0]
    button.setFocus()
    desk.qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not button.isEnabled()  # it tells of what was before
    desk.settle()
    assert desk.stored(waiting).starts_at is not None
    assert len(told) == 1
    assert told[0].startswith("ИС-43: на ")
    assert QApplication.focusWidget() is desk.timeline
    assert in_sight(desk, waiting)


def ways(inspector):
    boxes = inspector.findChildren(FindingBox)
    return [one for box in boxes for one in box.findChildren(QPushButton) if one.isVisible()]


def test_an_undo_shows_where_the_chosen_exam_has_come_back_to(desk):
    first = desk.season.first
    desk.choose(first)
    desk.page.shift(70)
    desk.settle()
    assert desk.stored(first).starts_at.date() == EXAM_DAY + timedelta(days=70)
    assert in_sight(desk, first)
    desk.workspace.undo()
    desk.settle()
    assert in_sight(desk, first)


def test_the_next_contradiction_is_told_where_there_is_none(desk):
    desk.key(Qt.Key.Key_F8)
    assert desk.timeline.bubble[2] == "Противоречий в этом году нет."


def test_an_exam_without_a_date_is_led_to_the_strip_it_is_placed_from(desk):
    with desk.workspace.store.transaction("ещё один") as session:
        make = Builder(session)
        for name in ("АА-1", "ЯЯ-9"):
            group = make.group(name=name, examinees=3)
            make.sitting(group, starts_at=None, ends_at=None, preparation_day=None)
    desk.workspace.announce(frozenset({"exam_session"}))
    desk.settle()
    found = desk.workspace.read(lambda session: needs_of(session, "ЯЯ-9"))
    assert found.page == "schedule"
    desk.window.open_page(found.page, found.place)
    desk.settle()
    assert desk.page.panel.strip.current_id() == found.place["id"]
    assert desk.page.chosen()[0].title == "ЯЯ-9"


def needs_of(session, title):
    today = date(2026, 6, 1)
    found = needs(session, findings(session, today=today), today)
    return next(one for one in found if one.title.startswith(title))


def test_who_is_free_is_asked_for_the_chosen_exam(desk):
    strip = desk.page.panel.strip
    strip.setFocus()
    strip.pointed.emit(desk.season.waiting.id)
    desk.page.find_free()
    desk.settle()
    dialog = desk.window.findChildren(FreeDialog)[-1]
    wanted = dialog.form.wanted()
    assert (wanted.kit_id, wanted.people) == (desk.season.waiting.kit_id, 5)
    dialog.reject()


def test_the_way_back_from_an_exam_leads_to_the_board_it_was_opened_from(desk):
    desk.choose(desk.season.first)
    desk.key(Qt.Key.Key_Return)
    assert desk.window.page is not desk.page
    assert "без даты" not in desk.window.top.title.text()
    desk.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier, widget=desk.window)
    assert desk.window.page is desk.page
    assert desk.timeline.selection.current == desk.season.first.id
    desk.key(Qt.Key.Key_Return)
    desk.window.commands.turn_to("exams")
    desk.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier, widget=desk.window)
    assert desk.window.page.TITLE == "Экзамены"
    assert not desk.window.page.shows_card()
