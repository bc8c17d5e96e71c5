"""Two records become one: field by field, reversible, both histories kept."""

from datetime import date

import pytest
from conftest import Builder, inn
from services.merging import content, merge
from sqlalchemy import select

from demoexam.errors import Refused
from demoexam.models.exams import Assignment
from demoexam.models.organizations import Organization
from demoexam.models.people import Certificate, Competence, Employment, Expert
from demoexam.rules.terms import OrganizationKind, Role
from demoexam.services.college.college import store_setting
from demoexam.services.duplicates.cards import duplicate_card
from demoexam.services.duplicates.duplicates import chosen_pairs, find_duplicates
from demoexam.services.duplicates.merging import try_merge
from demoexam.services.history import bring_back, take_back
from demoexam.services.records.erased import ErasedForGood
from demoexam.services.records.erasure import erase_person
from demoexam.services.records.history import EntryKind, record_history
from demoexam.services.records.records import change_record

PHONE, OTHER_PHONE = "+79120000001", "+79120000002"


@pytest.fixture
def people(store):
    """One person twice: at a plant with an exam, and at a college with another one."""
    with store.transaction("данные") as session:
        make = Builder(session)
        plant, college = make.employer("АО «Вектор»"), make.college("Колледж связи")
        sitting = make.sitting(make.group(make.college("Лицей"), "ТМ-1"))
        later = make.sitting(
            make.group(make.college("Лицей № 2"), "ТМ-2"), make.kit("09.02.07-5-2026"),
            make.workshop(name="Вторая"), day=date(2026, 6, 25),
        )  # fmt: skip
        one = make.expert("Ёлкин Артём Олегович", plant, phone=PHONE, certified=False, note="раз")
        make.certificate(one, number="0042")
        make.competence(one, roles=["scoring"])
        make.assignment(sitting, one)
        two = make.expert("ЕЛКИН Артём Олегович", college, phone=PHONE, certified=False, note="два",
                          email="a@example.org", since=date(2024, 9, 1))  # fmt: skip
        make.certificate(two, number="0042", valid_until=None)
        make.competence(two, roles=["chief"])
        make.assignment(later, two)
        return one.id, two.id


def card_of(store, ids, table="expert"):
    with store.reading() as session:
        return duplicate_card(session, chosen_pairs(session, table=table, record_ids=ids)[0])


def rows(store, entity, **wanted):
    with store.reading() as session:
        return session.scalars(select(entity).where(entity.live()).filter_by(**wanted)).all()


def test_the_card_shows_both_and_proposes_the_fuller_and_better_spelt(store, people):
    card = card_of(store, people)
    assert (card.keep_id, card.drop_id) == people
    told = {line.key: (line.this, line.other, line.choice) for line in card.differing}
    assert told["last_name"] == ("Ёлкин", "ЕЛКИН", "this")
    assert told["email"] == ("—", "a@example.org", "other")
    assert told["main_job"][1] == "Колледж связи, инженер, с 01.09.2024"
    assert told["main_job"][2] == "other"  # the newer one
    assert {"first_name", "middle_name", "phone"} & told.keys() == set()
    note = next(line for line in card.fields if line.key == "note")
    assert (note.typed, note.text) == (True, "раз; два")
    parts = {line.label: (line.this, line.other) for line in card.parts}
    assert parts["Экзамены"] == (["ТМ-1, 18.06.2026, член экспертной группы"],
                                 ["ТМ-2, 25.06.2026, член экспертной группы"])  # fmt: skip
    assert parts["Свидетельства"] == (["0042 до 31.12.2030"], ["0042"])


def test_what_was_edited_last_is_proposed(store, people):
    with store.transaction("правка") as session:
        change_record(session, table="expert", record_id=people[1], values={"phone": OTHER_PHONE})
    (line,) = (line for line in card_of(store, people).fields if line.key == "phone")
    assert (line.this, line.other, line.choice) == (PHONE, OTHER_PHONE, "other")


def test_fields_come_as_chosen_and_parts_come_together(store, people):
    merge(store, people, last_name="this", note="=раз; два", email="other", main_job="other")
    (one,) = rows(store, Expert)
    assert (one.id, one.last_name, one.note) == (people[0], "Ёлкин", "раз; два")
    assert one.email == "a@example.org"
    jobs = rows(store, Employment, expert_id=one.id)
    assert {job.valid_from: job.is_main for job in jobs} == {
        date(2020, 1, 1): False, date(2024, 9, 1): True,
    }  # fmt: skip
    (paper,) = rows(store, Certificate)
    assert (paper.number, paper.valid_until) == ("0042", date(2030, 12, 31))
    (able,) = rows(store, Competence)
    assert able.roles == ["scoring", "chief"]
    assert [duty.expert_id for duty in rows(store, Assignment)] == [one.id] * 2
    assert find(store) == []


def find(store, table="expert"):
    with store.reading() as session:
        return find_duplicates(session, table=table)


def test_undo_and_redo_bring_back_every_byte(store, people):
    before = content(store)
    merge(store, people, note="other", main_job="other", last_name="other")
    after = content(store)
    assert before != after
    assert take_back(store).kept == []
    assert content(store) == before
    assert len(find(store)) == 1
    assert bring_back(store).kept == []
    assert content(store) == after
    assert take_back(store).kept == []
    assert content(store) == before


def test_both_histories_stand_in_the_kept_record(store, people):
    merge(store, people, note="other")
    with store.reading() as session:
        entries = record_history(session, table="expert", record_id=people[0])
    (gone,) = (entry for entry in entries if entry.kind is EntryKind.MERGED)
    assert gone.about == "Из объединённой записи: ЕЛКИН Артём Олегович"
    assert "Заметка: два" in gone.after
    assert "E-mail: a@example.org" in gone.after
    made = [
        entry for entry in entries if entry.kind is EntryKind.CREATED and entry.row_id in people
    ]
    assert [entry.about for entry in made] == [gone.about, ""]
    assert [(e.before, e.after) for e in entries if e.what == "Заметка"] == [("раз", "два")]
    assert not any(entry.sides for entry in entries if entry.row_id == people[1])
    take_back(store)
    with store.reading() as session:
        entries = record_history(session, table="expert", record_id=people[0])
    assert not any(entry.row_id == people[1] for entry in entries)


def test_a_merged_person_is_erased_as_one(store, people):
    merge(store, people, note="this")
    with store.transaction("удаление персональных данных") as session:
        erase_person(session, table="expert", record_id=people[0])
    assert "a@example.org" not in str(content(store))
    with store.reading() as session:
        left = session.get_one(Expert, people[1])
        told = record_history(session, table="expert", record_id=people[0])
        assert (left.email, left.note) == ("", "")
        assert "a@example.org" not in str(told)


def test_what_a_merge_breaks_and_does_to_the_share_is_told_before(store, people):
    with store.transaction("ещё") as session:
        make = Builder(session)
        duty = session.scalars(select(Assignment).where(Assignment.expert_id == people[0])).one()
        third = make.sitting(
            make.group(make.college("Лицей № 3"), "ТМ-3"), make.kit("09.02.07-7-2026"),
            make.workshop(name="Третья"), day=date(2026, 6, 18),
        )  # fmt: skip
        make.assignment(third, session.get_one(Expert, people[1]))
        assert duty
    before = content(store)
    with store.reading() as session:
        facts = {"table": "expert", "keep_id": people[0], "drop_id": people[1]}
        stays = try_merge(session, **facts, choices={"main_job": "this"})
        moves = try_merge(session, **facts, choices={"main_job": "other"})
    assert content(store) == before
    assert stays.share == (
        "Доля 2026: сейчас 50,0\xa0% (1 из 2\xa0экспертов), станет 100,0\xa0% (1 из 1\xa0эксперта)."
    )
    assert stays.changes_share
    assert moves.share.endswith("станет 0,0\xa0% (0 из 1\xa0эксперта).")
    (told,) = stays.held
    assert "Ёлкин" in told
    merge(store, people)
    held = [duty for duty in all_rows(store, Assignment) if duty.held]
    assert len(held) == 1
    assert take_back(store).kept == []
    assert content(store) == before


def all_rows(store, entity):
    with store.reading() as session:
        return session.scalars(select(entity).where(entity.deleted.is_(False))).all()


def test_one_duty_written_for_both_is_one_duty(store, people):
    with store.transaction("ещё") as session:
        first = session.scalars(select(Assignment).where(Assignment.expert_id == people[0])).one()
        session.add(Assignment(session_id=first.session_id, expert_id=people[1], role=Role.SCORING,
                               workplaces="3"))  # fmt: skip
    merge(store, people)
    duties = rows(store, Assignment, session_id=first.session_id)
    assert [duty.workplaces for duty in duties] == ["3"]
    assert not any(duty.held for duty in all_rows(store, Assignment))


def test_what_cannot_be_one_is_refused(store, people):
    with pytest.raises(Refused, match="не подходит"):
        merge(store, people, phone="обе")
    with pytest.raises(Refused, match="записано с ошибкой"):
        merge(store, people, phone="=12")
    with store.transaction("удаление персональных данных") as session:
        erase_person(session, table="expert", record_id=people[1])
    with pytest.raises(ErasedForGood):
        merge(store, people)


@pytest.fixture
def places(store):
    with store.transaction("данные") as session:
        make = Builder(session)
        one = make.employer("ООО «Заря»", inn=inn(7), full_name="")
        two = make.organization(
            OrganizationKind.COLLEGE, "Заря", inn=None, city="", phone=PHONE, full_name=""
        )
        make.assignment(make.sitting(), make.expert("Ёлкин Артём Олегович", two))
        make.expert("Серов Олег Ильич", one)
        make.expert("Ким Анна Игоревна", one)
        return one.id, two.id


def test_organizations_become_one_with_their_people(store, places):
    card = card_of(store, places, "organization")
    assert card.likeness.reason == "Название одно, в одной записи нет правовой формы."
    assert (card.keep_id, card.parts[0].this) == (
        places[0], ["Ким\xa0А.\xa0И.", "Серов\xa0О.\xa0И."],
    )  # fmt: skip
    told = {line.key: (line.this, line.other, line.choice) for line in card.differing}
    assert told["kind"][:2] == ("работодатель", "колледж")
    assert told["inn"] == (inn(7), "—", "this")
    with store.reading() as session:
        facts = {"table": "organization", "keep_id": places[0], "drop_id": places[1]}
        effect = try_merge(session, **facts, choices={"kind": "this"})
        calm = try_merge(session, **facts, choices={"kind": "other"})
    assert (effect.changes_share, calm.changes_share) == (True, False)
    before = content(store)
    merge(store, places, "organization", kind="this", inn="this", phone="other")
    jobs = rows(store, Employment)
    assert {job.organization_id for job in jobs} == {places[0]}
    one = rows(store, Organization, id=places[0])[0]
    assert (one.kind, one.inn, one.phone) == (OrganizationKind.EMPLOYER, inn(7), PHONE)
    assert take_back(store).kept == []
    assert content(store) == before


def test_the_own_college_is_never_merged_away(store, places):
    with store.transaction("настройка") as session:
        store_setting(session, key="own_college", value=places[1])
    card = card_of(store, places, "organization")
    assert (card.keep_id, card.drop_id) == places[::-1]
    with pytest.raises(Refused, match="Свой колледж"):
        merge(store, places, "organization")
    merge(store, places[::-1], "organization", inn="other")
    assert rows(store, Organization, id=places[1])[0].inn == inn(7)
