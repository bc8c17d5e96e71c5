"""How a deadline is told: when it is, how many days are left, and in which tone."""

from datetime import date

from demoexam.rules.deadlines import Deadline, DeadlineState
from demoexam.text import WEEKDAYS_SHORT, counted, day_month
from demoexam.ui.tokens import Tone

SOON_DAYS = 3  # so near that it is shown as pressing
SIGNS = {
    Tone.OK: "circle-check",
    Tone.BAD: "circle-x",
    Tone.WARN: "clock",
    Tone.ACCENT: "clock",
    Tone.GREY: "circle-dashed",
}


def left_words(days: int) -> str:
    """«сегодня», «завтра», «через 3 дня», «просрочено на 2 дня»."""
    if days < 0:
        return f"просрочено на {counted(-days, 'день', 'дня', 'дней')}"
    near = {0: "сегодня", 1: "завтра"}
    return near.get(days) or f"через {counted(days, 'день', 'дня', 'дней')}"


def left_tone(days: int) -> Tone:
    if days < 0:
        return Tone.BAD
    return Tone.WARN if days <= SOON_DAYS else Tone.ACCENT


def due_words(day: date) -> str:
    """«10 июня, ср»."""
    return f"{day_month(day)}, {WEEKDAYS_SHORT[day.weekday()]}"


def deadline_words(one: Deadline) -> tuple[str, Tone]:
    """The state of a deadline in a few words, and its tone."""
    if one.state is DeadlineState.NOT_APPLICABLE:
        return one.spared, Tone.GREY
    if one.state is not DeadlineState.MET:
        return f"до {due_words(one.due)}, {left_words(one.days_left)}", left_tone(one.days_left)
    if one.done is None:
        return f"закончился {day_month(one.due)}", Tone.OK
    on = f" {day_month(one.done.day)}" if one.done.day else ""
    by_hand = ", отмечено вручную" if one.done.by_hand else ""
    late = f", позже срока {day_month(one.due)}" if one.late else ""
    return f"сделано{on}{late}{by_hand}", Tone.WARN if one.late else Tone.OK
