"""The board is read, sittings are moved over it, and every move can be taken back."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from conftest import EXAM_DAY, Builder
from sqlalchemy import select

from demoexam.errors import Refused, RulesBroken
from demoexam.models.exams import Assignment, ExamSession
from demoexam.rules.placing import Move
from demoexam.rules.terms import BookingPurpose, Level, Role, SessionState
from demoexam.services.history import take_back
from demoexam.services.plan.check import findings
from demoexam.services.season.moves import (
    copy_day,
    move_sittings,
    set_pinned,
    shift_sittings,
    unplace,
)
from demoexam.services.season.reading import load_season
from demoexam.services.season.season import coloured, judge, judged

TODAY = date(2026, 3, 2)
FIRST, LAST = date(2026, 6, 1), date(2026, 7, 5)
TUESDAY = EXAM_DAY + timedelta(days=5)


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


def to(sitting, day, hour=9, workshop=None):
    place = workshop.id if workshop else sitting.workshop_id
    return Move(sitting.id, place, datetime(day.year, day.month, day.day, hour))


def board(session):
    season = load_season(session, first=FIRST, last=LAST)
    return coloured(season, judged(session, FIRST, LAST, TODAY).told)


# -- the board ----------------------------------------------------------------------------


def test_board_shows_workshops_sittings_and_bookings(session, make):
    sitting = make.staffed_sitting()
    room = make.workshop(name="Архив")
    start = datetime(2026, 6, 10, 9)
    make.booking(room, start, start + timedelta(hours=2), organizer="Отдел практики")
    season = board(session)
    assert [lane.name for lane in season.lanes] == ["Архив", "Разработка решений"]
    (chip,) = season.chips
    assert (chip.id, chip.title, chip.people) == (sitting.id, "ИС-41", 5)
    assert (chip.experts, chip.experts_needed, chip.findings, chip.level_found) == (3, 2, 0, None)
    (mark,) = season.marks
    assert (mark.workshop_id, mark.purpose) == (room.id, BookingPurpose.LESSONS)
    assert season.days_off[date(2026, 6, 12)] == "День России"
    assert EXAM_DAY not in season.days_off


def test_both_sides_of_a_clash_and_shifts_are_marked(session, make):
    group, room = make.group(), make.workshop()
    kit = make.kit()
    for hour in (9, 11):
        make.sitting(group, kit, room, at=hour)
    chips = board(session).chips
    assert [chip.title for chip in chips] == ["ИС-41, 1-я смена", "ИС-41, 2-я смена"]
    assert {chip.level_found for chip in chips} == {Level.CONTRADICTION}


def test_undated_sitting_waits_beside_the_board(session, make):
    sitting = make.staffed_sitting()
    unplace(session, [sitting.id], today=TODAY)
    season = board(session)
    assert season.chips == []
    (chip,) = season.unplaced
    assert (chip.starts_at, chip.state, chip.experts) == (None, SessionState.DRAFT, 3)
    assert chip.level_found is Level.INCOMPLETE
    back = Move(sitting.id, sitting.workshop_id, datetime(2026, 6, 23, 10))
    assert (
        judge(session, FIRST, LAST, TODAY)
        .verdict(sitting.id, workshop_id=back.workshop_id, starts_at=back.starts_at)
        .accepted
    )
    move_sittings(session, [back], today=TODAY)
    assert sitting.ends_at == datetime(2026, 6, 23, 13, 30)


# -- moving -------------------------------------------------------------------------------


def test_move_keeps_hours_and_takes_the_days_along(session, make):
    sitting = make.staffed_sitting()
    moved = move_sittings(session, [to(sitting, date(2026, 6, 22))], today=TODAY)
    assert (moved.ids, moved.left, moved.findings) == ([sitting.id], [], [])
    assert sitting.ends_at == datetime(2026, 6, 22, 12, 30)
    assert sitting.preparation_day == date(2026, 6, 19)


def test_two_day_exam_moves_with_its_second_day(session, make):
    sitting = make.sitting(kit=make.kit(exam_days=2), second_day=EXAM_DAY + timedelta(days=1))
    move_sittings(session, [to(sitting, date(2026, 6, 26))], today=TODAY)
    assert sitting.second_day == date(2026, 6, 29)


def test_who_becomes_busy_twice_is_told_and_nothing_moves(session, make):
    sitting, who = make.staffed_sitting(), make.expert("Орлов Олег", make.employer())
    there = make.workshop(name="Другая")
    other = make.sitting(make.group(name="ТМ-21"), workshop=there, day=TUESDAY)
    for one in (sitting, other):
        make.assignment(one, who, Role.SCORING)
    before = sitting.starts_at
    with pytest.raises(RulesBroken) as refused:
        move_sittings(session, [to(sitting, TUESDAY)], today=TODAY)
    assert "Орлов Олег Иванович участвует сразу в двух экзаменах" in str(refused.value)
    session.expire_all()
    assert sitting.starts_at == before


def test_exchange_of_places_is_one_move(session, make):
    one, other = make.sitting(), make.sitting(make.group(name="ТМ-21"), day=TUESDAY)
    places = one.workshop_id, other.workshop_id
    swap = [Move(one.id, places[1], other.starts_at), Move(other.id, places[0], one.starts_at)]
    assert len(move_sittings(session, swap, today=TODAY).ids) == 2
    assert (one.workshop_id, other.workshop_id) == (places[1], places[0])


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"pinned": True}, "закреплён на своём месте"),
        ({"state": SessionState.DONE}, "уже проведён"),
        ({"state": SessionState.CLOSED}, "закрыт, его не переносят"),
    ],
)
def test_what_stays_is_told_why(session, make, facts, words):
    fixed, free = make.sitting(**facts), make.sitting(make.group(name="ТМ-21"), day=TUESDAY)
    with pytest.raises(Refused) as refused:
        shift_sittings(session, [fixed.id], today=TODAY)
    assert words in str(refused.value)
    moved = shift_sittings(session, [fixed.id, free.id], today=TODAY)
    assert (moved.ids, [left.id for left in moved.left]) == ([free.id], [fixed.id])
    assert words in moved.left[0].why
    assert free.starts_at.date() == TUESDAY + timedelta(days=7)


def test_pinned_sitting_moves_again_when_it_is_let_go(session, make):
    sitting = make.sitting()
    set_pinned(session, [sitting.id])
    assert board(session).chips[0].pinned
    set_pinned(session, [sitting.id], pinned=False)
    assert shift_sittings(session, [sitting.id], -7, today=TODAY).ids == [sitting.id]


def test_exam_does_not_run_over_midnight(session, make):
    sitting = make.sitting()
    with pytest.raises(Refused, match="в тот же день"):
        move_sittings(session, [to(sitting, TUESDAY, 22)], today=TODAY)


def test_held_sitting_returns_to_the_plan_when_its_new_place_is_good(session, make):
    room = make.workshop()
    make.sitting(workshop=room)
    held = make.sitting(make.group(name="ТМ-21"), workshop=room, held=True)
    move_sittings(session, [to(held, TUESDAY)], today=TODAY)
    assert not held.held


def test_day_is_copied_as_drafts_and_what_clashes_is_left_out(session, make):
    room, other = make.workshop(), make.workshop(name="Другая")
    make.sitting(workshop=room)
    clash = make.sitting(make.group(name="ТМ-21"), workshop=other)
    make.sitting(make.group(name="ТМ-22"), workshop=other, day=TUESDAY)
    copied = copy_day(session, EXAM_DAY, TUESDAY, today=TODAY)
    assert [left.id for left in copied.left] == [clash.id]
    (ident,) = copied.ids
    new = session.get_one(ExamSession, ident)
    assert (new.workshop_id, new.state, new.starts_at) == (
        room.id,
        SessionState.DRAFT,
        datetime(2026, 6, 23, 9),
    )
    with pytest.raises(Refused, match="Ни один экзамен"):
        copy_day(session, EXAM_DAY, TUESDAY, [other.id], today=TODAY)


# -- undo ---------------------------------------------------------------------------------

COLUMNS = (
    ExamSession.id, ExamSession.workshop_id, ExamSession.starts_at, ExamSession.ends_at,
    ExamSession.second_day, ExamSession.preparation_day, ExamSession.state, ExamSession.pinned,
)  # fmt: skip


def rows(store):
    with store.reading() as session:
        duties = select(Assignment.id, Assignment.session_id, Assignment.deleted)
        found = [session.execute(query).all() for query in (select(*COLUMNS), duties)]
        return [sorted(part, key=str) for part in found]


@pytest.mark.parametrize("seed", range(3))
def test_accepted_moves_block_nothing_and_undoing_them_restores_the_plan(store, seed):
    rng = Random(seed)  # noqa: S311 -- repeatable, no secret
    with store.transaction("план") as session:
        make = Builder(session)
        rooms = [make.workshop(name=f"Мастерская {n}") for n in range(3)]
        people = [make.expert(None, make.employer()) for _ in range(4)]
        made = [
            make.sitting(make.group(name=f"Г-{n}"), workshop=rooms[n], day=EXAM_DAY)
            for n in range(3)
        ]
        for sitting in made:
            make.assignment(sitting, people[made.index(sitting)])
        ids, places = [one.id for one in made], [room.id for room in rooms]
    before, done = rows(store), 0
    for _ in range(8):
        day = EXAM_DAY + timedelta(days=rng.randrange(-3, 4))
        hour, ident = rng.choice((8, 10, 13)), rng.choice(ids)
        move = Move(ident, rng.choice(places), datetime(day.year, day.month, day.day, hour))
        with store.transaction("перенос") as session:
            told = judge(session, FIRST, LAST, TODAY).verdict(
                ident, workshop_id=move.workshop_id, starts_at=move.starts_at
            )
            written = rows(store)
            if told.accepted:
                move_sittings(session, [move], today=TODAY)
            else:
                with pytest.raises(RulesBroken):
                    move_sittings(session, [move], today=TODAY)
        done += rows(store) != written
    with store.reading() as session:
        blocking = [
            one for one in findings(session, today=TODAY) if one.level is Level.CONTRADICTION
        ]
    assert blocking == []
    assert done
    for _ in range(done):
        take_back(store)
    assert rows(store) == before
