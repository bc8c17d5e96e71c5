"""Books of lists in every shape a college might send; each with what must be read from it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from demoexam.exchange.cells import Book, Line, Sheet
from import_variants import cells, words
from import_variants.truth import ROLES, TITLES, Expected, Organization, Person, organizations, person

Row = list[Any]
OPTIONAL = ("inn", "position", "phone", "email", "competences", "role", "certificate", "cert_until",
            "employer", "experience", "birth_date", "snils", "note")  # fmt: skip
STOREYS = {
    "phone": "Контакты|Контактные данные|Связь", "email": "Контакты|Контактные данные|Связь",
    "certificate": "Свидетельство|Документ об обучении|Сертификат", "cert_until": "Свидетельство|Документ об обучении|Сертификат",
    "organization": "Место работы|Работа|Сведения о работе", "position": "Место работы|Работа|Сведения о работе",
    "last": "ФИО|Эксперт|Личные данные", "first": "ФИО|Эксперт|Личные данные", "middle": "ФИО|Эксперт|Личные данные",
}  # fmt: skip


@dataclass
class Page:
    """A sheet being written; rows are padded at the end."""

    name: str
    rows: list[Row] = field(default_factory=list)
    across: set[tuple[int, int, int]] = field(default_factory=set)
    hidden: bool = False

    def add(self, *cells_: Any) -> int:
        self.rows.append([*cells_])
        return len(self.rows)

    def sheet(self) -> Sheet:
        width = max((len(row) for row in self.rows), default=0)
        lines = tuple(
            Line(n, tuple(row + [None] * (width - len(row)))) for n, row in enumerate(self.rows, 1)
        )
        return Sheet(self.name, lines, self.hidden, frozenset(self.across))


def shuffled(chance: random.Random, names: Sequence[str], together: Sequence[str] = ()) -> list[str]:
    """The columns in an order of chance; parts of a name stay beside each other."""
    rest = [name for name in names if name not in together]
    chance.shuffle(rest)
    at = chance.randrange(len(rest) + 1) if chance.random() < 0.4 else 0
    return [*rest[:at], *together, *rest[at:]]


def titles(chance: random.Random, table: dict[str, str], names: Sequence[str]) -> list[str]:
    return [cells.title(chance, chance.choice(words.wordings(table, name))) for name in names]


def write_header(chance: random.Random, page: Page, table: dict[str, str], names: Sequence[str]) -> None:
    """One row, or two storeys where neighbours have something in common."""
    texts = titles(chance, table, names)
    groups = [STOREYS.get(name, "") for name in names]
    if chance.random() > 0.3 or not any(a and a == b for a, b in zip(groups, groups[1:], strict=False)):
        page.add(*texts)
    else:
        top: Row = []
        below: Row = []
        for at, (group, text) in enumerate(zip(groups, texts, strict=True)):
            after = group and at and groups[at - 1] == group
            before = group and groups[at + 1 : at + 2] == [group]
            top.append(chance.choice(group.split("|")) if before and not after else None if after else text)
            below.append(text if after or before else None)
        row = page.add(*top)
        page.add(*below)
        if chance.random() < 0.6:
            starts = [at for at, cell in enumerate(top) if cell is not None]
            for at, end in zip(starts, [*starts[1:], len(top)], strict=True):
                if end - at > 1:
                    page.across.add((row, at, end - 1))
    if chance.random() < 0.25:
        page.add(*map(float, range(1, len(names) + 1)))


def above(chance: random.Random, page: Page, *texts: str) -> None:
    for text in chance.sample(texts, chance.randrange(len(texts) + 1)):
        page.add(text)
    if chance.random() < 0.3:
        page.add()


def below(chance: random.Random, page: Page, count: int) -> None:
    if chance.random() < 0.4:
        page.add(chance.choice([f"Итого: {count}", f"Всего {count} чел.", f"ИТОГО {count} человек"]))
    if chance.random() < 0.3:
        page.add()
        page.add("Директор ____________ /И.О. Подписантова/")
    if chance.random() < 0.2:
        page.add("Исп. Секретарёва С.С., тел. 8 (900) 000-00-00")
    if chance.random() < 0.2:
        page.add("Заместитель директора", None, None, "Кузнецова К. К.")


def roster(seed: int) -> tuple[Book, Expected]:
    chance = random.Random(seed)
    expected = Expected("roster")
    orgs = organizations(chance)
    pages = []
    for sheet in chance.sample(["Лист1", "Эксперты", "ИТ", "Список", "2026", "Строители"], chance.choice([1, 1, 1, 2])):
        page = Page(sheet)
        above(chance, page, "СПИСОК ЭКСПЕРТОВ ДЕМОНСТРАЦИОННОГО ЭКЗАМЕНА", "на 2025/2026 учебный год", "Приложение № 1 к приказу от 15.01.2026 № 12-о")
        roster_table(chance, page, orgs, expected)
        if chance.random() < 0.15:
            page.add()
            page.add(chance.choice(["Дополнительный список", "Резерв", "Внешние эксперты (список 2)"]))
            roster_table(chance, page, orgs, expected)
        below(chance, page, len(page.rows))
        pages.append(page)
    if chance.random() < 0.2:
        page = Page("архив", hidden=True)
        roster_table(chance, page, orgs, Expected("roster"))
        pages.append(page)
    return Book("эксперты.xlsx", tuple(page.sheet() for page in pages)), expected


def roster_table(chance: random.Random, page: Page, orgs: list[Organization], expected: Expected) -> None:
    parts = chance.choice([["full"], ["full"], ["last", "first", "middle"], ["last", "first_middle"]])
    heading = chance.choice(["", "", "", "organization", "role", "competences"])
    facts = chance.sample(OPTIONAL, chance.randrange(3, len(OPTIONAL)))
    facts = [name for name in facts if name != heading]
    names = shuffled(chance, [*(["organization"] if heading != "organization" else []), *facts], parts)
    numbered = chance.random() < 0.7
    names = ["number", *names] if numbered else names
    write_header(chance, page, words.ROSTER, names)
    styles = {"flag": chance.choice(cells.FLAGS), "date": chance.randrange(12), "codes": chance.randrange(4)}
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
        told = {name: who.facts[name] for name in facts if name in who.facts and name not in ("inn", "employer")}
        if heading in ("role", "competences"):
            told[heading] = who.facts[heading]
        expected.rows[page.name, row, 0] = {
            "last": who.last, "first": who.first, "middle": who.middle, **told,
            "organizations": [who.organization.name], "employer": who.organization.employer,
        }  # fmt: skip


def _heading_key(heading: str) -> Callable[[Person], Any]:
    if heading == "organization":
        return lambda who: who.organization.core
    return lambda who: ROLES.index(who.facts["role"]) if heading == "role" else who.facts["competences"][0]


def _heading(chance: random.Random, heading: str, who: Person) -> Row:
    if heading == "organization":
        text = cells.organization(chance, who.organization, exact=True)
        return [chance.choice([text, f"{text}, ИНН {who.organization.inn}"])]
    if heading == "role":
        plural = {"эксперт": "Эксперты", "главный эксперт": "Главные эксперты:", "технический эксперт": "Технические эксперты",
                  "линейный эксперт": "Линейные эксперты"}  # fmt: skip
        return [plural[who.facts["role"]]]
    code = who.facts["competences"][0]
    return [chance.choice([f"{code} {TITLES[code]}", f"Специальность {code} «{TITLES[code]}»"])]


def roster_cell(chance: random.Random, name: str, who: Person, at: int, styles: dict[str, Any]) -> Any:
    facts = who.facts
    match name:
        case "number":
            return float(at)
        case "full":
            return cells.name(chance, who)
        case "last" | "first" | "middle":
            return getattr(who, name)
        case "first_middle":
            return f"{who.first} {who.middle}"
        case "organization":
            return cells.organization(chance, who.organization)
        case "inn":
            return chance.choice([facts["inn"], float(facts["inn"]), facts["inn"].lstrip("0")])
        case "phone":
            return cells.phone(chance, facts["phone"])
        case "competences":
            return cells.codes(chance, facts["competences"], styles["codes"])
        case "cert_until" | "birth_date":
            return cells.day(chance, facts[name], styles["date"])
        case "employer":
            return styles["flag"][0 if facts["employer"] else 1]
        case "snils":
            s = facts["snils"]
            return chance.choice([s, f"{s[:3]}-{s[3:6]}-{s[6:9]} {s[9:]}", float(s)])
        case "experience":
            return chance.choice([float(facts["experience"]), str(facts["experience"])])
        case "note":
            return chance.choice([None, None, "уточнить телефон", "по согласованию"])
    return facts[name]


def bare(seed: int) -> tuple[Book, Expected]:
    """A roster without any header: columns are known by what they hold."""
    chance = random.Random(seed)
    expected = Expected("roster")
    page = Page("Лист1")
    if chance.random() < 0.3:
        page.add("Эксперты колледжа")
    parts = chance.choice([["full"], ["full"], ["last", "first", "middle"]])
    facts = chance.sample(["phone", "email", "competences", "snils", "role", "position"], chance.randrange(2, 6))
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
    chance = random.Random(seed)
    expected = Expected("roster")
    page = Page("Лист1")
    orgs = organizations(chance)
    names = ["full", "organization", *chance.sample(["phone", "email", "position"], chance.randrange(1, 3))]
    gap: Row = [None] * chance.choice([0, 1, 1, 2])
    top = titles(chance, words.ROSTER, names)
    page.add(*top, *gap, *top)
    styles = {"flag": ("да", "нет"), "date": 1, "codes": 0}
    for at in range(1, chance.randrange(6, 12)):
        left, right = (person(chance, chance.choice(orgs)) for _ in range(2))
        cells_ = [[roster_cell(chance, name, who, at, styles) for name in names] for who in (left, right)]
        row = page.add(*cells_[0], *gap, *cells_[1])
        expected.rows[page.name, row, 0] = _truth(left, names[2:])
        expected.rows[page.name, row, len(names) + len(gap)] = _truth(right, names[2:])
    return Book("рядом.xlsx", (page.sheet(),)), expected


def _truth(who: Person, facts: Sequence[str]) -> dict[str, Any]:
    return {
        "last": who.last, "first": who.first, "middle": who.middle,
        **{name: who.facts[name] for name in facts},
        "organizations": [who.organization.name], "employer": who.organization.employer,
    }  # fmt: skip
