"""A roster of many invented experts as an .xlsx, with what real ones have in every row."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from demoexam.services.sample.names import people

TITLES = (
    "№ п/п", "Ф.И.О. эксперта", "СНИЛС", "Наименование организации", "Должность",
    "Контактный телефон", "Электронная почта", "Код специальности",
    "Срок действия свидетельства",
)  # fmt: skip
ORGANIZATIONS = (
    "ООО «Ресторан Пример и Ко»", "ПАО «Лугоградский металлокомбинат»", "ИП Устинова П.Г.",
    "АО «Приборный завод «Меридиан-Т»»", "ООО «Автоцентр на Тестовой»", "ООО «Ромашка»",
    "ГБУЗ «Лугоградская городская больница № 0»", "АО «Заречный хлебозавод»",
    "ОГАПОУ «Сосноборский политехнический колледж»", "ООО «Швейная фабрика Образец»",
    "ГБПОУ «Берёзогорский колледж информационных технологий»",
    "ФГБОУ ВО «Северогорский государственный технический университет»",
)  # fmt: skip
POSTS = ("преподаватель", "инженер", "методист", "начальник участка", "мастер", "технолог",
         "ведущий инженер-технолог", "генеральный директор", "специалист по персоналу")  # fmt: skip
CODES = ("09.02.07", "23.02.07", "15.02.16", "38.02.01", "43.02.15", "44.02.01", "34.02.01",
         "09.02.06", "13.01.10", "43.01.09", "54.01.20", "08.01.28")  # fmt: skip


def write_roster(path: Path, rows: int) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Реестр")
        sheet.write_row(0, 0, TITLES)
        for number, row in enumerate(_rows(rows), start=1):
            sheet.write_row(number, 0, row)


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    rng = Random(20)
    for number, person in zip(range(1, count + 1), people(rng), strict=False):
        yield (
            number,
            " ".join(person),
            _snils(900_000_000 + number * 4177 % 99_000_000),
            rng.choice(ORGANIZATIONS),
            rng.choice(POSTS),
            f"+7 (900) {number // 10_000:03d}-{number // 100 % 100:02d}-{number % 100:02d}",
            f"expert{number}@example.com",
            "; ".join(rng.sample(CODES, rng.randint(1, 3))),
            f"{rng.randint(1, 28):02d}.{rng.randint(1, 12):02d}.{rng.randint(2025, 2028)}",
        )


def _snils(number: int) -> str:
    digits = f"{number:09d}"
    control = sum(int(digit) * (9 - place) for place, digit in enumerate(digits)) % 101 % 100
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]} {control:02d}"
