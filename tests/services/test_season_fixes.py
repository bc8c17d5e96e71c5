"""Each rule appears while moving, in its words, and each ready fix of it removes it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from conftest import EXAM_DAY, Builder
from sqlalchemy import select

from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Organization
from demoexam.models.people import Certificate, Expert
from demoexam.models.places import Workshop
from demoexam.rules.placing import Move
from demoexam.rules.terms import BookingPurpose, Role
from demoexam.services.college.college import change_setting
from demoexam.services.plan.check import sitting_findings
from demoexam.services.season.fixes import apply_fix
from demoexam.services.season.season import judge

TODAY = date(2026, 3, 2)
FIRST, LAST = date(2026, 5, 18), date(2026, 7, 12)
THERE = EXAM_DAY + timedelta(days=5)  # a Tuesday
NINE = 9


@dataclass
class Case:
    """A sitting that is in order, and the place where it would not be."""

    make: Builder
    session: object
    sitting: ExamSession
    workshop_id: str = ""
    day: date = THERE
    at: int = NINE

    def move(self):
        place = self.workshop_id or self.sitting.workshop_id
        return Move(
            self.sitting.id,
            place,
            datetime.combine(self.day, datetime.min.time()) + timedelta(hours=self.at),
        )

    def expert(self, role=Role.SCORING):
        """Somebody of the sitting's expert group."""
        query = select(Expert).join(Assignment, Assignment.expert_id == Expert.id)
        query = query.where(Assignment.session_id == self.sitting.id, Assignment.role == role)
        return self.session.scalars(query.order_by(Assignment.id)).first()

    def drop(self, role, keep=0):
        query = select(Assignment).where(Assignment.session_id == self.sitting.id)
        for row in self.session.scalars(query.where(Assignment.role == role)).all()[keep:]:
            row.deleted = True

    def busy(self, **facts):
        """Another sitting, elsewhere on that day unless told."""
        given = {"workshop": self.make.workshop(name="Другая"), "day": self.day, "at": self.at}
        group = facts.pop("group", None) or self.make.group(name="ТМ-21")
        return self.make.sitting(group, self.kit, **given | facts)

    @property
    def kit(self):
        return self.session.get_one(AssessmentKit, self.sitting.kit_id)

    @property
    def group(self):
        return self.session.get_one(StudyGroup, self.sitting.group_id)

    @property
    def workshop(self):
        return self.session.get_one(Workshop, self.sitting.workshop_id)


def own_college(case):
    college = case.session.get_one(type(case.make.college("x")), case.group.college_id)
    case.make.employment(case.expert(), college, is_main=False, valid_from=THERE)


def kin(case):
    place = case.make.examinee(case.group)
    case.make.place(case.sitting, place)
    case.make.kinship(case.expert(), place)


def certificates(case, **facts):
    query = select(Certificate).where(Certificate.expert_id == case.expert().id)
    for row in case.session.scalars(query):
        for name, value in facts.items():
            setattr(row, name, value)


def booking(case, purpose):
    times = (datetime.combine(THERE, time(hour)) for hour in (8, 20))
    case.make.booking(case.workshop, *times, purpose)


def elsewhere(case, **facts):
    case.workshop_id = case.make.workshop(name="Там", **facts).id


def week(case):
    change_setting(case.session, key="expert_week_days", value=1)
    case.make.assignment(case.busy(day=THERE + timedelta(days=1)), case.expert())


def second_job(case, role):
    case.make.assignment(case.sitting, case.expert(role), Role.SCORING)


def same_day(case):
    case.group.head_count = 5
    case.busy(group=case.group, at=15)


def at(case, **place):
    for name, value in place.items():
        setattr(case, name, value)


def row(case, **facts):
    for name, value in facts.items():
        setattr(case.sitting, name, value)


RULES = {
    "expert_from_same_college": own_college,
    "taught_group": lambda case: case.make.teaching(case.expert(), case.group),
    "kin": kin,
    "chief_scores": lambda case: second_job(case, Role.CHIEF),
    "technical_scores": lambda case: second_job(case, Role.TECHNICAL),
    "expert_listed_twice": lambda case: second_job(case, Role.SCORING),
    "second_chief": lambda case: case.make.assignment(
        case.sitting, case.make.expert("Второв Олег", case.make.employer()), Role.CHIEF
    ),
    "expert_double_booked": lambda case: case.make.assignment(case.busy(), case.expert()),
    "too_few_experts": lambda case: case.drop(Role.SCORING, keep=1),
    "fewer_than_recommended": lambda case: case.drop(Role.SCORING, keep=2),
    "chief_missing": lambda case: case.drop(Role.CHIEF),
    "technical_missing": lambda case: case.drop(Role.TECHNICAL),
    "certificate_expired": lambda case: certificates(case, valid_until=THERE - timedelta(days=1)),
    "certificate_missing": lambda case: certificates(case, deleted=True),
    "consent_missing": lambda case: setattr(case.expert(), "consent_on", None),
    "no_board_member": lambda case: row(case, board_member=""),
    "workshop_double_booked": lambda case: case.busy(workshop=case.workshop),
    "more_students_than_places": lambda case: elsewhere(case, places=4),
    "group_double_booked": lambda case: case.busy(group=case.group),
    "holiday": lambda case: at(case, day=date(2026, 6, 12)),
    "weekend": lambda case: at(case, day=date(2026, 6, 21)),
    "notice_too_short": lambda case: at(case, day=date(2026, 6, 2)),
    "slot_too_short": lambda case: row(case, ends_at=case.sitting.starts_at + timedelta(hours=2)),
    "kit_of_other_specialty": lambda case: setattr(
        case.group, "specialty_id", case.make.specialty("15.02.16").id
    ),
    "kit_of_other_year": lambda case: setattr(case.kit, "year", 2025),
    "workshop_missing": lambda case: row(case, workshop_id=None),
    "workshop_closed": lambda case: booking(case, BookingPurpose.CLOSED),
    "workshop_booked": lambda case: booking(case, BookingPurpose.LESSONS),
    "outside_opening_hours": lambda case: elsewhere(case, opening_hours={"2": ["12:00", "20:00"]}),
    "accreditation_expired": lambda case: elsewhere(case, accredited_until=date(2026, 6, 1)),
    "equipment_missing": lambda case: setattr(case.kit, "equipment", ["станок"]),
    "turnaround_too_short": lambda case: case.busy(workshop=case.workshop, at=13),
    "expert_unavailable": lambda case: case.make.unavailability(case.expert(), THERE),
    "expert_reluctant": lambda case: case.make.unavailability(case.expert(), THERE, soft=True),
    "expert_over_week": week,
    "group_sits_that_day": same_day,
}


def undated(case):
    row(case, starts_at=None, ends_at=None, preparation_day=None)


STANDING = {
    "preparation_day_missing": lambda case: row(case, preparation_day=None),
    "preparation_day_wrong": lambda case: row(case, preparation_day=EXAM_DAY),
    "second_day_missing": lambda case: setattr(case.kit, "exam_days", 2),
    "date_missing": undated,
    "no_board_member": lambda case: row(
        case, board_member=case.expert().last_name + " Пётр Иванович"
    ),
    "weekend": lambda case: row(
        case,
        starts_at=case.sitting.starts_at + timedelta(days=2),
        ends_at=case.sitting.ends_at + timedelta(days=2),
    ),
}


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def case(session):
    """A staffed sitting, other workshops, and people who could step in."""
    make = Builder(session)
    case = Case(make, session, make.staffed_sitting())
    make.workshop(name="Запасная", equipment=["станок"])
    for name in ("Абрамов", "Белова", "Ветров", "Громов"):
        who = make.expert(f"{name} Пётр", make.employer())
        make.competence(who)
        make.competence(who, "15.02.16")
    make.board_member(make.board(session.get_one(Organization, case.group.college_id)))
    make.kit("15.02.16-2-2026")
    make.kit("09.02.07-1-2026")
    return case


@pytest.mark.parametrize("code", RULES)
def test_rule_is_told_while_moving_and_each_fix_removes_it(session, case, code):
    RULES[code](case)
    session.flush()
    today = date(2026, 6, 1) if code == "notice_too_short" else TODAY
    move = case.move()
    if code == "workshop_missing":
        move = Move(move.id, None, move.starts_at)
    told = judge(session, FIRST, LAST, today).verdict(
        move.id, workshop_id=move.workshop_id, starts_at=move.starts_at
    )
    found = next(each for each in told.findings if each.code == code)
    assert "{" not in str(found)
    tried(session, told.fixes_of(found), found, told.move, today)


@pytest.mark.parametrize("code", STANDING)
def test_finding_of_an_exam_where_it_is_has_a_way_out_too(session, case, code):
    STANDING[code](case)
    session.flush()
    found = next(
        each
        for each in sitting_findings(session, session_id=case.sitting.id, today=TODAY)
        if each.code == code
    )
    fixes = judge(session, FIRST, LAST, TODAY).fixes(case.sitting.id, found)
    tried(session, fixes, found, None, TODAY)


def tried(session, fixes, found, move, today):
    """Each of the fixes, applied, removes the finding."""
    assert fixes, f"no ready way out of {found.code}"
    for fix in fixes:
        assert fix.ready
        with session.begin_nested() as savepoint:
            after = apply_fix(session, fix, move, today=today)
            left = [each.subjects for each in after.findings if each.code == found.code]
            assert found.subjects not in left, fix
            savepoint.rollback()
        session.expire_all()
