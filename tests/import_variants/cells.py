"""Values as people type them: dates, phones, codes, names, organizations, flags."""

import random
from datetime import date
from typing import Any, Final

from demoexam.text import MONTHS
from import_variants.truth import LONG, TITLES, Organization, Person

LATIN: Final = str.maketrans("АВСЕНКМОРТХасеорху", "ABCEHKMOPTXaceopxy")
FLAGS: Final = (
    ("да", "нет"),
    ("Да", "Нет"),
    ("+", "-"),
    ("1", "0"),
    ("V", ""),
    ("работодатель", "колледж"),
    ("ДА", "НЕТ"),
    ("да", "—"),
    ("Представитель работодателя", "Преподаватель колледжа"),
    ("+", ""),
)


def day(chance: random.Random, value: date, style: int) -> Any:
    ways = (
        lambda: value,
        lambda: f"{value:%d.%m.%Y}",
        lambda: f"{value.day}.{value.month}.{value.year}",
        lambda: f"{value.day} {MONTHS[value.month - 1]} {value.year} г.",
        lambda: f"{value:%Y-%m-%d}",
        lambda: f"{value:%d/%m/%Y}",
        lambda: float((value - date(1899, 12, 30)).days),
        lambda: f"{value:%d.%m.%y}",
        lambda: f"{value:%d.%m.%Y}г.",
    )
    return ways[style if style < len(ways) else chance.randrange(len(ways))]()


def phone(chance: random.Random, value: str) -> Any:
    d = value[2:]
    return chance.choice(
        [
            value,
            f"8{d}",
            f"8 ({d[:3]}) {d[3:6]}-{d[6:8]}-{d[8:]}",
            f"+7 {d[:3]} {d[3:6]} {d[6:8]} {d[8:]}",
            f"8-{d[:3]}-{d[3:6]}-{d[6:8]}-{d[8:]}",
            f"т. 8{d}",
            f"{value}, доб. 12",
            d,
            float(f"7{d}"),
            f"8({d[:3]}){d[3:]}; 8 (4722) 33-22-11",
            f"моб.: 8 {d[:3]} {d[3:]}",
        ]
    )


def codes(chance: random.Random, value: list[str], style: int) -> Any:
    if style == 1 and len(value) == 1:
        return f"{value[0]} {TITLES[value[0]]}"
    d, m, y = value[0].split(".")
    if style == 2 and len(value) == 1 and int(m) < 13 and 0 < int(d) < 29 and chance.random() < 0.3:
        return date(2000 + int(y), int(m), int(d))
    if style == 3:
        return "\n".join(f"{code} {TITLES[code]}" for code in value)
    return chance.choice(["; ", ", ", "\n", " / ", " "]).join(value)


def organization(chance: random.Random, value: Organization, *, exact: bool = False) -> str:
    form, core = value.form, value.core
    if form == "ИП":
        return chance.choice(
            [f"ИП {core}", f"ИП {core.replace('. ', '.')}", f"{LONG['ИП']} {core}"]
        )
    if exact:
        return value.name
    ways = [
        value.name,
        value.name,
        f'{form} "{core}"',
        f"{form} {core}",
        f"{form} «{core.upper()}»",
        f"{core}, {form}",
        f"«{core}» {form}",
        f"{form}  “{core}”",
        f"{form.lower()} «{core}»",
    ]
    if form in LONG:
        ways.append(f"{LONG[form]} «{core}»")
    if form == "ООО":
        ways += [f"OOO «{core}»", f"О.О.О. «{core}»"]
    return chance.choice(ways)


def name(chance: random.Random, who: Person, *, tidy: bool = False) -> str:
    plain = f"{who.last} {who.first} {who.middle}"
    if tidy or chance.random() < 0.7:
        return plain
    return chance.choice(
        [
            plain.upper(),
            f"{who.last}\n{who.first} {who.middle}",
            f"  {who.last}  {who.first} \u00a0{who.middle} ",
            f"{who.first} {who.middle} {who.last}",
            plain.translate(LATIN),
            plain.lower(),
            f"{who.last.upper()} {who.first} {who.middle}",
            f"{who.last}, {who.first} {who.middle}",
        ]
    )


def title(chance: random.Random, text: str) -> str:
    """A wording with the accidents of typing: case, breaks, a slip of a letter, Latin letters."""
    way = chance.random()
    if way < 0.1:
        return text.upper()
    if way < 0.2:
        return text.replace(" ", "\n", 1)
    if way < 0.27:
        return text.translate(LATIN)
    if way < 0.35 and len(text) > 8 and text.isalpha():
        at = chance.randrange(3, len(text) - 1)
        return text[:at] + text[at + 1 :]
    return f" {text} " if way < 0.4 else text


def initials(who: Person, glued: bool) -> str:
    return f"{who.last} {who.first[0]}.{'' if glued else ' '}{who.middle[0]}."


def snils(chance: random.Random, value: str) -> Any:
    written = f"{value[:3]}-{value[3:6]}-{value[6:9]} {value[9:]}"
    return chance.choice([value, written, float(value)])
