"""How the blanks of the forms and those who sign are called for people who edit them."""

BLANK_GROUPS = {
    "Экзамен": {
        "specialty": "Специальность",
        "trade": "«специальности» или «профессии»",
        "programme": "Программа, по которой учились",
        "kit": "Шифр комплекта со словом КОД",
        "kit_term": "Слово для комплекта: КОД",
        "level": "Вид и уровень ДЭ",
        "exam_level": "Уровень ДЭ",
        "center": "ЦПДЭ",
        "address": "Адрес ЦПДЭ",
        "center_address": "ЦПДЭ с адресом",
        "exam_group": "Экзаменационная группа",
        "study_group": "Учебная группа",
        "group_shift": "Экзаменационная группа и смена",
        "group_hours": "Группы, смена и часы",
        "shift": "Смена",
        "exam_day": "Дата экзамена",
        "check_day": "Дата подготовительного дня",
        "started": "Время начала",
        "ended": "Время окончания",
        "workplaces": "Рабочих мест, с резервными",
        "places_needed": "Сколько нужно рабочих мест",
        "most_points": "Наибольший балл",
        "of_most": "«из 100» под словом «Итого»",
        "notes": "Примечания к участникам",
        "year": "Год",
    },
    "Жеребьёвка": {
        "draw_at": "Дата и время жеребьёвки",
        "draw_day": "Дата",
        "draw_time": "Время",
        "draw_seed": "Зерно",
        "draw_sum": "Контрольная сумма списка",
        "draw_method": "Способ",
        "draw_again": "Почему повторена",
        "draw_changes": "Места, заменённые вручную",
    },
    "Отметки": {
        "grade_two": "Границы отметки «2»",
        "grade_three": "Границы отметки «3»",
        "grade_four": "Границы отметки «4»",
        "grade_five": "Границы отметки «5»",
    },
    "Участник": {
        "person": "Фамилия, имя, отчество",
        "person_place": "Рабочее место",
        "person_grade": "Отметка",
        "person_exam_day": "Дата экзамена",
    },
    "Происшествие": {
        "incident_name": "С кем",
        "incident_role": "Роль этого лица",
        "incident_place": "Рабочее место",
        "incident_time": "Время",
        "incident_clause": "Пункт правил",
        "incident_reason": "Причина",
        "incident_explanation": "Объяснение",
        "box_examinee": "Квадрат «участник»",
        "box_expert": "Квадрат «эксперт»",
        "box_other": "Квадрат «иное лицо»",
        "box_counts": "Квадрат «результат засчитан»",
        "box_annulled": "Квадрат «результат аннулирован»",
    },
    "ГЭК и колледж": {
        "college": "Колледж, краткое название",
        "director_post": "Должность руководителя",
        "deputy_post": "Должность заместителя",
        "to_chiefs": "«Главному эксперту» или «Главным экспертам»",
        "executor": "Кому поручено (дательный падеж)",
        "board_order": "Приказ о составе ГЭК",
        "board_year": "Год ГЭК",
        "chair_line": "Председатель ГЭК с должностью",
        "deputy_line": "Заместитель председателя ГЭК с должностью",
        "secretary_line": "Секретарь ГЭК с должностью",
        "member_lines": "Члены ГЭК, по одному в строке",
        "thesis": "Вид выпускной работы",
    },
    "Другие документы": {
        "protocol_number": "Номер протокола экзамена",
        "protocol_day": "Дата протокола экзамена",
        "plan_number": "Номер плана",
        "order_number": "Номер приказа",
        "order_day": "Дата приказа",
        "season_kits": "Комплекты и уровни года",
        "item_check": "Номер пункта приказа о проверке",
        "item_notice": "Номер пункта приказа об ознакомлении",
        "item_control": "Номер пункта приказа о контроле",
        "item": "Номер пункта приказа",
        "whom": "Кого назначить (винительный падеж)",
        "line": "Черта для записи от руки",
    },
    "Доля работодателей": {
        "period": "Период отчёта",
        "taken_on": "Дата данных",
        "method": "Способ расчёта",
        "more_needed": "Что нужно для цели",
        "unknown": "Сколько неизвестных",
        "carried": "Откуда перенесена цель",
    },
    "План сезона": {
        "order": "Порядок: по мастерским или по дням",
        "count": "Сколько экзаменов",
        "people": "Сколько участников",
        "unplaced": "Экзамены без даты",
        "before": "Прежний план",
        "after": "Новый план",
        "nothing": "Слова «изменений нет»",
    },
    "Модули": {
        "number": "Номер модуля",
        "most": "Наибольший балл модуля",
    },
}
BLANK_WORDS = {name: words for group in BLANK_GROUPS.values() for name, words in group.items()}

LIST_WORDS = {"appointed": "Назначенные главные эксперты"}  # conditions of parts

SIGNER_WORDS = {
    "": "от руки",
    "chief": "Главный эксперт",
    "technical": "Технический эксперт",
    "scoring": "Члены экспертной группы",
    "board_member": "Член ГЭК на экзамене",
    "representative": "Представитель ЦПДЭ",
    "chair": "Председатель ГЭК",
    "board_deputy": "Заместитель председателя ГЭК",
    "secretary": "Секретарь ГЭК",
    "board_members": "Члены ГЭК",
    "director": "Руководитель колледжа",
    "deputy": "Заместитель руководителя",
    "coordinator": "Координатор",
    "incident_person": "Лицо из происшествия",
    "by_hand": "Пустая строка",
}


def blank_title(name: str) -> str:
    """The blank, or the list, in words; a new one of the program by its name."""
    return BLANK_WORDS.get(name) or LIST_WORDS.get(name, name)


def signer_title(source: str) -> str:
    return SIGNER_WORDS.get(source, source)
