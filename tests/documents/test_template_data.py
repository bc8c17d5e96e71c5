"""What a college changed lives on when the program's form becomes another one."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest
from documents.hostile_templates import own, part

from demoexam.documents.blocks import Column, Look, Text
from demoexam.documents.catalogue import FORMS
from demoexam.documents.template import Field, Signed
from demoexam.documents.template_check import checked_template, same_program
from demoexam.documents.template_data import completed, template_data, template_from
from demoexam.documents.template_problems import BrokenTemplate

SAFETY, DRAW = FORMS["3.8"], FORMS["3.9"]


@pytest.fixture
def data():
    return deepcopy(template_data(SAFETY))


def texts(template):
    return [one.text for one in template.parts if isinstance(one, Text)]


@pytest.mark.parametrize("code", FORMS)
def test_a_form_survives_as_json(code):
    stored = json.loads(json.dumps(template_data(FORMS[code]), ensure_ascii=False))
    assert template_from(stored, FORMS[code]) == FORMS[code]


def test_a_new_text_of_the_program_comes_to_its_place(data):
    part(data, "text")["text"] = "Слово колледжа."
    newer = newer_with(Text("Новое слово.", Look.NOTE), at=1)
    template = template_from(data, newer)
    assert texts(template) == ["Новое слово.", "Слово колледжа."]
    assert template.parts[1].text == "Новое слово."


def test_completed_data_need_no_further_completion(data):
    newer = newer_with(Text("Новое слово."), at=1)
    once = completed(data, newer)
    assert not same_program(data, newer)
    assert completed(once, newer) == once
    assert texts(template_from(once, newer)) == texts(template_from(data, newer))


def test_what_the_college_removed_stays_removed(data):
    data["parts"].remove(part(data, "text"))
    assert texts(template_from(data, newer_with(Text("Новое слово."), at=4))) == ["Новое слово."]


def test_a_reworded_text_of_the_program_does_not_replace_the_colleges(data):
    part(data, "text")["text"] = "Слово колледжа."
    parts = list(SAFETY.parts)
    parts[1] = Text("Программа говорит иначе.", Look.NOTE)
    assert texts(template_from(data, replace(SAFETY, parts=parts))) == ["Слово колледжа."]


def test_a_text_that_the_program_dropped_is_kept_as_the_colleges_own(data):
    part(data, "text")["text"] = "Слово колледжа."
    parts = [one for one in SAFETY.parts if not isinstance(one, Text)]
    assert texts(template_from(data, replace(SAFETY, parts=parts))) == ["Слово колледжа."]


def test_a_table_that_the_program_dropped_is_told(data):
    parts = [one for one in SAFETY.parts if one is not SAFETY.parts[2]]
    with pytest.raises(BrokenTemplate, match="Часть 3: этой части в бланке программы нет"):
        template_from(data, replace(SAFETY, parts=parts))


def test_a_new_column_of_the_program_comes_to_its_place(data):
    part(data, "table")["columns"][1]["title"] = "Кто"
    table = SAFETY.parts[2]
    fields = [*table.fields[:2], Field("group", Column("Группа", 20)), *table.fields[2:]]
    parts = [replace(one, fields=fields) if one is table else one for one in SAFETY.parts]
    newer = replace(SAFETY, parts=parts)
    columns = checked_template(data, newer).template.parts[2].fields
    assert [one.column.title for one in columns] == ["№ п/п", "Кто", "Группа", "Дата", "Подпись"]


def test_a_hidden_column_is_not_printed_and_not_forgotten(data):
    part(data, "table")["columns"][2]["shown"] = False
    assert len(template_from(data, SAFETY).parts[2].fields) == 3
    assert len(part(completed(data, SAFETY), "table")["columns"]) == 4


def test_conditions_stay_with_their_notes():
    data = deepcopy(template_data(DRAW))
    part(data, "note")["text"] = "Зерно {draw_seed}."
    boxed = template_from(data, DRAW).parts[2]
    assert (boxed.fact, boxed.absent, boxed.block.text) == (
        "draw_seed",
        False,
        "Зерно {draw_seed}.",
    )


def test_fixed_rows_are_the_colleges_to_change():
    readiness = FORMS["3.4"]
    data = deepcopy(template_data(readiness))
    rows = part(data, "table")["rows"]
    rows[:] = [{"position": "Огнетушители", "requirement": "2 шт."}]
    table = checked_template(data, readiness).template.parts[1]
    assert list(table.rows) == rows
    rows[0]["nobody"] = "?"
    with pytest.raises(BrokenTemplate, match="в строке нет графы «nobody»"):
        template_from(data, readiness)


def test_signers_and_approvals_are_the_colleges_to_change(data):
    data["approvals"] = [{"word": "УТВЕРЖДАЮ", "post": "Директор", "source": ""}]
    part(data, "signed")["signers"].append({"post": "Медсестра", "source": ""})
    template = checked_template(data, SAFETY).template
    assert template.approvals == (("УТВЕРЖДАЮ", "Директор", ""),)
    signed = next(one for one in template.parts if isinstance(one, Signed))
    assert signed.signers[-1] == ("Медсестра", "")


def test_data_without_keys_are_all_the_colleges_own(data):
    data.pop("base")
    data["parts"] = [own(text="Только это.")]
    template = template_from(data, SAFETY)
    assert len(template.parts) == len(SAFETY.parts) + 1


def newer_with(text, *, at):
    return replace(SAFETY, parts=[*SAFETY.parts[:at], text, *SAFETY.parts[at:]])
