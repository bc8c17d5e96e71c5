"""What a coordinator sees where two computers disagreed, and what his choice does."""

from datetime import date

import pytest

from demoexam.errors import NotFound, Refused
from demoexam.models.exchange import Conflict, ConflictKind, ConflictStatus
from demoexam.models.people import Employment, Expert
from demoexam.rules.terms import OrganizationKind
from demoexam.services.history import take_back
from demoexam.services.records.records import change_record, delete_record
from demoexam.services.syncing.choices import choice_text, resolve, resolve_all
from demoexam.services.syncing.conflicts import conflict_rows

PHONES = ("+79000001133", "+79000001122")  # what «here» and «there» write


@pytest.fixture
def expert(pair):
    """An expert whom both computers know."""

    def build(make):
        zarya, vektor = make.employer("ООО «Заря»"), make.employer("АО «Вектор»")
        one = make.expert("Ёлкин Артём Олегович", zarya, phone="+79000000000", certified=False)
        job = make.employment(one, zarya, is_main=False, valid_from=date(2021, 1, 1))
        return one.id, job.id, zarya.id, vektor.id

    ids = pair.here.make(build)
    pair.settle()
    return ids


def change(desk, table, ident, **values):
    desk.do(change_record, table=table, record_id=ident, values=values)


def differ(pair, ident):
    """Both write the phone, each something else besides; here is the first to exchange."""
    change(pair.here, "expert", ident, phone=PHONES[0], email="elkin@example.ru")
    change(pair.there, "expert", ident, phone=PHONES[1], note="второй корпус")
    pair.here.sync()
    assert pair.there.sync().conflicts == 1


def status(desk, ident):
    return desk.see(
        lambda s: (s.get_one(Conflict, ident).status, s.get_one(Conflict, ident).choice)
    )


def value(desk, ident, name):
    return desk.see(lambda s: getattr(s.get_one(Expert, ident), name))


def test_a_card_shows_both_values_and_what_needs_no_choice(pair, expert):
    differ(pair, expert[0])
    card = pair.there.card()
    assert (card.kind, card.table, card.row_id) == (ConflictKind.FIELD, "expert", expert[0])
    assert (card.title, card.record_kind, card.here) == ("Ёлкин Артём Олегович", "Эксперт", True)
    (line,) = card.lines
    assert (line.label, line.base) == ("Телефон", "+79000000000")
    assert (line.mine.words, line.hub.words) == (PHONES[1], PHONES[0])
    assert line.mine.who
    assert line.mine.at.date() == line.hub.at.date() == date.today()
    assert (line.typed, line.text) == (True, PHONES[1])
    assert card.merged == ("E-mail: взято из хранилища", "Заметка: взято ваше")
    assert card.effect == "Доля работодателей не изменится (нет данных)."


def test_another_computer_sees_the_same_card_as_somebody_else_s(pair, expert):
    differ(pair, expert[0])
    pair.here.sync()
    mine, theirs = pair.there.card(), pair.here.card()
    assert not theirs.here
    assert theirs.who == mine.lines[0].mine.who
    assert [line.mine.words for line in theirs.lines] == [PHONES[1]]


@pytest.mark.parametrize(("keep", "phone"), [("mine", PHONES[1]), ("hub", PHONES[0])])
def test_the_chosen_value_comes_to_both_computers(pair, expert, keep, phone):
    differ(pair, expert[0])
    (ident,) = pair.there.card().ids
    text = pair.there.see(lambda s: choice_text(s, ident))
    assert text == "выбор при расхождении: Ёлкин\N{NBSP}А.\N{NBSP}О."
    pair.there.do(resolve, text, conflict_id=ident, keep=keep)
    pair.settle()
    for desk in (pair.here, pair.there):
        assert value(desk, expert[0], "phone") == phone
        assert status(desk, ident) == (ConflictStatus.RESOLVED, keep)
        assert desk.cards() == []
    with pytest.raises(Refused, match="уже решено"):
        pair.here.do(resolve, conflict_id=ident, keep="hub")


def test_a_choice_undone_brings_the_question_back(pair, expert):
    differ(pair, expert[0])
    card = pair.there.card()
    pair.there.do(resolve, "выбор", conflict_id=card.ids[0], keep="mine")
    assert take_back(pair.there.store).kept == []
    assert value(pair.there, expert[0], "phone") == PHONES[0]
    assert pair.there.card().ids == card.ids
    pair.settle()
    assert pair.here.card().ids == card.ids


def test_a_third_value_is_read_as_any_other(pair, expert):
    differ(pair, expert[0])
    (ident,) = pair.there.card().ids
    pair.there.do(resolve, conflict_id=ident, keep="8 (900) 000-11-44")
    assert value(pair.there, expert[0], "phone") == "+79000001144"
    assert status(pair.there, ident)[1] == "8 (900) 000-11-44"


def test_places_of_work_stand_on_the_expert_s_card_in_words(pair, expert):
    one, job, _, vektor = expert
    lada = pair.there.make(lambda make: make.college("Колледж сервиса", inn=None)).id
    change(pair.here, "expert", one, phone=PHONES[0])
    change(pair.here, "employment", job, organization_id=vektor, valid_to="2026-05-27")
    change(pair.there, "expert", one, phone=PHONES[1])
    change(pair.there, "employment", job, organization_id=lada, valid_to="2026-06-30")
    pair.here.sync()
    pair.there.sync()
    card = pair.there.card()
    told = {line.label: (line.mine.words, line.hub.words) for line in card.lines}
    assert card.title == "Ёлкин Артём Олегович"
    assert told == {
        "Телефон": (PHONES[1], PHONES[0]),
        "Организация": ("Колледж сервиса", "АО «Вектор»"),
        "Время работы": ("с 01.01.2021 по 30.06.2026", "с 01.01.2021 по 27.05.2026"),
    }
    assert {line.label: line.typed for line in card.lines} == {
        "Телефон": True, "Организация": False, "Время работы": False,
    }  # fmt: skip
    term = next(line for line in card.lines if line.unit == "term")
    with pytest.raises(Refused, match="нескольких полей"):
        pair.there.do(resolve, conflict_id=term.conflict_id, keep="27.05.2026")
    pair.there.do(resolve_all, answers=dict.fromkeys(card.ids, "mine"))
    assert pair.there.cards() == []
    assert pair.there.see(lambda s: s.get_one(Employment, job).valid_to) == date(2026, 6, 30)


def test_the_share_is_told_with_ours_instead_of_the_hub_s(pair):
    def build(make):
        plant, other = make.employer("ООО «Заря»"), make.employer("АО «Вектор»")
        school = make.organization(OrganizationKind.UNIVERSITY, "Университет")
        sitting = make.sitting()
        first, second = (make.expert(name) for name in ("Ёлкин Артём", "Белов Пётр"))
        job = make.employment(first, plant)
        make.employment(second, plant)
        for one in (first, second):
            make.assignment(sitting, one)
        return job.id, other.id, school.id

    job, other, school = pair.here.make(build)
    pair.settle()
    change(pair.here, "employment", job, organization_id=other)
    change(pair.there, "employment", job, organization_id=school)
    pair.here.sync()
    pair.there.sync()
    card = pair.there.card()
    assert card.effect == (
        "Если взять «У вас», доля работодателей станет 50,0\N{NBSP}% вместо 100,0\N{NBSP}%."
    )
    assert pair.there.see(lambda s: s.get_one(Employment, job).organization_id) == other


def test_two_employers_do_not_move_the_share(pair, expert):
    _, job, _, vektor = expert
    third = pair.there.make(lambda make: make.employer("ПАО «Луч»", inn=None)).id
    change(pair.here, "employment", job, organization_id=vektor)
    change(pair.there, "employment", job, organization_id=third)
    pair.here.sync()
    pair.there.sync()
    assert pair.there.card().effect == (
        "Доля работодателей не изменится (нет данных): обе организации отмечены как работодатели."
    )


def test_deleted_here_and_edited_there_asks_whether_to_delete(pair, expert):
    change(pair.here, "expert", expert[0], note="важное")
    pair.there.do(delete_record, table="expert", record_id=expert[0])
    pair.here.sync()
    pair.there.sync()
    card = pair.there.card()
    line = next(line for line in card.lines if line.table == "expert")
    assert (line.label, line.mine.words, line.hub.words) == (
        "Удаление", "Удалить запись", "Оставить запись",
    )  # fmt: skip
    assert line.hub.who
    pair.there.do(resolve, conflict_id=line.conflict_id, keep="mine")
    pair.settle()
    assert value(pair.here, expert[0], "deleted")


def test_edited_here_and_deleted_there_may_be_deleted_as_the_hub_wanted(pair, expert):
    pair.here.do(delete_record, table="expert", record_id=expert[0])
    change(pair.there, "expert", expert[0], note="важное")
    pair.here.sync()
    pair.there.sync()
    assert not value(pair.there, expert[0], "deleted")
    line = next(line for line in pair.there.card().lines if line.table == "expert")
    assert (line.mine.words, line.hub.words) == ("Оставить запись", "Удалить запись")
    pair.there.do(resolve, conflict_id=line.conflict_id, keep="hub")
    assert value(pair.there, expert[0], "deleted")


def test_the_command_line_gets_facts(pair, expert):
    differ(pair, expert[0])
    (row,) = pair.there.see(conflict_rows)
    assert row["mine"] == {"phone": PHONES[1]}
    assert row["client"] == "there"
    assert row["text"] == f"Ёлкин Артём Олегович: Телефон: «{PHONES[1]}» или «{PHONES[0]}»"


def test_a_conflict_that_is_not_there_is_told(store):
    with store.transaction("выбор") as session, pytest.raises(NotFound):
        resolve(session, conflict_id="нет", keep="mine")
