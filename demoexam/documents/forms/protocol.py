"""3.11 The protocol of the exam: who came, where he sat, his points and grade."""

from demoexam.documents.blocks import Column, Lines, Look, Pair, Text
from demoexam.documents.forms.common import CHIEF, COMMON_NEEDS, SCORING, particulars
from demoexam.documents.template import Field, Signed, Table, Template, When

LANDSCAPE_FROM = 5  # modules

PROTOCOL = Template(
    code="3.11",
    kind="ПРОТОКОЛ",
    title="проведения демонстрационного экзамена",
    name="Протокол проведения экзамена",
    archive=True,
    wide_from=("modules", LANDSCAPE_FROM),
    needs=(
        *COMMON_NEEDS,
        "chief",
        "scoring",
        "board_member",
        "names",
        "modules",
        "places_known",
        "results",
    ),
    parts=(
        particulars(Pair("Время начала", "{started}"), Pair("Время окончания", "{ended}")),
        Table(
            (
                Field("n", Column("№ п/п", 8, "center")),
                Field("name", Column("Фамилия, имя, отчество (при наличии)")),
                Field("workplace", Column("Раб. место", 13, "center")),
                Field("attendance", Column("Явка, время заверш.", 17, "center")),
                Field(
                    "points_{number}",
                    Column("М{number}\nиз {most}", 12.5, "right", "Баллы по модулям"),
                    each="modules",
                ),
                Field("total", Column("Итого{of_most}", 15, "right")),
                Field("percent", Column("%", 13, "right")),
                Field("grade", Column("От\u00adметка", 13, "center")),
            ),
            source="participants",
            row_height=8,
        ),
        When("notes", Text("Примечания. {notes}", Look.NOTE, 1.5)),
        When(
            "grade_two",
            Text(
                "Перевод баллов в отметку по программе ГИА (доля от максимума): "
                "«2»:\u00a0{grade_two}; «3»:\u00a0{grade_three}; «4»:\u00a0{grade_four}; "
                "«5»:\u00a0{grade_five}. "
                "Отметка предварительная; окончательную выставляет ГЭК.",
                Look.NOTE,
                1.5,
            ),
        ),
        Lines("Отсутствие лиц, обязанных находиться в ЦПДЭ:"),
        Signed((SCORING,)),
        Signed(
            (
                ("Член ГЭК", "board_member"),
                (f"Протокол утверждаю: {CHIEF[0].lower()}", CHIEF[1]),
            )
        ),
    ),
)
