"""A season as a calendar file: what it holds, and that it is renewed by its uids."""

from datetime import date, timedelta

import pytest
from conftest import EXAM_DAY, Builder

from demoexam.errors import Refused
from demoexam.services.deadlines.deadlines import mark_done
from demoexam.services.season.calendar_file import save_exam_calendar, save_season_calendar

TODAY = date(2026, 6, 1)
YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31), "today": TODAY}


@pytest.fixture
def exam(store):
    with store.transaction("подготовка") as session:
        return Builder(session).sitting(second_day=EXAM_DAY + timedelta(days=1))


def events(path):
    """Uid -> the properties of an event."""
    lines = path.read_bytes().decode().replace("\r\n ", "").split("\r\n")
    found, now = {}, {}
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            now = {}
        elif line == "END:VEVENT":
            found[now["UID"]] = now
        else:
            now[name] = value
    return found


def season(store, path):
    with store.reading() as session:
        return save_season_calendar(session, path, **YEAR)


def one(store, path, sitting):
    with store.reading() as session:
        return save_exam_calendar(session, path, session_id=sitting.id, today=TODAY)


def test_an_exam_has_both_its_days_its_preparation_and_its_deadlines(store, exam, tmp_path):
    path = tmp_path / "экзамен.ics"
    number = one(store, path, exam)
    told = events(path)
    assert number == len(told)
    assert told[f"{exam.id}-1@demoexam"]["DTSTART"] == "20260618T090000"
    assert told[f"{exam.id}-2@demoexam"]["DTSTART"] == "20260619T090000"
    assert told[f"{exam.id}-preparation@demoexam"]["DTSTART;VALUE=DATE"] == "20260617"
    assert told[f"{exam.id}-acquaintance@demoexam"]["DTSTART;VALUE=DATE"] == "20260610"
    assert f"{exam.id}-tutor@demoexam" not in told


def test_what_is_done_says_so_and_a_move_keeps_the_uid(store, exam, tmp_path):
    path = tmp_path / "сезон.ics"
    season(store, path)
    before = events(path)
    with store.transaction("правка") as session:
        mark_done(session, session_id=exam.id, code="acquaintance", day=TODAY)
        sitting = session.merge(exam)
        sitting.starts_at += timedelta(hours=2)
        sitting.ends_at += timedelta(hours=2)
    season(store, path)
    after = events(path)
    assert set(before) == set(after)
    uid = f"{exam.id}-acquaintance@demoexam"
    assert before[uid]["SUMMARY"].startswith("Срок: ")
    assert after[uid]["SUMMARY"].startswith("Сделано: ")
    assert after[f"{exam.id}-1@demoexam"]["DTSTART"] == "20260618T110000"


def test_a_season_holds_all_its_exams_and_no_names_of_people(store, exam, tmp_path):
    path = tmp_path / "сезон.ics"
    with store.transaction("подготовка") as session:
        make = Builder(session)
        other = make.sitting(make.group(name="ТМ-22"), day=date(2026, 3, 12))
        make.assignment(other, make.expert("Тайнов Секрет Секретович"))
        make.sitting(make.group(name="ТМ-23"), day=date(2025, 3, 12))
    season(store, path)
    words = path.read_bytes().decode().replace("\r\n ", "")
    assert "ТМ-22" in words
    assert "ТМ-23" not in words
    assert "Тайнов" not in words


def test_nothing_to_write_is_told(store, tmp_path):
    path = tmp_path / "сезон.ics"
    with pytest.raises(Refused, match="экзаменов с датой нет"):
        season(store, path)
    with store.transaction("подготовка") as session:
        undated = Builder(session).sitting(starts_at=None, ends_at=None, preparation_day=None)
    with pytest.raises(Refused, match="нет даты"):
        one(store, path, undated)
    assert not path.exists()
