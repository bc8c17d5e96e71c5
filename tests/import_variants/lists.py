"""Lists of students, workshops, kits and exams in every shape; rosters without a header too."""

import random
from datetime import date, timedelta
from typing import Any

from demoexam.exchange.cells import Book
from demoexam.text import MONTHS
from import_variants import cells, words
from import_variants.page import Page, above, below, shuffled, write_header
from import_variants.truth import CODES, TITLES, Expected, chance_of, organizations, person

COLLEGE = "ГБПОУ «Луговской колледж связи»"
LEVELS = {
    "ПА": ("ПА", "ПА", "промежуточная аттестация"),
    "БУ": ("ГИА ДЭ БУ", "БУ", "базовый"),
    "ПУ": ("ГИА ДЭ ПУ", "ПУ", "профильный"),
}


def students(seed: int) -> tuple[Book, Expected]:
    chance = chance_of(seed)
    expected = Expected("students")
    letters, ends = ["ИС", "СА", "ТМ", "ПКД", "СВ", "Ис"], ["", "1", "/2", "к", "-9"]
    groups = [
        f"{chance.choice(letters)}-{chance.randrange(11, 45)}{chance.choice(ends)}"
        for _ in range(chance.randrange(2, 5))
    ]
    groups = [*dict.fromkeys(groups)]
    told = chance.choice(["column", "column", "both", "heading", "sheet"])
    codes = {group: chance.choice(CODES) for group in groups}
    pages = []
    sheets = (
        groups
        if told == "sheet"
        else [chance.choice(["Студенты", "Лист1", "Выпускники 2026", "списки"])]
    )
    parts = chance.choice([["full"], ["full"], ["last", "first", "middle"]])
    facts = chance.sample(
        ["specialty", "college", "birth_date", "course", "note"], chance.randrange(1, 5)
    )
    names = shuffled(chance, [*(["group"] if told in ("column", "both") else []), *facts], parts)
    names = ["number", *names] if chance.random() < 0.7 else names
    style = chance.randrange(12)
    for sheet in sheets:
        page = Page(sheet.replace("/", "-"))
        above(
            chance,
            page,
            f"Список выпускников 2026 года, {COLLEGE}",
            "Приложение 2",
            "к приказу № 14 от 12.01.2026",
        )
        write_header(chance, page, words.STUDENTS, names)
        for group in [sheet] if told == "sheet" else groups:
            if told in ("both", "heading"):
                text = chance.choice(
                    [
                        f"Группа {group}",
                        group,
                        f"гр. {group}",
                        f"Группа № {group}",
                        f"Учебная группа {group}",
                    ]
                )
                page.add(text, *([None] * (len(names) - 1)))
            for at in range(1, chance.randrange(4, 14)):
                who = person(chance, organizations(chance_of(1))[0])
                born = date(2005, 1, 1) + timedelta(days=chance.randrange(1200))
                values = {
                    "number": float(at),
                    "full": cells.name(chance, who),
                    "last": who.last,
                    "first": who.first,
                    "middle": who.middle,
                    "group": chance.choice([group, group, f"гр. {group}", f" {group} "]),
                    "specialty": chance.choice(
                        [codes[group], f"{codes[group]} {TITLES[codes[group]]}"]
                    ),
                    "college": COLLEGE,
                    "birth_date": cells.day(chance, born, style),
                    "course": 4.0,
                    "note": None,
                }
                row = page.add(*[values[name] for name in names])
                told_fields = {
                    "last": who.last,
                    "first": who.first,
                    "middle": who.middle,
                    "group": page.name if told == "sheet" else group,
                }
                if "birth_date" in facts:
                    told_fields["birth_date"] = born
                if "specialty" in facts:
                    told_fields["specialty"] = codes[group]
                expected.rows[page.name, row, 0] = told_fields
        below(chance, page, 5)
        pages.append(page)
    return Book("студенты.xlsx", tuple(page.sheet() for page in pages)), expected


def workshops(seed: int) -> tuple[Book, Expected]:
    chance = chance_of(seed)
    expected = Expected("workshops")
    page = Page(chance.choice(["Мастерские", "Лист1", "ЦПДЭ", "Площадки"]))
    above(chance, page, "Перечень мастерских", "Материально-техническая база ЦПДЭ")
    facts = chance.sample(
        ["room", "address", "places", "until", "specialty"], chance.randrange(3, 6)
    )
    facts = facts if "places" in facts else [*facts, "places"]
    names = shuffled(chance, facts, ["name"])
    names = ["number", *names] if chance.random() < 0.6 else names
    write_header(chance, page, words.WORKSHOPS, names)
    style = chance.randrange(12)
    joined = chance.random() < 0.25 and "room" not in names
    wordy = chance.choice(
        ["Мастерская «{}»", "Мастерская «{}»", "{}", "Лаборатория «{}»", "Мастерская {}"]
    )
    for at, code in enumerate(chance.sample(CODES, 7), 1):
        room, places = str(chance.randrange(100, 420)), chance.randrange(5, 20)
        until = date(2026, 6, 1) + timedelta(days=chance.randrange(700))
        name, address = (
            wordy.format(TITLES[code]),
            f"г. Луговой, ул. Садовая, д. {chance.randrange(1, 90)}",
        )
        values = {
            "number": float(at),
            "name": name + (f", каб. {room}" if joined else ""),
            "room": chance.choice([room, float(room), f"каб. {room}", f"ауд. {room}"]),
            "address": address,
            "places": chance.choice([float(places), str(places), f"{places} мест"]),
            "until": cells.day(chance, until, style),
            "specialty": chance.choice([code, f"{code} {TITLES[code]}"]),
        }
        row = page.add(*[values[each] for each in names])
        truth = {
            "name": name,
            "room": room,
            "address": address,
            "places": places,
            "until": until,
            "specialty": code,
        }
        expected.rows[page.name, row, 0] = {
            key: value for key, value in truth.items() if key in names or (key == "room" and joined)
        }
    below(chance, page, 7)
    return Book("мастерские.xlsx", (page.sheet(),)), expected


def kits(seed: int) -> tuple[Book, Expected]:
    chance = chance_of(seed)
    expected = Expected("kits")
    page = Page(chance.choice(["КОД 2026", "Лист1", "Комплекты", "КИМ"]))
    above(
        chance,
        page,
        "Комплекты оценочной документации, выбранные колледжем на 2026 год",
        "Приложение 3",
    )
    facts = [
        "minutes",
        *chance.sample(
            ["specialty", "max_points", "workplaces", "experts"], chance.randrange(2, 5)
        ),
    ]
    names = shuffled(chance, [*facts, "level"], ["code"])
    names = ["number", *names] if chance.random() < 0.5 else names
    write_header(chance, page, words.KITS, names)
    level_way, minutes_way, prefix = (
        chance.randrange(3),
        chance.randrange(6),
        chance.choice(["КОД ", "", "KOD ", "код "]),
    )
    for at, code in enumerate(chance.sample(CODES, 5), 1):
        for level, minutes, points in (("ПА", 60, 25), ("БУ", 150, 50), ("ПУ", 240, 100)):
            kit = f"{code}-{chance.randrange(1, 4)}-2026"
            places, experts = chance.randrange(4, 12), chance.randrange(2, 7)
            clock = f"{minutes // 60}:{minutes % 60:02}:00"
            values = {
                "number": float(at),
                "code": prefix + kit,
                "specialty": f"{code} {TITLES[code]}",
                "level": LEVELS[level][level_way],
                "max_points": chance.choice([float(points), f"{points},00"]),
                "minutes": [
                    clock,
                    f"{minutes} мин",
                    float(minutes),
                    timedelta(minutes=minutes),
                    f"{minutes // 60} ч {minutes % 60:02} мин",
                    f"{minutes / 60:g} ч".replace(".", ","),
                ][minutes_way],
                "workplaces": chance.choice([float(places), str(places)]),
                "experts": float(experts),
            }
            row = page.add(*[values[each] for each in names])
            truth = {
                "code": kit,
                "specialty": code,
                "level": level,
                "minutes": minutes,
                "max_points": points,
                "workplaces": places,
                "experts": experts,
            }
            expected.rows[page.name, row, 0] = {
                key: truth[key] for key in truth if key in names or key == "code"
            }
    return Book("код.xlsx", (page.sheet(),)), expected


def schedule(seed: int) -> tuple[Book, Expected]:
    chance = chance_of(seed)
    expected = Expected("schedule")
    page = Page(chance.choice(["График ДЭ", "Лист1", "Расписание", "июнь"]))
    above(
        chance,
        page,
        "УТВЕРЖДЕН приказом директора",
        "ГРАФИК проведения демонстрационного экзамена в 2026 году",
    )
    one_level = chance.random() < 0.6
    facts = chance.sample(
        ["time", "workshop", "students", "chief", "experts"], chance.randrange(3, 6)
    )
    facts = facts if "workshop" in facts or "experts" in facts else [*facts, "experts"]
    names = shuffled(chance, ["group", "kod", *facts, *([] if one_level else ["level"])], ["date"])
    names = ["number", *names] if chance.random() < 0.6 else names
    write_header(chance, page, words.SCHEDULE, names)
    style, glued = chance.randrange(6), chance.random() < 0.5
    for at in range(1, chance.randrange(6, 14)):
        day = date(2026, 6, 1) + timedelta(days=chance.randrange(25))
        last = (
            day + timedelta(days=1)
            if chance.random() < 0.2 and day.month == 6 and day.day < 29
            else day
        )
        code, level = chance.choice(CODES), chance.choice(["БУ", "ПУ"])
        group, kit = (
            f"{chance.choice(['ИС', 'СА', 'СВ'])}-{chance.randrange(211, 240)}",
            f"{code}-1-2026",
        )
        team = [person(chance, organizations(chance_of(1))[0]) for _ in range(4)]
        hour = chance.choice([8, 9, 10, 13])
        values: dict[str, Any] = {
            "number": float(at),
            "date": _days(chance, day, last, style),
            "time": chance.choice(
                [
                    f"{hour}:00",
                    f"{hour:02}:00",
                    f"{hour}.00",
                    f"{hour:02}-00",
                    f"{hour:02}:00–{hour + 4}:00",
                ]
            ),
            "group": group,
            "level": LEVELS[level][2],
            "kod": f"КОД {kit} {level}" if one_level else kit,
            "workshop": f"Мастерская «{TITLES[code]}»"
            + chance.choice(["", f", каб. {chance.randrange(100, 300)}"]),
            "students": chance.choice([float(at + 3), str(at + 3), f"{at + 3} чел."]),
            "chief": cells.initials(team[0], glued),
            "experts": chance.choice(["\n", ", ", "; "]).join(
                cells.initials(each, glued) for each in team[1:]
            ),
        }
        row = page.add(*[values[each] for each in names])
        truth = {
            "date": day,
            "date_to": last,
            "time": f"{hour:02}:00",
            "group": group,
            "kod": kit,
            "level": level,
            "workshop": f"Мастерская «{TITLES[code]}»",
            "students": at + 3,
            "chief": cells.initials(team[0], False),
            "experts": [cells.initials(each, False) for each in team[1:]],
        }
        told = {*names, "date_to", "level"}
        expected.rows[page.name, row, 0] = {key: truth[key] for key in truth if key in told}
    below(chance, page, 6)
    return Book("график.xlsx", (page.sheet(),)), expected


def _days(chance: random.Random, first: date, last: date, style: int) -> Any:
    if first == last:
        return cells.day(chance, first, style)
    month = MONTHS[first.month - 1]
    return chance.choice(
        [
            f"{first:%d}-{last:%d.%m.%Y}",
            f"{first:%d.%m}-{last:%d.%m.%Y}",
            f"{first:%d.%m.%Y} – {last:%d.%m.%Y}",
            f"{first.day} и {last.day} {month} 2026 г.",
            f"{first.day}–{last.day} {month}",
            f"{first:%d.%m.%Y}, {last:%d.%m.%Y}",
        ]
    )
