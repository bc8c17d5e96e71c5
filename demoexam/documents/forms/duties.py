"""3.5 The distribution of duties in the expert group."""

from demoexam.documents.blocks import Column, Look, Text
from demoexam.documents.forms.common import CHIEF, COMMON_NEEDS, NUMBER, SIGNATURE, particulars
from demoexam.documents.template import Field, Signed, Table, Template

DUTIES = Template(
    code="3.5",
    kind="ПРОТОКОЛ",
    title="о распределении обязанностей между членами экспертной группы",
    name="Распределение обязанностей",
    dated="preparation",
    needs=(*COMMON_NEEDS, "chief", "scoring", "duties"),
    parts=(
        particulars(),
        Table(
            (
                NUMBER,
                Field("name", Column("Фамилия, имя, отчество (при наличии) эксперта", 43)),
                Field("job", Column("Место работы, должность")),
                Field("duty", Column("Обязанность (модуль, критерии)", 34)),
                Field("workplaces", Column("Рабочие места", 18, "center")),
                Field("signature", Column(SIGNATURE, 26)),
            ),
            source="scoring",
            row_height=11,
            blank_rows=3,
            min_blank=1,
        ),
        Text(
            "Главный эксперт в оценке результатов не участвует. Члены экспертной группы не "
            "оценивают выпускников образовательной организации, которую представляют.",
            Look.NOTE,
            1,
        ),
        Signed((CHIEF,)),
    ),
)
