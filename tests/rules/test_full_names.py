import pytest
from hypothesis import given
from hypothesis import strategies as st

from demoexam.rules.full_names import (
    FullName,
    NameReading,
    is_patronymic,
    proper_case,
    read_full_name,
    read_name_parts,
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Иванов Иван Иванович", FullName("Иванов", "Иван", "Иванович")),
        ("АРТЁМОВ ТИМУР НИКОЛАЕВИЧ", FullName("Артёмов", "Тимур", "Николаевич")),
        ("тян-копылова\nсветлана николаевна", FullName("Тян-Копылова", "Светлана", "Николаевна")),
        ("Xoмякoв Baлepий Фёдopoвич", FullName("Хомяков", "Валерий", "Фёдорович")),
        ("Любовь Олеговна Черных", FullName("Черных", "Любовь", "Олеговна")),
        ("Иван Петрович Абрамович", FullName("Абрамович", "Иван", "Петрович")),
        ("Абрамович Иван Петрович", FullName("Абрамович", "Иван", "Петрович")),
        ("Зверева Эльвира Рамиз Кызы", FullName("Зверева", "Эльвира", "Рамиз кызы")),
        ("Рожкова Инна", FullName("Рожкова", "Инна")),
        ("Инна Рожкова", FullName("Рожкова", "Инна")),
        ("Иванов, Иван Иванович", FullName("Иванов", "Иван", "Иванович")),
        ("ИВАНОВ ЯН", FullName("Иванов", "Ян")),
        ("Ван Дер Иван Иванович", FullName("Ван Дер", "Иван", "Иванович")),
    ],
)
def test_parts_are_told_apart(typed, name):
    assert read_full_name(typed) == NameReading(name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Одинцов А. А.", FullName("Одинцов", "А.", "А.")),
        ("Плотникова А.К.", FullName("Плотникова", "А.", "К.")),
        ("О.И. Подписантова", FullName("Подписантова", "О.", "И.")),
        ("Ковалёв ТН", FullName("Ковалёв", "Т.", "Н.")),
        ("Ковалёв Т.", FullName("Ковалёв", "Т.")),
        ("Селезнёва", FullName("Селезнёва")),
    ],
)
def test_initials_and_lone_surnames_are_kept_and_told(typed, name):
    assert read_full_name(typed) == NameReading(name, "name_incomplete")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "no_name"),
        ("—", "no_name"),
        ("12345", "no_name"),
        ("Вакансия", "no_name"),
        ("будет назначен", "no_name"),
        ("<b>Иванов</b>", "no_name"),
        ("Иванов & Петров", "no_name"),
        ("И. &", "no_name"),
        ("раз два три четыре пять шесть", "no_name"),
        ("=cmd|'/C calc'!A0", "formula_injection"),
        ("@SUM(A1)", "formula_injection"),
        ("Ы" * 101, "too_long"),
    ],
)
def test_what_is_no_name_says_why(typed, problem):
    assert read_full_name(typed) == NameReading(problem=problem)


@pytest.mark.parametrize(
    ("parts", "reading"),
    [
        (("Иванов", "Иван", "Иванович"), NameReading(FullName("Иванов", "Иван", "Иванович"))),
        (("ИВАНОВ", "ИВАН", "-"), NameReading(FullName("Иванов", "Иван"))),
        (("Иванов Иван Иванович", "", ""), NameReading(FullName("Иванов", "Иван", "Иванович"))),
        (
            ("Трофимов", "Д.", "А."),
            NameReading(FullName("Трофимов", "Д.", "А."), "name_incomplete"),
        ),
        (("Трофимов", "Д", ""), NameReading(FullName("Трофимов", "Д."), "name_incomplete")),
        (
            ("", "Иван", "Иванович"),
            NameReading(FullName("", "Иван", "Иванович"), "name_incomplete"),
        ),
        (("", "", ""), NameReading(problem="no_name")),
        (("Иванов", "&", ""), NameReading(problem="no_name")),
        (("Иванов", "7", ""), NameReading(problem="no_name")),
    ],
)
def test_names_in_three_columns(parts, reading):
    assert read_name_parts(*parts) == reading


def test_keys_make_a_full_name_and_its_short_form_meet():
    full, short = FullName("Дегтярёв", "Алексей", "Сергеевич"), FullName("Дегтярев", "А.", "С.")
    assert full.initials_key == short.initials_key == "дегтярев а с"
    assert full.key == "дегтярев алексей сергеевич"
    assert short.is_short
    assert not full.is_short
    assert str(full) == "Дегтярёв Алексей Сергеевич"


def test_a_given_name_is_no_patronymic():
    assert is_patronymic("Ильич")
    assert is_patronymic("Никитична")
    assert not is_patronymic("Черных")


def test_mixed_case_is_the_owners_choice():
    assert proper_case("МакКей") == "МакКей"


@given(st.text())
def test_any_text_is_a_name_or_a_problem(text):
    reading = read_full_name(text)
    assert (reading.name is None) <= bool(reading.problem)
