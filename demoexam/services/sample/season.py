"""The sample's sittings: days, shifts and expert groups that the rules accept, and the points."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle, islice

from demoexam.models.exams import Assignment, ExamPlace, ExamSession, WorkplaceDraw
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.rules.draw import METHOD, drawn_workplaces, list_sum
from demoexam.rules.terms import Answer, ExamLevel, Role, SessionState
from demoexam.services.sample.catalog import Field, Kits, SampleKit
from demoexam.services.sample.draft import Draft
from demoexam.services.sample.names import Person
from demoexam.services.sample.people import Specialist
from demoexam.services.sample.places import Room, SampleCollege
from demoexam.text import fold

THIS_YEAR_GROUPS, EARLIER_GROUPS = 28, 4  # in a college, the latter in each earlier year
UNPLACED_GROUPS = 2
HALF_SEASON = timedelta(days=45)
ANNOUNCED_AHEAD = timedelta(days=24)
ASSISTED, ATTENDING, PROFILE = 0.01, 0.97, 0.7  # portions of the examinees, of the groups
START, DRAWN_AT, TURNAROUND = time(9), time(9, 30), timedelta(minutes=60)
TEAM = 4  # a chief and three who score: what the kits recommend up to 15 workplaces
FROM_PLANTS_BY_AGE = {3: (2, 1, 2, 1), 2: (2, 2, 2, 2), 1: (3, 2, 3, 2)}  # of TEAM, by years ago
FROM_PLANTS_NOW = (3, 2, 2, 3)


@dataclass(frozen=True)
class Group:
    id: str
    line: Field
    level: ExamLevel
    examinees: Sequence[tuple[str, Person]]  # id and name, in the order of a paper


@dataclass(frozen=True)
class Shift:
    """One sitting of half a group, as it goes to the store."""

    id: str
    kit: SampleKit
    day: date
    ends_at: datetime
    state: SessionState
    examinees: Sequence[tuple[str, Person]]


class Season:
    """The exams of one college. `days` are this year's, half of them over."""

    def __init__(
        self, draft: Draft, college: SampleCollege, kits: Kits, days: Sequence[date]
    ) -> None:
        self._draft, self._college, self._kits, self._days = draft, college, kits, days
        self._rooms = {code: cycle(rooms) for code, rooms in college.rooms.items()}

    def add_current(self) -> None:
        """This year's groups, spread evenly over the days; the last two wait for a date."""
        placed = THIS_YEAR_GROUPS - UNPLACED_GROUPS
        for number in range(placed):
            first = number * len(self._days) // placed
            group, room = self._group(self._draft.today.year, number)
            plants = FROM_PLANTS_NOW[number % len(FROM_PLANTS_NOW)]
            self._hold(group, room, [*self._days[first:], *self._days[:first]], plants)
        for number in range(placed, THIS_YEAR_GROUPS):
            self._add_unplaced(number)

    def add_earlier(self) -> None:
        """A few groups in June of each of the three years before."""
        for age, plants in FROM_PLANTS_BY_AGE.items():
            year = self._draft.today.year - age
            days = working_days(self._draft, date(year, 6, 1), date(year, 6, 30))
            for number in range(EARLIER_GROUPS):
                group, room = self._group(year, number, line=number * 2 + age)
                self._hold(group, room, days[number * 4 :], plants[number])

    def _group(self, year: int, number: int, *, line: int | None = None) -> tuple[Group, Room]:
        """A group for two shifts of the room it will sit in, with its examinees."""
        draft, fields = self._draft, self._college.fields
        taught = fields[(number if line is None else line) % len(fields)]
        room = next(self._rooms[taught.code])
        size = draft.rng.randint(room.places + 2, 2 * room.places)
        ident = self._study_group(taught, year, number, size)
        names = sorted(islice(draft.people, size), key=lambda person: fold(" ".join(person)))
        people = [(_add_examinee(draft, ident, person), person) for person in names]
        level = ExamLevel.PROFILE if draft.rng.random() < PROFILE else ExamLevel.BASIC
        return Group(ident, taught, level, people), room

    def _study_group(self, line: Field, year: int, number: int, size: int) -> str:
        turn = number // len(self._college.fields) + 1
        return self._draft.add(
            StudyGroup,
            name=f"{line.mark}-{(year - line.course) % 100:02d}{turn}",
            college_id=self._college.id,
            specialty_id=self._draft.specialties[line.code],
            year=year,
            course=line.course,
            head_count=size,
        )

    def _add_unplaced(self, number: int) -> None:
        """A group whose names and date are not known yet."""
        line, year = (
            self._college.fields[number % len(self._college.fields)],
            self._draft.today.year,
        )
        size = self._draft.rng.randint(8, 10)
        group = self._study_group(line, year, number, size)
        self._sitting(
            group_id=group,
            kit_id=self._kits[line.code, year, ExamLevel.PROFILE].id,
            number=1,
            head_count=size,
            state=SessionState.DRAFT,
        )

    def _sitting(self, **columns: object) -> str:
        unset = dict.fromkeys(("workshop_id", "starts_at", "ends_at", "preparation_day"))
        return self._draft.add(ExamSession, **{"board_member": "", **unset, **columns})

    def _hold(self, group: Group, room: Room, days: Sequence[date], plants: int) -> None:
        """Both shifts of `group` on the first of `days` when the room and a whole team are free."""
        for day in days:
            taken = {day, self._draft.calendar.before(day)}
            team = None if room.busy & taken else self._team(group.line, taken, plants)
            if team is not None:
                room.busy |= taken
                for member in team:
                    member.busy |= taken
                    member.calls += 1
                self._add_shifts(group, room, day, team)
                return

    def _add_shifts(self, group: Group, room: Room, day: date, team: Sequence[Specialist]) -> None:
        draft, kit = self._draft, self._kits[group.line.code, day.year, group.level]
        starts_at, state = datetime.combine(day, START), _state(draft, day)
        half = (len(group.examinees) + 1) // 2
        for number, people in enumerate((group.examinees[:half], group.examinees[half:]), start=1):
            ends_at = starts_at + timedelta(minutes=kit.minutes)
            sitting = self._sitting(
                group_id=group.id,
                kit_id=kit.id,
                number=number,
                head_count=len(people),
                state=state,
                workshop_id=room.id,
                starts_at=starts_at,
                ends_at=ends_at,
                preparation_day=draft.calendar.before(day),
                board_member=draft.rng.choice(self._college.witnesses[day.year]),
            )
            shift = Shift(sitting, kit, day, ends_at, state, people)
            _seat(draft, shift)
            _assign(draft, shift, team, room.technical)
            starts_at = ends_at + TURNAROUND

    def _team(self, line: Field, taken: set[date], plants: int) -> list[Specialist] | None:
        """The least used free experts, a chief first; None when there are too few."""
        free = [each for each in self._college.staff.outside[line.code] if not each.busy & taken]
        self._draft.rng.shuffle(free)
        free.sort(key=lambda each: each.calls)
        chief = next((each for each in free if each.may_lead), None)
        if chief is None:
            return None
        free.remove(chief)
        wanted = plants - chief.from_plant
        scorers = [each for each in free if each.from_plant][:wanted]
        scorers += [each for each in free if not each.from_plant][: TEAM - 1 - wanted]
        return [chief, *scorers] if len(scorers) == TEAM - 1 else None


def working_days(draft: Draft, first: date, last: date) -> list[date]:
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if draft.calendar.is_working(day)]


def _state(draft: Draft, day: date) -> SessionState:
    if day < draft.today:
        recent = draft.today - day <= 2 * HALF_SEASON
        return SessionState.DONE if recent else SessionState.CLOSED
    near = day - draft.today <= ANNOUNCED_AHEAD
    return SessionState.ANNOUNCED if near else SessionState.PLANNED


def _assign(draft: Draft, shift: Shift, team: Sequence[Specialist], technical: str) -> None:
    """The chief leads, three score every module at their workplaces, one minds the machines."""
    answer = {
        SessionState.PLANNED: Answer.INVITED,
        SessionState.ANNOUNCED: Answer.CONFIRMED,
    }.get(shift.state, Answer.ATTENDED)
    size = len(shift.examinees)
    scorers = len(team) - 1
    for number, member in enumerate(team):
        first, last = (number - 1) * size // scorers + 1, number * size // scorers
        draft.add(
            Assignment,
            session_id=shift.id,
            expert_id=member.id,
            role=Role.SCORING if number else Role.CHIEF,
            duty="оценка по всем модулям" if number else "",
            workplaces=f"{first}–{last}" if number else "",
            answer=answer,
        )
    draft.add(Assignment, session_id=shift.id, expert_id=technical, role=Role.TECHNICAL, duty="",
              workplaces="", answer=answer)  # fmt: skip


def _add_examinee(draft: Draft, group: str, person: Person) -> str:
    return draft.add(
        Examinee,
        group_id=group,
        last_name=person.last,
        first_name=person.first,
        middle_name=person.middle,
        needs_assistant=draft.rng.random() < ASSISTED,
    )


def _seat(draft: Draft, shift: Shift) -> None:
    """Places are drawn on the preparation day; points and times are there once it is over."""
    workplaces, over = _drawn(draft, shift), shift.day < draft.today
    for (examinee, _), workplace in zip(shift.examinees, workplaces, strict=True):
        came = draft.rng.random() < ATTENDING if over else None
        early = timedelta(minutes=draft.rng.randint(0, 40))
        draft.add(
            ExamPlace,
            session_id=shift.id,
            examinee_id=examinee,
            workplace=workplace,
            variant="В1" if workplace else "",
            attended=came,
            points=_points(draft, shift.kit) if came else {},
            finished_at=f"{shift.ends_at - early:%H:%M}" if came else None,
        )


def _drawn(draft: Draft, shift: Shift) -> Sequence[int | None]:
    """The workplaces by the recorded draw, or nothing before its day has come."""
    count, preparation = len(shift.examinees), draft.calendar.before(shift.day)
    if preparation > draft.today:
        return [None] * count
    seed = f"{draft.rng.getrandbits(64):016X}"
    names = [" ".join(person) for _, person in shift.examinees]
    draft.add(
        WorkplaceDraw,
        session_id=shift.id,
        seed=seed,
        drawn_at=datetime.combine(preparation, DRAWN_AT).astimezone(UTC).replace(tzinfo=None),
        method=f"{METHOD} {list_sum(names)}",
    )
    return drawn_workplaces(seed, count)


def _points(draft: Draft, kit: SampleKit) -> dict[str, int]:
    """Around 62 per cent of the maximum, as the country's exams of 2025 were."""
    skill = draft.rng.gauss(0.62, 0.15)
    portions = [min(max(draft.rng.gauss(skill, 0.1), 0.05), 1.0) for _ in kit.modules]
    return {
        str(number): int(most * portion) // 25 * 25
        for number, (most, portion) in enumerate(zip(kit.modules, portions, strict=True), start=1)
    }
