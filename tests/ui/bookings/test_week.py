"""The week of a workshop: by keyboard alone, by mouse, and as a list."""

from datetime import timedelta

from conftest import Builder
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMessageBox

from demoexam.models.places import Workshop
from demoexam.rules.terms import BookingPurpose
from demoexam.services.bookings.bookings import create_booking

K, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
LESSONS = (0, "09:00", "12:00", "ТМ-31")


def type_in(field, text):
    field.setText(text)
    field.editingFinished.emit()


def at_cursor(board):
    one = board.view.chosen()
    return one.title if one else ""


def test_the_whole_life_of_a_booking_by_keyboard_alone(board, doing, workspace, qtbot):
    view = board.view
    doing.wait(view.hasFocus)
    doing.keys(view, K.Key_Right, K.Key_Right, K.Key_Down, K.Key_Insert)
    form = doing.dialog()
    doing.wait(form._fields["purpose"].hasFocus)
    doing.keys(form._fields["purpose"], K.Key_Down, K.Key_Tab)
    form.focusWidget().setText("Школа № 4")
    with doing.written():
        doing.keys(form.focusWidget(), K.Key_Return)
    assert doing.stored() == [LESSONS, (2, "09:30", "10:30", "Школа № 4")]
    doing.wait(lambda: at_cursor(board) == "Школа № 4")
    for keys, expected in (
        ([(K.Key_Down, ALT)], (2, "09:45", "10:45")),
        ([(K.Key_Right, ALT)], (3, "09:45", "10:45")),
        ([(K.Key_Up, ALT)], (3, "09:30", "10:30")),
        ([(K.Key_Left, ALT)], (2, "09:30", "10:30")),
    ):
        with doing.written():
            doing.keys(view, *keys)
        assert doing.stored()[-1][:3] == expected
    doing.keys(view, K.Key_Return)
    form = doing.dialog()
    doing.keys(form._fields["organizer"], K.Key_Tab)
    form._fields["organizer"].setText("Школа № 5")
    with doing.written():
        doing.keys(form._fields["organizer"], K.Key_Return)
    assert doing.stored()[-1] == (2, "09:30", "10:30", "Школа № 5")
    with doing.written():
        doing.keys(view, K.Key_Delete)
    assert doing.stored() == [LESSONS]
    with doing.written():
        workspace.undo()
    assert len(doing.stored()) == 2


def test_a_booking_of_an_exam_is_read_only_and_enter_opens_the_exam(board, doing, window):
    view = board.view
    doing.keys(view, K.Key_Right, K.Key_Up)
    assert at_cursor(board) == "ТМ-21"
    assert "экзамен группы ТМ-21, 08:00–11:30" in view.accessibleDescription()
    doing.keys(view, (K.Key_Down, ALT))
    assert "Это время занял экзамен" in board.strip.words.text()
    doing.keys(view, K.Key_Delete)
    assert doing.stored() == [LESSONS]
    doing.keys(view, K.Key_Return)
    assert window.page.TITLE == "Экзамены"


def test_a_move_over_an_exam_is_refused_with_a_free_slot(board, doing):
    view = board.view
    board.view.point_at(board.week.standing[0].id)
    doing.keys(view, (K.Key_Right, ALT))
    doing.wait(lambda: "уже занято" in board.strip.words.text())
    assert "экзамен группы ТМ-21" in board.strip.words.text()
    button = board.strip._buttons.itemAt(0).widget()
    assert button.text().endswith("вт 2\u00a0июня, 11:30–14:30")
    with doing.written():
        button.click()
    assert doing.stored() == [(1, "11:30", "14:30", "ТМ-31")]


def test_a_displaced_booking_is_told_with_two_ways_out(displaced, board, doing):
    assert "Бронь пересекается с экзаменом" in board.strip.words.text()
    assert "сетевое использование (Техникум)" in board.strip.words.text()
    mover = board.strip._buttons.itemAt(1).widget()
    with doing.written():
        mover.click()
    assert doing.stored()[-1] == (1, "11:30", "15:30", "Техникум")
    doing.wait(lambda: not board.strip.isVisible())


def test_a_drag_creates_and_a_drag_moves(board, doing, qtbot):
    view, port = board.view, board.view.viewport()
    grid = view._grid()

    def point(day, hour):
        column = grid.column(day)
        return QPoint(int(column.center().x()), int(grid.y(hour * 60) + view._top() + 1))

    def drag(begin, end):
        qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=begin)
        qtbot.mouseMove(port, begin + QPoint(2, 30))
        qtbot.mouseMove(port, end)
        view.grab()  # the ghost is painted
        qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)

    drag(point(3, 10), point(3, 12))
    form = doing.dialog()
    assert (form.start.text(), form.end.text()) == ("10:00", "12:00")
    form.reject()
    with doing.written():
        drag(point(0, 10), point(2, 14))
    assert doing.stored() == [(2, "13:00", "16:00", "ТМ-31")]
    drag(point(1, 9), point(4, 9))
    doing.wait(lambda: "Это время занял экзамен" in board.strip.words.text())
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=point(3, 10))
    qtbot.mouseMove(port, point(3, 13))
    doing.keys(view, K.Key_Escape)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=point(3, 13))
    assert doing.stored() == [(2, "13:00", "16:00", "ТМ-31")]


def test_the_list_has_the_same_actions(board, doing, window):
    doing.keys(board.view, (K.Key_L, Qt.KeyboardModifier.ControlModifier))
    table = board.list
    doing.wait(table.hasFocus)
    assert table.accessibleName() == "Брони и экзамены недели"
    assert [table.rows.cell(n, 3).text for n in range(2)] == ["ТМ-31", "ТМ-21"]
    assert table.rows.cell(0, 2).text == "учебные занятия"
    with doing.written():
        doing.keys(table, (K.Key_Down, ALT))
    assert doing.stored() == [(0, "09:15", "12:15", "ТМ-31")]
    doing.keys(table, K.Key_Insert)
    doing.dialog().reject()
    doing.keys(table, K.Key_Return)
    assert doing.dialog().record_id
    doing.dialog().reject()
    with doing.written():
        doing.keys(table, K.Key_Delete)
    assert doing.stored() == []
    for number in range(len(table.rows.columns)):
        table.rows.sort(number)
    doing.keys(table, K.Key_Down, K.Key_Return)
    doing.wait(lambda: window.page.TITLE == "Экзамены")


def test_a_week_turns_by_keys_and_past_its_edge(board, doing, qtbot):
    view = board.view
    with qtbot.waitSignal(board.shown):
        doing.keys(view, K.Key_PageDown)
    assert board.week.days[0].day == 8
    assert "закрыто" in board.week.days_off.values() or board.week.days_off
    with qtbot.waitSignal(board.shown):
        doing.keys(view, K.Key_Left)
    assert board.week.days[0].day == 1
    assert board.view.cursor_slot()[0].day == 6
    with qtbot.waitSignal(board.shown):
        board.go_today()
    board.hours.linked.emit()


def test_a_weekly_booking_tells_what_it_skipped_and_adds_it_back(board, doing, qtbot):
    board.view.point_at_day(board.week.days[4])  # the next Friday is a public holiday
    board.book()
    form = doing.dialog()
    type_in(form.until, "30.06.2026")
    with doing.written():
        form.save()
    doing.wait(lambda: form.gaps.buttons)
    assert "12.06.2026 — День России" in form.strip.words.text()
    assert [row[0] for row in doing.stored()] == [0, 4, 18, 25]
    with doing.written():
        form.gaps.buttons[0].click()
    assert [row[0] for row in doing.stored()] == [0, 4, 11, 18, 25]
    doing.wait(lambda: not form.gaps.isVisible())
    form.ok_button.click()
    assert not form.isVisible()


def test_of_a_series_one_or_the_rest_is_changed_and_deleted(board, doing, workspace, place, qtbot):
    with doing.written():
        workspace.perform(
            create_booking, operation="повтор", workshop_id=place, purpose=BookingPurpose.PROJECT,
            organizer="завод", starts_at=board.view._grid().moment(0, 14 * 60),
            ends_at=board.view._grid().moment(0, 15 * 60),
            until=board.week.days[0] + timedelta(days=21),
        )  # fmt: skip
    board.view.point_at(board.week.standing[1].id)
    doing.keys(board.view, K.Key_Return)
    form = doing.dialog()
    form.scope.show_value(True)
    type_in(form.start, "15")
    type_in(form.end, "17")
    with doing.written():
        form.save()
    assert [row[:3] for row in doing.stored()[1:]] == [
        (day, "15:00", "17:00") for day in (0, 7, 14, 21)
    ]
    for text, left in (("Только эту", 4), ("Эту и следующие", 1)):
        if left == 1:
            with qtbot.waitSignal(board.shown):
                doing.keys(board.view, K.Key_PageDown)
        one = next(each for each in board.week.standing if each.series)
        board.view.point_at(one.id)
        doing.keys(board.view, K.Key_Delete)
        box = doing.dialog()
        assert isinstance(box, QMessageBox)
        with doing.written():
            next(each for each in box.buttons() if each.text() == text).click()
        assert len(doing.stored()) == left


def test_a_form_says_what_it_lacks_and_offers_what_is_free(board, doing):
    board.view.point_at(board.week.standing[0].id)
    board.acts.create(board.view.cursor_slot())
    form = doing.dialog()
    type_in(form.start, "десять")
    form.save()
    assert "Это не время" in form.strip.words.text()
    type_in(form.start, "")
    form.save()
    assert "Укажите день, начало и конец" in form.strip.words.text()
    type_in(form.start, "9")
    form.save()
    doing.wait(lambda: "уже занято" in form.strip.words.text())
    button = form.strip._buttons.itemAt(0).widget()
    assert button.text() == "Взять пн 1\u00a0июня, 12:00–13:00"
    with doing.written():
        button.click()
    assert doing.stored()[-1][:3] == (0, "12:00", "13:00")


def test_the_way_back_leads_to_the_list_of_workshops(window, board, place, doing, qtbot):
    page = window.page
    assert page.heading.title == "Токарная № 1"
    assert page.heading.trail == "Мастерские"
    assert page.primary.text == "Новая бронь"
    board.workshop.written.emit(board.workshop.itemData(0))
    doing.wait(lambda: page.heading.title == "Сварочная")
    assert page.go_back()
    assert page.primary.text == "Новая мастерская"
    page.view.point_at(place)
    page.open_week()
    doing.wait(lambda: page.heading.title == "Токарная № 1")


def test_a_workshop_that_is_gone_leads_back(window, board, store, place, doing):
    with store.transaction("удаление") as session:
        session.get(Workshop, place).deleted = True
    board.reload()
    doing.wait(lambda: not window.page.shows_week())


def test_the_hours_of_the_year_stand_beside_the_week(board, window, doing):
    assert board.hours.figure.figure.text() == "6,5 ч"
    assert "ДЭ" not in board.hours.bars.accessibleName()
    assert board.hours.bars.accessibleName() == (
        "демонстрационный экзамен 3,5 ч; учебные занятия 3 ч"
    )
    board.hours.linked.emit()
    doing.wait(lambda: window.page.TITLE == "Отчёты")


def test_closures_overlaps_and_sundays_are_painted(store, place, displaced, board, doing):
    with store.transaction("ещё") as session:
        make, workshop = Builder(session), session.get(Workshop, place)
        moment = board.view._grid().moment
        make.booking(workshop, moment(3, 0), moment(3, 23 * 60 + 59), BookingPurpose.CLOSED)
        sunday = moment(5, 9 * 60) + timedelta(days=1)
        make.booking(workshop, sunday, sunday + timedelta(hours=14), BookingPurpose.BROADCAST)
    board.reload()
    doing.wait(lambda: len(board.week.days) == 7)
    board.view.grab()
    assert board.view._grid().last == 23 * 60


def test_of_two_bookings_at_once_the_later_one_gives_way(store, place, board, doing):
    with store.transaction("обмен") as session:  # made on another computer meanwhile
        moment = board.view._grid().moment
        workshop, make = session.get(Workshop, place), Builder(session)
        make.booking(workshop, moment(0, 11 * 60), moment(0, 13 * 60), organizer="школа")
    board.reload()
    doing.wait(board.strip.isVisible)
    assert "с другой бронью" in board.strip.words.text()
    assert "Там учебные занятия (ТМ-31), 09:00–12:00, записано раньше." in board.strip.words.text()
    assert board.strip._buttons.itemAt(1).widget().text().endswith("12:00–14:00")
