from PySide6.QtWidgets import QPushButton

from demoexam.models.organizations import Organization
from demoexam.rules.terms import OrganizationKind
from demoexam.services.college.college import store_setting
from demoexam.ui.pages.organizations_page import OrganizationsPage


def filled(making):
    with making() as make:
        plant = make.employer("АО «Ёлка»", industry_id=make.industry().id, city="Озёрск")
        college = make.college("Колледж связи", inn="9800000038")
        make.assignment(make.sitting(), make.expert("Семёнов Пётр Фёдорович", plant))
        make.expert("Алёшина Анна Ильинична", college)
        return plant.id, college.id


def test_the_list_tells_what_each_organization_is(making, shown, read):
    filled(making)
    page = shown(OrganizationsPage)
    rows = read(page)
    here = rows().index("АО «Ёлка»")
    assert rows("kind")[here] == "Работодатель"
    assert rows("industry")[here] == "Металлургия"
    assert rows("experts")[here] == "1"
    page.filter.setText("озерск")
    assert rows() == ["АО «Ёлка»"]
    page.filter.setText("9800000038")
    assert rows() == ["Колледж связи"]


def test_the_kind_narrows_and_headers_sort(making, shown, read):
    filled(making)
    page = shown(OrganizationsPage)
    page.kinds.show_value(OrganizationKind.EMPLOYER)
    page.kinds.chosen.emit(OrganizationKind.EMPLOYER)
    assert read(page)() == ["АО «Ёлка»"]
    page.reset_button.click()
    page.table.sort(3)
    assert read(page)("industry")[0] == "Металлургия"


def test_what_papers_need_is_written_in_place_and_taken_back(making, shown, acts):
    _, college = filled(making)
    page = shown(OrganizationsPage)
    card = acts.card(page, college)
    with acts.doing() as told:
        acts.type(card.signing.field("head_name"), "Кузнецов Кирилл Кириллович")
    assert told.args == ["правка организации: руководитель"]
    assert acts.stored(Organization, id=college)[0].head_name == "Кузнецов Кирилл Кириллович"
    acts.undo()
    assert acts.stored(Organization, id=college)[0].head_name == ""


def test_a_wrong_inn_is_refused_in_its_field(making, shown, acts):
    plant, _ = filled(making)
    page = shown(OrganizationsPage)
    card = acts.card(page, plant)
    before = acts.stored(Organization, id=plant)[0].inn
    with acts.refused():
        acts.type(card.form.field("inn"), "1234567890")
    assert card.form.field("inn").problem()
    assert acts.stored(Organization, id=plant)[0].inn == before


def test_another_kind_is_told_by_what_it_does_to_the_share(making, shown, acts):
    plant, _ = filled(making)
    page = shown(OrganizationsPage)
    acts.card(page, plant).change_kind()
    form = acts.dialog(page)
    form.kind.show_value(OrganizationKind.COLLEGE)
    form.ask_effect()
    acts.wait(lambda: "станет" in form.effect.words.text())
    assert "сейчас 100,0" in form.effect.words.text()
    assert "станет 0,0" in form.effect.words.text()
    assert acts.stored(Organization, id=plant)[0].kind is OrganizationKind.EMPLOYER
    with acts.doing() as told:
        form.save()
    assert told.args == ["смена вида организации"]
    assert acts.stored(Organization, id=plant)[0].kind is OrganizationKind.COLLEGE


def test_the_own_college_and_its_experts_stand_on_the_card(making, shown, acts, store, qtbot):
    _, college = filled(making)
    with store.transaction("свой колледж") as session:
        store_setting(session, key="own_college", value=college)
    page = shown(OrganizationsPage)
    card = acts.card(page, college)
    assert "Свой колледж" in [label.text() for label in card.findChildren(type(card.title))]
    opener = next(
        button for button in card.staff.findChildren(QPushButton)
        if "Алёшина" in button.accessibleName()
    )  # fmt: skip
    with qtbot.waitSignal(page.going) as went:
        opener.click()
    assert went.args[0] == "experts"


def test_an_organization_is_added_and_deleted(making, shown, acts, read):
    filled(making)
    page = shown(OrganizationsPage)
    page.primary.run()
    form = acts.dialog(page)
    form._fields["short_name"].show_value("ООО «Новое»")
    with acts.doing():
        form.save()
    new = acts.stored(Organization, short_name="ООО «Новое»")[0]
    acts.wait(lambda: page.card.title.text() == "ООО «Новое»")
    with acts.doing():
        page.delete([new.id])
    assert "ООО «Новое»" not in read(page)()
    acts.undo()
    assert "ООО «Новое»" in read(page)()


def test_without_organizations_the_page_says_where_they_come_from(shown):
    page = shown(OrganizationsPage)
    assert page.empty.isVisible()
    assert "появятся сами" in page.empty.title.text()
