"""A form that a college changed is printed as it says, or refused with its own reason."""

import time
from copy import deepcopy
from dataclasses import replace

import pytest
from documents.geometry import joined, squeezed
from documents.hostile_templates import PLAIN, REFUSED, own, part

from demoexam.documents.catalogue import FORMS
from demoexam.documents.invented import sample_fillings
from demoexam.documents.rendering import render
from demoexam.documents.template import ChartOf, fill
from demoexam.documents.template_check import (
    checked_template,
    same_program,
    sound_template,
)
from demoexam.documents.template_data import template_data
from demoexam.documents.template_problems import BrokenTemplate

SAFETY = FORMS["3.8"]


@pytest.fixture(scope="module", autouse=True)
def _warm():
    """Fonts are read once a process: that is no part of judging a form."""
    checked_template(template_data(SAFETY), SAFETY)


@pytest.fixture
def data():
    return deepcopy(template_data(SAFETY))


def printed(template):
    return joined(render(fill(template, sample_fillings(template)[0])))


@pytest.mark.parametrize("code", FORMS)
def test_the_programs_own_forms_are_sound(code):
    given = template_data(FORMS[code])
    checked = checked_template(given, FORMS[code])
    assert checked.template == FORMS[code]
    assert (checked.data, checked.warnings) == (given, ())
    assert same_program(given, FORMS[code])


def test_there_are_enough_hostile_forms():
    assert len(REFUSED) + len(PLAIN) >= 50


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_form_is_refused_with_its_own_reason(data, name):
    spoil, reason = REFUSED[name]
    spoil(data)
    started = time.process_time()
    with pytest.raises(BrokenTemplate) as refused:
        checked_template(data, SAFETY)
    assert time.process_time() - started < 1
    assert reason in str(refused.value)
    assert refused.value.hint
    assert all(problem.grave for problem in refused.value.problems)


def test_each_reason_is_another():
    assert len({reason for _, reason in REFUSED.values()}) > 50


@pytest.mark.parametrize("words", PLAIN)
def test_markup_and_script_print_as_plain_text(data, words, monkeypatch):
    part(data, "text")["text"] = f"Начало {words} конец."
    data["title"] = f"о {words}"
    part(data, "table")["columns"][1]["title"] = words
    part(data, "signed")["signers"][0]["post"] = words
    part(data, "pairs")["pairs"][0] = {"label": "Слово", "value": words, "wide": True}
    template = checked_template(data, SAFETY).template
    monkeypatch.setattr("builtins.open", forbidden)
    text = printed(template).replace("«", '"').replace("»", '"')
    assert text.count(squeezed(words).replace("{{", "{").replace("}}", "}")) >= 4


def forbidden(*names, **_options):
    raise AssertionError(names)


def test_a_blank_takes_what_the_fact_says_and_nothing_more(data):
    part(data, "text")["text"] = "Смена {shift}, {{shift}}, {study_group}."
    template = sound_template(data, SAFETY)
    filling = sample_fillings(SAFETY)[0]
    facts = {**filling.facts, "shift": "{study_group} <b>"}
    form = fill(template, type(filling)(**{**vars(filling), "facts": facts}))
    assert form.body[1].text == "Смена {study_group} <b>, {shift}, ИСП-41."


def test_a_form_that_nobody_signs_is_warned_about_and_kept(data):
    data["parts"] = [one for one in data["parts"] if one["type"] != "signed"]
    part(data, "table")["columns"][3]["shown"] = False
    checked = checked_template(data, SAFETY)
    told = [str(one) for one in checked.warnings]
    assert len(told) == 3
    assert "убрана подпись «Главный эксперт»: бланк должен быть подписан" in told
    assert "Часть 3, графа 4: графа для подписи скрыта" in told


def test_columns_change_their_order_width_and_heading(data):
    columns = part(data, "table")["columns"]
    columns[1], columns[2] = columns[2], columns[1]
    columns[1]["title"] = "Кто"
    columns.append({**columns[0], "key": "", "title": "Пометки", "width": 30})
    table = checked_template(data, SAFETY).template.parts[2]
    assert [one.column.title for one in table.fields] == [
        "№ п/п", "Кто", columns[2]["title"], "Подпись", "Пометки",
    ]  # fmt: skip
    assert columns[2]["title"].startswith("Фамилия")
    assert [one.key for one in table.fields] == ["n", "briefed_on", "name", "signature", ""]


def test_a_heading_for_each_module_asks_for_the_modules_facts():
    protocol = FORMS["3.11"]
    data = deepcopy(template_data(protocol))
    column = next(one for one in part(data, "table")["columns"] if "{number}" in one["key"])
    column["title"] = "Мод. {number}"
    assert "Мод.1" in printed(checked_template(data, protocol).template)
    column["title"] = "{shift}"
    with pytest.raises(BrokenTemplate, match=r"поля \{shift\} нет; есть: most, number"):
        checked_template(data, protocol)


def test_own_texts_and_page_breaks_are_printed(data):
    data["parts"] += [own("page"), own(text="Памятка участнику")]
    assert "Памяткаучастнику" in printed(checked_template(data, SAFETY).template)


def test_the_modules_of_a_wide_protocol_are_measured_too():
    protocol = FORMS["3.11"]
    data = deepcopy(template_data(protocol))
    column = next(one for one in part(data, "table")["columns"] if "{number}" in one["key"])
    column["width"] = 25
    with pytest.raises(BrokenTemplate, match="графам нужно"):
        checked_template(data, protocol)


def test_a_row_must_leave_room_on_the_sheet():
    readiness = FORMS["3.4"]
    data = deepcopy(template_data(readiness))
    table = part(data, "table")
    table["columns"][5] |= {"title": "Пр.", "width": 9}
    table["rows"][3]["remark"] = "слово " * 80
    with pytest.raises(BrokenTemplate, match=r"Часть 2: строка высотой \d+ мм, а можно 150"):
        checked_template(data, readiness)


def test_whatever_stops_the_trial_refuses_the_form(data):
    broken = replace(SAFETY, parts=[*SAFETY.parts, ChartOf("nothing")])
    data["parts"].append({"type": "chart", "key": "chart1"})
    with pytest.raises(BrokenTemplate, match="пробная печать не удалась"):
        checked_template(data, broken)
