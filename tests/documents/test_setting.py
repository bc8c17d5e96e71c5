"""Text set in lines: nothing is wider than its room, nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demoexam.documents.fonts import unit_width
from demoexam.documents.setting import set_text
from demoexam.documents.styles import CELL, LOOKS, SMALLEST, Look, Style

CENTRED, LEFT, RIGHT = CELL["center"], CELL["left"], CELL["right"]
BODY = LOOKS[Look.BODY]
ANYTHING = st.text(st.sampled_from("абвгдежщЪЮwW№-—. \u00a0\u00ad\n1234567890"), max_size=120)


def words(setting):
    return [text for _, text in setting.lines]


def bare(text):
    return [letter for letter in text if letter not in "- \u00a0\u00ad\n—–"]


@given(ANYTHING, st.sampled_from([CENTRED, LEFT, RIGHT, BODY]), st.floats(45, 500))
def test_every_line_fits_and_every_letter_stays(text, style, room):
    setting = set_text(text, style, room)
    for indent, line in setting.lines:
        end = indent + unit_width(line, setting.style.font) * setting.style.size
        assert indent > -0.01
        assert end < room + 0.01
    assert bare("".join(words(setting))) == bare(text)
    assert setting.height == len(setting.lines) * setting.style.leading


def test_a_soft_hyphen_shows_only_at_the_end_of_a_line():
    assert words(set_text("Соответ\u00adствует", LEFT, 200)) == ["Соответствует"]
    assert words(set_text("Соответ\u00adствует", LEFT, 50)) == ["Соответ-", "ствует"]
    assert words(set_text("он соответ\u00adствует им", LEFT, 60)) == ["он соответ-", "ствует им"]


def test_a_double_name_parts_after_its_hyphen_first():
    assert words(set_text("Константинова-Бельская Анна", LEFT, 90)) == [
        "Константинова-",
        "Бельская Анна",
    ]


def test_a_long_word_steps_down_and_only_then_breaks_inside():
    stepped = set_text("Освидетельствование", LEFT, 95)
    assert words(stepped) == ["Освидетельствование"]
    assert SMALLEST <= stepped.style.size < LEFT.size
    broken = set_text("Освидетельствование" * 2, LEFT, 95)
    assert broken.style.size == SMALLEST
    assert "".join(words(broken)) == "Освидетельствование" * 2


def test_a_style_below_the_smallest_size_is_not_enlarged():
    tiny = Style(7, 8)
    assert set_text("Освидетельствование", tiny, 40).style.size == 7


def test_lines_are_placed_by_their_alignment():
    ((start, _),) = set_text("слово", LEFT, 100).lines
    ((middle, text),) = set_text("слово", CENTRED, 100).lines
    ((end, _),) = set_text("слово", RIGHT, 100).lines
    free = 100 - unit_width(text, "Serif") * LEFT.size
    assert (start, middle, end) == pytest.approx((0, free / 2, free))
    assert [round(at, 2) for at, _ in set_text("слово " * 60, BODY, 400).lines][:2] == [35.43, 0]


def test_no_control_character_reaches_the_paper():
    assert words(set_text("раз\x00два\tтри\u200bче\u202eтыре", LEFT, 200)) == ["раз два тричетыре"]


def test_a_letter_written_with_a_mark_apart_is_one_letter():
    assert words(set_text("и\u0306 е\u0308", LEFT, 200)) == ["й ё"]
