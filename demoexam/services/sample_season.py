"""The sample's sittings: days, shifts and expert groups that the rules accept, and the points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.rules.terms import Answer, ExamLevel, Role, SessionState
from demoexam.services.sample_catalog import Field, Kits, SampleKit
from demoexam.services.sample_draft import Draft
from demoexam.services.sample_people import Specialist
from demoexam.services.sample_places import Room, SampleCollege

THIS_YEAR_GROUPS, EARLIER_GROUPS = 28, 4  # in a college, the latter in each earlier year
UNPLACED_GROUPS = 2
HALF_SEASON = timedelta(days=45)
ANNOUNCED_AHEAD = timedelta(days=24)
START, TURNAROUND = time(9), timedelta(minutes=60)
TEAM = 4  # a chief and three who score: what the kits recommend up to 15 workplaces
FROM_PLANTS_BY_AGE = {3: (2, 1, 2, 2), 2: (2, 3, 2, 2), 1: (3, 2, 3, 2)}  # of TEAM, by years ago
FROM_PLANTS_NOW = (3, 2, 2, 3)


@dataclass(frozen=True)
class Group:
    id: str
    line: Field
    level: ExamLevel
    examinees: Sequence[str]


def add_season(draft: Draft, college: SampleCollege, kits: Kits, days: Sequence[date]) -> None:
    """This year's groups, spread evenly over `days`; the last two wait for a date."""
    placed = THIS_YEAR_GROUPS - UNPLACED_GROUPS
    room_of = _turns(college)
    for number in range(THIS_YEAR_GROUPS):
        line = college.fields[number % len(college.fields)]
        room = next(room_of[line.code])
        year = draft.today.year
        if number >= placed:
            _add_unplaced(draft, college, line, kits, number)
            continue
        group = _add_group(draft, college, line, year, number, room.places)
        plants = FROM_PLANTS_NOW[number % len(FROM_PLANTS_NOW)]
        first = number * len(days) // placed
        _hold(draft, college, kits, group, room, [*days[first:], *days[:first]], plants)


def add_earlier_seasons(draft: Draft, college: SampleCollege, kits: Kits) -> None:
    """A few groups in June of each of the three years before."""
    for age, plants in FROM_PLANTS_BY_AGE.items():
        year = draft.today.year - age
        days = working_days(draft, date(year, 6, 1), date(year, 6, 30))
        for number in range(EARLIER_GROUPS):
            line = college.fields[(number * 2 + age) % len(college.fields)]
            room = college.rooms[line.code][0]
            group = _add_group(draft, college, line, year, number, room.places)
            _hold(draft, college, kits, group, room, days[number * 4 :], plants[number])


def working_days(draft: Draft, first: date, last: date) -> list[date]:
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if draft.calendar.is_working(day)]


def _turns(college: SampleCollege) -> dict[str, Iterator[Room]]:
    def endless(rooms: Sequence[Room]) -> Iterator[Room]:
        while True:
            yield from rooms

    return {code: endless(rooms) for code, rooms in college.rooms.items()}


def _add_group(
    draft: Draft, college: SampleCollege, line: Field, year: int, number: int, places: int
) -> Group:
    """A group for two shifts of `places`, with its examinees."""
    size = draft.rng.randint(places + 2, 2 * places)
    ident = _study_group(draft, college, line, year, number, size)
    people = [
        draft.add(
            Examinee,
            group_id=ident,
            last_name=person.last,
            first_name=person.first,
            middle_name=person.middle,
            needs_assistant=draft.rng.random() < 0.01,  # noqa: PLR2004 -- one in a hundred
        )
        for person in (next(draft.people) for _ in range(size))
    ]
    level = ExamLevel.PROFILE if draft.rng.random() < 0.7 else ExamLevel.BASIC  # noqa: PLR2004
    return Group(ident, line, level, people)


def _study_group(
    draft: Draft, college: SampleCollege, line: Field, year: int, number: int, size: int
) -> str:
    name = f"{line.mark}-{(year - line.course) % 100:02d}{number // len(college.fields) + 1}"
    return draft.add(
        StudyGroup,
        name=name,
        college_id=college.id,
        specialty_id=draft.specialties[line.code],
        year=year,
        course=line.course,
        head_count=size,
    )


def _add_unplaced(
    draft: Draft, college: SampleCollege, line: Field, kits: Kits, number: int
) -> None:
    """A group whose names and date are not known yet."""
    year, size = draft.today.year, draft.rng.randint(8, 10)
    group = _study_group(draft, college, line, year, number, size)
    kit = kits[line.code, year, ExamLevel.PROFILE]
    draft.add(ExamSession, **_sitting(group, kit, 1, size, SessionState.DRAFT))


def _sitting(
    group: str, kit: SampleKit, number: int, size: int, state: SessionState, **where: object
) -> dict[str, object]:
    unset = dict.fromkeys(("workshop_id", "starts_at", "ends_at", "preparation_day"))
    return {
        "group_id": group, "kit_id": kit.id, "number": number, "head_count": size, "state": state,
        "board_member": "", **unset, **where,
    }  # fmt: skip


def _hold(
    draft: Draft, college: SampleCollege, kits: Kits, group: Group, room: Room,
    days: Sequence[date], plants: int,
) -> None:  # fmt: skip
    """Both shifts of `group` on the first of `days` when the room and a whole team are free."""
    for day in days:
        taken = {day, draft.calendar.before(day)}
        team = None if room.busy & taken else _team(draft, college, group.line, taken, plants)
        if team is not None:
            break
    else:
        return
    room.busy |= taken
    for member in team:
        member.busy |= taken
        member.calls += 1
    kit = kits[group.line.code, day.year, group.level]
    starts_at = datetime.combine(day, START)
    half = (len(group.examinees) + 1) // 2
    for number, people in enumerate((group.examinees[:half], group.examinees[half:]), start=1):
        ends_at = starts_at + timedelta(minutes=kit.minutes)
        where = {
            "workshop_id": room.id, "starts_at": starts_at, "ends_at": ends_at,
            "preparation_day": draft.calendar.before(day),
            "board_member": draft.rng.choice(college.witnesses[day.year]),
        }  # fmt: skip
        state = _state(draft, day)
        facts = _sitting(group.id, kit, number, len(people), state, **where)
        sitting = draft.add(ExamSession, **facts)
        _seat(draft, sitting, people, kit, day, ends_at)
        _assign(draft, sitting, team, room.technical, state, len(people))
        starts_at = ends_at + TURNAROUND


def _team(
    draft: Draft, college: SampleCollege, line: Field, taken: set[date], plants: int
) -> list[Specialist] | None:
    """The least used free experts, a chief first; None when there are too few."""
    free = [each for each in college.staff.outside[line.code] if not each.busy & taken]
    draft.rng.shuffle(free)
    free.sort(key=lambda each: each.calls)
    chosen = [each for each in free if each.from_plant][:plants]
    chosen += [each for each in free if not each.from_plant][: TEAM - plants]
    chief = next((each for each in chosen if each.may_lead), None)
    if chief is None or len(chosen) < TEAM:
        return None
    return [chief, *(each for each in chosen if each is not chief)]


def _state(draft: Draft, day: date) -> SessionState:
    if day < draft.today:
        recent = draft.today - day <= 2 * HALF_SEASON
        return SessionState.DONE if recent else SessionState.CLOSED
    near = day - draft.today <= ANNOUNCED_AHEAD
    return SessionState.ANNOUNCED if near else SessionState.PLANNED


def _assign(
    draft: Draft, sitting: str, team: Sequence[Specialist], technical: str,
    state: SessionState, size: int,
) -> None:  # fmt: skip
    """The chief leads, three score every module at their workplaces, one minds the machines."""
    answer = {
        SessionState.PLANNED: Answer.INVITED,
        SessionState.ANNOUNCED: Answer.CONFIRMED,
    }.get(state, Answer.ATTENDED)
    scorers = len(team) - 1
    for number, member in enumerate(team):
        first, last = (number - 1) * size // scorers + 1, number * size // scorers
        draft.add(
            Assignment,
            session_id=sitting,
            expert_id=member.id,
            role=Role.SCORING if number else Role.CHIEF,
            duty="оценка по всем модулям" if number else "",
            workplaces=f"{first}–{last}" if number else "",
            answer=answer,
        )
    draft.add(Assignment, session_id=sitting, expert_id=technical, role=Role.TECHNICAL, duty="",
              workplaces="", answer=answer)  # fmt: skip


def _seat(
    draft: Draft, sitting: str, people: Sequence[str], kit: SampleKit, day: date, end: datetime
) -> None:
    """Places are drawn on the preparation day; points and times are there once it is over."""
    drawn, over = draft.calendar.before(day) <= draft.today, day < draft.today
    workplaces = draft.rng.sample(range(1, len(people) + 1), len(people))
    for examinee, workplace in zip(people, workplaces, strict=True):
        came = draft.rng.random() < 0.97 if over else None  # noqa: PLR2004 -- some fall ill
        early = timedelta(minutes=draft.rng.randint(0, 40))
        draft.add(
            ExamPlace,
            session_id=sitting,
            examinee_id=examinee,
            workplace=workplace if drawn else None,
            variant="В1" if drawn else "",
            attended=came,
            points=_points(draft, kit) if came else {},
            finished_at=f"{end - early:%H:%M}" if came else None,
        )


def _points(draft: Draft, kit: SampleKit) -> dict[str, int]:
    """Around 62 per cent of the maximum, as the country's exams of 2025 were."""
    skill = draft.rng.gauss(0.62, 0.15)
    portions = [min(max(draft.rng.gauss(skill, 0.1), 0.05), 1.0) for _ in kit.modules]
    return {
        str(number): int(most * portion) // 25 * 25
        for number, (most, portion) in enumerate(zip(kit.modules, portions, strict=True), start=1)
    }
