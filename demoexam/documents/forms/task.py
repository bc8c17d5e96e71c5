"""3.10 The examinees have seen the assessment materials and the task."""

from demoexam.documents.blocks import Column, Look, Text
from demoexam.documents.forms.common import CHIEF, COMMON_NEEDS, NUMBER, SIGNATURE, particulars
from demoexam.documents.template import Field, Signed, Table, Template

TASK = Template(
    code="3.10",
    kind="ПРОТОКОЛ",
    title=(
        "об ознакомлении участников демонстрационного экзамена\nс оценочными материалами и заданием"
    ),
    name="Ознакомление с заданием",
    needs=(*COMMON_NEEDS, "chief", "names", "variants_known"),
    parts=(
        particulars(),
        Text(
            "Подпись удостоверяет, что участник ознакомлен с оценочными материалами и заданием "
            "до начала экзамена.",
            Look.NOTE,
        ),
        Table(
            (
                NUMBER,
                Field("name", Column("Фамилия, имя, отчество (при наличии) участника")),
                Field("variant", Column("Вариант", 24, "center")),
                Field("signature", Column(SIGNATURE, 45)),
            ),
            source="participants",
            row_height=9,
        ),
        Signed((CHIEF,)),
    ),
)
