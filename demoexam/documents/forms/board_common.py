"""What the papers of the examination board have in common: who sat, the results, the vote."""

from demoexam.documents.blocks import Column, Lines, Look, Pair, Text
from demoexam.documents.forms.common import NUMBER
from demoexam.documents.template import Field, Table
from demoexam.text import NBSP

ROOM = "_____"
BOARD_PAIRS = (
    Pair("Председатель", "{chair_line}", wide=True),
    Pair("Заместитель", "{deputy_line}", wide=True),
    Pair("Члены ГЭК", "{member_lines}", wide=True),
)
EXAM_PAIRS = (
    Pair("Специальность", "{specialty}", wide=True),
    Pair("Шифр {kit_term}", "{kit}"),
    Pair("Уровень ДЭ", "{exam_level}"),
    Pair("ЦПДЭ, адрес", "{center_address}", wide=True),
    Pair("Учебная группа", "{study_group}"),
    Pair("Экз. группа, смена", "{group_shift}"),
)
HOURS_PAIRS = (Pair("Начало работы", ""), Pair("Окончание работы", ""))

CHAIR = ("Председатель ГЭК", "chair")
SECRETARY = ("Секретарь ГЭК", "secretary")
BOARD_CHIEF = ("Главный эксперт ДЭ", "chief")

HEARD = Text(
    "Слушали: главного эксперта с протоколом проведения демонстрационного экзамена "
    "от {protocol_day} № {protocol_number}.",
    Look.PLAIN,
    1.5,
)
RESULTS = Table(
    (
        NUMBER,
        Field("last", Column("Фамилия", 44)),
        Field("first", Column("Имя", 30)),
        Field("middle", Column("Отчество (при наличии)")),
        Field("total", Column("Итоговые баллы", 22, "right")),
        Field("grade", Column("Оценка", 26, "center")),
    ),
    source="graduates",
    row_height=6.5,
)
VOTE = Text(
    f"Итоги голосования председателя и членов комиссии: «За»{NBSP}—{NBSP}{ROOM}{NBSP}голосов; "
    f"«Против»{NBSP}—{NBSP}{ROOM}{NBSP}голосов; «Воздержался»{NBSP}—{NBSP}{ROOM}{NBSP}голосов.",
    Look.PLAIN,
    0,
)
DECISION = Lines("Решение принято:", caption="(единогласно, большинством голосов)")
OPINIONS = Lines("Особые мнения членов комиссии:")
