"""Facts of a plan that break no rule; a test names only what it is about."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

from demoexam.rules.calendar import SpecialDay, WorkCalendar
from demoexam.rules.plan import (
    CertificateFacts,
    DutyFacts,
    ExpertFacts,
    GroupFacts,
    JobFacts,
    KitFacts,
    PlanFacts,
    SittingFacts,
    StaffingRange,
    WorkshopFacts,
)
from demoexam.rules.terms import ExamLevel, OrganizationKind, Role

DAY = date(2026, 6, 18)  # a Thursday; the day before it works too
TODAY = date(2026, 3, 2)
RUSSIA_DAY = date(2026, 6, 12)  # a Friday
CALENDAR = WorkCalendar({RUSSIA_DAY: SpecialDay(is_working=False, name="День России")})
STAFFING = (StaffingRange(1, 15, 2, 3), StaffingRange(16, None, 2, 6))

_numbers = count(1)


def ident(prefix):
    return f"{prefix}{next(_numbers):05d}"


def job(organization="ООО «Завод»", kind=OrganizationKind.EMPLOYER, **facts):
    return JobFacts(organization, organization, kind, **facts)


def college_job(organization="Колледж связи", **facts):
    return job(organization, OrganizationKind.COLLEGE, **facts)


def expert(name="Иванов Иван Иванович", *jobs, **facts):
    given = {"id": ident("expert"), "certificates": (CertificateFacts(),)}
    return ExpertFacts(name=name, jobs=jobs or (job(),), **given | facts)


def duty(who=None, role=Role.SCORING, **facts):
    given = {"assignment_id": ident("assignment")}
    return DutyFacts(expert=who or expert(), role=role, **given | facts)


def group(name="ИС-41", college="Горный колледж", **facts):
    return GroupFacts(ident("group"), name, college, college, **facts)


def kit(**facts):
    given = {"id": ident("kit"), "code": "09.02.07-2-2026", "level": ExamLevel.PROFILE}
    return KitFacts(**given | {"minutes": 210, "year": 2026, "staffing": STAFFING} | facts)


def workshop(name="Мастерская № 1", places=15, **facts):
    return WorkshopFacts(ident("workshop"), name, places, **facts)


def full_team():
    """A chief, three scoring experts and a technical one."""
    names = "Абрамов Пётр", "Белов Пётр", "Громов Пётр", "Егоров Пётр", "Жуков Пётр"
    roles = Role.CHIEF, Role.SCORING, Role.SCORING, Role.SCORING, Role.TECHNICAL
    return tuple(duty(expert(name), role) for name, role in zip(names, roles, strict=True))


def sitting(*duties, day=DAY, at=9, **facts):
    """A sitting of five that is in order, with a full expert group unless one is given."""
    starts_at = datetime(day.year, day.month, day.day, at)
    given = {
        "id": ident("sitting"),
        "group": group(),
        "kit": kit(),
        "workshop": workshop(),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=210),
        "preparation_day": CALENDAR.before(day),
        "head_count": 5,
        "board_member": "Кузнецов Кирилл Кириллович",
    }
    return SittingFacts(**given | {"duties": duties or full_team()} | facts)


def with_scoring(who, **facts):
    """A sitting in order but for `who`, who scores in it beside the full group."""
    return sitting(*full_team(), duty(who), **facts)


def plan(*sittings, today=TODAY, **facts):
    return PlanFacts(tuple(sittings), today, calendar=CALENDAR, **facts)


def held(record):
    return replace(record, held=True)


def codes(findings):
    return [found.code for found in findings]
