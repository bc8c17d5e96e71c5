"""A booking on the board is told beside it and opened from there by mouse and by keyboard."""

from datetime import datetime, timedelta

import pytest
from conftest import EXAM_DAY, Builder
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from demoexam.models.places import WorkshopBooking
from demoexam.rules.terms import BookingPurpose
from demoexam.ui.bookings.booking_dialog import BookingDialog
from demoexam.ui.schedule.geometry import Kind

DAY = EXAM_DAY + timedelta(days=2)


@pytest.fixture
def booked(desk):
    """A booking in the other workshop, two days after the exams."""
    with desk.workspace.store.transaction("бронь") as session:
        row = Builder(session).booking(
            desk.season.other,
            starts_at=datetime(DAY.year, DAY.month, DAY.day, 10),
            ends_at=datetime(DAY.year, DAY.month, DAY.day, 12),
            purpose=BookingPurpose.LESSONS,
            organizer="учебная часть",
        )
    desk.workspace.announce(frozenset({"workshop_booking"}))
    desk.qtbot.waitUntil(lambda: row.id in desk.timeline.board.marks)
    return row


def told(inspector):
    return " ".join(one.text() for one in inspector.booking.findChildren(QLabel))


def form(desk):
    made = desk.window.findChildren(BookingDialog)
    return next((one for one in made if one.isVisible()), None)


def test_a_click_on_a_booking_tells_of_it_and_its_button_opens_the_form(desk, booked):
    inspector = desk.page.inspector
    piece = next(one for one in desk.timeline.board.pieces[booked.id] if one.kind is Kind.MARK)
    place = desk.at(piece.x + 8, piece.y + piece.height / 2)
    desk.qtbot.mouseClick(desk.timeline.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.qtbot.waitUntil(inspector.booking.isVisible)
    assert "10:00–12:00" in told(inspector)
    assert "учебная часть" in told(inspector)
    assert desk.season.other.name in told(inspector)
    assert inspector.card is None
    desk.key(Qt.Key.Key_F6)
    assert inspector.booking.open.hasFocus()
    desk.workspace.announce(frozenset({"workshop_booking"}))  # as when a colleague writes one
    desk.settle()
    assert inspector.booking.open.hasFocus(), "told again, the booking took the keyboard away"
    desk.key(Qt.Key.Key_Return, widget=inspector.booking.open)
    desk.qtbot.waitUntil(lambda: form(desk) is not None)
    assert form(desk).record_id == booked.id
    form(desk).close()
    desk.choose(desk.season.first)
    desk.qtbot.waitUntil(lambda: inspector.card is not None)
    assert not inspector.booking.isVisible()


def test_enter_in_the_cell_of_a_booking_opens_its_form_and_what_is_written_is_seen(desk, booked):
    desk.choose(desk.season.second)
    desk.key(Qt.Key.Key_Right)
    assert desk.timeline.board.day_at(desk.timeline.selection.spot.column) == DAY
    desk.key(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: form(desk) is not None)
    made = form(desk)
    made.note.show_value("с ноутбуками")
    made.save()
    desk.settle()
    with desk.workspace.store.reading() as session:
        assert session.get(WorkshopBooking, booked.id).note == "с ноутбуками"
    assert form(desk) is None
