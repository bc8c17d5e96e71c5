"""3.7 The list of examinees let in on a day: a document was shown, its number is not taken."""

from demoexam.documents.blocks import Column, Look, Text
from demoexam.documents.forms.common import CHIEF, COMMON_NEEDS, NUMBER, SIGNATURE, particulars
from demoexam.documents.template import Field, Signed, Table, Template

ADMISSION = Template(
    code="3.7",
    kind="ЛИСТ",
    title="регистрации участников демонстрационного экзамена",
    name="Регистрация участников",
    needs=(*COMMON_NEEDS, "chief", "names"),
    parts=(
        particulars(),
        Text(
            "Документ, удостоверяющий личность, предъявляется при допуске; номер документа "
            "не записывается.",
            Look.NOTE,
        ),
        Table(
            (
                NUMBER,
                Field("name", Column("Фамилия, имя, отчество (при наличии) участника")),
                Field("group", Column("Группа", 24, "center")),
                # Always empty: whoever admits and signs writes it.
                Field("shown", Column("Документ предъявлен (да/нет)", 26, "center")),
                Field("came_at", Column("Время", 20, "center")),
                Field("signature", Column(SIGNATURE, 36)),
            ),
            source="participants",
            row_height=9,
            blank_rows=3,
            min_blank=1,
        ),
        Signed((CHIEF,)),
    ),
)
