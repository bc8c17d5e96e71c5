"""The words of records and stored values: a person reads them in a history or a conflict."""

import pytest
from conftest import Builder

from demoexam.models.base import Record, captured_columns, merge_units
from demoexam.models.catalog import entities
from demoexam.services.records.words import (
    column_label,
    record_title,
    table_title,
    unit_label,
    unit_words,
    value_words,
)


@pytest.mark.parametrize("table", [*entities()])
def test_every_table_column_and_unit_has_a_russian_name(table):
    def russian(name):
        return any("а" <= letter <= "я" for letter in name.lower()) or name == "E-mail"

    names = [table_title(table)]
    if table not in {"conflict", "erasure"}:  # their insides are told by their own pages
        names += [column_label(table, name) for name in captured_columns(_of(table))]
        names += [unit_label(table, unit) for unit in merge_units(_of(table)).values()]
    assert [name for name in names if not russian(name)] == []


def test_values_are_told_as_they_are_read(store):
    with store.transaction("данные") as session:
        make = Builder(session)
        expert = make.expert("Ёлкин Артём Олегович", make.employer("АО «Волгамаш»"))
        sitting = make.sitting(make.group(name="ТМ-21"))
        duty = make.assignment(sitting, expert)
        told = {
            ("expert", "active", 1): "да",
            ("expert", "consent_on", "2026-05-27"): "27.05.2026",
            ("expert", "phone", ""): "—",
            ("assignment", "expert_id", expert.id): "Ёлкин Артём Олегович",
            ("assignment", "role", "chief"): "главный эксперт",
            ("workshop_booking", "purpose", "closed"): "мастерская закрыта",
            ("exam_session", "state", "closed"): "закрыт",
            ("exam_session", "starts_at", "2026-05-27T09:00"): "27.05.2026, 09:00",
            ("exam_place", "points", '{"2":225,"1":150}'): "модуль 1: 1,50; модуль 2: 2,25",
            ("exam_place", "attended", 0): "не пришёл",
            ("task_module", "max_points", 800): "8,00",
            ("competence", "roles", '["chief","scoring"]'): (
                "главный эксперт, член экспертной группы"
            ),
            ("workshop", "opening_hours", '{"1":["08:00","20:00"]}'): "пн 08:00–20:00",
            ("exam_session", "workshop_id", "gone"): "запись удалена",
            ("expert", "consent_on", "когда-то"): "когда-то",
        }
        assert {key: value_words(session, *key) for key in told} == told
        assert record_title(session, "exam_session", sitting.id) == "ТМ-21, 18.06.2026"
        assert record_title(session, "assignment", duty.id).startswith("Ёлкин")


def test_a_unit_is_told_whole(store):
    with store.transaction("данные") as session:
        shop = Builder(session).workshop(name="Сварка")
        when = {
            "starts_at": "2026-05-27T09:00",
            "ends_at": "2026-05-27T13:30",
            "second_day": None,
            "workshop_id": shop.id,
        }
        told = unit_words(session, "exam_session", "place_time", when)
        assert told == "27.05.2026, 09:00–13:30, Сварка"
        broken = unit_words(session, "exam_session", "place_time", when | {"starts_at": "утром"})
        assert "утром" in broken
        term = {"valid_from": "2025-09-01", "valid_to": None}
        assert unit_words(session, "employment", "term", term) == "с 01.09.2025"
        assert unit_words(session, "expert", "deletion", {"deleted": 1}) == "удалена"
        bounds = unit_words(session, "grade_scale", "bounds", {"three": 20, "four": 40, "five": 70})
        assert bounds == "Три от, %: 20, Четыре от, %: 40, Пять от, %: 70"


def _of(table):
    return Record.metadata.tables[table]
