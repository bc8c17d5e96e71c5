"""Russian names of the tables, columns and merge units, as a history or a conflict shows them."""

from collections.abc import Mapping

TABLES: Mapping[str, str] = {
    "assessment_kit": "Комплект заданий", "assignment": "Назначение",
    "board_member": "Член комиссии", "calendar_day": "День календаря",
    "certificate": "Свидетельство", "cluster": "Кластер", "competence": "Компетенция",
    "conflict": "Расхождение", "coordinator": "Координатор",
    "declined_name": "Имя в падеже", "document_template": "Бланк колледжа",
    "employment": "Место работы",
    "erasure": "Удаление персональных данных", "exam_board": "Экзаменационная комиссия",
    "exam_center": "Центр проведения", "exam_place": "Участник",
    "exam_session": "Экзамен", "examinee": "Студент", "expert": "Эксперт",
    "grade_scale": "Шкала оценок", "import_mapping": "Разметка файла",
    "incident": "Случай на экзамене", "industry": "Отрасль",
    "kinship_link": "Родственник студента",
    "organization": "Организация", "plan_version": "Версия плана",
    "printed_document": "Напечатанный документ",
    "setting": "Настройка", "share_target": "Цель года", "specialty": "Специальность",
    "staffing_rule": "Норма экспертов", "study_group": "Группа", "task_module": "Модуль задания",
    "teaching_link": "Учил группу", "unavailability": "Когда не может", "workshop": "Мастерская",
    "workshop_booking": "Занятость мастерской", "workplace_draw": "Жеребьёвка",
}  # fmt: skip

COLUMNS: Mapping[str, str] = {  # the same in every table, unless OWN says otherwise
    "accredited_until": "Аккредитована до", "active": "Действующий", "address": "Адрес",
    "answer": "Ответ", "at": "Когда", "attended": "Явка", "board_id": "Комиссия",
    "board_member": "Член ГЭК", "city": "Город", "client": "Компьютер", "cluster_id": "Кластер",
    "clause": "Основание", "code": "Код", "college_id": "Колледж", "columns": "Столбцы",
    "compensation": "Добавлено минут",
    "consent_document": "Документ о согласии",
    "consent_on": "Дата согласия", "consent_withdrawn": "Согласие отозвано",
    "contact": "Контактное лицо", "content": "Содержание", "content_hash": "Отпечаток содержания",
    "core_points": "Баллы инвариантной части", "counts_as_employer": "Считать работодателем",
    "counts": "Работа оценивается", "course": "Курс", "day": "День", "declension": "Падеж",
    "declined": "Как писать", "deleted": "Удалена", "deleted_by": "Кем удалена",
    "drawn_at": "Проведена", "duty": "Обязанность", "email": "E-mail", "ended": "До",
    "ends_at": "Конец",
    "equipment": "Оборудование", "exam_center_id": "Центр проведения", "exam_days": "Дней экзамена",
    "examinee_id": "Студент", "expert_id": "Эксперт", "explanation": "Объяснения",
    "finished_at": "Закончил",
    "first_name": "Имя", "five": "Пять от, %", "founder": "Учредитель", "four": "Четыре от, %",
    "from_day": "С", "full_name": "Полное название", "group_id": "Группа",
    "head_count": "Участников", "head_name": "Руководитель", "head_post": "Должность руководителя",
    "header_rows": "Строк в шапке",
    "held": "Отложена", "id": "Номер записи", "industry_id": "Отрасль", "inn": "ИНН",
    "is_main": "Основное место", "is_short": "Сокращённый", "is_working": "Рабочий",
    "issued_by": "Кем выдано", "issued_on": "Выдано", "key": "Настройка", "kind": "Вид",
    "kit_id": "Комплект", "last_name": "Фамилия", "legal_form": "Правовая форма",
    "level": "Уровень", "login": "Имя входа", "max_points": "Наибольший балл", "method": "Способ",
    "middle_name": "Отчество", "minimum": "Экспертов не менее", "minutes": "Минут",
    "name": "Название", "needs_assistant": "Нужен ассистент", "note": "Заметка",
    "number": "Номер", "only_these": "Только эти дни", "open_saturday": "Открыта в субботу",
    "opening_hours": "Часы работы", "order_date": "Дата приказа", "order_number": "Номер приказа",
    "organization_id": "Организация", "organizer": "Кто занимает",
    "override_reason": "Почему так считается", "owner_id": "Чья запись",
    "participants": "Участников", "percent": "Доля, %", "person": "Кто",
    "period": "Период",
    "person_hash": "Отпечаток СНИЛС", "phone": "Телефон", "pinned": "Закреплён", "places": "Мест",
    "points": "Баллы", "post": "Должность", "preparation_day": "День подготовки",
    "printed_at": "Напечатан", "printed_by": "Кем напечатан", "purpose": "Для чего",
    "reason": "Причина", "recommended": "Рекомендуется экспертов", "role": "Роль",
    "roles": "Роли", "room": "Кабинет", "second_day": "Второй день", "seed": "Зерно жеребьёвки",
    "session_id": "Экзамен", "series": "Повторяется",
    "short_name": "Название", "soft": "По возможности", "source": "Отпечаток шапки",
    "specialty_id": "Специальность", "started": "С",
    "starts_at": "Начало", "state": "Состояние", "status": "Статус", "taken_at": "Когда утверждена",
    "three": "Три от, %",
    "title": "Название", "to_day": "По",
    "turnaround": "Минут на подготовку мест", "valid_from": "Работает с", "valid_to": "Работает по",
    "valid_until": "Действует до", "value": "Значение",
    "variable_points": "Баллы вариативной части", "variant": "Вариант", "verified": "Проверен",
    "words": "Именительный падеж", "workplace": "Рабочее место",
    "workplaces": "Рабочие места", "workplaces_from": "Рабочих мест от",
    "workplaces_to": "Рабочих мест до", "workshop_id": "Мастерская", "year": "Год",
}  # fmt: skip

OWN: Mapping[tuple[str, str], str] = {
    ("exam_session", "number"): "Номер смены",
    ("study_group", "year"): "Год выпуска",
    ("study_group", "head_count"): "Студентов по плану",
    ("workshop", "organization_id"): "Владелец",
    ("certificate", "kind"): "Документ",
    ("coordinator", "name"): "Имя",
    ("assessment_kit", "minutes"): "Минут в день",
}

UNITS: Mapping[tuple[str, str], str] = {
    ("exam_session", "place_time"): "Время и мастерская",
    ("workshop_booking", "place_time"): "Время и мастерская",
    ("employment", "term"): "Время работы",
    ("employment", "side"): "Считать работодателем",
    ("unavailability", "term"): "Дни",
    ("staffing_rule", "range"): "Число рабочих мест",
    ("grade_scale", "bounds"): "Границы оценок",
    ("conflict", "resolution"): "Решение",
}

SETTINGS: Mapping[str, str] = {
    "deadline_terms": "Сроки",
    "college_logo": "Логотип колледжа", "paper_footer": "Низ каждого листа",
    "head_founder": "Шапка бумаг, первая строка", "head_legal_form": "Шапка бумаг, вторая строка",
    "head_name": "Шапка бумаг, название", "head_short": "Шапка бумаг, последняя строка",
}  # fmt: skip
PICTURE = "картинка, {size} КБ"

DELETION = "Удаление"

CONFLICT_WORDS: Mapping[str, str] = {
    "field": "разные значения", "deletion": "удалена и изменена", "rule": "нарушает план",
    "duplicate": "двойник", "open": "ждёт решения", "resolved": "решено",
}  # fmt: skip
BOARD_ROLES: Mapping[str, str] = {
    "chair": "председатель", "deputy": "заместитель председателя", "secretary": "секретарь",
    "member": "член комиссии",
}  # fmt: skip
SPECIALTY_KINDS: Mapping[str, str] = {"profession": "профессия", "specialty": "специальность"}
