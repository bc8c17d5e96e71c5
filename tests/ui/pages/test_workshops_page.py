from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from demoexam.models.exams import ExamSession
from demoexam.models.places import ExamCenter, Workshop, WorkshopBooking
from demoexam.rules.terms import BookingPurpose
from demoexam.ui.pages.workshops_page import WorkshopsPage

AHEAD = date.today() + timedelta(days=30 - (date.today() + timedelta(days=30)).weekday())


@pytest.fixture
def place(making):
    """A workshop for ten with an exam of five ahead."""
    with making() as make:
        college = make.college("Колледж связи")
        workshop = make.workshop(
            college, "Сварочные технологии", places=10, equipment=["пост", "вытяжка"],
            accredited_until=date.today() + timedelta(days=30),
        )  # fmt: skip
        make.sitting(workshop=workshop, day=AHEAD)
        make.booking(
            workshop, datetime.combine(AHEAD, time(16)), datetime.combine(AHEAD, time(18)),
            organizer="учебная часть",
        )  # fmt: skip
        return workshop.id


def test_the_list_tells_place_term_and_exams(place, shown, read):
    rows = read(shown(WorkshopsPage))
    assert rows() == ["Сварочные технологии"]
    assert rows("organization") == ["Колледж связи"]
    assert rows("places") == ["10"]
    assert rows("equipment") == ["пост, вытяжка"]
    assert rows("ahead") == ["1"]
    assert rows.named(0, "accredited").tone == "warn"


def test_the_filter_and_every_header_work(place, shown, read):
    page = shown(WorkshopsPage)
    for number in range(len(page.table.columns)):
        page.table.sort(number)
        assert read(page)() == ["Сварочные технологии"]
    page.filter.setText("201")
    assert read(page)() == ["Сварочные технологии"]
    page.filter.setText("нет такой")
    assert read(page)() == []


def test_fields_are_written_in_place_and_taken_back(place, shown, acts):
    page = shown(WorkshopsPage)
    card = acts.card(page, place)
    with acts.doing():
        acts.type(card.form.field("equipment"), "пост, печь , ")
    assert acts.stored(Workshop)[0].equipment == ["пост", "печь"]
    with acts.doing():
        card.form.field("open_saturday").click()
    assert acts.stored(Workshop)[0].open_saturday is True
    acts.undo()
    assert acts.stored(Workshop)[0].open_saturday is False


def test_fewer_places_name_the_exams_that_break(place, shown, acts):
    page = shown(WorkshopsPage)
    acts.card(page, place).change_places()
    form = acts.dialog(page)
    form._fields["places"].setValue(3)
    form.save()
    acts.wait(form.strip.isVisible)
    assert "1\u00a0экзамен" in form.strip.words.text()
    assert acts.stored(Workshop)[0].places == 10
    assert form.ok_button.text() == "Изменить всё равно"
    with acts.doing():
        form.save()
    assert acts.stored(Workshop)[0].places == 3
    assert not acts.stored(ExamSession)  # it left the live plan
    acts.undo()
    assert acts.stored(Workshop)[0].places == 10
    assert acts.stored(ExamSession)


def test_more_places_are_written_at_once(place, shown, acts):
    page = shown(WorkshopsPage)
    acts.card(page, place).change_places()
    form = acts.dialog(page)
    form._fields["places"].setValue(12)
    with acts.doing():
        form.save()
    assert acts.stored(Workshop)[0].places == 12
    assert acts.stored(ExamSession)


def test_a_closed_period_over_an_exam_is_warned_about(place, shown, acts):
    page = shown(WorkshopsPage)
    card = acts.card(page, place)
    card.bookings.adding.emit()
    form = acts.dialog(page)
    form.save()
    assert "с какого дня" in form.strip.words.text()
    form.first.show_value(AHEAD)
    form.save()
    acts.wait(lambda: "Нарушит" in form.strip.words.text())
    assert "учебные занятия (учебная часть), 16:00–18:00" in form.strip.words.text()
    with acts.doing():
        form.save()
    closed = acts.stored(WorkshopBooking)[-1]
    assert closed.purpose is BookingPurpose.CLOSED
    assert (closed.starts_at, closed.ends_at) == (
        datetime.combine(AHEAD, time(0)), datetime.combine(AHEAD, time(23, 59)),
    )  # fmt: skip
    assert [one.id for one in acts.stored(WorkshopBooking)] == [closed.id]
    acts.wait(lambda: [one.id for one in card._card.bookings] == [closed.id])
    card.bookings.opened.emit(closed.id)
    again = acts.dialog(page)
    assert again.start.value() is None  # whole days
    with acts.doing():
        again.delete()
    assert not acts.stored(WorkshopBooking)
    acts.undo()
    acts.undo()
    assert [one.organizer for one in acts.stored(WorkshopBooking)] == ["учебная часть"]


def test_lessons_open_the_form_of_a_booking_and_a_button_the_week(place, shown, acts):
    page = shown(WorkshopsPage)
    card = acts.card(page, place)
    card.bookings.opened.emit(acts.stored(WorkshopBooking)[0].id)
    form = acts.dialog(page)
    assert (form.start.text(), form.end.text()) == ("16:00", "18:00")
    acts.type(form.end, "17:30")
    with acts.doing() as told:
        form.save()
    assert told.args[0].startswith("правка брони: Сварочные технологии, занятия, пн")
    assert acts.stored(WorkshopBooking)[0].ends_at.hour == 17
    card.week_asked.emit()
    acts.wait(lambda: page.board.week is not None)
    assert page.shows_week()
    page.board.acts.close_period(page.board.view.cursor_slot())
    closing = acts.dialog(page)
    assert closing.first.value() == date.today() - timedelta(days=date.today().weekday())
    closing.reject()


def test_the_exam_center_is_mended_or_made_anew(place, shown, acts):
    page = shown(WorkshopsPage)
    card = acts.card(page, place)
    center = acts.stored(ExamCenter)[0]
    card.center.opened.emit(center.id)
    form = acts.dialog(page)
    acts.type(form._fields["address"], "г. Казань, ул. Новая, д. 2")
    with acts.doing():
        form.save()
    assert acts.stored(ExamCenter)[0].address == "г. Казань, ул. Новая, д. 2"
    card.center.adding.emit()
    form = acts.dialog(page)
    form._fields["name"].show_value("ЦПДЭ № 2")
    form.save()
    acts.wait(lambda: acts.stored(Workshop)[0].exam_center_id != center.id)
    assert acts.stored(ExamCenter)[-1].name == "ЦПДЭ № 2"


def test_a_workshop_is_added(place, shown, acts, read):
    page = shown(WorkshopsPage)
    page.primary.run()
    form = acts.dialog(page)
    form._fields["name"].show_value("Электромонтаж")
    form.save()
    assert "Организация" in form.strip.words.text()
    acts.type(form._fields["organization_id"], "колледж связи")
    with acts.doing():
        form.save()
    acts.wait(lambda: page.card.title.text() == "Электромонтаж")
    assert "Электромонтаж" in read(page)()


def test_an_exam_of_the_workshop_is_one_click_away(place, shown, acts, qtbot):
    page = shown(WorkshopsPage)
    card = acts.card(page, place)
    with qtbot.waitSignal(page.going) as went:
        card.exams.findChildren(QPushButton)[0].click()
    assert went.args == ["exams", {"id": acts.stored(ExamSession)[0].id}]


def test_without_workshops_the_page_asks_for_the_first(shown):
    page = shown(WorkshopsPage)
    assert page.empty.isVisible()
    assert page.empty.title.text() == "Добавьте первую мастерскую"
