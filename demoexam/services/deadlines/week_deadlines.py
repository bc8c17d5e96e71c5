"""What is due in the next days around all exams, and what is late, as plain lines for Обзор."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from demoexam.rules.deadlines import Deadline, DeadlineState
from demoexam.services.deadlines.deadlines import ExamDeadlines, deadlines_between, tickable
from demoexam.services.deadlines.terms import LONGEST, deadline_terms

WEEK, LATE = 7, 30  # days ahead that are shown, and days of the past that are asked about
NAMED = 3  # exams named in a line

Line = dict[str, Any]


def week_deadlines(session: Session, *, today: date) -> list[Line]:
    """A line a thing and day, what is late first; each leads to its earliest exam."""
    longest = max(term.days for term in deadline_terms(session).values())
    last = today + timedelta(days=min(2 * longest, LONGEST) + 2 * WEEK)  # weekends count too
    exams = deadlines_between(session, first=today - timedelta(days=LATE), last=last, today=today)
    grouped: dict[tuple[bool, str, str], list[tuple[ExamDeadlines, Deadline]]] = defaultdict(list)
    for exam in exams:
        for one in _pressing(exam.deadlines):
            late = one.days_left < 0
            day = "" if late else one.due.isoformat()
            grouped[not late, day, one.term.code].append((exam, one))
    return [_line(found) for _, found in sorted(grouped.items(), key=lambda each: each[0][:2])]


def _pressing(told: Sequence[Deadline]) -> Iterable[Deadline]:
    for one in told:
        due = one.state is DeadlineState.DUE and one.days_left < WEEK and not one.term.passes
        if due or one.state is DeadlineState.OVERDUE:
            yield one


def _title(found: Sequence[tuple[ExamDeadlines, Deadline]]) -> str:
    """«План проведения утверждён (после утверждения изменены: 2)»."""
    title, differ = found[0][1].term.title, sum(bool(one.remark) for _, one in found)
    return f"{title} (после утверждения изменены: {differ})" if differ else title


def _line(found: Sequence[tuple[ExamDeadlines, Deadline]]) -> Line:
    first, one = min(found, key=lambda each: each[1].due)
    groups = list(dict.fromkeys(exam.group for exam, _ in found))
    more = len(groups) - NAMED
    named = ", ".join(groups[:NAMED])
    return {
        "id": first.id,
        "code": one.term.code,
        "ids": [exam.id for exam, _ in found] if tickable(one) else [],
        "due": one.due.isoformat(),
        "year": first.starts_at.year,
        "left": one.days_left,
        "title": _title(found),
        "groups": f"{named} и ещё {more}" if more > 0 else named,
        "exams": len(found),
    }
