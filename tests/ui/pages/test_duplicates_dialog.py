"""Doubles are merged, told apart and postponed from the keyboard, and taken back."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog

from demoexam.models.organizations import Organization
from demoexam.models.people import Employment, Expert
from demoexam.services.plan.overview import overview
from demoexam.ui.pages.experts_page import ExpertsPage
from demoexam.ui.pages.organizations_page import OrganizationsPage

PHONE = "+79120000001"


@pytest.fixture
def doubled(making):
    """Two people, each written twice: the surer pair comes first."""
    with making() as make:
        plant, college = make.employer("АО «Вектор»"), make.college("Колледж связи")
        one = make.expert("Ёлкин Артём Олегович", plant, phone=PHONE, note="раз", email="a@ex.ru")
        two = make.expert("ЕЛКИН Артём Олегович", college, phone=PHONE, email="b@ex.ru",
                          since=date(2024, 9, 1))  # fmt: skip
        others = [make.expert("Сомов Олег Ильич") for _ in range(2)]
        return [person.id for person in (one, two, *others)]


@pytest.fixture
def opened(doubled, shown, acts, qtbot):
    """The page and its dialog, opened by the space bar."""
    page = shown(ExpertsPage)
    page.doubles.tool.setFocus()
    qtbot.keyClick(page.doubles.tool, Qt.Key.Key_Space)
    dialog = acts.dialog(page)
    acts.wait(lambda: dialog.view)
    acts.wait(dialog.effect.share.words.text)
    return page, dialog


def question(dialog, key):
    return next(one for one in dialog.view.questions if one.key == key)


def closed(page):
    return not any(one.isVisible() for one in page.window().findChildren(QDialog))


def focused(dialog):
    return dialog.focusWidget().accessibleName()


def test_both_are_shown_with_the_reason_and_the_effect(opened):
    _, dialog = opened
    assert dialog.place.text() == "1 из 2"
    assert dialog.state.text() == "почти наверняка одно и то же"
    assert dialog.view.why.words.text().endswith("совпадает телефон.")
    assert dialog.effect.share.words.text() == "Доля 2026 не изменится: нет данных."
    assert dialog.effect.trouble.isHidden()
    assert focused(dialog) == "Фамилия. Слева: Ёлкин"
    assert dict(dialog.view.choices()) == {
        "last_name": "this", "email": "other", "consent": "other", "note": "this",
        "main_job": "other",
    }  # fmt: skip


def test_a_pair_is_merged_as_chosen_and_taken_back_by_keys_alone(opened, acts, qtbot, doubled):
    _, dialog = opened
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    assert focused(dialog).startswith("E-mail.")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Left)
    with acts.doing() as told:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert told.args == ["объединение дублей эксперта"]
    assert {one.id for one in acts.stored(Expert)} == {doubled[0], *doubled[2:]}
    assert acts.stored(Expert, id=doubled[0])[0].email == "a@ex.ru"
    assert len(acts.stored(Employment, expert_id=doubled[0])) == 2
    acts.wait(lambda: dialog.place.text() == "1 из 1")
    assert dialog.card.this_title == "Сомов Олег Ильич"
    acts.wait(dialog.back.isEnabled)
    with acts.doing() as told:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["Отменено: объединение дублей эксперта"]
    acts.wait(lambda: dialog.place.text() == "1 из 2")
    assert len(acts.stored(Expert)) == 4


def test_people_told_apart_are_not_asked_about_again(opened, acts, qtbot):
    page, dialog = opened
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    acts.wait(lambda: dialog.place.text() == "2 из 2")
    assert dialog.different.shortcut() == QKeySequence("Alt+Р")
    assert dialog.later.shortcut() == QKeySequence("Alt+П")
    with acts.doing():
        dialog.different.animateClick()
    acts.wait(lambda: dialog.place.text() == "1 из 1")
    assert dialog.card.this_title == "Ёлкин Артём Олегович"
    dialog.later.click()
    assert closed(page)
    page.go_to({"duplicates": True})
    dialog = acts.dialog(page)
    acts.wait(lambda: dialog.view)
    assert len(dialog.pairs) == 1
    dialog.reject()


def test_the_last_decision_closes_the_dialog(opened, acts):
    page, dialog = opened
    for left in (1, 0):
        with acts.doing():
            dialog.different.click()
        acts.wait(lambda left=left: len(dialog.pairs) == left)
        acts.wait(lambda left=left: not left or dialog.merge.isEnabled())
    acts.wait(lambda: closed(page))


def test_chosen_rows_are_compared_with_each_other(opened, acts, doubled):
    page, dialog = opened
    dialog.reject()
    assert not page.doubles.chosen.isVisible()
    page.view.selectAll()
    page.doubles.chosen.click()
    dialog = acts.dialog(page)
    acts.wait(lambda: dialog.view)
    assert len(dialog.pairs) == 6
    assert dialog.state.text() in {"выбраны вами", "почти наверняка одно и то же"}
    dialog.reject()


def test_without_doubles_there_is_nothing_to_decide(making, shown, acts):
    with making() as make:
        make.expert("Ёлкин Артём Олегович")
    page = shown(ExpertsPage)
    page.doubles.tool.click()
    dialog = acts.dialog(page)
    acts.wait(lambda: dialog.later.text() == "Закрыть")
    assert dialog.sentence.text() == "Похожих записей нет."
    dialog.later.click()
    assert closed(page)


def test_what_cannot_be_written_is_told_in_the_dialog(opened, acts):
    _, dialog = opened
    mail = question(dialog, "email")
    mail.type_other()
    mail.edit.setText("без собаки")
    dialog.merge.click()
    acts.wait(dialog.strip.isVisible)
    assert "записано с ошибкой" in dialog.strip.accessibleName()
    assert len(acts.stored(Expert)) == 4


def test_the_first_page_counts_doubles_and_leads_to_them(doubled, workspace):
    told = workspace.read(lambda session: overview(session, year=2026, today=date(2026, 5, 1)))
    (need,) = (one for one in told["needs"] if one["place"].get("duplicates"))
    assert need["title"] == "2\xa0возможных дубля среди экспертов"
    assert (need["page"], need["button"]) == ("experts", "Сверить")


def test_organizations_are_merged_on_their_page(making, shown, acts, qtbot):
    with making() as make:
        one = make.employer("ООО «Заря»", full_name="")
        two = make.college("Заря", inn=None, full_name="", city="")
        make.assignment(make.sitting(), make.expert("Ёлкин Артём Олегович", two))
    page = shown(OrganizationsPage)
    page.doubles.tool.click()
    dialog = acts.dialog(page)
    acts.wait(lambda: dialog.view)
    assert dialog.different.text() == "&Разные организации"
    acts.wait(dialog.effect.share.words.text)
    kind = question(dialog, "kind")
    assert (dialog.card.keep_id, dict(dialog.view.choices())["short_name"]) == (two.id, "other")
    kind.choose("hub")
    acts.wait(lambda: "станет 100,0" in dialog.effect.share.words.text())
    with acts.doing():
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert [place.id for place in acts.stored(Organization, short_name="ООО «Заря»")] == [two.id]
    assert acts.stored(Organization, id=one.id) == []
    assert acts.stored(Employment)[0].organization_id == two.id
    acts.wait(lambda: closed(page))
