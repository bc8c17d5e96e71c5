"""What is wrong with the rows of a file, told at the rows; what contradicts the plan is held."""

from dataclasses import replace
from datetime import date
from operator import attrgetter

from demoexam.exchange.values import ROW, FileContent
from demoexam.services.imports.draft import Draft
from demoexam.services.imports.holding import hold_and_check
from demoexam.services.imports.plan import ImportPlan, RowPlan, Status
from demoexam.services.imports.schedule import ScheduleImport


def judge(draft: Draft, schedule: ScheduleImport, plan: ImportPlan, today: date) -> None:
    """Hold what contradicts, and lead each finding back to its row."""
    found = hold_and_check(draft, schedule.sittings, schedule.came, today)
    plan.conflicts = [(schedule.sittings[each.session].place, each) for each in found]
    told: dict[str, list[str]] = {}
    for each in found:
        told.setdefault(each.session, []).append(str(each))
    held = {ident for ident in schedule.came if draft.is_held(ident)}
    plan.held_assignments = len(held - schedule.sittings.keys())
    plan.rows = [
        _with_reasons(row, told[row.record_id], held=row.record_id in held)
        if row.record_id in told
        else row
        for row in plan.rows
    ]
    plan.content = _with_findings(plan.content, schedule)


def _with_reasons(row: RowPlan, reasons: list[str], *, held: bool) -> RowPlan:
    status = Status.HELD if held and row.status is Status.NEW else row.status
    return replace(row, status=status, reasons=(*row.reasons, *reasons))


def _with_findings(content: FileContent, schedule: ScheduleImport) -> FileContent:
    return replace(content, findings=(*content.findings, *schedule.findings))


def tell_errors(plan: ImportPlan) -> None:
    """Rows that cannot be loaded at all, and what was left out of those that can."""
    content = plan.content
    rows = {row.place: i for i, row in enumerate(plan.rows)} if content.findings else {}
    kind = content.kinds[0]
    for found in content.findings:
        index = rows.get(found.place)
        text = str(found).partition(": ")[2]
        if index is None and found.level == ROW:
            rows[found.place] = len(plan.rows)
            plan.rows.append(
                RowPlan(found.place, kind, Status.ERROR, found.bad_value, reasons=(text,))
            )
        elif index is not None and text not in plan.rows[index].reasons:
            plan.rows[index] = _with_reasons(plan.rows[index], [text], held=False)
    plan.rows.sort(key=attrgetter("place.sheet", "place.row"))
