"""The employers' share of a year, broken down, and the people behind each number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.kits import Specialty
from demoexam.models.organizations import Cluster, Industry, Organization
from demoexam.rules.shares import Share, target_for
from demoexam.rules.terms import CountMethod, ShareCut
from demoexam.services.college.college import targets
from demoexam.services.share.counting import ALL_LEVELS, count_of, counted
from demoexam.text import rounded

TOTAL = "total"
NOT_TOLD = {
    ShareCut.INDUSTRY: "Отрасль не указана",
    ShareCut.CLUSTER: "Кластер не указан",
    ShareCut.SPECIALTY: "Специальность не указана",
    ShareCut.COLLEGE: "Организация не указана",
    ShareCut.EMPLOYER: "Организация не указана",
}


@dataclass(frozen=True)
class ShareRow:
    """One line of the report; `id` is that of the college, industry and so on, or the month."""

    key: str
    share: Share
    target: int | None
    id: str = ""

    @property
    def gap(self) -> Fraction | None:
        return None if self.target is None else self.share.gap(self.target)

    @property
    def add(self) -> int | None:
        return None if self.target is None else self.share.add(self.target)

    @property
    def replace(self) -> int | None:
        return None if self.target is None else self.share.replace(self.target)

    def as_json(self) -> dict[str, Any]:
        """What `share --json` prints; nulls mean «нет данных», a null `add` alone: impossible."""
        value, gap = self.share.value, self.gap
        return {
            "key": self.key,
            "id": self.id,
            "experts": self.share.experts,
            "employers": self.share.employers,
            "unknown": self.share.unknown,
            "share": None if value is None else f"{self.share.employers}/{self.share.experts}",
            "percent": None if value is None else float(rounded(value * 100)),
            "target": self.target,
            "gap": None if gap is None else str(gap),
            "add": self.add,
            "replace": self.replace,
        }


def shares(
    session: Session,
    *,
    year: int,
    today: date | None = None,
    count: CountMethod | None = None,
    level: str = ALL_LEVELS,
    by: ShareCut = ShareCut.TOTAL,
) -> list[ShareRow]:
    """The share of a year; a cut gives a row a key in order of its name, and no total.

    Method, side's date and the chief's part are the college's settings; `count` overrides one.
    """
    how = count_of(session, year=year, today=today, method=count, level=level, by=by)
    found = counted(session, how)
    target = target_for(targets(session), year)
    if by is ShareCut.TOTAL:
        return [ShareRow(TOTAL, found.get("", Share()), target)]
    names = _names(session, by, found)
    rows = [ShareRow(names[key], share, target, key) for key, share in found.items()]
    return sorted(rows, key=lambda row: (not row.id, row.key))


def year_share(
    session: Session, *, year: int, today: date | None = None, targets: Mapping[int, int]
) -> tuple[Share, int | None]:
    """The year's official figure and its target."""
    found = counted(session, count_of(session, year=year, today=today))
    return found.get("", Share()), target_for(targets, year)


def _names(session: Session, by: ShareCut, keys: Iterable[str]) -> dict[str, str]:
    columns: dict[ShareCut, tuple[Any, Any]] = {
        ShareCut.COLLEGE: (Organization.id, Organization.short_name),
        ShareCut.EMPLOYER: (Organization.id, Organization.short_name),
        ShareCut.INDUSTRY: (Industry.id, Industry.name),
        ShareCut.CLUSTER: (Cluster.id, Cluster.name),
        ShareCut.SPECIALTY: (Specialty.id, Specialty.code),
    }
    if by is ShareCut.MONTH:
        return {key: key for key in keys}
    ident, name = columns[by]
    known = session.execute(select(ident, name).where(ident.in_(list(keys)))).all()
    return {"": NOT_TOLD[by]} | dict(known)
