from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from demoexam.models.exams import Assignment
from demoexam.models.organizations import Organization
from demoexam.models.people import (
    Certificate,
    Competence,
    Employment,
    Expert,
    KinshipLink,
    TeachingLink,
    Unavailability,
)
from demoexam.rules.terms import Answer, Role
from demoexam.ui.pages.experts_page import ExpertsPage

TODAY = date.today()


@pytest.fixture
def people(making):
    """Five people: of a plant, of a college, about to move, without consent, of nowhere."""
    with making() as make:
        plant = make.employer("ООО «Заря»", industry_id=make.industry().id)
        college = make.college("Колледж связи")
        known = {
            "plant": make.expert("Семёнов Пётр Фёдорович", plant),
            "college": make.expert(
                "Алёшина Анна Ильинична", college, certified_until=TODAY + timedelta(days=20)
            ),
            "moving": make.expert("Дёмин Илья Львович", certified_until=TODAY - timedelta(days=1)),
            "silent": make.expert("Фомин Олег Юрьевич", plant, certified=False, consent_on=None),
            "nowhere": make.expert("Яшин Ян Янович"),
        }
        make.employment(
            known["moving"], college, valid_from=None, valid_to=TODAY + timedelta(days=10)
        )
        make.employment(known["moving"], plant, valid_from=TODAY + timedelta(days=11))
        make.competence(known["plant"])
        sitting = make.sitting()
        make.assignment(sitting, known["plant"])
        make.assignment(sitting, known["college"], answer=Answer.REFUSED)
        return {name: expert.id for name, expert in known.items()}


@pytest.fixture
def page(people, shown):
    return shown(ExpertsPage)


def test_the_list_tells_side_employer_certificate_and_load(page, read):
    rows = read(page)
    assert rows() == [
        "Алёшина Анна Ильинична", "Дёмин Илья Львович", "Семёнов Пётр Фёдорович",
        "Фомин Олег Юрьевич", "Яшин Ян Янович",
    ]  # fmt: skip
    assert rows("side") == ["Колледж", "Колледж →", "Работодатель", "Работодатель", "Неизвестно"]
    assert rows("organization") == [
        "Колледж связи", "Колледж связи", "ООО «Заря»", "ООО «Заря»", "",
    ]  # fmt: skip
    assert rows("industry")[2] == "Металлургия"
    assert rows("exams") == ["0", "0", "1", "0", "0"]  # a refusal is no exam
    assert [rows.named(n, "certificate").tone for n in range(5)] == ["warn", "bad", "", "bad", ""]
    assert rows.named(2, "competence").text.startswith("09.02.07")
    assert page.heading.summary == "5\u00a0экспертов, 2 от работодателей"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("семенов", ["Семёнов Пётр Фёдорович"]),
        ("ян ЯШ", ["Яшин Ян Янович"]),
        ("заря", ["Семёнов Пётр Фёдорович", "Фомин Олег Юрьевич"]),
        ("заря фом", ["Фомин Олег Юрьевич"]),
        ("такого нет", []),
    ],
)
def test_the_filter_looks_into_names_and_employers(page, read, typed, found):
    page.filter.setText(typed)
    assert read(page)() == found


def test_chips_narrow_the_list_and_are_reset(page, read):
    page.go_to({"side": "employer"})
    assert len(read(page)()) == 2
    page.go_to({"side": "unknown"})
    assert read(page)() == ["Яшин Ян Янович"]
    page.go_to({"certificate": "soon"})
    assert read(page)() == ["Алёшина Анна Ильинична"]
    page.go_to({"certificate": "expired"})
    assert read(page)() == ["Дёмин Илья Львович"]
    page.go_to({"consent": False})
    assert read(page)() == ["Фомин Олег Юрьевич"]
    page.reset_button.click()
    assert len(read(page)()) == 5


def test_headers_sort_and_leave_what_is_unknown_last(page, read):
    page.table.sort(2)
    assert read(page)("organization")[-1] == ""
    page.table.sort(5, Qt.SortOrder.DescendingOrder)
    assert read(page)()[-1] == "Фомин Олег Юрьевич"
    page.table.sort(6, Qt.SortOrder.DescendingOrder)
    assert read(page)()[0] == "Семёнов Пётр Фёдорович"
    page.table.sort(-1)
    assert read(page)()[0] == "Алёшина Анна Ильинична"


def test_the_card_tells_the_year_and_how_the_expert_counts(page, people, acts):
    card = acts.card(page, people["plant"])
    assert card.title.text() == "Семёнов Пётр Фёдорович"
    assert "ООО «Заря»" in card.axis.accessibleName()
    assert "18\u00a0июня" in card.axis.accessibleName()
    assert card.counted.words.text() == (
        "В доле 2026: работодатель, по последнему экзамену 18\u00a0июня"
    )
    assert "ИС-41" in [button.text() for button in card.duties.findChildren(QPushButton)]

    page.show_record(people["moving"])
    acts.wait(lambda: card.title.text().startswith("Дёмин"))
    assert "не участвует" in card.counted.words.text()


def test_a_field_is_written_when_left_and_taken_back(page, people, read, acts):
    card = acts.card(page, people["plant"])
    field = card.names.field("last_name")
    with acts.doing() as told:
        field.setText("Семенович")
        field.editingFinished.emit()
    assert told.args == ["правка эксперта: фамилия"]
    assert "Семенович Пётр Фёдорович" in read(page)()
    acts.undo()
    assert acts.stored(Expert, id=people["plant"])[0].last_name == "Семёнов"
    assert "Семёнов Пётр Фёдорович" in read(page)()


def test_a_wrong_phone_stays_in_its_field_and_is_not_written(page, people, qtbot, acts):
    card = acts.card(page, people["plant"])
    field = card.contacts.field("phone")
    with acts.refused():
        field.setText("12")
        field.editingFinished.emit()
    assert field.problem()
    assert field.text() == "12"
    assert acts.stored(Expert, id=people["plant"])[0].phone == ""
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.problem()) == ("", "")


def test_typing_survives_a_refresh_of_the_card(page, people, qtbot, acts):
    card = acts.card(page, people["plant"])
    field = card.contacts.field("email")
    page.activateWindow()
    field.setFocus()
    acts.wait(field.hasFocus)
    qtbot.keyClicks(field, "half")
    page.reload()
    qtbot.wait(100)
    assert field.text() == "half"
    qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_delete_puts_into_the_basket_and_undo_brings_back(page, qtbot, read, acts):
    page.view.point_at(page.table.record_id(4))
    with acts.doing() as told:
        page.view.setFocus()
        qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert told.args == ["удаление эксперта"]
    assert "Яшин Ян Янович" not in read(page)()
    acts.undo()
    assert "Яшин Ян Янович" in read(page)()


def test_an_expert_with_exams_is_not_deleted(page, people, acts):
    with acts.refused() as refused:
        page.delete([people["plant"]])
    assert "назначения" in str(refused.args[0])
    assert acts.stored(Expert, id=people["plant"])


def test_a_new_expert_is_asked_for_his_place_of_work(page, acts):
    page.primary.run()
    form = acts.dialog(page)
    form._fields["last_name"].show_value("Новиков")
    form.save()
    assert "Имя" in form.strip.words.text()
    form._fields["first_name"].show_value("Лев")
    with acts.doing():
        form.save()
    acts.wait(lambda: page.card.title.text() == "Новиков Лев")
    acts.wait(lambda: acts.dialog(page).TABLE == "employment")
    job = acts.dialog(page)
    workplace = acts.stored(Organization, short_name="ООО «Заря»")[0]
    job._fields["organization_id"].setText("заря")
    job._fields["organization_id"].editingFinished.emit()
    assert job.values()["organization_id"] == workplace.id
    with acts.doing():
        job.save()
    new = acts.stored(Expert, last_name="Новиков")[0]
    assert acts.stored(Employment, expert_id=new.id)[0].organization_id == workplace.id


def test_a_namesake_is_asked_about_before_writing(page, acts):
    page.add()
    form = acts.dialog(page)
    for name, value in zip(
        ("last_name", "first_name", "middle_name"), ("семенов", "петр", "федорович"), strict=True
    ):
        form._fields[name].show_value(value)
    form.save()
    acts.wait(form.strip.isVisible)
    assert "Семёнов Пётр Фёдорович" in form.strip.words.text()
    assert len(acts.stored(Expert)) == 5
    with acts.doing():
        form._add_anyway()
    assert len(acts.stored(Expert)) == 6
    acts.wait(lambda: acts.dialog(page).TABLE == "employment")
    acts.dialog(page).reject()


def test_a_decision_about_the_side_wants_a_reason_and_shows_the_share(page, people, acts):
    card = acts.card(page, people["plant"])
    card.jobs.opened.emit(acts.stored(Employment, expert_id=people["plant"])[0].id)
    form = acts.dialog(page)
    form.counts.show_value(False)
    form.counts.written.emit(False)
    acts.wait(form.effect.isVisible)
    assert "сейчас 100,0" in form.effect.words.text()
    assert "станет 0,0" in form.effect.words.text()
    form.save()
    assert "причину" in form.strip.words.text()
    form._fields["override_reason"].show_value("работает по договору с колледжем")
    with acts.doing() as told:
        form.save()
    assert told.args == ["правка места работы"]
    job = acts.stored(Employment, expert_id=people["plant"])[0]
    assert (job.counts_as_employer, job.override_reason) == (
        False, "работает по договору с колледжем",
    )  # fmt: skip
    acts.wait(lambda: "другое" in card.counted.words.text())


def test_the_effect_leaves_nothing_behind(page, people, acts):
    card = acts.card(page, people["plant"])
    card.add_job()
    form = acts.dialog(page)
    form._fields["organization_id"].show_value(acts.stored(Organization)[-1].id)
    form.main.show_value(False)
    form.ask_effect()
    acts.wait(form.effect.isVisible)
    form.reject()
    assert len(acts.stored(Employment, expert_id=people["plant"])) == 1


def test_parts_of_the_card_are_added_changed_and_deleted(page, people, making, acts):
    with making() as make:
        group = make.group(name="ТМ-21", examinees=1).id
    card = acts.card(page, people["nowhere"])

    card.papers.adding.emit()
    form = acts.dialog(page)
    form._fields["number"].show_value("0047213")
    with acts.doing():
        form.save()
    assert acts.stored(Certificate, expert_id=people["nowhere"])[-1].number == "0047213"

    card.competences.adding.emit()
    form = acts.dialog(page)
    form.save()
    assert form.strip.isVisible()
    form._fields["specialty_id"].setText("09.02.07")
    form._fields["specialty_id"].editingFinished.emit()
    form.roles[Role.CHIEF].show_value(True)
    with acts.doing():
        form.save()
    assert acts.stored(Competence, expert_id=people["nowhere"])[0].roles == ["chief", "scoring"]

    card.absences.adding.emit()
    form = acts.dialog(page)
    form._fields["from_day"].show_value(date(2026, 6, 1))
    form._fields["to_day"].show_value(date(2026, 5, 1))
    form.save()
    assert "раньше" in form.strip.words.text()
    form._fields["to_day"].show_value(date(2026, 6, 5))
    with acts.doing():
        form.save()
    (absence,) = acts.stored(Unavailability, expert_id=people["nowhere"])
    acts.wait(lambda: card.card.absences)
    card.absences.opened.emit(absence.id)
    form = acts.dialog(page)
    with acts.doing() as told:
        form.delete()
    assert told.args == ["удаление недоступности"]
    assert not acts.stored(Unavailability, expert_id=people["nowhere"])

    form = opened(acts, card, page, "Отметить: учил группу")
    form._fields["group_id"].show_value(group)
    with acts.doing():
        form.save()
    assert acts.stored(TeachingLink, expert_id=people["nowhere"])[0].group_id == group

    form = opened(acts, card, page, "Отметить: родственник студента")
    form._fields["examinee_id"].setText("орлов")
    form._fields["examinee_id"].show_value(None)
    form.save()
    assert "Студент" in form.strip.words.text()
    form.reject()
    assert not acts.stored(KinshipLink, expert_id=people["nowhere"])


def opened(acts, card, page, name):
    for button in card.findChildren(QPushButton):
        if button.accessibleName() == name:
            button.click()
    return acts.dialog(page)


def test_consent_is_given_in_its_form(page, people, acts):
    card = acts.card(page, people["silent"])
    card.papers.opened.emit("consent")
    form = acts.dialog(page)
    form._fields["consent_on"].show_value(date(2026, 1, 15))
    with acts.doing():
        form.save()
    assert acts.stored(Expert, id=people["silent"])[0].consent_on == date(2026, 1, 15)


def test_held_and_refused_duties_are_told_apart(page, people, store, acts):
    with store.transaction("отложить") as session:
        for duty in session.query(Assignment).filter_by(expert_id=people["plant"]):
            duty.held = True
    card = acts.card(page, people["plant"])
    assert "не участвует" in card.counted.words.text()


def test_an_empty_roster_says_what_to_do_next(shown):
    page = shown(ExpertsPage)
    assert page.empty.isVisible()
    texts = [button.text().strip() for button in page.empty.findChildren(QPushButton)]
    assert "Добавить вручную" in texts
    assert "Загрузить из Excel…" in texts


def test_a_long_roster_is_indexed_in_the_background(people, shown, read, monkeypatch, acts):
    monkeypatch.setattr("demoexam.ui.pages.experts_page.AT_ONCE", 2)
    page = shown(ExpertsPage)
    assert len(read(page)()) == 5  # the names are there at once
    acts.wait(lambda: page.heading.summary.endswith("2 от работодателей"))
    page.go_to({"side": "employer"})
    assert len(read(page)()) == 2
