"""The day of an exam in the window: places by hand, stops of time, hours, closing and reopening."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select
from ui.exams.conftest import said

from demoexam.models.exams import ExamPlace, Incident, WorkplaceDraw
from demoexam.models.groups import Examinee
from demoexam.rules.terms import IncidentKind, SessionState
from demoexam.services.exams import workplace_draw
from demoexam.services.history import past_operations
from demoexam.ui.exams.scores_table import FINISHED, FIRST
from demoexam.ui.widgets import Button

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def card(desk):
    """The card of a sitting with five people at drawn places."""
    with desk.workspace.store.transaction("жеребьёвка") as session:
        workplace_draw.draw_workplaces(session, session_id=desk.plan.id, seed="7F3A")
    return desk.open()


def rows(desk, entity):
    query = select(entity).where(entity.live(), entity.session_id == desk.plan.id)
    with desk.workspace.store.reading() as session:
        return session.scalars(query.order_by(entity.n)).all()


def place(desk, name):
    query = select(ExamPlace).join(Examinee, Examinee.id == ExamPlace.examinee_id)
    with desk.workspace.store.reading() as session:
        found = session.scalars(query.where(ExamPlace.live()).order_by(Examinee.skey)).all()
        return found[name]


def last_words(desk):
    with desk.workspace.store.reading() as session:
        return past_operations(session)[0].text


def answer(desk, line, text):
    """Type into the question across the card and press Enter."""
    assert line.isVisible()
    assert line.answer.hasFocus()
    line.answer.setText(text)
    desk.press(line.answer)


def button(widget, words):
    (found,) = [
        one for one in widget.findChildren(Button) if words in one.text() and one.isVisible()
    ]
    return found


# -- places -------------------------------------------------------------------------------


def test_a_place_is_changed_by_the_keyboard_and_marked(desk, card):
    card.show_tab("places")
    view = card.places.view
    view.setFocus()
    view.selectRow(0)
    before = place(desk, 0).workplace
    desk.press(view)
    answer(desk, card.places.line, "12")
    assert place(desk, 0).workplace == 12
    assert not card.places.line.isVisible()
    assert view.hasFocus()
    shown = [card.places.table.cell(0, column).text for column in (2, 3)]
    assert shown == ["12", f"изменено вручную: было № {before}"]
    assert "рабочее место: " in last_words(desk)


def test_who_does_not_sit_the_exam_is_taken_out_and_brought_back_by_the_keyboard(desk, card):
    card.show_tab("places")
    view, before = card.places.view, len(rows(desk, ExamPlace))
    assert card.places.add_people.isHidden()
    view.setFocus()
    view.selectRow(1)
    name = card.places.table.cell(1, 1).text
    desk.keys(view, Qt.Key.Key_Delete)
    desk.settle()
    assert len(rows(desk, ExamPlace)) == before - 1
    shown = [card.places.table.cell(at, 1).text for at in range(card.places.table.rowCount())]
    assert name not in shown
    assert f"снят с экзамена: {name}" in last_words(desk)
    card.places.layout().activate()
    assert card.minimumSizeHint().width() <= desk.page.width()  # with all its buttons, at 1366
    desk.click(card.places.add_people)
    assert len(rows(desk, ExamPlace)) == before
    assert card.places.add_people.isHidden()


def test_a_taken_place_offers_to_change_places(desk, card):
    card.show_tab("places")
    mine, other = place(desk, 0).workplace, place(desk, 1).workplace
    card.places.view.selectRow(0)
    desk.press(card.places.view)
    answer(desk, card.places.line, str(other))
    assert f"уже сидит на месте № {other}" in said(card.places.line)
    desk.click(button(card.places.line, "Поменять местами"))
    assert (place(desk, 0).workplace, place(desk, 1).workplace) == (other, mine)


def test_a_wrong_place_is_refused_in_the_line(desk, card):
    card.show_tab("places")
    before = place(desk, 0).workplace
    card.places.view.selectRow(0)
    desk.press(card.places.view)
    for typed, told in (("семь", "не номер места"), ("99", "в мастерской 15")):
        answer(desk, card.places.line, typed)
        assert told in said(card.places.line)
    assert place(desk, 0).workplace == before
    desk.press(card.places.line.answer, Qt.Key.Key_Escape)
    assert not card.places.line.isVisible()


def test_a_second_draw_asks_for_a_reason(desk, card):
    card.show_tab("places")
    desk.click(card.places.draw)
    answer(desk, card.places.line, " ")
    assert "Без причины жеребьёвку не повторяют" in said(card.places.line)
    assert [one.seed for one in rows(desk, WorkplaceDraw)] == ["7F3A"]
    answer(desk, card.places.line, "двое заболели")
    (draw,) = rows(desk, WorkplaceDraw)
    assert (draw.reason, draw.seed != "7F3A") == ("двое заболели", True)
    assert "Проведена повторно: двое заболели." in said(card.places)
    assert last_words(desk).startswith("повторная жеребьёвка: двое заболели")


# -- what happens -------------------------------------------------------------------------


def test_a_stop_is_written_by_the_keyboard(desk, card):
    card.show_tab("course")
    assert "ничего не случилось" in said(card.course)
    desk.keys(card.course.empty.findChild(Button), Qt.Key.Key_Insert)
    form = card.course.form
    assert form.isVisible()
    form.started.setText("1015")
    form.ended.setText("10.27")
    assert form.minutes.placeholderText() == "12"
    form.reason.setText("отключился свет")
    desk.keys(form.reason, Qt.Key.Key_Return, CTRL)
    desk.settle()
    assert not form.isVisible()
    (stop,) = rows(desk, Incident)
    assert (stop.started, stop.ended, stop.compensation) == ("10:15", "10:27", 12)
    assert stop.examinee_id is None
    assert card.course.table.cell(0, 5).text == "добавлено 12 мин"
    assert "Время добавлено 5 участникам, не больше 12 мин" in said(card.course)
    assert last_words(desk).startswith("остановка времени: все участники")


def test_a_refusal_stays_in_the_form(desk, card):
    card.show_tab("course")
    card.course.ask(IncidentKind.REMOVAL)
    form = card.course.form
    form.started.setText("10:40")
    form.write()
    desk.settle()
    assert form.isVisible()
    assert "Не указана причина" in said(form)
    form.reason.setText("телефон")
    form.clause.setText("п. 44")
    form.write()
    desk.settle()
    (removal,) = rows(desk, Incident)
    assert (removal.kind, removal.clause, removal.counts) == (IncidentKind.REMOVAL, "п. 44", False)
    card.show_tab("scores")
    row = next(n for n, one in enumerate(card.scores.scores.people) if one.outcome)
    assert card.scores.scores.text(row, card.scores.scores.after + 2) == "Удалён"
    assert not card.scores.scores.is_open(card.scores.scores.index(row, FIRST))


def test_an_incident_is_corrected_and_taken_away(desk, card):
    card.show_tab("course")
    card.course.ask(IncidentKind.REMOVAL)
    form = card.course.form
    form.who.show_value("другое лицо…")
    form.who.activated.emit(form.who.currentIndex())
    assert form.person.isVisible()
    for field, text in (
        (form.person, "Петров Пётр"), (form.role, "сопровождающий"), (form.started, "8:40"),
        (form.reason, "подсказывал"),
    ):  # fmt: skip
        field.setText(text)
    form.write()
    desk.settle()
    desk.press(card.course.view)
    assert form.isVisible()
    assert form.person.text() == "Петров Пётр"
    form.role.setText("эксперт")
    form.write()
    desk.settle()
    assert not form.isVisible()
    (removal,) = rows(desk, Incident)
    assert (removal.person, removal.role, removal.examinee_id) == ("Петров Пётр", "эксперт", None)
    desk.keys(card.course.view, Qt.Key.Key_Delete)
    desk.settle()
    assert rows(desk, Incident) == []


def test_time_stops_and_goes_on_by_one_key(desk, card):
    card.show_tab("course")
    card.course.clock = lambda: datetime(2026, 6, 18, 10, 15, 40)
    desk.keys(card.course.empty.findChild(Button), Qt.Key.Key_F7)
    desk.settle()
    assert "Время стоит с 10:15 — все участники" in said(card.course.strip)
    card.course.clock = lambda: datetime(2026, 6, 18, 10, 20, 10)
    desk.click(button(card.course.strip, "Возобновить сейчас"))
    assert not card.course.strip.isVisible()
    (stop,) = card.card.incidents
    assert (stop.started, stop.ended, stop.compensation) == ("10:15", "10:21", 6)
    card.course.clock = lambda: datetime(2026, 6, 18, 20, 0)
    desk.keys(card.course.view, Qt.Key.Key_F7)
    desk.settle()
    assert "20:00 — не время экзамена" in said(desk.window.notice)


def test_each_incident_is_printed_in_its_form(desk, card, qtbot):
    card.show_tab("course")
    with desk.making() as make:
        make._session.add(
            Incident(session_id=desk.plan.id, kind=IncidentKind.STOP, started="10:00")
        )
        make._session.add(
            Incident(
                session_id=desk.plan.id, kind=IncidentKind.EARLY_END, started="11:00",
                examinee_id=place(desk, 0).examinee_id, reason="по желанию",
            )
        )  # fmt: skip
    card.reload()
    desk.settle()
    card.course.printing.disconnect()
    for row, code in enumerate(("3.12", "3.14")):
        card.course.view.selectRow(row)
        assert code in card.course.print.text()
        with qtbot.waitSignal(card.course.printing) as told:
            desk.click(card.course.print)
        assert told.args == [code]


# -- hours and closing --------------------------------------------------------------------


def type_hour(desk, card, row, text):
    view = card.scores.view
    view.setFocus()
    view.setCurrentIndex(card.scores.scores.index(row, card.scores.scores.after + FINISHED))
    view.edit(view.currentIndex())
    (editor,) = [one for one in view.viewport().findChildren(QLineEdit) if one.isVisible()]
    editor.setText(text)
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.qtbot.wait(20)
    desk.settle()


def test_hours_are_typed_in_the_grid_within_the_limits_of_the_header(desk, card):
    card.show_tab("scores")
    scores = card.scores.scores
    titles = [
        scores.headerData(at, Qt.Orientation.Horizontal).split()[-1]
        for at in (FIRST, FIRST + 2, scores.after, scores.after + FINISHED)
    ]
    assert titles == ["25", "50", "100", "12:30"]
    type_hour(desk, card, 0, "1158")
    assert place(desk, 0).finished_at == "11:58"
    assert card.scores.view.currentIndex().row() == 1
    type_hour(desk, card, 1, "13.40")
    assert "13:40 позже конца 12:30" in said(card.scores.view.balloon)
    assert place(desk, 1).finished_at is None
    desk.press(card.scores.view, Qt.Key.Key_Escape)
    desk.press(card.scores.view, Qt.Key.Key_Space)
    assert place(desk, 1).finished_at == "12:30"
    desk.click(card.scores.came)
    desk.click(card.scores.in_time)
    assert [place(desk, n).finished_at for n in range(5)] == ["11:58"] + ["12:30"] * 4


def fill_all(desk, card, people=5):
    card.show_tab("scores")
    QGuiApplication.clipboard().setText("\n".join(["20\t20\t40"] * people))
    card.scores.view.setCurrentIndex(card.scores.scores.index(0, FIRST))
    desk.click(card.scores.pasting)


def to_done(desk, card):
    for _ in (SessionState.ANNOUNCED, SessionState.DONE):
        desk.click(card.next)
    assert desk.stored().state is SessionState.DONE


def test_every_missing_cell_is_a_link_to_it(desk, card):
    fill_all(desk, card, people=3)
    to_done(desk, card)
    card.show_tab("group")
    desk.click(card.next)
    assert card.stack.currentWidget() is card.scores
    assert "6 ячеек у 2 участников" in said(card.scores.strip)
    target = card.scores.scores.people[4].place_id
    card.scores.strip.words.linkActivated.emit(f"{target}:2")
    assert card.scores.view.currentIndex() == card.scores.scores.index(4, FIRST + 1)
    assert desk.stored().state is SessionState.DONE


def test_points_elsewhere_are_an_explicit_choice(desk, card):
    to_done(desk, card)
    desk.click(card.next)
    assert desk.stored().state is SessionState.DONE
    desk.click(button(card.scores.strip, "Баллы внесены не здесь"))
    desk.click(button(card.scores.strip, "от руки"))
    assert desk.stored().state is SessionState.CLOSED
    assert last_words(desk) == "закрыт экзамен ИС-41: баллы внесены от руки"


def test_a_closed_exam_is_opened_with_a_reason_seen_in_its_history(desk, card):
    fill_all(desk, card)
    to_done(desk, card)
    desk.click(card.next)
    assert desk.stored().state is SessionState.CLOSED
    assert not card.scores.came.isEnabled()
    card.show_tab("places")
    assert not card.places.change.isEnabled()
    assert all("Удалить" not in one.text() for one in card.header.menu.actions())
    (reopen,) = [one for one in card.header.menu.actions() if "Открыть снова" in one.text()]
    reopen.trigger()
    answer(desk, card.line, "")
    assert "Без причины" in said(card.line)
    answer(desk, card.line, "перепутаны баллы")
    assert desk.stored().state is SessionState.ANNOUNCED
    assert not card.line.isVisible()
    card.show_tab("history")
    desk.settle()
    told = [card.history.table.cell(n, 2).text for n in range(card.history.table.rowCount())]
    assert told[0] == "открыт заново экзамен ИС-41: перепутаны баллы"
