"""The plan of a day and who reads it, as forms 3.2 and 3.3 are filled."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from demoexam.documents.blocks import Section, Total
from demoexam.documents.exam_sheet import DayPlan, ExamSheet, PlannedDay, PlannedGroup
from demoexam.documents.template import Facts, Scope, Template
from demoexam.rules.day_plan import Step
from demoexam.text import NBSP, clock, long_date, weekday

PLAN_CODE = "3.2"
PREPARATION, EXAM = "Подготовительный день (С-1)", "Экзаменационный день (С{number})"
EXAMINEES, STAFF = "Участники экзамена", "Лица, обеспечивающие проведение экзамена"
UNKNOWN_DAY = "дата не назначена"
Rows = list[Facts | Section | Total]


def plan_rows(sheet: ExamSheet, template: Template) -> dict[str, Rows]:
    """Empty for the forms that do not print the plan of a day."""
    if template.scope is not Scope.DAY:
        return {"planned_groups": [], "steps": [], "acquainted": []}
    plan = sheet.plan()
    shifts = {step.shift for day in plan.days for step in day.steps if step.shift}
    return {
        "planned_groups": [_group(one) for one in plan.groups],
        "steps": [row for day in plan.days for row in _day(day, len(shifts))],
        "acquainted": list(_acquainted(plan)),
    }


def plan_facts(sheet: ExamSheet) -> dict[str, str]:
    return {"plan_number": sheet.document_number(PLAN_CODE)}


def _group(one: PlannedGroup) -> Facts:
    return {
        "exam_group": one.exam_group,
        "study_group": one.study_group,
        "people": str(one.people) if one.people else "",
        "shift": one.shift,
        "kit": one.kit,
        "center": one.center,
    }


def _day(day: PlannedDay, shifts: int) -> Iterator[Facts | Section]:
    title = PREPARATION if day.number < 0 else EXAM.format(number=day.number)
    when = f"{long_date(day.day)}, {weekday(day.day)}" if day.day else UNKNOWN_DAY
    yield Section(f"{title}: {when}")
    yield from (_step(step, shifts) for step in day.steps)


def _step(step: Step, shifts: int) -> Facts:
    """The blanks that a step's wording may have; with one shift it is not named."""
    several = shifts > 1 and step.shift
    return {
        "event": step.event.value,
        "hours": f"{clock(step.starts_at)}-{clock(step.ends_at)}",
        "place": step.place,
        "shift": _ordinal(step.shift),
        "previous": _ordinal(step.previous),
        "of_shift": f" {_ordinal(step.shift)}{NBSP}смены" if several else "",
        "in_shift": f", {step.shift}-я{NBSP}смена" if several else "",
        "of_shifts": " всех смен" if shifts > 1 else "",
        "length": _length(step.ends_at - step.starts_at),
        "notices": _announced([clock(moment) for moment in step.notices]),
    }


def _announced(hours: Sequence[str]) -> str:
    """; объявления в 10:00, 11:00 и 12:25."""
    *first, last = hours or [""]
    told = f"{', '.join(first)} и{NBSP}{last}" if first else last
    return f"; объявления в{NBSP}{told}" if told else ""


def _ordinal(number: int) -> str:
    """1-й, of a смена in any case but the nominative."""
    return f"{number}-й" if number else ""


def _length(duration: timedelta) -> str:
    """3 ч 30 мин."""
    hours, minutes = divmod(int(duration.total_seconds() // 60), 60)
    return f"{hours}{NBSP}ч {minutes:02}{NBSP}мин"


def _acquainted(plan: DayPlan) -> Iterator[Facts | Section]:
    yield Section(EXAMINEES)
    yield from ({"name": one.full} for one in plan.examinees)
    yield Section(STAFF)
    yield from ({"name": one.name.full} for one in plan.staff)
