"""An exams page over a store in which everything is well; a test breaks one thing."""

import re
from contextlib import contextmanager
from html import unescape

import pytest
from conftest import EXAM_DAY, Builder
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from demoexam.models.exams import Assignment, ExamSession
from demoexam.rules.terms import Role
from demoexam.services.plan.check import sitting_findings
from demoexam.settings import LocalSettings
from demoexam.ui import dialogs
from demoexam.ui.main_window import MainWindow


@pytest.fixture
def window(workspace, qtbot):
    """The main window on the exams page."""
    window = MainWindow(LocalSettings())
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window._wanted = ("exams", {})
    window.attach(workspace)
    yield window
    window.detach()
    window.close()
    window.deleteLater()


@pytest.fixture
def desk(window, workspace, qtbot):
    desk = Desk(window, workspace, qtbot)
    desk.settle()
    yield desk
    desk.settle()


class Desk:
    """What a coordinator does with the exams page, and what he reads there."""

    def __init__(self, window, workspace, qtbot):
        self.window, self.workspace, self.qtbot = window, workspace, qtbot
        self.page = window.page
        with self.making() as make:
            self.plan = Plan(make)

    @contextmanager
    def making(self):
        """with desk.making() as make: ... writes with the builders as one operation."""
        with self.workspace.store.transaction("подготовка") as session:
            yield Builder(session)

    def settle(self):
        """Wait until nothing is read or written any more, and what came of it is in sight."""
        self.qtbot.waitUntil(lambda: not self.workspace._running, timeout=20_000)
        self.qtbot.wait(10)  # a layout shows its new widgets by a later event
        self.qtbot.waitUntil(lambda: not self.workspace._running, timeout=20_000)

    def open(self, session_id=None):
        """The card of a sitting, filled."""
        self.page.open_record(session_id or self.plan.id)
        self.settle()
        return self.page.card

    def form(self, **facts):
        form = dialogs.open_dialog("exam", self.workspace, self.page, **facts)
        self.settle()
        return form

    def newcomer(self, name, employer=None, **facts):
        with self.making() as make:
            return make.expert(name, employer or make.employer("АО «Вектор»"), **facts)

    def offer(self, expert):
        """Make an expert the current candidate for one more seat; returns the panel."""
        panel = self.open().group.candidates
        panel.filter.setText(expert.last_name)
        assert panel.view.current().expert_id == expert.id
        return panel

    def press(self, widget, key=Qt.Key.Key_Return):
        self.qtbot.keyClick(widget, key)
        self.settle()

    def keys(self, widget, key, modifiers=Qt.KeyboardModifier.NoModifier):
        """Press keys in a window that has the focus, as shortcuts want it."""
        top = widget.window()
        top.activateWindow()
        self.qtbot.waitUntil(top.isActiveWindow)
        self.qtbot.keyClick(widget, key, modifiers)

    def click(self, button):
        assert button.isVisible()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def remove(self, assignment):
        view = self.page.card.group.view
        view.point_at(assignment.id)
        self.press(view, Qt.Key.Key_Delete)

    def sentence(self, code):
        """What the rule says of the plan's sitting as it is stored."""
        with self.workspace.store.reading() as session:
            found = sitting_findings(session, session_id=self.plan.id)
            return plain(str(next(each for each in found if each.code == code)))

    def duties(self):
        """Expert and role of each live duty of the plan's sitting."""
        query = select(Assignment.expert_id, Assignment.role).where(
            Assignment.live(), Assignment.session_id == self.plan.id
        )
        with self.workspace.store.reading() as session:
            return {(expert, role) for expert, role in session.execute(query)}

    def stored(self, session_id=None) -> ExamSession:
        with self.workspace.store.reading() as session:
            return session.get(ExamSession, session_id or self.plan.id)


class Plan:
    """A sitting of a group of five with a whole expert group, and what it is made of."""

    def __init__(self, make, *, examinees=5, **fields):
        self.college = make.college("Колледж связи")
        self.group = make.group(self.college, examinees=examinees)
        self.kit, self.workshop = make.kit(), make.workshop()
        self.plant = make.employer("ООО «Завод»")
        self.sitting = make.sitting(
            self.group, self.kit, self.workshop, head_count=examinees, **fields
        )
        roles = (Role.CHIEF, Role.SCORING, Role.SCORING, Role.SCORING, Role.TECHNICAL)
        self.experts = [make.expert(None, self.plant) for _ in roles]
        self.seats = [
            make.assignment(self.sitting, expert, role)
            for expert, role in zip(self.experts, roles, strict=True)
        ]
        self.id = self.sitting.id


def plain(text):
    """Without markup and unbreakable spaces."""
    return unescape(re.sub("<[^>]+>", "", text)).replace("\N{NO-BREAK SPACE}", " ")


def said(widget):
    """Everything that the visible labels of a widget say."""
    texts = (one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))
    return plain(" | ".join(texts))


__all__ = ["EXAM_DAY", "Desk", "Plan", "plain", "said"]
