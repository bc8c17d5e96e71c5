"""A planning afternoon is cut off: what was told as done is there, whole, and can be taken back."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Builder
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui.schedule.conftest import Season
from ui.schedule.planner import ENDED, held, seen

from demoexam.app import Desk
from demoexam.services.college.college import found_college
from demoexam.settings import LocalSettings

PLANNER = Path(__file__).with_name("planner.py")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DEEDS = 12


@pytest.fixture
def path(store):
    with store.transaction("новая база") as session:
        found_college(session, name="Техникум связи")
        Season(Builder(session))
    store.close()
    return store.path


def afternoon(path, *facts):
    """Plan until all is done or the process ends; each line told: words, and the print of rows."""
    with subprocess.Popen(
        [sys.executable, str(PLANNER), str(path), *map(str, facts)],
        stdout=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        told = []
        for line in process.stdout:
            if line == "rest\n":
                process.kill()  # no closing, no last word
                break
            told.append(json.loads(line))
    return told, process.returncode


class Restarted:
    """The program started again over the same store, by the same user."""

    def __init__(self, path, qtbot):
        self.desk, self.qtbot = Desk(LocalSettings.load(), path), qtbot
        self.desk.show()
        qtbot.waitUntil(lambda: self.desk.workspace is not None)
        self.words = []
        self.desk.workspace.performed.connect(self.words.append)
        self.settle()

    def settle(self):
        for _ in range(2):
            self.qtbot.wait(20)
            self.qtbot.waitUntil(lambda: not self.desk.workspace._running)

    def press(self, key, modifiers):
        done = len(self.words)
        QTest.keyClick(self.desk.window, key, modifiers)
        self.qtbot.waitUntil(lambda: len(self.words) > done)
        self.settle()


@pytest.fixture
def restart(qtbot):
    opened = []

    def start(path):
        opened.append(Restarted(path, qtbot))
        return opened[-1]

    yield start
    for one in opened:
        if one.desk.workspace is not None:
            one.settle()
        one.desk.window.close()
        one.desk.close()
        one.desk.window.deleteLater()


def test_all_that_was_told_is_there_and_can_be_taken_back_and_done_again(path, restart):
    told, _ = afternoon(path)
    _, place = told.pop()
    prints = [one for _, one in told]
    assert len(told) == 1 + DEEDS
    assert held(path) == prints[-1]

    program = restart(path)
    program.settle()
    assert program.desk.window.status.undo_button.toolTip() == f"Отменить: {told[-1][0]}"
    for words, before in zip(reversed(told[1:]), reversed(prints[:-1]), strict=True):
        program.press(Qt.Key.Key_Z, CONTROL)
        assert program.words[-1] == f"Отменено: {words[0]}"
        assert held(path) == before
    for words, after in told[1:]:
        program.press(Qt.Key.Key_Z, CONTROL | SHIFT)
        assert program.words[-1] == f"Снова: {words}"
        assert held(path) == after

    page = program.desk.window.open_page("schedule")
    program.settle()
    assert seen(page) == place
    program.qtbot.waitUntil(page.inspector.open.isEnabled)


def test_what_is_being_typed_when_the_window_closes_is_written(path, restart):
    program = restart(path)
    page = program.desk.window.open_page("settings", {"section": "Колледж"})
    program.settle()
    field = next(s for s in page.sections if s.TITLE == "Колледж").fields["head_name"]
    program.desk.window.activateWindow()
    field.setFocus()
    program.qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "Ivanov")
    program.desk.window.close()
    program.desk.close()
    with sqlite3.connect(path) as store:
        (count,) = store.execute(
            "SELECT count(*) FROM organization WHERE head_name = 'Ivanov'"
        ).fetchone()
    assert count == 1


@pytest.mark.parametrize("at", [1, 3, 0])
def test_a_deed_cut_off_in_the_middle_of_its_writing_has_not_been_done(path, restart, at):
    told, code = afternoon(path, at)
    assert code == ENDED
    assert len(told) == 2
    program = restart(path)
    assert held(path) == told[-1][1]
    program.press(Qt.Key.Key_Z, CONTROL)
    assert program.words == [f"Отменено: {told[-1][0]}"]
    assert held(path) == told[0][1]
