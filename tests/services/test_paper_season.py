"""The order of a year: its experts of all sittings, the words in their case, who signs."""

from datetime import date

import pytest
from conftest import Builder

from demoexam.documents.exam_sheet import Officer
from demoexam.errors import Refused
from demoexam.models.exams import ExamSession
from demoexam.models.organizations import Organization
from demoexam.rules.terms import Answer, OrganizationKind, Role
from demoexam.services.college.college import store_setting
from demoexam.services.papers.declension import Case, correct
from demoexam.services.papers.papers import package
from demoexam.services.papers.season import declined_in, season_of
from demoexam.services.papers.sheet import sheet_for
from demoexam.services.papers.signers import (
    DEPUTY,
    change_signer,
    college_signers,
    deputy_of,
    director_of,
)
from demoexam.services.share.report import share_report

CHIEF = "Соловей Андрей Игоревич"


@pytest.fixture
def year(store):
    """Two sittings of a specialty in a year, one of another year; ids of sitting and college."""
    with store.transaction("год") as session:
        make = Builder(session)
        college = make.college(head_name="Рождественская Марина Аркадьевна", head_post="директор")
        kit, workshop, employer = make.kit(), make.workshop(college), make.employer()
        group = make.group(college)
        chief = make.expert(CHIEF, certified=False)
        make.employment(chief, employer, post="главный инженер")
        make.certificate(chief, number="0000214", valid_until=date(2027, 3, 1))
        make.certificate(chief, number="0000001", valid_until=date(2026, 1, 1))
        both = make.expert("Ким Анна Львовна", employer)
        gone = make.expert("Ушёл Пётр Ильич", employer)
        first = make.sitting(group, kit, workshop)
        second = make.sitting(group, kit, workshop, day=date(2026, 6, 22))
        past = make.sitting(group, kit, workshop, day=date(2025, 6, 18))
        make.assignment(first, chief, Role.CHIEF)
        make.assignment(first, both)
        make.assignment(second, both, Role.CHIEF)
        make.assignment(second, gone, answer=Answer.REFUSED)
        make.assignment(past, make.expert("Прошлый Иван Ильич", employer))
        return second.id, college.id


def season(store, sitting):
    with store.reading() as session:
        found = session.get_one(ExamSession, sitting)
        return season_of(session, found, deputy_of(session))


def test_the_season_holds_the_experts_of_all_its_sittings(store, year):
    found = season(store, year[0])
    assert [(one.name.full, one.roles) for one in found.experts] == [
        ("Ким Анна Львовна", [Role.CHIEF, Role.SCORING]), (CHIEF, [Role.CHIEF]),
    ]  # fmt: skip
    assert found.kits == ["КОД 09.02.07-2-2026, профильный уровень"]
    chief = found.experts[1]
    assert (chief.organization, chief.post) == ("ООО «Завод»", "главный инженер")
    assert chief.basis == "свидетельство эксперта № 0000214, до 01.03.2027"


def test_chief_experts_are_appointed_in_the_accusative(store, year):
    found = season(store, year[0])
    assert found.appointed == [
        "Ким Анну Львовну, инженера (ООО «Завод»),",
        "Соловея Андрея Игоревича, главного инженера (ООО «Завод»),",
    ]
    assert found.executor == "Заместителю директора по учебно-производственной работе"


def test_a_correction_is_printed_in_the_order(store, year):
    with store.transaction("правка падежа") as session:
        correct(session, CHIEF, Case.ACCUSATIVE, "Соловья Андрея Игоревича")
        correct(session, DEPUTY, Case.DATIVE, "Замдиректора")
    found = season(store, year[0])
    assert found.appointed[1].startswith("Соловья Андрея Игоревича, главного")
    assert found.executor == "Замдиректора"


def test_the_words_of_a_years_orders_are_listed_once(store, year):
    with store.transaction("правка падежа") as session:
        correct(session, CHIEF, Case.ACCUSATIVE, "Соловья Андрея Игоревича")
    with store.reading() as session:
        listed = declined_in(session, college_id=year[1], year=2026, deputy=deputy_of(session))
        assert not declined_in(session, college_id="нет", year=2026, deputy=deputy_of(session))[1:]
    assert [(one.words, one.text) for one in listed] == [
        ("Ким Анна Львовна", "Ким Анну Львовну"), ("инженер", "инженера"),
        (CHIEF, "Соловья Андрея Игоревича"), ("главный инженер", "главного инженера"),
        (DEPUTY, "Заместителю директора по учебно-производственной работе"),
    ]  # fmt: skip
    assert [one.words for one in listed if one.corrected] == [CHIEF]


def test_who_signs_is_told_by_the_college(store, year):
    with store.transaction("подписи") as session:
        change_signer(session, key="deputy_post", value="заместитель директора по УПР")
        change_signer(session, key="deputy_name", value=" Гладышев  Павел Сергеевич ")
    with store.reading() as session:
        sheet = sheet_for(session, year[0])
    assert (sheet.director.post, sheet.director.name) == (
        "Директор",
        "М.\u00a0А.\u00a0Рождественская",
    )
    assert sheet.deputy.post == "Заместитель директора по УПР"
    assert sheet.deputy.name == "П.\u00a0С.\u00a0Гладышев"
    with store.transaction("подписи") as session:
        change_signer(session, key="deputy_post", value=" ")
    with store.reading() as session:
        assert college_signers(session).deputy_post == DEPUTY
        nobody = Organization(kind=OrganizationKind.COLLEGE, short_name="К", full_name="К")
        assert director_of(nobody).post == "Директор"
        assert director_of(nobody).name == ""


def test_another_college_has_a_deputy_of_its_own(store, year):
    with store.transaction("свой колледж") as session:
        own = Builder(session).college("Свой колледж").id
        store_setting(session, key="own_college", value=own)
        change_signer(session, key="deputy_name", value="Гладышев Павел Сергеевич")
    with store.reading() as session:
        assert deputy_of(session, own).name == "П.\u00a0С.\u00a0Гладышев"
        assert sheet_for(session, year[0]).deputy == Officer(DEPUTY, "")


def test_an_unknown_signer_is_refused(store):
    with store.transaction("подписи") as session, pytest.raises(Refused):
        change_signer(session, key="бухгалтер", value="Иванов")


def test_the_order_is_printed_from_the_store(store, year):
    with store.reading() as session:
        made = package(session, session_id=year[0], forms=["3.1", "3.2", "3.3"], registered=False)
    assert [one.code for one in made.contents] == ["3.1", "3.2", "3.3"]
    assert "Не указан председатель ГЭК этого года." in made.missing
    assert made.pdf.startswith(b"%PDF")


def test_the_report_of_shares_is_signed_by_the_coordinator_of_the_settings(store, year):
    with store.transaction("подписи") as session:
        change_signer(session, key="coordinator_name", value="Сафина Гузель Маратовна")
    with store.reading() as session:
        assert share_report(session, year=2026).coordinator == "Г.\u00a0М.\u00a0Сафина"
