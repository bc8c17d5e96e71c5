"""3.8 The safety briefing of the examinees."""

from demoexam.documents.blocks import Column, Look, Text
from demoexam.documents.forms.common import CHIEF, COMMON_NEEDS, NUMBER, SIGNATURE, particulars
from demoexam.documents.template import Field, Signed, Table, Template

SAFETY = Template(
    code="3.8",
    kind="ПРОТОКОЛ",
    title="об ознакомлении участников с правилами охраны труда\nи безопасности производства",
    name="Охрана труда участников",
    dated="preparation",
    needs=(*COMMON_NEEDS, "check_day", "chief", "technical", "names"),
    parts=(
        particulars(),
        Text(
            "Подпись удостоверяет, что участник прослушал инструктаж, понял правила "
            "и обязуется их соблюдать.",
            Look.NOTE,
        ),
        Table(
            (
                NUMBER,
                Field("name", Column("Фамилия, имя, отчество (при наличии) участника")),
                Field("briefed_on", Column("Дата", 30, "center")),
                Field("signature", Column(SIGNATURE, 45)),
            ),
            source="participants",
            row_height=9,
        ),
        Signed((("Инструктаж провёл: технический эксперт", "technical"), CHIEF)),
    ),
)
