"""No form loses a word: of one row or sixty, of the shortest names or the longest, or of none."""

from collections import Counter
from dataclasses import fields, replace
from itertools import cycle, islice

import pytest
from documents.geometry import joined, squeezed
from documents.people import COLLEGE, LONG, NAMES, UNBROKEN, board, incidents, person, sheet

from demoexam.documents.blocks import Chart, Column, Grid, NewPage, Pair, Section, Signer, Total
from demoexam.documents.catalogue import FORMS, SITTING_FORMS
from demoexam.documents.exam_filling import fillings
from demoexam.documents.exam_sheet import (
    BoardPerson,
    ExamSheet,
    IncidentFacts,
    Module,
    Participant,
)
from demoexam.documents.rendering import render, render_package
from demoexam.documents.template import Scope, fill
from demoexam.documents.typo import typo
from demoexam.rules.terms import BoardRole, IncidentKind

COUNTS = (1, 12, 25, 60)
PEOPLE = ("Ким Ян", LONG, "Лев-Ли Анна", UNBROKEN, "Ёлкина Полина Артёмовна")
STORY = " ".join(f"обстоятельство-{n}" for n in range(30))


def crowded(count: int) -> ExamSheet:
    """A sitting of `count` people with as many stops; names short, long and without patronymics."""
    names = list(islice(cycle(PEOPLE), count))
    exam = sheet(names)
    stops = [
        IncidentFacts(
            IncidentKind.STOP, at, at, person(name), "участник", at, "10:05", "10:17", 12,
            reason=f"остановка-{at}",
        )
        for at, name in enumerate(names, start=1)
    ]  # fmt: skip
    left = [
        replace(one, name=person(LONG), reason=STORY, explanation=f"{STORY} и{'ж' * 150}")
        for one in incidents()
        if one.kind is not IncidentKind.STOP
    ]
    members = [BoardPerson(person(name), BoardRole.MEMBER, "мастер") for name in PEOPLE * 2]
    return replace(
        exam,
        incidents=[*stops, *left],
        board=replace(board(), people=[*board().people, *members]),
    )


def blank(count: int) -> ExamSheet:
    return ExamSheet(COLLEGE, "15", sheet().exam_day, planned=count)


def first_copy(code: str, exam: ExamSheet):
    return fill(FORMS[code], fillings(exam, FORMS[code])[0])


def said(form) -> Counter[str]:
    """Every text of a form and how often it is there, set as a page sets it."""
    told = [text for block in form.body for text in texts(block)]
    college = form.letterhead
    told += [form.kind, form.title, form.number, *college.said_lines, college.city]
    return Counter(squeezed(typo(text)) for text in told if text.strip())


def texts(block):
    """The words of a block, whatever it is."""
    if isinstance(block, Grid):
        yield block.caption
        for row in block.rows:
            yield from row.cells if isinstance(row, Total) else texts(row)
    elif isinstance(block, Section | Pair | Signer):
        yield from (value for value in vars(block).values() if isinstance(value, str))
    elif isinstance(block, list | tuple):
        for one in block:
            yield from [one] if isinstance(one, str) else texts(one)
    elif not isinstance(block, NewPage | Chart | Column):
        for field in fields(block):
            value = getattr(block, field.name)
            if field.name != "look":
                yield from [value] if isinstance(value, str) else texts_of_many(value)


def texts_of_many(value):
    yield from texts(value) if isinstance(value, list | tuple) else ()


def lost(form, pdf: bytes) -> list[str]:
    text = joined(pdf)
    return [words for words, count in said(form).items() if text.count(words) < count]


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("code", SITTING_FORMS)
def test_nothing_is_lost(code, count):
    for exam in (crowded(count), blank(count)):
        made = first_copy(code, exam)
        assert lost(made, render(made)) == []


def test_the_words_looked_for_are_those_of_people_and_incidents():
    """What the tests above compare with is not empty itself."""
    exam = crowded(12)
    named = said(first_copy("3.11", exam))
    assert all(named[squeezed(name)] >= 2 for name in PEOPLE[:2])
    assert said(first_copy("3.12", exam))["остановка-12"] == 1
    assert squeezed(STORY) in said(first_copy("3.13", exam))
    assert said(first_copy("3.15", exam))[squeezed(person(LONG).last)] == 3
    assert "неявка" not in said(first_copy("3.15", exam))


@pytest.mark.parametrize("code", [c for c in SITTING_FORMS if FORMS[c].scope is Scope.EXAMINEE])
def test_every_examinee_has_a_copy_with_his_name_and_number(code):
    exam = sheet([*NAMES, "Ким Ян"])
    made = [fill(FORMS[code], each) for each in fillings(exam, FORMS[code])]
    text = joined(render_package(made, title="Пакет"))
    for at, one in enumerate(exam.participants, start=1):
        assert squeezed(one.name.full) in text
        assert f"№14-{code[2:]}-{at}/2026" in text


def test_an_examinee_of_whom_little_is_known_leaves_cells_empty():
    exam = sheet(participants=[Participant(person("Ким Ян")), Participant(person(UNBROKEN))])
    for code in SITTING_FORMS:
        made = first_copy(code, exam)
        assert lost(made, render(made)) == []


def test_a_grade_is_a_figure_and_a_word():
    exam = sheet()
    assert "1АбдурахмоновШухратМухаммаджонович30,814(хорошо)" in joined(
        render(first_copy("3.15", exam))
    )
    assert "5КимВиктория—33,814(хорошо)" in joined(render(first_copy("3.16", exam)))
    scale = joined(render(first_copy("3.16", exam)))
    assert "«4»:40,00–69,99%;«5»:от70,00%." in scale
    assert "Максимумзазадание:75баллов." in scale


def test_who_was_absent_or_removed_has_no_grade():
    absent, removed, annulled, *others = sheet().participants
    people = [
        replace(absent, attended=False),
        replace(removed, scored=False, outcome="удалён 11:20"),
        replace(annulled, scored=False, outcome="результат аннулирован 12:10"),
        *others,
    ]
    exam = sheet(participants=people)
    meeting = joined(render(first_copy("3.15", exam)))
    for words in ("—неявка", "—удалён", "—результатаннулирован"):
        assert words in meeting
    protocol = joined(render(first_copy("3.11", exam)))
    assert "неявка——————" in protocol
    assert "удалён11:20——————" in protocol


def test_stops_removals_and_early_ends_are_told_in_the_protocol():
    text = joined(render(first_copy("3.11", sheet())))
    for words in (
        "№ 2: время продлено на 12 мин (протокол учёта времени № 14-12/2026, запись 1).",
        "Все участники: время продлено на 7 мин (протокол учёта времени № 14-12/2026, запись 2).",
        "№ 2: удаление в 11:20 (акт № 14-13-1/2026), результат аннулирован.",
        "Ли Анна (член экспертной группы): удаление в 12:05 (акт № 14-13-2/2026).",
        "№ 6: досрочное завершение в 12:10 (акт № 14-14-1/2026), оценивается выполненное.",
    ):
        assert squeezed(words) in text


def test_the_log_of_time_counts_minutes_and_leaves_room():
    text = joined(render(first_copy("3.12", sheet())))
    assert "138БелозёроваДарьяИгоревна10:0510:1712отказрабочейстанции" in text
    assert "2всеучастники11:0011:077перебой" in text
    empty = joined(render(first_copy("3.12", blank(0))))
    assert "12345Незаполненныестроки" in empty


def test_acts_tick_who_and_what():
    exam = sheet()
    examinee, guest = (fill(FORMS["3.13"], each) for each in fillings(exam, FORMS["3.13"]))
    assert (examinee.number, guest.number) == ("14-13-1/2026", "14-13-2/2026")
    assert "■участник□членэкспертнойгруппы□иноелицо:" in joined(render(examinee))
    assert "□участник■членэкспертнойгруппы□иноелицо:" in joined(render(guest))
    early = joined(render(first_copy("3.14", exam)))
    assert "■оценитьпофактувыполненного□аннулировать" in early


def test_the_programme_of_workers_has_no_diploma_project():
    worker = sheet(specialty="09.01.05 Оператор технической поддержки")
    qualified = joined(render(first_copy("3.17", worker)))
    assert "дипломногопроекта" not in qualified
    assert "квалифицированныхрабочих,служащих" in joined(render(first_copy("3.15", worker)))
    assert "дипломногопроекта" in joined(render(first_copy("3.17", sheet())))


def test_criteria_stand_under_their_modules():
    text = joined(render(first_copy("3.19", sheet(modules=6))))
    for at in range(1, 7):
        assert f"Модуль{at}.Работассетью№{at}(максимум25){at}.1{at}.2" in text
    assert "Всего150" in text
    untitled = replace(sheet(), modules=[Module(1, 6480)])
    assert "Модуль1(максимум64,8)" in joined(render(first_copy("3.19", untitled)))


def test_the_protocol_keeps_its_hash_until_something_of_the_exam_changes():
    exam, again = sheet(), sheet()
    before = first_copy("3.11", exam).content_hash
    assert first_copy("3.11", again).content_hash == before
    later = replace(exam.incidents[0], compensation=15)
    for changed in (
        replace(exam, incidents=[later, *exam.incidents[1:]]),
        replace(exam, participants=[replace(exam.participants[0], finished_at="12:59")]),
    ):
        assert first_copy("3.11", changed).content_hash != before
    assert first_copy("3.11", replace(exam, board=replace(board(), people=()))).content_hash == (
        before
    )
