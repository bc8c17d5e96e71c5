"""On which days an exam may be held, how long it lasts, and how early it must be known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from demoexam.rules.calendar import SATURDAY, SUNDAY, WorkCalendar
from demoexam.rules.plan import SittingFacts
from demoexam.rules.terms import Level, SessionState
from demoexam.rules.violation import Fix, FixAction, Violation
from demoexam.text import WEEKDAYS, counted


@dataclass(frozen=True)
class OnHoliday(Violation):
    code: ClassVar[str] = "holiday"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = "Экзамен стоит на нерабочий день{named}: группа {group}, {day:%d.%m.%Y}."
    advice: ClassVar[str] = "Ближайший рабочий день: {next_day:%d.%m.%Y}."
    group: str
    day: date
    named: str
    next_day: date


@dataclass(frozen=True)
class OnWeekend(Violation):
    code: ClassVar[str] = "weekend"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = "Экзамен стоит на выходной ({weekday}): группа {group}, {day:%d.%m.%Y}."
    advice: ClassVar[str] = "Ближайший рабочий день: {next_day:%d.%m.%Y}.{saturday}"
    group: str
    day: date
    next_day: date

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()]

    @property
    def saturday(self) -> str:
        if self.day.weekday() != SATURDAY:
            return ""
        return " Если мастерская работает по субботам, отметьте это в её карточке."


@dataclass(frozen=True)
class PreparationDayMissing(Violation):
    code: ClassVar[str] = "preparation_day_missing"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = "Не назначен подготовительный день С-1: группа {group}, {day:%d.%m.%Y}."
    advice: ClassVar[str] = "Назначьте его не позже {latest:%d.%m.%Y}."
    group: str
    day: date
    latest: date


@dataclass(frozen=True)
class PreparationDayWrong(Violation):
    """At least one working day before the exam (the kits, clause 10)."""

    code: ClassVar[str] = "preparation_day_wrong"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "Подготовительный день С-1 {chosen:%d.%m.%Y} не годится: он должен быть рабочим "
        "и раньше экзамена группы {group} {day:%d.%m.%Y}."
    )
    advice: ClassVar[str] = "Назначьте его не позже {latest:%d.%m.%Y}."
    chosen: date
    group: str
    day: date
    latest: date


@dataclass(frozen=True)
class NoticeTooShort(Violation):
    code: ClassVar[str] = "notice_too_short"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "До экзамена группы {group} {day:%d.%m.%Y} {left}, а план проведения утверждают "
        "не позже чем за {plan}: до {approve_by:%d.%m.%Y}."
    )
    advice: ClassVar[str] = (
        "Перенесите экзамен или утвердите план сейчас; {acquaint} "
        "(за {acquaintance}, до {acquaint_by:%d.%m.%Y})."
    )
    group: str
    day: date
    today: date
    approve_by: date
    acquaint_by: date
    plan: str
    acquaintance: str

    @property
    def left(self) -> str:
        days = (self.day - self.today).days
        return f"осталось {counted(days, 'день', 'дня', 'дней')}" if days else "нет и дня"

    @property
    def acquaint(self) -> str:
        if self.today <= self.acquaint_by:
            return "ещё можно вовремя ознакомить с планом участников"
        return "ознакомить с планом участников вовремя уже нельзя"


@dataclass(frozen=True)
class SlotTooShort(Violation):
    code: ClassVar[str] = "slot_too_short"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "Времени меньше, чем даёт комплект {kit}: отведено {given}, нужно {needed}, "
        "группа {group}, {day:%d.%m.%Y}."
    )
    advice: ClassVar[str] = "Сдвиньте конец экзамена."
    group: str
    day: date
    kit: str
    minutes: int
    kit_minutes: int

    @property
    def given(self) -> str:
        return hours(self.minutes)

    @property
    def needed(self) -> str:
        return hours(self.kit_minutes)


@dataclass(frozen=True)
class SecondDayMissing(Violation):
    code: ClassVar[str] = "second_day_missing"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "Комплект {kit} рассчитан на два дня, а второй день не назначен: "
        "группа {group}, {day:%d.%m.%Y}."
    )
    advice: ClassVar[str] = "Укажите второй день экзамена."
    group: str
    day: date
    kit: str


@dataclass(frozen=True)
class KitOfOtherSpecialty(Violation):
    code: ClassVar[str] = "kit_of_other_specialty"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "Комплект {kit} не для специальности группы {group}, экзамен {day:%d.%m.%Y}."
    )
    advice: ClassVar[str] = "Выберите комплект по специальности группы."
    group: str
    day: date
    kit: str


@dataclass(frozen=True)
class KitOfOtherYear(Violation):
    code: ClassVar[str] = "kit_of_other_year"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = "Комплект {kit} другого года: группа {group}, экзамен {day:%d.%m.%Y}."
    advice: ClassVar[str] = "Выберите комплект {day:%Y} года."
    group: str
    day: date
    kit: str


def hours(minutes: int) -> str:
    """2 ч 30 мин."""
    whole, rest = divmod(minutes, 60)
    return " ".join(f"{n} {unit}" for n, unit in ((whole, "ч"), (rest, "мин")) if n) or "0 мин"


def check_days(sitting: SittingFacts, calendar: WorkCalendar, today: date) -> Iterator[Violation]:
    """Days off, the preparation day and the periods of notice."""
    move = Fix(FixAction.MOVE_SITTING, sitting.id)
    for day in sitting.days:
        for found in _day_off(sitting, day, calendar):
            yield found.about(sitting.id, (sitting.id,), move)
    latest = calendar.before(sitting.day)
    prepare = Fix(FixAction.SET_PREPARATION_DAY, sitting.id, latest.isoformat())
    for lack in _preparation(sitting, calendar, latest):
        yield lack.about(sitting.id, (sitting.id,), prepare)
    for late in _notice(sitting, calendar, today):
        yield late.about(sitting.id, (sitting.id,), move)


def _day_off(sitting: SittingFacts, day: date, calendar: WorkCalendar) -> Iterator[Violation]:
    if calendar.is_working(day):
        return
    next_day, name = calendar.add(day, 1), calendar.name(day)
    if day.weekday() < SATURDAY or name:
        yield OnHoliday(sitting.group.name, day, f" ({name})" if name else "", next_day)
    elif day.weekday() == SUNDAY or not (sitting.workshop and sitting.workshop.open_saturday):
        yield OnWeekend(sitting.group.name, day, next_day)


def _preparation(
    sitting: SittingFacts, calendar: WorkCalendar, latest: date
) -> Iterator[Violation]:
    chosen, group, day = sitting.preparation_day, sitting.group.name, sitting.day
    if chosen is None:
        yield PreparationDayMissing(group, day, latest)
    elif chosen > latest or not calendar.is_working(chosen):
        yield PreparationDayWrong(chosen, group, day, latest)


def _notice(sitting: SittingFacts, calendar: WorkCalendar, today: date) -> Iterator[Violation]:
    """Only for what is neither approved nor announced and still ahead: the past is past."""
    if sitting.state not in {SessionState.DRAFT, SessionState.PLANNED} or sitting.day < today:
        return
    plan, acquaintance = sitting.notice.plan, sitting.notice.acquaintance
    approve_by = plan.due(sitting.day, calendar)
    if today > approve_by and not sitting.as_approved:
        acquaint_by = acquaintance.due(sitting.day, calendar)
        yield NoticeTooShort(
            sitting.group.name, sitting.day, today, approve_by, acquaint_by, str(plan),
            str(acquaintance),
        )  # fmt: skip


def check_kit(sitting: SittingFacts) -> Iterator[Violation]:
    """The kit's duration against the sitting's hours; its specialty and its year."""
    fixes = (Fix(FixAction.MOVE_SITTING, sitting.id), Fix(FixAction.CHANGE_KIT, sitting.id))
    for found in _against_kit(sitting):
        yield found.about(sitting.id, (sitting.id,), *fixes)


def _against_kit(sitting: SittingFacts) -> Iterator[Violation]:
    kit, group, day = sitting.kit, sitting.group, sitting.day
    if kit is None:
        return
    if sitting.minutes < kit.minutes:
        yield SlotTooShort(group.name, day, kit.code, sitting.minutes, kit.minutes)
    if kit.exam_days > 1 and sitting.second_day is None:
        yield SecondDayMissing(group.name, day, kit.code)
    if group.specialty_id and kit.specialty_id and group.specialty_id != kit.specialty_id:
        yield KitOfOtherSpecialty(group.name, day, kit.code)
    if kit.year is not None and kit.year != day.year:
        yield KitOfOtherYear(group.name, day, kit.code)
