"""Short words for findings: where a table or a line has no room for the whole sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from demoexam.rules.terms import Level
from demoexam.rules.violation import Violation
from demoexam.ui.tokens import Tone

TITLES = {
    "expert_from_same_college": "Эксперт своего колледжа",
    "taught_group": "Эксперт учил эту группу",
    "kin": "Родственник студента",
    "certificate_expired": "Срок свидетельства",
    "certificate_missing": "Нет свидетельства",
    "consent_missing": "Нет согласия на данные",
    "expert_unavailable": "Эксперт не может прийти",
    "expert_reluctant": "Эксперт просил не ставить",
    "chief_scores": "Главный эксперт оценивает",
    "technical_scores": "Технический эксперт оценивает",
    "expert_listed_twice": "Эксперт назначен дважды",
    "second_chief": "Два главных эксперта",
    "too_few_experts": "Мало оценивающих",
    "fewer_than_recommended": "Меньше рекомендованного",
    "chief_missing": "Нет главного эксперта",
    "technical_missing": "Нет технического эксперта",
    "no_board_member": "Член ГЭК на площадке",
    "expert_double_booked": "Эксперт занят",
    "workshop_double_booked": "Мастерская занята",
    "group_double_booked": "Группа занята",
    "more_students_than_places": "Не хватает рабочих мест",
    "workshop_closed": "Мастерская закрыта",
    "workshop_booked": "В мастерской бронь",
    "outside_opening_hours": "Вне часов мастерской",
    "accreditation_expired": "Аккредитация кончается",
    "equipment_missing": "Не хватает оборудования",
    "workshop_missing": "Нет мастерской",
    "date_missing": "Нет даты",
    "holiday": "Нерабочий день",
    "weekend": "Выходной день",
    "preparation_day_missing": "Нет дня С-1",
    "preparation_day_wrong": "День С-1 не годится",
    "notice_too_short": "Меньше 20 дней",
    "slot_too_short": "Мало времени",
    "second_day_missing": "Нет второго дня",
    "kit_of_other_specialty": "Комплект не той специальности",
    "kit_of_other_year": "Комплект другого года",
    "held_mended": "Можно вернуть в план",
    "share_below_target": "Доля ниже цели",
}
TONES = {Level.CONTRADICTION: Tone.BAD, Level.INCOMPLETE: Tone.WARN, Level.WARNING: Tone.WARN}
ICONS = {
    Level.CONTRADICTION: "circle-x",
    Level.INCOMPLETE: "circle-dashed",
    Level.WARNING: "triangle-alert",
}


@dataclass(frozen=True)
class Topic:
    """A line of the check before an exam: what is well when none of `codes` is found."""

    name: str
    passed: str
    codes: frozenset[str]


def _topic(name: str, passed: str, *codes: str) -> Topic:
    return Topic(name, passed, frozenset(codes))


TOPICS = (
    _topic(
        "time", "Эксперты свободны", "expert_double_booked", "expert_unavailable",
        "expert_reluctant",
    ),
    _topic(
        "independence", "Нет работников своего колледжа", "expert_from_same_college",
        "taught_group", "kin",
    ),
    _topic(
        "staff", "Экспертная группа полна", "too_few_experts", "fewer_than_recommended",
        "chief_missing", "technical_missing", "second_chief", "chief_scores",
        "technical_scores", "expert_listed_twice",
    ),
    _topic("certificates", "Свидетельства действуют", "certificate_expired", "certificate_missing"),
    _topic("consent", "Согласия на обработку ПДн", "consent_missing"),
    _topic("places", "Мест хватает", "more_students_than_places", "workshop_missing"),
    _topic(
        "workshop", "Мастерская свободна", "workshop_double_booked", "workshop_closed",
        "workshop_booked", "outside_opening_hours", "accreditation_expired",
        "equipment_missing",
    ),
    _topic(
        "kit", "Комплект подходит", "kit_of_other_specialty", "kit_of_other_year",
        "slot_too_short", "second_day_missing",
    ),
    _topic("group", "Группа свободна", "group_double_booked"),
    _topic("day", "День рабочий, срок выдержан", "holiday", "weekend", "notice_too_short",
           "date_missing"),
    _topic("preparation", "Подготовительный день", "preparation_day_missing",
           "preparation_day_wrong"),
    _topic("board", "Член ГЭК на площадке", "no_board_member"),
    _topic("share", "Доля работодателей", "share_below_target"),
)  # fmt: skip


def title(found: Violation) -> str:
    """Two or three words of a finding; a held row says that it is."""
    return TITLES.get(found.code, found.code)


def sentence(found: Violation) -> str:
    """The whole sentence, with a word before it if it is about a held row."""
    return f"Отложено. {found}" if found.held else str(found)


def worst(findings: Iterable[Violation]) -> Violation | None:
    """The first of the severest level."""
    order = list(Level)
    return min(findings, key=lambda found: order.index(found.level), default=None)


def passed_topics(findings: Sequence[Violation]) -> list[Topic]:
    """The topics in which nothing was found."""
    found = {each.code for each in findings}
    return [topic for topic in TOPICS if not topic.codes & found]
