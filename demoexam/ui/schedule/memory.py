"""Where one was on the board, kept on this computer: a restart goes on at the same place."""

from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, QTimer

from demoexam.services.season.season import Season
from demoexam.ui.schedule.geometry import Scale, Spot
from demoexam.ui.schedule.page import SeasonDesk
from demoexam.ui.workspace import Workspace

REST_MS = 400  # what is looked at is noted when the hand rests: a crash keeps it too
FRESH = timedelta(days=3)  # an older place is no longer where one was
MOST = 12  # years of stores remembered
CHOSEN = 200


class BoardMemory(QObject):
    """Notes scale, day, filter and choice of each store and year; `restore` shows them again."""

    def __init__(self, workspace: Workspace, desk: SeasonDesk) -> None:
        super().__init__(desk)
        self._local, self._client, self._desk = workspace.local, workspace.store.client, desk
        self._key = ""
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.note)
        tools, timeline = desk.tools, desk.timeline
        for signal in (
            timeline.scrolled, timeline.pointed, tools.scaled, tools.filtered, tools.listed,
            tools.inspected, desk.list.pointed,
        ):  # fmt: skip
            signal.connect(lambda *_: self._rest.start())

    def restore(self, season: Season) -> None:
        """Go where one was in this year; called once for each year that is shown."""
        key = f"{self._client}:{season.first.year}"
        if key == self._key or not season.lanes:
            return
        self._key = key
        kept = self._local.boards.get(key, {})
        tools = self._desk.tools
        tools.card.setChecked(bool(kept.get("card", True)))
        self._show_scale(kept)
        if _fresh(kept):
            self._show_place(kept)
        tools.listing.setChecked(bool(kept.get("listed", False)))

    def note(self) -> None:
        """Write down what is to be seen now."""
        self._rest.stop()
        timeline, tools = self._desk.timeline, self._desk.tools
        if not self._key or timeline.board is None or not timeline.board.lanes:
            return
        chosen = [chip.id for chip in self._desk.chosen()][:CHOSEN]
        here = {
            "at": f"{datetime.now():%Y-%m-%dT%H:%M}",
            "scale": str(timeline.scale),
            "day": timeline.first_in_sight().isoformat(),
            "down": timeline.verticalScrollBar().value(),
            "lane": timeline.board.lanes[timeline.selection.spot.lane].id,
            "column": timeline.selection.spot.column,
            "chosen": chosen,
            "filter": tools.filter.text(),
            "listed": self._desk.listed,
            "card": tools.card.isChecked(),
        }
        known = self._local.boards.pop(self._key, {})
        self._local.boards[self._key] = here
        for old in list(self._local.boards)[:-MOST]:
            del self._local.boards[old]
        if {**known, "at": ""} != {**here, "at": ""}:
            self._local.save()

    def _show_scale(self, kept: dict[str, Any]) -> None:
        scale = kept.get("scale")
        if scale in list(Scale):
            day = _day(kept) if _fresh(kept) else None
            self._desk.tools.scale.show_value(Scale(scale))
            self._desk.timeline.show_scale(Scale(scale), day)

    def _show_place(self, kept: dict[str, Any]) -> None:
        timeline, desk = self._desk.timeline, self._desk
        if day := _day(kept):
            timeline.go_to_day(day)
        desk.tools.filter.setText(str(kept.get("filter", "")))
        board, selection = timeline.board, timeline.selection
        if board is not None:
            lane = max(board.lane_of(str(kept.get("lane"))), 0)
            selection.spot = Spot(lane, min(_number(kept, "column"), board.columns - 1))
            for ident in reversed([str(one) for one in kept.get("chosen", ())]):
                if timeline.chip(ident) is not None:
                    selection.choose(ident, adding=True)
            selection.spot = board.spot_of(selection.current) or selection.spot
        timeline.verticalScrollBar().setValue(_number(kept, "down"))
        timeline.changed()
        desk.list.point_at(timeline.selection.current)
        desk.show_period()


def _fresh(kept: dict[str, Any]) -> bool:
    try:
        return datetime.now() - datetime.fromisoformat(kept["at"]) < FRESH
    except (KeyError, TypeError, ValueError):
        return False


def _number(kept: dict[str, Any], name: str) -> int:
    value = kept.get(name)
    return value if isinstance(value, int) and value >= 0 else 0


def _day(kept: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(kept["day"])
    except (KeyError, TypeError, ValueError):
        return None
