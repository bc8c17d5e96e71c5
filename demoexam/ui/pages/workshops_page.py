"""Workshops: places, equipment, term of accreditation, when they are taken."""

from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from demoexam.exchange.vocabulary import Kind
from demoexam.models.exams import ExamSession
from demoexam.models.organizations import Organization
from demoexam.models.places import ExamCenter, Workshop
from demoexam.services.directory.cards import WorkshopCard, workshop_card
from demoexam.services.directory.directory import WorkshopLine, workshop_lines
from demoexam.services.experts.roster_index import SOON
from demoexam.text import short_date
from demoexam.ui.dialogs.workshop_dialogs import WorkshopDialog
from demoexam.ui.directories.directory_page import DirectoryPage
from demoexam.ui.directories.line_source import LineSource, column
from demoexam.ui.directories.workshop_inspector import WorkshopInspector
from demoexam.ui.page import Place
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.table_files import Everything
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button
from demoexam.ui.workspace import Workspace

if TYPE_CHECKING:  # the week is not needed by the list
    from demoexam.ui.bookings.board import BookingsBoard


class WorkshopsPage(DirectoryPage):
    """Places: {"id"}, {"filter"}; {"week": workshop id, "day", "booking"} opens its week."""

    TITLE = "Мастерские"
    NOUNS = ("мастерская", "мастерские", "мастерских")
    TABLE, ADD, ONE = "workshop", "Новая мастерская", "мастерской"
    EVERYTHING, PASTED = Everything(Kind.WORKSHOPS), Kind.WORKSHOPS
    TABLES = frozenset(
        {"workshop", "workshop_booking", "exam_center", "exam_session", "organization",
         "study_group", "calendar_day"}
    )  # fmt: skip

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.card = WorkshopInspector(workspace)
        empty = self.empty_state(
            "wrench", "Добавьте первую мастерскую",
            "Загрузите список мастерских из Excel или добавьте вручную: название, число рабочих "
            "мест и центр проведения экзамена, который печатается в бумагах.",
        )  # fmt: skip
        weeks = Button("Неделя мастерской", "calendar")
        weeks.clicked.connect(self.open_week)
        self.build(
            self._source(), placeholder="Название, кабинет, адрес", empty=empty,
            tools=(weeks, self.load_button()), inspector=self.card,
        )  # fmt: skip
        self.finish()
        self._list_stale = False
        self.write_through(self.card.form)
        self.card.deleting.connect(lambda: self.delete([self.record_id]))
        self.card.exam_opened.connect(self._open_exam)
        self.card.week_asked.connect(self.open_week)

    @cached_property
    def board(self) -> "BookingsBoard":
        """The week of a workshop, made when it is first asked for."""
        from demoexam.ui.bookings.board import BookingsBoard

        board = BookingsBoard(self.workspace)
        board.exam_opened.connect(self._open_exam)
        board.report_asked.connect(lambda: self.going.emit("reports", {"report": "occupancy"}))
        board.shown.connect(self._head_week)
        board.gone.connect(lambda _error: self.go_back())
        self._stack.addWidget(board)
        return board

    def shows_week(self) -> bool:
        return "board" in vars(self) and self._stack.currentWidget() is self.board

    def open_week(self) -> None:
        """The week of the workshop under the cursor, or of the first one."""
        here = self.view.current_id() or self.table.record_id(0)
        if here:
            self.show_week(here)

    def show_week(self, workshop_id: str, day: date | None = None, booking: str = "") -> None:
        self._stack.setCurrentWidget(self.board)
        self.set_primary("Новая бронь", self.board.book)
        self.board.show_week(workshop_id, day, booking)
        self.board.take_focus()

    def go_to(self, place: Place) -> None:
        if "week" in place:
            self.show_week(place["week"], place.get("day"), place.get("booking", ""))
            return
        self.go_back()
        super().go_to(place)

    def go_back(self) -> bool:
        if not self.shows_week():
            return False
        here = self.board.workshop_id
        self._stack.setCurrentWidget(self.splitter)
        self.set_primary(self.ADD, self.add)
        self.set_heading(self.TITLE, self.summary(self.total()))
        if self._list_stale:
            self.reload()
        self.view.point_at(here)
        self.view.setFocus()
        return True

    def reload(self) -> None:
        if self.shows_week():
            self._list_stale = True
            self.board.reload()
        else:
            self._list_stale = False
            super().reload()

    def export_rows(self) -> None:
        if self.shows_week():
            self.board.carrier.export()
        else:
            super().export_rows()

    def take_focus(self) -> None:
        if self.shows_week():
            self.board.take_focus()
        else:
            super().take_focus()

    def show_record(self, record_id: str) -> None:
        self.record_id = record_id
        self.workspace.load(
            partial(workshop_card, record_id=record_id, today=self.today), self._show_card,
            slot="workshop", on_refused=self.leave_card,
        )  # fmt: skip

    def add(self) -> None:
        dialog = WorkshopDialog(self.workspace, self)
        dialog.saved.connect(self.show_new)
        dialog.open()

    def _head_week(self) -> None:
        if self.shows_week() and self.board.week is not None:
            self.set_heading(self.board.week.name, self.board.summary(), self.TITLE)

    def _open_exam(self, session_id: str) -> None:
        self.going.emit("exams", {"id": session_id})

    def _show_card(self, card: WorkshopCard) -> None:
        if card.id == self.record_id:
            self.card.show_card(card)

    def _source(self) -> LineSource:
        ahead = (
            select(func.count())
            .where(
                ExamSession.workshop_id == Workshop.id,
                ExamSession.live(),
                ExamSession.starts_at >= func.date("now"),
            )
            .scalar_subquery()
        )
        columns = (
            column(Column("name", "Название", 290, stretch=True), Workshop.skey),
            column(
                Column("organization", "Колледж", 240, minor=True), Organization.skey, joined=True
            ),
            column(
                Column("center", "Центр проведения", 172, minor=True), ExamCenter.name, joined=True
            ),
            column(Column("room", "Кабинет", 80), Workshop.room),
            column(Column("places", "Мест", 64, right=True), Workshop.places),
            column(Column("equipment", "Оборудование", 190, minor=True)),
            column(Column("accredited", "Аттестована до", 124), Workshop.accredited_until),
            column(Column("ahead", "Экзаменов", 92, right=True), ahead),
        )
        return LineSource(
            self.workspace, Workshop, columns, natural=Workshop.skey,
            shown=lambda line: _row(line, self.today),
            lines=lambda session, numbers: workshop_lines(session, numbers, today=self.today),
            join=lambda query: query.join(
                Organization, Organization.id == Workshop.organization_id
            ).outerjoin(ExamCenter, ExamCenter.id == Workshop.exam_center_id),
        )  # fmt: skip


def _row(line: WorkshopLine, today: date) -> Row:
    saturday = ", по субботам" if line.open_saturday else ""
    equipment = ", ".join(line.equipment)
    return Row(
        line.id,
        (
            Cell(line.name, strong=True, tip=line.name + saturday),
            Cell(line.organization, tip=line.organization),
            Cell(line.center or "не указан", tone="" if line.center else Tone.WARN),
            line.room,
            str(line.places),
            Cell(equipment, tip=equipment),
            _accredited(line.accredited_until, today),
            str(line.ahead),
        ),
    )


def _accredited(until: date | None, today: date) -> Cell:
    if until is None:
        return Cell("не указано", tone=Tone.GREY)
    if until < today:
        return Cell(short_date(until), tone=Tone.BAD, icon="triangle-alert", tip="Срок прошёл")
    soon = until <= today + SOON
    return Cell(short_date(until), tone=Tone.WARN if soon else "", tip="Скоро" if soon else "")
