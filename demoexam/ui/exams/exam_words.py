"""How an exam's facts are written on its page: day and hours, state, roles, sides."""

from datetime import date, datetime, timedelta

from demoexam.rules.terms import Answer, ExamLevel, Role, SessionState, Side
from demoexam.text import WEEKDAYS_SHORT, clock, day_month
from demoexam.ui.tokens import Tone

STATES = {
    SessionState.DRAFT: ("Черновик", Tone.GREY),
    SessionState.PLANNED: ("В плане", Tone.ACCENT),
    SessionState.ANNOUNCED: ("Объявлен", Tone.ACCENT),
    SessionState.DONE: ("Проведён", Tone.OK),
    SessionState.CLOSED: ("Закрыт", Tone.GREY),
}
HELD = ("Отложен", Tone.BAD)
LEVELS = {
    ExamLevel.INTERIM: "промежуточный",
    ExamLevel.BASIC: "базовый",
    ExamLevel.PROFILE: "профильный",
}
ROLES = {
    Role.CHIEF: "Главный",
    Role.SCORING: "Оценивает",
    Role.TECHNICAL: "Технический",
}
SEATS = {
    Role.CHIEF: "главного эксперта",
    Role.SCORING: "оценивающего",
    Role.TECHNICAL: "технического эксперта",
}
SIDES = {
    Side.EMPLOYER: ("Работодатель", Tone.ACCENT),
    Side.EDUCATION: ("Колледж", Tone.GREY),
    Side.OTHER: ("Другое", Tone.GREY),
    Side.UNKNOWN: ("Неизвестно", Tone.WARN),
}
ANSWERS = {
    Answer.INVITED: ("Приглашён", "mail", ""),
    Answer.CONFIRMED: ("Подтвердил", "circle-check", Tone.OK),
    Answer.REFUSED: ("Отказался", "circle-x", Tone.BAD),
    Answer.ATTENDED: ("Участвовал", "user-check", Tone.OK),
}
MONTHS_IN = (
    "январе", "феврале", "марте", "апреле", "мае", "июне",
    "июле", "августе", "сентябре", "октябре", "ноябре", "декабре",
)  # fmt: skip


def day_words(day: date, second: date | None = None) -> str:
    """«28 мая, вт», «28–29 мая»."""
    if second is None:
        return f"{day_month(day)}, {WEEKDAYS_SHORT[day.weekday()]}"
    if second == day + timedelta(days=1) and second.month == day.month:
        return f"{day.day}–{day_month(second)}"
    return f"{day_month(day)} и {day_month(second)}"


def hours_words(starts_at: datetime, ends_at: datetime | None) -> str:
    """«09:00–13:30»."""
    return f"{clock(starts_at)}–{clock(ends_at)}" if ends_at else f"с {clock(starts_at)}"
