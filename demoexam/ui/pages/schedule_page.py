"""Расписание: the season on one board, the same as a list, and the inspector beside them."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from demoexam.rules.moves import MoveJudge
from demoexam.rules.placing import Move
from demoexam.rules.terms import Level
from demoexam.services.season import Chip, Season, judge, load_season
from demoexam.text import counted, fold, words
from demoexam.ui import dialogs
from demoexam.ui.calendar_saving import ask_season
from demoexam.ui.cards import Action, EmptyState
from demoexam.ui.page import PAGE_MARGINS, Page, Place
from demoexam.ui.schedule.actions import SeasonActions
from demoexam.ui.schedule.board_panel import BoardPanel
from demoexam.ui.schedule.drag import moved_by, opinion, why_fixed
from demoexam.ui.schedule.geometry import Scale
from demoexam.ui.schedule.inspector import ScheduleInspector
from demoexam.ui.schedule.menu import Deeds, exam_menu
from demoexam.ui.schedule.plan_list import PlanList
from demoexam.ui.schedule.toolbar import Extra, Toolbar
from demoexam.ui.widgets import fill
from demoexam.ui.workspace import Workspace

SETTLE_MS = 120  # the inspector waits until the arrows rest
DAY = timedelta(days=1)
SOON = timedelta(days=21)


class SchedulePage(Page):
    """Places: {"id"} shows an exam, {"day"} a day (a date or its ISO text), {"list": True}."""

    TITLE = "Расписание"
    TABLES = frozenset(
        {
            "exam_session", "assignment", "exam_place", "expert", "employment", "certificate",
            "competence", "workshop", "workshop_booking", "assessment_kit", "staffing_rule",
            "study_group", "examinee", "setting", "unavailability", "teaching_link",
            "kinship_link", "organization", "calendar_day",
        }
    )  # fmt: skip

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.season_actions = SeasonActions(workspace, self)
        self.tools, self.panel, self.list = Toolbar(), BoardPanel(), PlanList()
        self.timeline = self.panel.timeline
        self.inspector = ScheduleInspector(workspace)
        self._wanted: Place | None = None
        self._year = 0
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._inspect)
        self._assemble()
        self._connect()
        self.tools.show_extras(self.extras())
        self.set_primary("Новый экзамен", self.create_exam)

    def extras(self) -> list[Extra]:
        """The menu «Ещё» over the board: other windows of the season are added here."""
        return [
            Extra("Показать следующее противоречие\tF8", self.next_doubt, "triangle-alert"),
            Extra("Сдвинуть выбранные…", self.panel.bulk.begin, "calendar-range"),
            Extra("Кто свободен / где свободно…", self.find_free, "user-check"),
            Extra("Год в календарь (ics)…", lambda: ask_season(self.workspace, self), "calendar"),
        ]

    # -- data -------------------------------------------------------------------------------

    def reload(self) -> None:
        year = self.workspace.year
        first, last = date(year, 1, 1), date(year, 12, 31)
        season = partial(load_season, first=first, last=last, today=date.today())
        self.workspace.load(season, self._show_season, slot="season")
        made = partial(judge, first=first, last=last)
        self.workspace.load(made, self._take_judge, slot="season judge")

    def _show_season(self, season: Season) -> None:
        fresh, self._year = season.first.year != self._year, season.first.year
        self.panel.show_season(season)
        self.list.show_season(season)
        if fresh:
            self.timeline.go_to_day(_best_day(season, date.today()))
        self._stack.setCurrentWidget(self._body if season.lanes else self._empty)
        number = len(season.chips) + len(season.unplaced)
        lanes = counted(len(season.lanes), "мастерская", "мастерские", "мастерских")
        exams = counted(number, "экзамен", "экзамена", "экзаменов")
        self.set_heading(self.TITLE, f"{exams} за {season.first.year} год, {lanes}")
        doubts = sum(chip.level_found is Level.CONTRADICTION for chip in season.chips)
        self.tools.show_findings(doubts)
        self.badged.emit("schedule", doubts, "с противоречиями")
        self._show_filter()
        self._show_period()
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.go_to(wanted)
        self._settle.start()

    def _take_judge(self, made: MoveJudge) -> None:
        self.timeline.judge = made
        self.inspector.judge = made

    # -- places -----------------------------------------------------------------------------

    def go_to(self, place: Place) -> None:
        if self.timeline.season is None:
            self._wanted = place
            return
        if "list" in place:
            self.tools.listing.setChecked(bool(place["list"]))
        if day := place.get("day"):
            self.timeline.go_to_day(date.fromisoformat(day) if isinstance(day, str) else day)
        if ident := place.get("id"):
            self.timeline.show_exam(ident)
            self.list.point_at(ident)

    def focus_filter(self) -> None:
        self.tools.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tools.filter.selectAll()

    def take_focus(self) -> None:
        (self.list if self.listed else self.timeline).setFocus()

    def print_facts(self) -> dict[str, Any]:
        chips = self.chosen()
        return {"session_id": chips[0].id} if chips else {"day": self.timeline.first_in_sight()}

    @property
    def listed(self) -> bool:
        return self._views.currentWidget() is self.list

    def chosen(self) -> list[Chip]:
        """The exams that an action is about, on the board or in the list."""
        if not self.listed:
            return self.timeline.chosen()
        found = (self.timeline.chip(ident) for ident in self.list.chosen_ids())
        return [chip for chip in found if chip is not None]

    # -- what is done -----------------------------------------------------------------------

    def create_exam(self) -> None:
        """The form of a new exam, in the cell under the cursor."""
        timeline = self.timeline
        facts: dict[str, Any] = {}
        if timeline.board is not None and timeline.board.lanes and not self.listed:
            spot = timeline.selection.spot
            facts["workshop_id"] = timeline.board.lanes[spot.lane].id
            facts["day"] = timeline.board.day_at(spot.column)
        dialogs.open_dialog("exam", self.workspace, self, **facts)

    def find_free(self) -> None:
        """Who and what is free in two weeks from the first day in sight."""
        first = max(self.timeline.first_in_sight(), date.today())
        dialogs.open_dialog("free", self.workspace, self, first=first)

    def open_exam(self, ident: str) -> None:
        self.going.emit("exams", {"id": ident})

    def pin(self) -> None:
        if chips := self.chosen():
            self.season_actions.pin(chips)

    def take_off(self) -> None:
        chips = [chip for chip in self.chosen() if chip.starts_at is not None]
        if why := why_fixed(chips):
            self.timeline.tell(why)
        elif chips:
            self.season_actions.take_off(chips)

    def shift(self, days: int) -> None:
        """Move all that is chosen so many days on."""
        chips = [chip for chip in self.chosen() if chip.starts_at is not None]
        if chips:
            self.season_actions.shift(chips, days)

    def carry(self, days: int) -> None:
        """Alt and an arrow in the list."""
        chips, board = self.chosen(), self.timeline.board
        if not chips or board is None:
            return
        moves = moved_by(board, chips, 0, timedelta(days=days))
        told = opinion(board, self.timeline.judge, moves)
        if why := why_fixed(chips) or (told.words if told.forbidden else ""):
            self.inspector.tell(why)
        elif moves:
            self.season_actions.move(moves, chips)

    def next_doubt(self) -> None:
        """The next exam that contradicts something, round and round."""
        season = self.timeline.season
        doubtful = sorted(
            (chip.starts_at or datetime.max, chip.id)
            for chip in (season.chips if season else ())
            if chip.level_found is Level.CONTRADICTION
        )
        ids = [ident for _, ident in doubtful]
        here = self.timeline.selection.current
        if ids:
            self.go_to({"id": ids[(ids.index(here) + 1) % len(ids)] if here in ids else ids[0]})

    def show_menu(self, at: QPoint) -> None:
        deeds = Deeds(
            open=lambda: self.open_exam(self.chosen()[0].id),
            pin=self.pin,
            take_off=self.take_off,
            shift=self.panel.bulk.begin,
            choose_day=self.timeline.choose_day,
            choose_week=self.timeline.choose_week,
            create=self.create_exam,
            print_day=lambda: dialogs.open_dialog(
                "print", self.workspace, self, **self.print_facts()
            ),
        )
        menu = exam_menu(self, self.chosen(), deeds)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _move(self, moves: list[Move], chips: list[Chip]) -> None:
        self.season_actions.move(moves, chips)

    # -- the frame --------------------------------------------------------------------------

    def _assemble(self) -> None:
        frame = QFrame()
        frame.setProperty("look", "card")
        frame.setLayout(fill(QVBoxLayout(), self.list, margins=(1, 1, 1, 1)))
        self._views = QStackedWidget()
        self._views.addWidget(self.panel)
        self._views.addWidget(self.list)
        self._body = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._body.setHandleWidth(14)
        self._body.addWidget(self._views)
        self._body.addWidget(self.inspector)
        self._body.setStretchFactor(0, 1)
        self._empty = self._make_empty()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._body)
        self._stack.addWidget(self._empty)
        whole = QWidget()
        layout = fill(QVBoxLayout(whole), self.tools, self._stack, spacing=12)
        layout.setStretch(1, 1)
        self.setLayout(fill(QHBoxLayout(), whole, margins=PAGE_MARGINS))

    def _connect(self) -> None:
        timeline, tools, inspector = self.timeline, self.tools, self.inspector
        self.panel.moved.connect(self._move)
        self.panel.taken_off.connect(self.season_actions.take_off)
        self.panel.bulk.shifted.connect(self.shift)
        self.panel.bulk.pinned.connect(self.pin)
        self.panel.bulk.taken_off.connect(self.take_off)
        self.panel.strip.opened.connect(self.open_exam)
        self.panel.strip.pointed.connect(self._point_waiting)
        timeline.opened.connect(self.open_exam)
        timeline.pinned.connect(self.pin)
        timeline.menu_wanted.connect(self.show_menu)
        timeline.pointed.connect(self._settle.start)
        timeline.scrolled.connect(self._show_period)
        self.season_actions.refused.connect(self.reload)
        self.list.opened.connect(self.open_exam)
        self.list.pointed.connect(self._point_listed)
        self.list.taken_off.connect(self.take_off)
        self.list.pinned.connect(self.pin)
        self.list.carried.connect(self.carry)
        self.list.menu_wanted.connect(self.show_menu)
        tools.stepped.connect(self._step)
        tools.today.connect(lambda: timeline.go_to_day(date.today()))
        tools.scaled.connect(self._rescale)
        tools.filtered.connect(lambda _text: self._show_filter())
        tools.doubts.connect(self.next_doubt)
        tools.listed.connect(self._show_list)
        tools.inspected.connect(inspector.setVisible)
        inspector.closed.connect(lambda: tools.card.setChecked(False))
        inspector.going.connect(self.going)
        inspector.move_wanted.connect(self._propose)
        inspector.partners_shown.connect(self._show_partners)
        QShortcut(QKeySequence("F8"), self).activated.connect(self.next_doubt)

    def _propose(self, move: Move) -> None:
        """A ready fix of the inspector: done on the board as a drag would be."""
        self.timeline.propose([move])

    def _show_partners(self, ids: frozenset[str]) -> None:
        self.timeline.partners = ids
        self.timeline.viewport().update()

    def _show_list(self, on: bool) -> None:
        here = self.timeline.selection.current
        if on:
            self._views.setCurrentWidget(self.list)
            self.list.point_at(here)
        else:
            here = self.list.current_id()
            self._views.setCurrentWidget(self.panel)
            if here:
                self.timeline.show_exam(here)
        self.take_focus()

    def _point_listed(self, _ident: str) -> None:
        if self.listed:
            self._settle.start()

    def _point_waiting(self, ident: str) -> None:
        self.timeline.selection.choose(ident)
        self.timeline.changed()

    def _inspect(self) -> None:
        chips = self.chosen()
        self.inspector.show_chips(chips)

    def _rescale(self, scale: object) -> None:
        timeline = self.timeline
        chosen = timeline.chosen()
        day = timeline.first_in_sight()
        if chosen and chosen[0].starts_at is not None:
            day = chosen[0].starts_at.date()
        elif timeline.scale is not Scale.DAY and timeline.board is not None:
            day = timeline.board.day_at(timeline.selection.spot.column)
        timeline.show_scale(Scale(str(scale)), day if scale == Scale.DAY else None)
        timeline.reveal()
        self._show_period()
        timeline.setFocus()

    def _step(self, steps: int) -> None:
        first, last = self.timeline.first_in_sight(), self.timeline.last_in_sight()
        self.timeline.go_to_day(first + steps * (last - first + DAY))
        self._show_period()

    def _show_period(self) -> None:
        if self.timeline.board is not None:
            self.tools.show_period(self.timeline.first_in_sight(), self.timeline.last_in_sight())

    def _show_filter(self) -> None:
        """Pale what the filter does not mean; in the list it is not shown at all."""
        text = self.tools.filter.text()
        wanted, season = words(text), self.timeline.season
        self.list.table.set_filter(text)
        found = {
            chip.id
            for chip in (season.chips if season else ())
            if all(each in fold(f"{chip.title} {chip.kit}") for each in wanted)
        }
        self.timeline.show_found(frozenset(found) if wanted else None)

    def _make_empty(self) -> EmptyState:
        return EmptyState(
            "calendar-range",
            "Мастерских ещё нет",
            "Расписание строится по мастерским: внесите их, и экзамены встанут на доску.",
            [Action("К мастерским", lambda: self.going.emit("workshops", {}), "wrench")],
        )


def _best_day(season: Season, today: date) -> date:
    """Monday of the week where the work is: this one, or that of the next exam."""
    days = sorted(chip.starts_at.date() for chip in season.chips if chip.starts_at)
    ahead = next((day for day in days if day >= today), None)
    if ahead is not None and ahead - today <= SOON and season.first <= today <= season.last:
        ahead = today
    chosen = ahead or (days[-1] if days else min(max(today, season.first), season.last))
    return chosen - chosen.weekday() * DAY
