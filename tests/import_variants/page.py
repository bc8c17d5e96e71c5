"""A page being written: titles above, a header of one or two rows, totals and signatures below."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from demoexam.exchange.cells import Line, Sheet
from import_variants import cells, words

Row = list[Any]
STOREYS = {
    "phone": "Контакты|Контактные данные|Связь",
    "email": "Контакты|Контактные данные|Связь",
    "certificate": "Свидетельство|Документ об обучении|Сертификат",
    "cert_until": "Свидетельство|Документ об обучении|Сертификат",
    "organization": "Место работы|Работа|Сведения о работе",
    "position": "Место работы|Работа|Сведения о работе",
    "last": "ФИО|Эксперт|Личные данные",
    "first": "ФИО|Эксперт|Личные данные",
    "middle": "ФИО|Эксперт|Личные данные",
}


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


def shuffled(
    chance: random.Random, names: Sequence[str], together: Sequence[str] = ()
) -> list[str]:
    """The columns in an order of chance; parts of a name stay beside each other."""
    rest = [name for name in names if name not in together]
    chance.shuffle(rest)
    at = chance.randrange(len(rest) + 1) if chance.random() < 0.4 else 0
    return [*rest[:at], *together, *rest[at:]]


def titles(chance: random.Random, table: words.Wordings, names: Sequence[str]) -> list[str]:
    return [cells.title(chance, chance.choice(table[name])) for name in names]


def write_header(
    chance: random.Random, page: Page, table: words.Wordings, names: Sequence[str]
) -> None:
    """One row, or two storeys where neighbours have something in common."""
    texts = titles(chance, table, names)
    groups = [STOREYS.get(name, "") for name in names]
    if chance.random() > 0.3 or not any(a and a == b for a, b in pairwise(groups)):
        page.add(*texts)
    else:
        top: Row = []
        below: Row = []
        for at, (group, text) in enumerate(zip(groups, texts, strict=True)):
            after = group and at and groups[at - 1] == group
            before = group and groups[at + 1 : at + 2] == [group]
            top.append(
                chance.choice(group.split("|")) if before and not after else None if after else text
            )
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
        page.add(
            chance.choice([f"Итого: {count}", f"Всего {count} чел.", f"ИТОГО {count} человек"])
        )
    if chance.random() < 0.3:
        page.add()
        page.add("Директор ____________ /И.О. Подписантова/")
    if chance.random() < 0.2:
        page.add("Исп. Секретарёва С.С., тел. 8 (900) 000-00-00")
    if chance.random() < 0.2:
        page.add("Заместитель директора", None, None, "Кузнецова К. К.")
