"""3.19 The score sheet of one examinee: an expert marks each criterion 0, 1 or 2."""

from demoexam.documents.blocks import Column, Look, Pair, Pairs, Text
from demoexam.documents.forms.common import BY_HAND, COMMON_NEEDS, NUMBER
from demoexam.documents.template import Field, Scope, Signed, Table, Template

CRITERIA = Template(
    code="3.19",
    kind="ВЕДОМОСТЬ",
    title="оценки выполнения задания по критериям",
    name="Ведомость по критериям",
    scope=Scope.EXAMINEE,
    by_day=False,
    wide=True,
    needs=(*COMMON_NEEDS, "names", "modules", "places_known"),
    parts=(
        Pairs(
            (
                Pair("Специальность", "{specialty}", wide=True),
                Pair("Шифр {kit_term}", "{kit}"),
                Pair("Вид, уровень ДЭ", "{level}"),
                Pair("Участник", "{person}", wide=True),
                Pair("Экз. группа, смена", "{group_hours}"),
                Pair("Рабочее место, вариант", "{person_place}"),
            )
        ),
        Table(
            (
                NUMBER,
                Field("criterion", Column("Подкритерий")),
                Field("most", Column("Макс. балл", 20, "center")),
                Field("mark", Column("Оценка 0/1/2", 24, "center")),
                Field("weight", Column("Вес", 18, "center")),
                Field("total", Column("Итог", 22, "center")),
                Field("remark", Column("Примечание", 40)),
            ),
            source="criteria",
            row_height=8,
            numbered=False,
        ),
        Text(
            "Итог по подкритерию — оценка, умноженная на вес. Один эксперт заполняет одну "
            "ведомость; главный эксперт в оценке не участвует.",
            Look.NOTE,
            1,
        ),
        Signed((("Член экспертной группы", BY_HAND),)),
    ),
)
