from datetime import date, datetime, timedelta

import pytest
from conftest import EXAM_DAY, Builder
from sqlalchemy import select

from demoexam.errors import NotFound, Refused
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.models.places import Workshop
from demoexam.rules.terms import SessionState
from demoexam.services.exams import closing as exam_closing
from demoexam.services.exams import exams
from demoexam.services.exams import places as exam_places
from demoexam.services.exams.closing import PointsMissing
from demoexam.services.exams.exams import NotReady

TODAY = date(2026, 3, 2)
START = datetime(2026, 6, 18, 9)
MONDAY = datetime(2026, 6, 15, 9)  # the days before it: weekend, holiday, then Thursday 11.06


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


@pytest.fixture
def draft(make):
    """What a new sitting needs."""
    ids = {"group_id": make.group(examinees=3).id, "kit_id": make.kit().id}
    return ids | {"workshop_id": make.workshop().id, "today": TODAY}


def created(session, **facts):
    return session.get_one(ExamSession, exams.create_session(session, **facts).id)


# -- creating and moving ------------------------------------------------------------------


def test_new_sitting_completes_itself_from_the_kit_and_the_calendar(session, draft):
    row = created(session, **draft, starts_at=MONDAY, head_count=3)
    assert row.ends_at == MONDAY + timedelta(minutes=210)
    assert row.preparation_day == date(2026, 6, 11)
    assert (row.second_day, row.number, row.state) == (None, 1, SessionState.DRAFT)


def test_new_sitting_says_what_is_still_missing(session, draft):
    saved = exams.create_session(session, **draft, starts_at=START, head_count=3)
    assert [each.code for each in saved.incomplete] == ["chief_missing", "too_few_experts"]
    assert "no_board_member" in [each.code for each in saved.warnings]


def test_sitting_may_wait_for_its_date(session, draft):
    saved = exams.create_session(session, **draft)
    assert [each.code for each in saved.findings] == ["date_missing"]
    row = session.get_one(ExamSession, saved.id)
    assert (row.starts_at, row.ends_at, row.preparation_day) == (None, None, None)
    with pytest.raises(Refused, match="нет даты"):
        exams.set_preparation_day(session, session_id=row.id)


def test_two_day_kit_takes_the_next_working_day(session, make, draft):
    draft["kit_id"] = make.kit("09.02.06-1-2026", exam_days=2).id
    row = created(session, **draft, starts_at=datetime(2026, 6, 11, 9))
    assert row.second_day == date(2026, 6, 15)


def test_sittings_of_a_group_are_numbered(session, draft):
    created(session, **draft, starts_at=START, head_count=1)
    later = created(session, **draft, starts_at=START + timedelta(days=1), head_count=1)
    assert later.number == 2


def test_part_of_a_group_takes_its_places_at_once(session, make, draft):
    group = make.group(name="ТМ-21", examinees=0)
    names = [make.examinee(group).id for _ in range(2)]
    draft["group_id"] = group.id
    row = created(session, **draft, starts_at=START, examinee_ids=names)
    seated = select(ExamPlace.examinee_id).where(ExamPlace.session_id == row.id)
    assert set(session.scalars(seated)) == set(names)


def test_examinee_of_another_group_is_refused_and_nothing_is_made(session, make, draft):
    stranger = make.examinee(make.group(name="ЧУЖ-1"))
    with pytest.raises(Refused, match="не из группы"):
        exams.create_session(session, **draft, starts_at=START, examinee_ids=[stranger.id])
    assert session.scalars(select(ExamSession)).all() == []


def test_moving_a_sitting_takes_its_other_days_along(session, make, draft):
    draft["kit_id"] = make.kit("09.02.06-1-2026", exam_days=2).id
    row = created(session, **draft, starts_at=START)
    exams.update_session(session, session_id=row.id, starts_at=MONDAY + timedelta(hours=1))
    assert row.ends_at == MONDAY + timedelta(hours=4, minutes=30)
    assert (row.preparation_day, row.second_day) == (date(2026, 6, 11), date(2026, 6, 16))


def test_later_start_on_the_same_day_keeps_the_chosen_preparation_day(session, draft):
    chosen = date(2026, 6, 16)
    row = created(session, **draft, starts_at=START, preparation_day=chosen)
    exams.update_session(session, session_id=row.id, starts_at=START + timedelta(hours=2))
    assert row.preparation_day == chosen


def test_length_chosen_by_hand_moves_along(session, draft):
    row = created(session, **draft, starts_at=START, ends_at=START + timedelta(hours=5))
    exams.update_session(session, session_id=row.id, starts_at=MONDAY)
    assert row.ends_at == MONDAY + timedelta(hours=5)


def test_another_kit_brings_its_own_length(session, make, draft):
    row = created(session, **draft, starts_at=START)
    longer = make.kit("09.02.07-5-2026", minutes=300)
    exams.update_session(session, session_id=row.id, kit_id=longer.id)
    assert row.ends_at == START + timedelta(hours=5)


def test_sitting_taken_off_its_date_loses_what_hangs_on_it(session, draft):
    row = created(session, **draft, starts_at=START)
    exams.update_session(session, session_id=row.id, starts_at=None)
    assert (row.ends_at, row.preparation_day) == (None, None)


@pytest.mark.parametrize(
    "facts",
    [
        {"ends_at": START},
        {"ends_at": START + timedelta(days=1)},
        {"second_day": EXAM_DAY},
        {"head_count": 0},
    ],
)
def test_impossible_times_are_refused(session, draft, facts):
    with pytest.raises(Refused):
        exams.create_session(session, **draft, starts_at=START, **facts)
    assert session.scalars(select(ExamSession)).all() == []


@pytest.mark.parametrize("name", ["group_id", "kit_id", "workshop_id"])
def test_what_a_sitting_needs_must_exist(session, draft, name):
    with pytest.raises(NotFound):
        exams.create_session(session, **draft | {name: "нет такого"}, starts_at=START)


def test_preparation_day_is_the_working_day_before_unless_chosen(session, draft):
    row = created(session, **draft, starts_at=MONDAY)
    exams.set_preparation_day(session, session_id=row.id, day=date(2026, 6, 10))
    assert row.preparation_day == date(2026, 6, 10)
    exams.set_preparation_day(session, session_id=row.id)
    assert row.preparation_day == date(2026, 6, 11)


def test_old_contradiction_does_not_forbid_other_changes(session, make, draft):
    row = created(session, **draft, starts_at=START, head_count=3)
    session.get_one(Workshop, row.workshop_id).places = 2
    saved = exams.update_session(session, session_id=row.id, board_member="Кузнецов К. К.")
    assert "more_students_than_places" in [each.code for each in saved.findings]


# -- from draft to closed -----------------------------------------------------------------


def test_life_of_a_sitting(session, make):
    row = make.staffed_sitting(state=SessionState.DRAFT)
    exams.include_in_plan(session, session_id=row.id)
    assert row.state is SessionState.PLANNED
    exams.announce(session, session_id=row.id, today=TODAY)
    assert row.state is SessionState.ANNOUNCED
    exams.mark_done(session, session_id=row.id)
    exam_closing.reopen(session, session_id=row.id)
    assert row.state is SessionState.ANNOUNCED
    exams.take_to_draft(session, session_id=row.id)
    assert row.state is SessionState.DRAFT


def test_announcing_refuses_the_incomplete(session, draft):
    row = created(session, **draft, starts_at=START, head_count=3)
    with pytest.raises(NotReady, match="Не назначен главный эксперт") as refused:
        exams.announce(session, session_id=row.id, today=TODAY)
    assert str(refused.value).startswith("Экзамен ещё нельзя объявить:")
    assert row.state is SessionState.DRAFT


def test_plan_takes_only_what_has_a_date_and_a_workshop(session, draft):
    row = created(session, **draft)
    with pytest.raises(Refused, match="нет даты или мастерской"):
        exams.include_in_plan(session, session_id=row.id)


def test_action_of_another_state_is_refused_with_the_state(session, make):
    row = make.staffed_sitting()
    with pytest.raises(Refused, match="в состоянии «в плане»") as refused:
        exam_closing.close_session(session, session_id=row.id)
    assert "«проведён»" in refused.value.hint


def test_held_sitting_was_not_held_as_an_exam(session, make):
    row = make.staffed_sitting(held=True)
    with pytest.raises(Refused, match="отложен"):
        exams.mark_done(session, session_id=row.id)
    with pytest.raises(NotReady):
        exams.announce(session, session_id=row.id, today=TODAY)


def test_what_is_over_is_not_changed(session, make):
    row = make.staffed_sitting(state=SessionState.DONE)
    with pytest.raises(Refused, match="уже проведён"):
        exams.update_session(session, session_id=row.id, note="x")
    with pytest.raises(NotFound):
        exams.update_session(session, session_id="нет такого", note="x")


def test_exam_is_closed_when_all_points_are_in(session, make):
    row = make.staffed_sitting(examinees=2, state=SessionState.DONE)
    first, second = session.scalars(select(ExamPlace).order_by(ExamPlace.workplace)).all()
    exam_places.set_attendance(session, place_id=second.id, attended=False)
    with pytest.raises(PointsMissing, match="Не заполнены баллы"):
        exam_closing.close_session(session, session_id=row.id)
    for module, typed in ((1, "20"), (2, "18,5"), (3, "50,00")):
        exam_places.set_points(session, place_id=first.id, module=module, typed=typed)
    exam_closing.close_session(session, session_id=row.id)
    assert row.state is SessionState.CLOSED
    assert first.points == {"1": 2000, "2": 1850, "3": 5000}
