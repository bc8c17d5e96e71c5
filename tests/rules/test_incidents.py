"""What a stop, a removal or an early end does to an examinee's time and points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demoexam.rules.incidents import (
    Happening,
    NotAnHour,
    compensation,
    end_of_work,
    hour_at,
    minute_of,
    proposed_compensation,
    stop_length,
    typed_hour,
)
from demoexam.rules.terms import IncidentKind

STOP, REMOVAL, EARLY = IncidentKind.STOP, IncidentKind.REMOVAL, IncidentKind.EARLY_END


@pytest.mark.parametrize("typed", ["1258", "12:58", "12.58", " 12 58 ", "12-58"])
def test_an_hour_is_read_as_people_type_it(typed):
    assert typed_hour(typed) == "12:58"


def test_a_short_hour_and_nothing():
    assert (typed_hour("905"), typed_hour("9:05"), typed_hour("  ")) == ("09:05", "09:05", "")


@pytest.mark.parametrize("typed", ["25:00", "12:60", "12", "полдень", "12:5", "-1:30", "12:58:30"])
def test_what_is_no_hour_is_refused(typed):
    with pytest.raises(NotAnHour, match="не похоже на время"):
        typed_hour(typed)


@given(st.integers(0, 24 * 60 - 1))
def test_minutes_and_hours_are_one(minute):
    assert minute_of(hour_at(minute)) == minute
    assert typed_hour(hour_at(minute)) == hour_at(minute)


def test_the_day_ends_before_midnight():
    assert hour_at(24 * 60 + 5) == "23:59"


@given(st.integers(0, 80_000), st.integers(0, 6_000))
def test_a_stop_is_given_back_in_full(started, lasted):
    """Rounded up: never less than was lost, and less than a minute more."""
    given_back = stop_length(started, started + lasted) * 60
    assert 0 <= given_back - lasted < 60


def test_compensation_is_proposed_once_both_hours_are_known():
    assert proposed_compensation("10:15", "10:27") == 12
    assert proposed_compensation("10:15", "") is None


def test_stops_of_everybody_and_ones_own_add_up():
    happened = [
        Happening(STOP, "", "10:00", "10:05", 5),
        Happening(STOP, "а", "11:00", "11:12", 12),
        Happening(STOP, "б", "11:00", "11:30", 30),
        Happening(REMOVAL, "б", "12:00"),
    ]
    assert [compensation(happened, who) for who in ("а", "б", "в")] == [17, 35, 5]


@pytest.mark.parametrize(
    ("kind", "counts", "scored", "outcome"),
    [
        (REMOVAL, None, False, "удалён 10:40"),
        (REMOVAL, False, False, "удалён 10:40"),
        (REMOVAL, True, True, "удалён 10:40"),
        (EARLY, None, True, "завершил досрочно 10:40"),
        (EARLY, True, True, "завершил досрочно 10:40"),
        (EARLY, False, False, "результат аннулирован 10:40"),
    ],
)
def test_whose_work_is_scored(kind, counts, scored, outcome):
    one = Happening(kind, "а", "10:40", counts=counts)
    assert (one.is_scored, one.outcome) == (scored, outcome)
    assert end_of_work([Happening(STOP, "а", "10:00"), one], "а") is one
    assert end_of_work([one], "б") is None


def test_somebody_else_removed_ends_nobodys_work():
    assert end_of_work([Happening(REMOVAL, "", "10:40")], "") is None
