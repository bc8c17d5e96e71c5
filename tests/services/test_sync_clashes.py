"""Two records that contradict each other or are one: what is shown, and what each way does."""

import pytest
from sqlalchemy import select

from demoexam.errors import Refused, RulesBroken
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.exchange import ConflictKind
from demoexam.models.organizations import Organization
from demoexam.models.people import Certificate, Employment
from demoexam.services.duplicates.record_merging import merge_records
from demoexam.services.history import take_back
from demoexam.services.records.records import add_record, change_record, delete_record
from demoexam.services.syncing.cards import Way
from demoexam.services.syncing.choices import resolve

PHONES = ("+79000001133", "+79000001122")  # what «here» and «there» write


def change(desk, table, ident, **values):
    desk.do(change_record, table=table, record_id=ident, values=values)


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
