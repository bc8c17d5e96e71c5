"""3.3 Who has read the plan: the examinees, the experts and others who serve the exam."""

from demoexam.documents.blocks import Column, Look, Pair, Pairs, Text
from demoexam.documents.forms.common import COMMON_PAIRS, NUMBER, SIGNATURE
from demoexam.documents.template import Field, Scope, Table, Template

ACQUAINTANCE = Template(
    code="3.3",
    kind="ЛИСТ ОЗНАКОМЛЕНИЯ",
    title="с планом проведения демонстрационного экзамена",
    name="Лист ознакомления с планом",
    scope=Scope.DAY,
    by_day=False,
    dated="blank",
    needs=("specialty", "kit", "center", "address", "chief", "scoring", "names"),
    parts=(
        Pairs((*COMMON_PAIRS[:5], Pair("Дата ДЭ", "{exam_day}"), Pair("План", "№ {plan_number}"))),
        Text(
            "Подпись удостоверяет ознакомление с планом проведения демонстрационного экзамена "
            "не позднее чем за 5 рабочих дней до экзамена.",
            Look.NOTE,
        ),
        Table(
            (
                NUMBER,
                Field("name", Column("Фамилия, имя, отчество (при наличии)")),
                Field("day", Column("Дата", 34)),
                Field("signature", Column(SIGNATURE, 42)),
            ),
            source="acquainted",
            row_height=9,
            blank_rows=6,
            min_blank=0,
        ),
    ),
)
