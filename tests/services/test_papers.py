"""The papers of stored sittings: what is printed, what is told to be missing, what is recorded."""

import subprocess
import sys
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from conftest import EXAM_DAY, Builder
from pypdf import PdfReader
from sqlalchemy import select

from demoexam.errors import NotFound, Refused
from demoexam.models.exams import ExamPlace, ExamSession, WorkplaceDraw
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.organizations import Organization
from demoexam.models.reference import PrintedDocument
from demoexam.rules.draw import drawn_workplaces
from demoexam.rules.terms import Answer, OrganizationKind, Role, SessionState
from demoexam.services.exams.workplace_draw import (
    BadSeed,
    ExamIsOver,
    NobodyToDraw,
    TooFewWorkplaces,
)
from demoexam.services.papers.letterhead import letterhead
from demoexam.services.papers.papers import (
    AllHeld,
    NothingToPrint,
    UnknownForm,
    YearForm,
    draw_workplaces,
    form_list,
    package,
    paper_states,
    sheet_for,
)
from demoexam.services.papers.people import written_name

NOON = datetime(2026, 6, 17, 9, 42, 15)


@pytest.fixture
def sitting_id(store):
    """A sitting of which everything is known."""
    with store.transaction("подготовка") as session:
        make = Builder(session)
        sitting = make.staffed_sitting(examinees=5)
        return sitting.id


def text_of(pdf):
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join("".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def printed(store, **asked):
    with store.transaction("печать") as session:
        return package(session, **asked)


def edit(store, entity, ident, **fields):
    with store.transaction("правка") as session:
        row = session.get_one(entity, ident)
        for name, value in fields.items():
            setattr(row, name, value)


def test_the_day_package_names_everybody(store, sitting_id):
    made = printed(store, day=EXAM_DAY)
    codes = "3.4 3.5 3.6 3.7 3.8 3.9 3.10 3.11 3.12"
    assert [paper.code for paper in made.contents] == codes.split()
    assert made.ready
    text = text_of(made.pdf)
    with store.reading() as session:
        sheet = sheet_for(session, sitting_id)
        people = [*sheet.experts, *sheet.participants]
    assert len(people) == 10
    for one in people:
        assert one.name.full.replace(" ", "") in text.replace(" ", "")
    assert "КОД 09.02.07-2-2026" in text
    assert "К. К. Кузнецов" in text


def test_what_is_missing_is_told_and_left_blank(store, sitting_id):
    made = printed(store, session_id=sitting_id)
    assert "Не распределены обязанности экспертов." in made.missing
    assert "Не указан представитель организации, на базе которой создан ЦПДЭ." in made.missing
    assert "Баллы не внесены: графы пустые." not in made.missing
    edit(store, ExamSession, sitting_id, board_member="", preparation_day=None)
    made = printed(store, session_id=sitting_id)
    assert "Не назначен член ГЭК." in made.missing
    assert "Не назначен подготовительный день." in made.missing
    assert "«____»" in text_of(made.pdf)


def test_points_are_missed_only_after_the_exam(store, sitting_id):
    edit(store, ExamSession, sitting_id, state=SessionState.DONE)
    made = printed(store, session_id=sitting_id, forms=["3.11"])
    assert "Баллы не внесены: графы пустые." in made.missing


def test_an_exam_without_its_experts_prints_as_a_draft_and_is_not_recorded(store):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        sitting = make.sitting(make.group(examinees=5), head_count=5).id
    made = printed(store, session_id=sitting)
    assert not made.ready
    pages = PdfReader(BytesIO(made.pdf)).pages
    assert all("ПРОЕКТ, не подписывать" in page.extract_text() for page in pages)
    with store.reading() as session:
        assert session.scalars(select(PrintedDocument)).all() == []


def test_a_held_sitting_is_left_out_of_its_day_and_told(store, sitting_id):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        held = make.staffed_sitting(examinees=3, held=True).id
    made = printed(store, day=EXAM_DAY)
    assert {paper.session_id for paper in made.contents} == {sitting_id}
    assert any("отложен из-за противоречия" in sentence for sentence in made.missing)
    assert not printed(store, session_id=held).ready


def test_a_day_of_held_sittings_only_says_so(store):
    with store.transaction("подготовка") as session:
        Builder(session).staffed_sitting(held=True)
    with store.reading() as session, pytest.raises(AllHeld, match="отложены из-за противоречий"):
        package(session, day=EXAM_DAY)


@pytest.mark.parametrize(
    ("full", "form", "legal", "name"),
    [
        ("ГБ учреждение «Колледж связи»", "ГБПОУ", "ГБ учреждение", "«Колледж связи»"),
        ("«Колледж связи»", "ГБПОУ", "", "«Колледж связи»"),
        ("«Колледж связи»", "Бюджетное учреждение", "Бюджетное учреждение", "«Колледж связи»"),
        ("Колледж связи", "", "", "Колледж связи"),
    ],
)
def test_the_college_above_a_paper(full, form, legal, name):
    college = Organization(
        kind=OrganizationKind.COLLEGE, short_name="КС", full_name=full, legal_form=form
    )
    above = letterhead(college)
    assert (above.legal_form, above.name, above.short) == (legal, name, "КС")


def test_people_who_refused_or_are_held_are_not_printed(store, sitting_id):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        sitting, place = session.get_one(ExamSession, sitting_id), make.employer("ООО «Второй»")
        refused = make.expert("Отказников Иван Петрович", place)
        held = make.expert("Задержанов Иван Петрович", place)
        make.assignment(sitting, refused, answer=Answer.REFUSED)
        make.assignment(sitting, held, held=True)
    text = text_of(printed(store, session_id=sitting_id).pdf)
    assert "Отказников" not in text
    assert "Задержанов" not in text


def test_the_place_of_work_is_that_of_the_exam_day(store, sitting_id):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        sitting = session.get_one(ExamSession, sitting_id)
        expert = make.expert("Перешедший Пётр Ильич", make.college("Прежний колледж"), since=None)
        plant = make.organization(OrganizationKind.EMPLOYER, "АО «Новый завод»")
        make.employment(expert, plant, valid_from=EXAM_DAY + timedelta(days=1), post="мастер")
        make.assignment(sitting, expert, Role.SCORING)
    text = text_of(printed(store, session_id=sitting_id, forms=["3.5"]).pdf)
    assert "Прежний колледж" in text
    assert "Новый завод" not in text


def test_points_and_grade(store, sitting_id):
    with store.transaction("подготовка") as session:
        places = session.scalars(select(ExamPlace).order_by(ExamPlace.n)).all()
        places[0].points = {"1": 2150, "2": 1875, "3": 3000}
        places[0].finished_at = "12:58"
        places[1].points = {"1": 1234}
        places[2].attended = False
    text = text_of(printed(store, session_id=sitting_id, forms=["3.11"]).pdf)
    assert "12:58 21,50 18,75 30,00 70,25 70,25 5" in text
    assert "12,34" in text
    assert "неявка — — —" in text


def test_the_board_tells_the_full_name_and_the_host_its_head(store, sitting_id):
    with store.transaction("подготовка") as session:
        make, sitting = Builder(session), session.get_one(ExamSession, sitting_id)
        college = session.get_one(StudyGroup, sitting.group_id).college_id
        board = make.board(session.get_one(Organization, college))
        make.board_member(board, "Другая Ольга Олеговна")
        make.board_member(board, post="главный инженер ООО «Сети»")
        for host in session.scalars(select(Organization)):
            host.head_name = "Гладышев Павел Сергеевич"
    text = text_of(printed(store, session_id=sitting_id, forms=["3.6", "3.4"]).pdf)
    assert "Кузнецов Кирилл Кириллович" in text
    assert "главный инженер ООО «Сети»" in text
    assert "представитель ЦПДЭ" in text
    assert "П. С. Гладышев" in text


def test_numbers_stay_with_the_exam_and_differ_between_exams(store, sitting_id):
    first = printed(store, session_id=sitting_id, forms=["3.9"]).contents[0].number
    with store.transaction("подготовка") as session:
        make = Builder(session)
        other = make.staffed_sitting(day=EXAM_DAY - timedelta(days=7)).id
    second = printed(store, session_id=other, forms=["3.11", "3.9"])
    assert first == "1-09/2026"
    assert [paper.number for paper in second.contents] == ["2-09/2026", "2-11/2026"]
    assert printed(store, session_id=sitting_id, forms=["3.4"]).contents[0].number == "1-04/2026"


def test_equal_data_print_equal_bytes_and_are_recorded_once(store, sitting_id):
    one, two = (printed(store, day=EXAM_DAY, at=NOON) for _ in range(2))
    assert one.pdf == two.pdf
    with store.reading() as session:
        rows = session.scalars(select(PrintedDocument)).all()
        assert sorted(row.kind for row in rows) == sorted(paper.code for paper in one.contents)


def test_a_change_makes_what_was_printed_outdated(store, sitting_id):
    printed(store, session_id=sitting_id, at=NOON)
    with store.reading() as session:
        states = paper_states(session, session_id=sitting_id)
    before = [state for state in states if state.by_day]
    assert [state.outdated for state in before] == [False] * 9
    assert {state.printed_at for state in before} == {NOON}
    edit(store, ExamSession, sitting_id, board_member="Другой Денис Денисович")
    with store.reading() as session:
        after = {state.code: state for state in paper_states(session, session_id=sitting_id)}
    assert after["3.11"].outdated
    assert not after["3.8"].outdated


def test_a_preview_writes_nothing(store, sitting_id):
    with store.reading() as session:
        assert package(session, session_id=sitting_id, registered=False).pdf.startswith(b"%PDF")
        assert session.scalars(select(PrintedDocument)).all() == []


def test_refusals(store, sitting_id):
    with store.reading() as session:
        with pytest.raises(NothingToPrint, match=r"01\.02\.2026") as none:
            package(session, day=date(2026, 2, 1))
        assert "18.06.2026" in none.value.hint
        with pytest.raises(UnknownForm, match=r"«9\.9»"):
            package(session, day=EXAM_DAY, forms=["9.9"])
        with pytest.raises(YearForm):
            package(session, day=EXAM_DAY, forms=["3.20"])
        with pytest.raises(NotFound):
            package(session, session_id="нет такого")
    with store.transaction("подготовка") as session:
        dateless = Builder(session).sitting(starts_at=None, ends_at=None).id
    with store.reading() as session, pytest.raises(Refused, match="не назначены дата"):
        package(session, session_id=dateless)


def test_nothing_heavy_is_loaded_before_something_is_printed():
    """The window and the command line list forms without waiting for the printing library."""
    heavy = {"reportlab", "xlsxwriter", "pandas", "openpyxl"}
    modules = "demoexam.services.papers.papers", "demoexam.services.share.report"
    code = f"import sys, {', '.join(modules)}; print(*({heavy!r} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_the_list_of_forms():
    listed = {form.code: form for form in form_list()}
    assert listed["3.9"].name == "Жеребьёвка рабочих мест"
    assert listed["3.20"].about == "year"
    assert "Не назначен главный эксперт." in listed["3.4"].needs
    assert "по программе … по приёму" in listed["3.15"].title
    assert not any("{" in form.title for form in listed.values())


def draw(store, sitting_id, **how):
    with store.transaction("жеребьёвка") as session:
        return draw_workplaces(session, session_id=sitting_id, at=NOON, **how)


def workplaces(store):
    with store.reading() as session:
        query = select(Examinee.last_name, ExamPlace.workplace)
        rows = query.join(ExamPlace, ExamPlace.examinee_id == Examinee.id)
        return [place for _, place in session.execute(rows.order_by(Examinee.skey))]


def test_a_draw_follows_its_seed_and_is_printed(store, sitting_id):
    assert draw(store, sitting_id, seed="7F3A") == "7F3A"
    assert workplaces(store) == drawn_workplaces("7F3A", 5)
    text = text_of(printed(store, session_id=sitting_id, forms=["3.9"]).pdf)
    assert "17.06.2026 в 09:42:15" in text
    assert "Зерно: 7F3A." in text


def test_a_chosen_seed_is_new_each_time_and_the_last_draw_counts(store, sitting_id):
    first, second = draw(store, sitting_id), draw(store, sitting_id, reason="список изменился")
    assert first != second
    assert workplaces(store) == drawn_workplaces(second, 5)
    with store.reading() as session:
        live = session.scalars(select(WorkplaceDraw).where(WorkplaceDraw.live())).all()
        assert [row.seed for row in live] == [second]


def test_a_group_without_places_is_drawn_whole(store):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        sitting = make.sitting(make.group(examinees=4), head_count=None).id
    draw(store, sitting, seed="1")
    assert workplaces(store) == drawn_workplaces("1", 4)


def test_nobody_guesses_who_of_a_group_sits(store):
    """Planned for three of five: their names are not known until they are chosen."""
    with store.transaction("подготовка") as session:
        make = Builder(session)
        sitting = make.sitting(make.group(examinees=5), head_count=3).id
    with store.reading() as session:
        sheet = sheet_for(session, sitting)
    assert (list(sheet.participants), sheet.planned) == ([], 3)
    with pytest.raises(NobodyToDraw):
        draw(store, sitting)


def test_a_list_changed_after_the_draw_is_told(store, sitting_id):
    draw(store, sitting_id)
    with store.transaction("подготовка") as session:
        make, sitting = Builder(session), session.get_one(ExamSession, sitting_id)
        group = session.scalars(select(Examinee.group_id)).first()
        late = Examinee(group_id=group, last_name="Опоздавший", first_name="Олег")
        session.add(late)
        session.flush()
        make.place(sitting, late)
    made = printed(store, session_id=sitting_id, forms=["3.9"])
    assert any("изменился после жеребьёвки" in sentence for sentence in made.missing)


def test_impossible_draws_are_refused(store, sitting_id):
    with pytest.raises(BadSeed):
        draw(store, sitting_id, seed="  ")
    edit(store, ExamSession, sitting_id, state=SessionState.DONE)
    with pytest.raises(ExamIsOver):
        draw(store, sitting_id)
    with store.transaction("подготовка") as session:
        make = Builder(session)
        empty = make.sitting(make.group(name="Пустая")).id
        small = make.workshop(make.college("Другой"), "Тесная", places=2)
        crowded = make.sitting(make.group(name="Полная", examinees=3), workshop=small).id
    with pytest.raises(NobodyToDraw):
        draw(store, empty)
    with pytest.raises(TooFewWorkplaces, match="3, а рабочих мест в мастерской 2"):
        draw(store, crowded)


@pytest.mark.parametrize(
    ("written", "full", "signature"),
    [
        ("Кузнецов К. К.", "Кузнецов К. К.", "К.\u00a0К.\u00a0Кузнецов"),
        ("Кузнецов К.К.", "Кузнецов К. К.", "К.\u00a0К.\u00a0Кузнецов"),
        ("Ли Анна", "Ли Анна", "А.\u00a0Ли"),
        ("Гасанов Рустам Эльчин оглы", "Гасанов Рустам Эльчин оглы", "Р.\u00a0Э.\u00a0Гасанов"),
    ],
)
def test_names_written_in_one_field(written, full, signature):
    name = written_name(written)
    assert name
    assert (name.full, name.signature) == (full, signature)


def test_an_empty_field_names_nobody():
    assert written_name("  ") is None
