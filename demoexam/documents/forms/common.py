"""What the papers of an exam day have in common: particulars, columns and signers."""

from demoexam.documents.blocks import Column, Pair, Pairs
from demoexam.documents.template import Field
from demoexam.text import NBSP

COMMON_PAIRS = (
    Pair("Специальность", "{specialty}", wide=True),
    Pair("Шифр {kit_term}", "{kit}"),
    Pair("Вид, уровень ДЭ", "{level}"),
    Pair("Центр (ЦПДЭ)", "{center}", wide=True),
    Pair("Адрес ЦПДЭ", "{address}", wide=True),
    Pair("Экз. группа", "{exam_group}"),
    Pair("Учебная группа", "{study_group}"),
    Pair("Смена", "{shift}"),
    Pair("Дата ДЭ", "{exam_day}"),
)
COMMON_NEEDS = ("specialty", "kit", "center", "address", "study_group")

NUMBER = Field("n", Column("№ п/п", 9, "center"))
SIGNATURE = "Подпись"

CHIEF = ("Главный эксперт", "chief")
TECHNICAL = ("Технический эксперт", "technical")
SCORING = ("Члены экспертной группы:", "scoring")
BOARD_MEMBER = ("Член ГЭК", "board_member")
BY_HAND = "by_hand"  # a line for anybody's name
GAP = NBSP * 4  # between two things to tick


def particulars(*more: Pair) -> Pairs:
    return Pairs((*COMMON_PAIRS, *more))
