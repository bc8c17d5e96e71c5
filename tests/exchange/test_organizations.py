import pytest
from import_truth import TRUTH

from demoexam.exchange.organizations import (
    OrganizationIndex,
    read_organization,
    read_organizations,
)
from demoexam.rules.terms import OrganizationKind

KNOWN = {each["id"]: each for file in TRUTH["files"].values() for each in file["organizations"]}


@pytest.fixture
def index() -> OrganizationIndex[str]:
    index: OrganizationIndex[str] = OrganizationIndex()
    for ident, each in KNOWN.items():
        name = read_organization(each["name"])
        assert name
        index.add(name, ident)
    return index


def test_every_spelling_leads_to_its_organization(index):
    for ident, each in KNOWN.items():
        for spelling in each["aliases"]:
            assert index.find(read_organization(spelling)) == ident, spelling


def test_the_name_tells_the_kind():
    for each in KNOWN.values():
        assert read_organization(each["name"]).kind == each["kind"], each["name"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("МБОУ СОШ № 5", OrganizationKind.OTHER),
        ("Департамент образования", OrganizationKind.OTHER),
        ("самозанятый", OrganizationKind.OTHER),
        ("ФГУП «НИИ связи»", OrganizationKind.EMPLOYER),
        ("АНО ВО «Академия дизайна»", OrganizationKind.UNIVERSITY),
        ("Завод имени Ильича", OrganizationKind.EMPLOYER),
        ("Ромашка", None),
    ],
)
def test_kinds_by_form_and_words(text, kind):
    assert read_organization(text).kind is kind


def test_different_organizations_stay_apart(index):
    for stranger in (
        "АО «СтройМонтажОбразец»",  # another legal form
        "ГБУЗ «Лугоградская городская больница № 1»",  # another number
        "ООО «Вектор»",
        "ИП Устинова А.Б.",
        "ОГАПОУ АБВГ",
    ):
        assert index.find(read_organization(stranger)) is None, stranger


def test_one_wrong_letter_is_forgiven(index):
    assert index.find(read_organization("ПАО «Лугоградский металокомбинат»")) == "org15"


def test_inn_decides(index):
    assert index.find(read_organization("Металлургический комбинат, ИНН 7700343790")) is None
    name = read_organization(KNOWN["org15"]["name"] + " (ИНН 7700343790)")
    index.add(name, "org15")
    assert index.find(read_organization("Комбинат, ИНН 7700343790")) == "org15"


def test_an_ambiguous_name_finds_nobody():
    index: OrganizationIndex[str] = OrganizationIndex()
    index.add(read_organization("ООО «Вектор»"), "one")
    index.add(read_organization("АО «Вектор»"), "two")
    assert index.find(read_organization("Вектор")) is None
    assert index.find(read_organization("АО Вектор")) == "two"


def test_several_in_one_cell_the_main_one_first():
    names = read_organizations("ГБУЗ «Больница» (по совместительству); ООО «Ресторан Пример и Ко»")
    assert [(name.short, name.is_main) for name in names] == [
        ("ООО «Ресторан Пример и Ко»", True),
        ("ГБУЗ «Больница»", False),
    ]
    assert len(read_organizations("ООО «А», ООО «Б»")) == 2
    assert len(read_organizations("ООО «Иванов, Петров и Ко»")) == 1


def test_short_and_full_names():
    long = read_organization("Общество с ограниченной ответственностью «Вектор»")
    assert (long.short, long.full) == ("ООО «Вектор»", long.text)
    trader = read_organization("2. Индивидуальный предприниматель Устинова Полина Геннадьевна")
    assert trader.short == "ИП Устинова П. Г."
    assert read_organization("Вектор").full == ""


@pytest.mark.parametrize("text", ["", "—", "#N/A", " ( ) "])
def test_nothing_is_no_organization(text):
    assert read_organization(text) is None
