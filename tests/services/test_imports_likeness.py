"""Rows that resemble somebody: what is joined at once, what is asked, what the answer does."""

from pathlib import Path

import pytest
from import_lists import csv_file, state_of
from import_truth import TODAY
from sqlalchemy import select

from demoexam.errors import UserError
from demoexam.exchange.cells import Place
from demoexam.exchange.reading import read_book
from demoexam.models.people import Employment, Expert
from demoexam.services.duplicates.duplicates import find_duplicates
from demoexam.services.history import take_back
from demoexam.services.imports.imports import apply, import_file, preview, read_content
from demoexam.services.imports.plan import Decision, ImportPlan, Status
from demoexam.store.store import Store

HEADER = ("ФИО", "СНИЛС", "Место работы", "Телефон", "Почта", "№ свидетельства")
IVANOVA = ("Иванова Елена Викторовна", "112-233-445 95", "ООО «Завод»", "+7 900 000-00-01",
           "iva@example.net", "0012345678")  # fmt: skip
OTHER_SNILS = "923-015-838 80"


def planned(store: Store, path: Path, **decisions: Decision) -> ImportPlan:
    """The plan of a file; `row_3=Decision.SAME` answers for its third row."""
    with store.reading() as session:
        content = read_content(session, path, today=TODAY, read=read_book)
        sheet = content.people[0].place.sheet
        said = {Place(sheet, int(name[4:])): word for name, word in decisions.items()}
        return preview(session, content, today=TODAY, decisions=said)


def load(store: Store, path: Path, **decisions: Decision) -> ImportPlan:
    plan = planned(store, path, **decisions)
    with store.transaction(f"загрузка {path.name}") as session:
        apply(session, plan, today=TODAY)
    return plan


def names(store: Store) -> list[str]:
    with store.reading() as session:
        people = session.scalars(select(Expert).where(Expert.live()).order_by(Expert.n))
        return [f"{one.last_name} {one.first_name} {one.middle_name}".strip() for one in people]


def with_(row: tuple[str, ...] = IVANOVA, **cells: str) -> tuple[str, ...]:
    """The row with other values, by the place in the header."""
    titles = {"name": 0, "snils": 1, "work": 2, "phone": 3, "email": 4, "paper": 5}
    news = {titles[key]: value for key, value in cells.items()}
    return tuple(news.get(i, cell) for i, cell in enumerate(row))


@pytest.fixture
def known(store: Store, tmp_path: Path) -> Store:
    """A store that knows one expert."""
    import_file(
        store, csv_file(tmp_path / "было.csv", HEADER, IVANOVA), today=TODAY, read=read_book
    )
    return store


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"name": "ИВАНОВА  Елена викторовна"}, []),
        ({"name": "Елена Викторовна Иванова"}, []),
        ({"work": "ООО «Ромашка»"}, ["organization_id"]),
        ({"work": "ООО «Ромашка»", "snils": "", "phone": "", "email": ""}, ["organization_id"]),
        ({"phone": "+7 900 000-00-02"}, ["phone"]),
        ({"phone": "+7 900 000-00-02", "email": "", "snils": "", "paper": ""}, ["phone"]),
        ({"name": "Петрова Елена Викторовна"}, ["last_name"]),
        ({"name": "Иваноав Елена Викторовна"}, ["last_name"]),
        ({"name": "Петрова Елена Викторовна", "snils": ""}, ["last_name"]),
        ({"name": "Петрова Елена Викторовна", "snils": "", "paper": ""}, ["last_name"]),
        ({"snils": OTHER_SNILS}, []),
        ({"snils": OTHER_SNILS, "paper": ""}, []),
    ],
)
def test_a_sure_match_is_the_same_record(known, tmp_path, change, fields):
    path = csv_file(tmp_path / "стало.csv", HEADER, with_(**change))
    row = load(known, path).rows[0]
    assert [each.field for each in row.changes] == fields
    assert len(names(known)) == 1
    assert not planned(known, path).writes


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"work": "ООО «Ромашка»", "snils": "", "phone": "", "email": "", "paper": ""},
         "то же имя; другое место работы"),
        ({"snils": OTHER_SNILS, "paper": "", "email": ""},
         "то же имя, тот же телефон, то же место работы; другой СНИЛС"),
        ({"name": "Петрова Елена Викторовна", "snils": "", "paper": "", "email": ""},
         "тот же телефон, то же место работы; другая фамилия"),
        ({"name": "Кузьмин Олег Ильич", "phone": "", "email": "", "paper": ""},
         "тот же СНИЛС, то же место работы; другое имя"),
        ({"name": "Иванова Елена", "snils": "", "phone": "", "email": "", "paper": ""},
         "то же место работы; отчество указано не везде"),
    ],
)  # fmt: skip
def test_a_weak_match_is_asked_about_and_the_word_decides(known, tmp_path, change, reason):
    path = csv_file(tmp_path / "стало.csv", HEADER, with_(**change))
    row = planned(known, path).rows[0]
    assert row.status is Status.NEW
    assert row.likeness.reason == f"Иванова Елена Викторовна: {reason}"
    assert row.reasons[0].endswith(row.likeness.reason)
    put_off = planned(known, path, row_2=Decision.SKIP)
    assert put_off.rows[0].status is Status.SKIPPED
    assert put_off.rows[0].likeness == row.likeness
    assert not put_off.writes.added.get("expert")
    before = state_of(known)
    load(known, path, row_2=Decision.DIFFERENT)
    assert len(names(known)) == 2
    assert not planned(known, path).writes  # a namesake is known from now on
    with known.reading() as session:
        assert find_duplicates(session, table="expert") == []  # and nobody asks again
    take_back(known)
    assert state_of(known) == before
    same = load(known, path, row_2=Decision.SAME)
    assert same.rows[0].status in {Status.CHANGED, Status.SAME}
    assert same.rows[0].record_id == row.likeness.record_id
    assert not same.rows[0].reasons
    assert len(names(known)) == 1


def test_the_surer_row_is_the_expert_whatever_their_order(known, tmp_path):
    weak = with_(snils=OTHER_SNILS, phone="", email="", paper="")
    path = csv_file(tmp_path / "два.csv", HEADER, weak, IVANOVA)
    plan = load(known, path)
    assert [row.status for row in plan.rows] == [Status.NEW, Status.SAME]
    assert len(names(known)) == 2
    assert not planned(known, path).writes
    nameless = with_(weak, snils="", phone="8 900 000-00-07")
    row = planned(known, csv_file(tmp_path / "третий.csv", HEADER, nameless)).rows[0]
    # which of the two namesakes it is, nobody can say
    assert (row.status, bool(row.likeness)) == (Status.NEW, True)


def test_initials_are_led_to_the_only_person_they_fit_when_the_user_says_so(known, tmp_path):
    path = csv_file(tmp_path / "инициалы.csv", HEADER, with_(name="Иванова Е. В.", snils=""))
    row = planned(known, path).rows[0]
    assert (row.status, row.likeness.record_id != "") == (Status.ERROR, True)
    path = csv_file(tmp_path / "телефон.csv", HEADER,
                    with_(name="Иванова Е. В.", snils="", phone="+7 900 000-00-09"))  # fmt: skip
    row = load(known, path, row_2=Decision.SAME).rows[0]
    assert [each.field for each in row.changes] == ["phone"]
    assert names(known) == ["Иванова Елена Викторовна"]


def test_two_rows_that_may_be_one_wait_for_the_word(store, tmp_path):
    path = csv_file(
        tmp_path / "пара.csv", HEADER,
        with_(snils="", email="", paper=""),
        with_(name="Петрова Елена Викторовна", snils="", work="ООО «Ромашка»", paper=""),
    )  # fmt: skip
    plan = planned(store, path)
    assert [row.status for row in plan.rows] == [Status.NEW, Status.NEW]
    asked = plan.rows[1].likeness
    assert (asked.row.row, asked.record_id) == (2, "")
    assert asked.reason == "тот же телефон; другая фамилия, другое место работы"
    assert plan.rows[1].reasons == ("возможно, тот же человек, что в строке 2",)
    same = planned(store, path, row_3=Decision.SAME)
    assert [row.status for row in same.rows] == [Status.NEW, Status.DUPLICATE]
    assert not same.rows[1].likeness.joined
    apart = planned(store, path, row_3=Decision.DIFFERENT)
    assert [row.reasons for row in apart.rows] == [(), ()]
    load(store, path, row_3=Decision.SAME)
    with store.reading() as session:
        assert len(session.scalars(select(Employment)).all()) == 2
    assert names(store) == ["Иванова Елена Викторовна"]


def test_rows_joined_by_themselves_can_be_parted(store, tmp_path):
    path = csv_file(tmp_path / "тёзки.csv", HEADER, IVANOVA, with_(snils="", phone="", email=""))
    plan = planned(store, path)
    assert [row.status for row in plan.rows] == [Status.NEW, Status.DUPLICATE]
    assert plan.rows[1].likeness.joined
    load(store, path, row_3=Decision.DIFFERENT)
    assert len(names(store)) == 2


def test_the_record_chosen_was_deleted_meanwhile(known, tmp_path):
    moved = with_(work="ООО «Ромашка»", snils="", phone="", email="", paper="")
    path = csv_file(tmp_path / "стало.csv", HEADER, moved)
    plan = planned(known, path, row_2=Decision.SAME)
    with known.transaction("удаление") as session:
        session.get_one(Expert, plan.rows[0].record_id).deleted = True
    with (
        pytest.raises(UserError, match="строку 2 "),
        known.transaction("загрузка") as session,
    ):
        apply(session, plan, today=TODAY)
    assert names(known) == []
