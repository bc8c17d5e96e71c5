"""Workplaces: drawn by a recorded seed, drawn again for a reason, changed by hand and told so."""

from datetime import datetime
from hashlib import sha256

import pytest
from conftest import Builder
from sqlalchemy import select

from demoexam.documents.exam_filling import changed_places, exam_filling
from demoexam.documents.forms.workplaces import WORKPLACES
from demoexam.documents.template import fill
from demoexam.errors import Refused
from demoexam.models.exams import ExamPlace, WorkplaceDraw
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.rules.terms import SessionState
from demoexam.services.exams import places as exam_places
from demoexam.services.exams.drawn_places import UNDRAWN, changed_by_hand
from demoexam.services.exams.view import exam_card
from demoexam.services.exams.workplace_changes import WorkplaceTaken, set_workplace
from demoexam.services.exams.workplace_draw import ExamIsOver, NoReason, draw_workplaces
from demoexam.services.papers.sheet import sheet_for

SEED = "7F3A-91C4-22D0-8B5E"
NOON = datetime(2026, 6, 17, 12)


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


@pytest.fixture
def sitting(make):
    """Six examinees and eight workplaces."""
    return make.staffed_sitting(examinees=6, workshop=make.workshop(name="Малая", places=8))


def draw(session, sitting, **how):
    return draw_workplaces(session, session_id=sitting.id, at=NOON, **how)


def places(session, sitting):
    """In the order of the paper."""
    query = select(ExamPlace).join(Examinee, Examinee.id == ExamPlace.examinee_id)
    query = query.where(ExamPlace.live(), ExamPlace.session_id == sitting.id)
    return session.scalars(query.order_by(Examinee.skey)).all()


def at(session, sitting, workplace):
    return next(one for one in places(session, sitting) if one.workplace == workplace)


def test_a_stored_draw_is_repeated_from_the_printed_seed_alone(session, sitting):
    seed = draw(session, sitting)
    rows = sorted(range(1, 7), key=lambda row: sha256(f"{seed}|{row}".encode()).hexdigest())
    seated = [one.workplace for one in places(session, sitting)]
    assert seated == [rows.index(row) + 1 for row in range(1, 7)]
    assert changed_by_hand(session, sitting.id) == {}


def test_a_second_draw_needs_a_reason_which_is_kept(session, sitting):
    draw(session, sitting, seed=SEED)
    for reason in ("", "  "):
        with pytest.raises(NoReason, match=r"уже проведена 17\.06\.2026"):
            draw(session, sitting, reason=reason)
    draw(session, sitting, seed="другое", reason=" два участника  заболели. ")
    kept = session.scalars(select(WorkplaceDraw).where(WorkplaceDraw.live())).all()
    assert [(one.seed, one.reason) for one in kept] == [("другое", "два участника заболели")]
    assert exam_card(session, session_id=sitting.id).draw.reason == "два участника заболели"


def test_each_shift_has_its_own_draw(session, make, sitting):
    later = make.sitting(make.group(name="ИС-42", examinees=4), at=14)
    draw(session, sitting, seed=SEED)
    draw(session, later, seed=SEED)
    draw(session, later, seed="другое", reason="сбой")
    mine = select(WorkplaceDraw.seed).where(WorkplaceDraw.live())
    assert session.scalar(mine.where(WorkplaceDraw.session_id == sitting.id)) == SEED
    assert changed_by_hand(session, sitting.id) == {}


def test_a_place_changed_by_hand_is_told_with_the_drawn_number(session, sitting):
    draw(session, sitting, seed=SEED)
    one = at(session, sitting, 5)
    set_workplace(session, place_id=one.id, workplace=8)
    assert changed_by_hand(session, sitting.id) == {one.examinee_id: 5}
    row = next(r for r in exam_card(session, session_id=sitting.id).examinees if r.drawn)
    assert (row.place_id, row.workplace, row.drawn) == (one.id, 8, 5)
    set_workplace(session, place_id=one.id, workplace=5)
    assert changed_by_hand(session, sitting.id) == {}


def test_a_taken_place_is_told_and_two_can_change_places(session, sitting):
    draw(session, sitting, seed=SEED)
    one, other = at(session, sitting, 1), at(session, sitting, 2)
    with pytest.raises(WorkplaceTaken, match="уже сидит на месте № 2"):
        set_workplace(session, place_id=one.id, workplace=2)
    assert (one.workplace, other.workplace) == (1, 2)
    set_workplace(session, place_id=one.id, workplace=2, swap=True)
    assert (one.workplace, other.workplace) == (2, 1)
    assert changed_by_hand(session, sitting.id) == {one.examinee_id: 1, other.examinee_id: 2}


@pytest.mark.parametrize("number", [0, -1, 9])
def test_a_place_the_workshop_does_not_have_is_refused(session, sitting, number):
    one = places(session, sitting)[0]
    with pytest.raises(Refused, match="Рабочего места"):
        set_workplace(session, place_id=one.id, workplace=number)


def test_the_mark_outlives_changes_of_the_list(session, make, sitting):
    """Who went or came after the draw does not hide who was moved by hand."""
    draw(session, sitting, seed=SEED)
    moved, gone = at(session, sitting, 5), at(session, sitting, 6)
    set_workplace(session, place_id=moved.id, workplace=8)
    late = make.examinee(session.get_one(StudyGroup, sitting.group_id))
    exam_places.add_examinees(session, session_id=sitting.id, examinee_ids=[late.id])
    set_workplace(session, place_id=place_of(session, late).id, workplace=7)
    assert changed_by_hand(session, sitting.id) == {moved.examinee_id: 5, late.id: UNDRAWN}
    session.info["operation"] = "ffffffff-ffff-7fff-8fff-ffffffffffff"  # a later operation
    exam_places.remove_examinee(session, place_id=gone.id)
    assert changed_by_hand(session, sitting.id) == {moved.examinee_id: 5, late.id: UNDRAWN}


def place_of(session, examinee):
    return session.scalars(select(ExamPlace).where(ExamPlace.examinee_id == examinee.id)).one()


def test_what_was_held_keeps_its_places(session, sitting):
    draw(session, sitting, seed=SEED)
    sitting.state = SessionState.DONE
    with pytest.raises(ExamIsOver):
        set_workplace(session, place_id=places(session, sitting)[0].id, workplace=8)
    with pytest.raises(ExamIsOver):
        draw(session, sitting, reason="ошибка")


def test_the_paper_tells_the_changes_and_the_reason(session, sitting):
    draw(session, sitting, seed=SEED)
    draw(session, sitting, seed=SEED, reason="список участников изменился")
    one = at(session, sitting, 5)
    set_workplace(session, place_id=one.id, workplace=8)
    sheet = sheet_for(session, sitting.id, number="14")
    row = [each.id for each in places(session, sitting)].index(one.id) + 1
    assert changed_places(sheet.participants) == f"№ {row} — место 8 вместо 5"
    texts = [block.text for block in paper(sheet) if hasattr(block, "text")]
    assert "Жеребьёвка проведена повторно: список участников изменился." in texts
    assert f"Изменено вручную: № {row} — место 8 вместо 5." in texts


def test_a_paper_without_changes_says_nothing_of_them(session, sitting):
    draw(session, sitting, seed=SEED)
    texts = [b.text for b in paper(sheet_for(session, sitting.id)) if hasattr(b, "text")]
    assert not [text for text in texts if "вручную" in text or "повторно" in text]


def paper(sheet):
    return fill(WORKPLACES, exam_filling(sheet, WORKPLACES)).body
