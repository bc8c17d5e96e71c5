"""What can be done with the bookings of a week, the same from the picture and from the list."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from demoexam.errors import UserError
from demoexam.rules.plan import Slot
from demoexam.rules.terms import BookingPurpose
from demoexam.services.bookings.bookings import Booked, change_booking, delete_booking
from demoexam.services.bookings.checks import TimeTaken, slot_words
from demoexam.services.bookings.facts import Standing
from demoexam.services.bookings.week import Week
from demoexam.ui.bookings.booking_dialog import BookingDialog
from demoexam.ui.bookings.closing_dialog import ClosingDialog
from demoexam.ui.bookings.week_view import movable
from demoexam.ui.bookings.words import operation
from demoexam.ui.cards import Action
from demoexam.ui.workspace import Workspace

OF_EXAM = "Это время занял экзамен: его переносят в карточке экзамена."


class BookingActions(QObject):
    """Speaks through `told`: a sentence (empty: all is well) and what can be done about it."""

    exam_opened = Signal(str)
    written = Signal(str)  # the id of the booking that was made or changed
    told = Signal(str, object)  # words, a list of Actions

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._widget = workspace, parent
        self._moving: Standing | None = None
        self.week: Week | None = None

    def create(self, slot: Slot) -> None:
        """The form of a new booking."""
        if self.week is None:
            return
        dialog = BookingDialog(
            self._workspace, self._widget.window(), workshop_id=self.week.workshop_id,
            workshop=self.week.name, slot=slot,
        )  # fmt: skip
        self._show(dialog)

    def close_period(self, slot: Slot) -> None:
        """The form that closes the workshop."""
        if self.week is not None:
            self._show(ClosingDialog(
                self._workspace, self._widget.window(), workshop_id=self.week.workshop_id,
                day=slot[0].date(),
            ))  # fmt: skip

    def open(self, ident: str) -> None:
        """The exam's card, or the form of the booking."""
        one = self._find(ident)
        if one is None or self.week is None:
            return
        if one.is_exam:
            self.exam_opened.emit(ident)
        elif movable(one):
            facts: dict[str, Any] = {
                "workshop_id": self.week.workshop_id, "values": values_of(one),
            }  # fmt: skip
            window = self._widget.window()
            if one.purpose is BookingPurpose.CLOSED:
                self._show(ClosingDialog(self._workspace, window, record_id=ident, **facts))
            else:
                self._show(BookingDialog(
                    self._workspace, window, record_id=ident, workshop=self.week.name, **facts
                ))  # fmt: skip
        else:
            self.told.emit(OF_EXAM, [])

    def move(self, ident: str, slot: Slot) -> None:
        """Ask for another time of one booking; a refusal is told with a free slot."""
        one = self._find(ident)
        if one is None or self.week is None:
            return
        if not movable(one):
            go = Action("Открыть экзамен", partial(self.exam_opened.emit, ident))
            self.told.emit(OF_EXAM, [go] if one.is_exam else [])
            return
        self._moving = one
        self._workspace.perform(
            change_booking, operation=operation("перенос брони", one.purpose, self.week.name, slot),
            on_done=self._moved, on_refused=self._refuse, booking_id=ident, starts_at=slot[0],
            ends_at=slot[1],
        )  # fmt: skip

    def delete(self, ident: str) -> None:
        """Take a booking off at once, with undo; of a series it is asked how much of it."""
        one = self._find(ident)
        if one is None or not movable(one):
            self.told.emit(OF_EXAM if one else "", [])
        elif one.series:
            self._ask_series(one)
        else:
            self._delete(one, following=False)

    def _delete(self, one: Standing, *, following: bool) -> None:
        name = self.week.name if self.week else ""
        words = operation("удаление брони", one.purpose, name, one.slot)
        self._workspace.perform(
            delete_booking, operation=words + (" и следующие" if following else ""),
            on_done=self._gone, on_refused=self._refuse, booking_id=one.id, following=following,
        )  # fmt: skip

    def _ask_series(self, one: Standing) -> None:
        box = QMessageBox(self._widget.window())
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Удаление")
        box.setText("Бронь повторяется каждую неделю. Удалить только эту?")
        box.setInformativeText("Вернуть можно: Ctrl+Z или «Отменить» внизу окна.")
        role = QMessageBox.ButtonRole
        only = box.addButton("Только эту", role.AcceptRole)
        rest = box.addButton("Эту и следующие", role.AcceptRole)
        no = box.addButton("Оставить", role.RejectRole)
        box.setDefaultButton(only)
        box.setEscapeButton(no)
        only.clicked.connect(lambda: self._delete(one, following=False))
        rest.clicked.connect(lambda: self._delete(one, following=True))
        box.finished.connect(box.deleteLater)
        box.open()

    def _show(self, dialog: BookingDialog | ClosingDialog) -> None:
        dialog.saved.connect(self.written)
        self.told.emit("", [])
        dialog.open()

    def _find(self, ident: str) -> Standing | None:
        return self.week.find(ident) if self.week else None

    def _moved(self, booked: Booked) -> None:
        self.told.emit("", [])
        self.written.emit(booked.ids[0])

    def _gone(self, _count: object) -> None:
        self.told.emit("", [])

    def _refuse(self, error: UserError) -> None:
        free = error.free if isinstance(error, TimeTaken) else None
        actions = []
        if free is not None and self._moving is not None:
            move = partial(self.move, self._moving.id, free)
            actions.append(Action(f"Перенести: {slot_words(free)}", move))
        self.told.emit(f"{error} {error.hint}".strip(), actions)


def values_of(one: Standing) -> dict[str, object]:
    """A booking as the form takes it."""
    return {
        "workshop_id": one.workshop_id, "starts_at": one.starts_at, "ends_at": one.ends_at,
        "purpose": one.purpose, "organizer": one.title, "participants": one.participants,
        "note": one.note, "series": one.series,
    }  # fmt: skip
