"""Loading into a store where things went on: people deleted, merged or changed, sittings held."""

import pytest
from import_edits import later
from import_lists import csv_file, state_of
from import_truth import TODAY
from sqlalchemy import select

from demoexam.exchange.reading import read_book
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.organizations import Organization
from demoexam.models.people import Employment, Expert
from demoexam.services.duplicates.merging import merge_duplicates as merge
from demoexam.services.history import take_back
from demoexam.services.imports.imports import apply, import_file, preview, read_content
from demoexam.services.imports.plan import Status
from demoexam.store.store import Store

HEADER = ("ФИО", "Место работы", "Телефон", "Должность")
ROWS = (
    ("Иванова Елена Викторовна", "ООО «Завод»", "8 900 000-00-01", "мастер"),
    ("Петрова Елена Викторовна", "ПАО «Верфь»", "8 900 000-00-02", "инженер"),
    ("Сомов Олег Ильич", "ПАО «Верфь»", "8 900 000-00-03", "токарь"),
)


@pytest.fixture
def path(tmp_path):
    return csv_file(tmp_path / "эксперты.csv", HEADER, *ROWS)


def load(store: Store, path):
    return import_file(store, path, today=TODAY, read=read_book)


def expert(session, last: str) -> Expert:
    return session.scalars(select(Expert).where(Expert.last_name == last, Expert.live())).one()


def test_a_deleted_expert_comes_back_as_a_new_one_and_it_is_told(store, path):
    load(store, path)
    with store.transaction("удаление эксперта") as session:
        gone = expert(session, "Сомов")
        gone.deleted, gone.deleted_by = True, session.info["operation"]
    plan = load(store, path).plan
    assert [row.status for row in plan.rows] == [Status.SAME, Status.SAME, Status.NEW]
    assert plan.rows[2].reasons == (
        "такого эксперта удалили из базы: по файлу он добавится заново",
    )
    assert load(store, path).outcome.anything is False


def test_an_import_taken_back_is_no_deletion(store, path):
    load(store, path)
    take_back(store)
    plan = load(store, path).plan
    assert [(row.status, row.reasons) for row in plan.rows] == [(Status.NEW, ())] * 3


def test_rows_of_merged_records_do_not_bring_them_back(store, path, tmp_path):
    load(store, path)
    with store.transaction("объединение") as session:
        kept, gone = expert(session, "Петрова"), expert(session, "Иванова")
        merge(session, table="expert", keep_id=kept.id, drop_id=gone.id, choices={})
    before = state_of(store)
    again = load(store, path)
    assert [row.status for row in again.plan.rows] == [Status.SAME] * 3
    said = "в реестре эта запись объединена с «Петрова Елена Викторовна»: строка ничего не меняет"
    assert again.plan.rows[0].reasons == (said,)
    assert not again.outcome.anything
    assert state_of(store) == before


def test_spellings_of_a_merged_organization_mean_the_one_that_stayed(store, path):
    load(store, path)
    with store.transaction("объединение") as session:
        named = select(Organization).where(Organization.live())
        ids = {row.short_name: row.id for row in session.scalars(named)}
        merge(session, table="organization", keep_id=ids["ПАО «Верфь»"],
              drop_id=ids["ООО «Завод»"], choices={})  # fmt: skip
    before = state_of(store)
    assert not load(store, path).outcome.anything
    assert state_of(store) == before


def test_a_person_deleted_between_preview_and_load_is_not_lost(store, path, tmp_path):
    load(store, path)
    edited = csv_file(tmp_path / "правка.csv", HEADER, *ROWS[:2], (*ROWS[2][:3], "бригадир"))
    with store.reading() as session:
        content = read_content(session, edited, today=TODAY, read=read_book)
        plan = preview(session, content, today=TODAY)
    assert plan.rows[2].status is Status.CHANGED
    with store.transaction("удаление") as session:
        gone = expert(session, "Сомов")
        gone.deleted, gone.deleted_by = True, session.info["operation"]
    with store.transaction("загрузка") as session:
        apply(session, plan, today=TODAY)
    assert plan.rows[2].status is Status.NEW
    assert "удалили" in plan.rows[2].reasons[0]
    with store.reading() as session:
        job = select(Employment.post).join(Expert, Employment.expert_id == Expert.id)
        assert session.scalars(job.where(Expert.last_name == "Сомов", Expert.live())).all() == [
            "бригадир"
        ]


def test_a_phone_changed_meanwhile_is_shown_and_taken_from_the_file(store, path, tmp_path):
    load(store, path)
    edited = csv_file(tmp_path / "правка.csv", HEADER, *ROWS[:2], (*ROWS[2][:3], "бригадир"))
    with store.reading() as session:
        content = read_content(session, edited, today=TODAY, read=read_book)
        plan = preview(session, content, today=TODAY)
    with store.transaction("правка соседа") as session:
        expert(session, "Сомов").phone = "+79995550000"
    with store.transaction("загрузка") as session:
        apply(session, plan, today=TODAY)
    assert {change.field for change in plan.rows[2].changes} == {"phone", "post"}


KITS = ("КОД", "Уровень", "Длительность", "Макс. балл", "Экспертов"), (
    "09.02.07-2-2026", "БУ", "2:30", 50, 1)  # fmt: skip
SCHEDULE = ("Дата", "Время", "Группа", "КОД", "Мастерская", "Чел.", "ГЭ", "Эксперты")


def exams(path, *days: str):
    rows = [
        (day, "9:00", f"ИС-{number}", "09.02.07-2-2026 БУ", "Сварочная", 2, "Сомов О.И.",
         "Петрова Е.В.")
        for number, day in enumerate(days)
    ]  # fmt: skip
    return csv_file(path, ("График ГБПОУ «Колледж связи»",), SCHEDULE, *rows)


def test_a_held_sitting_is_released_by_a_file_that_mends_it(store, path, tmp_path):
    load(store, path)
    load(store, csv_file(tmp_path / "код.csv", *KITS))
    load(store, csv_file(tmp_path / "места.csv", ("Мастерская", "Кабинет", "Рабочих мест"),
                         ("Сварочная", "12", 8)))  # fmt: skip
    day = "02.06.2026"
    first = load(store, exams(tmp_path / "график.csv", day, day))
    assert first.plan.counts()[Status.HELD] == 1
    before = state_of(store)
    assert not load(store, exams(tmp_path / "график.csv", day, day)).outcome.anything
    assert state_of(store) == before
    mended = load(store, exams(tmp_path / "график.csv", day, later(day)))
    assert mended.plan.counts()[Status.CHANGED] == 1
    with store.reading() as session:
        assert not session.scalars(select(ExamSession).where(ExamSession.held)).all()
        assert not session.scalars(select(Assignment).where(Assignment.held)).all()
    take_back(store)
    assert state_of(store) == before
