"""A schedule into the store: sittings with their expert groups; what contradicts is held."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from demoexam.exchange.values import FIELD, ROW, ExamRow, FileContent, Finding
from demoexam.exchange.vocabulary import Kind
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.people import Expert
from demoexam.rules.full_names import FullName
from demoexam.rules.identity import fold_key
from demoexam.rules.terms import Role, SessionState
from demoexam.services.imports.draft import Draft, FieldChange, Row
from demoexam.services.imports.exam_facts import find_kit, find_place, unknown_place
from demoexam.services.imports.matching import PeopleIndex, name_of
from demoexam.services.imports.organizations import Organizations, college_of_row
from demoexam.services.imports.plan import ImportPlan, RowPlan, Status, row_plan
from demoexam.services.imports.sittings import Asked, known_sittings, was_loaded
from demoexam.services.imports.students import find_or_add_group
from demoexam.text import short_date

USUAL_START: Final = time(9)
_PARTS: Final = (("chief", Role.CHIEF), ("experts", Role.SCORING), ("technical", Role.TECHNICAL))


class ScheduleImport:
    """Sittings of the file; `sittings` maps each one's id to its row, in the file's order."""

    def __init__(
        self, draft: Draft, organizations: Organizations, people: PeopleIndex, plan: ImportPlan
    ) -> None:
        self._draft, self._organizations = draft, organizations
        self._people, self._plan = people, plan
        self.sittings: dict[str, ExamRow] = {}
        self.came: set[str] = set()
        self.findings: list[Finding] = []

    def run(self, content: FileContent) -> None:
        whole: list[Asked] = []
        for row in content.exams:
            kit, reason = find_kit(self._draft, row)
            if kit is None:
                self._refuse(row, "unknown_kit", reason)
            else:
                group = self._group(row, kit, content.year)
                whole.append(Asked(row, group, kit["id"], row.starts or USUAL_START))
        known = known_sittings(self._draft, whole)
        for asked in whole:
            kit = self._draft.rows(AssessmentKit)[asked.kit]
            self._plan.rows.append(self._sitting(asked, kit, known.get(asked.row.place)))

    def _refuse(self, row: ExamRow, reason: str, note: str) -> None:
        self.findings.append(Finding(row.place, reason, ROW, note=note))
        title = f"{row.group}, {short_date(row.day)}"
        self._plan.rows.append(
            RowPlan(row.place, Kind.SCHEDULE, Status.ERROR, title, reasons=(note,))
        )

    def _sitting(self, asked: Asked, kit: Row, known: Row | None) -> RowPlan:
        row = asked.row
        told = bool(row.workshop or row.room)
        places = find_place(self._draft, row.workshop, row.room) if told else []
        workshop = places[0] if len(places) == 1 else None
        reasons: list[str] = []
        if told and workshop is None:
            note = unknown_place(row, places)
            self.findings.append(Finding(row.place, "unknown_workshop", FIELD, note=note))
            reasons.append(note)
        facts = {
            "workshop_id": workshop["id"] if workshop else None,
            **_times(row, kit["minutes"], known),
            "head_count": row.head_count,
            "preparation_day": row.preparation,
            "board_member": row.board_member,
        }
        if known:
            ident = known["id"]
            changes = self._changed(ident, facts)
        else:
            ident, changes = self._added(asked.group, kit["id"], facts), []
        self.sittings[ident] = row
        changes += self._duties(ident, row, reasons)
        title = f"{row.group}, {short_date(row.day)}"
        return row_plan(
            row.place, Kind.SCHEDULE, title, ident,
            new=known is None, changes=changes, reasons=reasons,
        )  # fmt: skip

    def _group(self, row: ExamRow, kit: Row, year: int | None) -> str:
        facts = {"specialty_id": kit["specialty_id"], "year": year or row.day.year}
        college = self._only_college_with(row)
        if not college:
            college = college_of_row(self._draft, self._organizations, self._plan, row.college)
        return find_or_add_group(self._draft, row.group, college, facts)

    def _only_college_with(self, row: ExamRow) -> str:
        """Where neither row nor title names a college: the only one with a group of this name."""
        if row.college or self._plan.content.college:
            return ""
        key = fold_key(row.group)
        groups = self._draft.rows(StudyGroup).values()
        colleges = {group["college_id"] for group in groups if fold_key(group["name"]) == key}
        return colleges.pop() if len(colleges) == 1 else ""

    def _added(self, group: str, kit: str, facts: dict[str, Any]) -> str:
        number = 1 + sum(1 for _ in self._draft.where(ExamSession, group_id=group))
        ident = self._draft.add(
            ExamSession,
            group_id=group,
            kit_id=kit,
            number=number,
            state=SessionState.PLANNED,
            **facts,
        )
        self.came.add(ident)
        return ident

    def _changed(self, ident: str, facts: dict[str, Any]) -> list[FieldChange]:
        told = {name: value for name, value in facts.items() if value not in (None, "")}
        if self._draft.rows(ExamSession)[ident]["second_day"] and facts["second_day"] is None:
            told["second_day"] = None
        changes = self._draft.change(ExamSession, ident, **told)
        if changes:
            self.came.add(ident)
        return changes

    def _duties(self, ident: str, row: ExamRow, reasons: list[str]) -> list[FieldChange]:
        changes: list[FieldChange] = []
        known = [*self._draft.where(Assignment, session_id=ident)]
        for part, role in _PARTS:
            named = [self._expert(name, row, part, reasons) for name in getattr(row, part)]
            on_duty = {duty["expert_id"] for duty in known if duty["role"] == role}
            if named and None not in named:
                changes += self._dismissed(known, role, named)
            for expert in filter(None, dict.fromkeys(named)):
                if expert in on_duty:
                    continue
                made = self._draft.add(Assignment, session_id=ident, expert_id=expert, role=role)
                self.came.add(made)
                changes.append(FieldChange(role.value, None, self._name(expert)))
        return changes

    def _dismissed(
        self, known: Sequence[Row], role: Role, named: Sequence[str | None]
    ) -> list[FieldChange]:
        """Whom the file no longer names: the chief, and those whom a file once brought.

        An expert whom somebody added by hand stays.
        """
        changes: list[FieldChange] = []
        for duty in known:
            if duty["role"] != role or duty["expert_id"] in named:
                continue
            if role is Role.CHIEF or was_loaded(self._draft.session, duty["id"]):
                self._draft.change(Assignment, duty["id"], deleted=True)
                changes.append(FieldChange(role.value, self._name(duty["expert_id"]), None))
        return changes

    def _expert(self, name: FullName, row: ExamRow, part: str, reasons: list[str]) -> str | None:
        """The roster's person of this name; nobody when there is none or more than one."""
        found = self._people.named(name)
        if len(found) == 1:
            self._plan.resolved[name] = self._name(found[0])
            return found[0]
        reason = "expert_ambiguous" if found else "expert_unknown"
        several = ", ".join(self._name(ident) for ident in found)
        alike = [] if found else self._people.of_surname(name)
        hint = f"; похож: {', '.join(map(self._name, alike))}" if alike else ""
        note = (
            f"под «{name}» подходят несколько экспертов: {several}"
            if found
            else f"эксперта «{name}» нет в реестре{hint}"
        )
        self.findings.append(Finding(row.place, reason, FIELD, part, str(name), note))
        reasons.append(note)
        return None

    def _name(self, expert: str) -> str:
        return str(name_of(self._draft.rows(Expert)[expert]))


def _times(row: ExamRow, minutes: int, known: Row | None) -> dict[str, Any]:
    """Local wall time; without an end the kit's duration gives it.

    A file that tells no time leaves the hours that the sitting has.
    """
    second: date | None = row.last_day if row.last_day > row.day else None
    if row.starts is None and known and known["starts_at"] and known["ends_at"]:
        old: datetime = known["starts_at"]
        lasts: timedelta = known["ends_at"] - old
        starts_at = datetime.combine(row.day, old.time())
        return {"starts_at": starts_at, "ends_at": starts_at + lasts, "second_day": second}
    starts_at = datetime.combine(row.day, row.starts or USUAL_START)
    ends_at = starts_at + timedelta(minutes=minutes)
    if row.ends and row.starts and row.ends > row.starts:
        ends_at = datetime.combine(row.day, row.ends)
    return {"starts_at": starts_at, "ends_at": ends_at, "second_day": second}
