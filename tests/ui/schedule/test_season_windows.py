"""From the board to the season's other windows: versions, the plan on paper, shifts."""

from conftest import EXAM_DAY
from PySide6.QtCore import Qt

from demoexam.ui.dialogs.season_dialog import SeasonDialog
from demoexam.ui.dialogs.shifts_dialog import ShiftsDialog
from demoexam.ui.dialogs.versions_dialog import VersionsDialog


def run(desk, start):
    extra = next(one for one in desk.page.extras() if one.text.startswith(start))
    extra.run()
    desk.settle()


def test_the_menu_opens_versions_and_the_plan_on_paper(desk):
    for start, kind in (("Утвердить план", VersionsDialog), ("Сводный план", SeasonDialog)):
        run(desk, start)
        dialog = desk.window.findChild(kind)
        assert dialog.isVisible()
        dialog.reject()
        desk.settle()


def test_the_plan_is_approved_from_the_board_by_keyboard(desk):
    button = desk.page.plan
    assert button.accessibleName() == "Утвердить план"
    desk.key(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = desk.window.findChild(VersionsDialog)
    assert dialog.approval.covered.text().endswith("; без даты, не войдут: 1")

    desk.key(Qt.Key.Key_Return, widget=dialog.name)

    assert "План утверждён: 2\u00a0экзамена" in dialog.strip.words.text()
    assert button.accessibleName() == "План утверждён"
    dialog.reject()
    desk.choose(desk.season.first)
    desk.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert desk.stored(desk.season.first).starts_at.date() != EXAM_DAY
    assert button.accessibleName() == "План изменён: 1"
    desk.workspace.undo()
    desk.settle()
    assert button.accessibleName() == "План утверждён"


def test_the_inspector_leads_to_shifts(desk):
    desk.choose(desk.season.first)
    inspector = desk.page.inspector
    desk.qtbot.waitUntil(lambda: inspector._actions.card is not None)

    inspector._actions.split_wanted.emit()
    desk.settle()

    dialog = desk.window.findChild(ShiftsDialog)
    assert dialog.day.value() == desk.season.first.starts_at.date()
    dialog.reject()
    desk.settle()
