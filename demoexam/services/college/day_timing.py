"""How a college times an exam's days: when С-1 begins, the break, the time for results."""

from dataclasses import dataclass, fields, replace
from datetime import time
from typing import Any

from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.rules.day_plan import Break, DayLengths
from demoexam.services.college.setting_rows import put_setting_row, setting_values

KEY = "day_timing"


@dataclass(frozen=True)
class DayTiming:
    """Minutes, but for the hour of С-1; without `break_minutes` there is no break."""

    preparation_from: str = "08:00"
    break_after: int = 120
    break_minutes: int = 0
    results: int = 90

    @property
    def lengths(self) -> DayLengths:
        begins = time.fromisoformat(self.preparation_from)
        return replace(DayLengths(), preparation_from=begins, results=self.results)

    @property
    def breaks(self) -> list[Break]:
        return [Break(self.break_after, self.break_minutes)] if self.break_minutes else []


def day_timing(session: Session) -> DayTiming:
    """What is set; an impossible value is passed over."""
    stored = setting_values(session, [KEY]).get(KEY)
    given = stored if isinstance(stored, dict) else {}
    known: dict[str, Any] = {}
    for one in fields(DayTiming):
        if one.name in given and _fits(one.name, given[one.name]):
            known[one.name] = given[one.name]
    return DayTiming(**known)


def change_day_timing(session: Session, *, key: str, value: object) -> None:
    """Set one of `DayTiming`."""
    if not _fits(key, value):
        raise Refused(f"Значение «{value}» не подходит.", "Введите другое значение.")
    known = day_timing(session)
    stored = {one.name: getattr(known, one.name) for one in fields(DayTiming)}
    put_setting_row(session, key=KEY, value={**stored, key: value})


def _fits(key: str, value: object) -> bool:
    if key == "preparation_from":
        try:
            return bool(time.fromisoformat(str(value))) or str(value) == "00:00"
        except ValueError:
            return False
    known = {one.name for one in fields(DayTiming)}
    return key in known and isinstance(value, int) and 0 <= value <= 24 * 60
