"""Stops of time, removals and early ends as the papers of a sitting tell them."""

from demoexam.documents.exam_sheet import ExamSheet, IncidentFacts
from demoexam.documents.template import Facts
from demoexam.rules.incidents import proposed_compensation
from demoexam.rules.terms import IncidentKind
from demoexam.text import NBSP

BOX, TICKED = "□", "■"
EVERYBODY, EXAMINEE = "все участники", "участник"
STOPS, REMOVAL, EARLY_END = "3.12", "3.13", "3.14"


def incidents_of(sheet: ExamSheet, kind: IncidentKind) -> list[IncidentFacts]:
    return [one for one in sheet.incidents if one.kind is kind]


def stop_rows(sheet: ExamSheet) -> list[Facts]:
    """Form 3.12, with the minutes between two hours computed."""
    return [_stop(one) for one in incidents_of(sheet, IncidentKind.STOP)]


def _stop(one: IncidentFacts) -> Facts:
    minutes = proposed_compensation(one.started, one.ended)
    return {
        "workplace": _number(one.workplace),
        "name": _who(one),
        "stopped": one.started,
        "resumed": one.ended,
        "minutes": "" if minutes is None or minutes < 0 else str(minutes),
        "reason": one.reason,
        "compensation": _number(one.compensation),
    }


def incident_facts(one: IncidentFacts | None = None) -> dict[str, str]:
    """The blanks of forms 3.13 and 3.14; a form without its incident is written by hand."""
    one = one or IncidentFacts(IncidentKind.REMOVAL)
    examinee, expert = one.role == EXAMINEE, "эксперт" in one.role
    other = one.name is not None and not examinee and not expert
    return {
        "incident_name": one.name.full if one.name else "",
        "incident_place": _number(one.workplace),
        "incident_time": one.started,
        "incident_clause": one.clause,
        "incident_reason": one.reason,
        "incident_explanation": one.explanation,
        "incident_role": one.role if other else "",
        "box_examinee": _box(ticked=examinee),
        "box_expert": _box(ticked=expert),
        "box_other": _box(ticked=other),
        "box_counts": _box(ticked=one.counts is True),
        "box_annulled": _box(ticked=one.counts is False),
    }


def incident_signers(one: IncidentFacts | None = None) -> dict[str, list[str]]:
    """Whom an act is about; `by_hand` is a line for anybody."""
    return {
        "incident_person": [one.name.signature] if one and one.name else [],
        "by_hand": [],
    }


def incident_notes(sheet: ExamSheet) -> list[str]:
    """What the protocol of the exam says of each incident, in the order of the list."""
    told = [(one.at or 0, _stop_note(sheet, one, row)) for row, one in _compensated(sheet)]
    told += [(one.at or 0, _act_note(sheet, one)) for one in sheet.incidents if _has_act(one)]
    return [sentence for _, sentence in sorted(told, key=lambda note: note[0])]


def _compensated(sheet: ExamSheet) -> list[tuple[int, IncidentFacts]]:
    stops = enumerate(incidents_of(sheet, IncidentKind.STOP), start=1)
    return [(row, one) for row, one in stops if one.compensation]


def _stop_note(sheet: ExamSheet, one: IncidentFacts, row: int) -> str:
    """№ 10: время продлено на 12 мин (протокол учёта времени № 14-12/2026, запись 1)."""
    paper = f"протокол учёта времени № {sheet.document_number(STOPS)}, запись {row}"
    return f"{_about(one)}: время продлено на {one.compensation}{NBSP}мин ({paper})."


def _has_act(one: IncidentFacts) -> bool:
    return one.kind is not IncidentKind.STOP


def _act_note(sheet: ExamSheet, one: IncidentFacts) -> str:
    removed = one.kind is IncidentKind.REMOVAL
    what = "удаление" if removed else "досрочное завершение"
    hour = f" в {one.started}" if one.started else ""
    act = f"акт № {sheet.document_number(REMOVAL if removed else EARLY_END, one.number)}"
    return f"{_about(one)}: {what}{hour} ({act}){_outcome(one)}."


def _outcome(one: IncidentFacts) -> str:
    if one.counts is None:
        return ""
    return ", оценивается выполненное" if one.counts else ", результат аннулирован"


def _about(one: IncidentFacts) -> str:
    if one.at is not None:
        return f"№ {one.at}"
    role = f" ({one.role})" if one.role and one.name else ""
    who = _who(one)
    return f"{who[:1].upper()}{who[1:]}{role}"


def _who(one: IncidentFacts) -> str:
    if one.name is not None:
        return one.name.full
    return one.role or EVERYBODY


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _box(*, ticked: bool) -> str:
    return TICKED if ticked else BOX
