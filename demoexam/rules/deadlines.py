"""By which day each thing around an exam must be done, and whether it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from demoexam.rules.calendar import WorkCalendar
from demoexam.rules.notice import LAW, Counting, Notice


class DeadlineState(StrEnum):
    MET = "met"
    DUE = "due"
    OVERDUE = "overdue"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline's law: `days` before the first day of an exam, or after its last one.

    What `passes` is nobody's duty of ours (others may appeal): it is over when its day is.
    """

    code: str
    title: str
    days: int
    counting: Counting
    source: str
    after: bool = False
    passes: bool = False

    @property
    def notice(self) -> Notice:
        return Notice(self.days, self.counting)

    def due(self, first: date, last: date, calendar: WorkCalendar) -> date:
        """The last day on which it is still in time."""
        if not self.after:
            return self.notice.due(first, calendar)
        if self.counting is Counting.WORKING:
            return calendar.add(last, self.days)
        return last + timedelta(days=self.days)


PLAN, ACQUAINTANCE, TASKS, READINESS, DRAW = "plan", "acquaintance", "tasks", "readiness", "draw"
TUTOR, PROTOCOLS, RESULTS, APPEALS = "tutor", "protocols", "results", "appeals"
WORKING, CALENDAR_DAYS = Counting.WORKING, Counting.CALENDAR

TERMS: Mapping[str, Term] = {
    term.code: term
    for term in (
        Term(
            PLAN, "План проведения утверждён", LAW.plan.days, LAW.plan.counting,
            "Порядок ГИА, приказ № 800, п. 28",
        ),
        Term(
            ACQUAINTANCE, "Участники и сотрудники ознакомлены с планом", LAW.acquaintance.days,
            LAW.acquaintance.counting, "КОД, п. 8",
        ),
        Term(
            TASKS, "Задания переданы главному эксперту", 1, CALENDAR_DAYS,
            "Приказ № 800, п. 26; КОД, п. 3",
        ),
        Term(TUTOR, "Главный эксперт предупреждён об ассистенте", 1, WORKING, "КОД, п. 14"),
        Term(READINESS, "Готовность площадки проверена", 1, WORKING, "КОД, п. 10"),
        Term(DRAW, "Рабочие места и обязанности распределены", 1, WORKING, "КОД, п. 11"),
        Term(
            PROTOCOLS, "Протокол проведения закрыт", 0, CALENDAR_DAYS,
            "Порядок ГИА, приказ № 800", after=True,
        ),
        Term(
            RESULTS, "Результаты объявлены", 0, CALENDAR_DAYS,
            "Порядок ГИА, приказ № 800, п. 58", after=True,
        ),
        Term(
            APPEALS, "Приём апелляций на результат", 1, WORKING,
            "Порядок ГИА, приказ № 800, глава VII", after=True, passes=True,
        ),
    )
}  # fmt: skip
PAST = "экзамен уже прошёл"


@dataclass(frozen=True, slots=True)
class Done:
    """A thing that was done: when, if that is known, and whether a person said so."""

    day: date | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """An exam as its deadlines see it; `spared` tells why a term does not concern it.

    `remarks` tell of what is not done why it is not, where there is more to say.
    """

    first: date
    last: date
    done: Mapping[str, Done] = field(default_factory=dict)
    spared: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One term of one exam as it stands on a day; `days_left` < 0 counts days since."""

    term: Term
    due: date
    state: DeadlineState
    days_left: int
    done: Done | None = None
    spared: str = ""
    remark: str = ""

    @property
    def late(self) -> bool:
        """Done, but after its day."""
        return bool(self.done and self.done.day and self.done.day > self.due)


def deadline(term: Term, exam: Occasion, calendar: WorkCalendar, today: date) -> Deadline:
    """How one term of an exam stands. What was missed before a past exam is told no more."""
    due = term.due(exam.first, exam.last, calendar)
    left = (due - today).days
    done, spared = exam.done.get(term.code), exam.spared.get(term.code, "")
    if done is None and not spared and not term.after and today > exam.last:
        spared = PAST
    if done is not None:
        return Deadline(term, due, DeadlineState.MET, left, done)
    if spared:
        return Deadline(term, due, DeadlineState.NOT_APPLICABLE, left, spared=spared)
    remark = exam.remarks.get(term.code, "")
    if today <= due:
        return Deadline(term, due, DeadlineState.DUE, left, remark=remark)
    state = DeadlineState.MET if term.passes else DeadlineState.OVERDUE
    return Deadline(term, due, state, left, remark=remark)


def deadlines(
    terms: Mapping[str, Term], exam: Occasion, calendar: WorkCalendar, today: date
) -> list[Deadline]:
    """All terms of an exam in the order of their days."""
    found = [deadline(term, exam, calendar, today) for term in terms.values()]
    return sorted(found, key=lambda one: one.due)
