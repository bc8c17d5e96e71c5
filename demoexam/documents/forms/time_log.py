"""3.12 Stops of time and what was given back for them."""

from demoexam.documents.blocks import Column, Look, Pair, Pairs, Text
from demoexam.documents.forms.common import CHIEF, COMMON_NEEDS, NUMBER, SIGNATURE, TECHNICAL
from demoexam.documents.template import Field, Signed, Table, Template

TIME_LOG = Template(
    code="3.12",
    kind="ПРОТОКОЛ",
    title="учёта времени, технических остановок времени и нештатных ситуаций",
    name="Учёт времени и остановок",
    dated="blank",
    wide=True,
    needs=(*COMMON_NEEDS, "technical", "chief"),
    parts=(
        Pairs(
            (
                Pair("Специальность", "{specialty}", wide=True),
                Pair("Шифр {kit_term}", "{kit}"),
                Pair("Вид, уровень ДЭ", "{level}"),
                Pair("ЦПДЭ, адрес", "{center_address}", wide=True),
                Pair("Экз. группа, смена", "{group_hours}"),
                Pair("Дата ДЭ", "{exam_day}"),
            )
        ),
        Table(
            (
                NUMBER,
                Field("workplace", Column("Раб. место", 14, "center")),
                Field("name", Column("Фамилия, имя, отчество участника", 56)),
                Field("stopped", Column("остановки", 20, "center", "Время")),
                Field("resumed", Column("возобнов\u00adления", 22, "center", "Время")),
                Field("minutes", Column("Длитель\u00adность, мин", 20, "center")),
                Field("reason", Column("Причина остановки, описание ситуации")),
                Field("compensation", Column("Компен\u00adсация, мин", 19, "center")),
                Field("signature", Column("участника", 26, "left", SIGNATURE)),
                Field("technical_signature", Column("техн. эксперта", 26, "left", SIGNATURE)),
            ),
            source="stops",
            row_height=9,
            blank_rows=12,
            min_blank=1,
        ),
        Text(
            "Незаполненные строки прочёркиваются знаком «Z» после окончания экзамена. Если "
            "остановок не было, делается запись «остановок времени не было».",
            Look.NOTE,
            0,
        ),
        Signed((TECHNICAL, CHIEF)),
    ),
)
