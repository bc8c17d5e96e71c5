"""A shift to be as a row of a table, and what is said of all of them."""

from collections import Counter
from collections.abc import Sequence

from demoexam.rules.terms import Role
from demoexam.services.exams.shifts import Shift
from demoexam.text import WEEKDAYS_SHORT, clock, counted, short_date
from demoexam.ui.query_table import Cell, Row
from demoexam.ui.tokens import Tone

ROLES = {Role.CHIEF: "главный", Role.SCORING: "оценивает", Role.TECHNICAL: "технический"}
LACKING = {Role.CHIEF: "главного", Role.SCORING: "оценивающих", Role.TECHNICAL: "технического"}


def shift_row(number: int, one: Shift) -> Row:
    day = one.starts_at.date()
    days = f"{short_date(day)}, {WEEKDAYS_SHORT[day.weekday()]}"
    if one.second_day:
        days = f"{short_date(day)} и {short_date(one.second_day)}"
    people = people_words(one)
    return Row(
        one.session_id or str(number),
        (
            Cell(str(number), strong=True),
            days,
            f"{clock(one.starts_at)}–{clock(one.ends_at)}",
            str(one.head_count),
            Cell(people, tip=people),
            _experts(one),
        ),
    )


def people_words(one: Shift) -> str:
    """«Абрамов О. П. – Мухин Г. В.; с ассистентом: Ли А.»."""
    span = one.first if one.first == one.last else f"{one.first} – {one.last}"
    told = [span] if span else []
    told += [f"с ассистентом: {', '.join(one.assisted)}"] if one.assisted else []
    return "; ".join(told) or "список группы не внесён"


def _experts(one: Shift) -> Cell:
    """Who is added, by name in the tip; what is missing."""
    same = sum(duty.same for duty in one.duties)
    new = len(one.duties) - same
    words = [f"те же: {same}"] if same else []
    words += [f"новые: {new}"] if new else []
    words += [f"нет: {len(one.lacking)}"] if one.lacking else []
    names = [f"{ROLES[duty.role]}: {duty.name}" for duty in one.duties]
    tip = "\n".join([*names, *(f"нет {each}" for each in _missing(one.lacking))])
    tone = Tone.WARN if one.lacking else ""
    return Cell(", ".join(words) or ("прежние" if one.session_id else ""), tip=tip, tone=tone)


def _missing(roles: Sequence[Role]) -> list[str]:
    """«главного», «оценивающих (2)»."""
    number = Counter(roles)
    return [
        f"{LACKING[role]} ({number[role]})" if number[role] > 1 else LACKING[role]
        for role in LACKING
        if number[role]
    ]


def lacking_words(shifts: Sequence[Shift]) -> str:
    """What stays to be found: «Не нашлось: смена 2 — главного, технического. »."""
    told = [
        f"смена {number} — {', '.join(_missing(one.lacking))}"
        for number, one in enumerate(shifts, start=1)
        if one.lacking
    ]
    return f"Не нашлось свободных экспертов: {'; '.join(told)}. " if told else ""


def together_words(shifts: Sequence[Shift]) -> str:
    """Where those are who need an assistant."""
    places = [number for number, one in enumerate(shifts, start=1) if one.assisted]
    people = sum(len(one.assisted) for one in shifts)
    if not people:
        return ""
    number = counted(people, "участник", "участника", "участников")
    where = ", ".join(map(str, places))
    return f"С ассистентом {number}: смена {where}; предупредите главного эксперта. "
