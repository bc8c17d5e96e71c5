"""Cases in which each rule speaks against a move, or against an exam where it is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from conftest import EXAM_DAY, Builder
from sqlalchemy import select

from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit, StaffingRule
from demoexam.models.organizations import Organization
from demoexam.models.people import Certificate, Employment, Expert
from demoexam.models.places import Workshop
from demoexam.rules.check import DateMissing, HeldMended, WorkshopMissing
from demoexam.rules.days import (
    KitOfOtherSpecialty,
    KitOfOtherYear,
    NoticeTooShort,
    OnHoliday,
    OnWeekend,
    PreparationDayMissing,
    PreparationDayWrong,
    SecondDayMissing,
    SlotTooShort,
)
from demoexam.rules.density import ExpertOverWeek, GroupSitsThatDay, TurnaroundTooShort
from demoexam.rules.eligibility import (
    AssessesKin,
    AssessesOwnCollege,
    CertificateExpired,
    CertificateMissing,
    ChiefOfOwnCollege,
    ConsentMissing,
    ExpertReluctant,
    ExpertUnavailable,
    TaughtTheGroup,
)
from demoexam.rules.expert_group import (
    BoardMemberInGroup,
    ChiefMissing,
    ChiefScores,
    FewerThanRecommended,
    ListedTwice,
    NoBoardMember,
    NobodyScores,
    SecondChief,
    TechnicalMissing,
    TechnicalScores,
    TooFewExperts,
)
from demoexam.rules.grading import TooManyPoints, UnknownModule
from demoexam.rules.placing import Move
from demoexam.rules.shares import ShareBelowTarget
from demoexam.rules.terms import BookingPurpose, Role
from demoexam.rules.timetable import (
    AccreditationExpired,
    EquipmentMissing,
    ExpertDoubleBooked,
    GroupDoubleBooked,
    MoreStudentsThanPlaces,
    OutsideOpeningHours,
    WorkshopBooked,
    WorkshopClosed,
    WorkshopDoubleBooked,
)
from demoexam.rules.year_shares import ShareFalls
from demoexam.services.college.college import change_setting, set_target

TODAY = date(2026, 3, 2)
FIRST, LAST = date(2026, 5, 18), date(2027, 2, 28)
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
    today: date = TODAY

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


def teacher(case):
    """Of the four who count, one is no employer's: enough for 70 per cent, too few for 80."""
    set_target(case.session, year=THERE.year, percent=70)
    set_target(case.session, year=THERE.year + 1, percent=80)
    for job in case.session.scalars(
        select(Employment).where(Employment.expert_id == case.expert().id)
    ):
        job.organization_id = case.make.college("Колледж связи").id


def next_year(case):
    teacher(case)
    at(case, day=date(THERE.year + 1, 2, 9))


def below_target(case):
    teacher(case)
    set_target(case.session, year=THERE.year, percent=80)


def later(case, **facts):
    """Another hour of its day leaves the days that hang on the exam as they were."""
    row(case, **facts)
    at(case, day=EXAM_DAY, at=14)


def named(case):
    who = case.expert()
    return f"{who.last_name} {who.first_name} {who.middle_name}"


def nobody(case):
    case.drop(Role.SCORING)
    for each in case.session.scalars(select(StaffingRule)):
        each.deleted = True


def chief_of_the_college(case):
    college = case.session.get_one(Organization, case.group.college_id)
    case.make.employment(case.expert(Role.CHIEF), college, is_main=False, valid_from=THERE)


MOVING = {
    AssessesOwnCollege: own_college,
    ChiefOfOwnCollege: chief_of_the_college,
    TaughtTheGroup: lambda case: case.make.teaching(case.expert(), case.group),
    AssessesKin: kin,
    ChiefScores: lambda case: second_job(case, Role.CHIEF),
    TechnicalScores: lambda case: second_job(case, Role.TECHNICAL),
    ListedTwice: lambda case: second_job(case, Role.SCORING),
    SecondChief: lambda case: case.make.assignment(
        case.sitting, case.make.expert("Второв Олег", case.make.employer()), Role.CHIEF
    ),
    ExpertDoubleBooked: lambda case: case.make.assignment(case.busy(), case.expert()),
    TooFewExperts: lambda case: case.drop(Role.SCORING, keep=1),
    NobodyScores: nobody,
    FewerThanRecommended: lambda case: case.drop(Role.SCORING, keep=2),
    ChiefMissing: lambda case: case.drop(Role.CHIEF),
    TechnicalMissing: lambda case: case.drop(Role.TECHNICAL),
    CertificateExpired: lambda case: certificates(case, valid_until=THERE - timedelta(days=1)),
    CertificateMissing: lambda case: certificates(case, deleted=True),
    ConsentMissing: lambda case: setattr(case.expert(), "consent_on", None),
    NoBoardMember: lambda case: row(case, board_member=""),
    BoardMemberInGroup: lambda case: row(case, board_member=named(case)),
    WorkshopDoubleBooked: lambda case: case.busy(workshop=case.workshop),
    MoreStudentsThanPlaces: lambda case: elsewhere(case, places=4),
    GroupDoubleBooked: lambda case: case.busy(group=case.group),
    OnHoliday: lambda case: at(case, day=date(2026, 6, 12)),
    OnWeekend: lambda case: at(case, day=date(2026, 6, 21)),
    PreparationDayMissing: lambda case: later(case, preparation_day=None),
    PreparationDayWrong: lambda case: later(case, preparation_day=EXAM_DAY),
    SecondDayMissing: lambda case: later(case) or setattr(case.kit, "exam_days", 2),
    NoticeTooShort: lambda case: at(case, day=date(2026, 6, 2), today=date(2026, 6, 1)),
    SlotTooShort: lambda case: row(case, ends_at=case.sitting.starts_at + timedelta(hours=2)),
    KitOfOtherSpecialty: lambda case: setattr(
        case.group, "specialty_id", case.make.specialty("15.02.16").id
    ),
    KitOfOtherYear: lambda case: setattr(case.kit, "year", 2025),
    WorkshopMissing: lambda case: row(case, workshop_id=None),
    WorkshopClosed: lambda case: booking(case, BookingPurpose.CLOSED),
    WorkshopBooked: lambda case: booking(case, BookingPurpose.LESSONS),
    OutsideOpeningHours: lambda case: elsewhere(case, opening_hours={"2": ["12:00", "20:00"]}),
    AccreditationExpired: lambda case: elsewhere(case, accredited_until=date(2026, 6, 1)),
    EquipmentMissing: lambda case: setattr(case.kit, "equipment", ["станок"]),
    TurnaroundTooShort: lambda case: case.busy(workshop=case.workshop, at=13),
    ExpertUnavailable: lambda case: case.make.unavailability(case.expert(), THERE),
    ExpertReluctant: lambda case: case.make.unavailability(case.expert(), THERE, soft=True),
    ExpertOverWeek: week,
    GroupSitsThatDay: same_day,
    ShareFalls: next_year,
}
"""Rules whose finding a move can bring: the case in which it does."""


def undated(case):
    row(case, starts_at=None, ends_at=None, preparation_day=None)


STANDING = {
    PreparationDayMissing: lambda case: row(case, preparation_day=None),
    PreparationDayWrong: lambda case: row(case, preparation_day=EXAM_DAY),
    SecondDayMissing: lambda case: setattr(case.kit, "exam_days", 2),
    BoardMemberInGroup: lambda case: row(case, board_member=named(case)),
    OnWeekend: lambda case: row(
        case,
        starts_at=case.sitting.starts_at + timedelta(days=2),
        ends_at=case.sitting.ends_at + timedelta(days=2),
    ),
    DateMissing: undated,
    HeldMended: lambda case: row(case, held=True),
    ShareBelowTarget: below_target,
}
"""What the inspector tells of an exam where it is."""

NEVER_BY_MOVING = {
    DateMissing: "любой перенос даёт экзамену дату",
    HeldMended: "говорит о записи вне плана; перенос возвращает её в план сам",
    ShareBelowTarget: "говорит о годе как он есть; что меняет перенос, говорит ShareFalls",
}
NEVER_STANDING = {
    TooManyPoints: "балл выше наибольшего не записывается",
    UnknownModule: "балл за модуль, которого нет в комплекте, не записывается",
}
"""Rules of what is typed: it is refused, so no exam of the plan breaks them."""
