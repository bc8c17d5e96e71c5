"""3.2 The plan of the exam's days: the groups, and the order of work of С-1 and С1."""

from demoexam.documents.blocks import Column, Look, Pairs, Text
from demoexam.documents.forms.common import COMMON_PAIRS, NUMBER
from demoexam.documents.template import Field, Scope, Signed, Table, Template
from demoexam.rules.day_plan import Event

CHIEF, TECHNICAL, ROOM = "главный эксперт", "технический эксперт", "{place}"
STAFF_ROOM = "комната экспертов"

# What a step of the plan is called, where it is and who answers for it.
WORDING = (
    (
        Event.READINESS,
        "Получение главным экспертом задания ДЭ; проверка готовности ЦПДЭ, оформление акта",
        ROOM,
        CHIEF,
    ),
    (
        Event.DUTIES,
        "Распределение обязанностей между членами экспертной группы, оформление протокола",
        STAFF_ROOM,
        CHIEF,
    ),
    (
        Event.STAFF_SAFETY,
        "Инструктаж экспертной группы по охране труда и безопасности производства под подпись",
        ROOM,
        TECHNICAL,
    ),
    (Event.REGISTRATION, "Регистрация участников{of_shifts}", ROOM, "организатор"),
    (
        Event.SAFETY,
        "Инструктаж участников по охране труда и безопасности производства под подпись",
        ROOM,
        TECHNICAL,
    ),
    (
        Event.DRAW,
        (
            "Распределение рабочих мест (жеребьёвка); ознакомление с рабочими местами, "
            "оборудованием, планом и условиями оказания первой помощи"
        ),
        ROOM,
        CHIEF,
    ),
    (
        Event.ARRIVAL,
        "Прибытие и регистрация участников{of_shift}, допуск по документам",
        ROOM,
        CHIEF,
    ),
    (
        Event.BRIEFING,
        "Инструктаж участников{of_shift}, размещение на рабочих местах",
        ROOM,
        TECHNICAL,
    ),
    (
        Event.TASK,
        "Ознакомление участников{of_shift} с заданием и правилами; подписи в протоколе",
        ROOM,
        CHIEF,
    ),
    (Event.WORK, "Выполнение задания{in_shift} ({length}{notices})", ROOM, CHIEF),
    (Event.BREAK, "Перерыв{in_shift}", ROOM, CHIEF),
    (
        Event.TURNAROUND,
        (
            "Подготовка рабочих мест для {shift} смены; оценивание работ {previous} смены; "
            "регистрация участников {shift} смены"
        ),
        ROOM,
        "технический эксперт, эксперты",
    ),
    (
        Event.RESULTS,
        (
            "Оценивание работ, оформление протокола проведения ДЭ, заседание ГЭК, "
            "объявление результатов"
        ),
        STAFF_ROOM,
        "главный эксперт, ГЭК",
    ),
)
PARTICULARS = COMMON_PAIRS[:5]  # what all groups of the plan share

PLAN = Template(
    code="3.2",
    kind="ПЛАН",
    title="проведения демонстрационного экзамена",
    name="План проведения экзамена",
    scope=Scope.DAY,
    by_day=False,
    dated="blank",
    wide=True,
    approvals=(
        ("СОГЛАСОВАНО", "Председатель ГЭК", "chair"),
        ("УТВЕРЖДАЮ", "{director_post} {college}", "director"),
    ),
    needs=("specialty", "kit", "center", "address", "check_day", "chair", "director", "deputy"),
    parts=(
        Pairs(PARTICULARS),
        Table(
            (
                NUMBER,
                Field("exam_group", Column("Экзамена\u00adционная группа", 30, "center")),
                Field("study_group", Column("Учебная группа", 28, "center")),
                Field("people", Column("Кол-во участников", 28, "center")),
                Field("shift", Column("Смена, время", 44, "center")),
                Field("kit", Column("{kit_term}, уровень", 50, "center")),
                Field("center", Column("ЦПДЭ")),
            ),
            source="planned_groups",
            caption="Экзаменационные группы",
        ),
        Table(
            (
                NUMBER,
                Field("hours", Column("Время", 27, "center")),
                Field("what", Column("Мероприятие")),
                Field("where", Column("Место", 45)),
                Field("who", Column("Ответственный", 48)),
            ),
            source="steps",
            rows=tuple(
                {"event": event.value, "what": what, "where": where, "who": who}
                for event, what, where, who in WORDING
            ),
            caption="Порядок работы",
        ),
        Text(
            "С планом участники и лица, обеспечивающие проведение экзамена, знакомятся под "
            "подпись не позднее чем за 5 рабочих дней до экзамена (лист ознакомления "
            "прилагается).",
            Look.NOTE,
            1,
        ),
        Signed((("{deputy_post}", "deputy"),)),
    ),
)
