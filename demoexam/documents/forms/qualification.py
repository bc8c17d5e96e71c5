"""3.17 The qualification and the diploma of one graduate."""

from demoexam.documents.blocks import Lines, Look, Pair, Pairs, Text
from demoexam.documents.forms.board_common import (
    BOARD_PAIRS,
    CHAIR,
    DECISION,
    OPINIONS,
    SECRETARY,
    VOTE,
)
from demoexam.documents.forms.common import GAP
from demoexam.documents.template import Scope, Signed, Template, When
from demoexam.text import NBSP

DAY = "дата"

QUALIFICATION = Template(
    code="3.17",
    kind="ПРОТОКОЛ",
    title=(
        "заседания государственной экзаменационной комиссии\n"
        "о присвоении квалификации и выдаче диплома"
    ),
    name="Присвоение квалификации",
    scope=Scope.EXAMINEE,
    dated="blank",
    by_day=False,
    archive=True,
    needs=("specialty", "study_group", "chair", "board_members", "secretary", "names", "results"),
    parts=(
        Pairs(
            (
                Pair("Специальность", "{specialty}", wide=True),
                Pair("Учебная группа", "{study_group}"),
                Pair("Год выпуска", "{board_year}"),
                *BOARD_PAIRS,
            )
        ),
        Lines("Выпускник:", value="{person}", caption="(фамилия, имя, отчество (при наличии))"),
        Text(
            "Слушали: результаты государственной итоговой аттестации:",
            Look.PLAIN,
            0,
        ),
        Lines(
            "демонстрационный экзамен",
            value="{person_grade}",
            second=DAY,
            second_value="{person_exam_day}",
        ),
        When("thesis", Lines("{thesis}", second=DAY, caption="(оценка цифрой и прописью)")),
        Text(
            "Решили: признать, что выпускник прошёл государственную итоговую аттестацию,",
            Look.PLAIN,
            0,
        ),
        Lines(
            "присвоить квалификацию",
            2,
            caption="(наименование квалификации по образовательной программе)",
        ),
        Text(
            f"и выдать диплом о среднем профессиональном образовании:{GAP}"
            f"□{NBSP}с{NBSP}отличием{GAP}□{NBSP}без{NBSP}отличия",
            Look.PLAIN,
            3,
        ),
        VOTE,
        DECISION,
        OPINIONS,
        Signed((CHAIR, SECRETARY)),
    ),
)
