"""The college's logo and words are settings: checked, taken back, passed over when unsound."""

from base64 import b64encode

import pytest
from conftest import Builder
from documents.logos import GOOD, HOSTILE, png
from sqlalchemy import select

from demoexam.documents.form import FOOTER, LINES
from demoexam.errors import Refused
from demoexam.models.organizations import Organization
from demoexam.models.reference import Setting
from demoexam.rules.terms import OrganizationKind
from demoexam.services.college.college import found_college, store_setting
from demoexam.services.history import past_operations, take_back
from demoexam.services.papers.letterhead import (
    DATA_URL,
    HEAD,
    LOGO,
    WORDINGS,
    change_logo,
    change_wording,
    college_logo,
    dressed,
    letterhead,
    letterhead_of,
    restore_wordings,
    wordings,
)
from demoexam.services.papers.sheet import sheet_for
from demoexam.services.records.history import record_history
from demoexam.services.share.report import share_report


@pytest.fixture
def college(store):
    with store.transaction("колледж") as session:
        return found_college(session, name="Колледж связи")


def perform(store, service, operation="правка", **facts):
    with store.transaction(operation) as session:
        service(session, **facts)


def read(store, query):
    with store.reading() as session:
        return query(session)


def head(store, college):
    return read(store, lambda session: letterhead_of(session, session.merge(college, load=False)))


def test_a_logo_is_kept_and_can_be_taken_back(store, college):
    perform(store, change_logo, "логотип изменён", value=GOOD)
    assert read(store, college_logo) == head(store, college).logo == GOOD
    assert read(store, past_operations)[0].text == "логотип изменён"
    take_back(store)
    assert read(store, college_logo) == b""


def test_a_logo_can_be_removed(store, college):
    perform(store, change_logo, value=GOOD)
    perform(store, change_logo, value=b"")
    assert head(store, college).logo == b""


def test_what_cannot_be_printed_is_refused(store):
    for content in HOSTILE.values():
        with pytest.raises(Refused, match="напечатать нельзя"):
            perform(store, change_logo, value=content)
    assert read(store, college_logo) == b""


@pytest.mark.parametrize(
    "kept",
    [
        None, 7, [], {"png": ""}, "", "data:", DATA_URL, f"{DATA_URL}???", f"{DATA_URL}é",
        "A" * 10_000_000, b64encode(GOOD).decode(),
        *(DATA_URL + b64encode(HOSTILE[one]).decode() for one in ("bomb", "giant", "no end")),
    ],
)  # fmt: skip
def test_a_stored_value_that_is_no_picture_is_passed_over(store, college, kept):
    perform(store, store_setting, key=LOGO, value=kept)
    assert head(store, college).logo == b""


def test_the_history_tells_of_a_picture_and_shows_no_bytes(store, college):
    perform(store, change_logo, "логотип изменён", value=GOOD)
    perform(store, change_logo, "логотип изменён", value=png(5, 5))
    with store.reading() as session:
        ident = session.scalar(select(Setting.id).where(Setting.key == LOGO))
        newest, *_ = record_history(session, table="setting", record_id=ident)
    assert (newest.title, newest.operation) == ("Логотип колледжа", "логотип изменён")
    assert (newest.before, newest.after) == ("картинка, 1 КБ", "картинка, 1 КБ")


def test_words_are_the_programs_until_they_are_changed(store, college):
    plain = head(store, college)
    assert (plain.lines, plain.footer, plain.own_look) == (LINES, FOOTER, "")
    perform(store, change_wording, key="head_short", value="")
    perform(store, change_wording, key="head_founder", value="  Город {city}  ")
    perform(store, change_wording, key="paper_footer", value="")
    worded = head(store, college)
    assert worded.lines == ("Город {city}", "{legal_form}", "{name}", "")
    assert worded.footer == ""
    perform(store, restore_wordings)
    assert head(store, college) == plain


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("head_name", "{title}", "поля {title} нет"),
        ("paper_footer", "{name}", "поля {name} нет"),
        ("head_name", "{name", "нет закрывающей пары"),
        ("head_name", "{name.__class__}", "не имя поля"),
        ("head_name", "{name!r}", "не имя поля"),
        ("head_name", "{name}, {name}", "стоит дважды"),
        ("head_name", "слово " * 60, "слишком длинно"),
        ("head_name", "ы" * 101, "длиннее 100 букв"),
        ("head_name", "а\nб", "невидимый знак"),
        ("head_name", "а\u202eб", "невидимый знак"),
        ("head_name", "Колледж 🎓", "в шрифте бумаг нет"),
        ("own_college", "х", "Надписи «own_college» нет"),
    ],
)
def test_words_that_cannot_be_printed_are_refused(store, key, value, why):
    with pytest.raises(Refused, match=why.replace("{", r"\{")):
        perform(store, change_wording, key=key, value=value)


@pytest.mark.parametrize("kept", [None, 7, ["{name}"], "{title}", "{", "а" * 5000, "а\u0000"])
def test_stored_words_that_cannot_be_printed_are_passed_over(store, college, kept):
    for key in HEAD:
        perform(store, store_setting, key=key, value=kept)
    assert head(store, college).lines == LINES
    assert read(store, wordings) == {key: one.usual for key, one in WORDINGS.items()}


def test_another_college_of_the_store_keeps_the_usual_head(store, college):
    perform(store, change_logo, value=GOOD)
    other = Organization(kind=OrganizationKind.COLLEGE, short_name="Другой", full_name="Другой")
    with store.reading() as session:
        other.id = "other"
        assert letterhead_of(session, other) == letterhead(other)
        assert dressed(session, letterhead(other)).logo == GOOD


def test_papers_have_the_logo(store):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        sitting = make.staffed_sitting()
        change_logo(session, value=GOOD)
    with store.reading() as session:
        first, second = (sheet_for(session, sitting.id).letterhead for _ in range(2))
    assert first.logo == GOOD
    assert first.logo is second.logo  # a package of a thousand papers holds it once


def test_the_report_has_the_logo_too(store, college):
    perform(store, change_logo, value=GOOD)
    report = read(store, lambda session: share_report(session, year=2026))
    assert report.letterhead.logo == GOOD
