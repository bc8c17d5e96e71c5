"""Расписание: the season on one board, the same as a list, and the inspector beside them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from demoexam.rules.placing import Move
from demoexam.services.season.reading import load_season
from demoexam.services.season.season import Chip, Judged, Season, judged
from demoexam.text import counted
from demoexam.ui import dialogs
from demoexam.ui.calendar_saving import ask_season
from demoexam.ui.cards import Action, EmptyState
from demoexam.ui.first_paint import FirstPaint
from demoexam.ui.page import Page, Place
from demoexam.ui.schedule.actions import SeasonActions
from demoexam.ui.schedule.drag import moved_by, opinion, why_fixed
from demoexam.ui.schedule.geometry import MORNING
from demoexam.ui.schedule.memory import BoardMemory
from demoexam.ui.schedule.menu import Deeds, exam_menu
from demoexam.ui.schedule.page import SeasonDesk
from demoexam.ui.schedule.plan_button import PlanButton
from demoexam.ui.schedule.toolbar import Extra
from demoexam.ui.widgets import fill
from demoexam.ui.workspace import Workspace


class SchedulePage(Page):
    """Places: {"id"} shows an exam, {"day"} a day (a date or its ISO text), {"list": True},
    {"versions": 2026} the window in which the plan of that year is approved.
    """

    TITLE = "Расписание"
    TABLES = frozenset(
        {
            "exam_session", "assignment", "exam_place", "expert", "employment", "certificate",
            "competence", "workshop", "workshop_booking", "assessment_kit", "staffing_rule",
            "study_group", "examinee", "setting", "unavailability", "teaching_link",
            "kinship_link", "organization", "calendar_day", "share_target",
        }
    )  # fmt: skip

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.deeds = SeasonActions(workspace, self)
        self.desk = SeasonDesk(workspace, self._make_empty())
        self.timeline, self.tools, self.list = self.desk.timeline, self.desk.tools, self.desk.list
        self.panel, self.inspector = self.desk.panel, self.desk.inspector
        self._wanted: Place | None = None
        self.setLayout(fill(QHBoxLayout(), self.desk))
        self.memory = BoardMemory(workspace, self.desk)
        self._connect()
        self.plan = PlanButton(workspace)
        self.plan.clicked.connect(lambda _checked: self.open_versions())
        self.tools.show_plan(self.plan)
        self.tools.show_extras(self.extras())
        self.set_primary("Новый экзамен", self.create_exam)

    def extras(self) -> list[Extra]:
        """The menu «…» over the board: other windows of the season are added here."""
        return [
            Extra("Следующее противоречие\tF8", self.desk.next_doubt, "triangle-alert"),
            Extra("Поставить на день и час…\tF4", self.place, "arrow-right"),
            Extra("Сдвинуть выбранные…\tS", self.desk.shift_chosen, "calendar-range"),
            Extra("Утвердить план, версии…\tCtrl+Shift+U", self.open_versions, "history"),
            Extra("Сводный план: бумага, Excel…", self.print_season, "printer"),
            Extra("Копировать день…\tC", self.desk.copy_day, "copy"),
            Extra("Кто свободен / где свободно…", self.find_free, "user-check"),
            Extra("Год в календарь (ics)…", lambda: ask_season(self.workspace, self), "calendar"),
        ]

    # -- data and places --------------------------------------------------------------------

    def reload(self) -> None:
        year = self.workspace.year
        first, last = date(year, 1, 1), date(year, 12, 31)
        season = partial(load_season, first=first, last=last)
        self.workspace.load(season, self._show_season, slot="season")

    def _show_season(self, season: Season) -> None:
        """What the rules say comes once the board is painted: it takes long to find out."""
        self.desk.show_season(season)
        self.memory.restore(season)
        self._show_heading(season)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.go_to(wanted)
        if self.timeline.isVisible():
            FirstPaint(self.timeline.viewport(), self._judge)
        else:
            self._judge()

    def _judge(self) -> None:
        season = self.timeline.season
        if season is not None:
            made = partial(judged, first=season.first, last=season.last)
            self.workspace.load(made, self._show_judged, slot="season judge")

    def _show_judged(self, answer: Judged) -> None:
        self.desk.show_judged(answer)
        self.badged.emit("schedule", len(self.desk.doubtful()), "с противоречиями")

    def _show_heading(self, season: Season) -> None:
        number = len(season.chips) + len(season.unplaced)
        lanes = counted(len(season.lanes), "мастерская", "мастерские", "мастерских")
        exams = counted(number, "экзамен", "экзамена", "экзаменов")
        self.set_heading(self.TITLE, f"{exams} за {season.first.year} год, {lanes}")

    def go_to(self, place: Place) -> None:
        if self.timeline.season is None:
            self._wanted = place
            return
        if year := place.get("versions"):
            self.open_versions(year)
        if "list" in place:
            self.tools.listing.setChecked(bool(place["list"]))
        if day := place.get("day"):
            self.timeline.go_to_day(date.fromisoformat(day) if isinstance(day, str) else day)
            self.desk.show_period()
        if ident := place.get("id"):
            self.desk.show_exam(ident)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.memory.note()

    def focus_filter(self) -> None:
        self.desk.search.begin()

    def take_focus(self) -> None:
        self.desk.take_focus()

    def print_facts(self) -> dict[str, Any]:
        chips = self.chosen()
        return {"session_id": chips[0].id} if chips else {"day": self.timeline.first_in_sight()}

    def chosen(self) -> list[Chip]:
        """The exams that an action is about."""
        return self.desk.chosen()

    # -- what is done -----------------------------------------------------------------------

    def create_exam(self) -> None:
        """The form of a new exam, in the cell under the cursor."""
        dialogs.open_dialog("exam", self.workspace, self, **self._cell())

    def open_week(self) -> None:
        """The bookings of the workshop under the cursor, or of the chosen exam's."""
        cell = self._cell()
        placed = [chip for chip in self.chosen() if chip.workshop_id and chip.starts_at]
        if not cell and placed and placed[0].starts_at is not None:
            cell = {"workshop_id": placed[0].workshop_id, "day": placed[0].starts_at.date()}
        if cell:
            place = {"week": cell["workshop_id"], "day": cell["day"]}
            self.going.emit("workshops", place)

    def _cell(self) -> dict[str, Any]:
        """The workshop and the day under the cursor of the board; nothing in the list."""
        timeline = self.timeline
        if timeline.board is None or not timeline.board.lanes or self.desk.listed:
            return {}
        spot = timeline.selection.spot
        lane = timeline.board.lanes[spot.lane]
        return {"workshop_id": lane.id, "day": timeline.board.day_at(spot.column)}

    def open_versions(self, year: int = 0) -> None:
        """Approve the plan, compare it with what was approved, go back."""
        dialogs.open_dialog("plan versions", self.workspace, self, year=year)

    def print_season(self) -> None:
        """The whole plan on paper or as a workbook."""
        dialogs.open_dialog("season", self.workspace, self)

    def find_free(self) -> None:
        """Who and what is free in two weeks from the first day in sight, for the chosen exam."""
        first = max(self.timeline.first_in_sight(), date.today())
        facts: dict[str, Any] = {"first": first}
        for chip in self.chosen()[:1]:
            facts |= {"kit": (chip.kit, chip.level), "people": chip.people}
        dialogs.open_dialog("free", self.workspace, self, **facts)

    def open_exam(self, ident: str) -> None:
        self.going.emit("exams", {"id": ident})

    def pin(self) -> None:
        if chips := self.chosen():
            self.deeds.pin(chips)

    def take_off(self) -> None:
        chips = [chip for chip in self.chosen() if chip.starts_at is not None]
        if why := why_fixed(chips):
            self._tell(why)
        elif chips:
            self.deeds.take_off(chips)

    def shift(self, days: int) -> None:
        """Move all that is chosen so many days on."""
        if chips := [chip for chip in self.chosen() if chip.starts_at is not None]:
            self.deeds.shift(chips, days)

    def carry(self, down: int, days: int) -> None:
        """Alt and an arrow in the list."""
        chips, board = self.chosen(), self.timeline.board
        if not chips or board is None:
            return
        moves = moved_by(board, chips, down, timedelta(days=days))
        told = opinion(board, self.timeline.judge, moves)
        if why := why_fixed(chips) or (told.words if told.forbidden else ""):
            self._tell(why)
            self._explain(moves)
        elif moves:
            self.deeds.move(moves, chips)

    def place(self) -> None:
        """Ask for the day, the hour and the workshop of the chosen exams."""
        chips, board = self.chosen(), self.timeline.board
        if not chips or board is None or not board.lanes:
            return
        if why := why_fixed(chips):
            self._tell(why)
            return
        spot = self.timeline.selection.spot
        day = self.desk.day() or max(date.today(), board.first)
        offered = Move(chips[0].id, board.lanes[spot.lane].id, datetime.combine(day, MORNING))
        self.desk.bars.open(self.desk.bars.placing)
        self.desk.bars.placing.begin(board, self.timeline.judge, chips, offered)

    def show_menu(self, at: QPoint) -> None:
        """The menu of the chosen exams, by mouse or by key."""
        printing = partial(dialogs.open_dialog, "print", self.workspace, self)
        deeds = Deeds(
            open=lambda: self.open_exam(self.chosen()[0].id),
            pin=self.pin,
            take_off=self.take_off,
            place=self.place,
            shift=self.desk.shift_chosen,
            choose_day=self.desk.choose_day,
            choose_week=self.desk.choose_week,
            copy_day=self.desk.copy_day,
            create=self.create_exam,
            open_week=self.open_week,
            print_day=lambda: printing(**self.print_facts()),
        )
        self.menu = exam_menu(self, self.chosen(), deeds)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu.popup(at)

    def _connect(self) -> None:
        panel, timeline, listed, bars = self.panel, self.timeline, self.list, self.desk.bars
        panel.moved.connect(self.deeds.move)
        panel.taken_off.connect(self.deeds.take_off)
        bars.bulk.shifted.connect(self.shift)
        bars.copying.copied.connect(self.deeds.copy_day)
        bars.placing.placed.connect(self.deeds.move)
        bars.placing.forbidden.connect(self._explain)
        for placing in (self.desk, panel.strip):
            placing.place_wanted.connect(self.place)
        for source in (bars.bulk, listed):
            source.taken_off.connect(self.take_off)
        for pinning in (bars.bulk, listed, timeline):
            pinning.pinned.connect(self.pin)
        for opening in (panel.strip, listed, timeline):
            opening.opened.connect(self.open_exam)
        for asking in (listed, timeline):
            asking.menu_wanted.connect(self.show_menu)
            asking.copy_wanted.connect(self.desk.copy_day)
            asking.shift_wanted.connect(self.desk.shift_chosen)
            asking.week_wanted.connect(self.open_week)
        timeline.forbidden.connect(self._explain)
        listed.carried.connect(self.carry)
        self.inspector.going.connect(self.going)
        self.inspector.fix_wanted.connect(self.deeds.mend)
        self.inspector.fix_wanted.connect(lambda *_fix: self.desk.take_focus())
        self.deeds.refused.connect(self.reload)
        QShortcut(QKeySequence("Ctrl+Shift+U"), self).activated.connect(self.open_versions)

    def _explain(self, moves: Sequence[Move]) -> None:
        """A place that is forbidden: why, and what would make it possible, in the inspector."""
        if len(moves) == 1:
            self.inspector.show_refused(moves[0])

    def _tell(self, why: str) -> None:
        """Why something was not done, where the user looks."""
        if self.desk.listed:
            self.inspector.tell(why)
        else:
            self.timeline.tell(why)

    def _make_empty(self) -> EmptyState:
        return EmptyState(
            "calendar-range",
            "Мастерских ещё нет",
            "Расписание строится по мастерским: внесите их, и экзамены встанут на доску.",
            [Action("К мастерским", lambda: self.going.emit("workshops", {}), "wrench")],
        )
