"""Books of experts in every shape a college might send; each with what must be read from it."""

import random
from collections.abc import Callable, Sequence
from typing import Any

from demoexam.exchange.cells import Book
from import_variants import cells, words
from import_variants.page import Page, Row, above, below, shuffled, titles, write_header
from import_variants.truth import (
    ROLES,
    TITLES,
    Expected,
    Organization,
    Person,
    chance_of,
    organizations,
    person,
)

OPTIONAL = (
    "inn",
    "position",
    "phone",
    "email",
    "competences",
    "role",
    "certificate",
    "cert_until",
    "employer",
    "experience",
    "birth_date",
    "snils",
    "note",
)


def roster(seed: int) -> tuple[Book, Expected]:
    chance = chance_of(seed)
    expected = Expected("roster")
    orgs = organizations(chance)
    pages = []
    for sheet in chance.sample(
        ["Лист1", "Эксперты", "ИТ", "Список", "2026", "Строители"], chance.choice([1, 1, 1, 2])
    ):
        page = Page(sheet)
        above(
            chance,
            page,
            "СПИСОК ЭКСПЕРТОВ ДЕМОНСТРАЦИОННОГО ЭКЗАМЕНА",
            "на 2025/2026 учебный год",
            "Приложение № 1 к приказу от 15.01.2026 № 12-о",
        )
        roster_table(chance, page, orgs, expected)
        if chance.random() < 0.15:
            page.add()
            page.add(
                chance.choice(["Дополнительный список", "Резерв", "Внешние эксперты (список 2)"])
            )
            roster_table(chance, page, orgs, expected)
        below(chance, page, len(page.rows))
        pages.append(page)
    if chance.random() < 0.2:
        page = Page("архив", hidden=True)
        roster_table(chance, page, orgs, Expected("roster"))
        pages.append(page)
    return Book("эксперты.xlsx", tuple(page.sheet() for page in pages)), expected


def roster_table(
    chance: random.Random, page: Page, orgs: list[Organization], expected: Expected
) -> None:
    parts = chance.choice(
        [["full"], ["full"], ["last", "first", "middle"], ["last", "first_middle"]]
    )
    heading = chance.choice(["", "", "", "organization", "role", "competences"])
    facts = chance.sample(OPTIONAL, chance.randrange(3, len(OPTIONAL)))
    facts = [name for name in facts if name != heading]
    names = shuffled(
        chance, [*(["organization"] if heading != "organization" else []), *facts], parts
    )
    numbered = chance.random() < 0.7
    names = ["number", *names] if numbered else names
    write_header(chance, page, words.ROSTER, names)
    styles = {
        "flag": chance.choice(cells.FLAGS),
        "date": chance.randrange(12),
        "codes": chance.randrange(4),
    }
    people = [person(chance, chance.choice(orgs)) for _ in range(chance.randrange(6, 30))]
    key = _heading_key(heading)
    if heading:
        people.sort(key=key)
        for who in people:
            if heading == "competences":
                who.facts["competences"] = [who.facts["competences"][0]]
    headers = [*page.rows[-1]] if chance.random() < 0.1 else None
    last: Any = None
    for at, who in enumerate(people, 1):
        if heading and key(who) != last:
            last = key(who)
            page.add(*_heading(chance, heading, who))
        if headers and at == len(people) // 2 and not isinstance(headers[0], float):
            page.add(*headers)
        row = page.add(*[roster_cell(chance, name, who, at, styles) for name in names])
        told = {
            name: who.facts[name]
            for name in facts
            if name in who.facts and name not in ("inn", "employer")
        }
        if heading in ("role", "competences"):
            told[heading] = who.facts[heading]
        expected.rows[page.name, row, 0] = {
            "last": who.last,
            "first": who.first,
            "middle": who.middle,
            **told,
            "organizations": [who.organization.name],
            "employer": who.organization.employer,
        }


def _heading_key(heading: str) -> Callable[[Person], Any]:
    if heading == "organization":
        return lambda who: who.organization.core
    return lambda who: (
        ROLES.index(who.facts["role"]) if heading == "role" else who.facts["competences"][0]
    )


def _heading(chance: random.Random, heading: str, who: Person) -> Row:
    if heading == "organization":
        text = cells.organization(chance, who.organization, exact=True)
        return [chance.choice([text, f"{text}, ИНН {who.organization.inn}"])]
    if heading == "role":
        plural = {
            "эксперт": "Эксперты",
            "главный эксперт": "Главные эксперты:",
            "технический эксперт": "Технические эксперты",
            "линейный эксперт": "Линейные эксперты",
        }
        return [plural[who.facts["role"]]]
    code = who.facts["competences"][0]
    return [chance.choice([f"{code} {TITLES[code]}", f"Специальность {code} «{TITLES[code]}»"])]


def roster_cell(
    chance: random.Random, name: str, who: Person, at: int, styles: dict[str, Any]
) -> Any:
    facts = who.facts
    typed: dict[str, Callable[[], Any]] = {
        "number": lambda: float(at),
        "full": lambda: cells.name(chance, who),
        "last": lambda: who.last,
        "first": lambda: who.first,
        "middle": lambda: who.middle,
        "first_middle": lambda: f"{who.first} {who.middle}",
        "organization": lambda: cells.organization(chance, who.organization),
        "inn": lambda: chance.choice([facts["inn"], float(facts["inn"]), facts["inn"].lstrip("0")]),
        "phone": lambda: cells.phone(chance, facts["phone"]),
        "competences": lambda: cells.codes(chance, facts["competences"], styles["codes"]),
        "cert_until": lambda: cells.day(chance, facts["cert_until"], styles["date"]),
        "birth_date": lambda: cells.day(chance, facts["birth_date"], styles["date"]),
        "employer": lambda: styles["flag"][0 if facts["employer"] else 1],
        "snils": lambda: cells.snils(chance, facts["snils"]),
        "experience": lambda: chance.choice([float(facts["experience"]), str(facts["experience"])]),
        "note": lambda: chance.choice([None, None, "уточнить телефон", "по согласованию"]),
        "org_kind": lambda: chance.choice(styles["kinds"][0 if facts["employer"] else 1]),
    }
    return typed[name]() if name in typed else facts[name]


def bare(seed: int) -> tuple[Book, Expected]:
    """A roster without any header: columns are known by what they hold."""
    chance = chance_of(seed)
    expected = Expected("roster")
    page = Page("Лист1")
    if chance.random() < 0.3:
        page.add("Эксперты колледжа")
    parts = chance.choice([["full"], ["full"], ["last", "first", "middle"]])
    facts = chance.sample(
        ["phone", "email", "competences", "snils", "role", "position"], chance.randrange(2, 6)
    )
    names = shuffled(chance, ["organization", *facts], parts)
    names = ["number", *names] if chance.random() < 0.5 else names
    styles = {"flag": ("да", "нет"), "date": 1, "codes": chance.randrange(2)}
    orgs = organizations(chance)
    for at in range(1, chance.randrange(8, 20)):
        who = person(chance, chance.choice(orgs))
        row = page.add(*[roster_cell(chance, name, who, at, styles) for name in names])
        expected.rows[page.name, row, 0] = _truth(who, facts)
    return Book("без шапки.xlsx", (page.sheet(),)), expected


def beside(seed: int) -> tuple[Book, Expected]:
    """Two rosters side by side."""
    chance = chance_of(seed)
    expected = Expected("roster")
    page = Page("Лист1")
    orgs = organizations(chance)
    names = [
        "full",
        "organization",
        *chance.sample(["phone", "email", "position"], chance.randrange(1, 3)),
    ]
    gap: Row = [None] * chance.choice([0, 1, 1, 2])
    top = titles(chance, words.ROSTER, names)
    page.add(*top, *gap, *top)
    styles = {"flag": ("да", "нет"), "date": 1, "codes": 0}
    for at in range(1, chance.randrange(6, 12)):
        left, right = (person(chance, chance.choice(orgs)) for _ in range(2))
        cells_ = [
            [roster_cell(chance, name, who, at, styles) for name in names] for who in (left, right)
        ]
        row = page.add(*cells_[0], *gap, *cells_[1])
        expected.rows[page.name, row, 0] = _truth(left, names[2:])
        expected.rows[page.name, row, len(names) + len(gap)] = _truth(right, names[2:])
    return Book("рядом.xlsx", (page.sheet(),)), expected


def _truth(who: Person, facts: Sequence[str]) -> dict[str, Any]:
    return {
        "last": who.last,
        "first": who.first,
        "middle": who.middle,
        **{name: who.facts[name] for name in facts},
        "organizations": [who.organization.name],
        "employer": who.organization.employer,
    }
