"""How the plan of a year stands beside its approval, and what a version would hold."""

from datetime import date, datetime, timedelta

from conftest import EXAM_DAY, Builder

from demoexam.models.exams import ExamSession
from demoexam.services.season.plan_approval import PlanStanding, plan_coverage, plan_standing
from demoexam.services.season.plan_versions import approve_plan

YEAR = EXAM_DAY.year


def season(store):
    """Two dated exams, one of next year, one without a date, one held."""
    with store.transaction("подготовка") as session:
        make = Builder(session)
        group, kit, workshop = make.group(), make.kit(), make.workshop()
        rows = [
            make.sitting(group, kit, workshop, day=EXAM_DAY + timedelta(days=each))
            for each in (0, 7, 365)
        ]
        make.sitting(group, kit, workshop, starts_at=None, ends_at=None, preparation_day=None)
        make.sitting(group, kit, workshop, day=EXAM_DAY, held=True)
        return [row.id for row in rows]


def standing(store):
    with store.reading() as session:
        return plan_standing(session, year=YEAR)


def test_a_version_would_hold_the_dated_exams_of_its_year(store):
    season(store)
    with store.reading() as session:
        covered = plan_coverage(session, year=YEAR)
    assert (covered.sittings, covered.undated, covered.held) == (2, 1, 1)
    assert (covered.first, covered.last) == (EXAM_DAY, EXAM_DAY + timedelta(days=7))


def test_what_is_moved_added_or_dropped_is_counted(store):
    ids = season(store)
    assert standing(store) == PlanStanding()
    with store.transaction("утверждён план") as session:
        approve_plan(session, name="План", year=YEAR, at=datetime(2026, 5, 4, 10))
    assert standing(store) == PlanStanding("План", date(2026, 5, 4), 0)
    with store.transaction("правка") as session:
        moved = session.get_one(ExamSession, ids[0])
        moved.workshop_id = None
        dropped = session.get_one(ExamSession, ids[1])
        dropped.deleted = True
        Builder(session).sitting(day=EXAM_DAY + timedelta(days=14))
    assert standing(store).differ == 3
