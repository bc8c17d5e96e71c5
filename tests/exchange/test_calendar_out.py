"""The iCalendar writer, read back by a reader that knows the format and nothing of the writer."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demoexam.exchange.calendar_out import Event, calendar_file, folded

MADE = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
EXAM = Event(
    "0190-1@demoexam", datetime(2026, 6, 18, 9), datetime(2026, 6, 18, 12, 30),
    "Демоэкзамен ИС-41; смена 1, утро", "КОД 09.02.07-2-2026\nчасть \\1", "каб. 201, корпус Б",
    "Экзамен",
)  # fmt: skip
DAY = Event("0190-plan@demoexam", date(2026, 5, 29), date(2026, 5, 29), "Срок", busy=False)


def file_of(*events, made_at=MADE):
    return calendar_file(events, name="Сезон, лето", made_at=made_at)


def read(content):
    """Unfolded properties, name (with parameters) and unescaped value."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert lines.pop() == ""
    return [(name, value) for name, _, value in (line.partition(":") for line in lines)]


def unescape(value):
    plain, signs = [], iter(value)
    for sign in signs:
        if sign != "\\":
            assert sign not in ";,"
            plain.append(sign)
        else:
            after = next(signs)
            assert after in "\\;,n"
            plain.append("\n" if after == "n" else after)
    return "".join(plain)


def test_an_exam_is_an_event_of_local_hours():
    told = dict(read(file_of(EXAM)))
    assert told["DTSTART"] == "20260618T090000"
    assert told["DTEND"] == "20260618T123000"
    assert told["DTSTAMP"] == "20260520T093000Z"
    assert told["UID"] == EXAM.uid
    assert unescape(told["SUMMARY"]) == EXAM.title
    assert unescape(told["DESCRIPTION"]) == EXAM.text
    assert unescape(told["LOCATION"]) == EXAM.place
    assert unescape(told["X-WR-CALNAME"]) == "Сезон, лето"
    assert told["TRANSP"] == "OPAQUE"


def test_a_whole_day_ends_on_the_day_after():
    told = dict(read(file_of(DAY)))
    assert told["DTSTART;VALUE=DATE"] == "20260529"
    assert told["DTEND;VALUE=DATE"] == "20260530"
    assert told["TRANSP"] == "TRANSPARENT"
    assert "LOCATION" not in told


def test_what_begins_ends_in_order():
    told = [pair for pair in read(file_of(EXAM, DAY)) if pair[0] in {"BEGIN", "END"}]
    event = [("BEGIN", "VEVENT"), ("END", "VEVENT")]
    assert told == [("BEGIN", "VCALENDAR"), *event, *event, ("END", "VCALENDAR")]


def test_a_later_file_has_the_same_uids_and_a_higher_sequence():
    later = dict(read(file_of(EXAM, made_at=MADE.replace(minute=31))))
    earlier = dict(read(file_of(EXAM)))
    assert later["UID"] == earlier["UID"]
    assert int(later["SEQUENCE"]) > int(earlier["SEQUENCE"])


def test_a_moment_without_a_zone_is_no_stamp():
    with pytest.raises(ValueError, match="2026"):
        file_of(EXAM, made_at=datetime(2026, 5, 20))


def test_equal_events_make_equal_bytes():
    assert file_of(EXAM, DAY) == file_of(EXAM, DAY)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(texts)
def test_no_line_is_longer_than_75_octets_and_unfolding_gives_it_back(text):
    line = text.replace("\r", "").replace("\n", "")
    broken = folded(line)
    for part in broken.split("\r\n"):
        assert len(part.encode()) <= 75
    assert broken.replace("\r\n ", "") == line


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), texts)
def test_any_text_comes_back_but_for_controls(title, text):
    told = dict(read(file_of(Event("1@x", date(2026, 1, 1), date(2026, 1, 1), title, f"т{text}"))))
    kept = "".join(
        sign
        for sign in text.replace("\r\n", "\n").replace("\r", "\n")
        if (sign >= " " or sign in "\n\t") and sign not in "\x7f\u2028\u2029"
    )
    assert unescape(told["DESCRIPTION"]) == f"т{kept}"
