"""The form of a booking: a new one, perhaps weekly; one of a series, or it and all that follow."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QWidget

from demoexam.errors import UserError
from demoexam.rules.bookings import Series
from demoexam.rules.plan import Slot
from demoexam.rules.terms import BookingPurpose
from demoexam.services.bookings.bookings import (
    Booked,
    change_booking,
    create_booking,
    delete_booking,
)
from demoexam.services.bookings.checks import TimeTaken, slot_words
from demoexam.text import short_date
from demoexam.ui.bookings.gap_list import GapList
from demoexam.ui.bookings.words import OFFERED, operation
from demoexam.ui.cards import Action
from demoexam.ui.dialogs.record_dialog import RecordDialog
from demoexam.ui.fields import ChoiceField, DateField, NumberField, TextField, TimeField
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Segments, column, label, row
from demoexam.ui.workspace import Workspace

WIDE, MOST_PEOPLE = 620, 5_000


class BookingDialog(RecordDialog):
    """`slot` is the time of a new booking; `values` are those of the row that is changed."""

    TABLE, DELETE = "workshop_booking", "удаление брони"

    def __init__(
        self, workspace: Workspace, parent: QWidget, *, workshop_id: str, workshop: str,
        slot: Slot | None = None, **facts: Any,
    ) -> None:  # fmt: skip
        self.NEW, self.CHANGE = f"бронь: {workshop}", f"правка брони: {workshop}"
        super().__init__(workspace, parent, **facts)
        self.workshop_id, self.workshop = workshop_id, workshop
        self.setMinimumWidth(WIDE)
        self.series = Series.read(self._given.get("series"))
        self.ask("purpose", "&Чем занята", ChoiceField(OFFERED))
        self.ask("organizer", "&Кто проводит", TextField("учебная часть, школа № 4, АО «Вектор»"))
        self.day, self.start, self.end = DateField(optional=False), TimeField(), TimeField()
        self.people, self.note = NumberField(0, MOST_PEOPLE), TextField()
        self.until = DateField()
        self.scope = Segments([(False, "Только эту"), (True, "Эту и следующие")], "Что изменить")
        self.gaps = GapList(workspace)
        self.gaps.refused.connect(self.refuse)
        self._lay_out()
        self._longer = timedelta(0)  # days that a booking of several days takes more
        given = self._given
        self._show_slot((given["starts_at"], given["ends_at"]) if given else slot)
        self.people.show_value(given.get("participants", 0))
        self.note.show_value(given.get("note", ""))
        if self.series is not None:
            self.gaps.show_series(self.record_id)

    def values(self) -> dict[str, Any]:
        """What the form says; without times while these are not all given."""
        words = {
            "purpose": BookingPurpose(self._fields["purpose"].value()),  # Qt keeps its text alone
            "participants": self.people.value(), "note": self.note.value(),
        }  # fmt: skip
        slot = self.slot()
        times = {} if slot is None else {"starts_at": slot[0], "ends_at": slot[1]}
        return super().values() | words | times

    def slot(self) -> Slot | None:
        day, start, end = self.day.value(), self.start.value(), self.end.value()
        if day is None or start is None or end is None:
            return None
        return datetime.combine(day, start), datetime.combine(day + self._longer, end)

    def save(self) -> None:
        self._commit_typing()
        fields = (self.day, self.start, self.end, self.until)
        wrong = next((each for each in fields if each.problem()), None)
        if wrong is not None:
            self.tell(wrong.problem())
            wrong.setFocus()
        elif self.slot() is None:
            self.tell("Укажите день, начало и конец брони.")
            empty = [each for each in (self.day, self.start, self.end) if each.value() is None]
            empty[0].setFocus()
        else:
            super().save()

    def write(self, values: Mapping[str, Any]) -> None:
        slot = values["starts_at"], values["ends_at"]
        verb = "бронь" if not self.record_id else "правка брони"
        words = operation(verb, values["purpose"], self.workshop, slot)
        self.ok_button.setEnabled(False)
        if self.record_id:
            changed = {name: one for name, one in values.items() if one != self._given.get(name)}
            self.workspace.perform(
                change_booking, operation=words + self._scope_words(), on_done=self.take,
                on_refused=self.refuse, booking_id=self.record_id, following=self._following(),
                **changed,
            )  # fmt: skip
            return
        until = self.until.value()
        weekly = f", еженедельно до {short_date(until)}" if until else ""
        self.workspace.perform(
            create_booking, operation=words + weekly, on_done=self.take,
            on_refused=self.refuse, workshop_id=self.workshop_id, until=until, **values,
        )  # fmt: skip

    def take(self, booked: Booked) -> None:
        """Written; what was skipped is told, with a way to add it all the same."""
        self.saved.emit(booked.ids[0])
        if not booked.skipped:
            self.accept()
            return
        self.record_id = booked.ids[0]
        self.form.setEnabled(False)
        self._inner.setEnabled(False)
        self.tell(str(booked), Tone.WARN)
        self.gaps.show_series(self.record_id)
        self._finish_by_closing()

    def refuse(self, error: UserError) -> None:
        free = error.free if isinstance(error, TimeTaken) else None
        actions = (
            [Action(f"Взять {slot_words(free)}", lambda: self._take_free(free))] if free else []
        )
        self.tell(f"{error} {error.hint}".strip(), Tone.BAD, *actions)

    def tell(self, text: str, tone: str = Tone.BAD, *actions: Action) -> None:
        """The window grows with what is told; the fields keep their height."""
        before, first = self.height(), not self.strip.isVisible()
        if first:
            self._inner.setMinimumHeight(self._inner.height())
        super().tell(text, tone, *actions)
        if first:
            more = self.strip.heightForWidth(self.strip.width() or self.width())
            self.resize(self.width(), before + max(more, self.strip.sizeHint().height()) + 24)

    def delete(self) -> None:
        slot = self._given["starts_at"], self._given["ends_at"]
        words = operation(self.DELETE, self._given["purpose"], self.workshop, slot)
        self.workspace.perform(
            delete_booking, operation=words + self._scope_words(), on_done=self._close,
            on_refused=self.refuse, booking_id=self.record_id, following=self._following(),
        )  # fmt: skip

    def _take_free(self, free: Slot) -> None:
        self._show_slot(free)
        self.save()

    def _show_slot(self, slot: Slot | None) -> None:
        if slot is None:
            self.day.show_value(date.today())
            return
        self._longer = slot[1].date() - slot[0].date()
        self.day.show_value(slot[0].date())
        self.start.show_value(slot[0].time())
        self.end.show_value(slot[1].time())

    def _following(self) -> bool:
        return self.series is not None and bool(self.scope.value())

    def _scope_words(self) -> str:
        return " и следующие" if self._following() else ""

    def _finish_by_closing(self) -> None:
        self.cancel_button.hide()
        self.ok_button.setText("Закрыть")
        self.ok_button.clicked.disconnect()
        self.ok_button.clicked.connect(self.accept)
        self.ok_button.setEnabled(True)
        self.ok_button.setFocus()

    def _lay_out(self) -> None:
        """Times in one line, below what is asked one under another."""
        weekly = named("Ка&ждую неделю до (пусто — один раз)", self.until)
        several = self._given and self._given["ends_at"].date() > self._given["starts_at"].date()
        ends = f"Коне&ц ({short_date(self._given['ends_at'].date())})" if several else "Коне&ц"
        self._inner = QWidget()
        self._inner.setLayout(column(
            row(named("&День", self.day), named("&Начало", self.start), named(ends, self.end)),
            row(named("&Участников", self.people), weekly),
            named("&Примечание", self.note), spacing=8,
        ))  # fmt: skip
        self._inner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        weekly.setVisible(not self.record_id)
        self.below.addWidget(self._inner)
        self.below.addWidget(self.scope)
        self.scope.setVisible(self.series is not None)
        self.below.addWidget(self.gaps)


def named(title: str, field: QWidget) -> QWidget:
    """A caption over its field; the letter after & leads to it."""
    box, caption = QWidget(), label(title, "muted")
    caption.setBuddy(field)
    field.setAccessibleName(title.replace("&", ""))
    box.setLayout(column(caption, field, spacing=3))
    return box
