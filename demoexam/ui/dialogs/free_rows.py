"""Free experts, workshops and slots as rows of tables."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from demoexam.services.experts.free_search import FreeExpert, FreeFound, FreeSlot, FreeWorkshop
from demoexam.services.experts.roster_index import term_of
from demoexam.text import clock, counted, short_date
from demoexam.ui.directories.roster_source import SIDES, TERMS
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.tokens import Tone

SLOT_COLUMNS = (
    Column("day", "День", 172, sortable=False),
    Column("hours", "Время", 130, sortable=False),
    Column("workshop", "Мастерская", 260, stretch=True),
    Column("college", "Где", 260, minor=True),
    Column("places", "Мест", 70, right=True),
    Column("experts", "Экспертов свободно", 150, right=True),
)
ROOM_COLUMNS = (
    Column("workshop", "Мастерская", 240, stretch=True),
    Column("room", "Кабинет", 90, minor=True),
    Column("college", "Где", 260),
    Column("places", "Мест", 70, right=True),
    Column("count", "Дней", 70, right=True),
    Column("days", "Когда свободна", 280, sortable=False),
)
EXPERT_COLUMNS = (
    Column("name", "Фамилия, имя, отчество", 240),
    Column("side", "Сторона", 124),
    Column("organization", "Организация", 190, stretch=True, minor=True),
    Column("certificate", "Свид-во до", 104, sortable=False),
    Column("load", "Занят в месяце", 122, right=True),
    Column("count", "Дней", 62, right=True),
    Column("days", "Когда свободен", 250, sortable=False),
)
DAYS = ("день", "дня", "дней")
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


def spans(days: Sequence[date], among: Sequence[date]) -> list[tuple[date, date]]:
    """Days as periods; one that goes on over days which were not looked at is one period."""
    order = {day: place for place, day in enumerate(among)}
    found: list[tuple[date, date]] = []
    for day in days:
        place = order.get(day)
        before = order.get(found[-1][1]) if found else None
        follows = place is not None and before is not None and place == before + 1
        next_day = bool(found) and found[-1][1] + timedelta(days=1) == day
        if found and (follows or next_day):
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return found


def told(days: Sequence[date], among: Sequence[date]) -> str:
    """«01.06–05.06, 08.06»; «все дни» for all that were looked at."""
    if len(among) > 1 and set(days) >= set(among):
        return "все дни"
    return ", ".join(
        _day(first) if first == last else f"{_day(first)}–{_day(last)}"
        for first, last in spans(days, among)
    )


def _day(day: date) -> str:
    return f"{day:%d.%m}"


def slot_rows(slots: Collection[FreeSlot]) -> Iterator[Row]:
    for number, one in enumerate(slots):
        day = one.starts_at.date()
        days = f"{WEEKDAYS[day.weekday()]} {short_date(day)}"
        if one.second_day:
            days += f" и {_day(one.second_day)}"
        experts = Cell(str(one.experts), tone="" if one.experts else Tone.WARN)
        yield Row(
            str(number),
            (
                days,
                Cell(f"{clock(one.starts_at)}–{clock(one.ends_at)}", strong=True),
                one.workshop, one.college, str(one.places), experts,
            ),
        )  # fmt: skip


def room_rows(rooms: Collection[FreeWorkshop], found: FreeFound) -> Iterator[Row]:
    for one in rooms:
        when = told(one.days, found.days)
        yield Row(
            one.id,
            (
                Cell(one.name, strong=True), one.room, one.college, str(one.places),
                str(len(one.days)), Cell(when, tip=when),
            ),
        )  # fmt: skip


def expert_rows(found: FreeFound, today: date) -> Iterator[Row]:
    for one in found.experts:
        side, tone = SIDES[one.side]
        yield Row(
            one.id,
            (
                Cell(one.name, strong=True, icon="check" if one.competent else "",
                     tip="Может оценивать этот комплект" if one.competent else ""),
                Cell(side, tone=tone, pill=True), one.organization, _certificate(one, today),
                str(one.load), str(len(one.days)), _when(one, found),
            ),
        )  # fmt: skip


def _certificate(one: FreeExpert, today: date) -> Cell:
    until = one.certified_until
    tone = TERMS.get(term_of(until, today), "")
    if until is None:
        return Cell("нет", tone=tone)
    return Cell("бессрочно" if until == date.max else short_date(until), tone=tone)


def _when(one: FreeExpert, found: FreeFound) -> Cell:
    when = told(one.days, found.days)
    if not one.wishes:
        return Cell(when, tip=when)
    wishes = told(sorted(one.wishes), ())
    count = counted(len(one.wishes), *DAYS)
    return Cell(
        f"{when}; нежелательно: {wishes}", tone=Tone.WARN, icon="clock",
        tip=f"{when}. Просил не ставить {count}: {wishes}",
    )  # fmt: skip
