"""From the board of the season to the week of a workshop."""

from datetime import timedelta

from conftest import EXAM_DAY
from PySide6.QtCore import QPoint


def test_the_menu_leads_to_the_bookings_of_the_workshop_under_the_cursor(desk):
    desk.choose(desk.season.second)
    page = desk.page
    page.show_menu(QPoint(0, 0))
    line = next(one for one in page.menu.actions() if one.text().startswith("Брони мастерской"))
    line.trigger()
    page.menu.close()
    workshops = desk.window.page
    desk.qtbot.waitUntil(lambda: workshops.board.week is not None)
    assert workshops.heading.title == "Мастерская Б"
    assert [one.title for one in workshops.board.week.standing] == ["ИС-42"]
    assert workshops.board.view.cursor_slot()[0].date() == EXAM_DAY + timedelta(days=1)
    assert workshops.board.span.text() == "15–20 июня 2026"
