"""The college's own facts: settings as rows, targets, the grade scale, and which college it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.base import reference_id
from demoexam.models.organizations import Organization
from demoexam.models.reference import GradeScale, ShareTarget
from demoexam.rules.terms import CountMethod, OrganizationKind, SideDate
from demoexam.services.college.setting_rows import put_setting_row, setting_values
from demoexam.store.store import own_college


@dataclass(frozen=True)
class CollegeSettings:
    """Every setting with its default; `rule_levels` maps a finding's code to its level or "off"."""

    own_college: str = ""
    kit_term: str = "КОД"
    share_count: CountMethod = CountMethod.PERSONS
    share_side: SideDate = SideDate.LAST
    share_count_chief: bool = True
    rule_levels: Mapping[str, str] = field(default_factory=dict)
    turnaround_minutes: int = 60
    expert_week_days: int = 5  # exam days a week that are enough for an expert; 0: any number
    certificate_months: int = 24
    working_year: int = 0  # 0: the current one


def college_settings(session: Session) -> CollegeSettings:
    """The settings in force. An unknown key or an impossible value is passed over."""
    found: dict[str, Any] = {}
    for key, value in setting_values(session, [*CollegeSettings.__dataclass_fields__]).items():
        try:
            found[key] = _typed(key, value)
        except ValueError:
            continue
    found["own_college"] = own_college(session)
    return CollegeSettings(**found)


def change_setting(session: Session, *, key: str, value: Any) -> None:
    """Set one of `CollegeSettings`; refuses an unknown key or a value of the wrong kind."""
    if key not in CollegeSettings.__dataclass_fields__:
        raise Refused(f"Настройки «{key}» нет.", "Проверьте имя настройки.")
    try:
        typed = _typed(key, value)
    except ValueError:
        raise Refused(
            f"Значение «{value}» не подходит для настройки «{key}».", "Введите другое значение."
        ) from None
    store_setting(session, key=key, value=typed)


def fits(key: str, value: Any) -> bool:
    """Whether the value suits the setting; keys of other modules hold anything."""
    try:
        return key not in CollegeSettings.__dataclass_fields__ or _typed(key, value) is not None
    except ValueError:
        return False


def store_setting(session: Session, *, key: str, value: Any) -> None:
    """Write a setting of any key: one row a key and college, with the same id in every store."""
    put_setting_row(session, key=key, value=value)


def found_college(session: Session, *, name: str) -> Organization:
    """Make the own college by its name, or take the organization that already bears it."""
    cleaned = " ".join(name.split())
    if not cleaned:
        raise Refused("Название колледжа пусто.", "Введите название, как оно пишется в бумагах.")
    college = session.scalar(
        select(Organization).where(Organization.live(), Organization.short_name == cleaned)
    )
    if college is None:
        college = Organization(kind=OrganizationKind.COLLEGE, short_name=cleaned, full_name=cleaned)
        session.add(college)
        session.flush()
    session.info["owner"] = college.id
    store_setting(session, key="own_college", value=college.id)
    return college


def targets(session: Session) -> dict[int, int]:
    """Year -> target share in whole per cent, for the years that have one."""
    rows = select(ShareTarget.year, ShareTarget.percent).where(ShareTarget.live())
    return dict(session.execute(rows.order_by(ShareTarget.year)).all())


def set_target(session: Session, *, year: int, percent: int) -> None:
    """Give the year its target, 0 to 100 per cent."""
    if not 0 <= percent <= 100:  # noqa: PLR2004 -- per cent
        raise Refused(f"Цель {percent} % невозможна.", "Введите число от 0 до 100.")
    ident = reference_id("share_target", year)
    row = session.get(ShareTarget, ident)
    if row is None:
        session.add(ShareTarget(id=ident, year=year, percent=percent))
    else:
        row.percent, row.deleted = percent, False
    session.flush()


def grade_bounds(session: Session, *, college_id: str | None = None) -> tuple[int, int, int]:
    """Lower bounds of "3", "4" and "5" in per cent: the college's own, else the common ones."""
    query = select(GradeScale).where(GradeScale.live())
    scales = {scale.college_id: scale for scale in session.scalars(query)}
    scale = scales.get(college_id) or scales.get(None)
    return (scale.three, scale.four, scale.five) if scale else (20, 40, 70)


def set_grade_bounds(
    session: Session, *, three: int, four: int, five: int, college_id: str | None = None
) -> None:
    """Change the scale (local act of the college); the bounds must rise within 0 to 100."""
    if not 0 < three < four < five <= 100:  # noqa: PLR2004 -- per cent
        raise Refused(
            f"Границы {three}, {four}, {five} не растут от 1 до 100.",
            "Введите три числа по возрастанию, например 20, 40 и 70.",
        )
    query = select(GradeScale).where(GradeScale.live(), GradeScale.college_id.is_(college_id))
    scale = session.scalar(query)
    if scale is None:
        scale = GradeScale(college_id=college_id)
        session.add(scale)
    scale.three, scale.four, scale.five = three, four, five
    session.flush()


def _typed(key: str, value: Any) -> Any:
    """`value` as the setting's type; ValueError when it cannot be one."""
    match getattr(CollegeSettings(), key):
        case bool():
            return _flag(value)
        case CountMethod():
            return CountMethod(value)
        case SideDate():
            return SideDate(value)
        case int():
            return _whole(value)
        case str():
            return str(value)
        case _:
            return _levels(value)


def _flag(value: Any) -> bool:
    if value in {True, "1", "true", "да"}:
        return True
    if value in {False, "0", "false", "нет"}:
        return False
    raise ValueError(value)


def _whole(value: Any) -> int:
    number = int(value)
    if number < 0:
        raise ValueError(value)
    return number


def _levels(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not set(value.values()) <= {
        "warning",
        "off",
        "contradiction",
    }:
        raise ValueError(value)
    return dict(value)
