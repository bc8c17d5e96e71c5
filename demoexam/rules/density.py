"""What is not forbidden but too dense: short turnarounds, full days of a group, full weeks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import DutyFacts, SittingFacts
from demoexam.rules.terms import Level
from demoexam.rules.violation import Fix, FixAction, Violation
from demoexam.text import counted

MINUTE, WEEK = timedelta(minutes=1), 7


@dataclass(frozen=True)
class TurnaroundTooShort(Violation):
    """The workplaces are made ready anew between two sittings, as long as the earlier kit needs."""

    code: ClassVar[str] = "turnaround_too_short"
    usual: ClassVar[Level] = Level.WARNING
    symmetric: ClassVar[bool] = True
    text: ClassVar[str] = (
        "{workshop}: между экзаменами {between}, а на подготовку рабочих мест нужно {wanted}, "
        "{sitting} и {other}."
    )
    advice: ClassVar[str] = "Сдвиньте начало одного из экзаменов."
    workshop: str
    minutes: int
    needed: int
    sitting: str
    other: str

    @property
    def between(self) -> str:
        return minutes(self.minutes) if self.minutes else "нет перерыва"

    @property
    def wanted(self) -> str:
        return minutes(self.needed)


@dataclass(frozen=True)
class GroupSitsThatDay(Violation):
    code: ClassVar[str] = "group_sits_that_day"
    usual: ClassVar[Level] = Level.WARNING
    symmetric: ClassVar[bool] = True
    text: ClassVar[str] = "Группа {group} сдаёт в один день два экзамена: {sitting} и {other}."
    advice: ClassVar[str] = "Лучше развести экзамены по разным дням."
    group: str
    sitting: str
    other: str


@dataclass(frozen=True)
class ExpertOverWeek(Violation):
    """The college's setting says how many exam days a week are enough for an expert."""

    code: ClassVar[str] = "expert_over_week"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "{expert}: {busy} на экзаменах за неделю с {monday:%d.%m.%Y}, а достаточно {enough}."
    )
    advice: ClassVar[str] = "Замените эксперта в одном из экзаменов или перенесите экзамен."
    expert: str
    monday: date
    days: int
    limit: int

    @property
    def busy(self) -> str:
        return counted(self.days, "день", "дня", "дней")

    @property
    def enough(self) -> str:
        return counted(self.limit, "дня", "дней", "дней")


def minutes(count: int) -> str:
    return f"{count}\u00a0мин"


def check_turnaround(sitting: SittingFacts, index: PlanIndex) -> Iterator[Violation]:
    """Sittings that follow each other in one workshop; those that overlap are told elsewhere."""
    for other in index.in_workshop_that_day(sitting):
        short = _short(sitting, other)
        if short and sitting.workshop:
            names = sitting.title, other.title
            found = TurnaroundTooShort(sitting.workshop.name, *short, *names)
            ids = (sitting.id, other.id, sitting.workshop.id)
            move = Fix(FixAction.MOVE_SITTING, sitting.id)
            yield found.about(sitting.id, ids, move, Fix(FixAction.CHANGE_WORKSHOP, sitting.id))


def _short(one: SittingFacts, other: SittingFacts) -> tuple[int, int] | None:
    """Minutes between the two and minutes needed, on the first day on which they are too few."""
    for mine in one.slots:
        for theirs in other.slots:
            first, second = (one, other) if mine[0] < theirs[0] else (other, one)
            ended, began = min(mine[1], theirs[1]), max(mine[0], theirs[0])
            needed = first.kit.turnaround if first.kit else 0
            between = (began - ended) // MINUTE
            if 0 <= between < needed and second is not first:
                return between, needed
    return None


def check_group_day(sitting: SittingFacts, index: PlanIndex) -> Iterator[Violation]:
    """Two exams of one group on one day, unless different parts of it sit them."""
    for other in index.of_group_that_day(sitting):
        if sitting.collides(other) or different_parts(sitting, other) or shifts(sitting, other):
            continue
        found = GroupSitsThatDay(sitting.group.name, sitting.title, other.title)
        ids = (sitting.id, other.id, sitting.group.id)
        yield found.about(sitting.id, ids, Fix(FixAction.MOVE_SITTING, sitting.id))


def different_parts(one: SittingFacts, other: SittingFacts) -> bool:
    """Two parts of a group may sit at once in two workshops, if they are parts indeed."""
    if one.examinees and other.examinees:
        return one.examinees.isdisjoint(other.examinees)
    whole = one.group.head_count
    return whole is not None and 0 < one.head_count + other.head_count <= whole


def shifts(one: SittingFacts, other: SittingFacts) -> bool:
    """Of a group whose size nobody knows: two sittings with one kit are taken for its shifts."""
    named = bool(one.examinees and other.examinees)
    return not named and one.group.head_count is None and one.kit == other.kit


def check_week(duty: DutyFacts, sitting: SittingFacts, index: PlanIndex) -> Iterator[Violation]:
    """Days of duty in the weeks of the sitting, two duties of one day counted once."""
    expert = duty.expert
    if not expert.weekly_days:
        return
    own = sitting.days
    for monday in dict.fromkeys([day - timedelta(day.weekday()) for day in own]):
        days = index.days_of_expert(expert.id, monday, sitting.id)
        days.update([day for day in own if 0 <= (day - monday).days < WEEK])
        if len(days) > expert.weekly_days:
            found = ExpertOverWeek(expert.name, monday, len(days), expert.weekly_days)
            ids = (duty.assignment_id, expert.id, sitting.id)
            replace_him = Fix(FixAction.REPLACE_EXPERT, duty.assignment_id)
            yield found.about(sitting.id, ids, replace_him, Fix(FixAction.MOVE_SITTING, sitting.id))
