"""When an exam that waits for a date would begin in a workshop on a day, and why then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from demoexam.rules.calendar import WorkCalendar
from demoexam.rules.free_slots import STEP, SlotWish, Taken, free_windows
from demoexam.rules.moves import MoveJudge
from demoexam.rules.placing import Move
from demoexam.rules.plan import SittingFacts, WorkshopFacts
from demoexam.rules.terms import PURPOSE_NAMES
from demoexam.text import clock

MORNING = time(9)
TRIED = 12  # starts that are judged, the first one that is accepted is taken


@dataclass(frozen=True, slots=True)
class Start:
    """A start, and why it is not the morning: "" when it is."""

    at: datetime
    why: str = ""


def first_start(judge: MoveJudge, ident: str, workshop_id: str, day: date) -> Start:
    """The first start from the morning on at which nothing forbids the exam, then earlier ones.

    A day without any keeps the morning: the judge says what forbids it.
    """
    morning = datetime.combine(day, MORNING)
    there = judge.there(Move(ident, workshop_id, morning))
    if there.workshop is None:
        return Start(morning)
    taken = _taken(judge, there)
    starts = _starts(there, there.workshop, taken, judge.calendar)
    ahead = sorted(starts, key=lambda one: (one < morning, one))
    for moment in ahead[:TRIED]:
        told = judge.verdict(ident, workshop_id=workshop_id, starts_at=moment)
        if told.accepted:
            return Start(moment, _why(judge, there, taken, moment))
        if not any(each.symmetric for each in told.findings):
            break  # another hour would not help
    return Start(morning)


def _taken(judge: MoveJudge, there: SittingFacts) -> list[tuple[str, Taken]]:
    """What else is held in the workshop that day, by the names of the groups."""
    return [
        (other.group.name, Taken(*slot, other.kit.turnaround if other.kit else 0))
        for other in judge.index.in_workshop_that_day(there)
        for slot in other.slots
    ]


def _starts(
    there: SittingFacts,
    workshop: WorkshopFacts,
    taken: list[tuple[str, Taken]],
    calendar: WorkCalendar,
) -> Iterator[datetime]:
    """Starts on the grid in the free hours of the day; a day off has none."""
    wish = SlotWish(0, turnaround=there.kit.turnaround if there.kit else 0)
    busy = [one.blocks(wish) for _, one in taken]
    length = there.ends_at - there.starts_at
    for start, end in free_windows(workshop, there.day, busy, calendar):
        midnight = datetime.combine(start.date(), time())
        moment = midnight - (midnight - start) // STEP * STEP
        while moment + length <= end:
            yield moment
            moment += STEP


def _why(
    judge: MoveJudge, there: SittingFacts, taken: list[tuple[str, Taken]], moment: datetime
) -> str:
    """What stands before the start: an exam, a booking, closed doors, somebody's other duty."""
    if moment.time() == MORNING or there.workshop is None:
        return ""
    morning = datetime.combine(moment.date(), MORNING)
    ended = {
        one.ends_at + timedelta(minutes=one.turnaround): _after_exam(name, one)
        for name, one in taken
        if one.starts_at.date() == moment.date()
    }
    ended |= {
        each.ends_at: f"до {clock(each.ends_at)} бронь «{PURPOSE_NAMES[each.purpose]}»"
        for each in there.workshop.bookings
        if each.ends_at.date() == moment.date()
    }
    if hours := there.workshop.hours.get(moment.weekday()):
        opens = datetime.combine(moment.date(), hours[0])
        ended.setdefault(opens, f"мастерская открыта с {clock(opens)}")
    before = [end for end in ended if morning < end <= moment]
    if before:
        return ended[max(before)]
    if moment < morning:
        return "позже места нет"
    told = judge.verdict(there.id, workshop_id=there.workshop.id, starts_at=morning)
    return f"в {clock(morning)} нельзя: {told.findings[0].reason}" if told.findings else ""


def _after_exam(name: str, one: Taken) -> str:
    pause = f" и {one.turnaround} мин на подготовку мест" if one.turnaround else ""
    return f"до {clock(one.ends_at)} здесь {name}{pause}"
