import contextlib
from datetime import date, datetime, time, timedelta

import pytest
from conftest import Builder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demoexam.errors import NotFound, Refused
from demoexam.models.places import Workshop, WorkshopBooking
from demoexam.rules.bookings import is_holiday
from demoexam.rules.plan import overlap
from demoexam.rules.terms import BookingPurpose
from demoexam.services.bookings import bookings, series
from demoexam.services.bookings.checks import TimeTaken
from demoexam.services.bookings.facts import standing_between
from demoexam.services.college.calendar import work_calendar
from demoexam.services.directory.writes import save_record
from demoexam.services.history import take_back

MONDAY = date(2026, 6, 1)
FRIDAY = date(2026, 6, 5)  # the next one, the 12th, is a public holiday


def at(hour, day=MONDAY, minute=0):
    return datetime.combine(day, time(hour, minute))


@pytest.fixture
def place(store):
    with store.transaction("мастерская") as session:
        return Builder(session).workshop(name="Токарная № 1").id


def book(store, place, day=MONDAY, begin=9, end=12, **facts):
    given = {
        "workshop_id": place, "starts_at": at(begin, day), "ends_at": at(end, day),
        "purpose": BookingPurpose.LESSONS, "organizer": "учебная часть",
    }  # fmt: skip
    with store.transaction("бронь") as session:
        return bookings.create_booking(session, **given | facts)


def live(store, place):
    with store.reading() as session:
        return standing_between(
            session, first=date(2026, 1, 1), last=date(2027, 12, 31), workshop_ids=[place]
        )


def test_a_booking_is_made_changed_moved_and_deleted(store, place):
    (made,) = book(store, place, participants=14, note="8 «Б»").ids
    with store.transaction("правка") as session:
        bookings.change_booking(session, booking_id=made, organizer="Школа № 4")
    with store.transaction("перенос") as session:
        times = {"starts_at": at(9, date(2026, 6, 2), 15), "ends_at": at(12, date(2026, 6, 2), 15)}
        bookings.change_booking(session, booking_id=made, **times)
    (one,) = live(store, place)
    assert one.slot == (at(9, date(2026, 6, 2), 15), at(12, date(2026, 6, 2), 15))
    assert (one.title, one.participants, one.note) == ("Школа № 4", 14, "8 «Б»")
    with store.transaction("удаление") as session:
        assert bookings.delete_booking(session, booking_id=made) == 1
    assert live(store, place) == []
    take_back(store)
    assert len(live(store, place)) == 1


def test_over_an_exam_it_is_refused_with_what_stands_there_and_a_free_slot(store, place):
    with store.transaction("экзамен") as session:
        make = Builder(session)
        make.sitting(make.group(name="ТМ-24"), workshop=session.get(Workshop, place), day=MONDAY)
    with pytest.raises(TimeTaken) as told:
        book(store, place, begin=10, end=14)
    assert "экзамен группы ТМ-24, 09:00–12:30" in str(told.value)
    assert "У экзамена преимущество" in told.value.hint
    assert "пн 1\u00a0июня, 12:30–16:30" in told.value.hint
    assert told.value.free == (at(12, minute=30), at(16, minute=30))
    assert [one.is_exam for one in live(store, place)] == [True]


def test_over_another_booking_it_is_refused_by_form_and_import_alike(store, place):
    book(store, place)
    with pytest.raises(TimeTaken, match=r"учебные занятия \(учебная часть\), 09:00–12:00"):
        book(store, place, begin=11, end=13)
    values = {
        "workshop_id": place, "starts_at": at(11), "ends_at": at(13),
        "purpose": BookingPurpose.PROJECT,
    }  # fmt: skip
    with pytest.raises(TimeTaken), store.transaction("форма") as session:
        save_record(session, table="workshop_booking", record_id="", values=values)
    assert len(book(store, place, begin=12, end=13).ids) == 1  # touching is no overlap


def test_a_moved_booking_meets_what_stands_there(store, place):
    book(store, place)
    (made,) = book(store, place, begin=13, end=15).ids
    with pytest.raises(TimeTaken), store.transaction("перенос") as session:
        bookings.change_booking(
            session, booking_id=made, starts_at=at(11, minute=45), ends_at=at(13, minute=45)
        )
    assert [one.starts_at for one in live(store, place)] == [at(9), at(13)]


def test_a_series_skips_holidays_and_taken_times_and_tells_them(store, place):
    book(store, place, date(2026, 6, 19), organizer="школа № 5")
    made = book(store, place, FRIDAY, until=date(2026, 6, 30))
    days = [one.starts_at.day for one in live(store, place) if one.series]
    assert days == [5, 26]
    assert str(made) == (
        "Записано: 2\u00a0брони. Пропущено: 12.06.2026 — День России; "
        "19.06.2026 — учебные занятия (школа № 5), 09:00–12:00."
    )


def test_a_skipped_date_is_added_back(store, place):
    made = book(store, place, FRIDAY, until=date(2026, 6, 30))
    with store.transaction("снятие") as session:
        bookings.delete_booking(session, booking_id=made.ids[1])
    with store.reading() as session:
        lacking = series.gaps(session, booking_id=made.ids[0])
    assert list(map(str, lacking)) == ["12.06.2026 — День России", "19.06.2026 — свободно"]
    for gap in lacking:
        with store.transaction("возврат") as session:
            series.add_back(session, booking_id=made.ids[0], day=gap.day)
    with store.reading() as session:
        assert series.gaps(session, booking_id=made.ids[0]) == []
    assert [one.starts_at.day for one in live(store, place)] == [5, 12, 19, 26]


def test_one_of_a_series_changes_alone_or_with_all_that_follow(store, place):
    made = book(store, place, MONDAY, until=date(2026, 6, 22)).ids
    with store.transaction("одна") as session:
        bookings.change_booking(
            session, booking_id=made[1], starts_at=at(10, date(2026, 6, 8)), note="позже"
        )
    assert [one.starts_at.hour for one in live(store, place)] == [9, 10, 9, 9]
    with store.transaction("следующие") as session:
        bookings.change_booking(
            session, booking_id=made[1], following=True, organizer="Школа № 4",
            starts_at=at(14, date(2026, 6, 9)), ends_at=at(17, date(2026, 6, 9)),
        )  # fmt: skip
    found = live(store, place)
    assert [(one.starts_at.day, one.starts_at.hour) for one in found] == [
        (1, 9), (9, 14), (16, 13), (23, 13),
    ]  # fmt: skip
    assert [one.title for one in found] == ["учебная часть", *["Школа № 4"] * 3]
    take_back(store)
    assert [one.starts_at.day for one in live(store, place)] == [1, 8, 15, 22]


def test_a_series_shifts_by_a_week_and_leaves_the_holiday_alone(store, place):
    made = book(store, place, FRIDAY - timedelta(days=7), until=FRIDAY).ids
    with store.transaction("на неделю") as session:
        told = bookings.change_booking(
            session, booking_id=made[0], following=True, starts_at=at(9, date(2026, 6, 19)),
            ends_at=at(12, date(2026, 6, 19)),
        )  # fmt: skip
    assert not told.skipped
    assert [one.starts_at.day for one in live(store, place)] == [19, 26]
    with store.transaction("назад") as session:
        told = bookings.change_booking(
            session, booking_id=made[0], following=True, starts_at=at(9, FRIDAY),
            ends_at=at(12, FRIDAY),
        )  # fmt: skip
    assert [str(one) for one in told.skipped] == ["26.06.2026 — осталась на месте: День России"]
    assert [one.starts_at.day for one in live(store, place)] == [5, 26]


def test_the_rest_of_a_series_is_deleted_at_once(store, place):
    made = book(store, place, MONDAY, until=date(2026, 6, 22)).ids
    with store.transaction("удаление") as session:
        assert bookings.delete_booking(session, booking_id=made[2], following=True) == 2
    assert [one.starts_at.day for one in live(store, place)] == [1, 8]


def test_a_series_over_holidays_alone_is_refused(store, place):
    with pytest.raises(Refused, match="День России"):
        book(store, place, date(2026, 6, 12), until=date(2026, 6, 12))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"end": 9}, "кончается"),
        ({"participants": -1}, "меньше нуля"),
        ({"purpose": BookingPurpose.EXAM}, "не бронь"),
        ({"until": MONDAY - timedelta(days=1)}, "раньше первой"),
        ({"until": MONDAY + timedelta(days=1000)}, "двух лет"),
        ({"ends_at": at(12, FRIDAY), "until": FRIDAY}, "несколько дней"),
    ],
)
def test_what_cannot_be_is_refused(store, place, facts, words):
    with pytest.raises(Refused, match=words):
        book(store, place, **facts)


def test_what_is_gone_is_told(store, place):
    (made,) = book(store, place).ids
    with store.reading() as session:
        assert series.gaps(session, booking_id=made) == []
    with pytest.raises(Refused, match="не повторяется"), store.transaction("x") as session:
        series.add_back(session, booking_id=made, day=FRIDAY)
    with pytest.raises(NotFound), store.transaction("x") as session:
        bookings.delete_booking(session, booking_id="нет")


wishes = st.tuples(
    st.dates(date(2026, 4, 20), date(2026, 6, 20)), st.integers(8, 18), st.integers(1, 4),
    st.integers(0, 60), st.integers(-200, 200), st.integers(-8, 8),
)  # fmt: skip


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(wishes, min_size=1, max_size=4))
def test_series_never_overlap_and_never_fall_on_a_holiday(store, wished):
    with store.transaction("мастерская") as session:
        make = Builder(session)
        workshop = make.workshop()
        make.sitting(make.group(), workshop=workshop, day=date(2026, 5, 28))
        place = workshop.id
    with store.reading() as session:
        calendar = work_calendar(session, {2026})
    heads = set()
    for day, begin, length, span, minutes, days in wished:
        by, last = timedelta(minutes=minutes, days=days), day + timedelta(days=span)
        with contextlib.suppress(Refused, TimeTaken):
            head = book(store, place, day, begin, begin + length, until=last).ids[0]
            with store.transaction("перенос") as session:
                starts = session.get(WorkshopBooking, head).starts_at + by
                ends = starts + timedelta(hours=length)
                bookings.change_booking(
                    session, booking_id=head, following=True, starts_at=starts, ends_at=ends
                )
                heads.add(head)  # a day off was wished for this one alone
    found = live(store, place)
    for number, one in enumerate(found):
        assert not any(overlap(one.slot, other.slot) for other in found[number + 1 :])
        assert one.id in heads or not is_holiday(calendar, one.starts_at.date())
