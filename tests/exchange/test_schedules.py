"""Schedules as colleges draw them: days, shifts and colleges as headings, subgroups, C-1."""

from datetime import date, time
from typing import Any

import pytest
from import_truth import TODAY

from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.recognition import recognise
from demoexam.exchange.values import FileContent

KIT = "09.02.07-2-2026"
CHIEF = "Иванов И.И."


def read(*rows: tuple[Any, ...], name: str = "Лист1", across: Any = ()) -> FileContent:
    width = max(len(row) for row in rows)
    padded = (row + (None,) * (width - len(row)) for row in rows)
    lines = tuple(Line(n, row) for n, row in enumerate(padded, 1))
    sheet = Sheet(name, lines, across=frozenset(across))
    return recognise(Book("график.xlsx", (sheet,)), today=TODAY)


def one(**cells: Any) -> FileContent:
    row = {"Дата": "08.06.2026", "Время": "9:00", "Группа": "ИС-41", "КОД": KIT, "ГЭ": CHIEF}
    row |= cells
    return read((*row,), (*row.values(),))


def test_days_shifts_and_places_head_the_rows():
    content = read(
        ("График проведения ДЭ в 2026 году",),
        ("Группа", "КОД", "ГЭ"),
        ("8 июня (понедельник)",),
        ("Мастерская «Сети», каб. 114",),
        ("1 смена (9:00 - 13:30)",),
        ("ИС-41", KIT, CHIEF),
        ("2 смена (14.00 - 18.30)",),
        ("ИС-42", KIT, CHIEF),
    )
    assert [(e.day, e.starts, e.ends, e.workshop, e.room) for e in content.exams] == [
        (date(2026, 6, 8), time(9), time(13, 30), "Мастерская «Сети»", "114"),
        (date(2026, 6, 8), time(14), time(18, 30), "Мастерская «Сети»", "114"),
    ]


@pytest.mark.parametrize("day", ["08.06.2026", ""])
def test_colleges_of_a_cluster_head_their_rows(day):
    content = read(
        ("Дата", "Время", "Группа", "КОД", "ГЭ"),
        ("ГБПОУ «Энский колледж»",),
        ("08.06.2026", "9:00", "ИС-41", KIT, CHIEF),
        ("ГБПОУ «Омский техникум»",),
        (day or "09.06.2026", "9:00", "ИС-41", KIT, CHIEF),
    )
    assert [e.college.short for e in content.exams if e.college] == [
        "ГБПОУ «Энский колледж»",
        "ГБПОУ «Омский техникум»",
    ]


@pytest.mark.parametrize(
    "titles",
    [
        ("С-1", "С1", "С2"),
        ("С-1", "С 1", "С 2"),
        ("C-1", "C1", "C2"),
        ("День 0", "1 день ДЭ", "2 день ДЭ"),
        ("Подготовительный день", "Первый день", "Второй день"),
    ],
)
def test_the_day_before_and_the_days_of_the_exam(titles):
    (exam,) = read(
        ("Группа", "КОД", "Дата", None, None, "ГЭ"),
        (None, None, *titles, None),
        ("ИС-41", KIT, "05.06.2026", "08.06.2026", "09.06.2026", CHIEF),
        across={(1, 2, 4)},
    ).exams
    days = (exam.preparation, exam.day, exam.last_day)
    assert days == (date(2026, 6, 5), date(2026, 6, 8), date(2026, 6, 9))


@pytest.mark.parametrize(
    ("written", "heads"),
    [
        ("ИС-41 (1 подгр.)", None),
        ("ИС-41, 1 подгруппа (12 чел.)", 12),
        ("гр. ИС-41 п/г 2 - 12 человек", 12),
        ("ИС-41 (первая подгруппа)", None),
        ("09.02.07 ИС-41 (12)", 12),
    ],
)
def test_a_part_of_a_group_is_that_group(written, heads):
    (exam,) = one(Группа=written).exams
    assert (exam.group, exam.head_count) == ("ИС-41", heads)


@pytest.mark.parametrize("written", ["ИС-41, ИС-42", "ИС-41 и ИС-42", "ИС-41\nИС-42", "ИС-41, 42"])
def test_two_groups_of_a_row_are_told_and_not_made_one(written):
    content = one(Группа=written)
    assert (content.exams, [f.reason for f in content.findings]) == ((), ["several_groups"])


@pytest.mark.parametrize(
    ("hours", "reason"),
    [("25:00", "time_unclear"), ("4 ч 30 мин", "time_unclear"), ("14:00-9:00", "time_reversed")],
)
def test_impossible_hours_are_told(hours, reason):
    content = one(Время=hours)
    assert [f.reason for f in content.findings] == [reason]
    assert content.exams[0].ends is None


def test_a_duration_gives_the_end():
    (exam,) = one(Продолжительность="4 ч 30 мин").exams
    assert (exam.starts, exam.ends) == (time(9), time(13, 30))


def sittings(content: FileContent) -> list[tuple[Any, ...]]:
    return [(e.day.day, e.group, e.starts, e.workshop, e.room) for e in content.exams]


def test_days_across_the_top():
    content = read(
        ("График на 2026 год",),
        ("№", "Группа", "КОД", "Дни экзамена", None, None, "ГЭ"),
        (None, None, None, "8 июня", "9 июня", "10.06", None),
        (1, "ИС-41", KIT, "9:00", None, None, CHIEF),
        (2, "ИС-42", KIT, None, "9.00-13.30", "14:00", CHIEF),
        across={(2, 3, 5)},
    )
    assert sittings(content) == [
        (8, "ИС-41", time(9), "", ""),
        (9, "ИС-42", time(9), "", ""),
        (10, "ИС-42", time(14), "", ""),
    ]
    assert {e.place.row for e in content.exams} == {4, 5}
    assert len({e.place for e in content.exams}) == 3
    assert all(map(str, content.exams[0].chief))


def test_rooms_and_marks_below_the_days():
    content = read(
        ("Группа", "КОД", date(2026, 6, 8), date(2026, 6, 9)),
        ("ИС-41", KIT, "каб. 114", None),
        ("ИС-42", KIT, None, "каб. 115"),
    )
    assert [(e.day.day, e.group, e.room) for e in content.exams] == [
        (8, "ИС-41", "114"),
        (9, "ИС-42", "115"),
    ]


@pytest.mark.parametrize(
    ("across", "told"),
    [
        (("1 смена (9:00)", "2 смена (14:00)"), [(time(9), ""), (time(14), "")]),
        (("Мастерская 1", "Мастерская 2"), [(None, "Мастерская 1"), (None, "Мастерская 2")]),
    ],
)
def test_shifts_and_places_across_the_top(across, told):
    content = read(("Дата", "КОД", *across, "ГЭ"), ("08.06.2026", KIT, "ИС-41", "ИС-42", CHIEF))
    assert [e.group for e in content.exams] == ["ИС-41", "ИС-42"]
    assert [(e.starts, e.workshop) for e in content.exams] == told


def test_the_title_tells_the_kit():
    content = read(
        (f"График ДЭ, {KIT}",),
        ("Дата", "Время", "Группа", "ГЭ", "Администратор площадки"),
        ("08.06.2026", "9:00", "ИС-41", CHIEF, "Белов Б.Б."),
    )
    (exam,) = content.exams
    assert (exam.kit, str(*exam.technical), exam.workshop) == (KIT, "Белов Б. Б.", "")


@pytest.mark.parametrize(
    ("day", "reasons"),
    [
        ("вторник 08.06.2026", ["weekday_differs"]),
        ("08.06.2026 (пт)", ["weekday_differs"]),
        ("Пн, 8 июня 2026", []),
        ("08.06.2026 понедельник", []),
    ],
)
def test_a_weekday_that_the_day_is_not(day, reasons):
    content = one(Дата=day)
    assert [f.reason for f in content.findings] == reasons
    assert content.exams[0].day == date(2026, 6, 8)


@pytest.mark.parametrize("day", ["08.06.0206", "08.06.1926", "08.06.2062"])
def test_an_exam_of_another_century_is_told(day):
    content = one(Дата=day)
    assert (content.exams, [f.reason for f in content.findings]) == ((), ["year_unlikely"])


def test_rows_of_students_are_one_sitting():
    row = ("08.06.2026", "9:00", "ИС-41", KIT, CHIEF)
    content = read(
        ("Студент", "Дата", "Время", "Группа", "КОД", "ГЭ"),
        ("Сидоров Сидор Сидорович", *row),
        ("Жукова Анна Олеговна", *row),
        ("Белов Иван Ильич", "08.06.2026", "14:00", *row[2:]),
    )
    assert [e.starts for e in content.exams] == [time(9), time(14)]
    assert [(f.reason, f.bad_value) for f in content.findings] == [("repeated_row", "2")]


def test_the_chief_stands_first_in_a_column_of_all():
    row = ("08.06.2026", "9:00", "ИС-41", KIT, "Иванов И.И.\nПетрова А.И.\nКим А.А.")
    (exam,) = read(("Дата", "Время", "Группа", "КОД", "Главный эксперт, эксперты"), row).exams
    assert [*map(str, exam.chief)] == ["Иванов И. И."]
    assert [*map(str, exam.experts)] == ["Петрова А. И.", "Ким А. А."]
