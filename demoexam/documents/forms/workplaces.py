"""3.9 The draw of workplaces, with the seed that lets anybody repeat it."""

from demoexam.documents.blocks import Boxed, Column, Look, Pair, Text
from demoexam.documents.forms.common import CHIEF, COMMON_NEEDS, NUMBER, particulars
from demoexam.documents.template import Field, Signed, Table, Template, When

WORKPLACES = Template(
    code="3.9",
    kind="ПРОТОКОЛ",
    title=(
        "о распределении рабочих мест (жеребьёвка) и ознакомлении участников\n"
        "с документацией, оборудованием и рабочими местами"
    ),
    name="Жеребьёвка рабочих мест",
    dated="preparation",
    archive=True,
    needs=(*COMMON_NEEDS, "check_day", "chief", "names", "draw_seed"),
    parts=(
        particulars(Pair("Жеребьёвка", "{draw_at}"), Pair("Рабочих мест", "{workplaces}")),
        Table(
            (
                NUMBER,
                Field("name", Column("Фамилия, имя, отчество (при наличии) участника")),
                Field("workplace", Column("№ рабочего места", 22, "center")),
                Field(
                    "signature",
                    Column(
                        "С местом, оборудованием, планом и условиями первой помощи "
                        "ознакомлен(а), подпись",
                        62,
                    ),
                ),
            ),
            source="participants",
            row_height=8,
        ),
        When(
            "draw_seed",
            Boxed(
                "Жеребьёвка выполнена программой {draw_day} в {draw_time} в присутствии "
                "участников. Зерно: {draw_seed}. Контрольная сумма списка (SHA-256, первые "
                "16 знаков): {draw_sum}. {draw_method} С тем же зерном и списком результат "
                "повторяется."
            ),
        ),
        When("draw_again", Text("{draw_again}", Look.NOTE, 1.5)),
        When("draw_changes", Text("{draw_changes}", Look.NOTE, 1.5)),
        When(
            "draw_seed",
            Boxed(
                "Способ случайной выборки: ____________________________________ "
                "Время жеребьёвки: ____ ч ____ мин."
            ),
            absent=True,
        ),
        Signed((CHIEF,)),
    ),
)
