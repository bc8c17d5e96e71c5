"""The history of a record: who, when, what, in words; and taking an earlier value back."""

import json
from datetime import UTC, date, datetime

import pytest
from conftest import Builder
from sqlalchemy import insert, select, text

from demoexam.errors import Refused, RulesBroken
from demoexam.models.base import new_id
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.exchange import Conflict, ConflictKind, ConflictStatus
from demoexam.models.groups import Examinee
from demoexam.models.journal import change, operation
from demoexam.models.people import Employment, Expert, KinshipLink
from demoexam.models.reference import Coordinator
from demoexam.services.history import past_operations, take_back
from demoexam.services.records.history import EntryKind, record_history
from demoexam.services.records.records import change_record, delete_record
from demoexam.services.records.restore import bring_back, restore_lost, restore_value
from demoexam.store.store import Store

OLD, NEW = "+79125550143", "+79125550144"


@pytest.fixture
def expert(store):
    with store.transaction("новый эксперт") as session:
        make = Builder(session)
        return make.expert("Ёлкин Артём Олегович", make.employer("АО «Волгамаш»"), phone=OLD)


def edit(store, table, record_id, words="правка", **values):
    with store.transaction(words) as session:
        change_record(session, table=table, record_id=record_id, values=values)


def told(store, table, record_id):
    with store.reading() as session:
        return record_history(session, table=table, record_id=record_id)


def bring(store, entry, side="before"):
    with store.transaction(entry.wish) as session:
        restore_value(session, change_id=entry.change_id, unit=entry.unit, side=side)


def test_an_edit_is_told_with_who_when_and_both_values(store, expert):
    edit(store, "expert", expert.id, "правка эксперта: телефон", phone=NEW)
    entry = told(store, "expert", expert.id)[0]
    assert (entry.kind, entry.what, entry.before, entry.after) == ("changed", "Телефон", OLD, NEW)
    assert (entry.operation, entry.about) == ("правка эксперта: телефон", "")
    with store.reading() as session:
        assert entry.who == session.scalar(select(Coordinator.name))
    assert abs((datetime.now() - entry.at).total_seconds()) < 60
    assert entry.sides == ("before",)
    assert entry.wish == "возврат прежнего значения: Телефон, Ёлкин\xa0А.\xa0О."


def test_parts_belong_to_the_history_and_the_newest_comes_first(store, expert):
    with store.reading() as session:
        job = session.scalar(select(Employment.id))
    edit(store, "employment", job, valid_to="31.08.2026", post="мастер")
    entries = told(store, "expert", expert.id)
    assert [(one.what, one.before, one.after) for one in entries[:2]] == [
        ("Должность", "инженер", "мастер"),
        ("Время работы", "с 01.01.2020", "с 01.01.2020 по 31.08.2026"),
    ]
    assert entries[0].about == "Место работы: АО «Волгамаш»"
    assert {one.kind for one in entries[2:]} == {EntryKind.CREATED}
    assert "Телефон: +79125550143" in entries[-1].after


def test_a_sitting_tells_its_duties_and_places_with_time_as_one_value(store):
    with store.transaction("экзамен") as session:
        sitting = Builder(session).staffed_sitting()
    with store.transaction("перенос") as session:
        row = session.get_one(ExamSession, sitting.id)
        row.starts_at, row.ends_at = row.starts_at.replace(hour=10), row.ends_at.replace(hour=14)
    entries = told(store, "exam_session", sitting.id)
    assert entries[0].what == "Время и мастерская"
    assert entries[0].before == "18.06.2026, 09:00–12:30, Разработка решений"
    abouts = {one.about.partition(":")[0] for one in entries[1:]}
    assert abouts == {"", "Назначение", "Участник"}


def test_raw_sql_is_outside_the_program(store, expert):
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE expert SET note = 'мимо'"))
    entry = told(store, "expert", expert.id)[0]
    assert (entry.who, entry.operation, entry.after) == ("вне программы", "", "мимо")
    assert entry.at is not None


def test_an_edit_of_another_desktop_is_told_by_its_own_time(store, expert):
    edit(store, "expert", expert.id, "здесь", note="позже")
    colleague = pulled_edit(store, "expert", expert.id, "phone", OLD, NEW, at="2020-01-01T06:00:00")
    entries = told(store, "expert", expert.id)
    assert entries[-1].who == colleague
    assert (entries[-1].what, entries[-1].before, entries[-1].after) == ("Телефон", OLD, NEW)
    assert entries[-1].sides == ("before",)


def test_a_value_comes_back_as_an_operation_that_can_be_undone(store, expert):
    edit(store, "expert", expert.id, phone=NEW)
    bring(store, told(store, "expert", expert.id)[0])
    with store.reading() as session:
        assert session.get_one(Expert, expert.id).phone == OLD
        assert past_operations(session)[0].text.startswith("возврат прежнего значения: Телефон")
    newest, edited, *_ = told(store, "expert", expert.id)
    assert (newest.before, newest.after, edited.sides) == (NEW, OLD, ("after",))

    take_back(store)
    with store.reading() as session:
        assert session.get_one(Expert, expert.id).phone == NEW


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("expert", {"consent_on": "01.05.2026", "active": "нет", "note": "заметка"}),
        ("competence", {"roles": '["chief"]'}),
        ("employment", {"counts_as_employer": "да", "override_reason": "совместитель"}),
        ("exam_place", {"points": '{"1":150}', "attended": "да", "workplace": "3"}),
        ("task_module", {"max_points": "800"}),
        ("workshop", {"equipment": '["станок"]', "opening_hours": '{"1":["08:00","20:00"]}'}),
    ],
)
def test_values_of_every_type_come_back_as_they_were(store, table, values):
    with store.transaction("данные") as session:
        make = Builder(session)
        expert = make.expert(organization=make.employer())
        make.competence(expert)
        make.place(make.sitting(), make.examinee(make.group()))
        row_id = session.scalar(text(f"SELECT id FROM {table} LIMIT 1"))

    def row():
        with store.reading() as session:
            query = text(f"SELECT * FROM {table} WHERE id = :id")
            return dict(session.execute(query, {"id": row_id}).mappings().one())

    before = row()
    edit(store, table, row_id, **values)
    assert row() != before
    for entry in told(store, table, row_id):
        if entry.kind is EntryKind.CHANGED and "before" in entry.sides:
            bring(store, entry)
    assert row() == before


def test_a_value_passes_the_rules_of_the_plan(store):
    with store.transaction("данные") as session:
        make = Builder(session)
        sitting, shop = make.staffed_sitting(), make.workshop(name="Вторая")
        first = sitting.workshop_id
    edit(store, "exam_session", sitting.id, workshop_id=shop.id)
    with store.transaction("другой экзамен на том же месте") as session:
        make = Builder(session)
        taken = session.get_one(ExamSession, sitting.id)
        make.sitting(
            make.group(name="Б-1"), make.kit("09.02.07-3-2026"), starts_at=taken.starts_at,
            ends_at=taken.ends_at, workshop=session.get_one(type(shop), first),
        )  # fmt: skip
    entry = told(store, "exam_session", sitting.id)[0]
    with pytest.raises(RulesBroken):
        bring(store, entry)
    with store.reading() as session:
        assert session.get_one(ExamSession, sitting.id).workshop_id == shop.id


def test_a_sitting_that_took_place_keeps_its_time(store):
    with store.transaction("экзамен") as session:
        sitting = Builder(session).staffed_sitting()
    edit(store, "exam_session", sitting.id, preparation_day="15.06.2026")
    edit(store, "exam_session", sitting.id, state="done")
    entry = next(e for e in told(store, "exam_session", sitting.id) if e.unit == "preparation_day")
    with pytest.raises(Refused, match="уже проведён"):
        bring(store, entry)


def test_a_value_that_names_what_is_gone_is_refused(store, expert):
    with store.reading() as session:
        job = session.scalars(select(Employment)).one()
    with store.transaction("новая организация") as session:
        other = Builder(session).employer("ООО «Другая»")
    edit(store, "employment", job.id, organization_id=other.id)
    with store.transaction("удаление") as session:
        delete_record(session, table="organization", record_id=job.organization_id)
    entry = told(store, "expert", expert.id)[0]
    with pytest.raises(Refused, match="АО «Волгамаш»"):
        bring(store, entry)


def test_what_was_deleted_comes_back_with_its_parts(store, expert):
    with store.transaction("удаление эксперта") as session:
        delete_record(session, table="expert", record_id=expert.id)
    entries = told(store, "expert", expert.id)
    gone = next(one for one in entries if one.kind is EntryKind.DELETED and not one.about)
    assert gone.sides == ("before",)
    bring(store, gone)
    with store.reading() as session:
        assert not session.get_one(Expert, expert.id).deleted
        assert session.scalars(select(Employment.deleted)).all() == [False]


def test_a_duty_taken_off_comes_back(store):
    with store.transaction("экзамен") as session:
        sitting = Builder(session).staffed_sitting()
        duty = session.scalar(select(Assignment.id))
    with store.transaction("снят") as session:
        delete_record(session, table="assignment", record_id=duty)
    bring(store, told(store, "exam_session", sitting.id)[0])
    with store.reading() as session:
        assert not session.get_one(Assignment, duty).deleted


@pytest.fixture
def conflict(store, expert):
    """The hub's phone stayed; ours lost. Gives the conflict's id."""
    with store.applying() as connection:
        connection.execute(text("UPDATE expert SET phone = :new"), {"new": NEW})
    lost = Conflict(
        table_name="expert", row_id=expert.id, kind=ConflictKind.FIELD, unit="phone",
        base=json.dumps({"phone": ""}), ours=json.dumps({"phone": OLD}),
        theirs=json.dumps({"phone": NEW}), at=datetime.now(UTC).replace(tzinfo=None),
    )  # fmt: skip
    with store.transaction("обмен") as session:
        lost.who = session.scalar(select(Coordinator.id))
        session.add(lost)
    return lost.id


def test_the_loser_of_a_conflict_is_found_and_restored(store, expert, conflict):
    entry = next(e for e in told(store, "expert", expert.id) if e.kind is EntryKind.CONFLICT)
    assert (entry.what, entry.before, entry.after, entry.sides) == (
        "Телефон",
        OLD,
        NEW,
        ("before",),
    )
    assert entry.who
    with store.transaction(entry.wish) as session:
        restore_lost(session, conflict_id=conflict)
    with store.reading() as session:
        assert session.get_one(Expert, expert.id).phone == OLD
        settled = session.get_one(Conflict, conflict)
        assert (settled.status, settled.choice) == (ConflictStatus.RESOLVED, "mine")


def test_the_undo_of_a_choice_opens_the_conflict_again(store, expert, conflict):
    with store.transaction("выбор") as session:
        restore_lost(session, conflict_id=conflict)
    take_back(store)
    with store.reading() as session:
        assert session.get_one(Expert, expert.id).phone == NEW
        opened = session.get_one(Conflict, conflict)
        assert (opened.status, opened.choice) == (ConflictStatus.OPEN, None)


def test_history_of_a_long_season_is_read_quickly(store):
    with store.transaction("группа") as session:
        make = Builder(session)
        group = make.group()
        students = [make.examinee(group).id for _ in range(30)]
    for number in range(10):
        with store.transaction(f"правка {number}") as session:
            session.execute(text("UPDATE examinee SET note = :n"), {"n": str(number)})
    entries = told(store, "study_group", group.id)
    assert len(entries) == 1 + 30 + 300
    assert sum(one.row_id == students[0] for one in entries) == 11
    assert date.today() <= entries[0].at.date()


def pulled_edit(store: Store, table, row_id, column, before, after, *, at):  # noqa: PLR0917
    """Another desktop's edit as an exchange brings it; gives the colleague's name."""
    who, made = new_id(), new_id()
    with store.applying() as connection:
        connection.execute(text(f"UPDATE {table} SET {column} = :v"), {"v": after})
        connection.execute(insert(Coordinator).values(id=who, name="Ирина", login="irina"))
        entry = {"id": made, "who": who, "client": "other", "text": "там", "rev": 7}
        connection.execute(insert(operation).values(at=datetime.fromisoformat(at), **entry))
        connection.execute(
            insert(change).values(
                id=new_id(), operation_id=made, table_name=table, row_id=row_id, rev=7,
                before=json.dumps({column: before}), after=json.dumps({column: after}),
            )
        )  # fmt: skip
    return "Ирина"


def test_parts_of_parts_come_back_with_a_record(store):
    with store.transaction("группа со студентом") as session:
        make = Builder(session)
        student = make.examinee(group := make.group())
        link = make.kinship(make.expert("Ёлкин Артём Олегович"), student)
    with store.transaction("удаление") as session:
        delete_record(session, table="study_group", record_id=group.id)
    with store.transaction("возврат") as session:
        assert session.get(KinshipLink, link.id).deleted
        bring_back(session, table="study_group", record_id=group.id)
    with store.reading() as session:
        for entity, ident in ((Examinee, student.id), (KinshipLink, link.id)):
            assert not session.get(entity, ident).deleted
