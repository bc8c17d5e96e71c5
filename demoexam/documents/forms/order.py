"""3.1 The order that seats the examination board and the expert group of a year."""

from demoexam.documents.blocks import Column, Look, NewPage, Text
from demoexam.documents.forms.common import NUMBER, SIGNATURE
from demoexam.documents.template import Field, Scope, Signed, Table, Template, When

NAME = "Фамилия, имя, отчество (при наличии)"
CHIEF_OF = "главным экспертом демонстрационного экзамена по {trade} {specialty}."

ORDER = Template(
    code="3.1",
    kind="ПРИКАЗ",
    title=(
        "Об утверждении состава государственной экзаменационной комиссии и экспертной группы "
        "для проведения демонстрационного экзамена в {year} году"
    ),
    name="Приказ о составе ГЭК и экспертной группы",
    scope=Scope.SEASON,
    by_day=False,
    dated="order",
    archive=True,
    order=True,
    needs=(
        "specialty",
        "season_kits",
        "chair",
        "appointed",
        "season_scoring",
        "director",
        "executor",
    ),
    parts=(
        Text(
            "В соответствии с Порядком проведения государственной итоговой аттестации по "
            "образовательным программам среднего профессионального образования, утверждённым "
            "приказом Министерства просвещения Российской Федерации от 8 ноября 2021 г. № 800, "
            "и программой государственной итоговой аттестации колледжа"
        ),
        Text("ПРИКАЗЫВАЮ:", Look.PLAIN),
        Text(
            "1. Утвердить на {year} календарный год состав государственной экзаменационной "
            "комиссии и экспертной группы для проведения демонстрационного экзамена по "
            "{trade} {specialty} ({season_kits}) согласно приложению."
        ),
        When("appointed", Text("{item}. Назначить {whom} " + CHIEF_OF), each=True),
        When("appointed", Text("2. Назначить {line} " + CHIEF_OF), absent=True),
        Text(
            "{item_check}. {to_chiefs} обеспечить проверку готовности центра проведения "
            "демонстрационного экзамена не позднее чем за один рабочий день до начала экзамена."
        ),
        Text(
            "{item_notice}. {executor} довести приказ до сведения лиц, указанных в приложении, "
            "под подпись."
        ),
        Text("{item_control}. Контроль за исполнением приказа оставляю за собой.", after=6),
        Signed((("{director_post}", "director"),)),
        NewPage(),
        Text("Приложение\nк приказу {college}\nот {order_day} № {order_number}", Look.APPENDIX, 4),
        Text(
            "Состав государственной экзаменационной комиссии и экспертной группы", Look.HEADING, 3
        ),
        Table(
            (
                NUMBER,
                Field("name", Column(NAME, 45)),
                Field("job", Column("Место работы, должность")),
                Field("role", Column("Роль", 30)),
                Field("basis", Column("Основание", 34)),
            ),
            source="seated",
        ),
        NewPage(),
        Text(
            "ЛИСТ ОЗНАКОМЛЕНИЯ\nс приказом от {order_day} № {order_number}",
            Look.HEADING,
            4,
        ),
        Table(
            (
                NUMBER,
                Field("name", Column(NAME)),
                Field("day", Column("Дата ознакомления", 34)),
                Field("signature", Column(SIGNATURE, 42)),
            ),
            source="seated_names",
            row_height=9,
            blank_rows=2,
        ),
    ),
)
