"""3.20 The sheet of the share of employer experts."""

from demoexam.documents.blocks import Column, Look, Pair, Pairs, Text
from demoexam.documents.forms.common import NUMBER
from demoexam.documents.template import ChartOf, Field, Signed, Table, Template, When

SHARE = Template(
    code="3.20",
    kind="СПРАВКА",
    title="о доле экспертов-работодателей в числе экспертов демонстрационного экзамена",
    name="Доля экспертов-работодателей",
    about="year",
    dated="report",
    needs=("experts", "coordinator", "director"),
    parts=(
        Pairs(
            (
                Pair("Период", "{period}"),
                Pair("Дата данных", "{taken_on}"),
                Pair("Способ расчёта", "{method}", wide=True),
            )
        ),
        Table(
            (
                Field("year", Column("Год", 18, "center")),
                Field("experts", Column("Всего экспертов", 26, "right")),
                Field("employers", Column("Из них работодателей", 32, "right")),
                Field("share", Column("Доля, %", 24, "right")),
                Field("target", Column("Цель, %", 34, "right")),
                Field("deviation", Column("Отклонение, п. п.", None, "right")),
            ),
            source="years",
            numbered=False,
            caption="1. Доля по годам",
        ),
        ChartOf("years"),
        Table(
            (
                NUMBER,
                Field("name", Column("Фамилия, имя, отчество", 46)),
                Field("organization", Column("Организация")),
                Field("industry", Column("Отрасль", 35)),
                Field("sessions", Column("Экза\u00adменов", 16, "right")),
                Field("status", Column("Статус", 26)),
            ),
            source="experts",
            caption="2. Эксперты {year} года",
        ),
        When("more_needed", Text("{more_needed}", Look.NOTE, 1)),
        When("unknown", Text("{unknown}", Look.NOTE, 1)),
        When("carried", Text("{carried}", Look.NOTE, 1)),
        Text(
            "Доля сравнивается с целью без округления; печатается с одним знаком после запятой.",
            Look.NOTE,
            0,
        ),
        Signed(
            (
                ("Координатор демонстрационных экзаменов", "coordinator"),
                ("{director_post}", "director"),
            )
        ),
    ),
)
