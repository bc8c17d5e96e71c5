"""Only known names between braces; nothing else of a text is a language."""

import pytest

from demoexam.documents.blank_words import BLANK_WORDS, SIGNER_WORDS, blank_title, signer_title
from demoexam.documents.blanks import BrokenBlank, blank_faults, blanks, filled
from demoexam.documents.catalogue import FORMS
from demoexam.documents.template import When
from demoexam.documents.template_check import known_names

FACTS = {"shift": "1", "kit": "{shift}", "фио": "Ли"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Смена {shift}.", "Смена 1."),
        ("{kit}{shift}", "{shift}1"),
        ("{{shift}} и {{", "{shift} и {"),
        ("{{{shift}}}", "{1}"),
        ("{фио}", "Ли"),
        ("%s %(shift)s $shift", "%s %(shift)s $shift"),
    ],
)
def test_names_are_replaced_once(text, expected):
    assert filled(text, FACTS) == expected
    assert blank_faults(text, FACTS) == []


@pytest.mark.parametrize(
    "text",
    ["{", "}", "{}", "{0}", "{shift!r}", "{shift:>9}", "{shift.real}", "{shift[0]}", "{ shift }",
     "{shift=}", "{nothing}", "}{", "{{shift}", "{shift}}", "{\n}"],
)  # fmt: skip
def test_everything_else_is_a_fault(text):
    assert blank_faults(text, FACTS)
    with pytest.raises(BrokenBlank):
        filled(text, FACTS)


def test_the_names_of_a_text_are_known():
    assert blanks("{{a}} {shift} {kit} {0.x}") == ["shift", "kit"]


def test_many_names_are_not_all_told():
    (fault,) = blank_faults("{x}", [f"field_{at}" for at in range(20)])
    assert fault.endswith("field_15 и другие")


def test_a_form_without_fields_says_so():
    assert blank_faults("{x}", []) == ["поля {x} нет; в этом бланке полей нет"]


@pytest.mark.parametrize("code", FORMS)
def test_every_blank_and_signer_of_a_form_is_called_by_a_name(code):
    known = known_names(FORMS[code])
    assert known.facts - BLANK_WORDS.keys() == set()
    assert known.signers - SIGNER_WORDS.keys() == set()
    conditions = {one.fact for one in FORMS[code].parts if isinstance(one, When)}
    assert [fact for fact in conditions if blank_title(fact) == fact] == []
    assert blank_title("shift") == "Смена"
    assert signer_title("nobody") == "nobody"
