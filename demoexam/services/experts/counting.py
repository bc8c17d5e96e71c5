"""How one expert counts in the employers' share of a year, and why: one sentence."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from demoexam.rules.plan import JobFacts
from demoexam.rules.shares import counted_roles, deciding_turn, roster_day, side_on
from demoexam.rules.terms import SIDE_NAMES, Answer, CountMethod, Role, Side, SideDate
from demoexam.services.share.units import Count
from demoexam.text import counted, day_month

Turn = tuple[date, Role, Answer, bool]  # day, role, answer, held

_WHY = {
    SideDate.LAST: "по последнему экзамену",
    SideDate.ANY: "по экзамену",
    SideDate.MOST: "по большинству экзаменов, последний из них",
}
_SIDES = {
    Side.EMPLOYER: "работодатель",
    Side.EDUCATION: "образование",
    Side.OTHER: "другое",
}


def counted_as(jobs: Iterable[JobFacts], turns: Iterable[Turn], count: Count) -> str:
    """Follows `services.share.counting`, for one person and in words."""
    jobs, year = tuple(jobs), count.year
    if count.method is CountMethod.ROSTER:
        day = roster_day(year, count.today)
        return _told(year, side_on(jobs, day), f"по месту работы на {day_month(day)}")
    roles = counted_roles(chief_counts=count.chief_counts)
    dated = [
        (day, side_on(jobs, day))
        for day, role, answer, held in turns
        if role in roles and answer is not Answer.REFUSED and not held
    ]
    if not dated:
        return f"В доле {year} не участвует: нет экзаменов, где он оценивает."
    if count.method is CountMethod.ASSIGNMENTS:
        return _each(year, dated)
    day, side = deciding_turn(dated, count.side_date)
    return _told(year, side, f"{_WHY[count.side_date]} {day_month(day)}")


def _told(year: int, side: Side, why: str) -> str:
    if side is Side.UNKNOWN:
        return f"В доле {year} не участвует: {SIDE_NAMES[side]} ({why})."
    return f"В доле {year}: {_SIDES[side]}, {why}"


def _each(year: int, dated: list[tuple[date, Side]]) -> str:
    sides = Counter(side for _, side in dated)
    parts = [
        f"{_SIDES.get(side, SIDE_NAMES[side])} — {counted(number, 'раз', 'раза', 'раз')}"
        for side, number in sides.most_common()
    ]
    return f"В доле {year} считается каждое назначение: {', '.join(parts)}."
