"""The share of experts from employers: whom it counts, what it is, how far the target is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import ClassVar

from demoexam.rules.plan import JobFacts
from demoexam.rules.terms import Level, OrganizationKind, Role, Side, SideDate
from demoexam.rules.violation import Fix, FixAction, Violation
from demoexam.text import counted, percent

WHOLE = 100  # per cent


@dataclass(frozen=True, slots=True)
class Share:
    """Employers among experts whose place of work is known; the unknown are in neither number."""

    employers: int = 0
    experts: int = 0
    unknown: int = 0

    @property
    def value(self) -> Fraction | None:
        """Exact, between 0 and 1; None is «нет данных»."""
        return Fraction(self.employers, self.experts) if self.experts else None

    def meets(self, target: int) -> bool | None:
        """Compared unrounded; `target` in whole per cent."""
        return WHOLE * self.employers >= target * self.experts if self.experts else None

    def gap(self, target: int) -> Fraction | None:
        """Points of per cent still missing; negative when the target is surpassed."""
        return None if self.value is None else target - WHOLE * self.value

    def add(self, target: int) -> int | None:
        """How many more employers' experts are needed; None when no number of them suffices."""
        if not self.experts:
            return None
        lacking = target * self.experts - WHOLE * self.employers
        if lacking <= 0:
            return 0
        return None if target >= WHOLE else _ceil(lacking, WHOLE - target)

    def replace(self, target: int) -> int | None:
        """How many of the others must give their seats to employers' experts."""
        if not self.experts:
            return None
        return max(0, _ceil(target * self.experts - WHOLE * self.employers, WHOLE))

    def plus(self, side: Side, count: int = 1) -> "Share":
        """With `count` more units of this side; negative takes them away."""
        if side is Side.UNKNOWN:
            return replace(self, unknown=self.unknown + count)
        employers = self.employers + (count if side is Side.EMPLOYER else 0)
        return Share(employers, self.experts + count, self.unknown)


def _ceil(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def share_of(sides: Iterable[Side]) -> Share:
    count = Counter(sides)
    unknown = count.pop(Side.UNKNOWN, 0)
    return Share(count[Side.EMPLOYER], count.total(), unknown)


def deciding_job(jobs: Iterable[JobFacts], day: date) -> JobFacts | None:
    """The place of work that tells a person's side on `day`: the main one, the latest first."""
    covering = [job for job in jobs if job.covers(day)]
    return max(covering, default=None, key=_precedence)


def _precedence(job: JobFacts) -> tuple[bool, date, str]:
    return job.is_main, job.valid_from or date.min, job.id


def side_on(jobs: Iterable[JobFacts], day: date) -> Side:
    """The side is a function of the date, so that past years never move."""
    job = deciding_job(jobs, day)
    return Side.UNKNOWN if job is None else side_of_job(job.kind, job.counts_as_employer)


def side_of_job(kind: OrganizationKind, counts_as_employer: bool | None) -> Side:
    """The organization decides, unless the coordinator did so with a reason."""
    if counts_as_employer:
        return Side.EMPLOYER
    if kind in {OrganizationKind.COLLEGE, OrganizationKind.UNIVERSITY}:
        return Side.EDUCATION
    if kind is OrganizationKind.EMPLOYER and counts_as_employer is None:
        return Side.EMPLOYER
    return Side.OTHER


def counted_roles(*, chief_counts: bool) -> tuple[Role, ...]:
    """The technical expert does not score and is never counted."""
    return (Role.CHIEF, Role.SCORING) if chief_counts else (Role.SCORING,)


def persons_side(jobs: Iterable[JobFacts], days: Iterable[date], by: SideDate) -> Side:
    """One side for a person of a year, from the days of his sittings (at least one)."""
    jobs = tuple(jobs)
    return deciding_turn([(day, side_on(jobs, day)) for day in days], by)[1]


def deciding_turn(turns: Iterable[tuple[date, Side]], by: SideDate) -> tuple[date, Side]:
    """The sitting, as its day and the person's side on it, that counts for his year.

    LAST: the last one. ANY: the last one as an employer's expert, if there is any. MOST: the last
    one on the side that most of them were on; of equal sides, the later; the unknown side gives
    way to any known one.
    """
    latest_first = sorted(turns, key=lambda turn: turn[0], reverse=True)
    wanted = latest_first[0][1]
    if by is SideDate.ANY and any(side is Side.EMPLOYER for _, side in latest_first):
        wanted = Side.EMPLOYER
    elif by is SideDate.MOST:
        known = Counter(side for _, side in latest_first if side is not Side.UNKNOWN)
        wanted = known.most_common(1)[0][0] if known else Side.UNKNOWN
    return next(turn for turn in latest_first if turn[1] is wanted)


def roster_day(year: int, today: date) -> date:
    """The day of a year on which its roster is counted: today, or the year's nearest day."""
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))


def target_for(targets: Mapping[int, int], year: int) -> int | None:
    """The year's own target, else the last one known before it."""
    known = [each for each in targets if each <= year]
    return targets[max(known)] if known else None


@dataclass(frozen=True)
class ShareBelowTarget(Violation):
    """R13: the round table's decision, 50, 60 and 70 per cent in 2022-2024."""

    code: ClassVar[str] = "share_below_target"
    rule: ClassVar[str] = "R13"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "Доля экспертов от работодателей за {year} год {shown} ({employers} из {experts}), "
        "цель {target}\N{NO-BREAK SPACE}%."
    )
    advice: ClassVar[str] = "{ways}."
    year: int
    employers: int
    experts: int
    target: int

    @property
    def share(self) -> Share:
        return Share(self.employers, self.experts)

    @property
    def shown(self) -> str:
        return percent(self.share.value)

    @property
    def ways(self) -> str:
        """Both ways to the target, or the only one."""
        forms = "эксперта", "экспертов", "экспертов"
        swap = counted(self.share.replace(self.target) or 0, *forms)
        more = self.share.add(self.target)
        if more is None:
            return f"До цели нужно заменить {swap} работниками предприятий"
        return (
            f"До цели нужно привлечь ещё {counted(more, *forms)} от работодателей "
            f"или заменить {swap} работниками предприятий"
        )


def check_share(year: int, share: Share, target: int | None) -> ShareBelowTarget | None:
    """R13 for one year; nothing to say without data or without a target."""
    if target is None or share.meets(target) is not False:
        return None
    found = ShareBelowTarget(year, share.employers, share.experts, target)
    return replace(found, fixes=(Fix(FixAction.OPEN_SHARE, str(year)),))
