"""Fixtures for all tests: a store with reference data, and builders with sensible defaults."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.base import Record
from demoexam.models.boards import BoardMember, ExamBoard
from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.kits import AssessmentKit, Specialty, StaffingRule, TaskModule
from demoexam.models.organizations import Industry, Organization
from demoexam.models.people import (
    Certificate,
    Competence,
    Employment,
    Expert,
    KinshipLink,
    TeachingLink,
    Unavailability,
)
from demoexam.models.places import ExamCenter, Workshop, WorkshopBooking
from demoexam.rules.terms import (
    Answer,
    BoardRole,
    BookingPurpose,
    ExamLevel,
    OrganizationKind,
    Role,
    SessionState,
)
from demoexam.store.opening import create_store
from demoexam.store.store import Store

R = TypeVar("R", bound=Record)

EXAM_DAY = date(2026, 6, 18)  # a Thursday; the day before it works too
SURNAMES = (
    "Абрамов", "Белов", "Виноградов", "Громов", "Денисов", "Егоров", "Жуков", "Зайцев", "Ильин",
    "Климов", "Лебедев", "Макаров", "Никитин", "Орлов", "Панов", "Романов", "Соколов", "Титов",
)  # fmt: skip


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have to tell of themselves: how much a random one has really tried."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder: never the user's."""
    monkeypatch.setenv("DEMOEXAM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="session")
def blank_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store file with reference data, made once; tests copy it."""
    path = tmp_path_factory.mktemp("store") / "blank.db"
    create_store(path).close()
    return path


@pytest.fixture
def store(blank_store: Path, tmp_path: Path) -> Iterator[Store]:
    """A real SQLite file, not :memory:, so that worker threads see it too."""
    path = tmp_path / "exams.db"
    shutil.copyfile(blank_store, path)
    store = Store(path)
    yield store
    store.close()


def inn(number: int) -> str:
    """A ten-digit INN with the right last digit."""
    digits = f"{770_000_000 + number:09d}"
    total = sum(w * int(d) for w, d in zip((2, 4, 10, 3, 5, 9, 4, 6, 8), digits, strict=True))
    return f"{digits}{total % 11 % 10}"


def named(name: str) -> dict[str, str]:
    """Columns of a full name; what a short one leaves out is made up."""
    parts = name.split(maxsplit=2)
    parts += ["Иван", "Иванович"][len(parts) - 1 :]
    return dict(zip(("last_name", "first_name", "middle_name"), parts, strict=True))


class Builder:
    """Adds records with defaults that break no rule; a test names only what it is about.

    Further columns go by keyword: `make.expert("Иванов Иван", phone="+79990000000")`.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers = count(1)

    # -- organizations and people ---------------------------------------------------------

    def organization(
        self, kind: OrganizationKind, name: str | None = None, **fields: Any
    ) -> Organization:
        number = next(self._numbers)
        name = name or f"Организация {number}"
        given = {"short_name": name, "full_name": name, "inn": inn(number), "city": "Казань"}
        return self._saved(Organization(kind=kind, **given | fields))

    def college(self, name: str = "Колледж связи", **fields: Any) -> Organization:
        return self.organization(OrganizationKind.COLLEGE, name, **fields)

    def employer(self, name: str = "ООО «Завод»", **fields: Any) -> Organization:
        return self.organization(OrganizationKind.EMPLOYER, name, **fields)

    def industry(self, name: str = "Металлургия") -> Industry:
        known = self._session.scalar(select(Industry).where(Industry.name == name))
        return known or self._saved(Industry(name=name))

    def expert(
        self,
        name: str | None = None,
        organization: Organization | None = None,
        *,
        certified_until: date | None = date(2030, 12, 31),
        certified: bool = True,
        since: date | None = date(2020, 1, 1),
        **fields: Any,
    ) -> Expert:
        """An expert with consent, a certificate and, when given, a main place of work."""
        number = next(self._numbers)
        name = name or f"{SURNAMES[number % len(SURNAMES)]} Пётр Иванович"
        given = named(name)
        consent = {"consent_on": date(2025, 9, 1), "consent_document": f"№ {number}"}
        expert = self._saved(Expert(**given | consent | fields))
        if organization:
            self.employment(expert, organization, valid_from=since)
        if certified:
            self.certificate(expert, valid_until=certified_until)
        return expert

    def employment(self, expert: Expert, organization: Organization, **fields: Any) -> Employment:
        given = {"post": "инженер", "valid_from": date(2020, 1, 1)}
        ids = {"expert_id": expert.id, "organization_id": organization.id}
        return self._saved(Employment(**ids | given | fields))

    def certificate(self, expert: Expert, **fields: Any) -> Certificate:
        number = f"{next(self._numbers):08d}"
        given = {"kind": "Свидетельство эксперта", "number": number, "issued_by": "Оператор"}
        term = {"issued_on": date(2021, 1, 1), "valid_until": date(2030, 12, 31)}
        return self._saved(Certificate(expert_id=expert.id, **given | term | fields))

    def competence(self, expert: Expert, code: str = "09.02.07", **fields: Any) -> Competence:
        given = {"specialty_id": self.specialty(code).id, "roles": [role.value for role in Role]}
        return self._saved(Competence(expert_id=expert.id, **given | fields))

    def unavailability(
        self, expert: Expert, from_day: date, to_day: date | None = None, **fields: Any
    ) -> Unavailability:
        days = {"from_day": from_day, "to_day": to_day or from_day}
        return self._saved(Unavailability(expert_id=expert.id, **days | fields))

    def teaching(self, expert: Expert, group: StudyGroup, **fields: Any) -> TeachingLink:
        return self._saved(TeachingLink(expert_id=expert.id, group_id=group.id, **fields))

    def kinship(self, expert: Expert, examinee: Examinee, **fields: Any) -> KinshipLink:
        return self._saved(KinshipLink(expert_id=expert.id, examinee_id=examinee.id, **fields))

    # -- kits, places, groups -------------------------------------------------------------

    def specialty(self, code: str = "09.02.07") -> Specialty:
        """A specialty of the reference data."""
        return self._session.scalars(select(Specialty).where(Specialty.code == code)).one()

    def kit(
        self,
        code: str = "09.02.07-2-2026",
        level: ExamLevel = ExamLevel.PROFILE,
        *,
        staffing: tuple[tuple[int, int | None, int, int | None], ...] = (
            (1, 15, 2, 3),
            (16, None, 2, 6),
        ),
        modules: tuple[int, ...] = (2500, 2500, 5000),
        **fields: Any,
    ) -> AssessmentKit:
        """A kit of 3:30; `staffing`: from, to, minimum, recommended; `modules`: their points."""
        given: dict[str, Any] = {
            "specialty_id": self.specialty(code[:8]).id, "year": int(code[-4:]), "minutes": 210,
            "core_points": sum(modules), "variable_points": 0, "title": "Программист",
        }  # fmt: skip
        kit = self._saved(AssessmentKit(code=code, level=level, **given | fields))
        for start, end, minimum, recommended in staffing:
            span = {"workplaces_from": start, "workplaces_to": end}
            need = {"minimum": minimum, "recommended": recommended}
            self._saved(StaffingRule(kit_id=kit.id, **span, **need))
        for number, points in enumerate(modules, start=1):
            about = {"number": number, "title": f"Модуль {number}", "max_points": points}
            self._saved(TaskModule(kit_id=kit.id, minutes=210 // len(modules), **about))
        return kit

    def exam_center(self, organization: Organization, **fields: Any) -> ExamCenter:
        given = {"name": "ЦПДЭ № 1", "address": "г. Казань, ул. Учебная, д. 1"}
        return self._saved(ExamCenter(organization_id=organization.id, **given | fields))

    def workshop(
        self,
        organization: Organization | None = None,
        name: str = "Разработка решений",
        *,
        places: int = 15,
        **fields: Any,
    ) -> Workshop:
        organization = organization or self.college("Колледж мастерских")
        if "exam_center_id" not in fields:
            fields["exam_center_id"] = self.exam_center(organization).id
        given = {"room": "201", "address": "г. Казань, ул. Учебная, д. 1"}
        ids = {"organization_id": organization.id}
        return self._saved(Workshop(name=name, places=places, **ids | given | fields))

    def booking(
        self,
        workshop: Workshop,
        starts_at: datetime,
        ends_at: datetime,
        purpose: BookingPurpose = BookingPurpose.LESSONS,
        **fields: Any,
    ) -> WorkshopBooking:
        times = {"starts_at": starts_at, "ends_at": ends_at, "purpose": purpose}
        return self._saved(WorkshopBooking(workshop_id=workshop.id, **times | fields))

    def group(
        self,
        college: Organization | None = None,
        name: str = "ИС-41",
        *,
        examinees: int = 0,
        **fields: Any,
    ) -> StudyGroup:
        """A graduating group of 09.02.07; `examinees` are added to it by number."""
        college = college or self.college()
        given: dict[str, Any] = {"specialty_id": self.specialty().id, "year": 2026, "course": 4}
        group = self._saved(StudyGroup(college_id=college.id, name=name, **given | fields))
        for _ in range(examinees):
            self.examinee(group)
        return group

    def examinee(self, group: StudyGroup, name: str | None = None, **fields: Any) -> Examinee:
        number = next(self._numbers)
        name = name or f"{SURNAMES[number % len(SURNAMES)]} Олег Петрович"
        given = named(name)
        return self._saved(Examinee(group_id=group.id, **given | fields))

    # -- sittings -------------------------------------------------------------------------

    def sitting(
        self,
        group: StudyGroup | None = None,
        kit: AssessmentKit | None = None,
        workshop: Workshop | None = None,
        *,
        day: date = EXAM_DAY,
        at: int = 9,
        **fields: Any,
    ) -> ExamSession:
        """A planned sitting at `at` o'clock, as long as its kit, prepared the day before."""
        group, kit, workshop = group or self.group(), kit or self.kit(), workshop or self.workshop()
        starts_at = datetime(day.year, day.month, day.day, at)
        given: dict[str, Any] = {
            "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=kit.minutes),
            "preparation_day": day - timedelta(days=1), "board_member": "Кузнецов К. К.",
            "state": SessionState.PLANNED, "head_count": 5,
        }  # fmt: skip
        ids = {"group_id": group.id, "kit_id": kit.id, "workshop_id": workshop.id}
        return self._saved(ExamSession(**ids | given | fields))

    def place(self, sitting: ExamSession, examinee: Examinee, **fields: Any) -> ExamPlace:
        ids = {"session_id": sitting.id, "examinee_id": examinee.id}
        return self._saved(ExamPlace(**ids | fields))

    def assignment(
        self, sitting: ExamSession, expert: Expert, role: Role = Role.SCORING, **fields: Any
    ) -> Assignment:
        ids = {"session_id": sitting.id, "expert_id": expert.id}
        return self._saved(Assignment(role=role, **ids | {"answer": Answer.CONFIRMED} | fields))

    def staffed_sitting(self, *, examinees: int = 5, **fields: Any) -> ExamSession:
        """A sitting ready to be announced: examinees at their places, a full expert group."""
        group = self.group(examinees=examinees)
        sitting = self.sitting(group, head_count=examinees, **fields)
        members = select(Examinee).where(Examinee.group_id == group.id).order_by(Examinee.n)
        for workplace, examinee in enumerate(self._session.scalars(members).all(), start=1):
            self.place(sitting, examinee, workplace=workplace)
        employer = self.employer()
        roles = (Role.CHIEF, Role.SCORING, Role.SCORING, Role.SCORING, Role.TECHNICAL)
        for role in roles:
            self.assignment(sitting, self.expert(None, employer), role)
        return sitting

    def board(self, college: Organization, year: int = 2026, **fields: Any) -> ExamBoard:
        given = {"order_number": "15-у", "order_date": date(year - 1, 12, 15)}
        return self._saved(ExamBoard(college_id=college.id, year=year, **given | fields))

    def board_member(
        self, board: ExamBoard, name: str = "Кузнецов Кирилл Кириллович", **fields: Any
    ) -> BoardMember:
        given = named(name)
        role = {"role": BoardRole.MEMBER}
        return self._saved(BoardMember(board_id=board.id, **given | role | fields))

    def _saved(self, record: R) -> R:
        self._session.add(record)
        self._session.flush()
        return record
