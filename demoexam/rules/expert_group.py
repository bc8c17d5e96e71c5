"""Whether the expert group of a sitting is whole: its size, its roles, the board's witness."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from demoexam.rules.plan import DutyFacts, SittingFacts, StaffingRange
from demoexam.rules.terms import ROLE_NAMES, Level, Role
from demoexam.rules.violation import Fix, FixAction, Violation
from demoexam.text import counted, fold


@dataclass(frozen=True)
class _TwoRoles(Violation):
    usual: ClassVar[Level] = Level.CONTRADICTION
    expert: str
    group: str
    day: date


@dataclass(frozen=True)
class ChiefScores(_TwoRoles):
    """R4: order No. 800, clause 17."""

    code: ClassVar[str] = "chief_scores"
    rule: ClassVar[str] = "R4"
    text: ClassVar[str] = (
        "{expert} и главный эксперт, и оценивает на одном экзамене (группа {group}, "
        "{day:%d.%m.%Y}), а главный эксперт не оценивает."
    )
    advice: ClassVar[str] = "Оставьте одну роль и найдите второго человека."


@dataclass(frozen=True)
class TechnicalScores(_TwoRoles):
    code: ClassVar[str] = "technical_scores"
    rule: ClassVar[str] = "R5"
    text: ClassVar[str] = (
        "{expert} и технический эксперт, и оценивает на одном экзамене (группа {group}, "
        "{day:%d.%m.%Y}), а технический эксперт не оценивает."
    )
    advice: ClassVar[str] = "Оставьте одну роль и найдите второго человека."


@dataclass(frozen=True)
class ListedTwice(_TwoRoles):
    code: ClassVar[str] = "expert_listed_twice"
    text: ClassVar[str] = (
        "{expert} дважды в экспертной группе экзамена: группа {group}, {day:%d.%m.%Y}."
    )
    advice: ClassVar[str] = "Оставьте одну роль: у эксперта на экзамене она одна."


@dataclass(frozen=True)
class SecondChief(_TwoRoles):
    code: ClassVar[str] = "second_chief"
    text: ClassVar[str] = (
        "У экзамена группы {group} {day:%d.%m.%Y} уже есть главный эксперт, {chief}, "
        "а второй, {expert}, лишний."
    )
    advice: ClassVar[str] = "Оставьте одного главного эксперта."
    chief: str


@dataclass(frozen=True)
class TooFewExperts(Violation):
    """R7: without the kit's minimum an exam cannot be started."""

    code: ClassVar[str] = "too_few_experts"
    rule: ClassVar[str] = "R7"
    usual: ClassVar[Level] = Level.INCOMPLETE
    text: ClassVar[str] = (
        "Группе {group} не хватает оценивающих экспертов {day:%d.%m.%Y}: назначено {present}, "
        "а комплект {kit} требует на {students} не меньше {minimum}, не считая главного."
    )
    advice: ClassVar[str] = "Назначьте ещё {missing}."
    group: str
    day: date
    kit: str
    head_count: int
    present: int
    minimum: int

    @property
    def missing(self) -> str:
        return counted(self.minimum - self.present, "эксперта", "экспертов", "экспертов")

    @property
    def students(self) -> str:
        return counted(self.head_count, "участника", "участников", "участников")


@dataclass(frozen=True)
class NobodyScores(Violation):
    """R7 where the kit's table of experts is not known."""

    code: ClassVar[str] = "too_few_experts"
    rule: ClassVar[str] = "R7"
    usual: ClassVar[Level] = Level.INCOMPLETE
    text: ClassVar[str] = "Не назначен ни один оценивающий эксперт: группа {group}, {day:%d.%m.%Y}."
    advice: ClassVar[str] = "Назначьте экспертов."
    group: str
    day: date


@dataclass(frozen=True)
class FewerThanRecommended(Violation):
    code: ClassVar[str] = "fewer_than_recommended"
    rule: ClassVar[str] = "R8"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "У группы {group} {day:%d.%m.%Y} оценивающих экспертов {present}, "
        "а комплект {kit} советует {recommended}."
    )
    advice: ClassVar[str] = "Назначьте ещё {missing} или оставьте как есть: минимум выполнен."
    group: str
    day: date
    kit: str
    present: int
    recommended: int

    @property
    def missing(self) -> str:
        return counted(self.recommended - self.present, "эксперта", "экспертов", "экспертов")


@dataclass(frozen=True)
class ChiefMissing(Violation):
    code: ClassVar[str] = "chief_missing"
    rule: ClassVar[str] = "R7"
    usual: ClassVar[Level] = Level.INCOMPLETE
    text: ClassVar[str] = "Не назначен главный эксперт: группа {group}, {day:%d.%m.%Y}."
    advice: ClassVar[str] = "Назначьте главного эксперта."
    group: str
    day: date


@dataclass(frozen=True)
class TechnicalMissing(Violation):
    code: ClassVar[str] = "technical_missing"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = "Не указан технический эксперт: группа {group}, {day:%d.%m.%Y}."
    advice: ClassVar[str] = "Его назначает организация, где стоит мастерская; впишите его."
    group: str
    day: date


@dataclass(frozen=True)
class NoBoardMember(Violation):
    """R11: at least one member of the board outside the expert group is present."""

    code: ClassVar[str] = "no_board_member"
    rule: ClassVar[str] = "R11"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = "Не указан член ГЭК на площадке: группа {group}, {day:%d.%m.%Y}."
    advice: ClassVar[str] = "Укажите члена ГЭК, который не входит в экспертную группу."
    group: str
    day: date


@dataclass(frozen=True)
class BoardMemberInGroup(Violation):
    code: ClassVar[str] = "no_board_member"
    rule: ClassVar[str] = "R11"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "{member} и член ГЭК на площадке, и {role}: группа {group}, {day:%d.%m.%Y}."
    )
    advice: ClassVar[str] = "Укажите члена ГЭК, который не входит в экспертную группу."
    member: str
    role_of: Role
    group: str
    day: date

    @property
    def role(self) -> str:
        return ROLE_NAMES[self.role_of]


def check_roles(sitting: SittingFacts) -> Iterator[Violation]:
    """One role for each person, one chief for all; the later duty is the one at fault."""
    first: dict[str, DutyFacts] = {}
    chief: DutyFacts | None = None
    for duty in sitting.live_duties:
        earlier = first.setdefault(duty.expert.id, duty)
        if earlier is not duty:
            yield _at(sitting, duty, _two_roles(sitting, earlier, duty))
        elif duty.role is Role.CHIEF and chief is not None:
            facts = duty.expert.name, sitting.group.name, sitting.day, chief.expert.name
            yield _at(sitting, duty, SecondChief(*facts))
        if duty.role is Role.CHIEF:
            chief = chief or duty


def _two_roles(sitting: SittingFacts, one: DutyFacts, other: DutyFacts) -> Violation:
    roles = {one.role, other.role}
    kind: type[_TwoRoles] = ListedTwice
    if roles == {Role.CHIEF, Role.SCORING}:
        kind = ChiefScores
    elif roles == {Role.TECHNICAL, Role.SCORING}:
        kind = TechnicalScores
    return kind(other.expert.name, sitting.group.name, sitting.day)


def _at(sitting: SittingFacts, duty: DutyFacts, found: Violation) -> Violation:
    subjects = (duty.assignment_id, duty.expert.id, sitting.id)
    remove = Fix(FixAction.REMOVE_EXPERT, duty.assignment_id)
    return found.about(
        sitting.id, subjects, remove, Fix(FixAction.REPLACE_EXPERT, duty.assignment_id)
    )


def staffing_of(sitting: SittingFacts) -> StaffingRange | None:
    """The kit's row for those who sit the exam at one time."""
    return sitting.kit.staffing_for(sitting.head_count) if sitting.kit else None


def free_seats(taken: Sequence[Role], needed: int) -> list[Role]:
    """Seats that nobody takes: the chief's, the scoring ones up to `needed`, the technical's."""
    lacking = [] if Role.CHIEF in taken else [Role.CHIEF]
    lacking += [Role.SCORING] * (needed - taken.count(Role.SCORING))
    return lacking + ([] if Role.TECHNICAL in taken else [Role.TECHNICAL])


def check_seats(sitting: SittingFacts) -> Iterator[Violation]:
    """What is still missing in the expert group, and on the floor beside it."""
    for role, found in _missing(sitting):
        fix = Fix(FixAction.ADD_EXPERT, sitting.id, role)
        yield found.about(sitting.id, (sitting.id,), fix)
    for found in _witness(sitting):
        yield found.about(sitting.id, (sitting.id,), Fix(FixAction.SET_BOARD_MEMBER, sitting.id))


def _missing(sitting: SittingFacts) -> Iterator[tuple[Role, Violation]]:
    group, day = sitting.group.name, sitting.day
    present = [duty.role for duty in sitting.live_duties]
    scoring, need = present.count(Role.SCORING), staffing_of(sitting)
    if Role.CHIEF not in present:
        yield Role.CHIEF, ChiefMissing(group, day)
    if need and sitting.kit:
        kit = sitting.kit.code
        if scoring < need.minimum:
            lack = TooFewExperts(group, day, kit, sitting.head_count, scoring, need.minimum)
            yield Role.SCORING, lack
        elif scoring < need.recommended:
            yield Role.SCORING, FewerThanRecommended(group, day, kit, scoring, need.recommended)
    elif not scoring:
        yield Role.SCORING, NobodyScores(group, day)
    if Role.TECHNICAL not in present:
        yield Role.TECHNICAL, TechnicalMissing(group, day)


def _witness(sitting: SittingFacts) -> Iterator[Violation]:
    group, day, member = sitting.group.name, sitting.day, sitting.board_member.strip()
    if not member:
        yield NoBoardMember(group, day)
    for duty in sitting.live_duties:
        if member and fold(member) == fold(duty.expert.name):
            yield BoardMemberInGroup(duty.expert.name, duty.role, group, day)
