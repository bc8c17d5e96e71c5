"""The filter of the board finds exams by group, expert, workshop, state and findings."""

from conftest import EXAM_DAY
from PySide6.QtCore import Qt

from demoexam.models.people import Expert, Unavailability
from demoexam.rules.terms import SessionState
from demoexam.text import counted

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def search(desk, text=""):
    desk.key(Key.Key_F, CONTROL, desk.window)
    field = desk.page.tools.filter
    assert field.hasFocus()
    field.setText(text)
    desk.settle()
    return desk.page.desk.search


def test_words_find_by_group_workshop_state_and_surname(desk):
    season = desk.season
    first, second, waiting = season.first.id, season.second.id, season.waiting.id
    with desk.workspace.store.reading() as session:
        surname = session.get(Expert, season.experts[0].id).last_name
    both = frozenset({first, second})
    for text, wanted in (
        ("ис-42", {second}), ("мастерская б", {second}), (surname.lower(), both),
        ("черновик", frozenset()), ("в плане", {first, second, waiting}),
    ):  # fmt: skip
        assert search(desk, text).found == wanted, text
        assert desk.timeline.found == wanted
        desk.page.tools.listing.setChecked(True)
        assert desk.page.list.table.rowCount() == len(wanted)
        desk.page.tools.listing.setChecked(False)
    assert desk.page.desk.search.bar.count.text() == "Найдено 3 из 3"


def test_enter_goes_to_the_first_found_and_f3_to_the_next(desk):
    search(desk, "мастерская")
    desk.key(Key.Key_Return, widget=desk.page.tools.filter)
    assert desk.timeline.hasFocus()
    assert desk.timeline.selection.current == desk.season.first.id
    desk.key(Key.Key_F3)
    assert desk.timeline.selection.current == desk.season.second.id
    desk.key(Key.Key_F3, SHIFT)
    assert desk.timeline.selection.current == desk.season.first.id


def test_state_workshop_and_findings_are_chosen_with_their_numbers(desk):
    ill = desk.season.experts[1]
    with desk.workspace.store.transaction("болезнь") as session:
        session.add(Unavailability(expert_id=ill.id, from_day=EXAM_DAY, to_day=EXAM_DAY))
    desk.workspace.announce(frozenset({"unavailability"}))
    desk.settle()
    found = search(desk)
    bar = found.bar
    assert bar.count.text() == counted(3, "экзамен", "экзамена", "экзаменов")
    chips = [*desk.timeline.season.chips, *desk.timeline.season.unplaced]
    doubtful = {chip.id for chip in chips if chip.findings}
    assert desk.season.first.id in doubtful
    assert bar.doubtful.text().strip() == f"Только с замечаниями ({len(doubtful)})"
    bar.doubtful.setFocus()
    desk.key(Key.Key_Space, widget=bar.doubtful)
    assert found.found == doubtful
    bar.workshop.menu().actions()[-1].trigger()
    assert bar.workshop.text().strip() == "Мастерская: Мастерская Б, Колледж мастерских (1)"
    assert found.found == doubtful & {desk.season.second.id}
    planned = next(one for one in bar.state.menu().actions() if one.text() == "в плане (3)")
    planned.trigger()
    assert bar.wish("").state is SessionState.PLANNED
    assert found.found == doubtful & {desk.season.second.id}


def test_escape_clears_the_words_then_the_rest_and_goes_back_to_the_board(desk):
    found = search(desk, "ис-42")
    found.bar.doubtful.setChecked(True)
    field = desk.page.tools.filter
    desk.key(Key.Key_Escape, widget=field)
    assert not field.text()
    assert found.open
    desk.key(Key.Key_Escape, widget=field)
    assert not found.open
    assert found.found is None
    assert not found.bar.doubtful.isChecked()
    assert desk.timeline.hasFocus()
    search(desk, "ис-42")
    desk.key(Key.Key_Escape)
    assert not found.open
    assert desk.timeline.found is None
