"""3.15 The sitting of the examination board that takes the exam: points, grades, the vote."""

from demoexam.documents.blocks import Look, Pairs, Text
from demoexam.documents.forms.board_common import (
    BOARD_CHIEF,
    BOARD_PAIRS,
    CHAIR,
    DECISION,
    EXAM_PAIRS,
    HEARD,
    HOURS_PAIRS,
    OPINIONS,
    RESULTS,
    SECRETARY,
    VOTE,
)
from demoexam.documents.forms.common import COMMON_NEEDS
from demoexam.documents.template import Signed, Template

BOARD_MEETING = Template(
    code="3.15",
    kind="ПРОТОКОЛ",
    title=(
        "заседания государственной экзаменационной комиссии\n"
        "по программе {programme}\n"
        "по приёму государственного экзамена в форме демонстрационного экзамена"
    ),
    name="Заседание ГЭК",
    by_day=False,
    archive=True,
    needs=(*COMMON_NEEDS, "chair", "board_members", "secretary", "chief", "names", "results"),
    parts=(
        Pairs((*EXAM_PAIRS, *HOURS_PAIRS, *BOARD_PAIRS)),
        HEARD,
        Text(
            "Решили: признать результаты сдачи государственного экзамена в форме "
            "демонстрационного экзамена и выставить оценки:",
            Look.PLAIN,
        ),
        RESULTS,
        VOTE,
        DECISION,
        OPINIONS,
        Signed((CHAIR, BOARD_CHIEF, SECRETARY)),
    ),
)
