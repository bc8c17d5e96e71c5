"""The main window over the week of a workshop with an exam, lessons and a booking displaced."""

from datetime import date, datetime, time, timedelta

import pytest
from conftest import Builder
from PySide6.QtWidgets import QDialog
from sqlalchemy import select

from demoexam.models.places import WorkshopBooking
from demoexam.rules.terms import BookingPurpose
from demoexam.settings import LocalSettings
from demoexam.ui.main_window import MainWindow

MONDAY = date(2026, 6, 1)


def at(day, hour, minute=0):
    return datetime.combine(MONDAY + timedelta(days=day), time(hour, minute))


@pytest.fixture
def place(store):
    with store.transaction("мастерская") as session:
        make = Builder(session)
        place = make.workshop(make.college(), "Токарная № 1", places=12)
        make.booking(place, at(0, 9), at(0, 12), organizer="ТМ-31", participants=14)
        make.sitting(make.group(name="ТМ-21"), workshop=place, day=MONDAY + timedelta(days=1), at=8)
        make.workshop(make.college("Другой"), "Сварочная")
        return place.id


@pytest.fixture
def displaced(store, place):
    """A booking over which an exam was placed."""
    with store.transaction("бронь") as session:
        row = WorkshopBooking(
            workshop_id=place, starts_at=at(1, 10), ends_at=at(1, 14),
            purpose=BookingPurpose.SHARED_USE, organizer="Техникум",
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


@pytest.fixture
def window(place, workspace, qtbot):
    window = MainWindow(LocalSettings())
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window._wanted = ("workshops", {"week": place, "day": MONDAY})
    window.attach(workspace)
    qtbot.waitUntil(lambda: window.page is not None and window.page.board.week is not None)
    yield window
    window.close()


@pytest.fixture
def board(window):
    return window.page.board


class Doing:
    """Acts on the window and what is in the store afterwards."""

    def __init__(self, window, workspace, qtbot):
        self._window, self._workspace, self._qtbot = window, workspace, qtbot

    def keys(self, widget, *keys):
        """Press keys; a pair is a key with its modifier."""
        for key in keys:
            self._qtbot.keyClick(widget, *(key if isinstance(key, tuple) else (key,)))

    def written(self):
        """`with doing.written():` waits for an operation and for the week read anew."""
        return self._qtbot.waitSignals([self._workspace.performed, self._window.page.board.shown])

    def dialog(self):
        self.wait(self._dialogs)
        return self._dialogs()[0]

    def wait(self, told):
        self._qtbot.waitUntil(lambda: bool(told()))

    def stored(self):
        """(day of the week, begin, end, organizer) of the live bookings in order of time."""
        query = select(WorkshopBooking).where(WorkshopBooking.live())
        rows = self._workspace.read(
            lambda session: session.scalars(query.order_by(WorkshopBooking.starts_at)).all()
        )
        return [
            ((row.starts_at.date() - MONDAY).days, f"{row.starts_at:%H:%M}", f"{row.ends_at:%H:%M}",
             row.organizer)
            for row in rows
        ]  # fmt: skip

    def _dialogs(self):
        return [one for one in self._window.findChildren(QDialog) if one.isVisible()]


@pytest.fixture
def doing(window, workspace, qtbot):
    return Doing(window, workspace, qtbot)
