"""The card of a workshop: places, term, exam center, when it is taken, exams ahead."""

from PySide6.QtCore import Signal

from demoexam.rules.terms import BookingPurpose
from demoexam.services.directory.cards import WorkshopCard
from demoexam.services.experts.card import Part
from demoexam.services.records import choices
from demoexam.text import counted
from demoexam.ui.bookings.booking_dialog import BookingDialog
from demoexam.ui.bookings.closing_dialog import ClosingDialog
from demoexam.ui.dialogs.workshop_dialogs import CenterDialog, PlacesDialog
from demoexam.ui.directories.card_inspector import CardInspector
from demoexam.ui.directories.part_list import PartLine, PartList
from demoexam.ui.directories.words_field import WordsField
from demoexam.ui.fields import ChoiceField, DateField, FlagField, TextField
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, Pill, clear
from demoexam.ui.workspace import Workspace

SHOWN = 12


class WorkshopInspector(CardInspector):
    TABLE = "workshop"

    exam_opened = Signal(str)
    week_asked = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "мастерскую")
        self._card: WorkshopCard | None = None
        self._center = ChoiceField()
        self._make_form()
        self.center = PartList(
            "Центр проведения экзамена", "Новый центр проведения",
            "Не указан: без него в бумагах не будет шапки.",
        )  # fmt: skip
        self.bookings = PartList(
            "Занята и закрыта", "Закрыть на период", "Свободна, кроме экзаменов."
        )
        self.exams = PartList("Экзамены впереди", empty="Экзаменов нет.", ruled=False)
        for part in (self.form, self.center, self.bookings, self.exams):
            self.body.addWidget(part)
        self.center.adding.connect(lambda: self._edit_center(""))
        self.center.opened.connect(self._edit_center)
        self.bookings.adding.connect(lambda: self._edit_booking(""))
        self.bookings.opened.connect(self._edit_booking)
        self.exams.opened.connect(self.exam_opened)

    def show_card(self, card: WorkshopCard) -> None:
        self._card, self.record_id = card, card.id
        self.show_title(card.values["name"])
        self._show_places(card)
        centers = self.workspace.read(choices.centers)
        self._center.show_options([(None, "не указан"), *centers])
        self.form.show_record(card.id, card.values)
        self.center.show_lines(
            [PartLine(card.center.id, card.center.title, card.center.detail or "адрес не указан",
                      "map-pin")]
            if card.center else []
        )  # fmt: skip
        self.bookings.show_lines([_booking(one) for one in card.bookings])
        lines = [
            PartLine(one.id, one.title, one.detail, "clipboard-check", button="Открыть экзамен",
                     sign="arrow-right")
            for one in card.exams[:SHOWN]
        ]  # fmt: skip
        if (left := len(card.exams) - SHOWN) > 0:
            lines.append(PartLine("", f"и ещё {counted(left, 'экзамен', 'экзамена', 'экзаменов')}"))
        self.exams.show_lines(lines)
        self.show_change(card.changed)

    def change_places(self) -> None:
        if self._card is not None:
            values = {"places": self._card.values["places"]}
            dialog = PlacesDialog(self.workspace, self, record_id=self.record_id, values=values)
            dialog.open()

    def _show_places(self, card: WorkshopCard) -> None:
        clear(self.head)
        places = counted(card.values["places"], "место", "места", "мест")
        self.head.addWidget(Pill(places, Tone.ACCENT))
        changer = Button("Изменить места…", look="link")
        changer.clicked.connect(self.change_places)
        self.head.addWidget(changer)
        weeks = Button("Неделя", "calendar", "link", name="Неделя мастерской: брони и экзамены")
        weeks.clicked.connect(self.week_asked)
        self.head.addWidget(weeks)
        self.add_remark(card.organization)

    def _make_form(self) -> None:
        add = self.form.add_field
        add("name", "Название", TextField(), wide=True)
        add("room", "Кабинет", TextField())
        add("accredited_until", "Аттестована до", DateField())
        add("exam_center_id", "Центр проведения", self._center)
        add("address", "Адрес, если другой", TextField())
        add("equipment", "Оборудование, через запятую", WordsField(), wide=True)
        self.form.add_flag("open_saturday", "Открыта по субботам", FlagField("Открыта по субботам"))

    def _edit_center(self, key: str) -> None:
        center = self._card.center if self._card else None
        known = center is not None and center.id == key
        dialog = CenterDialog(
            self.workspace, self, record_id=key,
            values=center.values if center is not None and known else {},
            fixed={} if key else {"organization_id": self._owner()},
        )  # fmt: skip
        dialog.saved.connect(self._take_center)
        dialog.open()

    def _take_center(self, center_id: str) -> None:
        """A center that was just made becomes this workshop's."""
        if self._card is None or self._card.center is None or self._card.center.id != center_id:
            self.form.wrote.emit("exam_center_id", center_id)

    def _owner(self) -> str:
        return str(self._card.values["organization_id"]) if self._card else ""

    def _edit_booking(self, key: str) -> None:
        parts = self._card.bookings if self._card else ()
        found = next((part for part in parts if part.id == key), None)
        values = found.values if found else {}
        if values and values["purpose"] is not BookingPurpose.CLOSED:
            BookingDialog(
                self.workspace, self, workshop_id=self.record_id, workshop=self._name(),
                record_id=key, values=values,
            ).open()  # fmt: skip
            return
        ClosingDialog(
            self.workspace, self, workshop_id=self.record_id, record_id=key, values=values
        ).open()

    def _name(self) -> str:
        return str(self._card.values["name"]) if self._card else ""


def _booking(part: Part) -> PartLine:
    closed = part.values["purpose"] is BookingPurpose.CLOSED
    who = part.values["organizer"]
    icon = ("lock", Tone.BAD) if closed else ("calendar", "")
    return PartLine(
        part.id,
        part.title.capitalize(),
        who or part.detail,
        *icon,
        right=part.detail if who else "",
    )
