"""Loading the eight typical files one after another, as a coordinator on an empty computer does."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from import_lists import csv_file as table
from import_lists import state_of
from import_truth import FILES, TODAY, figures, roster
from sqlalchemy import func, select, text

from demoexam.errors import Refused
from demoexam.exchange.failures import FileMissing, WrongKind
from demoexam.exchange.reading import read_book
from demoexam.exchange.vocabulary import Kind
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.kits import AssessmentKit, StaffingRule
from demoexam.models.organizations import Organization
from demoexam.models.people import Certificate, Competence, Employment, Expert
from demoexam.models.places import ExamCenter, Workshop
from demoexam.progress import Cancelled, Progress
from demoexam.rules.terms import ExamLevel, OrganizationKind, Role, SessionState
from demoexam.services.college.college import college_settings, found_college
from demoexam.services.history import take_back
from demoexam.services.imports.imports import (
    ImportReport,
    apply,
    import_file,
    preview,
    read_content,
    report_json,
)
from demoexam.services.imports.mappings import save_mapping
from demoexam.services.imports.plan import Status
from demoexam.services.plan.check import findings
from demoexam.store.store import Store


def load(store: Store, name: str, **options: Any) -> ImportReport:
    return import_file(store, roster(name), today=TODAY, read=read_book, **options)


@pytest.fixture(scope="module")
def loaded(
    blank_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, ImportReport]]:
    """A store file into which all eight files were loaded in order, and their reports."""
    path = tmp_path_factory.mktemp("season") / "season.db"
    shutil.copyfile(blank_store, path)
    store = Store(path)
    reports = {name: load(store, name) for name in FILES}
    store.close()
    return path, reports


@pytest.fixture
def season(loaded: tuple[Path, dict[str, ImportReport]]) -> dict[str, ImportReport]:
    return loaded[1]


@pytest.fixture
def stocked(loaded: tuple[Path, dict[str, ImportReport]], tmp_path: Path) -> Iterator[Store]:
    """A store of one's own with all eight files in it."""
    path = tmp_path / "stocked.db"
    shutil.copyfile(loaded[0], path)
    store = Store(path)
    yield store
    store.close()


def count(store: Store, entity: type) -> int:
    with store.reading() as session:
        query = select(func.count()).select_from(entity).where(entity.deleted.is_(False))
        return session.scalar(query) or 0


def test_every_figure_of_every_file_is_right(season):
    for name, report in season.items():
        dump = json.loads(json.dumps(report.dump()))
        wrong = {key: value for key, value in figures(name, dump).items() if value < 0.98}
        assert not wrong, (name, wrong)


def test_the_roster_is_stored_whole(stocked):
    assert count(stocked, Expert) == 40 + 21 + 35 + 16
    with stocked.reading() as session:
        expert = session.scalars(select(Expert).where(Expert.last_name == "Трофимова")).one()
        job = session.scalars(select(Employment).where(Employment.expert_id == expert.id)).one()
        place = session.get_one(Organization, job.organization_id)
        paper = session.scalars(select(Certificate).where(Certificate.expert_id == expert.id)).one()
        codes = session.scalars(
            select(Competence.roles).where(Competence.expert_id == expert.id)
        ).all()
    assert (expert.first_name, expert.middle_name) == ("Анна", "Артёмовна")
    assert (expert.phone, expert.email) == ("+79000314187", "a.trofimova3@example.net")
    assert (job.post, job.is_main, job.valid_from) == ("руководитель отдела разработки", True, None)
    assert place.short_name == "АО «Приборный завод «Меридиан-Т»»"
    assert (place.kind, place.inn) == (OrganizationKind.EMPLOYER, "9900357698")
    assert (paper.number, paper.valid_until) == ("0347887440", date(2027, 11, 16))
    assert codes == [["scoring"], ["scoring"]]


def test_one_organization_for_all_its_spellings_in_all_files(stocked):
    with stocked.reading() as session:
        names = session.scalars(select(Organization.short_name)).all()
        kinds = Counter(session.scalars(select(Organization.kind)).all())
    assert len(names) == len(set(names)) == 17
    assert kinds[OrganizationKind.COLLEGE] == 6
    assert kinds[OrganizationKind.UNIVERSITY] == 1


def test_own_college_comes_from_the_first_title_that_names_one(store):
    load(store, "clean.xlsx")
    with store.reading() as session:
        assert college_settings(session).own_college == ""
    load(store, "college_a.xlsx")
    with store.reading() as session:
        own = session.get_one(Organization, college_settings(session).own_college)
        owners = set(session.scalars(select(Certificate.owner_id)))
    assert own.short_name.startswith("ОГАПОУ «Северогорский техникум")
    assert own.full_name.startswith("Областное государственное автономное")
    assert own.id in owners


def test_kits_workshops_groups_are_stored_whole(stocked):
    with stocked.reading() as session:
        kit = session.scalars(
            select(AssessmentKit).where(
                AssessmentKit.code == "09.02.07-2-2026", AssessmentKit.level == ExamLevel.PROFILE
            )
        ).one()
        staff = session.scalars(select(StaffingRule).where(StaffingRule.kit_id == kit.id)).one()
        workshop = session.scalars(select(Workshop).where(Workshop.room == "406")).one()
        center = session.get_one(ExamCenter, workshop.exam_center_id)
        group = session.scalars(select(StudyGroup).where(StudyGroup.name == "ИС-221")).one()
    assert (kit.minutes, kit.core_points, kit.year, kit.exam_days) == (240, 10_000, 2026, 1)
    assert (staff.workplaces_from, staff.workplaces_to, staff.minimum) == (1, None, 3)
    assert (workshop.places, workshop.accredited_until) == (8, date(2026, 12, 31))
    assert center.address == workshop.address == "г. Лугоград, ул. Тестовая, д. 8"
    assert (group.head_count, group.year) == (17, 2026)
    assert count(stocked, Examinee) == 199


def test_initials_of_the_schedule_become_people_of_the_roster(stocked):
    with stocked.reading() as session:
        first = session.scalars(select(ExamSession).order_by(ExamSession.starts_at)).first()
        named = select(Expert.last_name, Expert.first_name, Assignment.role).join(
            Assignment, Assignment.expert_id == Expert.id
        )
        group = [
            tuple(row) for row in session.execute(named.where(Assignment.session_id == first.id))
        ]
    assert first.ends_at.isoformat(timespec="minutes") == "2026-06-01T11:30"
    assert sorted(group) == [
        ("Алдошина", "Анастасия", Role.SCORING),
        ("Жигалова", "Марина", Role.SCORING),
        ("Плотникова", "Анна", Role.CHIEF),
        ("Уварова", "Галина", Role.SCORING),
    ]


def test_a_two_day_exam_keeps_its_second_day(stocked):
    with stocked.reading() as session:
        days = session.scalars(
            select(ExamSession.second_day).where(ExamSession.second_day > "")
        ).all()
    assert days == [date(2026, 6, 5)]


def test_of_a_clash_the_later_row_is_held(stocked):
    with stocked.reading() as session:
        query = select(StudyGroup.name, ExamSession.starts_at).join(
            StudyGroup, StudyGroup.id == ExamSession.group_id
        )
        sittings = [tuple(row) for row in session.execute(query.where(ExamSession.held))]
        held = select(Expert.last_name).join(Assignment, Assignment.expert_id == Expert.id)
        experts = session.scalars(held.where(Assignment.held.is_(True))).all()
    assert sorted(name for name, _ in sittings) == ["ПКД-222", "СВ-231"]
    assert experts == ["Пугачёва"]


def test_a_sitting_that_lacks_experts_is_a_draft(stocked):
    with stocked.reading() as session:
        query = select(StudyGroup.name, ExamSession.state).join(
            StudyGroup, StudyGroup.id == ExamSession.group_id
        )
        states = dict(tuple(row) for row in session.execute(query))
    drafts = {name for name, state in states.items() if state is SessionState.DRAFT}
    assert {"ТМ-222", "СВ-232"} <= drafts
    assert states["ИС-221"] is SessionState.PLANNED


def test_check_repeats_what_the_report_said(season, stocked):
    said = {row["reason"] for row in season["schedule.xlsx"].dump()["conflicts"]}
    with stocked.reading() as session:
        found = {each.code for each in findings(session, today=TODAY)}
    assert said <= found
    assert {"holiday", "weekend", "too_few_experts", "more_students_than_places"} <= said


def test_the_same_files_again_change_nothing(stocked):
    before = state_of(stocked)
    for name in FILES:
        again = load(stocked, name)
        assert not again.outcome.anything, name
        assert {row.status for row in again.plan.rows} <= {Status.SAME, Status.DUPLICATE}
    assert state_of(stocked) == before


def test_loading_is_one_operation_and_undo_restores_the_state(store):
    for name in FILES:
        before = state_of(store)
        load(store, name)
        assert state_of(store) != before
        with store.reading() as session:
            last = session.execute(text("SELECT text FROM operation ORDER BY n DESC LIMIT 1"))
            assert last.scalar_one() == f"загрузка {name}"
        assert not take_back(store).kept
        assert state_of(store) == before, name
        load(store, name)


def test_dry_run_tells_and_writes_nothing(store):
    before = state_of(store)
    report = load(store, "clean.xlsx", dry_run=True)
    assert report.outcome is None
    assert report.plan.counts() == {Status.NEW: 40}
    assert report.summary() == "Будет загружено 40\u00a0экспертов."
    assert state_of(store) == before


class Impatient(Progress):
    """Cancels when it is asked for the n-th time whether to go on."""

    def __init__(self, patience: int) -> None:
        super().__init__()
        self.patience = patience

    def check(self) -> None:
        self.patience -= 1
        if not self.patience:
            self.cancel()
        super().check()


def test_cancelled_at_any_step_nothing_is_half_done(store):
    before, patience = state_of(store), 1
    while True:
        try:
            load(store, "clean.xlsx", progress=Impatient(patience))
            break
        except Cancelled:
            assert state_of(store) == before
            patience += 1
    assert patience == 5  # before reading, after it, after matching, before the commit
    assert count(store, Expert) == 40


def test_cancelled_while_the_child_reads(store):
    before = state_of(store)
    with pytest.raises(Cancelled):
        import_file(store, roster("clean.xlsx"), progress=Impatient(3), today=TODAY)
    assert state_of(store) == before


def test_no_personal_field_reaches_the_store(season, stocked):
    told = {person["snils"] for person in season["clean.xlsx"].dump()["people"]}
    with stocked.reading() as session:
        rows = [tuple(row) for row in session.execute(text("SELECT before, after FROM change"))]
        hashes = session.scalars(select(Expert.person_hash)).all()
    written = "".join(f"{before}{after}" for before, after in rows)
    assert "92301583880" in told
    assert not any(snils in written for snils in told if snils)
    assert "1988-07-10" not in written
    assert len({each for each in hashes if each}) == 40 + 35


def test_summary_reads_as_a_sentence(season):
    assert season["college_a.xlsx"].summary() == (
        "Загружен 21\u00a0эксперт, 1\u00a0повтор объединён."
    )
    assert season["schedule.xlsx"].summary() == (
        "Загружено 10\u00a0экзаменов, до исправления противоречий отложено: "
        "2\u00a0экзамена и 1\u00a0назначение."
    )


def test_a_plan_made_before_another_edit_is_made_anew(store):
    with store.reading() as session:
        content = read_content(session, roster("clean.xlsx"), today=TODAY)
        plan = preview(session, content, today=TODAY)
    load(store, "clean.xlsx")
    with store.transaction("загрузка clean.xlsx") as session:
        outcome = apply(session, plan, today=TODAY)
    assert not outcome.anything
    assert count(store, Expert) == 40


def test_the_wrong_kind_is_named(store):
    with pytest.raises(WrongKind) as refused:
        load(store, "workshops.xlsx", kind="schedule")
    assert "график экзаменов" in str(refused.value)
    with pytest.raises(Refused):
        load(store, "workshops.xlsx", kind="people")


def test_the_report_of_a_refused_file_tells_why(store, tmp_path):
    path = tmp_path / "нет.xlsx"
    with pytest.raises(FileMissing) as refused:
        import_file(store, path, today=TODAY)
    good = load(store, "workshops.xlsx")
    report = report_json({"нет.xlsx": refused.value, "workshops.xlsx": good})
    assert report["files"]["нет.xlsx"] == {"error": "Файл «нет.xlsx» не найден.", "people": []}
    assert len(report["files"]["workshops.xlsx"]["workshops"]) == 7


HEADER = ("ФИО", "Место работы", "Должность", "Телефон", "Действует до", "Работодатель да/нет")


def test_row_errors_name_the_row_and_spare_the_others(store, tmp_path):
    path = table(
        tmp_path / "список.csv",
        HEADER,
        ("Иванов Иван Иванович", "ООО «Завод»", "мастер", "8 900 111-22-33", "31.12.2027", "да"),
        ("Вакансия", "ООО «Завод»", "мастер", "8 900 111-22-44", "31.12.2027", "да"),
        ("Петров П. П.", "ООО «Завод»", "мастер", "8 900 111-22-55", "31.12.2027", "да"),
        ("Сидоров Пётр Ильич", "ООО «Завод»", "мастер", "12-34", "30.02.2027", "?"),
    )
    report = import_file(store, path, today=TODAY)
    status = {row.place.row: row.status for row in report.plan.rows}
    assert status == {2: Status.NEW, 3: Status.ERROR, 4: Status.ERROR, 5: Status.NEW}
    assert report.plan.rows[1].reasons == ("нет имени («Вакансия»)",)
    assert len(report.plan.rows[3].reasons) == 3
    assert count(store, Expert) == 2
    assert "2\u00a0строки пропущены: 3 (нет имени («Вакансия»)); 4 (" in report.summary()


def test_an_edited_copy_changes_only_what_was_edited(store, tmp_path):
    person = (
        "Иванов Иван Иванович",
        "ООО «Завод»",
        "мастер",
        "8 900 111-22-33",
        "31.12.2027",
        "да",
    )
    import_file(store, table(tmp_path / "a.csv", HEADER, person), today=TODAY)
    edited = (*person[:2], "инженер", "8 900 111-22-99", "", "да")
    report = import_file(store, table(tmp_path / "b.csv", HEADER, edited), today=TODAY)
    changes = {(each.field, each.old, each.new) for each in report.plan.rows[0].changes}
    assert changes == {
        ("phone", "+79001112233", "+79001112299"),
        ("post", "мастер", "инженер"),
    }
    assert count(store, Expert) == count(store, Certificate) == 1


def test_a_new_main_place_of_work_ends_the_old_one(store, tmp_path):
    person = ("Иванов Иван Иванович", "ООО «Завод»", "мастер", "8 900 111-22-33", "", "да")
    import_file(store, table(tmp_path / "a.csv", HEADER, person), today=TODAY)
    moved = (person[0], "ГБПОУ «Колледж связи»", "преподаватель", person[3], "", "нет")
    import_file(store, table(tmp_path / "b.csv", HEADER, moved), today=TODAY)
    with store.reading() as session:
        columns = Employment.post, Employment.valid_from, Employment.valid_to
        rows = session.execute(select(*columns).order_by(Employment.n))
        jobs = [tuple(row) for row in rows]
    assert count(store, Expert) == 1
    assert jobs == [("мастер", None, date(2026, 2, 1)), ("преподаватель", TODAY, None)]


def test_namesakes_stay_two_people(store, tmp_path):
    header = ("ФИО", "СНИЛС", "Место работы")
    path = table(
        tmp_path / "тёзки.csv",
        header,
        ("Иванов Иван Иванович", "112-233-445 95", "ООО «Завод»"),
        ("Иванов Иван Иванович", "642-709-548 07", "ООО «Завод»"),
    )
    import_file(store, path, today=TODAY)
    import_file(store, path, today=TODAY)
    assert count(store, Expert) == 2


def test_a_schedule_without_its_kits_says_what_to_load_first(store, tmp_path):
    report = load(store, "schedule.xlsx")
    assert {row.status for row in report.plan.rows} == {Status.ERROR}
    assert "сначала загрузите перечень КОД" in report.plan.rows[0].reasons[0]
    assert report.summary().startswith("Ничего не загружено, 10\u00a0строк пропущено: 4 (")
    assert count(store, ExamSession) == 0


def test_workshops_before_the_college_is_known_wait_for_its_name(store):
    load(store, "workshops.xlsx")
    load(store, "college_a.xlsx")
    with store.reading() as session:
        own = college_settings(session).own_college
        owners = set(session.scalars(select(Workshop.organization_id)))
        centers = set(session.scalars(select(ExamCenter.organization_id)))
        name = session.get_one(Organization, own).short_name
    assert owners == centers == {own}
    assert "Северогорский техникум" in name


def test_an_expert_nobody_knows_is_left_out_and_told(stocked, tmp_path):
    path = table(
        tmp_path / "график.csv",
        ("Дата", "Время", "Группа", "КОД", "Мастерская", "Участников", "ГЭ", "Эксперты"),
        ("22.06.2026", "09:00", "ИС-221", "09.02.07-2-2026 БУ", "Мастерская «Сварщик»", 5,
         "Неведомов Н. Н.", "Жигалова М.Я., Уварова Г.В."),
    )  # fmt: skip
    report = import_file(stocked, path, today=TODAY)
    reasons = report.plan.rows[0].reasons
    assert "эксперта «Неведомов Н. Н.» нет в реестре" in reasons
    assert [reject["reason"] for reject in report.dump()["rejects"]] == ["expert_unknown"]


def test_a_chief_replaced_in_the_file_replaces_the_stored_one(stocked, tmp_path):
    header = ("Дата", "Время", "Группа", "КОД", "Мастерская", "Участников", "ГЭ")
    row = ("01.06.2026", "10:00", "ИС-221", "09.02.07-2-2026 БУ", "", 6, "Зверев К.Ю.")
    report = import_file(stocked, table(tmp_path / "x.csv", header, row), today=TODAY)
    assert report.plan.rows[0].status is Status.CHANGED
    fields = [change.field for change in report.plan.rows[0].changes]
    assert fields == ["starts_at", "ends_at", "chief", "chief"]
    with stocked.reading() as session:
        query = select(Expert.last_name).join(Assignment, Assignment.expert_id == Expert.id)
        sitting = session.get_one(ExamSession, report.plan.rows[0].record_id)
        chiefs = session.scalars(
            query.where(
                Assignment.live(),
                Assignment.session_id == sitting.id,
                Assignment.role == Role.CHIEF,
            )
        ).all()
    assert chiefs == ["Зверев"]
    assert sitting.starts_at.hour == 10
    assert sitting.workshop_id


def test_a_sitting_moved_onto_another_is_held(stocked, tmp_path):
    header = ("Дата", "Время", "Группа", "КОД", "Мастерская", "Участников")
    row = ("02.06.2026", "09:00", "ИС-221", "09.02.07-2-2026 БУ",
           "Мастерская «Информационные системы и программирование»", 6)  # fmt: skip
    report = import_file(stocked, table(tmp_path / "x.csv", header, row), today=TODAY)
    assert report.plan.rows[0].status is Status.HELD
    assert "workshop_double_booked" in {found.code for _, found in report.plan.conflicts}


def test_two_students_of_one_name_are_two_by_birth_date(store, tmp_path):
    path = table(
        tmp_path / "x.csv",
        ("Студент", "Группа", "Дата рождения", "Колледж", "Ассистент"),
        ("Иванов Иван Ильич", "ИС-41", "01.02.2007", "ГБПОУ «Колледж связи»", ""),
        ("Иванов Иван Ильич", "ИС-41", "05.06.2007", "ГБПОУ «Колледж связи»", "да"),
        ("Иванов Иван Ильич", "ИС-41", "05.06.2007", "ГБПОУ «Колледж связи»", ""),
    )
    for _ in range(2):
        report = import_file(store, path, today=TODAY)
        assert report.plan.rows[2].status is Status.DUPLICATE
        assert count(store, Examinee) == 2
    with store.reading() as session:
        group = session.scalars(select(StudyGroup)).one()
    assert (group.name, group.head_count) == ("ИС-41", 2)


def test_staffing_ranges_meet_without_gaps_and_follow_the_file(store, tmp_path):
    header = ("КОД", "Уровень", "Длительность", "Макс. балл", "Рабочих мест", "Экспертов")
    rows = [
        ("09.02.07-2-2026", "БУ", "2:30", 50, "1-15", 2),
        ("09.02.07-2-2026", "БУ", "2:30", 50, "16-25", 6),
    ]
    import_file(store, table(tmp_path / "a.csv", header, *rows), today=TODAY)
    rows[1] = (*rows[1][:5], 4)
    report = import_file(store, table(tmp_path / "b.csv", header, *rows), today=TODAY)
    assert report.plan.rows[0].status is Status.CHANGED
    with store.reading() as session:
        columns = StaffingRule.workplaces_from, StaffingRule.workplaces_to, StaffingRule.minimum
        found = [tuple(row) for row in session.execute(select(*columns).where(StaffingRule.live()))]
    assert found == [(1, 15, 2), (16, None, 4)]


def test_a_workbook_with_people_and_schedule_needs_no_second_file(store, tmp_path):
    path = tmp_path / "всё.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheets = {
            "КОД": [("КОД", "Уровень", "Длительность", "Макс. балл", "Экспертов"),
                    ("09.02.07-2-2026", "БУ", "2:30", 50, 1)],
            "Мастерские": [("Мастерская", "Кабинет", "Рабочих мест"), ("Сварочная", "12", 8)],
            "Эксперты": [("ФИО", "Место работы"), ("Белов Антон Ильич", "ГБПОУ «Колледж связи»"),
                         ("Громов Борис Ильич", "ООО «Завод»")],
            "График": [("График ГБПОУ «Колледж связи»",),
                       ("Дата", "Время", "Группа", "КОД", "Мастерская", "Чел.", "ГЭ", "Эксперты"),
                       ("01.06.2026", "9:00", "ИС-41", "09.02.07-2-2026 БУ", "Сварочная", 5,
                        "Громов Б.И.", "Белов А.И.")],
        }  # fmt: skip
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    report = import_file(store, path, today=TODAY)
    assert {found.code for _, found in report.plan.conflicts if found.held} == {
        "expert_from_same_college"
    }
    with store.reading() as session:
        held = session.scalars(select(Assignment.role).where(Assignment.held)).all()
    assert held == [Role.SCORING]


def test_a_list_speaks_of_the_college_it_names_whatever_the_own_one_is(store, tmp_path):
    with store.transaction("свой колледж") as session:
        found_college(session, name="Другой колледж")
    for name in ("kod_list.xlsx", "workshops.xlsx", "students.xlsx", "schedule_experts.xlsx"):
        import_file(store, roster(name), today=TODAY)
    report = import_file(store, roster("schedule.xlsx"), today=TODAY)
    with store.reading() as session:
        names = session.scalars(select(StudyGroup.name).where(StudyGroup.live())).all()
        held = session.scalars(select(Assignment.role).where(Assignment.held)).all()
    assert len(names) == len(set(names))
    assert held == [Role.SCORING]
    assert "expert_from_same_college" in {found.code for _, found in report.plan.conflicts}


def test_columns_sorted_out_once_are_known_to_the_next_import(store, tmp_path):
    titles = ("ФИО", "Место работы", "Графа 7")
    row = ("Белов Антон Ильич", "ООО «Завод»", "наладчик станков")
    path = table(tmp_path / "а.csv", titles, row)
    with store.transaction("разметка") as session:
        save_mapping(session, kind=Kind.ROSTER, titles=dict(enumerate(titles)),
                     columns={"full_name": 0, "organization": 1, "position": 2})  # fmt: skip
    import_file(store, path, today=TODAY, read=read_book)
    with store.reading() as session:
        assert session.scalars(select(Employment.post)).all() == ["наладчик станков"]


def test_the_workplace_of_a_refused_row_is_not_left_in_the_store(store, tmp_path):
    path = table(
        tmp_path / "list.csv",
        ["ФИО", "Место работы", "Телефон"],
        ["Кравцов", "ООО «Заря»", "89120000001"],
        ["Ёлкин Артём Олегович", "АО «Вектор»", "89120000002"],
    )
    import_file(store, path, today=TODAY, read=read_book)
    with store.reading() as session:
        names = session.scalars(select(Organization.short_name).where(Organization.live())).all()
    assert "АО «Вектор»" in names
    assert "ООО «Заря»" not in names
