"""The share report as values, and how they fill the blanks of form 3.20."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from demoexam.documents.blocks import Bar, Chart, Total
from demoexam.documents.form import Letterhead
from demoexam.documents.template import Facts, Filling
from demoexam.text import counted, decimal_comma, long_date, percent, rounded

NO_DATA, NO_TARGET, DASH = "нет данных", "не установлена", "—"


@dataclass(frozen=True)
class ShareYear:
    year: int
    experts: int
    employers: int
    unknown: int = 0  # in neither part of the fraction
    target: Fraction | None = None  # per cent
    carried_from: int | None = None  # the year whose target is carried on

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.employers, self.experts) if self.experts else None

    @property
    def deviation(self) -> Fraction | None:
        """Percentage points over the target; exact."""
        if self.share is None or self.target is None:
            return None
        return self.share * 100 - self.target


@dataclass(frozen=True)
class ShareExpert:
    name: str
    organization: str
    industry: str
    sessions: int
    status: str


@dataclass(frozen=True)
class ShareSheet:
    letterhead: Letterhead
    number: str
    day: date
    year: int
    method: str
    years: Sequence[ShareYear]
    experts: Sequence[ShareExpert]
    more_needed: str = ""  # the way to the target, as the rules word it
    coordinator: str = ""
    director: str = ""
    director_post: str = "Директор"

    @property
    def figure(self) -> ShareYear:
        """The year the sheet is about; it is among `years`."""
        return next(one for one in self.years if one.year == self.year)


def share_filling(sheet: ShareSheet) -> Filling:
    figure = sheet.figure
    return Filling(
        letterhead=sheet.letterhead,
        number=sheet.number,
        days={"report": sheet.day},
        facts={
            "year": str(sheet.year),
            "period": f"1 января – 31 декабря {sheet.year} г.",
            "taken_on": long_date(sheet.day),
            "method": sheet.method,
            "more_needed": sheet.more_needed,
            "unknown": _unknown(figure.unknown),
            "carried": _carried(sheet.years),
            "director_post": sheet.director_post,
        },
        rows={
            "years": [year_row(one) for one in sheet.years],
            "experts": [*(_expert_row(one) for one in sheet.experts), _total(sheet)],
        },
        signers={"coordinator": [sheet.coordinator], "director": [sheet.director]},
        charts={"years": _chart(sheet.years)},
    )


def year_row(one: ShareYear) -> Facts:
    """One year as printed: in this form it stands on paper, in the workbook and in the CSV."""
    return {
        "year": str(one.year),
        "experts": str(one.experts),
        "employers": str(one.employers),
        "share": NO_DATA if one.share is None else decimal_comma(rounded(one.share * 100)),
        "target": NO_TARGET if one.target is None else target_text(one),
        "deviation": signed(one.deviation),
    }


def target_text(one: ShareYear) -> str:
    """60, 62,5, or 70* where the target of an earlier year is carried on."""
    if one.target is None:
        return NO_TARGET
    whole = one.target.denominator == 1
    value = str(one.target) if whole else decimal_comma(rounded(one.target, 1))
    return f"{value}*" if one.carried_from else value


def signed(points: Fraction | None) -> str:
    if points is None:
        return DASH
    value = rounded(points)
    return decimal_comma(f"+{value}" if value > 0 else f"{value}")


def _unknown(count: int) -> str:
    if not count:
        return ""
    who = counted(count, "эксперт", "эксперта", "экспертов")
    return f"Не учтены в доле: {who} без известного места работы."


def _carried(years: Sequence[ShareYear]) -> str:
    carried = [one for one in years if one.carried_from]
    if not carried:
        return ""
    listed = ", ".join(str(one.year) for one in carried)
    unset = (
        "Цель на {} год не установлена" if len(carried) == 1 else "Цели на {} годы не установлены"
    )
    return f"* {unset.format(listed)}: взята последняя известная, {carried[-1].carried_from} года."


def _expert_row(one: ShareExpert) -> Facts:
    return {
        "name": one.name,
        "organization": one.organization,
        "industry": one.industry,
        "sessions": str(one.sessions),
        "status": one.status,
    }


def _total(sheet: ShareSheet) -> Total:
    figure = sheet.figure
    text = (
        f"Всего экспертов: {figure.experts}, из них работодателей: {figure.employers}. "
        f"Доля: {percent(figure.share)}"
    )
    return Total([text, str(sum(one.sessions for one in sheet.experts)), ""], span=4)


def _chart(years: Sequence[ShareYear]) -> Chart:
    without = [str(one.year) for one in years if one.target is None]
    remark = f"{', '.join(without)}:\nцель не установлена" if without else ""
    return Chart([_bar(one) for one in years], "доля, факт", "цель", remark)


def _bar(one: ShareYear) -> Bar:
    return Bar(
        label=str(one.year),
        value=None if one.share is None else float(one.share * 100),
        value_text=NO_DATA if one.share is None else decimal_comma(rounded(one.share * 100)),
        detail="" if one.share is None else f"{one.employers} из {one.experts}",
        target=None if one.target is None else float(one.target),
        target_text="" if one.target is None else target_text(one),
    )
