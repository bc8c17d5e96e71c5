"""From an empty form to a printed package, through the widgets alone."""

from io import BytesIO

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from sqlalchemy import select
from ui.exams.conftest import EXAM_DAY, said

from demoexam.models.exams import ExamPlace, WorkplaceDraw
from demoexam.models.reference import PrintedDocument
from demoexam.rules.terms import Role, SessionState


def stored(desk, entity, session_id):
    query = select(entity).where(entity.live(), entity.session_id == session_id)
    with desk.workspace.store.reading() as session:
        return session.scalars(query).all()


def create(desk, group, kit, workshop):
    """Fill the form of a new exam; the card of the saved draft opens by itself."""
    desk.window.top._primary.click()
    (form,) = [one for one in desk.window.findChildren(QDialog) if one.isVisible()]
    fields = form.form
    fields.day.setText(f"{EXAM_DAY:%d.%m.%Y}")
    fields.day.editingFinished.emit()
    fields.group.show_value(group.id)
    fields.kit.show_value(kit.id)
    fields.workshop.show_value(workshop.id)
    fields.board.setCurrentText("Кузнецов Кирилл Кириллович")
    desk.settle()
    assert fields.before.value() == EXAM_DAY.replace(day=17)
    assert fields.end.value().strftime("%H:%M") == "12:30"
    desk.click(form.save_button)
    return desk.page.card


def test_an_exam_is_created_staffed_drawn_and_printed(desk, tmp_path):
    with desk.making() as make:
        group = make.group(make.college("Колледж дизайна"), "ДЗ-31", examinees=6)
        workshop = make.workshop(name="Дизайн-студия")
        plant = make.employer("АО «Вектор»")
        for number in range(6):
            make.competence(make.expert(f"Экспертов{'абвгде'[number]} Пётр Ильич", plant))
    card = create(desk, group, desk.plan.kit, workshop)
    session_id = card.exam_id
    assert card.card.state is SessionState.DRAFT

    seats = [Role.CHIEF, Role.SCORING, Role.SCORING, Role.TECHNICAL]
    assert card.card.missing_seats == seats
    for role in seats:
        card.group.view.point_at(f"seat:{role.value}")
        desk.press(card.group.view)
        desk.press(card.group.candidates.view)
    assert card.card.missing_seats == []
    assert [one.role for one in card.card.members] == seats

    card.show_tab("places")
    desk.click(card.places.draw)
    seed = stored(desk, WorkplaceDraw, session_id)[0].seed
    assert seed in said(card.places)
    places = sorted(one.workplace for one in stored(desk, ExamPlace, session_id))
    assert places == [1, 2, 3, 4, 5, 6]

    desk.click(card.next)
    assert desk.stored(session_id).state is SessionState.ANNOUNCED

    pages = print_package(desk, card, tmp_path / "пакет.pdf")
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for person in card.card.members:
        assert person.name.split()[0] in text
    assert seed in text
    assert "ДЗ-31" in text
    kinds = {one.kind for one in stored(desk, PrintedDocument, session_id)}
    assert {"3.4", "3.9", "3.11"} <= kinds

    card.show_tab("history")
    desk.settle()
    told = [card.history.table.cell(n, 2).text for n in range(card.history.table.rowCount())]
    assert any("жеребьёвка" in line for line in told)
    assert told[-1] == "назначен экзамен ДЗ-31"


def print_package(desk, card, path):
    """Ctrl+P in the window, then Ctrl+S in the form; returns the pages of the file."""
    desk.keys(desk.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (form,) = [one for one in desk.window.findChildren(QDialog) if one.isVisible()]
    desk.settle()
    desk.qtbot.waitUntil(lambda: form.pages.document.pageCount() > 0, timeout=20_000)
    assert form.choice.exams.ticked_ids() == [card.exam_id]
    desk.click(form.save_button)
    form.output.dialog.reject()
    form.output.save_to(form.choice.wanted(), path)
    desk.settle()
    assert "Сохранено: пакет.pdf" in said(form)
    form.reject()
    return PdfReader(BytesIO(path.read_bytes())).pages
