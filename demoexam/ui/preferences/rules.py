"""Настройки → Правила: how strict each warning is; the law itself is not for turning."""

from sqlalchemy.orm import Session

from demoexam.services.college.college import change_setting, college_settings
from demoexam.ui.fields import ChoiceField, Form, NumberField
from demoexam.ui.preferences.section import Section
from demoexam.ui.widgets import label
from demoexam.ui.workspace import Workspace

USUAL = "warning"
LEVELS = ((USUAL, "предупреждать"), ("contradiction", "запрещать"), ("off", "не проверять"))
WARNINGS = {
    "Эксперты": (
        ("taught_group", "Эксперт преподавал группе"),
        ("certificate_expired", "Свидетельство кончится до экзамена"),
        ("certificate_missing", "Нет свидетельства"),
        ("consent_missing", "Нет согласия на обработку данных"),
        ("expert_unavailable", "Эксперт не может в этот день"),
        ("expert_reluctant", "Эксперт просил не ставить в этот день"),
        ("expert_over_week", "Эксперт занят больше дней в неделю, чем достаточно"),
        ("fewer_than_recommended", "Экспертов меньше, чем советует комплект"),
        ("technical_missing", "Нет технического эксперта"),
        ("no_board_member", "Нет члена ГЭК на площадке"),
    ),
    "День и комплект": (
        ("holiday", "Экзамен в праздник"),
        ("weekend", "Экзамен в выходной"),
        ("preparation_day_missing", "Нет дня С-1"),
        ("preparation_day_wrong", "День С-1 не годится"),
        ("notice_too_short", "Сроки ознакомления нарушены"),
        ("group_sits_that_day", "Группа сдаёт в этот день ещё один экзамен"),
        ("slot_too_short", "Времени меньше, чем даёт комплект"),
        ("second_day_missing", "Нет второго дня"),
        ("kit_of_other_specialty", "Комплект другой специальности"),
        ("kit_of_other_year", "Комплект другого года"),
    ),
    "Мастерская": (
        ("workshop_booked", "На это время есть бронь"),
        ("turnaround_too_short", "Перерыв между экзаменами короче нужного"),
        ("outside_opening_hours", "Не умещается в часы работы"),
        ("accreditation_expired", "Аккредитация кончится до экзамена"),
        ("equipment_missing", "Нет оборудования из комплекта"),
    ),
}


class RulesSection(Section):
    TITLE = "Правила"
    ICON = "list-checks"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._levels: dict[str, str] = {}
        self.levels: dict[str, ChoiceField] = {}
        for title, rules in WARNINGS.items():
            form = Form(beside=True)
            for code, words in rules:
                field = self.levels[code] = ChoiceField(LEVELS)
                field.written.connect(lambda level, code=code: self._write(code, level))
                form.add(words, field)
            self.card(title).add(form)
        self._add_limits()

    def show_values(self, session: Session) -> None:
        settings = college_settings(session)
        self._levels = dict(settings.rule_levels)
        for code, field in self.levels.items():
            field.show_value(self._levels.get(code, USUAL))
        self.turnaround.show_value(settings.turnaround_minutes)
        self.certificate.show_value(settings.certificate_months)
        self.week.show_value(settings.expert_week_days)

    def _write(self, code: str, level: str) -> None:
        levels = {**self._levels, code: level}
        if level == USUAL:
            del levels[code]
        self.workspace.perform(
            change_setting, operation="строгость правила", key="rule_levels", value=levels
        )

    def _add_limits(self) -> None:
        card = self.card("Сроки")
        self.turnaround, self.certificate = NumberField(0, 480, "мин"), NumberField(1, 120, "мес")
        self.week = NumberField(0, 7, "дн.")
        form = Form(beside=True)
        form.add("Перерыв между сменами в &мастерской", self.turnaround)
        form.add("Экзаменационных &дней в неделю у эксперта достаточно", self.week)
        form.add("Свидетельство д&ействует, если срок не указан", self.certificate)
        card.add(
            form,
            label("Двойное назначение, свой колледж и нехватка мест запрещены всегда.", "muted"),
        )
        self.write_with(
            self.turnaround, change_setting, "перерыв между сменами", key="turnaround_minutes"
        )
        self.write_with(self.week, change_setting, "дней в неделю", key="expert_week_days")
        self.write_with(
            self.certificate, change_setting, "срок свидетельства", key="certificate_months"
        )
