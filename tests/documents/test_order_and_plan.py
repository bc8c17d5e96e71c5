"""The order, the plan of a day and its acquaintance sheet say what they were given."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from documents import people
from documents.geometry import joined, squeezed
from documents.people import LONG, NAMES, crowd, person
from documents.test_forms import assert_inside

from demoexam.documents.blocks import Grid, Section, Text
from demoexam.documents.catalogue import FORMS
from demoexam.documents.exam_filling import exam_filling
from demoexam.documents.exam_sheet import (
    Admitted,
    Board,
    BoardPerson,
    DayPlan,
    Officer,
    PlannedDay,
    PlannedGroup,
    Season,
    SeasonExpert,
)
from demoexam.documents.rendering import render
from demoexam.documents.template import Table, fill
from demoexam.rules.day_plan import (
    Break,
    DayLengths,
    Event,
    Shift,
    exam_steps,
    preparation_steps,
    results_step,
)
from demoexam.rules.terms import ROLE_NAMES, BoardRole, Role


def sheet(**fields):
    known = people.sheet()
    shown = {
        "plan": lambda: plan(known.experts),
        "season": lambda: season(known.experts),
        "deputy": Officer("Заместитель директора по УПР", "П. С. Гладышев"),
    }
    return replace(known, **{**shown, **fields})


def plan(experts):
    """Two shifts in one room with a break in the first, prepared the day before."""
    room, lengths = "мастерская «Сети», каб. 214", DayLengths()
    shifts = [
        Shift(1, datetime(2026, 6, 18, 9), 240, [Break(120, 15)]),
        Shift(2, datetime(2026, 6, 18, 14, 45), 210),
    ]
    exam = [*exam_steps([(room, shifts)], lengths), results_step(shifts[-1].ends_at, lengths)]
    days = [
        PlannedDay(-1, date(2026, 6, 17), preparation_steps(date(2026, 6, 17), lengths, room)),
        PlannedDay(1, date(2026, 6, 18), exam),
    ]
    kit, center = "КОД 09.02.07-2-2026, ПУ", "ГБПОУ «ЗКС», мастерская «Сети», каб. 214"
    groups = [
        PlannedGroup("ЭГ-1", "ИСП-41", 12, "1-я смена, 09:00-13:15", kit, center),
        PlannedGroup("ЭГ-2", "ИСП-42", 11, "2-я смена, 14:45-18:15", kit, center),
    ]
    staff = [Admitted(one.name, ROLE_NAMES[one.role], one.organization) for one in experts]
    return DayPlan(groups, days, [person(name) for name in NAMES], staff)


def season(experts):
    seats = [
        SeasonExpert(one.name, [one.role], one.organization, one.post, "свидетельство № 0000214")
        for one in experts
    ]
    chief = "Ахметшина Руслана Ильдаровича, инженера (ООО «Радиосвязь»),"
    kits = ["КОД 09.02.07-2-2026, профильный уровень"]
    return Season(kits, seats, [chief], "Заместителю директора по УПР")


def form(code, exam):
    return fill(FORMS[code], exam_filling(exam, FORMS[code]))


def texts(made):
    return [block.text for block in made.body if isinstance(block, Text)]


def grids(made):
    return [block for block in made.body if isinstance(block, Grid)]


def sections(grid):
    return [row.text for row in grid.rows if isinstance(row, Section)]


def with_season(**fields):
    known = season(sheet().experts)
    return sheet(season=lambda: replace(known, **fields))


def test_the_order_appoints_every_chief_in_an_item_of_its_own():
    chiefs = ["Иванова Ивана Ивановича, директора (ООО «А»),", "Петрову Анну Ильиничну,"]
    said = texts(form("3.1", with_season(appointed=chiefs)))
    assert said[3].startswith(f"2. Назначить {chiefs[0]} главным экспертом демонстрационного")
    assert said[4].startswith(f"3. Назначить {chiefs[1]} главным экспертом")
    assert [one.partition(".")[0] for one in said[5:8]] == ["4", "5", "6"]
    assert said[6].startswith("5. Заместителю директора по УПР довести приказ")


def test_an_order_without_a_chief_leaves_room_to_write():
    said = texts(form("3.1", with_season(appointed=[])))
    assert said[3].startswith("2. Назначить ______")
    assert said[4].startswith("3. Главному эксперту")


def test_the_appendix_seats_everybody_once_and_numbers_them_through():
    extra = SeasonExpert(person("Орлова Инна"), [Role.CHIEF, Role.SCORING], "ООО «А»", "мастер")
    experts = [*season(sheet().experts).experts, extra]
    made = form("3.1", with_season(experts=experts))
    seats, signatures = grids(made)
    assert sections(seats) == [
        "Государственная экзаменационная комиссия", "Главные эксперты",
        "Экспертная группа по специальности 09.02.07", "Не входит в экспертную группу",
    ]  # fmt: skip
    rows = [row for row in seats.rows if not isinstance(row, Section)]
    assert [row[0] for row in rows] == [str(at) for at in range(1, 11)]
    assert ["7", "Орлова Инна", "ООО «А», мастер", "главный эксперт, член экспертной группы"] in [
        row[:4] for row in rows
    ]
    assert [row[1] for row in signatures.rows] == [row[1] for row in rows]
    assert form("3.1", with_season()).body != made.body


def test_the_order_is_dated_by_the_boards_order_or_by_hand():
    assert "от 15 декабря 2025 г." in texts(form("3.1", sheet()))[7].replace("\u00a0", " ")
    undated = form("3.1", sheet(board=Board()))
    assert undated.day is None
    assert "от «____»" in texts(undated)[7].replace("\u00a0", " ")


def test_a_worker_learns_a_profession():
    made = form("3.1", sheet(specialty="15.01.05 Сварщик"))
    assert "по профессии 15.01.05 Сварщик" in texts(made)[2]


def test_the_plan_tells_both_days_hour_by_hour():
    made = form("3.2", sheet())
    groups, order = grids(made)
    assert [row[1] for row in groups.rows] == ["ЭГ-1", "ЭГ-2"]
    assert sections(order) == [
        "Подготовительный день (С-1): 17\u00a0июня 2026\u00a0г., среда",
        "Экзаменационный день (С1): 18\u00a0июня 2026\u00a0г., четверг",
    ]
    rows = [row for row in order.rows if not isinstance(row, Section)]
    assert [row[0] for row in rows] == [str(at) for at in range(1, len(rows) + 1)]
    told = {row[1]: row[2].replace("\u00a0", " ") for row in rows}
    assert told["08:00-08:20"].startswith("Получение главным экспертом задания ДЭ")
    assert told["09:00-11:00"] == "Выполнение задания, 1-я смена (2 ч 00 мин; объявления в 10:00)"
    assert told["11:00-11:15"] == "Перерыв, 1-я смена"
    assert told["11:15-13:15"].endswith("объявления в 12:00, 12:45, 13:00 и 13:10)")
    assert told["13:15-14:15"].startswith("Подготовка рабочих мест для 2-й смены; оценивание")
    assert told["08:40-09:00"] == "Регистрация участников всех смен"


def test_the_plan_is_agreed_and_approved():
    made = form("3.2", sheet())
    agreed, approved = made.approvals
    assert (agreed.word, agreed.name) == ("СОГЛАСОВАНО", "В.\u00a0Н.\u00a0Овчаренко")
    assert (approved.post, approved.name) == ("Директор ГБПОУ «ЗКС»", "М. А. Рождественская")
    assert made.wide
    text = joined(render(made))
    for words in ("Заместитель директора по УПР", "П. С. Гладышев", "каб. 214", "№ 14-02/2026"):
        assert squeezed(words) in text


def test_an_event_that_the_college_took_out_is_not_planned():
    shipped = FORMS["3.2"]
    tables = [one for one in shipped.parts if isinstance(one, Table) and one.rows]
    left = tuple(row for row in tables[0].rows if row["event"] != Event.DRAW)
    parts = [replace(one, rows=left) if one is tables[0] else one for one in shipped.parts]
    exam = sheet()
    made = fill(replace(shipped, parts=parts), exam_filling(exam, shipped))
    hours = [row[1] for row in grids(made)[1].rows if not isinstance(row, Section)]
    assert "09:30-11:00" not in hours
    assert "09:00-09:30" in hours


def test_everybody_signs_that_he_has_read_the_plan():
    made = form("3.3", sheet())
    (grid,) = grids(made)
    assert sections(grid) == ["Участники экзамена", "Лица, обеспечивающие проведение экзамена"]
    names = [row[1] for row in grid.rows if not isinstance(row, Section)]
    assert names[0] == "Абдурахмонов Шухрат Мухаммаджонович"
    assert names[-1] == "Дроздов Илья Максимович"
    assert all(row[2:] == ["", ""] for row in grid.rows if not isinstance(row, Section))
    assert (grid.row_height, grid.blank_rows, grid.min_blank) == (9, 6, 0)
    assert squeezed("План № 14-02/2026") in joined(render(made))


def test_forms_of_other_scopes_do_not_ask_for_the_day_or_the_season():
    def asked():
        raise AssertionError

    assert form("3.5", sheet(plan=asked, season=asked)).body


@pytest.mark.parametrize("count", [1, 12, 25, 60])
def test_an_order_of_many_long_names_loses_nothing(count):
    names = ["Ян Ли", *crowd(count)]
    board = people.board()
    seats = [BoardPerson(person(name), BoardRole.MEMBER, name) for name in names]
    experts = [
        SeasonExpert(person(name), [Role.CHIEF if at < 5 else Role.SCORING], name, name, name)
        for at, name in enumerate(names)
    ]
    chiefs = [f"{name}, инженера (ООО «{name}»)," for name in names[:5]]
    exam = sheet(
        board=replace(board, people=seats),
        season=lambda: Season(["КОД 09.02.07-2-2026, профильный уровень"], experts, chiefs, "Заму"),
    )
    made = form("3.1", exam)
    pdf = render(made)
    text = joined(pdf)
    for name in set(names):
        assert text.count(squeezed(name)) >= 5 * names.count(name)
    assert_inside(pdf, made)


@pytest.mark.parametrize("count", [1, 12, 25, 60])
def test_a_plan_of_many_groups_and_readers_loses_nothing(count):
    known = plan(people.sheet().experts)
    long = DayPlan(
        groups=[replace(known.groups[0], study_group=f"ИСП-{at}") for at in range(count)],
        days=known.days,
        examinees=[person(name) for name in crowd(count)],
        staff=known.staff,
    )
    exam = sheet(plan=lambda: long, deputy=Officer(LONG, LONG))
    for code, told in (("3.2", [f"ИСП-{at}" for at in range(count)]), ("3.3", crowd(count))):
        made = form(code, exam)
        pdf = render(made)
        text = joined(pdf)
        assert [one for one in told if squeezed(one) not in text] == []
        assert_inside(pdf, made)
