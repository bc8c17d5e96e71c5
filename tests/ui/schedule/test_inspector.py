"""The inspector says what is wrong and mends it by one button."""

from datetime import timedelta

from conftest import EXAM_DAY
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from demoexam.models.people import Unavailability
from demoexam.ui.schedule.inspector_parts import FindingBox

ALT = Qt.KeyboardModifier.AltModifier


def boxes(desk):
    found = desk.page.inspector.findChildren(FindingBox)
    return [box for box in found if box.isVisibleTo(desk.page)]


def words(widget):
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def test_a_finding_is_mended_by_its_first_button(desk):
    first, ill = desk.season.first, desk.season.experts[1]
    with desk.workspace.store.transaction("болезнь") as session:
        session.add(Unavailability(expert_id=ill.id, from_day=EXAM_DAY, to_day=EXAM_DAY))
    desk.workspace.announce(frozenset({"unavailability"}))
    desk.settle()
    desk.choose(first)
    desk.qtbot.waitUntil(lambda: any("не может прийти" in words(box) for box in boxes(desk)))
    about = next(box for box in boxes(desk) if "не может прийти" in words(box))
    buttons = about.findChildren(QPushButton)
    assert buttons[0].isVisible()
    desk.qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    desk.settle()
    desk.qtbot.waitUntil(lambda: not any("не может прийти" in words(box) for box in boxes(desk)))
    desk.workspace.undo()
    desk.settle()


def test_a_forbidden_place_shows_ways_to_go_there(desk):
    first, second = desk.season.first, desk.season.second
    desk.choose(first)
    desk.qtbot.wait(200)
    desk.settle()
    desk.key(Qt.Key.Key_Right, ALT)
    refused = [box for box in boxes(desk) if box.accessibleName().startswith("Сюда нельзя")]
    assert refused
    assert "ИС-42" in words(refused[0])
    assert refused[0].findChildren(QPushButton)
    assert desk.stored(first).starts_at.date() == EXAM_DAY
    assert desk.stored(second).starts_at.date() == EXAM_DAY + timedelta(days=1)
