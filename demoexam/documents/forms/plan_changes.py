"""What has changed in the plan since a version of it, in landscape."""

from demoexam.documents.blocks import Column, Look, Text
from demoexam.documents.forms.common import NUMBER
from demoexam.documents.template import Field, Signed, Table, Template, When

PLAN_CHANGES = Template(
    code="П-3",
    kind="ИЗМЕНЕНИЯ",
    title="плана проведения демонстрационных экзаменов, {year} год",
    name="Изменения плана",
    about="year",
    dated="report",
    wide=True,
    parts=(
        Text("Сравниваются: {before} и {after}.", Look.PLAIN, 2),
        When("nothing", Text("{nothing}", Look.PLAIN, 2)),
        Table(
            (
                NUMBER,
                Field("exam", Column("Группа, смена", 50)),
                Field("before", Column("Было")),
                Field("after", Column("Стало")),
            ),
            source="changes",
        ),
        Signed(
            (("Координатор демонстрационных экзаменов", "coordinator"),
             ("{director_post}", "director"))
        ),
    ),
)  # fmt: skip
