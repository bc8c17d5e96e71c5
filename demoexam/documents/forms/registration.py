"""3.6 The registration of everybody let into the exam center, and their safety briefing."""

from demoexam.documents.blocks import Column, Look, Text
from demoexam.documents.forms.common import CHIEF, COMMON_NEEDS, NUMBER, SIGNATURE, particulars
from demoexam.documents.template import Field, Signed, Table, Template

REGISTRATION = Template(
    code="3.6",
    kind="ПРОТОКОЛ",
    title=(
        "о регистрации лиц, допущенных в центр проведения демонстрационного экзамена,\n"
        "и ознакомлении их с требованиями охраны труда и безопасности производства"
    ),
    name="Регистрация лиц и охрана труда",
    dated="preparation",
    needs=(*COMMON_NEEDS, "chief", "technical", "scoring", "board_member"),
    parts=(
        particulars(),
        Text(
            "Подпись удостоверяет допуск в ЦПДЭ и ознакомление с требованиями охраны труда "
            "и безопасности производства.",
            Look.NOTE,
        ),
        Table(
            (
                NUMBER,
                Field("name", Column("Фамилия, имя, отчество (при наличии)", 46)),
                Field("role", Column("Роль", 28)),
                Field("organization", Column("Организация")),
                # Always empty: whoever signs writes the hour himself.
                Field("when", Column("Дата, время", 24, "center")),
                Field("signature", Column(SIGNATURE, 28)),
            ),
            source="admitted",
            row_height=9,
            blank_rows=6,
            min_blank=1,
        ),
        Signed((("Ознакомление провёл: технический эксперт", "technical"), CHIEF)),
    ),
)
