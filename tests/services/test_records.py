"""Single records: the same rules whichever way they are written."""

from datetime import date, datetime

import pytest
from conftest import Builder

from demoexam.errors import NotFound, Refused, RulesBroken, UserError
from demoexam.models.people import Expert
from demoexam.services.college.college import (
    change_setting,
    college_settings,
    found_college,
    grade_bounds,
    set_grade_bounds,
    set_target,
    targets,
)
from demoexam.services.history import take_back
from demoexam.services.records.fields import BadValue, UnknownField, UnknownTable
from demoexam.services.records.records import (
    add_record,
    as_values,
    change_record,
    delete_record,
    live_record,
    rows_of,
)


def add(store, table, **values):
    with store.transaction(f"новая запись: {table}") as session:
        return add_record(session, table=table, values=values)


def change(store, table, record_id, **values):
    with store.transaction("правка") as session:
        change_record(session, table=table, record_id=record_id, values=values)


def test_texts_become_values_of_the_columns_types(store):
    expert = add(store, "expert", last_name=" Ёлкин ", first_name="Артём", phone="8 912 000-00-01",
                 consent_on="01.09.2025", active="нет")  # fmt: skip
    with store.reading() as session:
        row = session.get_one(Expert, expert)
        assert (row.last_name, row.phone, row.consent_on) == (
            "Ёлкин", "+79120000001", date(2025, 9, 1),
        )  # fmt: skip
        assert row.active is False
        assert as_values(row)["consent_on"] == "2025-09-01"


@pytest.mark.parametrize(
    ("table", "values", "refusal"),
    [
        ("человек", {}, UnknownTable),
        ("expert", {"birth_date": "1980-01-01"}, UnknownField),
        ("expert", {"id": "1"}, UnknownField),
        ("expert", {"last_name": "Ёлкин"}, Refused),
        ("expert", {"last_name": "Ёлкин", "first_name": "А", "consent_on": "завтра"}, BadValue),
        ("expert", {"last_name": "Ёлкин", "first_name": "А", "phone": "12"}, Refused),
        ("expert", {"last_name": "Ёлкин", "first_name": "А", "email": "нет"}, Refused),
        ("organization", {"short_name": "А", "kind": "завод"}, BadValue),
        ("organization", {"short_name": "А", "kind": "employer", "inn": "7707083894"}, Refused),
        ("employment", {"expert_id": "нет", "organization_id": "нет"}, NotFound),
        ("share_target", {"year": "2027", "percent": "101"}, Refused),
        ("share_target", {"year": "2027", "percent": "много"}, BadValue),
        ("grade_scale", {"three": "40", "four": "30", "five": "70"}, Refused),
    ],
)
def test_what_cannot_be_true_is_refused_with_advice_and_changes_nothing(
    store, table, values, refusal
):
    with pytest.raises(refusal) as refused:
        add(store, table, **values)
    assert str(refused.value)
    assert refused.value.hint
    with store.reading() as session:
        assert rows_of(session, table="expert") == []


def test_two_organizations_cannot_share_an_inn(store):
    add(store, "organization", kind="employer", short_name="Вектор", inn="7707083893")
    with pytest.raises(Refused, match="Вектор"):
        add(store, "organization", kind="employer", short_name="Вектор-2", inn="7707083893")


def test_one_main_place_of_work_at_a_time(store):
    with store.transaction("люди") as session:
        make = Builder(session)
        expert = make.expert(organization=make.college())
        factory = make.employer()
    values = {"expert_id": expert.id, "organization_id": factory.id, "valid_from": "2026-06-01"}
    with pytest.raises(Refused, match="два основных места"):
        add(store, "employment", **values)
    with store.reading() as session:
        (job,) = rows_of(session, table="employment")
    change(store, "employment", job["id"], valid_to="2026-05-31")
    assert add(store, "employment", **values)


def test_a_contradicting_assignment_is_refused_by_the_rules(store):
    with store.transaction("экзамен") as session:
        make = Builder(session)
        college = make.college()
        sitting = make.sitting(group=make.group(college))
        teacher = make.expert("Орлов Пётр", college)
    with pytest.raises(RulesBroken, match="Орлов"):
        add(store, "assignment", session_id=sitting.id, expert_id=teacher.id, role="scoring")
    with store.reading() as session:
        assert all(row["expert_id"] != teacher.id for row in rows_of(session, table="assignment"))


def test_a_deleted_record_takes_its_parts_along_and_undo_brings_all_back(store):
    with store.transaction("эксперт") as session:
        make = Builder(session)
        expert = make.expert(organization=make.employer())
    with store.transaction("удаление") as session:
        delete_record(session, table="expert", record_id=expert.id)
    with store.reading() as session:
        assert rows_of(session, table="employment") == []
        with pytest.raises(NotFound):
            live_record(session, table="expert", record_id=expert.id)
        assert len(rows_of(session, table="expert", deleted=True)) == 1
    take_back(store)
    with store.reading() as session:
        assert session.get_one(Expert, expert.id).deleted is False
        assert [row["expert_id"] for row in rows_of(session, table="employment")] == [expert.id]


def test_what_others_need_is_not_deleted(store):
    with store.transaction("эксперт") as session:
        make = Builder(session)
        factory = make.employer()
        make.expert(organization=factory)
    with pytest.raises(Refused, match="места работы") as refused, store.transaction("x") as session:
        delete_record(session, table="organization", record_id=factory.id)
    assert "Сначала" in refused.value.hint


def test_a_sitting_needs_both_of_its_times(store):
    with store.transaction("экзамен") as session:
        sitting = Builder(session).sitting()
    with pytest.raises(Refused):
        change(store, "exam_session", sitting.id, ends_at="")
    with pytest.raises(UserError):
        change(store, "exam_session", sitting.id, ends_at="2026-06-18T01:00")


def test_settings_are_typed_and_unknown_ones_refused(store):
    with store.transaction("настройки") as session:
        change_setting(session, key="kit_term", value="КИМ")
        change_setting(session, key="turnaround_minutes", value="90")
        change_setting(session, key="rule_levels", value={"consent_missing": "off"})
        for key, value in (("цвет", 1), ("turnaround_minutes", "-5"), ("share_count", "всё")):
            with pytest.raises(Refused):
                change_setting(session, key=key, value=value)
    with store.reading() as session:
        settings = college_settings(session)
    assert (settings.kit_term, settings.turnaround_minutes) == ("КИМ", 90)
    assert settings.rule_levels == {"consent_missing": "off"}


def test_own_college_owns_the_rows_made_here(store):
    with store.transaction("свой колледж") as session:
        college = found_college(session, name="  Колледж   связи ")
        assert found_college(session, name="Колледж связи").id == college.id
    with store.transaction("эксперт") as session:
        expert = Builder(session).expert()
    with store.reading() as session:
        assert college_settings(session).own_college == college.id
        assert session.get_one(Expert, expert.id).owner_id == college.id


def test_targets_and_scale_are_the_colleges_to_change(store):
    with store.transaction("цели") as session:
        set_target(session, year=2027, percent=75)
        set_target(session, year=2024, percent=65)
        set_grade_bounds(session, three=25, four=50, five=80)
        with pytest.raises(Refused):
            set_target(session, year=2027, percent=-1)
        with pytest.raises(Refused):
            set_grade_bounds(session, three=50, four=50, five=80)
    with store.reading() as session:
        assert targets(session) == {2022: 50, 2023: 60, 2024: 65, 2027: 75}
        assert grade_bounds(session) == (25, 50, 80)


def test_times_are_read_and_written_in_local_wall_time(store):
    with store.transaction("экзамен") as session:
        sitting = Builder(session).sitting()
    change(
        store, "exam_session", sitting.id, starts_at="2026-06-18T10:00", ends_at="2026-06-18T15:00"
    )
    with store.reading() as session:
        row = live_record(session, table="exam_session", record_id=sitting.id)
        assert row.starts_at == datetime(2026, 6, 18, 10, 0)
        assert as_values(row)["ends_at"] == "2026-06-18T15:00"


def test_what_is_incomplete_is_not_announced_by_any_way_of_writing(store):
    with store.transaction("экзамен") as session:
        sitting = Builder(session).sitting()
    with pytest.raises(RulesBroken, match="объявить"):
        change(store, "exam_session", sitting.id, state="announced")
    with store.transaction("готовый экзамен") as session:
        ready = Builder(session).staffed_sitting(day=date(2026, 6, 25))
    change(store, "exam_session", ready.id, state="announced")
    with store.reading() as session:
        states = {row["id"]: row["state"] for row in rows_of(session, table="exam_session")}
    assert (states[sitting.id], states[ready.id]) == ("planned", "announced")


def test_a_year_has_one_target_and_a_setting_one_row_of_its_kind(store):
    add(store, "share_target", year="2027", percent="75")
    with pytest.raises(Refused, match="уже есть"):
        add(store, "share_target", year="2027", percent="80")
    with pytest.raises(Refused, match="не подходит"):
        add(store, "setting", key="share_count", value="5")
    add(store, "setting", key="kit_term", value='"КИМ"')
    with pytest.raises(Refused, match="уже есть"):
        add(store, "setting", key="kit_term", value='"КОД"')
