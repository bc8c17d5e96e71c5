import pytest
from hypothesis import given
from hypothesis import strategies as st

from demoexam.rules.identity import (
    Reading,
    clean,
    clean_lines,
    cyrillic,
    fold_key,
    one_slip,
    read_email,
    read_inn,
    read_phone,
    read_snils,
    valid_inn,
    valid_snils,
)


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        ("Юди\u200bна\u00ad", "Юдина"),
        ("\ufeffСазонова\u00a0 Ирина ", "Сазонова Ирина"),
        ("\u202eЛарионов\u202c", "Ларионов"),
        ("Агафонова_x0007_", "Агафонова"),
        ("Воробьёв и Майор".replace("й", "и\u0306"), "Воробьёв и Майор"),
        ("Костылев\r\nДмитрий\rНикитич\n\n", "Костылев Дмитрий Никитич"),
        ("\tтекст", "текст"),
        ("", ""),
    ],
)
def test_invisible_marks_are_gone_and_spaces_single(dirty, tidy):
    assert clean(dirty) == tidy


def test_line_breaks_are_kept_where_they_part_values():
    assert clean_lines(" 09.02.07 \r\n\r\n 15.01.05") == "09.02.07\n15.01.05"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Xoмякoв", "Хомяков"), ("COM", "СОМ"), ("John", "John"), ("Иванов", "Иванов")],
)
def test_latin_letters_in_a_russian_word_are_mended(typed, meant):
    assert cyrillic(typed) == meant


def test_names_are_compared_without_case_marks_and_yo():
    assert fold_key("OOO «Ёлка-Т»") == fold_key('ооо "елка т"') == "ооо елка т"


@pytest.mark.parametrize(
    ("left", "right", "answer"),
    [
        ("зимин", "зиимн", True),
        ("зимин", "зимина", True),
        ("зимин", "зими", True),
        ("зимин", "зомин", True),
        ("зимин", "зимин", False),
        ("зимин", "зоман", False),
        ("зимин", "зим", False),
    ],
)
def test_one_slip_of_the_pen(left, right, answer):
    assert one_slip(left, right) is answer
    assert one_slip(right, left) is answer


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("7707083893", Reading("7707083893")),
        ("500100732259", Reading("500100732259")),
        ("100042004", Reading("0100042004")),  # a spreadsheet ate the zero
        ("7700655912", Reading(problem="inn_checksum")),
        ("617547302703", Reading(problem="inn_checksum")),
        ("77000", Reading(problem="inn_length")),
        ("нет", Reading(problem="inn_length")),
        ("—", Reading()),
        ("", Reading()),
    ],
)
def test_inn_is_checked_by_its_last_digits(typed, reading):
    assert read_inn(typed) == reading


def test_an_inn_of_zeros_or_letters_is_none():
    assert not valid_inn("0000000000")
    assert not valid_inn("77070838ИП")


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("112-233-445 95", Reading("11223344595")),
        ("08765430300", Reading("08765430300")),
        ("8765430300", Reading("08765430300")),  # a number cell without its zero
        ("112-233-445 96", Reading(problem="snils_checksum")),
        ("123-456-78", Reading(problem="snils_length")),
        ("есть", Reading(problem="snils_length")),
        ("…", Reading()),
    ],
)
def test_snils_is_checked_by_its_control_number(typed, reading):
    assert read_snils(typed) == reading


def test_old_snils_numbers_have_no_control():
    assert valid_snils("00100199700")
    assert not valid_snils("00000000000")
    assert not valid_snils("1122334459")


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("+7 (900) 020-94-58", Reading("+79000209458")),
        ("8 (900) 020-94-58", Reading("+79000209458")),
        ("900 052 01 90", Reading("+79000520190")),
        ("89000472900, доб. 12", Reading("+79000472900")),
        ("т. 8 900 0395163", Reading("+79000395163")),
        ("8 (900) 056-40-25; 8 (495) 000-00-00", Reading("+79000564025")),
        ("89000564025 84950000000", Reading("+79000564025")),
        ("нет, 8 900 056-40-25", Reading("+79000564025")),
        ("+375 29 123-45-67", Reading("+375291234567")),
        ("+3", Reading(problem="phone_invalid")),
        ("8 (900) 12-34", Reading(problem="phone_invalid")),
        ("спросить у завуча", Reading(problem="phone_invalid")),
        ("-", Reading()),
    ],
)
def test_phones_in_one_form(typed, reading):
    assert read_phone(typed) == reading


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("a.b@example.ru", Reading("a.b@example.ru")),
        ("a.b@example.ru; c@example.ru", Reading("a.b@example.ru")),
        ("mailto:a.b@example.ru.", Reading("a.b@example.ru")),
        ("иван@почта.рф", Reading("иван@почта.рф")),
        ("ivanov.example.com", Reading(problem="email_invalid")),
        ("petrov@@example.com", Reading(problem="email_invalid")),
        ("sidorov@examplе.com", Reading(problem="email_invalid")),  # a Cyrillic е
        ("root@localhost", Reading(problem="email_invalid")),
        ("—", Reading()),
    ],
)
def test_email_addresses(typed, reading):
    assert read_email(typed) == reading
