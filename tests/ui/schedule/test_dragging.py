"""While an exam is in the hand: the board scrolls at its edges, shows what is free, tells why."""

from datetime import date, datetime, time, timedelta

import pytest
from conftest import EXAM_DAY, Builder
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from demoexam.rules.placing import Move
from demoexam.services.college.college import set_target
from demoexam.ui.schedule.drag import opinion
from demoexam.ui.schedule.geometry import FIRST_HOUR, Scale, Spot
from demoexam.ui.tokens import Tone

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
LEFT, NOTHING = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
MONDAY = date(2026, 6, 22)


def drop(desk, at):
    QTest.mouseRelease(desk.timeline.viewport(), LEFT, NOTHING, at)
    desk.settle()


@pytest.mark.parametrize("right", [True, False])
def test_at_an_edge_the_board_scrolls_and_the_drop_lands_where_the_frame_is(desk, right):
    first, view = desk.season.first, desk.timeline.viewport()
    bar, before = desk.timeline.horizontalScrollBar(), desk.timeline.horizontalScrollBar().value()
    edge = view.width() - 8 if right else desk.timeline.painter.side + 8
    place = QPoint(edge, desk.middle(first).y())
    desk.drag(desk.middle(first), place, drop=False)
    far = (lambda: bar.value() > before + 400) if right else (lambda: bar.value() < before - 400)
    desk.qtbot.waitUntil(far)
    inside = QPoint(view.width() // 2, place.y())
    QTest.mouseMove(view, inside)
    desk.qtbot.wait(90)
    still = bar.value()
    desk.qtbot.wait(90)
    assert bar.value() == still
    ghost = desk.timeline.mouse.ghost
    day = desk.timeline.board.day_at(ghost.spot.column)
    assert (day > EXAM_DAY) == right
    shown = ghost.landing
    lands = desk.at(shown.left(), shown.center().y())
    assert lands.x() <= inside.x() <= lands.x() + shown.width()
    assert not ghost.reason.startswith("Здесь")
    if ghost.tone != Tone.BAD:
        drop(desk, inside)
        assert desk.stored(first).starts_at == datetime.combine(day, time(9))


def test_the_board_scrolls_down_to_workshops_out_of_sight_and_escape_stops_it(desk):
    with desk.workspace.store.transaction("мастерские") as session:
        make = Builder(session)
        college = make.college("Колледж мастерских")
        rooms = [make.workshop(college, f"Цех {number:02}") for number in range(30)]
    desk.workspace.announce(frozenset({"workshop"}))
    desk.settle()
    first, bar = desk.season.first, desk.timeline.verticalScrollBar()
    assert not bar.value()
    view = desk.timeline.viewport()
    place = QPoint(desk.cell(desk.season.one, MONDAY).x(), view.height() - 6)
    desk.drag(desk.middle(first), place, drop=False)
    desk.qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    desk.qtbot.wait(60)
    lane = desk.timeline.mouse.ghost.spot.lane
    assert lane == len(desk.timeline.board.lanes) - 1
    drop(desk, place)
    assert desk.stored(first).workshop_id == rooms[-1].id
    assert desk.stored(first).starts_at == datetime.combine(MONDAY, time(9))
    top = QPoint(place.x(), desk.timeline.painter.head + 6)
    desk.drag(desk.middle(first), top, drop=False)
    desk.qtbot.waitUntil(lambda: bar.value() < bar.maximum() - 60)
    desk.key(Key.Key_Escape)
    stands = bar.value()
    desk.qtbot.wait(90)
    assert bar.value() == stands
    drop(desk, top)
    assert desk.stored(first).workshop_id == rooms[-1].id


def hours(ghost, lane):
    """Hour -> how it is tinted, as far as the lane has been looked at."""
    return {spot.column + FIRST_HOUR: tone for spot, tone in ghost.tints.items()
            if spot.lane == lane}  # fmt: skip


def test_the_hours_of_a_day_are_green_where_an_exam_may_begin_and_tell_why_not(desk):
    first, second = desk.season.first, desk.season.second
    day = EXAM_DAY + timedelta(days=1)
    desk.page.desk.show_scale(Scale.DAY)
    desk.timeline.go_to_day(day)
    desk.settle()
    other = desk.season.other
    waiting = desk.season.waiting
    strip, view = desk.page.panel.strip, desk.timeline.viewport()
    number = next(n for n, chip in enumerate(strip.chips) if chip.id == waiting.id)
    start = dict(strip._boxes())[number].center().toPoint()
    lane = desk.timeline.board.lane_of(other.id)
    wide, top = desk.timeline.board.metrics.column, desk.timeline.board.tops[lane]

    def hour(number):
        at = desk.at((number - FIRST_HOUR) * wide + 22, top + 20)
        return strip.mapFromGlobal(view.mapToGlobal(at))

    desk.drag(start, hour(10), drop=False, source=strip)
    ghost = lambda: desk.timeline.mouse.ghost  # noqa: E731 -- made anew with every move
    desk.qtbot.waitUntil(lambda: {*range(9, 15)} <= hours(ghost(), lane).keys())
    assert ghost().chip.id == waiting.id
    assert ghost().tone == Tone.BAD
    assert "ИС-42" in ghost().reason
    tints = hours(ghost(), lane)
    assert tints[14] == Tone.OK
    assert Tone.OK not in {tints[at] for at in (9, 10, 11, 12)}
    QTest.mouseMove(strip, hour(14))
    desk.qtbot.waitUntil(lambda: "14:00" in ghost().reason)
    assert ghost().tone != Tone.BAD
    QTest.mouseRelease(strip, LEFT, NOTHING, hour(14))
    desk.settle()
    assert desk.stored(waiting).starts_at == datetime.combine(day, time(14))
    assert desk.stored(second).starts_at == datetime.combine(day, time(9))
    assert desk.stored(first).starts_at.date() == EXAM_DAY


def test_what_waits_is_put_after_the_exam_of_that_day_and_the_reason_is_told(desk):
    waiting, timeline, strip = desk.season.waiting, desk.timeline, desk.page.panel.strip
    lane = timeline.board.lane_of(desk.season.one.id)
    column = timeline.board.column_of(datetime.combine(EXAM_DAY, time()))
    timeline.selection.stand(timeline.board, Spot(lane, column))
    strip.setFocus()
    desk.key(Key.Key_Return, widget=strip)
    assert desk.stored(waiting).starts_at == datetime.combine(EXAM_DAY, time(13, 30))
    told = "Начало в 13:30: до 12:30 здесь ИС-41 и 60 мин на подготовку мест."
    assert timeline.bubble[2] == told
    assert timeline.accessibleDescription() == told


def test_by_mouse_it_gets_the_same_hour_and_the_cursor_tells_it_before_the_drop(desk):
    waiting, strip, view = desk.season.waiting, desk.page.panel.strip, desk.timeline.viewport()
    place = desk.cell(desk.season.one, EXAM_DAY)
    there = strip.mapFromGlobal(view.mapToGlobal(place))
    number = next(n for n, chip in enumerate(strip.chips) if chip.id == waiting.id)
    start = dict(strip._boxes())[number].center().toPoint()
    desk.drag(start, there, drop=False, source=strip)
    assert "13:30" in desk.timeline.mouse.ghost.reason
    assert "здесь ИС-41" in desk.timeline.mouse.ghost.reason
    QTest.mouseRelease(strip, LEFT, NOTHING, there)
    desk.settle()
    assert desk.stored(waiting).starts_at == datetime.combine(EXAM_DAY, time(13, 30))
    assert desk.stored(waiting).workshop_id == desk.season.one.id


def test_an_exam_from_the_strip_is_given_up_by_escape(desk):
    waiting, strip, view = desk.season.waiting, desk.page.panel.strip, desk.timeline.viewport()
    there = strip.mapFromGlobal(view.mapToGlobal(desk.cell(desk.season.one, MONDAY)))
    strip.setFocus()
    start = strip._boxes()[0][1].center().toPoint()
    desk.drag(start, there, drop=False, source=strip)
    assert desk.timeline.mouse.dragging
    desk.key(Key.Key_Escape, widget=strip)
    assert not desk.timeline.mouse.dragging
    QTest.mouseRelease(strip, LEFT, NOTHING, there)
    desk.settle()
    assert desk.stored(waiting).starts_at is None


def test_an_exam_that_takes_the_share_below_its_target_says_so(desk):
    waiting, room = desk.season.waiting, desk.season.other
    with desk.workspace.store.transaction("цель") as session:
        make = Builder(session)
        set_target(session, year=EXAM_DAY.year, percent=100)
        make.assignment(waiting, make.expert(None, make.college("Колледж связи")))
    desk.workspace.announce(frozenset({"assignment", "share_target"}))
    desk.settle()
    known = Move(waiting.id, room.id, datetime.combine(MONDAY, time(9)))
    desk.qtbot.waitUntil(lambda: _told(desk, known).tone == Tone.WARN)
    assert "Доля экспертов от работодателей за 2026 год станет" in _told(desk, known).words


def _told(desk, move):
    return opinion(desk.timeline.board, desk.timeline.judge, [move])
