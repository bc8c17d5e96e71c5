"""What one copy of a form is about: an examinee, or somebody who left before time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from demoexam.documents.blocks import Section, Total
from demoexam.documents.board_filling import grade_of
from demoexam.documents.exam_sheet import ExamSheet, Participant
from demoexam.documents.incident_filling import incident_facts, incident_signers, incidents_of
from demoexam.documents.template import Facts, Scope, Template
from demoexam.rules.grading import GRADE_NAMES
from demoexam.text import decimal_comma, long_date

CRITERIA_A_MODULE = 3  # rows to write in
GRADES = {grade: f"{grade} ({words})" for grade, words in GRADE_NAMES.items()}
Signers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Copy:
    """One copy: `number` goes into the document's, 0 for a form that has only one."""

    number: int
    facts: Facts
    signers: Signers = field(default_factory=dict)


def copies(sheet: ExamSheet, template: Template) -> list[Copy]:
    """Nothing for a form that has one copy, or nobody to make copies for."""
    if template.incident is not None:
        return [
            Copy(one.number, incident_facts(one), incident_signers(one))
            for one in incidents_of(sheet, template.incident)
        ]
    if template.scope is not Scope.EXAMINEE:
        return []
    people = enumerate(sheet.participants, start=1)
    return [Copy(at, person_facts(sheet, one)) for at, one in people]


def person_facts(sheet: ExamSheet, one: Participant | None = None) -> dict[str, str]:
    """The blanks of a paper about one examinee; without one it is written by hand."""
    return {
        "person": one.name.full if one else "",
        "person_place": _place(one) if one else "",
        "person_grade": grade_of(one, GRADES) if one else "",
        "person_exam_day": long_date(sheet.exam_day) if one else "",
    }


def _place(one: Participant) -> str:
    """7, В1: where he sits and what he was given."""
    place = "" if one.workplace is None else str(one.workplace)
    return ", ".join(part for part in (place, one.variant) if part)


def criteria_rows(sheet: ExamSheet) -> list[Facts | Section | Total]:
    """A section for each module with rows to write in; plain rows for a kit without modules."""
    if not sheet.modules:
        return [{} for _ in range(2 * CRITERIA_A_MODULE)]
    rows: list[Facts | Section | Total] = []
    for module in sheet.modules:
        title = f"Модуль {module.number}. {module.title}".rstrip(". ")
        rows.append(Section(f"{title} (максимум {brief_points(module.max_points)})"))
        rows += [{"n": f"{module.number}.{at}"} for at in range(1, CRITERIA_A_MODULE + 1)]
    most = brief_points(sum(module.max_points for module in sheet.modules))
    return [*rows, Total(["Всего", most, "", "", "", ""], span=2)]


def brief_points(hundredths: int) -> str:
    """25 or 12,5: as a heading has room for."""
    whole, rest = divmod(hundredths, 100)
    return decimal_comma(f"{whole}.{rest:02}".rstrip("0")) if rest else str(whole)
