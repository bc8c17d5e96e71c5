"""3.16 The points of the exam become grades by a stated scale."""

from demoexam.documents.blocks import Lines, Look, Pairs, Text
from demoexam.documents.forms.board_common import (
    BOARD_CHIEF,
    CHAIR,
    EXAM_PAIRS,
    HEARD,
    RESULTS,
    SECRETARY,
    VOTE,
)
from demoexam.documents.forms.common import COMMON_NEEDS
from demoexam.documents.template import Signed, Template, When

SCALE = "(от какой доли максимума ставятся отметки «3», «4», «5»)"

GRADES = Template(
    code="3.16",
    kind="ПРОТОКОЛ",
    title="по переводу баллов демонстрационного экзамена в оценку",
    name="Перевод баллов в оценку",
    by_day=False,
    archive=True,
    needs=(*COMMON_NEEDS, "modules", "chair", "secretary", "chief", "names", "results"),
    parts=(
        Pairs(EXAM_PAIRS),
        HEARD,
        When(
            "grade_two",
            Text(
                "Баллы переведены в оценку по шкале программы ГИА, в долях от максимума: "
                "«2»:\u00a0{grade_two}; «3»:\u00a0{grade_three}; «4»:\u00a0{grade_four}; "
                "«5»:\u00a0{grade_five}.",
                Look.PLAIN,
                1.5,
            ),
        ),
        When("grade_two", Lines("Шкала перевода баллов в оценку:", 2, caption=SCALE), absent=True),
        When("most_points", Text("Максимум за задание: {most_points}.", Look.PLAIN)),
        RESULTS,
        VOTE,
        Signed((CHAIR, BOARD_CHIEF, SECRETARY)),
    ),
)
