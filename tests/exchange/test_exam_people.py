"""People named in one cell of a schedule: nobody is lost, everybody has his role."""

import pytest

from demoexam.exchange.exam_people import ExamPeople

GROUP = {"chief": ["Иванов И. И."], "experts": ["Петрова А. И.", "Ким А. А."], "technical": []}
TWO = {"chief": [], "experts": ["Иванов И. И.", "Петрова А. И."], "technical": []}
WHOLE = ["Иванов Иван Иванович", "Петрова Анна Ильинична"]


def people(text: str, column: str = "experts") -> dict[str, list[str]]:
    read = ExamPeople()
    read.take(column, text)
    return {role: [*map(str, getattr(read, role))] for role in ("chief", "experts", "technical")}


@pytest.mark.parametrize(
    "text",
    [
        "И.И. Иванов, А.И. Петрова",
        "И. И. Иванов\nА. И. Петрова",
        "1) Иванов И.И. 2) Петрова А.И.",
        "• Иванов И.И.\n• Петрова А.И.",
        "- Иванов И.И.\n- Петрова А.И.",
        "Иванов И.И. и Петрова А.И.",
        "Иванов И.И.+Петрова А.И.",
        "Иванов И И, Петрова АИ",
        "Иванов\nИ.И.\nПетрова\nА.И.",
        "Иванов И.И. - инженер ООО «Ромашка»\nПетрова А.И., преподаватель",
        "Иванов И.И. тел. 8 (912) 345-67-89, Петрова А.И. (ИП Смирнов А.А.)",
        "Эксперты: Иванов И.И., Петрова А.И.",
        "ГБПОУ «Колледж им. И.И. Ким»: Иванов И.И.; Петрова А.И.",
    ],
)
def test_nobody_of_a_list_is_lost(text):
    assert people(text) == TWO


@pytest.mark.parametrize(
    "text",
    [
        "Иванов Иван Иванович Петрова Анна Ильинична",
        "Иванова Ивана Ивановича, Петрову Анну Ильиничну",
        "Иван Иванович Иванов\nАнна Ильинична Петрова",
    ],
)
def test_whole_names_in_any_order_and_case(text):
    assert people(text)["experts"] == WHOLE


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Главный эксперт Иванов И.И., эксперты Петрова А.И., Ким А.А.", "experts"),
        ("ГЭ - Иванов И.И.\nлинейные: Петрова А.И., Ким А.А.", "experts"),
        ("Иванов И.И. – главный эксперт\nПетрова А.И. – линейный эксперт\nКим А.А.", "experts"),
        ("Иванов И.И.\n(ГЭ)\nПетрова А.И.\n(эксперт)\nКим А.А.", "experts"),
        ("Председатель: Иванов И.И.\nЧлены: Петрова А.И., Ким А.А.", "experts"),
        ("Иванов И.И. (ГЭ), Петрова А.И., Ким А.А.", "chief"),
        ("Гл. эксп. Иванов И.И.; экспертная группа: 1. Петрова А.И. 2. Ким А.А.", "chief"),
    ],
)
def test_roles_stand_before_and_after_names(text, column):
    assert people(text, column) == GROUP


def test_rare_names_and_initials_like_roles():
    told = people("Нгуен Ван Тханг, Ли Сян, Т.Э. Белов, Абдуллаев Р.М. оглы, Ким")
    assert told == {
        "chief": [],
        "experts": ["Нгуен Ван Тханг", "Ли Сян", "Белов Т. Э.", "Абдуллаев Р. М.", "Ким"],
        "technical": [],
    }


def test_a_cell_in_which_nobody_is_made_out_is_told():
    read = ExamPeople()
    read.take("experts", "комиссия № 3")
    assert (read.unread, read.experts) == ([("experts", "комиссия № 3")], [])
