"""The plan of exams as frozen facts: all that the rules need to know, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from demoexam.rules.calendar import WorkCalendar
from demoexam.rules.notice import LAW, ApprovedPlace, NoticeTerms
from demoexam.rules.terms import Answer, BookingPurpose, ExamLevel, OrganizationKind, Role
from demoexam.rules.terms import SessionState as State
from demoexam.text import clock, short_date

Slot = tuple[datetime, datetime]


def overlap(one: Slot, other: Slot) -> bool:
    """Two slots that only touch do not overlap."""
    return one[0] < other[1] and other[0] < one[1]


@dataclass(frozen=True, slots=True)
class JobFacts:
    """A place of work; both ends of its time are inclusive, None is open."""

    organization_id: str
    organization: str
    kind: OrganizationKind
    valid_from: date | None = None
    valid_to: date | None = None
    is_main: bool = True
    counts_as_employer: bool | None = None
    id: str = ""
    post: str = ""

    def covers(self, day: date) -> bool:
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    issued_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class AbsenceFacts:
    """Days when an expert cannot come; with `only_these` he can come on these days alone.

    `soft`: he would rather not come, but may be asked.
    """

    from_day: date
    to_day: date
    only_these: bool = False
    reason: str = ""
    soft: bool = False


def absence_among(absences: Iterable[AbsenceFacts], day: date) -> AbsenceFacts | None:
    """The one of equally strict absences that speaks against `day`."""
    allowed: AbsenceFacts | None = None
    is_allowed, away = False, None
    for each in absences:
        inside = each.from_day <= day <= each.to_day
        if each.only_these:
            allowed, is_allowed = allowed or each, is_allowed or inside
        elif inside and away is None:
            away = each
    return away if is_allowed or allowed is None else allowed


@dataclass(frozen=True, slots=True)
class CompetenceFacts:
    specialty_id: str | None = None
    kit_id: str | None = None
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class ExpertFacts:
    id: str
    name: str
    jobs: tuple[JobFacts, ...] = ()
    certificates: tuple[CertificateFacts, ...] = ()
    has_consent: bool = True
    taught_groups: frozenset[str] = frozenset()
    kin: Mapping[str, str] = field(default_factory=dict)  # examinee id -> group id
    absences: tuple[AbsenceFacts, ...] = ()
    competences: tuple[CompetenceFacts, ...] = ()
    weekly_days: int = 0  # so many exam days a week are enough for him; 0: no limit

    def certified_until(self) -> date | None:
        """The last certified day; date.max without a term, None without any certificate."""
        ends = (each.valid_until or date.max for each in self.certificates)
        return max(ends, default=None)

    def absence_on(self, day: date) -> AbsenceFacts | None:
        """Why the expert cannot come on `day`; if he can, why he would rather not."""
        return absence_among((each for each in self.absences if not each.soft), day) or (
            absence_among((each for each in self.absences if each.soft), day)
        )


@dataclass(frozen=True, slots=True)
class StaffingRange:
    """So many experts for so many workplaces, without the chief; None reaches upward."""

    workplaces_from: int
    workplaces_to: int | None
    minimum: int
    recommended: int


@dataclass(frozen=True, slots=True)
class KitFacts:
    id: str
    code: str
    level: ExamLevel
    specialty_id: str = ""
    year: int | None = None
    minutes: int = 0
    exam_days: int = 1
    staffing: tuple[StaffingRange, ...] = ()
    equipment: frozenset[str] = frozenset()
    turnaround: int = 0  # minutes that its workplaces need before the next sitting

    def staffing_for(self, workplaces: int) -> StaffingRange | None:
        """The table's row; the last one extends upward, the first one downward."""
        rows = sorted(self.staffing, key=lambda row: row.workplaces_from)
        fitting = [row for row in rows if row.workplaces_from <= workplaces]
        return fitting[-1] if fitting else next(iter(rows), None)


@dataclass(frozen=True, slots=True)
class BookingFacts:
    id: str
    starts_at: datetime
    ends_at: datetime
    purpose: BookingPurpose
    organizer: str = ""


@dataclass(frozen=True, slots=True)
class WorkshopFacts:
    id: str
    name: str
    places: int
    open_saturday: bool = False
    hours: Mapping[int, tuple[time, time] | None] = field(default_factory=dict)  # by weekday
    accredited_until: date | None = None
    equipment: frozenset[str] = frozenset()
    bookings: tuple[BookingFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupFacts:
    id: str
    name: str
    college_id: str
    college: str
    head_count: int | None = None
    specialty_id: str | None = None


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """An expert in a role of one sitting."""

    assignment_id: str
    expert: ExpertFacts
    role: Role
    answer: Answer = Answer.INVITED
    held: bool = False

    @property
    def counts(self) -> bool:
        """Part of the live plan: not held, and not refused by the expert."""
        return not self.held and self.answer is not Answer.REFUSED


@dataclass(frozen=True, slots=True)
class SittingFacts:
    """One sitting of one exam group in one shift; a second day has the same hours.

    `approved` is where the approved plan has it, whatever became of it since.
    """

    id: str
    group: GroupFacts
    starts_at: datetime
    ends_at: datetime
    kit: KitFacts | None = None
    workshop: WorkshopFacts | None = None
    number: int = 1
    second_day: date | None = None
    preparation_day: date | None = None
    head_count: int = 0
    board_member: str = ""
    state: State = State.DRAFT
    duties: tuple[DutyFacts, ...] = ()
    examinees: frozenset[str] = frozenset()
    held: bool = False
    pinned: bool = False
    notice: NoticeTerms = LAW
    approved: ApprovedPlace | None = None

    @property
    def day(self) -> date:
        return self.starts_at.date()

    @property
    def days(self) -> tuple[date, ...]:
        return (self.day,) if self.second_day is None else (self.day, self.second_day)

    @property
    def as_approved(self) -> bool:
        """Whether it stands where the approved plan has it."""
        place = ApprovedPlace(self.days, self.workshop.id if self.workshop else None)
        return self.approved == place

    @property
    def slots(self) -> tuple[Slot, ...]:
        """When its people and its workshop are taken."""
        if self.second_day is None:
            return ((self.starts_at, self.ends_at),)
        length = self.ends_at - self.starts_at
        starts = (datetime.combine(day, self.starts_at.time()) for day in self.days)
        return tuple((start, start + length) for start in starts)

    @property
    def minutes(self) -> int:
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    @property
    def title(self) -> str:
        """«ТМ-222, 08.06.2026, 08:30–12:30»."""
        dates = "–".join(map(short_date, self.days))
        return f"{self.group.name}, {dates}, {clock(self.starts_at)}–{clock(self.ends_at)}"

    @property
    def live_duties(self) -> tuple[DutyFacts, ...]:
        return tuple([duty for duty in self.duties if duty.counts])

    def collides(self, other: "SittingFacts") -> bool:
        if self.second_day is None and other.second_day is None:
            return self.starts_at < other.ends_at and other.starts_at < self.ends_at
        return any(overlap(one, two) for one in self.slots for two in other.slots)

    def with_duties(self, *duties: DutyFacts) -> "SittingFacts":
        return replace(self, duties=duties)


@dataclass(frozen=True, slots=True)
class UnplacedFacts:
    """A sitting that has no date yet; `sitting` are its other facts, at no real time."""

    id: str
    group: str
    sitting: SittingFacts | None = None


@dataclass(frozen=True, slots=True)
class DutyDay:
    """An expert's day in a sitting that is not among those loaded: it fills his week."""

    expert_id: str
    session_id: str
    day: date


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """All sittings, the production calendar, and the day on which the plan is judged.

    A part of the plan tells in `elsewhere` which other days its experts are busy in those weeks.
    """

    sittings: tuple[SittingFacts, ...]
    today: date
    unplaced: tuple[UnplacedFacts, ...] = ()
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    elsewhere: tuple[DutyDay, ...] = ()

    def live(self) -> Iterator[SittingFacts]:
        return (sitting for sitting in self.sittings if not sitting.held)
