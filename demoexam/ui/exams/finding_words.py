"""Short words for findings: where a table or a line has no room for the whole sentence."""

from collections.abc import Iterable

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
    "expert_over_week": "Эксперт занят всю неделю",
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
    "group_sits_that_day": "Группа уже сдаёт в этот день",
    "turnaround_too_short": "Короткий перерыв",
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
    "notice_too_short": "Поздно для плана",
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
