"""Tables of periods and calendars are read as people write them; hostile ones are refused."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from time import process_time

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from demoexam.exchange import calendar_events
from demoexam.exchange.availability_files import NoAbsences, read_absences
from demoexam.exchange.failures import FileUnreadable

TODAY = date(2026, 6, 1)
VACATION = "SUMMARY:Отпуск\nDTSTART;VALUE=DATE:20260608\nDTEND;VALUE=DATE:20260613\n"


def read(path):
    return [
        (row.texts[:1], row.from_day, row.to_day, row.only_these, row.soft, row.reason, row.problem)
        for row in read_absences(path, today=TODAY)
    ]


def june(first, last=None):
    return date(2026, 6, first), date(2026, 6, last or first)


@pytest.fixture
def table(tmp_path):
    def write(*lines):
        path = tmp_path / "дни.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Отпуска")
            day = book.add_format({"num_format": "dd.mm.yyyy"})
            for number, line in enumerate(lines):
                for place, cell in enumerate(line):
                    if isinstance(cell, date):
                        sheet.write_datetime(
                            number, place, datetime.combine(cell, datetime.min.time()), day
                        )
                    else:
                        sheet.write(number, place, cell)
        return path

    return write


@pytest.fixture
def ics(tmp_path):
    def write(*events, head=""):
        path = tmp_path / "календарь.ics"
        inside = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{inside}END:VCALENDAR\n"
        path.write_bytes(text.replace("\n", "\r\n").encode())
        return path

    return write


def days(path):
    return [(row.from_day, row.to_day) for row in read_absences(path, today=TODAY)]


def test_a_table_with_titles_below_its_name(table):
    path = table(
        ("График отпусков",),
        ("№", "ФИО", "С", "По", "Причина", "Только эти дни"),
        (1, "Иванов Иван Иванович", date(2026, 6, 8), date(2026, 6, 12), "отпуск", ""),
        (2, "Петров П. П.", "15.06.26", "", "", "да"),
        (3, "", "15.06.26"),
        (4, "Сидоров С. С.", "скоро", "16.06.26"),
        (5, "Орлов О. О.", "17.06.2026", "16.06.2026"),
    )
    assert read(path) == [
        (("Иванов Иван Иванович",), *june(8, 12), False, False, "отпуск", ""),
        (("Петров П. П.",), *june(15), True, False, "", ""),
        ((), *june(15), False, False, "", "не указано, кто"),
        (("Сидоров С. С.",), None, None, False, False, "", "не разобрать дни"),
        (("Орлов О. О.",), date(2026, 6, 17), date(2026, 6, 16), False, False, "",
         "кончается раньше, чем начинается"),
    ]  # fmt: skip


def test_days_of_one_cell_are_periods_of_their_own(table):
    path = table(
        ("Фамилия", "Имя", "Отчество", "Дни", "Пожелание"),
        ("Иванов", "Иван", "Иванович", "01.06-03.06; 10.06.2026", "+"),
    )
    found = read(path)
    assert [row[1:3] for row in found] == [june(1, 3), june(10)]
    assert {row[0] for row in found} == {("Иванов Иван Иванович",)}
    assert all(row[4] for row in found)


def test_a_text_table_is_read_too(tmp_path):
    path = tmp_path / "дни.csv"
    path.write_text("ФИО;С;По\nИванов И. И.;08.06.2026;12.06.2026\n", encoding="cp1251")
    assert days(path) == [june(8, 12)]


def test_a_file_without_days_is_refused_kindly(table):
    with pytest.raises(NoAbsences, match="не нашлось дней"):
        read_absences(table(("ФИО", "Телефон"), ("Иванов", "1")), today=TODAY)


def test_whole_days_end_before_the_day_named(ics):
    (row,) = read_absences(ics(VACATION, head="X-WR-CALNAME:Иванов Иван\n"), today=TODAY)
    assert (row.from_day, row.to_day) == june(8, 12)
    assert (row.soft, row.reason, row.texts) == (False, "Отпуск", ("Отпуск", "Иванов Иван"))


def test_part_of_a_day_is_a_wish_and_free_time_too(ics):
    path = ics(
        "SUMMARY:Совещание\nDTSTART:20260609T100000\nDTEND:20260609T113000",
        "SUMMARY:Занятия\nDTSTART:20260610T090000\nDTEND:20260610T160000",
        "SUMMARY:Ночь\nDTSTART:20260611T180000\nDTEND:20260612T000000",
        f"TRANSP:TRANSPARENT\n{VACATION}",
        f"STATUS:CANCELLED\n{VACATION}",
    )
    rows = read_absences(path, today=TODAY)
    assert [(row.from_day.day, row.to_day.day, row.soft) for row in rows] == [
        (9, 9, True), (10, 10, False), (11, 11, False), (8, 12, True),
    ]  # fmt: skip


def test_a_series_by_weeks_without_what_was_skipped_or_moved(ics):
    rule = "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260624"
    start = "SUMMARY:Пары\nUID:1\nDTSTART;VALUE=DATE:20260601"
    path = ics(
        f"{start}\n{rule}\nEXDATE;VALUE=DATE:20260610",
        "SUMMARY:Пары\nUID:1\nDTSTART;VALUE=DATE:20260616\nRECURRENCE-ID;VALUE=DATE:20260615",
    )
    assert days(path) == [june(n) for n in (1, 3, 8, 17, 22, 24, 16)]


def test_a_series_by_days_is_one_period(ics):
    path = ics(f"{VACATION}RRULE:FREQ=DAILY;COUNT=3;INTERVAL=2")
    assert days(path) == [june(8, 16)]


def test_a_long_series_is_followed_for_a_year_and_a_half_only(ics):
    path = ics("SUMMARY:Пары\nDTSTART;VALUE=DATE:20250602\nRRULE:FREQ=WEEKLY;BYDAY=MO")
    found = days(path)
    assert found[0] == june(1)
    assert TODAY + timedelta(540) < found[-1][0] <= TODAY + timedelta(550)


def test_what_is_over_is_left_out(ics):
    with pytest.raises(NoAbsences):
        read_absences(ics(VACATION.replace("202606", "202505")), today=TODAY)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=DAILY;COUNT=999999999",
        "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2", "", "FREQ=WEEKLY;UNTIL=00010101", "FREQ=WEEKLY;X=1",
    ],
)  # fmt: skip
def test_odd_rules_end_soon(ics, rule):
    path = ics(f"{VACATION}RRULE:{rule}")
    started = process_time()
    with suppress(FileUnreadable):
        assert len(read_absences(path, today=TODAY)) < 600
    assert process_time() - started < 5


def test_many_long_series_are_refused(ics):
    events = [
        f"UID:{n}\nDTSTART;VALUE=DATE:20170101\nRRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO"
        for n in range(400)
    ]
    with pytest.raises(FileUnreadable, match="слишком много событий"):
        read_absences(ics(*events), today=TODAY)


def test_a_huge_calendar_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "big.ics"
    path.write_bytes(b"BEGIN:VCALENDAR\r\n" + b"X" * calendar_events.MOST_BYTES)
    with pytest.raises(FileUnreadable, match="больше 1 МБ"):
        read_absences(path, today=TODAY)


def test_a_calendar_is_known_by_its_beginning(ics):
    path = ics(VACATION)
    renamed = path.rename(path.with_suffix(".txt"))
    assert calendar_events.is_calendar(renamed)
    assert not calendar_events.is_calendar(path.with_suffix(".csv"))


@pytest.mark.parametrize("seed", range(40))
def test_a_spoilt_calendar_is_read_or_refused(ics, seed):
    dice = Random(seed)  # noqa: S311 -- a repeatable generator
    path = ics(VACATION, f"{VACATION}RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4\nEXDATE:20260615",
               "DTSTART;TZID=Europe/Moscow:20260609T100000\nDURATION:PT2H")  # fmt: skip
    content = bytearray(path.read_bytes())
    for _ in range(dice.randrange(1, 12)):
        at = dice.randrange(len(content))
        match dice.randrange(3):
            case 0:
                content[at] = dice.randrange(256)
            case 1:
                del content[at : at + dice.randrange(20)]
            case _:
                content[at:at] = dice.choice((b"\r\n", b"BEGIN:VEVENT\r\n", b";", b":", b"\0"))
    path.write_bytes(content)
    try:
        rows = read_absences(path, today=TODAY)
    except FileUnreadable:
        return
    assert all(row.problem or row.from_day <= row.to_day for row in rows)


@given(st.binary(max_size=200))
def test_any_bytes_called_a_calendar_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.ics"
    path.write_bytes(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + content)
    with pytest.raises(FileUnreadable):
        read_absences(path, today=TODAY)
