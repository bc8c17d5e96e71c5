"""Who may assess whom: own college, pupils, kin, certificate, consent, absence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from demoexam.rules.plan import DutyFacts, ExpertFacts, SittingFacts
from demoexam.rules.terms import Level, Role
from demoexam.rules.violation import Fix, FixAction, Violation


@dataclass(frozen=True)
class AssessesOwnCollege(Violation):
    """R1: persons from outside the college assess; all employers of the person are compared."""

    code: ClassVar[str] = "expert_from_same_college"
    rule: ClassVar[str] = "R1"
    usual: ClassVar[Level] = Level.CONTRADICTION
    text: ClassVar[str] = (
        "{expert} работает там же, где учится группа {group} ({college}), "
        "и не может оценивать её {day:%d.%m.%Y}."
    )
    advice: ClassVar[str] = "Назначьте эксперта из другой организации."
    expert: str
    college: str
    group: str
    day: date


@dataclass(frozen=True)
class ChiefOfOwnCollege(Violation):
    """R1 for the chief, who does not score: practice differs, so it is a warning."""

    code: ClassVar[str] = "expert_from_same_college"
    rule: ClassVar[str] = "R1"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "Главный эксперт {expert} работает там же, где учится группа {group} ({college}), "
        "экзамен {day:%d.%m.%Y}."
    )
    advice: ClassVar[str] = (
        "Лучше назначить главного эксперта из другой организации; если оставляете, "
        "запишите основание в примечании."
    )
    expert: str
    college: str
    group: str
    day: date


@dataclass(frozen=True)
class TaughtTheGroup(Violation):
    code: ClassVar[str] = "taught_group"
    rule: ClassVar[str] = "R2"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "{expert} сейчас или раньше среди преподавателей группы {group}, "
        "которая сдаёт {day:%d.%m.%Y}."
    )
    advice: ClassVar[str] = "Лучше назначить того, кто эту группу не учил."
    expert: str
    group: str
    day: date


@dataclass(frozen=True)
class AssessesKin(Violation):
    code: ClassVar[str] = "kin"
    rule: ClassVar[str] = "R3"
    usual: ClassVar[Level] = Level.CONTRADICTION
    text: ClassVar[str] = (
        "{expert} приходится родственником студенту группы {group} "
        "и не может участвовать в экзамене {day:%d.%m.%Y}."
    )
    advice: ClassVar[str] = "Назначьте другого эксперта."
    expert: str
    group: str
    day: date


@dataclass(frozen=True)
class CertificateExpired(Violation):
    code: ClassVar[str] = "certificate_expired"
    rule: ClassVar[str] = "R9"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "Свидетельство эксперта кончается раньше экзамена: {expert}, действует до "
        "{until:%d.%m.%Y}, экзамен группы {group} {day:%d.%m.%Y}."
    )
    advice: ClassVar[str] = "Внесите новое свидетельство или замените эксперта."
    expert: str
    until: date
    group: str
    day: date


@dataclass(frozen=True)
class CertificateMissing(Violation):
    code: ClassVar[str] = "certificate_missing"
    rule: ClassVar[str] = "R9"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = "Не указано свидетельство эксперта: {expert}."
    advice: ClassVar[str] = "Внесите номер и срок свидетельства в карточку эксперта."
    expert: str


@dataclass(frozen=True)
class ConsentMissing(Violation):
    code: ClassVar[str] = "consent_missing"
    rule: ClassVar[str] = "R10"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = "Нет согласия на обработку персональных данных: {expert}."
    advice: ClassVar[str] = (
        "Дайте подписать отдельный бланк согласия и внесите его дату в карточку эксперта."
    )
    expert: str


@dataclass(frozen=True)
class ExpertUnavailable(Violation):
    code: ClassVar[str] = "expert_unavailable"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = (
        "{expert} не может прийти {day:%d.%m.%Y}{because}: экзамен группы {group}."
    )
    advice: ClassVar[str] = "Замените эксперта или перенесите экзамен."
    expert: str
    day: date
    group: str
    because: str = ""


@dataclass(frozen=True)
class ExpertReluctant(ExpertUnavailable):
    """A soft absence: he may be asked, so this stays a warning."""

    code: ClassVar[str] = "expert_reluctant"
    text: ClassVar[str] = (
        "{expert} просил не ставить его на {day:%d.%m.%Y}{because}: экзамен группы {group}."
    )
    advice: ClassVar[str] = "Договоритесь с экспертом или замените его."


def check_person(duty: DutyFacts, sitting: SittingFacts) -> Iterator[Violation]:
    """Every reason against this expert in this role here, apart from his other duties."""
    subjects = (duty.assignment_id, duty.expert.id, sitting.id)
    replace_him = Fix(FixAction.REPLACE_EXPERT, duty.assignment_id)
    for found in _against_independence(duty, sitting):
        yield found.about(sitting.id, subjects, replace_him)
    if duty.expert.absences:
        for found in _against_absence(duty, sitting):
            yield found.about(sitting.id, subjects, replace_him)
    open_him = Fix(FixAction.OPEN_EXPERT, duty.expert.id)
    for found in _against_papers(duty, sitting):
        yield found.about(sitting.id, subjects, open_him, replace_him)


def works_at(expert: ExpertFacts, organization_id: str, sitting: SittingFacts) -> bool:
    """Any place of work counts, main or not, on any day of the sitting."""
    mine = [job for job in expert.jobs if job.organization_id == organization_id]
    return any(job.covers(day) for job in mine for day in sitting.days)


def _against_independence(duty: DutyFacts, sitting: SittingFacts) -> Iterator[Violation]:
    expert, group, day = duty.expert, sitting.group, sitting.day
    if duty.role is not Role.TECHNICAL and works_at(expert, group.college_id, sitting):
        own = ChiefOfOwnCollege if duty.role is Role.CHIEF else AssessesOwnCollege
        yield own(expert.name, group.college, group.name, day)
    if duty.role is not Role.TECHNICAL and group.id in expert.taught_groups:
        yield TaughtTheGroup(expert.name, group.name, day)
    if expert.kin and _has_kin(expert, sitting):
        yield AssessesKin(expert.name, group.name, day)


def _has_kin(expert: ExpertFacts, sitting: SittingFacts) -> bool:
    """Kin among the named examinees; while these are unknown, among the whole group."""
    if sitting.examinees:
        return not sitting.examinees.isdisjoint(expert.kin)
    return sitting.group.id in expert.kin.values()


def _against_papers(duty: DutyFacts, sitting: SittingFacts) -> Iterator[Violation]:
    expert, group, day = duty.expert, sitting.group, sitting.days[-1]
    if duty.role is not Role.TECHNICAL:
        until = expert.certified_until()
        if until is None:
            yield CertificateMissing(expert.name)
        elif until < day:
            yield CertificateExpired(expert.name, until, group.name, day)
    if not expert.has_consent:
        yield ConsentMissing(expert.name)


def _against_absence(duty: DutyFacts, sitting: SittingFacts) -> Iterator[Violation]:
    for day in sitting.days:
        absence = duty.expert.absence_on(day) if duty.expert.absences else None
        if absence is not None:
            because = f" ({absence.reason})" if absence.reason else ""
            found = ExpertReluctant if absence.soft else ExpertUnavailable
            yield found(duty.expert.name, day, sitting.group.name, because)
