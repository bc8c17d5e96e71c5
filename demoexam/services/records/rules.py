"""What a single record must satisfy before it is written: names, numbers, ranges, doubles."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from demoexam.errors import Refused, RulesBroken
from demoexam.models.base import Record
from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.kits import AssessmentKit, Specialty, StaffingRule, TaskModule
from demoexam.models.organizations import Organization
from demoexam.models.people import Employment, Expert
from demoexam.models.reference import GradeScale, Setting, ShareTarget
from demoexam.rules import identity
from demoexam.rules.grading import check_points
from demoexam.rules.incidents import NotAnHour, typed_hour
from demoexam.services.bookings.checks import check_booking
from demoexam.services.college.college import fits
from demoexam.services.college.setting_rows import SettingScope
from demoexam.services.exams.incident_checks import check_incident
from demoexam.services.exams.places import module_maxima
from demoexam.store.erasing import ERASED_NAME

PERCENT = 100


def normalised(fields: dict[str, Any]) -> dict[str, Any]:
    """Phones, e-mails and INNs in their normal form; a wrong one is refused with the reason."""
    readers: dict[str, tuple[Callable[[str], identity.Reading], str]] = {
        "phone": (identity.read_phone, "Введите номер целиком, например +7 912 345-67-89."),
        "email": (identity.read_email, "Введите адрес вида имя@пример.рф."),
        "inn": (identity.read_inn, "Проверьте цифры: у организации их 10, у предпринимателя 12."),
    }
    for name, (read, advice) in readers.items():
        if fields.get(name):
            reading = read(fields[name])
            if reading.problem:
                raise Refused(f"Значение «{fields[name]}» записано с ошибкой ({name}).", advice)
            fields[name] = reading.value
    return fields


def check_record(session: Session, table: str, record: Record) -> None:
    """Refuse a record that cannot be true by itself or doubles another."""
    check = _CHECKS.get(table)
    if check is not None:
        with session.no_autoflush:
            check(session, record)


def _expert(_session: Session, expert: Any) -> None:
    if expert.last_name == ERASED_NAME:
        return
    if not expert.last_name.strip() or not expert.first_name.strip():
        raise Refused("У эксперта нет фамилии или имени.", "Заполните фамилию и имя.")


def _organization(session: Session, organization: Any) -> None:
    if not organization.short_name.strip():
        raise Refused("Название организации пусто.", "Введите название.")
    if not organization.inn or not _is_news(organization, "inn"):
        return
    double = session.scalar(
        select(Organization.short_name).where(
            Organization.live(), Organization.inn == organization.inn, _not_self(organization)
        )
    )
    if double:
        raise Refused(
            f"ИНН {organization.inn} уже у организации «{double}».",
            "Это одна организация: откройте её или объедините записи.",
        )


def _employment(session: Session, job: Any) -> None:
    start, end = job.valid_from or date.min, job.valid_to or date.max
    if start > end:
        raise Refused("Работа кончилась раньше, чем началась.", "Исправьте даты.")
    if not job.is_main:
        return
    others = session.scalars(
        select(Employment).where(
            Employment.live(), Employment.expert_id == job.expert_id,
            Employment.is_main.is_(True), _not_self(job),
        )
    )  # fmt: skip
    for other in others:
        if (other.valid_from or date.min) <= end and start <= (other.valid_to or date.max):
            raise Refused(
                "У эксперта два основных места работы в одно время.",
                "Закройте прежнее место датой или отметьте одно как совместительство.",
            )


def _kit(session: Session, kit: Any) -> None:
    specialty = session.get(Specialty, kit.specialty_id)
    if specialty is not None and not kit.code.removeprefix("КОД ").startswith(specialty.code):
        raise Refused(
            f"Шифр «{kit.code}» не начинается с кода специальности {specialty.code}.",
            "Выберите другую специальность или исправьте шифр.",
        )
    if kit.minutes <= 0 or kit.exam_days not in {1, 2}:
        raise Refused(
            "Длительность комплекта невозможна.", "Введите минуты (больше нуля) и дни: 1 или 2."
        )
    if not _is_news(kit, "code", "level"):
        return
    double = session.scalar(
        select(AssessmentKit.id).where(
            AssessmentKit.live(), AssessmentKit.code == kit.code,
            AssessmentKit.level == kit.level, _not_self(kit),
        )
    )  # fmt: skip
    if double:
        raise Refused(f"Комплект {kit.code} этого уровня уже есть.", "Откройте его и исправьте.")


def _staffing(session: Session, rule: Any) -> None:
    top = rule.workplaces_to or 10**6
    wrong = rule.workplaces_from < 1 or top < rule.workplaces_from or rule.minimum < 1
    if wrong or (rule.recommended is not None and rule.recommended < rule.minimum):
        raise Refused(
            "Строка численности экспертов невозможна.",
            "Места «от» не больше «до», минимум не меньше 1, рекомендуемое не меньше минимума.",
        )
    others = session.scalars(
        select(StaffingRule).where(
            StaffingRule.live(), StaffingRule.kit_id == rule.kit_id, _not_self(rule)
        )
    )
    for other in others:
        if other.workplaces_from <= top and rule.workplaces_from <= (other.workplaces_to or 10**6):
            raise Refused("Числа рабочих мест в двух строках пересекаются.", "Исправьте границы.")


def _module(session: Session, module: Any) -> None:
    if module.max_points < 0 or (module.minutes or 0) < 0:
        raise Refused("Баллы и минуты модуля не бывают меньше нуля.", "Исправьте число.")
    kit = session.get(AssessmentKit, module.kit_id)
    others = session.scalars(
        select(TaskModule.max_points).where(
            TaskModule.live(), TaskModule.kit_id == module.kit_id, _not_self(module)
        )
    )
    maximum = (kit.core_points + kit.variable_points) if kit else 0
    if maximum and sum(others) + module.max_points > maximum:
        raise Refused("Баллы модулей больше максимума комплекта.", "Исправьте баллы модуля.")


def _target(session: Session, target: ShareTarget) -> None:
    if not 0 <= target.percent <= PERCENT:
        raise Refused(f"Цель {target.percent} % невозможна.", "Введите число от 0 до 100.")
    same = ShareTarget.live(), ShareTarget.year == target.year, _not_self(target)
    if session.scalar(select(ShareTarget.id).where(*same)):
        raise Refused(f"Цель на {target.year} год уже есть.", "Измените её.")


def _setting(session: Session, setting: Setting) -> None:
    same = Setting.live(), Setting.key == setting.key, _not_self(setting)
    if any(map(SettingScope(session).covers, session.scalars(select(Setting).where(*same)))):
        raise Refused(f"Настройка «{setting.key}» уже есть.", "Измените её.")
    if not fits(setting.key, setting.value):
        raise Refused(
            f"Значение «{setting.value}» не подходит для настройки «{setting.key}».",
            "Введите другое значение.",
        )


def _scale(_session: Session, scale: GradeScale) -> None:
    if not 0 < scale.three < scale.four < scale.five <= PERCENT:
        raise Refused("Границы оценок не растут от 1 до 100.", "Введите, например, 20, 40 и 70.")


def _sitting(_session: Session, sitting: ExamSession) -> None:
    if sitting.head_count is not None and sitting.head_count < 0:
        raise Refused("Число участников меньше нуля.", "Введите, сколько человек сдаёт экзамен.")
    if (sitting.starts_at is None) != (sitting.ends_at is None):
        raise Refused("У экзамена задано только начало или только конец.", "Задайте оба времени.")
    if sitting.starts_at and sitting.ends_at and sitting.starts_at >= sitting.ends_at:
        raise Refused("Экзамен кончается не позже, чем начинается.", "Исправьте время.")


def _assignment(session: Session, duty: Assignment) -> None:
    if session.get(Expert, duty.expert_id) is None:
        raise Refused("Эксперт не найден.", "Выберите эксперта из списка.")


def _place(session: Session, place: ExamPlace) -> None:
    for number, points in place.points.items():
        if not number.isdecimal() or not isinstance(points, int) or points < 0:
            raise Refused(
                f"Баллы «{points}» за модуль «{number}» невозможны.",
                "Модуль называет номер, баллы — целое число сотых, не меньше нуля.",
            )
    maxima = module_maxima(session, place.session_id)
    if place.points and _is_news(place, "points"):
        broken = list(check_points("Участник", place.points, maxima))
        if broken and maxima:
            raise RulesBroken(broken)
    if place.finished_at and typed_hour(place.finished_at) != place.finished_at:
        raise NotAnHour(typed=place.finished_at)
    if place.workplace is None:
        return
    if place.workplace < 1:
        raise Refused(f"Рабочего места № {place.workplace} нет.", "Места считают с единицы.")
    double = session.scalar(
        select(ExamPlace.id).where(
            ExamPlace.live(), ExamPlace.session_id == place.session_id,
            ExamPlace.workplace == place.workplace, _not_self(place),
        )
    )  # fmt: skip
    if double:
        raise Refused(f"Рабочее место № {place.workplace} уже занято.", "Выберите свободное место.")


def _is_news(record: Any, *names: str) -> bool:
    """Twins of two computers both live until they are merged: only a new double is refused."""
    state: Any = inspect(record)
    return state.transient or any(state.attrs[name].history.has_changes() for name in names)


def _not_self(record: Any) -> Any:
    return type(record).id != record.id


_CHECKS: dict[str, Callable[[Session, Any], None]] = {
    "expert": _expert,
    "organization": _organization,
    "employment": _employment,
    "assessment_kit": _kit,
    "staffing_rule": _staffing,
    "task_module": _module,
    "share_target": _target,
    "setting": _setting,
    "grade_scale": _scale,
    "exam_session": _sitting,
    "assignment": _assignment,
    "exam_place": _place,
    "incident": check_incident,
    "workshop_booking": check_booking,
}
