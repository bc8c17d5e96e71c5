"""3.4 The act of readiness of the exam center."""

from demoexam.documents.blocks import Column, Lines, Look, Pair, Text
from demoexam.documents.forms.common import (
    CHIEF,
    COMMON_NEEDS,
    NUMBER,
    SCORING,
    TECHNICAL,
    particulars,
)
from demoexam.documents.template import Field, Signed, Table, Template
from demoexam.text import NBSP

GAP = NBSP * 4

# Fact, conformity and remark stay empty: whoever checks writes them.
CHECKS = (
    ("Застройка площадки", "по плану застройки {kit_term}"),
    ("Рабочие места участников", "не менее {places_needed}"),
    ("Оборудование рабочих мест (зона\u00a0А)", "по перечню {kit_term}"),
    ("Общая зона (зона\u00a0Б)", "по перечню {kit_term}"),
    ("Рабочее место главного эксперта, места экспертов (зона\u00a0В)", "по перечню {kit_term}"),
    ("Программное обеспечение", "установлено, запускается на каждом месте"),
    ("Расходные материалы", "по числу участников"),
    ("Охрана труда: инструкции, журнал, маркировка", "в наличии"),
    ("Аптечка первой помощи, огнетушители", "укомплектованы, срок годности"),
    ("Видеонаблюдение (если предусмотрено)", "запись ведётся"),
    ("Доступ в интернет", "ограничен по условиям {kit_term}"),
    ("Часы, видимые с каждого рабочего места", "в наличии"),
)

READINESS = Template(
    code="3.4",
    kind="АКТ",
    title="результатов проверки готовности центра проведения демонстрационного экзамена",
    name="Акт готовности ЦПДЭ",
    dated="preparation",
    needs=(*COMMON_NEEDS, "check_day", "chief", "technical", "scoring", "representative"),
    parts=(
        particulars(Pair("Дата проверки", "{check_day}"), Pair("Время проверки", "")),
        Table(
            (
                NUMBER,
                Field("position", Column("Проверяемая позиция")),
                Field("requirement", Column("Требование", 40)),
                Field("fact", Column("Факт", 32)),
                Field("conforms", Column("Соответ\u00adствует (да/нет)", 20, "center")),
                Field("remark", Column("Примечание", 24)),
            ),
            rows=tuple({"position": what, "requirement": needed} for what, needed in CHECKS),
            row_height=8,
            blank_rows=3,
            min_blank=1,
        ),
        Text(
            f"Вывод: к проведению демонстрационного экзамена ЦПДЭ{GAP}□{NBSP}готов"
            f"{GAP}□{NBSP}не{NBSP}готов{GAP}(отметить «×»)",
            Look.PLAIN,
            0,
        ),
        Lines("Замечания, срок устранения:", 2),
        Signed(
            (
                CHIEF,
                TECHNICAL,
                SCORING,
                (
                    "Представитель организации, на базе которой создан ЦПДЭ",
                    "representative",
                ),
            )
        ),
    ),
)
