"""The season's plan and its changes as values, and how they fill the blanks of their forms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from demoexam.documents.blocks import Section
from demoexam.documents.form import Letterhead
from demoexam.documents.forms.season_plan import BY_DAY, BY_WORKSHOP
from demoexam.documents.template import Facts, Filling, Template
from demoexam.text import clock, counted, long_date, short_date, weekday

NO_WORKSHOP = "Мастерская не выбрана"
EXAMS = ("экзамен", "экзамена", "экзаменов")


@dataclass(frozen=True)
class SeasonExam:
    """One dated exam of the plan, in words."""

    starts_at: datetime
    ends_at: datetime
    group: str
    college: str
    kit: str
    level: str
    people: int
    state: str
    workshop: str = ""
    chief: str = ""
    second_day: date | None = None
    preparation_day: date | None = None

    @property
    def day(self) -> date:
        return self.starts_at.date()

    @property
    def days(self) -> Sequence[date]:
        return [self.day, *([self.second_day] if self.second_day else ())]

    @property
    def hours(self) -> str:
        return f"{clock(self.starts_at)}–{clock(self.ends_at)}"


@dataclass(frozen=True)
class Signing:
    """Who signs below a sheet of the season."""

    letterhead: Letterhead
    coordinator: str = ""
    director: str = ""
    director_post: str = "Директор"


@dataclass(frozen=True)
class SeasonSheet:
    """`unplaced` counts the exams without a date, which are in no row.

    The college of a group is told where it is not `own`. The forms are the college's.
    """

    signing: Signing
    taken_on: date
    first: date
    last: date
    exams: Sequence[SeasonExam]
    unplaced: int = 0
    own: str = ""
    by_workshop: Template = BY_WORKSHOP
    by_day: Template = BY_DAY

    @property
    def period(self) -> str:
        whole = (self.first.month, self.first.day, self.last.month, self.last.day)
        if whole == (1, 1, 12, 31) and self.first.year == self.last.year:
            return f"{self.first.year} год"
        return f"{short_date(self.first)} – {short_date(self.last)}"


@dataclass(frozen=True)
class PlanChange:
    exam: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangesSheet:
    """Changes under the names of their kinds, in the order in which they are told."""

    signing: Signing
    taken_on: date
    year: int
    before: str
    after: str
    changes: Sequence[tuple[str, Sequence[PlanChange]]]


def workshop_filling(sheet: SeasonSheet) -> Filling:
    """A section for each workshop, its exams in order of time."""
    ordered = sorted(sheet.exams, key=lambda one: (not one.workshop, one.workshop, one.starts_at))
    rows: list[Facts | Section] = []
    for name, exams in groupby(ordered, key=lambda one: one.workshop):
        rows += [Section(name or NO_WORKSHOP), *(_row(one, sheet.own) for one in exams)]
    return _season(sheet, "по мастерским", f"P1/{sheet.first.year}", rows)


def day_filling(sheet: SeasonSheet) -> Filling:
    """A section for each day with its exams, second days and preparations."""
    ordered = sorted(_events(sheet), key=lambda one: (one[0], one[1], one[2]["workshop"]))
    rows: list[Facts | Section] = []
    for day, events in groupby(ordered, key=lambda one: one[0]):
        title = f"{long_date(day)}, {weekday(day)}"
        rows += [Section(title), *(facts for _, _, facts in events)]
    return _season(sheet, "по дням", f"P2/{sheet.first.year}", rows)


def changes_filling(sheet: ChangesSheet) -> Filling:
    rows: list[Facts | Section] = []
    for title, changes in sheet.changes:
        rows.append(Section(f"{title}: {len(changes)}"))
        rows += [{"exam": c.exam, "before": c.before, "after": c.after} for c in changes]
    facts = {
        "year": str(sheet.year),
        "before": sheet.before,
        "after": sheet.after,
        "nothing": "" if rows else "Изменений нет.",
    }
    return _filling(sheet, f"P3/{sheet.year}", facts, {"changes": rows})


def _season(
    sheet: SeasonSheet, order: str, number: str, rows: Sequence[Facts | Section]
) -> Filling:
    facts = {
        "period": sheet.period,
        "order": order,
        "count": str(len(sheet.exams)),
        "people": str(sum(one.people for one in sheet.exams)),
        "unplaced": f"Без даты ещё {counted(sheet.unplaced, *EXAMS)}." if sheet.unplaced else "",
    }
    return _filling(sheet, number, facts, {"exams": rows})


def _filling(
    sheet: SeasonSheet | ChangesSheet,
    number: str,
    facts: Facts,
    rows: Mapping[str, Sequence[Facts | Section]],
) -> Filling:
    signing = sheet.signing
    return Filling(
        letterhead=signing.letterhead,
        number=number,
        days={"report": sheet.taken_on},
        facts={**facts, "director_post": signing.director_post},
        rows={source: list(its) for source, its in rows.items()},
        signers={"coordinator": [signing.coordinator], "director": [signing.director]},
    )


def _row(one: SeasonExam, own: str) -> Facts:
    preparation = short_date(one.preparation_day) if one.preparation_day else "не назначен"
    return {
        "day": " и ".join(map(short_date, one.days)),
        "preparation": preparation,
        "hours": one.hours,
        "workshop": one.workshop or NO_WORKSHOP,
        "group": one.group if one.college == own else f"{one.group}, {one.college}",
        "kit": f"{one.kit}, {one.level}",
        "people": str(one.people),
        "chief": one.chief or "не назначен",
        "state": one.state,
    }


def _events(sheet: SeasonSheet) -> Iterator[tuple[date, str, Facts]]:
    """What happens on which day: the exam, its second day, and the day C-1 last of its day."""
    for one in sheet.exams:
        facts = _row(one, sheet.own)
        for number, day in enumerate(one.days, start=1):
            second = {"hours": f"{one.hours}, {number}-й день"} if one.second_day else {}
            yield day, one.hours, {**facts, **second}
        if one.preparation_day:
            yield one.preparation_day, "С-1", {**facts, "hours": "С-1", "state": "подготовка"}
