"""The board is painted before it is judged, and shows what was changed while it was away."""

import sys
from datetime import timedelta

import pytest
from conftest import EXAM_DAY, Builder
from PySide6.QtCore import QEvent, QObject

from demoexam.rules.terms import Level
from demoexam.services.season.moves import set_pinned
from demoexam.ui import pages
from demoexam.ui.pages import bring_first
from demoexam.ui.pages.schedule_page import SchedulePage
from demoexam.ui.schedule.timeline import Timeline


class Watch(QObject):
    """What the board showed at each of its paints: the levels of its exams, and its judge."""

    def __init__(self, board: Timeline) -> None:
        super().__init__()
        self.board, self.seen = board, []
        board.viewport().installEventFilter(self)

    def eventFilter(self, _watched, event):  # noqa: N802 -- Qt calls it so
        if event.type() == QEvent.Type.Paint and self.board.season is not None:
            levels = {chip.level_found for chip in self.board.season.chips}
            self.seen.append((levels, self.board.judge))
        return False


@pytest.fixture
def clash(workspace):
    """Two exams of one group at the same time in the same workshop."""
    with workspace.store.transaction("подготовка") as session:
        make = Builder(session)
        group, kit, room = make.group(), make.kit(), make.workshop()
        day = EXAM_DAY + timedelta(days=4)
        return [make.sitting(group, kit, room, day=day, at=hour).id for hour in (9, 10)]


def judged(page):
    return page.timeline.judge is not None and bool(page.desk.doubtful())


def test_exams_are_painted_first_and_judged_after(window, clash, qtbot, monkeypatch):
    watches = []
    build = SchedulePage.__init__

    def build_watched(page, workspace):
        build(page, workspace)
        watches.append(Watch(page.timeline))

    monkeypatch.setattr(SchedulePage, "__init__", build_watched)
    page = window.open_page("schedule")
    qtbot.waitUntil(lambda: judged(page))
    assert watches[0].seen[0] == ({None}, None)
    assert page.desk.doubtful() == clash
    assert page.timeline.board.chips[clash[0]].level_found is Level.CONTRADICTION
    qtbot.waitUntil(lambda: watches[0].seen[-1] == ({Level.CONTRADICTION}, page.timeline.judge))
    badge = window.navigation.buttons["schedule"].badge
    assert badge.text() == "2"


def test_what_was_changed_between_two_visits_is_seen(window, workspace, clash, qtbot):
    page = window.open_page("schedule")
    qtbot.waitUntil(lambda: judged(page))
    window.open_page("overview")
    watch = Watch(page.timeline)
    with qtbot.waitSignal(workspace.performed):
        workspace.perform(set_pinned, operation="закрепление", ids=[clash[0]], pinned=True)
    first, old = page.timeline.judge, page.timeline.season
    assert not page.timeline.chip(clash[0]).pinned
    window.open_page("schedule")
    qtbot.waitUntil(lambda: page.timeline.season is not old)
    assert page.timeline.chip(clash[0]).pinned
    assert page.desk.doubtful() == clash, "what the rules said holds until they speak again"
    qtbot.waitUntil(lambda: page.timeline.judge is not first)
    assert page.timeline.judge.sittings[clash[0]].pinned
    assert watch.seen


def test_nothing_is_read_anew_when_nothing_was_changed(window, workspace, clash, qtbot):
    page = window.open_page("schedule")
    qtbot.waitUntil(lambda: judged(page))
    window.open_page("overview")
    qtbot.waitUntil(lambda: not workspace._running)
    season = page.timeline.season
    window.open_page("schedule")
    assert "season" not in {
        slot for slot, task in workspace._latest.items() if task in workspace._running
    }
    assert page.timeline.season is season


def test_the_first_pages_are_imported_beforehand(workspace, qtbot, monkeypatch):
    name = "demoexam.ui.pages.exams_page"
    monkeypatch.setattr(pages, "exams_page", sys.modules.get(name), raising=False)
    monkeypatch.delitem(sys.modules, name, raising=False)
    bring_first(workspace)
    qtbot.waitUntil(lambda: name in sys.modules and not workspace._running)
