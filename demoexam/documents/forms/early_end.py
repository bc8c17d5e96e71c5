"""3.14 The act of an examinee's end before time, by wish or for reasons nobody could help."""

from demoexam.documents.blocks import Lines, Look, Text
from demoexam.documents.forms.common import BY_HAND, CHIEF, COMMON_NEEDS, GAP, particulars
from demoexam.documents.template import Signed, Template
from demoexam.rules.terms import IncidentKind
from demoexam.text import NBSP

EARLY_END = Template(
    code="3.14",
    kind="АКТ",
    title="о досрочном завершении участником демонстрационного экзамена",
    name="Акт о досрочном завершении",
    dated="blank",
    by_day=False,
    incident=IncidentKind.EARLY_END,
    archive=True,
    needs=(*COMMON_NEEDS, "chief"),
    parts=(
        particulars(),
        Text("Демонстрационный экзамен досрочно завершил(а) участник:", Look.PLAIN, 0),
        Lines("", value="{incident_name}", caption="(фамилия, имя, отчество (при наличии))"),
        Lines(
            "Рабочее место №",
            value="{incident_place}",
            second="Время завершения (часы, минуты)",
            second_value="{incident_time}",
        ),
        Lines("Основание (пункт Порядка проведения ГИА)", value="{incident_clause}"),
        Lines("Причина:", 3, "{incident_reason}", "(по желанию участника, по состоянию здоровья)"),
        Lines(
            "Объяснения участника:",
            2,
            "{incident_explanation}",
            "(если объяснений нет, ставится прочерк)",
        ),
        Text("Участник просит результат (отметить «×»):", Look.PLAIN, 1),
        Text(
            f"{{box_counts}}{NBSP}оценить по факту выполненного{GAP}{GAP}"
            f"{{box_annulled}}{NBSP}аннулировать",
            Look.PLAIN,
            1,
        ),
        Signed(
            (
                ("Участник", "incident_person"),
                CHIEF,
                ("Медицинский работник (при обращении за помощью)", BY_HAND),
            )
        ),
    ),
)
