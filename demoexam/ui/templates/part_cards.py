"""One card for each part of a form: what of it a college may change."""

from collections.abc import Callable, Mapping
from typing import Any

from demoexam.documents.blank_words import blank_title, signer_title
from demoexam.documents.template import When
from demoexam.documents.template_check import Known
from demoexam.ui.templates.bound_card import BoundCard
from demoexam.ui.templates.rows_table import RowField
from demoexam.ui.widgets import label, row

Data = dict[str, Any]
TITLES = {
    "text": "Текст", "note": "Примечание в рамке", "pairs": "Реквизиты", "table": "Таблица",
    "lines": "Линейки для записи", "signed": "Подписи", "chart": "Диаграмма",
    "page": "Новая страница",
}  # fmt: skip
LOOKS = (
    ("body", "обычный, с отступом"), ("plain", "обычный"), ("note", "мелкий"),
    ("heading", "подзаголовок"), ("appendix", "справа"),
)  # fmt: skip
ALIGN = (("left", "влево"), ("center", "по центру"), ("right", "вправо"))
OWN_PARTS: dict[str, Data] = {
    "text": {"text": "Новый текст.", "look": "body", "after": 2},
    "note": {"text": "Новое примечание."},
    "lines": {"label": "Замечания:", "count": 2, "value": "", "caption": "", "second": "",
              "second_value": ""},
    "page": {},
}  # fmt: skip
NEW_COLUMN = {"key": "", "title": "Графа", "width": 20, "align": "left", "group": "", "shown": True}


def part_card(part: Data, shipped: object, known: Known) -> BoundCard:
    """The card of a part; `shipped` is the program's own part behind it, if there is one."""
    card = BoundCard(TITLES[part["type"]], part)
    if remark := _remark(part, shipped):
        card.add(label(remark, "muted", wrap=True))
    _FILL[part["type"]](card, known)
    card.finish()
    return card


def head_card(data: Data, known: Known) -> BoundCard:
    """The kind, the title and the sheet of the form."""
    card = BoundCard("Заголовок и лист", data)
    card.add(
        card.captioned("Вид документа", card.line("kind", "Вид документа")),
        card.captioned("Заголовок", card.words("title", "Заголовок", 2)),
        card.flag("wide", "Альбомный лист"),
        card.flag("archive", "Поле 30 мм для подшивки"),
        label("Грифы над заголовком", "muted"),
        card.rows("approvals", "Грифы", (RowField("word", "Гриф", width=120), *_signer(known))),
    )  # fmt: skip
    card.add(card.row_tools(card.fields["approvals"],
                            {"word": "УТВЕРЖДАЮ", "post": "Директор", "source": ""}))  # fmt: skip
    card.finish()
    return card


def _remark(part: Data, shipped: object) -> str:
    if not part["key"]:
        return "добавлено колледжем"
    if isinstance(shipped, When):
        about = blank_title(shipped.fact)
        if shipped.each:
            return f"для каждой строки списка: {about}"
        return f"если {'не ' if shipped.absent else ''}известно: {about}"
    return ""


def _text(card: BoundCard, _known: Known) -> None:
    card.add(card.words("text", lines=2), row(card.choice("look", "Вид текста", LOOKS), None))


def _note(card: BoundCard, _known: Known) -> None:
    card.add(card.words("text", lines=2))


def _pairs(card: BoundCard, _known: Known) -> None:
    fields = (
        RowField("label", "Слово", width=130),
        RowField("value", "Что печатать"),
        RowField("wide", "Вся строка", "flag", 90),
    )
    card.add(card.rows("pairs", "Реквизиты", fields))
    new = {"label": "Слово", "value": "", "wide": False}
    card.add(card.row_tools(card.fields["pairs"], new))


def _lines(card: BoundCard, _known: Known) -> None:
    card.add(
        card.captioned("Слово перед линейкой", card.line("label", "Слово перед линейкой")),
        row(
            card.captioned("Линеек", card.number("count", "Линеек")),
            card.captioned("Слово в правой половине", card.line("second", "Второе слово")),
            None,
            spacing=12,
        ),
    )


def _signed(card: BoundCard, known: Known) -> None:
    card.add(card.rows("signers", "Подписи", _signer(known)))
    new = {"post": "Должность", "source": ""}
    card.add(card.row_tools(card.fields["signers"], new))


def _signer(known: Known) -> tuple[RowField, RowField]:
    options = [(source, signer_title(source)) for source in ("", *sorted(known.signers))]
    return RowField("post", "Должность"), RowField("source", "Чьё имя", "choice", 150, options)


def _table(card: BoundCard, _known: Known) -> None:
    grouped = any(one["group"] for one in card.data["columns"])
    fields = (
        RowField("shown", "", "flag", 34),
        RowField("title", "Заголовок графы"),
        *([RowField("group", "Над ним", width=90)] if grouped else []),
        RowField("width", "мм", "number", 52),
        RowField("align", "Текст", "choice", 92, ALIGN),
    )
    card.add(card.rows("columns", "Графы", fields))
    card.add(
        card.row_tools(card.fields["columns"], NEW_COLUMN, lambda one: bool(one["key"])),
        label("Пустая ширина: сколько останется. ↵ — новая строка в заголовке.", "muted",
              wrap=True),
        card.captioned("Подпись над таблицей", card.line("caption", "Подпись над таблицей")),
        row(
            card.captioned("Строка, мм", card.number("row_height", "Высота строки, мм")),
            card.captioned("Пустых строк", card.number("blank_rows", "Пустых строк")),
            card.captioned("Не меньше", card.number("min_blank", "Пустых строк не меньше")),
            None,
            spacing=12,
        ),
    )  # fmt: skip
    if card.data["rows"]:
        _fixed_rows(card)


def _fixed_rows(card: BoundCard) -> None:
    """The rows that the form itself words; a row worded for an event keeps its event."""
    worded = [key for key in card.data["rows"][0] if key != "event"]
    titles = {one["key"]: one["title"].replace("\u00ad", "") for one in card.data["columns"]}
    fields = tuple(RowField(key, titles.get(key, key)) for key in worded)
    card.add(label("Строки таблицы", "muted"), card.rows("rows", "Строки таблицы", fields))
    new = None if "event" in card.data["rows"][0] else dict.fromkeys(worded, "")
    card.add(card.row_tools(card.fields["rows"], new))


def _nothing(card: BoundCard, _known: Known) -> None:
    """A chart and a page break have only their place."""


_FILL: Mapping[str, Callable[[BoundCard, Known], None]] = {
    "text": _text, "note": _note, "pairs": _pairs, "lines": _lines, "signed": _signed,
    "table": _table, "chart": _nothing, "page": _nothing,
}  # fmt: skip
