"""Invented people, organizations, rooms and exams, and what a right reading of them is."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

TODAY: Final = date(2026, 2, 2)
LAST: Final = [
    "Абрамов",
    "Белкин",
    "Вьюгин",
    "Горшков",
    "Дёмин",
    "Ежов",
    "Жаров",
    "Зуев",
    "Исаков",
    "Королёв",
    "Лыков",
    "Мохов",
    "Носов",
    "Орлов",
    "Пряхин",
    "Рыбин",
    "Сычёв",
    "Трубин",
    "Ухов",
    "Фирсов",
    "Хохлов",
    "Чудов",
    "Шилов",
    "Щукин",
    "Юрин",
    "Ясенев",
    "Седых",
    "Черных",
    "Ким",
    "Бондаренко",
    "Салтыков-Щедрин",
    "Римский-Корсаков",
    "Гусев",
    "Тихий",
    "Крылов",
    "Золотов",
    "Ильин",
    "Лапин",
    "Мухин",
]
MEN: Final = [
    "Иван",
    "Пётр",
    "Олег",
    "Семён",
    "Артём",
    "Николай",
    "Андрей",
    "Фёдор",
    "Илья",
    "Роман",
    "Павел",
    "Юрий",
    "Яков",
    "Денис",
]
WOMEN: Final = [
    "Анна",
    "Ольга",
    "Нина",
    "Мария",
    "Елена",
    "Алёна",
    "Софья",
    "Дарья",
    "Юлия",
    "Раиса",
    "Инна",
    "Любовь",
    "Вера",
    "Полина",
]
FATHERS: Final = [
    "Иванов",
    "Петров",
    "Олегов",
    "Семёнов",
    "Артёмов",
    "Николаев",
    "Андреев",
    "Фёдоров",
    "Романов",
    "Павлов",
]
POSTS: Final = [
    "инженер",
    "преподаватель",
    "мастер производственного обучения",
    "главный технолог",
    "методист",
    "шеф-повар",
    "начальник участка",
    "заведующий отделением",
    "директор",
    "зам. директора по УПР",
    "ведущий программист",
]
DOMAINS: Final = ("ru", "org", "com")
CODES: Final = [
    "09.02.07",
    "09.02.06",
    "15.01.05",
    "43.02.15",
    "08.02.01",
    "38.02.01",
    "44.02.02",
    "10.02.05",
    "23.02.07",
]
TITLES: Final = {
    "09.02.07": "Информационные системы и программирование",
    "09.02.06": "Сетевое и системное администрирование",
    "15.01.05": "Сварщик",
    "43.02.15": "Поварское и кондитерское дело",
    "08.02.01": "Строительство зданий",
    "38.02.01": "Экономика и бухгалтерский учёт",
    "44.02.02": "Преподавание в начальных классах",
    "10.02.05": "Информационная безопасность",
    "23.02.07": "Ремонт двигателей",
}
ROLES: Final = ("эксперт", "главный эксперт", "технический эксперт", "линейный эксперт")
ORGANIZATIONS: Final = (
    ("ООО", "Ромашка Плюс", True),
    ("ООО", "СтройГарант", True),
    ("АО", "Волжский завод приборов", True),
    ("ПАО", "Лугомет", True),
    ("ИП", "Кораблёв А. П.", True),
    ("ГБУЗ", "Городская больница № 3", True),
    ("ГБПОУ", "Луговской колледж связи", False),
    ("ОГАПОУ", "Приречный строительный техникум", False),
    ("ФГБОУ ВО", "Луговской государственный университет", False),
    ("ООО", "Пекарня у дома", True),
)
LONG: Final = {
    "ООО": "Общество с ограниченной ответственностью",
    "АО": "Акционерное общество",
    "ПАО": "Публичное акционерное общество",
    "ИП": "Индивидуальный предприниматель",
    "ГБПОУ": "Государственное бюджетное профессиональное образовательное учреждение",
}


def chance_of(seed: int) -> random.Random:
    """The same chances for the same seed."""
    return random.Random(seed)  # noqa: S311 -- repeatable


@dataclass
class Organization:
    form: str
    core: str
    employer: bool
    inn: str

    @property
    def name(self) -> str:
        return f"ИП {self.core}" if self.form == "ИП" else f"{self.form} «{self.core}»"


@dataclass
class Person:
    last: str
    first: str
    middle: str
    organization: Organization
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class Expected:
    """What must be read: rows by (sheet, row) with their fields."""

    kind: str
    rows: dict[tuple[str, int, int], dict[str, Any]] = field(default_factory=dict)
    hidden: set[tuple[str, int]] = field(default_factory=set)


def organizations(chance: random.Random) -> list[Organization]:
    return [Organization(*each, inn(chance, each[0] == "ИП")) for each in ORGANIZATIONS]


def person(chance: random.Random, organization: Organization) -> Person:
    last, woman = chance.choice(LAST), chance.random() < 0.5
    father = chance.choice(FATHERS)
    if woman and last.endswith(("ов", "ев", "ёв", "ин")):
        last = "-".join(
            part + "а" if part.endswith(("ов", "ев", "ёв", "ин")) else part
            for part in last.split("-")
        )
    middle = father + ("на" if woman else "ич")
    return Person(
        last,
        chance.choice(WOMEN if woman else MEN),
        middle,
        organization,
        _facts(chance, organization),
    )


def _facts(chance: random.Random, organization: Organization) -> dict[str, Any]:
    digits = "".join(chance.choices("0123456789", k=7))
    return {
        "position": chance.choice(POSTS),
        "phone": f"+7900{digits}",
        "email": f"{chance.choice('abcdefg')}.{digits}@example.{chance.choice(DOMAINS)}",
        "competences": sorted(chance.sample(CODES, chance.choice([1, 1, 2, 3]))),
        "role": chance.choice(ROLES),
        "certificate": "".join(chance.choices("0123456789", k=10)),
        "cert_until": date(2026, 3, 1) + timedelta(days=chance.randrange(900)),
        "employer": organization.employer,
        "experience": chance.randrange(1, 40),
        "birth_date": date(1958, 1, 1) + timedelta(days=chance.randrange(15_000)),
        "snils": snils(chance),
        "inn": organization.inn,
    }


def inn(chance: random.Random, personal: bool) -> str:
    start = chance.choice(["01", "77", "33"])
    body = start + "".join(chance.choices("0123456789", k=(10 if personal else 9) - len(start)))
    weights = [(7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)]
    for row in weights if personal else [(2, 4, 10, 3, 5, 9, 4, 6, 8)]:
        body += str(sum(int(d) * w for d, w in zip(body, row, strict=True)) % 11 % 10)
    return body


def snils(chance: random.Random) -> str:
    number = f"{chance.randrange(2_000_000, 999_999_999):09}"
    total = sum(int(d) * w for d, w in zip(number, range(9, 0, -1), strict=True))
    return f"{number}{total % 101 % 100:02}"
