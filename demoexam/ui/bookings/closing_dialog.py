"""The form that closes a workshop for a period, and tells first what that displaces."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import partial
from html import escape
from typing import Any

from PySide6.QtWidgets import QWidget

from demoexam.rules.bookings import LAST_MINUTE
from demoexam.rules.terms import BookingPurpose
from demoexam.services.bookings.closing import Effect, close_workshop, effect_of_closing
from demoexam.text import counted
from demoexam.ui.dialogs.record_dialog import RecordDialog
from demoexam.ui.fields import DateField, TextField, TimeField
from demoexam.ui.tokens import Tone
from demoexam.ui.workspace import Workspace

WIDE = 560
TOLD = 4  # displaced exams and bookings named one by one


class ClosingDialog(RecordDialog):
    """Both hours empty: whole days."""

    TABLE, NEW = "workshop_booking", "закрытие мастерской"
    CHANGE, DELETE = "правка закрытия мастерской", "отмена закрытия мастерской"

    def __init__(
        self, workspace: Workspace, parent: QWidget, *, workshop_id: str,
        day: date | None = None, **facts: Any,
    ) -> None:  # fmt: skip
        fixed = {"workshop_id": workshop_id, "purpose": BookingPurpose.CLOSED}
        super().__init__(workspace, parent, fixed=fixed, **facts)
        self.workshop_id = workshop_id
        self._values: Mapping[str, Any] = {}
        self._warned: Mapping[str, Any] | None = None
        self.setMinimumWidth(WIDE)
        self.ask("note", "&Почему закрыта", TextField("ремонт, обслуживание оборудования"))
        self.ask("organizer", "&Кто закрыл", TextField())
        self.first, self.last = DateField(optional=False), DateField(optional=False)
        self.start, self.end = TimeField(), TimeField()
        for title, field in (
            ("&С", self.first), ("&По (пусто — один день)", self.last),
            ("&Начало (пусто — с утра)", self.start), ("К&онец (пусто — до ночи)", self.end),
        ):  # fmt: skip
            self.form.add(title, field)
        self.first.show_value(day)
        if given := facts.get("values"):
            self._show_times(given["starts_at"], given["ends_at"])

    def values(self) -> dict[str, Any]:
        first, last = self.first.value(), self.last.value() or self.first.value()
        if first is None or last is None:
            return super().values()
        start, end = self.start.value() or time(0), self.end.value() or LAST_MINUTE
        times = {
            "starts_at": datetime.combine(first, start), "ends_at": datetime.combine(last, end),
        }  # fmt: skip
        return super().values() | times

    def save(self) -> None:
        self._commit_typing()
        values = self.values()
        problems = [each.problem() for each in (self.first, self.last, self.start, self.end)]
        if any(problems):
            self.tell(next(filter(None, problems)))
        elif "starts_at" not in values:
            self.tell("Укажите, с какого дня.")
            self.first.setFocus()
        elif values["starts_at"] >= values["ends_at"]:
            self.tell("Период кончается раньше, чем начинается. Исправьте даты.")
        else:
            super().save()

    def write(self, values: Mapping[str, Any]) -> None:
        """Ask first what it displaces; the second time with the same values make it."""
        self.ok_button.setEnabled(False)
        if values == self._warned:
            self._close_workshop()
            return
        self._values = dict(values)
        self.workspace.load(
            partial(effect_of_closing, **self._facts()), self._warn, slot="closing",
            on_refused=self.refuse,
        )  # fmt: skip

    def _warn(self, effect: Effect) -> None:
        if not effect:
            self._close_workshop()
            return
        self._warned = self._values
        self.tell("<br>".join(told(effect)), Tone.WARN)
        self.ok_button.setText("Закрыть всё равно")

    def _close_workshop(self) -> None:
        self.workspace.perform(
            close_workshop, operation=self.operation, on_done=self.finish,
            on_refused=self.refuse, **self._facts(),
        )  # fmt: skip

    def _facts(self) -> dict[str, Any]:
        return {
            "record_id": self.record_id, "values": dict(self._values),
            "workshop_id": self.workshop_id, "today": date.today(),
        }  # fmt: skip

    def _show_times(self, starts: datetime, ends: datetime) -> None:
        self.first.show_value(starts.date())
        self.last.show_value(ends.date())
        whole = starts.time() == time(0) and ends.time() == LAST_MINUTE
        self.start.show_value(None if whole else starts.time())
        self.end.show_value(None if whole else ends.time())


def told(effect: Effect) -> list[str]:
    """The lines of the warning, as rich text."""
    lines = []
    if effect.exams:
        number = len({one.session_id for one in effect.exams})
        lines.append(f"<b>Нарушит {counted(number, 'экзамен', 'экзамена', 'экзаменов')}.</b>")
        lines += _some([one.reason for one in effect.exams])
        lines.append("Они уйдут из плана и будут ждать исправления.")
    if effect.bookings:
        number = len(effect.bookings)
        lines.append(f"<b>Снимет {counted(number, 'бронь', 'брони', 'броней')}.</b>")
        lines += _some([one.words for one in effect.bookings])
    return lines


def _some(texts: list[str]) -> list[str]:
    more = [f"• и ещё {len(texts) - TOLD}"] if len(texts) > TOLD else []
    return [*(f"• {escape(one)}" for one in texts[:TOLD]), *more]
