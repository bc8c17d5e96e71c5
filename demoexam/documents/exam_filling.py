"""From the values of a sitting to the named blanks of its forms."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from demoexam.documents.board_filling import board_facts, board_signers, graduate_rows
from demoexam.documents.exam_copies import brief_points, copies, criteria_rows, person_facts
from demoexam.documents.exam_sheet import ExamSheet, GradeBounds, GroupExpert, Participant
from demoexam.documents.incident_filling import (
    incident_facts,
    incident_notes,
    incident_signers,
    stop_rows,
)
from demoexam.documents.order_filling import order_facts, order_rows, order_signers
from demoexam.documents.plan_filling import plan_facts, plan_rows
from demoexam.documents.template import Facts, Filling, Template
from demoexam.rules.terms import ROLE_NAMES, Role
from demoexam.text import NBSP, clock, decimal_comma, long_date, points, rounded, short_date

DASH = "—"
BLANK_SIGNERS = 3  # lines for the expert group while nobody is named


def fillings(sheet: ExamSheet, template: Template) -> list[Filling]:
    """One for each copy of the form: for every examinee or incident where it is about one."""
    filling = exam_filling(sheet, template)
    return [
        replace(
            filling,
            number=sheet.document_number(template.code, copy.number),
            facts={**filling.facts, **copy.facts},
            signers={**filling.signers, **copy.signers},
        )
        for copy in copies(sheet, template)
    ] or [filling]


def exam_filling(sheet: ExamSheet, template: Template) -> Filling:
    return Filling(
        letterhead=sheet.letterhead,
        number=sheet.document_number(template.code),
        days={
            "preparation": sheet.preparation_day,
            "exam": sheet.exam_day,
            "order": sheet.board.order_date,
        },
        facts={
            **_particulars(sheet),
            **_draw(sheet),
            **_grades(sheet.bounds),
            **board_facts(sheet),
            **person_facts(sheet),
            **incident_facts(),
            **order_facts(sheet, template),
            **plan_facts(sheet),
        },
        rows={
            **order_rows(sheet, template),
            **plan_rows(sheet, template),
            "scoring": [_duty(expert) for expert in sheet.of_role(Role.SCORING)],
            "duties": [_duty(e) for e in sheet.of_role(Role.SCORING) if e.duty],
            "admitted": _admitted(sheet),
            "participants": _participants(sheet),
            "names": [{"name": one.name.full} for one in sheet.participants],
            "places_known": [{} for one in sheet.participants if one.workplace is not None],
            "results": [{} for one in sheet.participants if _is_decided(one)],
            "variants_known": [{} for one in sheet.participants if one.variant],
            "stops": stop_rows(sheet),
            "graduates": graduate_rows(sheet),
            "criteria": criteria_rows(sheet),
            "modules": [
                {"number": str(module.number), "most": brief_points(module.max_points)}
                for module in sheet.modules
            ],
        },
        signers=_signers(sheet),
        chapter=sheet.chapter,
        draft=sheet.draft,
    )


def _particulars(sheet: ExamSheet) -> dict[str, str]:
    days = [day for day in (sheet.exam_day, sheet.second_day) if day]
    check_day = sheet.preparation_day
    head_count = len(sheet.participants) or sheet.planned
    most = sum(module.max_points for module in sheet.modules)
    return {
        "specialty": sheet.specialty,
        "kit_term": sheet.kit_term,
        "kit": f"{sheet.kit_term} {sheet.kit_code}" if sheet.kit_code else "",
        "level": sheet.level,
        "center": sheet.center,
        "address": sheet.address,
        "exam_group": sheet.exam_group,
        "study_group": sheet.study_group,
        "shift": sheet.shift,
        "exam_day": ", ".join(long_date(day) for day in days),
        "check_day": long_date(check_day) if check_day else "",
        "places_needed": str(head_count or "____"),
        "workplaces": _workplaces(sheet.workplaces, head_count),
        "started": _hours(sheet.starts_at),
        "ended": _hours(sheet.ended_at),
        "of_most": f"\nиз {brief_points(most)}" if most else "",
        "notes": " ".join((*sheet.notes, *incident_notes(sheet))),
    }


def _workplaces(count: int | None, needed: int) -> str:
    if count is None:
        return ""
    spare = count - needed
    if spare <= 0 or not needed:
        return str(count)
    numbers = str(count) if spare == 1 else f"{needed + 1}–{count}"
    word = "резервное" if spare == 1 else "резервные"
    return f"{needed} ({word}: № {numbers})"


def _hours(moment: datetime | None) -> str:
    return f"{moment:%H}{NBSP}ч {moment:%M}{NBSP}мин" if moment else ""


def _draw(sheet: ExamSheet) -> dict[str, str]:
    draw, by_hand = sheet.draw, changed_places(sheet.participants)
    facts = {
        "draw_changes": f"Изменено вручную: {by_hand}." if by_hand else "",
        "draw_again": f"Жеребьёвка проведена повторно: {draw.reason}."
        if draw and draw.reason
        else "",
    }
    if draw is None:
        blanks = ("draw_at", "draw_day", "draw_time", "draw_seed", "draw_sum", "draw_method")
        return {**facts, **dict.fromkeys(blanks, "")}
    return {
        **facts,
        "draw_at": f"{short_date(draw.drawn_at.date())}, {clock(draw.drawn_at)}",
        "draw_day": short_date(draw.drawn_at.date()),
        "draw_time": f"{draw.drawn_at:%H:%M:%S}",
        "draw_seed": draw.seed,
        "draw_sum": draw.list_sum,
        "draw_method": draw.method,
    }


def changed_places(people: Sequence[Participant]) -> str:
    """№ 3 — место 7 вместо 5; № 12 — место 12 без жеребьёвки."""
    told = []
    for at, one in enumerate(people, start=1):
        if one.drawn is not None and one.workplace is not None:
            drawn = f"вместо {one.drawn}" if one.drawn else "без жеребьёвки"
            told.append(f"№ {at} — место {one.workplace} {drawn}")
    return "; ".join(told)


def _grades(bounds: GradeBounds | None) -> dict[str, str]:
    if bounds is None:
        return dict.fromkeys(("grade_two", "grade_three", "grade_four", "grade_five"), "")
    step = Fraction(1, 100)

    def per_cent(value: Fraction) -> str:
        return decimal_comma(rounded(value, 2))

    def between(low: Fraction, high: Fraction) -> str:
        return f"{per_cent(low)}–{per_cent(high - step)}{NBSP}%"

    return {
        "grade_two": f"до{NBSP}{per_cent(bounds.three - step)}{NBSP}%",
        "grade_three": between(bounds.three, bounds.four),
        "grade_four": between(bounds.four, bounds.five),
        "grade_five": f"от{NBSP}{per_cent(bounds.five)}{NBSP}%",
    }


def _duty(expert: GroupExpert) -> Facts:
    return {
        "name": expert.name.full,
        "job": ", ".join(part for part in (expert.organization, expert.post) if part),
        "duty": expert.duty,
        "workplaces": f"№ {expert.workplaces}" if expert.workplaces else "",
    }


def _admitted(sheet: ExamSheet) -> list[Facts]:
    """The expert group first, then the board's member, the center, the others."""
    group = [
        (one.name.full, ROLE_NAMES[role], one.organization)
        for role in (Role.CHIEF, Role.SCORING, Role.TECHNICAL)
        for one in sheet.of_role(role)
    ]
    guests = [one for one in (sheet.board_member, sheet.representative) if one]
    group += [(one.name.full, one.role, one.organization) for one in (*guests, *sheet.admitted)]
    return [{"name": name, "role": role, "organization": where} for name, role, where in group]


def _participants(sheet: ExamSheet) -> list[Facts]:
    """As many empty rows as are planned while names are not known."""
    if not sheet.participants:
        return [{} for _ in range(sheet.planned)]
    return [_participant(one, sheet) for one in sheet.participants]


def _is_decided(one: Participant) -> bool:
    return one.result is not None or one.attended is False or not one.scored


def _participant(one: Participant, sheet: ExamSheet) -> Facts:
    briefed = sheet.preparation_day
    row = {
        "name": one.name.full,
        "group": one.group,
        "workplace": "" if one.workplace is None else str(one.workplace),
        "briefed_on": short_date(briefed) if briefed else "",
        "variant": one.variant,
    }
    if one.attended is False or not one.scored:
        cells = [f"points_{module.number}" for module in sheet.modules]
        unscored = dict.fromkeys([*cells, "total", "percent", "grade"], DASH)
        return {**row, **unscored, "attendance": one.outcome or "неявка"}
    row["attendance"] = one.outcome or one.finished_at
    row |= {f"points_{number}": points(value) for number, value in one.points.items()}
    if one.result:
        row["total"] = points(one.result.total)
        row["percent"] = decimal_comma(rounded(one.result.share * 100, 2))
        row["grade"] = str(one.result.grade) if one.result.grade else ""
    return row


def _signers(sheet: ExamSheet) -> dict[str, list[str]]:
    scoring = [expert.name.signature for expert in sheet.of_role(Role.SCORING)]
    least = sheet.least_experts or (0 if scoring else BLANK_SIGNERS)
    return {
        **board_signers(sheet),
        **incident_signers(),
        **order_signers(sheet),
        "chief": [expert.name.signature for expert in sheet.of_role(Role.CHIEF)],
        "technical": [expert.name.signature for expert in sheet.of_role(Role.TECHNICAL)],
        "scoring": scoring + [""] * max(0, least - len(scoring)),
        "board_member": [sheet.board_member.name.signature] if sheet.board_member else [],
        "representative": [sheet.representative.name.signature] if sheet.representative else [],
    }
