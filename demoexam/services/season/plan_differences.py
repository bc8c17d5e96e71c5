"""How the plan differs from a version of it, or from what was printed: in words and in files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.documents.form import Form
from demoexam.documents.forms.plan_changes import PLAN_CHANGES
from demoexam.documents.season_sheet import ChangesSheet, PlanChange, Signing, changes_filling
from demoexam.documents.template import Template, fill
from demoexam.exchange.files_out import save_bytes
from demoexam.exchange.sheets_out import Cell, SheetColumn, SheetTable, workbook
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.people import Expert
from demoexam.models.places import Workshop
from demoexam.progress import Progress
from demoexam.rules.plan_differences import (
    Difference,
    DifferenceKind,
    Duty,
    PlannedSitting,
    differences,
)
from demoexam.rules.terms import Role
from demoexam.services.papers.printed_documents import (
    Printed,
    Validity,
    document_validity,
    printed_documents,
)
from demoexam.services.papers.templates import template_in_force
from demoexam.services.season.plan_versions import (
    planned_then,
    present_plan,
    version_line,
    version_row,
)
from demoexam.services.season.report import UnknownSeasonFormat, signing
from demoexam.text import clock, short_date, short_name

PRESENT = "план сейчас"
NOT_THERE, NOBODY = "нет в плане", "никого"
PLAN_FORM = "3.2"
KIND_NAMES = {
    DifferenceKind.MOVED: "Перенесены",
    DifferenceKind.ADDED: "Добавлены",
    DifferenceKind.DROPPED: "Сняты с плана",
    DifferenceKind.EXPERTS: "Другие эксперты",
    DifferenceKind.NUMBERS: "Другой комплект или число участников",
}
ROLES = {Role.CHIEF: "главный", Role.SCORING: "оценивает", Role.TECHNICAL: "технический"}


@dataclass(frozen=True)
class DifferenceLine:
    """One difference in words."""

    kind: DifferenceKind
    sitting_id: str
    exam: str
    before: str
    after: str


@dataclass(frozen=True)
class PlanComparison:
    """Two plans side by side; the names of both, and what is different, in order of kind."""

    year: int
    before: str
    after: str
    lines: Sequence[DifferenceLine]
    signing: Signing
    taken_on: date
    template: Template = PLAN_CHANGES


def compare_plans(
    session: Session, *, version_id: str, other_id: str = "", today: date | None = None
) -> PlanComparison:
    """A version against the present plan, or against another version."""
    row = version_row(session, version_id)
    then, old = planned_then(row), version_line(row)
    if other_id:
        other = version_row(session, other_id)
        now, after = planned_then(other), _quoted(version_line(other).name)
    else:
        now = present_plan(session, year=old.year, also=[one.id for one in then])
        after = PRESENT
    told = differences(then, now)
    words = _Words(session, [one for each in told for one in (each.old, each.new) if one])
    lines = [words.line(one) for one in told]
    return PlanComparison(
        old.year, _quoted(old.name), after, lines, signing(session), today or date.today(),
        template_in_force(session, PLAN_CHANGES.code),
    )  # fmt: skip


def outdated_plans(
    session: Session, *, year: int, progress: Progress | None = None
) -> list[Printed]:
    """Prints of the plan (form 3.2) which the exam has changed since, the latest first."""
    plans = [one for one in printed_documents(session, year=year) if one.code == PLAN_FORM]
    latest = [one for one in plans if not one.replaced]
    told = document_validity(session, documents=latest, progress=progress)
    return [one for one in latest if told[one.id] is Validity.OUTDATED]


def changes_form(comparison: PlanComparison) -> Form:
    kinds = groupby(comparison.lines, key=lambda one: one.kind)
    changes = [
        (KIND_NAMES[kind], [PlanChange(one.exam, one.before, one.after) for one in lines])
        for kind, lines in kinds
    ]
    sheet = ChangesSheet(
        signing=comparison.signing,
        taken_on=comparison.taken_on,
        year=comparison.year,
        before=comparison.before,
        after=comparison.after,
        changes=changes,
    )
    return fill(comparison.template, changes_filling(sheet))


def changes_pdf(comparison: PlanComparison) -> bytes:
    from demoexam.documents.rendering import render

    return render(changes_form(comparison))


def changes_workbook(comparison: PlanComparison) -> bytes:
    title = f"Изменения плана, {comparison.year} год"
    heading = [title, f"{comparison.before} → {comparison.after}"]
    columns = [
        SheetColumn("Изменение", 26),
        SheetColumn("Группа, смена", 24),
        SheetColumn("Было", 60),
        SheetColumn("Стало", 60),
    ]
    rows: list[Sequence[Cell]] = [
        (KIND_NAMES[one.kind], one.exam, one.before, one.after) for one in comparison.lines
    ]
    table = SheetTable("Изменения", heading, columns, rows, listing=True)
    return workbook([table], title=title, made_on=comparison.taken_on)


def save_changes(comparison: PlanComparison, path: Path) -> Path:
    """Write the changes as the suffix tells: .xlsx or .pdf."""
    makers = {".xlsx": changes_workbook, ".pdf": changes_pdf}
    maker = makers.get(path.suffix.lower())
    if maker is None:
        raise UnknownSeasonFormat(name=path.name)
    return save_bytes(path, maker(comparison))


def _quoted(name: str) -> str:
    return name if "«" in name else f"«{name}»"


class _Words:
    """The names behind the ids of some sittings, each kind read once."""

    def __init__(self, session: Session, sittings: Sequence[PlannedSitting]) -> None:
        self._groups = _named(session, StudyGroup, {one.group_id for one in sittings})
        self._kits = dict(session.execute(select(AssessmentKit.id, AssessmentKit.code)).all())
        rooms = {one.workshop_id for one in sittings if one.workshop_id}
        self._workshops = _named(session, Workshop, rooms)
        self._experts = _experts(session, {who for one in sittings for _, who in one.duties})

    def line(self, one: Difference) -> DifferenceLine:
        before, after = self._sides(one)
        sitting = one.sitting
        group = self._groups.get(sitting.group_id, "группа")
        exam = f"{group}, ЭГ {sitting.number}" if sitting.number > 1 else group
        return DifferenceLine(one.kind, sitting.id, exam, before, after)

    def _sides(self, one: Difference) -> tuple[str, str]:
        if one.old is None or one.new is None:
            old = self._where(one.old) if one.old else NOT_THERE
            return old, self._where(one.new) if one.new else NOT_THERE
        if one.kind is DifferenceKind.EXPERTS:
            return self._people(one.gone), self._people(one.come)
        if one.kind is DifferenceKind.NUMBERS:
            return self._numbers(one.old), self._numbers(one.new)
        return self._moved(one.old, one.new), self._moved(one.new, one.old)

    def _where(self, one: PlannedSitting) -> str:
        """«18.06.2026, 09:00–12:30, мастерская»."""
        return ", ".join((*_when(one), self._room(one)))

    def _moved(self, one: PlannedSitting, other: PlannedSitting) -> str:
        """Only what is another in the other plan."""
        parts = _when(one) if _when(one) != _when(other) else []
        if one.workshop_id != other.workshop_id:
            parts.append(self._room(one))
        if one.preparation_day != other.preparation_day:
            day = short_date(one.preparation_day) if one.preparation_day else "не назначен"
            parts.append(f"С-1 {day}")
        return ", ".join(parts)

    def _room(self, one: PlannedSitting) -> str:
        return self._workshops.get(one.workshop_id or "", "мастерская не выбрана")

    def _numbers(self, one: PlannedSitting) -> str:
        return f"{self._kits.get(one.kit_id, '')}, {one.head_count} чел., ЭГ {one.number}"

    def _people(self, duties: Iterable[Duty]) -> str:
        named = [f"{self._experts.get(who, 'эксперт')} ({ROLES[role]})" for role, who in duties]
        return ", ".join(named) or NOBODY


def _when(one: PlannedSitting) -> list[str]:
    days = [one.starts_at.date(), *([one.second_day] if one.second_day else ())]
    hours = f"{clock(one.starts_at)}–{clock(one.ends_at)}"
    return [" и ".join(map(short_date, days)), hours]


def _named(
    session: Session, entity: type[StudyGroup | Workshop], ids: Iterable[str]
) -> Mapping[str, str]:
    query = select(entity.id, entity.name).where(entity.id.in_(ids))
    return dict(session.execute(query).all())


def _experts(session: Session, ids: Iterable[str]) -> Mapping[str, str]:
    query = select(Expert).where(Expert.id.in_(ids))
    return {
        one.id: short_name(one.last_name, one.first_name, one.middle_name)
        for one in session.scalars(query)
    }
