"""3.18 The first sitting of the year's examination board elects its secretary."""

from demoexam.documents.blocks import Lines, Look, Pair, Pairs, Text
from demoexam.documents.forms.board_common import (
    BOARD_PAIRS,
    CHAIR,
    DECISION,
    HOURS_PAIRS,
    OPINIONS,
    VOTE,
)
from demoexam.documents.template import Scope, Signed, Template

SECRETARY_ELECTION = Template(
    code="3.18",
    kind="ПРОТОКОЛ",
    title=(
        "заседания государственной экзаменационной комиссии\n"
        "об избрании секретаря государственной экзаменационной комиссии"
    ),
    name="Избрание секретаря ГЭК",
    scope=Scope.BOARD,
    dated="blank",
    by_day=False,
    archive=True,
    needs=("board_order", "chair", "board_members", "secretary"),
    parts=(
        Pairs(
            (
                Pair("Год работы ГЭК", "{board_year}"),
                Pair("Приказ о составе", "{board_order}"),
                *HOURS_PAIRS,
                *BOARD_PAIRS,
            )
        ),
        Text(
            "Повестка заседания: избрание секретаря государственной экзаменационной комиссии "
            "на {board_year} календарный год.",
            Look.PLAIN,
            3,
        ),
        Text(
            "Слушали: председателя государственной экзаменационной комиссии, который предложил "
            "кандидатуру секретаря:",
            Look.PLAIN,
            0,
        ),
        Lines(
            "",
            value="{secretary_line}",
            caption="(фамилия, имя, отчество (при наличии), должность)",
        ),
        Text(
            "Решили: избрать секретарём государственной экзаменационной комиссии "
            "на {board_year} календарный год предложенную кандидатуру.",
            Look.PLAIN,
            3,
        ),
        VOTE,
        DECISION,
        OPINIONS,
        Signed((CHAIR,)),
    ),
)
