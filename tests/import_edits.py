"""Lists of every kind with random cells, and what a change of each cell should change."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter
from import_lists import csv_file

Row = dict[str, str]
Changes = Counter[tuple[str, str]]  # (table, column), or "+" for a row that is added
Edit = tuple[Callable[[Random, Row], str], Sequence[tuple[str, str]]]  # new text, what it changes

LAST = ("Абрамов", "Берёзкин", "Воробьёв", "Горин", "Дятлов", "Ершов", "Жилин", "Зотов", "Ильин",
        "Кротов", "Лосев", "Мухин", "Носов", "Орлов", "Пучков", "Рябов", "Сомов",
        "Тихонов")  # fmt: skip
FIRST = ("Алексей", "Борис", "Виктор", "Григорий", "Денис", "Егор", "Фёдор", "Яков", "Семён")
MIDDLE = ("Андреевич", "Борисович", "Викторович", "Петрович", "Ильич", "Фёдорович", "Львович")
FIRMS = ("ООО «Ромашка»", "АО «Завод «Вымпел»»", "ГБПОУ «Колледж связи № 54»",
         'ООО "Лаборатория = точность"', "ПАО «Северная верфь»")  # fmt: skip
POSTS = ("мастер", "преподаватель", "инженер-технолог", "начальник участка", "токарь 5-го разряда")
CODES = ("09.02.07", "15.02.16", "08.02.01", "23.02.07", "13.02.13")
ROOMS = ("101", "012", "2-14", "А-7", "310")


@dataclass(frozen=True)
class Listing:
    """A list as it stands in a file; `key` names the columns whose edits are not tried."""

    kind: str
    titles: Mapping[str, str]  # field -> title of its column
    rows: tuple[Row, ...]
    edits: Mapping[str, Edit]

    def write(self, path: Path) -> Path:
        header = [*self.titles.values()]
        lines = [header, *([row[name] for name in self.titles] for row in self.rows)]
        if path.suffix == ".csv":
            return csv_file(path, *lines)
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("Лист1")
            for number, cells in enumerate(lines):
                for column, cell in enumerate(cells):
                    sheet.write_string(number, column, cell)
        return path

    def edited(self, random: Random) -> tuple["Listing", Changes]:
        """A copy in which some cells are others, each row once at most, and what that changes."""
        rows, changes = [dict(row) for row in self.rows], Changes()
        for row in random.sample(rows, random.randint(1, min(3, len(rows) - 1))):
            name = random.choice([*self.edits])
            news, told = self.edits[name]
            text = news(random, row)
            if text != row[name]:
                row[name] = text
                changes.update(told)
        return replace(self, rows=tuple(rows)), changes

    def shuffled(self, random: Random) -> "Listing":
        rows = [*self.rows]
        random.shuffle(rows)
        names = [*self.titles]
        random.shuffle(names)
        titles = {name: self.titles[name] for name in names}
        return replace(self, rows=tuple(rows), titles=titles)


def one_of(values: Sequence[str], name: str) -> Callable[[Random, Row], str]:
    """Any of the values but the row's own."""
    return lambda random, row: random.choice([each for each in values if each != row[name]])


def day(random: Random, year: int = 2027) -> str:
    return f"{date(year, 1, 1) + timedelta(days=random.randrange(365)):%d.%m.%Y}"


def phone(random: Random) -> str:
    return f"8 (9{random.randrange(100):02}) {random.randrange(1000):03}-{random.randrange(100):02}-{random.randrange(100):02}"  # noqa: E501


def snils(random: Random) -> str:
    number = f"{random.randrange(2_000_000, 999_999_999):09}"
    total = sum(int(digit) * weight for digit, weight in zip(number, range(9, 0, -1), strict=True))
    return f"{number[:3]}-{number[3:6]}-{number[6:]} {total % 101 % 100:02}"


def names(random: Random, count: int) -> list[str]:
    """Different surnames, so that nobody resembles anybody."""
    return [
        f"{last} {random.choice(FIRST)} {random.choice(MIDDLE)}"
        for last in random.sample(LAST, count)
    ]


def _surname(random: Random, row: Row) -> str:
    _, _, rest = row["full_name"].partition(" ")
    return f"{random.choice(('Новиков', 'Щербаков', 'Ющенко'))} {rest}"


def _slip(random: Random, row: Row) -> str:
    """A letter of the surname is another one."""
    return f"{row['full_name'][:2]}{random.choice('эщю')}{row['full_name'][3:]}"


def roster(random: Random, *, employers: bool = False) -> Listing:
    rows = tuple(
        {
            "full_name": name,
            "snils": snils(random),
            "organization": random.choice(FIRMS[:2] if employers else FIRMS),
            "position": random.choice(POSTS),
            "phone": phone(random),
            "email": f"e{random.randrange(10**9)}@example.net",
            "certificate": f"00{random.randrange(10**8):08}",
            "cert_until": day(random),
            "competences": random.choice(CODES),
        }
        for name in names(random, 7 if employers else random.randint(3, 9))
    )
    here = {row["organization"] for row in rows}
    titles = {"full_name": "ФИО эксперта", "snils": "СНИЛС", "organization": "Место работы",
              "position": "Должность", "phone": "Телефон", "email": "Эл. почта",
              "certificate": "№ свидетельства", "cert_until": "Действует до",
              "competences": "Код специальности"}  # fmt: skip
    edits: dict[str, Edit] = {
        "full_name": (_surname, [("expert", "last_name")]),
        "position": (one_of(POSTS, "position"), [("employment", "post")]),
        "phone": (lambda r, _: phone(r), [("expert", "phone")]),
        "email": (lambda r, _: f"n{r.randrange(10**9)}@example.org", [("expert", "email")]),
        "certificate": (lambda r, _: f"0{r.randrange(10**9):09}", [("certificate", "number")]),
        "cert_until": (lambda r, _: day(r, 2029), [("certificate", "valid_until")]),
        "competences": (lambda r, row: f"{row['competences']}, 22.02.06", [("competence", "+")]),
    }
    if len(here) > 1:
        moved = [("employment", "valid_to"), ("employment", "+")]
        edits["organization"] = (one_of(sorted(here), "organization"), moved)
    return Listing("roster", titles, rows, edits)


def students(random: Random) -> Listing:
    groups = ("ИС-21", "ТМ-3/1", "01-А")
    rows = tuple(
        {
            "full_name": name,
            "group": groups[number % len(groups)],
            "birth_date": day(random, 2006),
            "assistant": random.choice(("да", "нет")),
        }
        for number, name in enumerate(names(random, 15))
    )
    titles = {"full_name": "Студент", "group": "Группа", "birth_date": "Дата рождения",
              "assistant": "Нужен ассистент"}  # fmt: skip
    edits: dict[str, Edit] = {
        "assistant": (one_of(("да", "нет"), "assistant"), [("examinee", "needs_assistant")]),
        "full_name": (_slip, [("examinee", "last_name")]),
        "group": (one_of(groups, "group"), [("examinee", "group_id")]),
    }  # fmt: skip
    return Listing("students", titles, rows, edits)


def workshops(random: Random) -> Listing:
    rows = tuple(
        {
            "name": f"Мастерская «{name}»",
            "room": room,
            "address": "г. Тестов, ул. Новая, д. 1",
            "places": str(random.randint(4, 25)),
            "until": day(random),
        }
        for name, room in zip(("Сварка", "Токарное дело", "Связь", "Кухня"), ROOMS, strict=False)
    )
    titles = {"name": "Наименование мастерской", "room": "Кабинет", "address": "Адрес",
              "places": "Количество рабочих мест", "until": "Аккредитована до"}  # fmt: skip
    edits: dict[str, Edit] = {
        "places": (lambda r, _: str(r.randint(26, 40)), [("workshop", "places")]),
        "until": (lambda r, _: day(r, 2029), [("workshop", "accredited_until")]),
        "room": (lambda r, _: f"{r.randint(400, 999)}", [("workshop", "room")]),
        "name": (lambda r, _: f"Лаборатория «Плазма-{r.randint(2, 99)}»", [("workshop", "name")]),
        "address": (lambda r, _: f"г. Тестов, ул. Старая, д. {r.randint(2, 99)}",
                    [("workshop", "address")]),
    }  # fmt: skip
    return Listing("workshops", titles, rows, edits)


def kits(random: Random) -> Listing:
    rows = tuple(
        {
            "code": f"{code}-{number}-2026",
            "level": level,
            "minutes": f"{random.randint(2, 4)}:30",
            "points": "50",
            "experts": "2",
        }
        for number, code in enumerate(CODES, start=1)
        for level in ("БУ", "ПУ")
    )
    titles = {"code": "Шифр КОД", "level": "Уровень", "minutes": "Продолжительность",
              "points": "Макс. балл", "experts": "Количество экспертов"}  # fmt: skip
    edits: dict[str, Edit] = {
        "minutes": (lambda r, _: f"{r.randint(5, 7)}:00", [("assessment_kit", "minutes")]),
        "points": (lambda r, _: str(r.randint(51, 100)), [("assessment_kit", "core_points")]),
        "experts": (lambda r, _: str(r.randint(3, 6)),
                    [("staffing_rule", "deleted"), ("staffing_rule", "deleted_by"), ("staffing_rule", "+")]),  # noqa: E501
    }  # fmt: skip
    return Listing("kits", titles, rows, edits)


def schedule(random: Random, people: Sequence[str], codes: Sequence[str]) -> Listing:
    """Sittings that contradict nothing: each on days of its own, in a workshop free all day."""
    days = [date(2026, 6, 1) + timedelta(days=shift) for shift in range(0, 28, 7)]
    rows = tuple(
        {
            "date": f"{monday:%d.%m.%Y}",
            "time": random.choice(("08:30", "9:00")),
            "group": f"ИС-{number}1",
            "kit": f"{random.choice(codes)} БУ",
            "workshop": random.choice(("Мастерская «Сварка»", "Мастерская «Связь»")),
            "head_count": str(random.randint(2, 4)),
            "chief": short(people[0]),
            "experts": ", ".join(short(each) for each in random.sample(people[1:-1], 2)),
        }
        for number, monday in enumerate(days, start=1)
    )
    titles = {"date": "Дата экзамена", "time": "Начало", "group": "Группа", "kit": "КОД",
              "workshop": "Мастерская", "head_count": "Кол-во участников",
              "chief": "Главный эксперт", "experts": "Экспертная группа"}  # fmt: skip
    edits: dict[str, Edit] = {
        "date": (lambda _, row: later(row["date"]),
                 [("exam_session", "starts_at"), ("exam_session", "ends_at")]),
        "time": (lambda r, _: r.choice(("10:00", "11:30")),
                 [("exam_session", "starts_at"), ("exam_session", "ends_at")]),
        "workshop": (one_of(("Мастерская «Сварка»", "Мастерская «Связь»"), "workshop"),
                     [("exam_session", "workshop_id")]),
        "head_count": (lambda r, _: "1", [("exam_session", "head_count")]),
        "experts": (lambda _, row: f"{row['experts'].split(', ')[0]}, {short(people[-1])}",
                    [("assignment", "deleted"), ("assignment", "deleted_by"), ("assignment", "+")]),
    }  # fmt: skip
    return Listing("schedule", titles, rows, edits)


def later(day: str) -> str:
    """The day after."""
    moved = date(int(day[6:]), int(day[3:5]), int(day[:2])) + timedelta(days=1)
    return f"{moved:%d.%m.%Y}"


def short(name: str) -> str:
    """Абрамов А. А."""
    last, first, middle = name.split()
    return f"{last} {first[0]}. {middle[0]}."
