"""Which records of the roster may be one, and that nobody is asked twice."""

import time
from datetime import date

import pytest
from conftest import Builder, inn
from sqlalchemy import select

from demoexam.models.exchange import Conflict
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.rules.terms import OrganizationKind
from demoexam.services.duplicates.duplicates import (
    Strength,
    chosen_pairs,
    find_duplicates,
    number_of_doubles,
)
from demoexam.services.duplicates.merging import different, merge_duplicates
from demoexam.services.history import take_back
from demoexam.services.records.history import record_history
from demoexam.services.syncing.choices import resolve
from demoexam.store.erasing import ERASED_NAME

PHONE, MAIL = "+79120000001", "a@example.org"


@pytest.fixture
def making(store):
    """`making(build)` writes test data; names given as texts become experts without papers."""

    def build(*people, **common):
        with store.transaction("данные") as session:
            make = Builder(session)
            for name, facts in people:
                last, first, middle = [*name.split(), "", "", ""][:3]
                paper = facts.pop("paper", "")
                works = facts.pop("works", None)
                names = {"last_name": last, "first_name": first, "middle_name": middle}
                one = make.expert("Иванов Иван", certified=False, **names | facts | common)
                if paper:
                    make.certificate(one, number=paper)
                if works:
                    known = session.scalar(
                        select(Organization).where(Organization.short_name == works)
                    )
                    make.employment(one, known or make.employer(works))

    return build


def found(store, table="expert"):
    with store.reading() as session:
        return find_duplicates(session, table=table)


@pytest.mark.parametrize(
    ("one", "other", "strength"),
    [
        (("Ёлкин Артём Олегович", {"phone": PHONE}), ("ЕЛКИН  АРТЕМ Олегович", {"phone": PHONE}),
         "sure"),
        (("Сомов Олег Ильич", {"email": MAIL}), ("Coмoв Oлeг Ильич", {"email": MAIL.upper()}),
         "sure"),
        (("Артём Ёлкин Олегович", {"phone": PHONE}), ("Ёлкин Артём Олегович", {"phone": PHONE}),
         "sure"),
        (("Ёлкин Артём Олегович", {"works": "ООО «Заря»"}),
         ("Ёлкин Артём Олегович", {"works": "Заря, ООО"}), "sure"),
        (("Ёлкин Артём Олегович", {}), ("Ёлкин Артём Олегович", {}), "likely"),
        (("Ёлкин Артём Олегович", {"phone": PHONE}),
         ("Ёлкин Артём Олегович", {"phone": "+79120000002"}), "likely"),
        (("Ёлкин А. О.", {"phone": PHONE}), ("Ёлкин Артём Олегович", {"phone": PHONE}), "likely"),
        (("Ёлкин А. О.", {"works": "АО «Вектор»"}),
         ("Ёлкин Артём Олегович", {"works": "АО «Вектор»"}), "likely"),
        (("Ёлкин Артём Олегович", {"paper": "0042"}), ("Елкн Артём Олегович", {"paper": "0042"}),
         "likely"),
        (("Ким Анна Игоревна", {"phone": PHONE, "email": MAIL}),
         ("Серова Анна Игоревна", {"phone": PHONE, "email": MAIL}), "likely"),
        (("Ким Анна Игоревна", {"person_hash": "h"}),
         ("Серова Анна Игоревна", {"person_hash": "h"}), "sure"),
        (("Ким Анна Игоревна", {"person_hash": "h"}), ("Серов Олег Ильич", {"person_hash": "h"}),
         "weak"),
        (("Ёлкин Артём Олегович", {"phone": PHONE, "email": MAIL, "works": "АО «А»"}),
         ("Ёлкин Артём Олегович",
          {"phone": "+79120000002", "email": "b@example.org", "works": "АО «Б»"}), "weak"),
        (("Ёлкин Артём Олегович", {"person_hash": "h", "phone": PHONE}),
         ("Ёлкин Артём Олегович", {"person_hash": "g", "phone": PHONE}), None),
        (("Ким Анна Игоревна", {"phone": PHONE}), ("Серов Олег Ильич", {"phone": PHONE}), None),
        (("Ёлкин А. О.", {}), ("Ёлкин Артём Олегович", {}), None),
        (("Ким Анна Игоревна", {}), ("Серова Анна Игоревна", {}), None),
    ],
)  # fmt: skip
def test_two_people_are_one_as_far_as_facts_speak_for_it(store, making, one, other, strength):
    making((one[0], dict(one[1])), (other[0], dict(other[1])))
    assert [each.strength.value for each in found(store)] == ([strength] if strength else [])


def test_the_reason_is_told_and_the_surest_comes_first(store, making):
    making(("Сомов Олег Ильич", {}), ("Сомов Олег Ильич", {}),
           ("Ёлкин Артём Олегович", {"phone": PHONE}), ("Ёлкин Артём Олегович", {"phone": PHONE}),
           *(("", {"last_name": ERASED_NAME}) for _ in range(2)))  # fmt: skip
    first, second = found(store)
    assert first.reason == "Одинаковые фамилия, имя и отчество, совпадает телефон."
    assert second.reason == "Одинаковые фамилия, имя и отчество, других сведений нет."


def test_a_phone_of_an_office_tells_nothing(store, making):
    names = ("Ким", "Кит", "Кий", "Кис", "Киш")
    making(*((f"{name} Анна Игоревна", {}) for name in names), phone=PHONE)
    assert found(store) == []


@pytest.mark.parametrize(
    ("one", "other", "strength"),
    [
        ({"name": "ООО «Заря»", "inn": inn(5)}, {"name": "Восход", "inn": inn(5)}, "sure"),
        ({"name": "ООО «Заря»"}, {"name": 'ООО "ЗАРЯ"'}, "sure"),
        ({"name": "ООО «Заря»"}, {"name": "Заря"}, "likely"),
        ({"name": "ОАО «Вектор»"}, {"name": "АО «Вектор»"}, "likely"),
        ({"name": "ГБПОУ «Колледж связи»"}, {"name": "ГАПОУ «Колледж связи»"}, "likely"),
        ({"name": "Металлургический завод"}, {"name": "Металургический завод"}, "likely"),
        ({"name": "ООО «Вектор»"}, {"name": "АО «Вектор»"}, "weak"),
        ({"name": "ООО «Заря»", "city": "Томск"}, {"name": "ООО «Заря»", "city": "Омск"}, "weak"),
        ({"name": "ООО «Заря»", "inn": inn(5)}, {"name": "ООО «Заря»", "inn": inn(6)}, None),
        ({"name": "Детский сад № 15"}, {"name": "Детский сад № 16"}, None),
    ],
)
def test_two_organizations_are_one_by_inn_or_name(store, one, other, strength):
    with store.transaction("данные") as session:
        for facts in (one, other):
            given = {"inn": None, "city": "", "full_name": ""} | facts
            Builder(session).organization(OrganizationKind.EMPLOYER, given.pop("name"), **given)
    pairs = found(store, "organization")
    assert [each.strength.value for each in pairs] == ([strength] if strength else [])


def test_a_pair_told_apart_is_not_found_again_until_that_is_undone(store, making):
    making(*(("Ёлкин Артём Олегович", {"phone": PHONE}) for _ in range(3)))
    pairs = found(store)
    assert len(pairs) == 3
    with store.reading() as session:
        assert number_of_doubles(session, table="expert") == 2
    one = pairs[0]
    with store.transaction("разные") as session:
        different(session, table="expert", pairs=[(one.this_id, one.other_id)])
    assert {each.pair for each in found(store)} == {each.pair for each in pairs[1:]}
    take_back(store)
    assert len(found(store)) == 3


def test_an_answer_in_the_roster_is_an_answer_to_the_exchange_and_back(pair):
    def build(make):
        return [make.expert("Ёлкин Артём Олегович", phone=PHONE).id for _ in range(2)]

    ids = pair.here.make(build)
    pair.here.do(different, table="expert", pairs=[tuple(ids)])
    pair.settle()
    assert pair.here.cards() == pair.there.cards() == []
    assert found(pair.there.store) == []
    pair.there.make(lambda make: make.expert("Ёлкин Артём Олегович", phone=PHONE).id)
    pair.settle()
    cards = pair.there.cards()
    assert len(cards) == len(found(pair.there.store)) == 2
    pair.there.do(resolve, conflict_id=cards[0].ids[0], keep="different")
    (left,) = found(pair.there.store)
    pair.here.do(different, table="expert", pairs=[(left.this_id, left.other_id)])
    pair.settle()
    for desk in (pair.here, pair.there):
        assert desk.cards() == found(desk.store) == []
        assert len(desk.see(lambda s: s.scalars(select(Conflict)).all())) == 3


def test_a_merge_in_the_roster_settles_what_the_exchange_asks(pair):
    def build(make):
        return make.expert("Ёлкин Артём Олегович", phone=PHONE, certified=False).id

    ids = pair.here.make(build), pair.there.make(build)
    pair.settle()
    assert len(pair.here.cards()) == len(pair.there.cards()) == 1
    facts = {"table": "expert", "keep_id": ids[1], "drop_id": ids[0], "choices": {}}
    pair.here.do(merge_duplicates, "объединение", **facts)
    assert pair.here.cards() == []
    pair.settle()
    for desk in (pair.here, pair.there):
        assert desk.cards() == found(desk.store) == []
        told = desk.see(lambda s: record_history(s, table="expert", record_id=ids[1]))
        assert [one.row_id for one in told if one.kind == "merged"] == [ids[0]]
    assert take_back(pair.here.store).kept == []
    pair.settle()
    assert len(pair.here.cards()) == len(found(pair.there.store)) == 1


def test_who_was_told_apart_from_a_merged_one_is_apart_from_the_other(store, making):
    making(*(("Ёлкин Артём Олегович", {"phone": PHONE}) for _ in range(3)))
    one, two, three = sorted({ident for each in found(store) for ident in each.pair})
    with store.transaction("разные") as session:
        different(session, table="expert", pairs=[(two, three)])
    with store.transaction("объединение") as session:
        merge_duplicates(session, table="expert", keep_id=one, drop_id=two, choices={})
    assert found(store) == []
    take_back(store)
    assert {each.pair for each in found(store)} == {
        frozenset(pair) for pair in ((one, two), (one, three))
    }


def test_chosen_people_are_compared_whatever_they_are_called(store, making):
    making(("Ким Анна Игоревна", {}), ("Серов Олег Ильич", {}), ("Серов Олег Ильич", {}))
    with store.reading() as session:
        ids = list(session.scalars(select(Expert.id).order_by(Expert.n)))
        pairs = chosen_pairs(session, table="expert", record_ids=[*ids, "никто"])
    strengths = [each.strength for each in pairs]
    assert strengths == [Strength.CHOSEN, Strength.CHOSEN, Strength.LIKELY]
    making(*((f"{last} Пётр Ильич", {}) for last in ("Абаев", "Бунин", "Вагин", "Глинка", "Дёмин",
                                                     "Ершов")))  # fmt: skip
    with store.reading() as session:
        everybody = list(session.scalars(select(Expert.id)))
        (pair,) = chosen_pairs(session, table="expert", record_ids=everybody)
    assert pair.strength is Strength.LIKELY


def test_five_thousand_experts_are_looked_through_in_no_time(store):
    names = [f"{a}{b}" for a in ("Ан", "Бор", "Вол", "Гор", "Дуб") for b in ("ов", "ин", "цев")]
    with store.transaction("много") as session:
        plant = Builder(session).employer()
        session.add_all(
            Expert(last_name=names[i % 15], first_name="Иван", middle_name="Ильич",
                   phone=f"+7912{i:07d}", consent_on=date(2025, 9, 1)) for i in range(5000)
        )  # fmt: skip
        assert plant.id
    begin = time.process_time()
    assert found(store) == []  # namesakes of whom nothing else is known
    assert time.process_time() - begin < 1.5
