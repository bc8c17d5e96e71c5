"""The schedule page over a store with two workshops and three exams in two weeks of June."""

from datetime import date, timedelta

import pytest
from conftest import EXAM_DAY, Builder
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from demoexam.models.exams import ExamSession
from demoexam.rules.terms import Role
from demoexam.settings import LocalSettings
from demoexam.ui.first_paint import FirstPaint
from demoexam.ui.main_window import MainWindow
from demoexam.ui.schedule.geometry import Kind, Spot

NOTHING = Qt.KeyboardModifier.NoModifier


class Season:
    """ИС-41 and ИС-42 share an expert on different days; ИС-43 waits for a date."""

    def __init__(self, make: Builder) -> None:
        college = make.college("Колледж связи")
        kit = make.kit()
        self.one = make.workshop(name="Мастерская А", places=12)
        self.other = make.workshop(name="Мастерская Б", places=10)
        self.plant = make.employer("ООО «Завод»")
        groups = [make.group(college, name, examinees=5) for name in ("ИС-41", "ИС-42", "ИС-43")]
        self.first = make.sitting(groups[0], kit, self.one, day=EXAM_DAY, head_count=5)
        self.second = make.sitting(
            groups[1], kit, self.other, day=EXAM_DAY + timedelta(days=1), head_count=5
        )
        self.waiting = make.sitting(
            groups[2], kit, self.one, day=EXAM_DAY, head_count=5, starts_at=None, ends_at=None,
            preparation_day=None,
        )  # fmt: skip
        roles = (Role.CHIEF, Role.SCORING, Role.SCORING, Role.TECHNICAL)
        self.experts = [make.expert(None, self.plant) for _ in roles]
        for sitting in (self.first, self.second):
            for expert, role in zip(self.experts, roles, strict=True):
                make.assignment(sitting, expert, role)


class Desk:
    """What a coordinator does with the board, and what the store holds afterwards."""

    def __init__(self, window, workspace, qtbot) -> None:
        self.window, self.workspace, self.qtbot = window, workspace, qtbot
        with workspace.store.transaction("подготовка") as session:
            self.season = Season(Builder(session))
        self.page = window.open_page("schedule")
        self.settle()
        self.timeline = self.page.timeline
        self.timeline.today = date(2026, 6, 1)  # whatever day the tests run on
        self.page.go_to({"day": date(2026, 6, 15)})
        self.timeline.setFocus()

    def settle(self) -> None:
        """Until all is read and written; the board has its judge."""
        for _ in range(2):
            self.qtbot.wait(20)
            self.qtbot.waitUntil(self.is_calm)

    def is_calm(self) -> bool:
        """Nothing is read or written, nor waits for the board's next paint, nor for a rest."""
        painting = self.page.timeline.viewport().findChildren(FirstPaint)
        resting = self.page.desk._settle.isActive()
        return not (self.workspace._running or painting or resting)

    def key(self, key, modifiers=NOTHING, widget=None) -> None:
        self.qtbot.keyClick(widget or self.timeline, key, modifiers)
        self.settle()

    def choose(self, sitting) -> None:
        self.timeline.show_exam(sitting.id)
        self.settle()

    def stored(self, sitting) -> ExamSession:
        with self.workspace.store.reading() as session:
            return session.get(ExamSession, sitting.id)

    def middle(self, sitting):
        """The middle of a chip, in the viewport."""
        piece = next(one for one in self.timeline.board.pieces[sitting.id] if one.kind is Kind.EXAM)
        return self.at(piece.x + 12, piece.y + piece.height / 2)

    def cell(self, workshop, day):
        """The middle of a cell, in the viewport."""
        board = self.timeline.board
        lane, column = board.lane_of(workshop.id), (day - board.first).days
        top, low = board.tops[lane], board.tops[lane + 1]
        return self.at(column * board.metrics.column + 12, (top + low) / 2)

    def at(self, x, y):
        view = self.timeline
        left = view.painter.side - view.horizontalScrollBar().value()
        down = view.painter.head - view.verticalScrollBar().value()
        return QPointF(x + left, y + down).toPoint()

    def drag(self, start, *places, drop=True, source=None) -> None:
        """Press on `start`, go over `places`, let go at the last one."""
        source = source or self.timeline.viewport()
        QTest.mousePress(source, Qt.MouseButton.LeftButton, NOTHING, start)
        for place in places:
            QTest.mouseMove(source, (start + place) / 2)
            QTest.mouseMove(source, place)
            self.qtbot.wait(40)
        if drop:
            QTest.mouseRelease(source, Qt.MouseButton.LeftButton, NOTHING, places[-1])
            self.settle()

    def spot(self, sitting) -> Spot:
        return self.timeline.board.spot_of(sitting.id)


@pytest.fixture
def window(workspace, qtbot):
    window = MainWindow(LocalSettings())
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    window.attach(workspace)
    yield window
    window.detach()
    window.close()
    window.deleteLater()


@pytest.fixture
def desk(window, workspace, qtbot):
    desk = Desk(window, workspace, qtbot)
    yield desk
    desk.settle()
