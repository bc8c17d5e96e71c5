"""Two records that contradict each other or seem to be one, and what the hub did not take."""

from datetime import timedelta

import pytest
from conftest import EXAM_DAY, Builder
from PySide6.QtWidgets import QApplication
from sqlalchemy import text
from ui.syncing.desktops import add_expert

from demoexam.models.exams import ExamSession
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.rules.terms import OrganizationKind
from demoexam.services.syncing.cards import Way
from demoexam.ui.dialogs.conflict_dialog import ConflictDialog
from demoexam.ui.dialogs.exam_edit_dialog import ExamDialog

INN = "7707083893"


def dialog_of(window, qtbot):
    """The page's first conflict, opened."""
    page = window.open_page("sync")
    qtbot.waitUntil(lambda: page.table.rowCount() > 0)
    page.decide.button.click()
    dialog = window.findChild(ConflictDialog)
    qtbot.waitUntil(lambda: dialog.view is not None)
    return dialog


@pytest.fixture
def double_booked(hub, desktop, swap):
    """Both desktops moved a sitting into the same hours of the same workshop."""
    one, two = desktop("one", hub), desktop("two", hub)
    with one.store.transaction("экзамены") as session:
        make = Builder(session)
        college = make.college()
        kit, workshop = make.kit(), make.workshop(college)
        sittings = [
            make.sitting(make.group(college, name), kit, workshop, day=EXAM_DAY + timedelta(day))
            for day, name in enumerate(("ИС-41", "ИС-42"))
        ]
        first, second = (sitting.id for sitting in sittings)
    swap(one, two)
    for desk, ident in ((two, first), (one, second)):
        with desk.store.transaction("перенос экзамена") as session:
            sitting = session.get(ExamSession, ident)
            length = sitting.ends_at - sitting.starts_at
            sitting.starts_at = sitting.starts_at.replace(month=7, day=1)
            sitting.ends_at = sitting.starts_at + length
    swap(two, one)
    return one, two, second


@pytest.fixture
def rule(double_booked, window_of, qtbot):
    return dialog_of(window_of(double_booked[0]), qtbot)


def test_both_sittings_stand_side_by_side_with_what_can_be_done(rule):
    assert rule.card.title.startswith("ИС-42")
    assert rule.card.other.title.startswith("ИС-41")
    assert {Way.MOVE, Way.CANCEL, Way.RELEASE, Way.CANCEL_OTHER} == set(rule.view.buttons)
    assert rule.view.buttons[Way.MOVE].text().strip() == "Перенести…"
    assert not rule.apply.isVisible()


def test_what_still_contradicts_does_not_come_back_and_says_why(rule, double_booked, qtbot):
    rule.view.buttons[Way.RELEASE].click()
    qtbot.waitUntil(rule.strip.isVisible)
    assert "Правила экзамена" in rule.strip.accessibleName()
    assert rule.isVisible()


def test_the_held_sitting_is_moved_in_its_own_form(rule, qtbot):
    rule.view.buttons[Way.MOVE].click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ExamDialog))
    QApplication.activeModalWidget().reject()


def test_cancelling_one_lets_the_plan_be(rule, double_booked, swap, qtbot):
    one, two, second = double_booked
    with qtbot.waitSignal(one.performed):
        rule.view.buttons[Way.CANCEL].click()
    swap(one, two)
    query = text("SELECT deleted FROM exam_session WHERE id = :id")
    assert two.read(lambda session: session.scalar(query, {"id": second})) == 1
    assert two.exchanger.state.conflicts == 0


@pytest.fixture
def twins(hub, desktop, swap, window_of, qtbot):
    """Both desktops made the same organization."""
    one, two = desktop("one", hub), desktop("two", hub)
    swap(one, two)
    for desk, name in ((two, "ООО «Вектор»"), (one, "Вектор, ООО")):
        with desk.store.transaction("новая организация") as session:
            facts = {"short_name": name, "full_name": name, "inn": INN, "city": "Казань"}
            session.add(Organization(kind=OrganizationKind.EMPLOYER, **facts))
    swap(two, one)
    return one, dialog_of(window_of(one), qtbot)


def live_names(workspace):
    query = text("SELECT short_name FROM organization WHERE inn = :inn AND deleted = 0")
    return workspace.read(lambda session: session.scalars(query, {"inn": INN}).all())


def test_twins_become_one_record(twins, qtbot):
    one, dialog = twins
    assert "Название" in [pair.label for pair in dialog.card.pairs if pair.differs]
    with qtbot.waitSignal(one.performed):
        dialog.view.buttons[Way.MERGE_OTHER].click()
    assert live_names(one) == ["ООО «Вектор»"]


def test_twins_may_be_two_and_are_not_asked_about_again(twins, swap, qtbot):
    one, dialog = twins
    with qtbot.waitSignal(one.performed):
        dialog.different.click()
    swap(one)
    assert len(live_names(one)) == 2
    assert one.exchanger.state.conflicts == 0


def test_what_the_hub_did_not_take_is_told_with_a_way_to_the_record(hub, desktop, window_of, qtbot):
    one = desktop("one", hub)
    ident = add_expert(one)
    with one.store.applying() as near:
        near.execute(
            text("UPDATE dirty SET rejected = 'запись чужая' WHERE row_id = :i"), {"i": ident}
        )
    window = window_of(one)
    page = window.open_page("sync")
    qtbot.waitUntil(lambda: page.waiting.lines.count() == 1)
    assert page.waiting.refused.text() == "Не принято: 1"
    qtbot.waitUntil(lambda: window.navigation.buttons["sync"].badge.text() == "1")
    line = page.waiting.lines.itemAt(0).widget()
    opener = line.findChild(type(page.solve))
    assert "запись чужая" in opener.accessibleName()
    opener.click()
    assert window.top.title.text() == "Эксперты"
    assert window.page.view.current_id() == ident
    assert one.read(lambda session: session.get(Expert, ident)) is not None
