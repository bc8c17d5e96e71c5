"""All that is known of students, workshops, kits and organizations, as rows of a file."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.exchange.sheets_out import SheetColumn
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.kits import AssessmentKit, Specialty, StaffingRule
from demoexam.models.organizations import Cluster, Industry, Organization
from demoexam.models.places import ExamCenter, Workshop
from demoexam.rules.terms import EXAM_LEVEL_NAMES, KIND_NAMES
from demoexam.services.directory.directory import staff_of
from demoexam.services.exports.exported_roster import Lines

STUDENT_COLUMNS = (
    SheetColumn("Фамилия", 18),
    SheetColumn("Имя", 14),
    SheetColumn("Отчество", 18),
    SheetColumn("Группа", 12),
    SheetColumn("Специальность", 16),
    SheetColumn("Колледж", 34),
    SheetColumn("Курс", 8, "whole"),
    SheetColumn("Нужен ассистент", 12),
    SheetColumn("Примечание", 30),
)
WORKSHOP_COLUMNS = (
    SheetColumn("Наименование мастерской", 40),
    SheetColumn("Кабинет", 10),
    SheetColumn("Адрес", 40),
    SheetColumn("Рабочих мест", 10, "whole"),
    SheetColumn("Аттестат до", 12, "day"),
    SheetColumn("Специальности", 18),
    SheetColumn("Центр проведения экзамена", 26),
    SheetColumn("Организация", 34),
    SheetColumn("Работает по субботам", 12),
    SheetColumn("Оборудование", 34),
    SheetColumn("Примечание", 30),
)
KIT_COLUMNS = (
    SheetColumn("Шифр КОД", 20),
    SheetColumn("Специальность", 44),
    SheetColumn("Уровень", 24),
    SheetColumn("Продолжительность, мин", 18, "whole"),
    SheetColumn("Дней экзамена", 10, "whole"),
    SheetColumn("Рабочих мест", 10, "whole"),
    SheetColumn("Экспертов", 11, "whole"),
    SheetColumn("Рекомендуется экспертов", 16, "whole"),
    SheetColumn("Максимальный балл", 14, "points"),
    SheetColumn("Инвариантная часть, баллов", 16, "points"),
    SheetColumn("Вариативная часть, баллов", 16, "points"),
    SheetColumn("Оборудование", 34),
)
ORGANIZATION_COLUMNS = (
    SheetColumn("Название", 38),
    SheetColumn("Полное название", 60),
    SheetColumn("Вид", 20),
    SheetColumn("ИНН", 14),
    SheetColumn("Отрасль", 24),
    SheetColumn("Кластер", 24),
    SheetColumn("Город", 18),
    SheetColumn("Адрес", 40),
    SheetColumn("Руководитель", 32),
    SheetColumn("Должность руководителя", 24),
    SheetColumn("Контактное лицо", 28),
    SheetColumn("Телефон", 18),
    SheetColumn("Электронная почта", 26),
    SheetColumn("Учредитель", 30),
    SheetColumn("Экспертов", 11, "whole"),
)
CONTACTS = frozenset({"Контактное лицо", "Телефон", "Электронная почта"})
_CODES = re.compile(r"\d\d\.\d\d\.\d\d(?:, \d\d\.\d\d\.\d\d)*")
_MOST_HOURS = 12  # a bare number so small would be read as hours


def student_rows(session: Session, numbers: Sequence[int], _today: date) -> Lines:
    query = (
        select(Examinee, StudyGroup.name, StudyGroup.course, Specialty.code,
               Organization.short_name)
        .join(StudyGroup, StudyGroup.id == Examinee.group_id)
        .join(Organization, Organization.id == StudyGroup.college_id)
        .outerjoin(Specialty, Specialty.id == StudyGroup.specialty_id)
        .where(Examinee.n.in_(numbers))
    )  # fmt: skip
    return {
        one.n: [
            (one.last_name, one.first_name, one.middle_name, group, code or "", college, course,
             "да" if one.needs_assistant else "", one.note)
        ]
        for one, group, course, code, college in session.execute(query)
    }  # fmt: skip


def years_of_students(session: Session, numbers: Sequence[int]) -> set[int | None]:
    """The graduation years of the groups in which these students are."""
    query = (
        select(StudyGroup.year)
        .join(Examinee, Examinee.group_id == StudyGroup.id)
        .where(Examinee.n.in_(numbers))
    )
    return set(session.scalars(query.distinct()))


def workshop_rows(session: Session, numbers: Sequence[int], _today: date) -> Lines:
    query = (
        select(Workshop, Organization.short_name, ExamCenter.name)
        .join(Organization, Organization.id == Workshop.organization_id)
        .outerjoin(ExamCenter, ExamCenter.id == Workshop.exam_center_id)
        .where(Workshop.n.in_(numbers))
    )
    return {
        one.n: [
            (one.name, one.room, one.address, one.places, one.accredited_until,
             *_described(one, center or "", organization))
        ]
        for one, organization, center in session.execute(query)
    }  # fmt: skip


def _described(one: Workshop, center: str, organization: str) -> tuple[str, ...]:
    """A load keeps the specialties of a workshop as its note: they go back into their column."""
    codes, note = (one.note, "") if _CODES.fullmatch(one.note) else ("", one.note)
    saturday = "да" if one.open_saturday else "нет"
    return codes, center, organization, saturday, ", ".join(one.equipment), note


def kit_rows(session: Session, numbers: Sequence[int], _today: date) -> Lines:
    """A row for each line of the kit's staffing table; the last one has no upper bound."""
    query = (
        select(AssessmentKit, Specialty.code)
        .join(Specialty, Specialty.id == AssessmentKit.specialty_id)
        .where(AssessmentKit.n.in_(numbers))
    )
    kits = session.execute(query).all()
    staffing = _staffing(session, [kit.id for kit, _ in kits])
    return {
        kit.n: [
            (
                kit.code, f"{code} {kit.title}".strip(), EXAM_LEVEL_NAMES[kit.level],
                kit.minutes if kit.minutes > _MOST_HOURS else f"{kit.minutes} мин",
                kit.exam_days, *need,
                _points(kit.core_points + kit.variable_points), _points(kit.core_points),
                _points(kit.variable_points), ", ".join(kit.equipment),
            )
            for need in staffing.get(kit.id) or [(None, None, None)]
        ]
        for kit, code in kits
    }  # fmt: skip


_Need = tuple[int | str | None, int | None, int | None]


def _staffing(session: Session, ids: Sequence[str]) -> Mapping[str, list[_Need]]:
    """Kit -> workplaces, experts, recommended; «16 и более» where nothing bounds them above."""
    query = (
        select(StaffingRule)
        .where(StaffingRule.live(), StaffingRule.kit_id.in_(ids))
        .order_by(StaffingRule.workplaces_from)
    )
    found: dict[str, list[_Need]] = defaultdict(list)
    for rule in session.scalars(query):
        found[rule.kit_id].append((_span(rule), rule.minimum, rule.recommended))
    return found


def _span(rule: StaffingRule) -> int | str | None:
    if rule.workplaces_to is not None:
        return rule.workplaces_to
    return f"{rule.workplaces_from} и более" if rule.workplaces_from > 1 else None


def _points(hundredths: int) -> Decimal | None:
    return Decimal(hundredths) / 100 if hundredths else None


def organization_rows(session: Session, numbers: Sequence[int], today: date) -> Lines:
    query = (
        select(Organization, Industry.name, Cluster.name)
        .outerjoin(Industry, Industry.id == Organization.industry_id)
        .outerjoin(Cluster, Cluster.id == Organization.cluster_id)
        .where(Organization.n.in_(numbers))
    )
    found: Sequence[Any] = session.execute(query).all()
    staff = staff_of(session, [one.id for one, *_ in found], today=today)
    rows: Iterable[tuple[Organization, str | None, str | None]] = found
    return {
        one.n: [
            (
                one.short_name, one.full_name, KIND_NAMES[one.kind], one.inn or "",
                industry or "", cluster or "", one.city, one.address, one.head_name,
                one.head_post, one.contact, one.phone, one.email, one.founder,
                staff.get(one.id, 0),
            )
        ]
        for one, industry, cluster in rows
    }  # fmt: skip
