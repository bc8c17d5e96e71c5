"""What is wrong with a college's form, where, and in which words it is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from demoexam.errors import UserError

At = tuple[str | int, ...]  # the way to a value in the data: ("parts", 2, "columns", 0, "width")
TOLD = 3  # problems repeated in one sentence

PLACES = {
    "kind": "вид документа", "title": "заголовок", "approvals": "гриф", "parts": "часть",
    "columns": "графа", "pairs": "реквизит", "signers": "подпись", "rows": "строка",
    "text": "текст", "label": "слово", "value": "значение", "caption": "надпись",
    "width": "ширина", "align": "выравнивание", "group": "общий заголовок", "post": "должность",
    "source": "чья подпись", "row_height": "высота строки", "blank_rows": "пустых строк",
    "min_blank": "пустых строк, не меньше", "count": "линеек", "after": "отступ после",
    "look": "вид текста", "word": "слово грифа", "shown": "печатать", "wide": "во всю ширину",
    "archive": "поле для подшивки", "key": "ключ", "type": "тип",
    "second": "второе слово", "second_value": "второе значение",
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """A reason to refuse a form, or with `grave` off only to warn."""

    at: At
    text: str
    grave: bool = True

    def __str__(self) -> str:
        place = where(self.at)
        return f"{place}: {self.text}" if place else self.text


def where(at: Sequence[str | int]) -> str:
    """Часть 3, графа 1, ширина."""
    words: list[str] = []
    for place in at:
        if isinstance(place, int) and words:
            words[-1] += f" {place + 1}"
        else:
            words.append(PLACES.get(str(place), f"«{str(place)[:40]}»"))
    told = ", ".join(words)
    return told[:1].upper() + told[1:]


class BrokenTemplate(UserError):
    """A form that is not taken; `problems` tell each reason and its place."""

    text = "Бланк {code} не годится. {reason}"
    advice = "Исправьте это место или верните бланк программы."

    def __init__(self, code: str, problems: Sequence[Problem]) -> None:
        told = [f"{problem}." for problem in problems[:TOLD]]
        if len(problems) > TOLD:
            told.append(f"Ещё замечаний: {len(problems) - TOLD}.")
        super().__init__(code=code, reason=" ".join(told))
        self.problems = tuple(problems)
