"""What a coordinator sees where two computers disagreed, and what his choice does."""

from datetime import date

import pytest
from sqlalchemy import select

from demoexam.errors import NotFound, Refused, RulesBroken
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.exchange import Conflict, ConflictKind, ConflictStatus
from demoexam.models.organizations import Organization
from demoexam.models.people import Certificate, Employment, Expert
from demoexam.rules.terms import OrganizationKind
from demoexam.services.history import take_back
from demoexam.services.record_merging import merge_records
from demoexam.services.records import add_record, change_record, delete_record
from demoexam.services.sync_cards import Way
from demoexam.services.sync_choices import choice_text, resolve, resolve_all
from demoexam.services.sync_conflicts import conflict_card, conflict_rows

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
    assert pair.here.see(lambda s: conflict_card(s, theirs.ids[0])) == theirs


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


@pytest.fixture
def workshop(pair):
    """Both know a workshop, a kit, three groups and an expert."""

    def build(make):
        kit, workshop = make.kit(), make.workshop()
        plant, college = make.employer(), make.college()
        groups = [make.group(college, name) for name in ("ТМ-1", "ТМ-2", "ТМ-3")]
        expert = make.expert("Ёлкин Артём Олегович", plant)
        return kit.id, workshop.id, [group.id for group in groups], expert.id

    ids = pair.here.make(build)
    pair.settle()
    return ids


def sitting(desk, workshop, group, day="2026-06-18", *, anywhere=False):
    kit, place, groups, _ = workshop
    values = {"kit_id": kit, "group_id": groups[group], "head_count": "5", "state": "planned",
              "starts_at": f"{day}T09:00", "ends_at": f"{day}T12:30"}  # fmt: skip
    values |= {} if anywhere else {"workshop_id": place}
    return desk.do(add_record, table="exam_session", values=values)


def duty(desk, workshop, ident):
    values = {"session_id": ident, "expert_id": workshop[3], "role": "scoring"}
    return desk.do(add_record, table="assignment", values=values)


def test_ours_that_contradicts_the_plan_is_refused_and_stays_open(pair, workshop):
    ident = sitting(pair.here, workshop, 0)
    pair.settle()
    change(pair.here, "exam_session", ident, starts_at="2026-06-19T09:00",
           ends_at="2026-06-19T12:30")  # fmt: skip
    change(pair.there, "exam_session", ident, starts_at="2026-06-22T09:00",
           ends_at="2026-06-22T12:30")  # fmt: skip
    pair.here.sync()
    pair.there.sync()
    card = pair.there.card()
    (line,) = card.lines
    assert (line.label, line.typed) == ("Время и мастерская", False)
    assert line.mine.words == "22.06.2026, 09:00–12:30, Разработка решений"
    sitting(pair.there, workshop, 1, "2026-06-22")
    with pytest.raises(RulesBroken):
        pair.there.do(resolve, conflict_id=line.conflict_id, keep="mine")
    assert pair.there.card().ids == card.ids


def clash(pair, workshop):
    """Both book the workshop for the same hours; here is the first to exchange."""
    sitting(pair.here, workshop, 0)
    late = sitting(pair.there, workshop, 1)
    pair.here.sync()
    assert pair.there.sync().held == 1
    return late


def held(desk, ident):
    row = desk.see(lambda s: s.get_one(ExamSession, ident))
    return row.held, row.deleted


def test_a_workshop_booked_twice_shows_both_exams_and_the_ways_out(pair, workshop):
    late = clash(pair, workshop)
    card = pair.there.card()
    assert (card.kind, card.row_id, card.here) == (ConflictKind.RULE, late, True)
    assert card.title == "ТМ-2, 18.06.2026"
    assert card.other.title == "ТМ-1, 18.06.2026"
    assert card.reason.startswith("Разработка решений: два экзамена в одно время")
    told = {line.label: (line.this, line.other) for line in card.pairs}
    assert told["Группа"] == ("ТМ-2", "ТМ-1")
    assert [offer.way for offer in card.offers] == [
        Way.RELEASE, Way.MOVE, Way.CANCEL, Way.CANCEL_OTHER,
    ]  # fmt: skip
    assert card.offers[-1].words == "Отменить: ТМ-1, 18.06.2026"
    with pytest.raises(RulesBroken):
        pair.there.do(resolve, conflict_id=card.ids[0], keep=Way.RELEASE)
    with pytest.raises(Refused, match="Сначала измените"):
        pair.there.do(resolve, conflict_id=card.ids[0], keep=Way.MOVE)
    with pytest.raises(Refused, match="не подходит"):
        pair.there.do(resolve, conflict_id=card.ids[0], keep="позже")


@pytest.mark.parametrize(
    ("keep", "mine", "other"),
    [
        ("hub", (True, True), (False, False)),
        (Way.CANCEL, (True, True), (False, False)),
        ("mine", (False, False), (False, True)),
        (Way.CANCEL_OTHER, (False, False), (False, True)),
    ],
)
def test_one_of_two_exams_is_cancelled(pair, workshop, keep, mine, other):
    late = clash(pair, workshop)
    card = pair.there.card()
    pair.there.do(resolve, conflict_id=card.ids[0], keep=keep)
    assert held(pair.there, late) == mine
    assert held(pair.there, card.other.row_id) == other
    pair.settle()
    for desk in (pair.here, pair.there):
        assert desk.cards() == []
        assert held(desk, card.other.row_id) == other
        assert held(desk, late)[1] == mine[1]


def test_a_moved_exam_closes_its_disagreement_at_the_next_exchange(pair, workshop):
    late = clash(pair, workshop)
    change(pair.there, "exam_session", late, starts_at="2026-06-19T09:00",
           ends_at="2026-06-19T12:30")  # fmt: skip
    card = pair.there.card()
    assert "закроется при следующем обмене" in card.reason
    assert card.offers == ()
    pair.settle()
    assert pair.there.cards() == pair.here.cards() == []
    assert held(pair.here, late) == (False, False)


def test_an_expert_taken_twice_is_told_with_the_other_exam(pair, workshop):
    first = sitting(pair.here, workshop, 0)
    second = sitting(pair.here, workshop, 1, anywhere=True)
    pair.settle()
    duty(pair.here, workshop, first)
    late = duty(pair.there, workshop, second)
    pair.here.sync()
    pair.there.sync()
    card = pair.there.card()
    assert (card.table, card.row_id) == ("assignment", late)
    assert card.title.startswith("Ёлкин")
    assert "ТМ-1" in card.reason
    pair.there.do(resolve, conflict_id=card.ids[0], keep=Way.CANCEL_OTHER)
    assert not pair.there.see(lambda s: s.get_one(Assignment, late).held)


def test_a_deleted_group_is_brought_back_for_its_exam(pair, workshop):
    late = sitting(pair.there, workshop, 0)
    group = workshop[2][0]
    pair.here.do(delete_record, table="study_group", record_id=group)
    pair.here.sync()
    assert pair.there.sync().held == 1
    card = pair.there.card()
    assert card.reason == "Удалена запись, на которой держится эта: группа «ТМ-1»."
    assert [offer.way for offer in card.offers] == [Way.RELEASE, Way.UNDELETE, Way.CANCEL]
    pair.there.do(resolve, conflict_id=card.ids[0], keep=Way.UNDELETE)
    pair.settle()
    for desk in (pair.here, pair.there):
        assert held(desk, late) == (False, False)
        assert desk.cards() == []


def twins(pair):
    """The same organization typed on both computers, each with an expert."""

    def build(name, phone, surname):
        def made(make):
            plant = make.employer(name, phone=phone, inn="7707083893", city="")
            return plant.id, make.expert(f"{surname} Пётр", plant, certified=False).id

        return made

    mine = pair.here.make(build("ООО «Заря»", "", "Белов"))
    late = pair.there.make(build("Заря", "+78430000000", "Громов"))
    pair.here.sync()
    pair.there.sync()
    return mine, late


def test_twins_are_shown_side_by_side_and_both_live(pair):
    twins(pair)
    card = pair.there.card()
    assert card.kind is ConflictKind.DUPLICATE
    assert card.reason == "У двух организаций один ИНН."
    told = {line.label: line for line in card.pairs}
    assert {told["Название"].this, told["Название"].other} == {"Заря", "ООО «Заря»"}
    assert told["Название"].differs
    assert not told["ИНН"].differs
    assert "Город" not in told
    assert {offer.way for offer in card.offers} == {Way.DIFFERENT, Way.MERGE, Way.MERGE_OTHER}


def test_twins_become_one_and_undo_makes_them_two_again(pair):
    (kept, _), (dropped, expert) = twins(pair)
    card = pair.there.card()
    way = Way.MERGE if card.row_id == kept else Way.MERGE_OTHER
    pair.there.do(resolve, "объединение", conflict_id=card.ids[0], keep=way)

    def state(session):
        one, other = (session.get_one(Organization, ident) for ident in (kept, dropped))
        job = session.scalar(select(Employment).where(Employment.expert_id == expert))
        return one.phone, other.deleted, job.organization_id

    assert pair.there.see(state) == ("+78430000000", True, kept)
    assert take_back(pair.there.store).kept == []
    assert pair.there.see(state) == ("", False, dropped)
    assert pair.there.card().ids == card.ids
    pair.there.do(resolve, "объединение", conflict_id=card.ids[0], keep=way)
    pair.settle()
    assert pair.here.see(state) == ("+78430000000", True, kept)
    assert pair.here.cards() == []


def test_a_pair_told_apart_is_not_asked_about_again(pair):
    (kept, _), _ = twins(pair)
    card = pair.there.card()
    pair.there.do(resolve, conflict_id=card.ids[0], keep=Way.DIFFERENT)
    pair.settle()
    change(pair.here, "organization", kept, phone="+78430000001")
    pair.settle()
    assert pair.here.cards() == pair.there.cards() == []


def test_merged_people_have_one_main_place_of_work_and_no_paper_twice(pair):
    def build(make):
        plant, bureau = make.employer("ООО «Заря»"), make.employer("АО «Вектор»")
        one, other = (make.expert("Ёлкин Артём", plant, certified=False) for _ in range(2))
        make.employment(other, bureau)
        for person in (one, other):
            make.certificate(person, number="00000001")
        return one.id, other.id

    keep, drop = pair.here.make(build)
    pair.here.do(merge_records, table="expert", keep_id=keep, drop_id=drop)

    def state(session):
        jobs = select(Employment).where(Employment.live(), Employment.expert_id == keep)
        papers = select(Certificate).where(Certificate.live(), Certificate.expert_id == keep)
        return sorted(job.is_main for job in session.scalars(jobs)), len(
            session.scalars(papers).all()
        )

    assert pair.here.see(state) == ([False, True], 1)
    with pytest.raises(Refused, match="одна и та же"):
        pair.here.do(merge_records, table="expert", keep_id=keep, drop_id=keep)


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
