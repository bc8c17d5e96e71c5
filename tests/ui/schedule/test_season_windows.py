"""From the board to the season's other windows: versions, the plan on paper, shifts."""

from demoexam.ui.dialogs.season_dialog import SeasonDialog
from demoexam.ui.dialogs.shifts_dialog import ShiftsDialog
from demoexam.ui.dialogs.versions_dialog import VersionsDialog


def run(desk, start):
    extra = next(one for one in desk.page.extras() if one.text.startswith(start))
    extra.run()
    desk.settle()


def test_the_menu_opens_versions_and_the_plan_on_paper(desk):
    for start, kind in (("Версии плана", VersionsDialog), ("Сводный план", SeasonDialog)):
        run(desk, start)
        dialog = desk.window.findChild(kind)
        assert dialog.isVisible()
        dialog.reject()
        desk.settle()


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
