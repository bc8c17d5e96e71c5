"""3.13 The act of removing somebody from the exam center: an examinee or anybody else."""

from demoexam.documents.blocks import Lines, Look, Text
from demoexam.documents.forms.common import (
    BOARD_MEMBER,
    BY_HAND,
    CHIEF,
    COMMON_NEEDS,
    GAP,
    TECHNICAL,
    particulars,
)
from demoexam.documents.template import Signed, Template
from demoexam.rules.terms import IncidentKind
from demoexam.text import NBSP

REMOVAL = Template(
    code="3.13",
    kind="АКТ",
    title=(
        "об удалении участника / лица, привлечённого к проведению\n"
        "демонстрационного экзамена или присутствующего\n"
        "в центре проведения демонстрационного экзамена"
    ),
    name="Акт об удалении",
    dated="blank",
    by_day=False,
    incident=IncidentKind.REMOVAL,
    archive=True,
    needs=(*COMMON_NEEDS, "chief", "technical", "board_member"),
    parts=(
        particulars(),
        Text("Из центра проведения демонстрационного экзамена удалён(а):", Look.PLAIN, 0),
        Lines("", value="{incident_name}", caption="(фамилия, имя, отчество (при наличии))"),
        Lines(
            f"{{box_examinee}}{NBSP}участник{GAP}{{box_expert}}{NBSP}член экспертной группы"
            f"{GAP}{{box_other}}{NBSP}иное лицо:",
            value="{incident_role}",
        ),
        Lines(
            "Рабочее место №",
            value="{incident_place}",
            second="Время удаления (часы, минуты)",
            second_value="{incident_time}",
        ),
        Lines("Основание (пункт Порядка проведения ГИА)", value="{incident_clause}"),
        Lines("Обстоятельства нарушения:", 3, "{incident_reason}"),
        Lines(
            "Объяснения удаляемого лица:",
            2,
            "{incident_explanation}",
            "(при отказе от объяснений сделать запись «от объяснений отказался(-ась)»)",
        ),
        Signed(
            (
                CHIEF,
                TECHNICAL,
                BOARD_MEMBER,
                ("С актом ознакомлен(а): удалённое лицо", "incident_person"),
            )
        ),
        Signed((("Отказ от подписи удостоверяю: член ГЭК", BY_HAND),)),
    ),
)
