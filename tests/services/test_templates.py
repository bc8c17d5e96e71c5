"""The college's forms are kept, proved, undone, shared between its desks, and given back."""

from copy import deepcopy
from datetime import date
from io import BytesIO

import pytest
from conftest import EXAM_DAY, Builder
from pypdf import PdfReader
from sqlalchemy import select

from demoexam.documents.blocks import Signatures
from demoexam.documents.catalogue import EDITABLE, FORMS, SEASON_FORMS
from demoexam.documents.template_data import template_data
from demoexam.documents.template_problems import BrokenTemplate
from demoexam.errors import NotFound
from demoexam.models.reference import DocumentTemplate
from demoexam.services.college.college import found_college
from demoexam.services.history import take_back
from demoexam.services.papers.papers import package
from demoexam.services.papers.template_preview import preview
from demoexam.services.papers.templates import (
    changed_templates,
    restore_template,
    save_template,
    template_of,
    template_troubles,
    templates_in_force,
)
from demoexam.services.season.plan_differences import changes_form, compare_plans
from demoexam.services.season.plan_versions import approve_plan
from demoexam.services.season.report import season_form, season_sheet
from demoexam.services.share.report import report_form, share_report

CODE = "3.8"
WORDS = "Участник прослушал инструктаж."


def part(data, kind):
    return next(one for one in data["parts"] if one["type"] == kind)


def changed(words=WORDS):
    data = deepcopy(template_data(FORMS[CODE]))
    part(data, "text")["text"] = words
    return data


def save(store, data, code=CODE):
    with store.transaction("бланк колледжа") as session:
        return save_template(session, code=code, data=data)


def in_force(store, code=CODE):
    with store.reading() as session:
        return templates_in_force(session)[code]


def rows(store):
    with store.reading() as session:
        return list(session.scalars(select(DocumentTemplate)))


def test_without_own_forms_the_programs_are_in_force(store):
    with store.reading() as session:
        assert templates_in_force(session) is FORMS
        assert (changed_templates(session), template_troubles(session)) == (frozenset(), [])
        assert template_of(session, code=CODE) == template_data(FORMS[CODE])


def test_a_changed_form_is_in_force_in_the_order_of_the_exam(store):
    save(store, changed())
    assert in_force(store).parts[1].text == WORDS
    with store.reading() as session:
        assert list(templates_in_force(session)) == list(FORMS)
        assert changed_templates(session) == {CODE}
        assert template_of(session, code=CODE) == changed()


def test_each_change_is_one_operation_that_can_be_undone(store):
    save(store, changed("Первое слово."))
    save(store, changed("Второе слово."))
    take_back(store)
    assert in_force(store).parts[1].text == "Первое слово."
    take_back(store)
    assert in_force(store) == FORMS[CODE]


def test_a_form_is_given_back_and_that_can_be_undone(store):
    save(store, changed())
    with store.transaction("бланк программы") as session:
        restore_template(session, code=CODE)
    assert in_force(store) == FORMS[CODE]
    take_back(store)
    assert in_force(store).parts[1].text == WORDS


def test_one_row_whatever_happens(store):
    for words in ("Раз.", "Два."):
        save(store, changed(words))
        with store.transaction("бланк программы") as session:
            restore_template(session, code=CODE)
    save(store, changed("Три."))
    assert [(row.deleted, row.code) for row in rows(store)] == [(False, CODE)]


def test_saying_what_the_program_says_is_no_change(store):
    save(store, changed())
    save(store, template_data(FORMS[CODE]))
    assert [row.deleted for row in rows(store)] == [True]


def test_a_broken_form_changes_nothing(store):
    save(store, changed())
    with pytest.raises(BrokenTemplate, match=r"поля \{фио\} нет"):
        save(store, changed("Участник {фио}"))
    assert in_force(store).parts[1].text == WORDS


def test_what_may_be_missed_is_told(store):
    data = changed()
    data["parts"].remove(part(data, "signed"))
    assert {str(one) for one in save(store, data)} == {
        "убрана подпись «Инструктаж провёл: технический эксперт»: бланк должен быть подписан",
        "убрана подпись «Главный эксперт»: бланк должен быть подписан",
    }


@pytest.mark.parametrize("content", [[], "текст", None, {"format": 99}, {"base": 5}])
def test_a_row_that_no_longer_fits_falls_back_and_is_told(store, content):
    keep_raw(store, content)
    assert in_force(store) == FORMS[CODE]
    with store.reading() as session:
        (trouble,) = template_troubles(session)
        assert template_of(session, code=CODE) == template_data(FORMS[CODE])
    assert (trouble.code, trouble.name) == (CODE, FORMS[CODE].name)
    assert trouble.reason.startswith("Бланк 3.8 не годится.")
    assert trouble.advice


def test_who_prints_the_programs_form_instead_is_told(store, make):
    make(lambda build: build.staffed_sitting())
    keep_raw(store, {"format": 99})
    with store.reading() as session:
        told = {
            code: package(session, day=EXAM_DAY, forms=[code], registered=False).missing
            for code in (CODE, "3.9")
        }
    sentence = "Ваш бланк 3.8 не подходит этой версии программы: печатается бланк программы."
    assert sentence in told[CODE]
    assert sentence not in told["3.9"]


def test_a_row_of_another_programs_form_is_measured_again(store):
    data = changed()
    data["base"]["text1"] = "0" * 12
    keep_raw(store, data)
    assert in_force(store).parts[1].text == WORDS
    part(data, "table")["columns"][0]["width"] = 170
    keep_raw(store, data)
    assert in_force(store) == FORMS[CODE]


def test_a_form_the_program_does_not_know_is_passed_over(store):
    with store.transaction("строка из будущего") as session:
        session.add(DocumentTemplate(code="9.99", content={}))
    with store.reading() as session:
        assert templates_in_force(session) is FORMS
    with pytest.raises(NotFound):
        save(store, changed(), code="9.99")


def test_two_desks_of_a_college_meet_in_one_row(pair):
    pair.here.do(found_college, name="Колледж связи")
    pair.settle()
    pair.here.do(save_template, code=CODE, data=changed("Отсюда."))
    pair.there.do(save_template, code=CODE, data=changed("Оттуда."))
    pair.settle()
    for desk in (pair.here, pair.there):
        assert len(desk.see(lambda session: session.scalars(select(DocumentTemplate)).all())) == 1


def test_another_colleges_form_does_not_count_here(pair):
    pair.here.do(found_college, name="Колледж связи")
    pair.there.do(found_college, name="Другой колледж")
    pair.there.do(save_template, code=CODE, data=changed())
    pair.settle()
    assert pair.there.see(changed_templates) == {CODE}
    assert pair.here.see(changed_templates) == frozenset()


def test_every_form_is_shown_with_a_real_exam_before_it_is_kept(store, make):
    make(lambda build: build.staffed_sitting())
    with store.reading() as session:
        for code, shipped in EDITABLE.items():
            pdf, warnings = preview(session, code=code, data=template_data(shipped), real=True)
            assert warnings == ()
            text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
            assert shipped.kind in text


def test_without_exams_a_preview_takes_the_invented_one(store):
    with store.reading() as session:
        data = changed()
        assert preview(session, code=CODE, data=data) == preview(
            session, code=CODE, data=data, real=True
        )


def test_a_preview_takes_the_nearest_exam(store, make):
    make(lambda build: build.sitting(build.group(name="ДАЛ-1"), day=date(2026, 2, 2)))
    make(lambda build: build.sitting(build.group(name="БЛИЗ-1"), day=date(2026, 6, 18)))
    with store.reading() as session:
        pdf, _ = preview(session, code=CODE, data=changed(), real=True, today=date(2026, 6, 1))
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "БЛИЗ-1" in text
    assert "ДАЛ-1" not in text


@pytest.fixture
def make(store):
    def made(build):
        with store.transaction("подготовка") as session:
            build(Builder(session))

    return made


def keep_raw(store, content):
    """A row as another program may have written it."""
    with store.transaction("чужая строка") as session:
        row = session.scalar(select(DocumentTemplate).where(DocumentTemplate.code == CODE))
        if row is None:
            session.add(DocumentTemplate(code=CODE, content=content))
        else:
            row.content = deepcopy(content)


def test_the_share_report_is_printed_on_the_colleges_form(store):
    data = deepcopy(template_data(FORMS["3.20"]))
    data["title"] = "о доле работодателей по-нашему"
    save(store, data, code="3.20")
    with store.reading() as session:
        assert report_form(share_report(session, year=2026)).title == data["title"]


def test_the_papers_of_the_season_are_printed_on_the_colleges_forms(store, make):
    make(lambda build: build.staffed_sitting())
    for code, shipped in SEASON_FORMS.items():
        data = deepcopy(template_data(shipped))
        data["title"] = f"по-нашему {code}"
        signed = next(part for part in data["parts"] if part["type"] == "signed")
        signed["signers"] = [{"post": "Заведующий отделением", "source": ""}]
        save(store, data, code=code)
    with store.transaction("утверждён план") as session:
        version = approve_plan(session, name="План", year=2026)
    with store.reading() as session:
        sheet = season_sheet(session, first=date(2026, 1, 1), last=date(2026, 12, 31))
        made = [
            season_form(sheet),
            season_form(sheet, by_day=True),
            changes_form(compare_plans(session, version_id=version)),
        ]
        assert list(templates_in_force(session)) == list(FORMS)  # not a paper of an exam
    assert [one.title for one in made] == [f"по-нашему {code}" for code in SEASON_FORMS]
    for one in made:
        (signer,) = next(block for block in one.body if isinstance(block, Signatures)).signers
        assert (signer.post, signer.name) == ("Заведующий отделением", "")
