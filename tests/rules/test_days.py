from datetime import date, timedelta

import pytest
from rules.plan_builder import CALENDAR, DAY, RUSSIA_DAY, codes, group, kit, sitting, workshop

from demoexam.rules.calendar import SpecialDay, WorkCalendar
from demoexam.rules.days import check_days, check_kit, hours
from demoexam.rules.terms import Level, SessionState

LONG_AGO = date(2026, 1, 12)
SATURDAY = date(2026, 6, 13)


def on(day, today=LONG_AGO, calendar=CALENDAR, **facts):
    return list(check_days(sitting(day=day, **facts), calendar, today))


def test_working_day_with_a_preparation_day_before_it_is_in_order():
    assert on(DAY) == []


def test_holiday_is_named_with_the_next_working_day():
    (found,) = on(RUSSIA_DAY)
    assert (found.code, found.level) == ("holiday", Level.WARNING)
    assert str(found) == (
        "Экзамен стоит на нерабочий день (День России): группа ИС-41, 12.06.2026. "
        "Ближайший рабочий день: 15.06.2026."
    )


def test_nameless_day_off_in_the_week_is_a_holiday_too():
    moved = WorkCalendar({DAY: SpecialDay(is_working=False)})
    assert str(on(DAY, calendar=moved)[0]).startswith("Экзамен стоит на нерабочий день: группа")


def test_saturday_is_a_weekend_unless_the_workshop_is_open():
    (found,) = on(SATURDAY)
    assert (found.code, found.level) == ("weekend", Level.WARNING)
    assert "выходной (суббота)" in str(found)
    assert "отметьте это в её карточке" in str(found)
    assert on(SATURDAY, workshop=workshop(open_saturday=True)) == []
    assert codes(on(SATURDAY, workshop=None)) == ["weekend"]


def test_sunday_is_a_weekend_in_an_open_workshop_too():
    (found,) = on(SATURDAY + timedelta(1), workshop=workshop(open_saturday=True))
    assert found.code == "weekend"
    assert "карточке" not in str(found)


def test_holiday_on_a_saturday_stays_one_in_an_open_workshop():
    victory = date(2026, 5, 9)
    calendar = WorkCalendar({victory: SpecialDay(is_working=False, name="День Победы")})
    opened = workshop(open_saturday=True)
    assert codes(on(victory, calendar=calendar, workshop=opened)) == ["holiday"]


def test_working_saturday_of_the_calendar_is_a_working_day():
    calendar = WorkCalendar({SATURDAY: SpecialDay(is_working=True)})
    assert on(SATURDAY, calendar=calendar, preparation_day=date(2026, 6, 11)) == []


def test_both_days_of_an_exam_are_looked_at():
    assert codes(on(date(2026, 6, 11), second_day=RUSSIA_DAY)) == ["holiday"]


def test_preparation_day_is_missed_with_the_latest_one_possible():
    (found,) = on(date(2026, 6, 15), preparation_day=None)
    assert (found.code, found.level) == ("preparation_day_missing", Level.WARNING)
    assert str(found).endswith("Назначьте его не позже 11.06.2026.")
    assert found.fixes[0].value == "2026-06-11"


@pytest.mark.parametrize("chosen", [DAY, DAY + timedelta(days=1), date(2026, 6, 14)])
def test_preparation_day_is_a_working_day_before_the_exam(chosen):
    (found,) = on(DAY, preparation_day=chosen)
    assert found.code == "preparation_day_wrong"
    assert "не позже 17.06.2026" in str(found)


def test_plan_is_approved_twenty_days_before():
    in_time, late = DAY - timedelta(days=20), DAY - timedelta(days=19)
    assert on(DAY, today=in_time) == []
    (found,) = on(DAY, today=late)
    assert (found.code, found.level) == ("notice_too_short", Level.WARNING)
    told = str(found).replace("\N{NO-BREAK SPACE}", " ")
    assert "осталось 19 дней" in told
    assert "до 29.05.2026" in told
    assert "ещё можно вовремя ознакомить" in told


def test_five_working_days_for_acquaintance_skip_the_holiday():
    """From 18.06 back: 17, 16, 15, 11 and 10 June work, 12 June does not."""
    assert "ещё можно" in str(on(DAY, today=date(2026, 6, 10))[0])
    (found,) = on(DAY, today=date(2026, 6, 11))
    assert found.acquaint_by == date(2026, 6, 10)
    assert "вовремя уже нельзя" in str(found)


def test_on_the_day_itself_there_is_not_a_day_left():
    assert "нет и дня" in str(on(DAY, today=DAY)[0])


@pytest.mark.parametrize("state", [SessionState.ANNOUNCED, SessionState.DONE])
def test_what_is_announced_or_over_needs_no_notice(state):
    assert on(DAY, today=DAY, state=state) == []


def test_past_cannot_be_told_in_time():
    assert on(DAY, today=DAY + timedelta(days=1)) == []


def against_kit(**facts):
    return list(check_kit(sitting(**facts)))


def test_exam_as_long_as_its_kit_is_in_order():
    assert against_kit() == []
    assert against_kit(kit=None) == []


def test_exam_shorter_than_its_kit():
    (found,) = against_kit(kit=kit(minutes=240))
    assert (found.code, found.level) == ("slot_too_short", Level.WARNING)
    assert "отведено 3 ч 30 мин, нужно 4 ч" in str(found)
    assert hours(0) == "0 мин"


def test_two_day_kit_needs_a_second_day():
    (found,) = against_kit(kit=kit(exam_days=2))
    assert (found.code, found.level) == ("second_day_missing", Level.WARNING)
    assert "рассчитан на два дня" in str(found)
    assert against_kit(kit=kit(exam_days=2), second_day=DAY + timedelta(1)) == []


def test_kit_of_another_specialty():
    (found,) = against_kit(kit=kit(specialty_id="сварка"), group=group(specialty_id="повар"))
    assert (found.code, found.level) == ("kit_of_other_specialty", Level.WARNING)
    assert "не для специальности группы ИС-41" in str(found)


def test_kit_of_another_year():
    (found,) = against_kit(kit=kit(year=2025))
    assert (found.code, found.level) == ("kit_of_other_year", Level.WARNING)
    assert str(found).endswith("Выберите комплект 2026 года.")
    assert against_kit(kit=kit(year=None)) == []
