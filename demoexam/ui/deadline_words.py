"""How near a deadline is, in words and as a tone; needs no store."""

from datetime import date

from demoexam.text import WEEKDAYS_SHORT, counted, day_month
from demoexam.ui.tokens import Tone

SOON_DAYS = 3  # so near that it is shown as pressing


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
