"""The import through the window: what is shown before, what is written after, what is refused."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from import_dialog_steps import board, loaded, outcomes, settled
from import_truth import roster
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import func, select

from demoexam.models.catalog import entities
from demoexam.models.journal import operation
from demoexam.models.people import Expert
from demoexam.rules.terms import CountMethod
from demoexam.services.imports.imports import import_file
from demoexam.services.imports.plan import Status
from demoexam.services.share.share import shares
from demoexam.settings import LocalSettings
from demoexam.store.store import Store
from demoexam.ui.dialogs.import_dialog import ImportDialog
from demoexam.ui.main_window import MainWindow

ONE_OF_EACH = (
    "kod_list.xlsx", "workshops.xlsx", "students.xlsx", "schedule_experts.xlsx", "schedule.xlsx",
)  # fmt: skip
UNREADABLE = Path(__file__).parents[2] / "data" / "unreadable"


def live_rows(store):
    """Table -> number of live rows."""
    with store.reading() as session:
        counts = {
            name: session.scalar(select(func.count()).where(entity.live()).select_from(entity))
            for name, entity in entities().items()
        }
    return {name: count for name, count in counts.items() if count}


def operations(workspace):
    return workspace.read(
        lambda session: session.execute(select(operation.c.text).order_by(operation.c.at)).all()
    )


def names(workspace):
    query = select(Expert.last_name).where(Expert.live()).order_by(Expert.skey)
    return workspace.read(lambda session: session.scalars(query).all())


def test_all_kinds_one_after_another_give_the_store_of_the_command_line(
    opened, workspace, qtbot, blank_store, tmp_path
):
    dialog = opened(*[roster(name) for name in ONE_OF_EACH])
    for number in range(len(ONE_OF_EACH)):
        settled(qtbot, dialog)
        assert f"файл {number + 1} из {len(ONE_OF_EACH)}" in dialog.head.hint.text()
        loaded(qtbot, dialog)

    other = tmp_path / "other.db"
    other.write_bytes(blank_store.read_bytes())
    by_command = Store(other)
    for name in ONE_OF_EACH:
        import_file(by_command, roster(name))
    assert live_rows(workspace.store) == live_rows(by_command)
    by_command.close()
    assert not dialog.isVisible()


def test_nothing_is_written_until_the_button(opened, workspace, book):
    before, done = live_rows(workspace.store), operations(workspace)
    dialog = opened(book())

    assert dialog.foot.load.text().strip() == "Загрузить 3"
    assert outcomes(dialog) == ["Новый, работодатель", "Новый, работодатель", "Новый, из колледжа"]
    dialog.reject()
    assert live_rows(workspace.store) == before
    assert operations(workspace) == done


def test_one_undo_takes_the_whole_file_back(opened, workspace, qtbot, book):
    before = live_rows(workspace.store)
    dialog, told = opened(book()), []
    workspace.performed.connect(told.append)
    loaded(qtbot, dialog)
    assert names(workspace) == ["Аверин", "Белова", "Гусев"]
    assert told[-1] == "Загружено 3\u00a0эксперта."

    with qtbot.waitSignal(workspace.performed):
        workspace.undo()
    assert names(workspace) == []
    after = Counter(live_rows(workspace.store))
    after.subtract(before)
    assert {table for table, count in after.items() if count} <= {"coordinator"}


def test_an_edited_copy_shows_old_and_new_and_the_same_file_nothing(opened, workspace, qtbot, book):
    loaded(qtbot, opened(book()))
    again = opened(book(name="снова.xlsx"))
    assert again.board.counts == {Status.SAME: 3}
    assert not again.foot.load.isEnabled()
    assert again.foot.load.text().strip() == "Загружать нечего: всё уже есть"

    people = [list(row) for row in (("Аверин Павел Денисович", "АО «Вектор»", "наладчик",
              "+79161234501", "new@example.com"),)]  # fmt: skip
    edited = opened(book(people, "правка.xlsx"))
    row = edited.board.rows[0]
    assert row.outcome == "Изменится: почта"
    change = row.changes["email"]
    assert (change.old, change.new) == ("a@example.com", "new@example.com")


@pytest.mark.parametrize(
    ("name", "said", "advised"),
    [
        ("password.xlsx", "защищён паролем", "Снимите пароль"),
        ("truncated.xlsx", "повреждён", "ещё раз"),
        ("missing.xlsx", "не найден", "Проверьте"),
    ],
)
def test_an_unreadable_file_is_explained_with_what_to_do(opened, name, said, advised):
    dialog = opened(UNREADABLE / name, apart=True)
    assert dialog.stack.currentWidget() is dialog.trouble
    assert said in dialog.trouble.title.text()
    assert advised in dialog.trouble.text.text()
    assert not dialog.foot.load.isVisible()


def test_after_an_unreadable_file_another_may_be_chosen(opened, qtbot, book):
    dialog = opened(UNREADABLE / "password.xlsx")
    dialog.ask_file()
    chooser = dialog.findChild(QFileDialog)
    chooser.filesSelected.emit([str(book())])
    chooser.close()
    settled(qtbot, dialog)
    assert board(dialog).to_load == 3


def test_an_empty_file_says_so(opened, tmp_path):
    empty = tmp_path / "пусто.csv"
    empty.write_bytes(b"")
    assert "пуст" in opened(empty).trouble.title.text()


def test_stopping_the_reading_leaves_nothing(qtbot, workspace, opened, book):
    dialog = opened()
    assert dialog.stack.currentWidget() is dialog.invitation
    before = live_rows(workspace.store)
    dialog.take_files([book()])
    assert dialog.stack.currentWidget() is dialog.progress
    dialog.progress.cancelled.emit()
    qtbot.wait(300)

    assert not dialog.isVisible()
    assert dialog.board is None
    assert live_rows(workspace.store) == before


def test_the_promised_share_is_the_share_that_comes(opened, workspace, qtbot):
    dialog, effects = opened(roster("clean.xlsx")), []
    dialog.loader.judged.connect(effects.append)
    dialog.loader.choose({})
    qtbot.waitUntil(lambda: bool(effects) and effects[-1] is not None)
    loaded(qtbot, dialog)

    def counted(session):
        return shares(session, year=2026, today=date.today(), count=CountMethod.ROSTER)[0].share

    assert effects[-1].roster_after == workspace.read(counted)
    assert effects[-1].roster_after.experts == 40


def test_a_name_is_never_read_as_markup(opened, book):
    dialog = opened(book([("Аверин Павел", "ООО «<b>Заря</b>»", "<i>мастер</i>")]))
    assert dialog.view.panel.row.name.textFormat() is Qt.TextFormat.PlainText
    change = dialog.view.panel.row.findChildren(type(dialog.view.panel.row.name))
    assert not any("<b>Заря</b>" in each.text() for each in change)


def test_the_window_tells_what_was_loaded_and_takes_it_back(workspace, qtbot, book):
    window = MainWindow(LocalSettings())
    window.attach(workspace)
    window.show()
    window.open_dialog("import", files=[book()])
    dialog = window.findChild(ImportDialog)
    settled(qtbot, dialog)
    loaded(qtbot, dialog)

    assert window.status.words.text() == "Загружено 3\u00a0эксперта."
    with qtbot.waitSignal(workspace.performed) as told:
        window.status.undo_button.click()
    assert told.args == ["Отменено: загрузка список.xlsx"]
    assert names(workspace) == []
    window.detach()
    window.hide()
    window.deleteLater()


def test_a_list_of_which_nothing_can_be_loaded_does_not_say_that_all_is_there(
    opened, workspace, qtbot, tmp_path
):
    path = Path(shutil.copy(roster("schedule.xlsx"), tmp_path))  # refused rows are saved beside it
    loaded(qtbot, opened(path))  # its colleges, no exam: the kits are unknown
    dialog = opened(path)
    settled(qtbot, dialog)
    assert dialog.foot.load.text().strip() == "Загружать нечего: во всех строках ошибки"
    assert not dialog.foot.load.isEnabled()
