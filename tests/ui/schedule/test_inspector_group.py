"""The expert group in the inspector: its facts, candidates by keyboard, and the share."""

from datetime import timedelta

import pytest
from conftest import EXAM_DAY, Builder
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from sqlalchemy import select

from demoexam.models.exams import Assignment
from demoexam.models.people import Certificate, Unavailability
from demoexam.rules.terms import Answer, Role, SessionState
from demoexam.services.share.share import shares
from demoexam.text import percent
from demoexam.ui.exams.candidates_panel import Seat
from demoexam.ui.schedule.inspector_group import FreeLine, MemberLine
from demoexam.ui.schedule.inspector_parts import FindingBox

Key = Qt.Key


@pytest.fixture
def inspector(desk):
    """Beside the first exam, whose group lost its chief; one of the others is ill."""
    season = desk.season
    with desk.workspace.store.transaction("подготовка") as session:
        chief = seats_of(session, season.first)[0]
        chief.deleted = True
        lapsed = session.scalars(
            select(Certificate).where(Certificate.expert_id == season.experts[2].id)
        ).one()
        lapsed.valid_until = EXAM_DAY - timedelta(days=1)
        make = Builder(session)
        make.competence(make.expert(None, make.college("Горный колледж")))
        seats_of(session, season.second)[1].answer = Answer.REFUSED
        session.add(
            Unavailability(expert_id=season.experts[1].id, from_day=EXAM_DAY, to_day=EXAM_DAY)
        )
    desk.workspace.announce(frozenset({"assignment", "unavailability"}))
    desk.settle()
    show(desk, season.first)
    return desk.page.inspector


def seats_of(session, sitting):
    query = select(Assignment).where(Assignment.session_id == sitting.id, Assignment.live())
    return session.scalars(query.order_by(Assignment.n)).all()


def show(desk, sitting):
    desk.choose(sitting)
    shown = desk.page.inspector
    desk.qtbot.waitUntil(lambda: shown.card is not None and shown.card.id == sitting.id)
    desk.settle()


def line_of(inspector, expert):
    return next(one for one in inspector.group.lines if one.expert_id == expert.id)


def words(widget):
    return plain(" ".join(one.text() for one in widget.findChildren(QLabel)))


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def share_of(desk):
    with desk.workspace.store.reading() as session:
        return shares(session, year=EXAM_DAY.year)[0].share


def box_about(inspector, text):
    boxes = [box for box in inspector.findChildren(FindingBox) if not box.isHidden()]
    return next((box for box in boxes if text in words(box)), None)


def test_a_line_tells_role_side_load_certificate_and_answer(desk, inspector):
    _, ill, lapsed, technical = desk.season.experts
    told = {one.id: line_of(inspector, one) for one in (ill, lapsed, technical)}
    assert "Работодатель" in words(told[ill.id])
    assert "Неделя 1 из 5 · год 1" in words(told[ill.id])  # he refused the other exam
    assert "Неделя 2 из 5 · год 2" in words(told[lapsed.id])
    assert "до 31.12.2030" in words(told[ill.id])
    assert f"до {EXAM_DAY - timedelta(days=1):%d.%m.%Y}" in words(told[lapsed.id])
    assert "Подтвердил" in words(told[ill.id])
    assert "Не в доле" in words(told[technical.id])
    assert "не нужно" in words(told[technical.id])
    spoken = plain(told[lapsed.id].accessibleName())
    assert "сторона: работодатель" in spoken
    assert "кончается до экзамена" in spoken
    assert "на этой неделе экзамены: 2 дня из 5; за год 2 экзамена" in spoken
    show(desk, desk.season.second)
    assert "Отказался" in words(line_of(inspector, ill))
    assert isinstance(line_of(inspector, ill), MemberLine)


def test_a_candidate_takes_a_free_seat_by_keyboard_and_the_share_is_what_was_told(desk, inspector):
    before = share_of(desk)
    free = next(one for one in inspector.group.lines if isinstance(one, FreeLine))
    assert free.seat == Seat(Role.CHIEF)
    desk.key(Key.Key_F6)
    assert inspector.isAncestorOf(QApplication.focusWidget())
    free.setFocus()
    desk.key(Key.Key_Return, widget=free)
    view = inspector.candidates.view
    desk.qtbot.waitUntil(lambda: view.current() is not None)
    assert view.hasFocus()
    one = view.current()
    assert one.effect.before == before
    assert one.reasons
    desk.key(Key.Key_Return, widget=view)
    desk.qtbot.waitUntil(lambda: not has_free_seat(inspector))
    with desk.workspace.store.reading() as session:
        seat = next(x for x in seats_of(session, desk.season.first) if x.role is Role.CHIEF)
        assert seat.expert_id == one.expert_id
    assert share_of(desk) == one.effect.after != before
    assert inspector.pages.currentIndex() == 0
    assert line_of(inspector, one.expert).hasFocus()
    desk.workspace.undo()
    desk.qtbot.waitUntil(lambda: has_free_seat(inspector))
    assert share_of(desk) == before


def has_free_seat(inspector):
    return any(isinstance(line, FreeLine) for line in inspector.group.lines)


def test_another_candidate_replaces_an_expert_and_esc_leaves_the_list(desk, inspector):
    lapsed = desk.season.experts[2]
    line = line_of(inspector, lapsed)
    seat = line.seat
    line.setFocus()
    desk.key(Key.Key_Return, widget=line)
    desk.key(Key.Key_Escape, widget=inspector.candidates.view)
    assert inspector.pages.currentIndex() == 0
    assert line_of(inspector, lapsed).hasFocus()
    desk.key(Key.Key_Space, widget=line_of(inspector, lapsed))
    panel = inspector.candidates
    desk.qtbot.waitUntil(lambda: panel.view.current() is not None)
    assert panel.seat.value() == seat
    assert panel.take.accessibleName() == "Заменить"
    new = panel.view.current()
    desk.key(Key.Key_Down, widget=panel.view)
    assert panel.view.current() is not new
    desk.key(Key.Key_Up, widget=panel.view)
    panel.take.setFocus()
    desk.key(Key.Key_Return, widget=panel.take)
    with desk.workspace.store.reading() as session:
        there = {x.expert_id for x in seats_of(session, desk.season.first)}
    assert new.expert_id in there
    assert lapsed.id not in there


def test_a_fix_that_replaces_tells_the_share_before_and_removes_the_finding(desk, inspector):
    before = share_of(desk)
    box = box_about(inspector, "не может прийти")
    button = next(b for b in box.findChildren(QPushButton) if "Заменить" in b.text())
    told = plain(button.toolTip().splitlines()[-1])
    bar = desk.timeline.horizontalScrollBar()
    place = bar.value()
    button.setFocus()
    desk.key(Key.Key_Return, widget=button)
    desk.qtbot.waitUntil(lambda: box_about(inspector, "не может прийти") is None)
    after = share_of(desk)
    assert after != before
    people = f"{before.employers} из {before.experts} → {after.employers} из {after.experts}"
    figures = f"Доля {EXAM_DAY.year}: {percent(before.value)} → {percent(after.value)}"
    assert told in {plain(figures), plain(f"{figures} ({people})")}
    assert bar.value() == place
    assert desk.timeline.selection.current == desk.season.first.id


def test_the_other_side_of_a_finding_is_framed_and_can_be_gone_to(desk, inspector):
    season = desk.season
    with desk.workspace.store.transaction("накладка") as session:
        session.get(type(season.second), season.second.id).starts_at = season.first.starts_at
        session.get(type(season.second), season.second.id).ends_at = season.first.ends_at
    desk.workspace.announce(frozenset({"exam_session"}))
    desk.settle()
    show(desk, season.first)
    desk.qtbot.waitUntil(lambda: jump_to(inspector, "ИС-42") is not None)
    jump = jump_to(inspector, "ИС-42")
    assert season.second.id in desk.timeline.partners
    box_about(inspector, "Нет главного").findChildren(QPushButton)[0].setFocus()
    assert season.second.id not in desk.timeline.partners
    jump.setFocus()
    assert season.second.id in desk.timeline.partners
    assert season.first.id not in desk.timeline.partners
    desk.key(Key.Key_Return, widget=jump)
    assert desk.timeline.selection.current == season.second.id
    assert desk.timeline.hasFocus()
    desk.qtbot.waitUntil(lambda: jump_to(inspector, "ИС-41") is not None)


def jump_to(inspector, name):
    return next(
        (one for one in inspector.findings.buttons() if f"Показать {name}" in one.text()), None
    )


def test_the_group_of_an_exam_that_is_over_stays(desk, inspector):
    with desk.workspace.store.transaction("проведён") as session:
        session.get(type(desk.season.first), desk.season.first.id).state = SessionState.DONE
    desk.workspace.announce(frozenset({"exam_session"}))
    desk.settle()
    show(desk, desk.season.first)
    desk.qtbot.waitUntil(lambda: inspector.card.is_over)
    line = inspector.group.lines[0]
    line.setFocus()
    desk.key(Key.Key_Return, widget=line)
    assert inspector.pages.currentIndex() == 0
    assert "не меняют" in line.accessibleDescription()
    assert not has_free_seat(inspector)


def test_enter_and_arrows_walk_through_all_of_it(desk, inspector):
    desk.key(Key.Key_F6)
    seen = []
    while (here := QApplication.focusWidget()) not in seen and inspector.isAncestorOf(here):
        seen.append(here)
        desk.qtbot.keyClick(here, Key.Key_Down)
    names = [one.accessibleName() for one in seen]
    assert all(names)
    assert set(inspector.group.lines) <= set(seen)
    assert inspector.group.add in seen
    assert inspector.open in seen
    seen[0].setFocus()
    desk.key(Key.Key_F6)
    assert desk.timeline.hasFocus()


def test_the_menu_of_an_expert_changes_his_answer_and_del_frees_his_seat(desk, inspector):
    lapsed, technical = desk.season.experts[2:]
    line = line_of(inspector, lapsed)
    menu = inspector.group.menu_of(line.member)
    next(one for one in menu.actions() if one.text() == "Отказался").trigger()
    desk.qtbot.waitUntil(lambda: "Отказался" in words(line_of(inspector, lapsed)))
    line = line_of(inspector, technical)
    line.setFocus()
    desk.key(Key.Key_Delete, widget=line)
    desk.qtbot.waitUntil(
        lambda: all(one.expert_id != technical.id for one in inspector.group.lines)
    )
    desk.workspace.undo()
    desk.qtbot.waitUntil(
        lambda: any(one.expert_id == technical.id for one in inspector.group.lines)
    )
