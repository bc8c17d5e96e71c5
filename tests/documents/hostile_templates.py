"""Broken and hostile forms: what is changed in sound data, and the reason that must be told."""

from collections.abc import Callable
from typing import Any

Data = dict[str, Any]
Break = Callable[[Data], object]


def part(data: Data, kind: str) -> Data:
    return next(one for one in data["parts"] if one["type"] == kind)


def own(kind: str = "text", **facts: Any) -> Data:
    """A part of the college's own."""
    usual = {"text": {"text": "Слово.", "look": "body", "after": 2}, "page": {}}
    return {"type": kind, "key": "", **usual.get(kind, {}), **facts}


def put(name: str, value: Any) -> Break:
    return lambda data: data.update({name: value})


def put_in(kind: str, name: str, value: Any) -> Break:
    return lambda data: part(data, kind).update({name: value})


def put_in_column(number: int, name: str, value: Any) -> Break:
    return lambda data: part(data, "table")["columns"][number].update({name: value})


def say(text: str) -> Break:
    return put_in("text", "text", text)


def add(*parts: Data) -> Break:
    return lambda data: data["parts"].extend(parts)


def drop(name: str) -> Break:
    return lambda data: data.pop(name)


def each_column(**facts: Any) -> Break:
    return lambda data: [one.update(facts) for one in part(data, "table")["columns"]]


def lists_of_lists() -> Any:
    deep: Any = "дно"
    for _ in range(2000):
        deep = [deep]
    return deep


ZALGO, EMOJI, HIEROGLYPH = "а\u202eб", "Готово \U0001f600", "漢"
REFUSED: dict[str, tuple[Break, str]] = {
    # blanks
    "unknown field": (say("Группа {фио}"), "поля {фио} нет; есть:"),
    "unknown field in the title": (put("title", "о {nothing}"), "Заголовок: поля {nothing} нет"),
    "field of another form": (say("Период {period}"), "поля {period} нет"),
    "open brace": (say("Группа {study_group"), "у скобки «{» нет закрывающей пары"),
    "closing brace": (say("Группа study_group}"), "у скобки «}» нет открывающей пары"),
    "empty braces": (say("Группа {}"), "в скобках «{}» нет имени поля"),
    "nested braces": (say("{a{shift}b}"), "у скобки «{» нет закрывающей пары"),
    "attribute": (say("{0.__class__}"), "«{0.__class__}» — не имя поля"),
    "globals": (say("{kit.__init__.__globals__}"), "не имя поля"),
    "index": (say("{kit[0]}"), "«{kit[0]}» — не имя поля"),
    "conversion and width": (say("{specialty!r:>9999}"), "«{specialty!r:>9999}» — не имя поля"),
    "format": (say("{shift:>99999999}"), "не имя поля"),
    "dunder": (say("{__import__}"), "поля {__import__} нет"),
    "field in a column": (put_in_column(1, "title", "{nobody}"), "графа 2, заголовок: поля"),
    "field in a signer": (
        lambda data: part(data, "signed")["signers"][0].update(post="{owner}"),
        "должность: поля {owner} нет",
    ),
    "strange signer": (
        lambda data: part(data, "signed")["signers"][0].update(source="root"),
        "имени «root» нет; есть: ",
    ),
    # shape
    "no form": (lambda data: data.clear(), "нет ключа «format»"),
    "no parts": (drop("parts"), "нет ключа «parts»"),
    "a key too many": (put("script", "import os"), "лишний ключ «script»"),
    "a key too many in a part": (put_in("text", "style", "red"), "Часть 2: лишний ключ «style»"),
    "a key missing in a part": (lambda data: part(data, "text").pop("look"), "нет ключа «look»"),
    "another format": (put("format", 2), "«format»: нужно число от 1 до 1"),
    "a number for a text": (put("title", 5), "Заголовок: нужен текст, а записано число"),
    "nothing for a text": (put("kind", None), "нужен текст, а записано ничего"),
    "a list for a text": (say(["Слово"]), "нужен текст, а записано список"),
    "a text for a list": (put("parts", "часть"), "нужен список, а записано текст"),
    "a text for a part": (put("parts", ["часть"]), "неизвестная часть бланка"),
    "a dictionary for a flag": (put("archive", {}), "нужно да или нет, а записано словарь"),
    "a flag for a number": (put_in("table", "row_height", True), "нужно число, а записано да"),
    "an unknown part": (add({"type": "script", "key": ""}), "неизвестная часть бланка; есть: text"),
    "an unknown look": (put_in("text", "look", "comic"), "можно только: body"),
    "an unknown alignment": (put_in_column(0, "align", "justify"), "можно только: left, center"),
    "nested without end": (put("title", lists_of_lists()), "нужен текст, а записано список"),
    # the program's parts
    "a foreign table": (
        add({**own("table"), "caption": "", "row_height": 8, "blank_rows": 0, "min_blank": None,
             "columns": [{"key": "", "title": "А", "width": 9, "align": "left", "group": "",
                          "shown": True}], "rows": []}),
        "этой части в бланке программы нет",
    ),
    "a part twice": (lambda data: data["parts"].append(part(data, "table")), "повторяется"),
    "a part of another kind": (
        lambda data: part(data, "text").update(key="pairs1"), "повторяется",
    ),
    "a key of another kind": (
        lambda data: data["parts"].append(own(key="signed1"))
        or data["parts"].remove(part(data, "signed")),
        "это не «text», а «signed»",
    ),
    "an unknown column": (put_in_column(1, "key", "passport"), "такой графы в бланке программы"),
    "a column twice": (put_in_column(1, "key", "n"), "графа повторяется"),
    "rows in a table of people": (put_in("table", "rows", [{"name": "Я"}]), "даёт программа"),
    # too much, too little
    "endless text": (say("слово " * 100_000), "слишком длинно: 600000 знаков, а можно 4000"),
    "endless title": (put("title", "о" * 301), "слишком длинно: 301 знаков, а можно 300"),
    "endless blank": (say("{" + "х" * 90 + "}"), "поля {" + "х" * 40 + "…} нет"),
    "endless word": (say("ж" * 4000), "слово длиннее 100 букв"),
    "too many parts": (add(*[own() for _ in range(50)]), "слишком много: 54"),
    "too many columns": (
        lambda data: part(data, "table")["columns"].extend([{}] * 30), "слишком много: 34",
    ),
    "too much in all": (
        add(*[own(text="слово " * 600) for _ in range(12)]), "слишком много текста",
    ),
    "too many pages": (
        add(*[one for _ in range(18) for one in (own("page"), own())]), "листов, а можно 10",
    ),
    "empty pages": (add(own("page"), own("page"), own()), "после новой страницы ничего нет"),
    "an empty last page": (add(own("page")), "Часть 5: после новой страницы ничего нет"),
    "a title of many lines": (put("title", "о\n" * 99), "слишком много строк, а можно 8"),
    "a heading as high as the sheet": (
        put_in_column(0, "title", "а " * 99), "заголовки граф высотой",
    ),
    "no text": (say("  "), "пусто, а нужен текст"),
    "no title": (put("title", ""), "Заголовок: пусто, а нужен текст"),
    "nothing left": (put("parts", []), "пусто: печатать нечего"),
    "no signers left": (put_in("signed", "signers", []), "пусто: печатать нечего"),
    "no columns left": (each_column(shown=False), "все графы скрыты: печатать нечего"),
    # letters
    "a null": (say("Слово\0"), "недопустимый знак U+0000"),
    "an escape": (put("title", "о\x1b[31m"), "недопустимый знак U+001B"),
    "a tabulator": (say("а\tб"), "недопустимый знак U+0009"),
    "two lines of a kind": (put("kind", "АКТ\nИ ЕЩЁ"), "недопустимый знак U+000A"),
    "half a letter": (say("\ud800"), "недопустимый знак U+D800"),
    "no letter": (say("\ufffe"), "недопустимый знак U+FFFE"),
    "turned writing": (say(ZALGO), "недопустимый знак U+202E"),
    "a smile": (say(EMOJI), "знака «\U0001f600» (U+1F600) в шрифте бумаг нет"),
    "a hieroglyph": (put("title", HIEROGLYPH), "Заголовок: знака «漢»"),
    # measures
    "wider than the sheet": (put_in_column(0, "width", 150), "а на листе 180 мм"),
    "no room for the last": (each_column(width=60), "графам нужно 240 мм"),
    "narrower than its word": (
        put_in_column(2, "title", "Достопримечательность"), "слово «Достопримечательность» шире",
    ),
    "a heading in a hair": (put_in_column(2, "width", 5), "слово «Дата» шире графы (5.0 мм)"),
    "not a number": (put_in_column(0, "width", float("nan")), "нужно число от 5 до 260"),
    "no end": (put_in_column(0, "width", float("inf")), "нужно число от 5 до 260"),
    "a milliard": (put_in_column(0, "width", 1e9), "нужно число от 5 до 260"),
    "too great for a computer": (put_in("table", "row_height", 10**400), "число от 4 до 60"),
    "less than nothing": (put_in_column(0, "width", -20), "нужно число от 5 до 260"),
    "a flat row": (put_in("table", "row_height", 0), "высота строки: нужно число от 4 до 60"),
    "endless rows": (put_in("table", "blank_rows", 10**6), "нужно число от 0 до 60"),
    "half a row": (put_in("table", "blank_rows", 1.5), "нужно число, а записано число"),
    "more than there are": (put_in("table", "min_blank", 5), "больше, чем самих пустых строк"),
}  # fmt: skip

# Plain text, however it looks: printed letter by letter.
PLAIN = (
    "<b>жирно</b>",
    "<script>alert(1)</script>",
    "<font size=99>велико</font>",
    '<img src="/etc/passwd"/>',
    "&amp; &lt;b&gt; &#65;",
    "</para><para>",
    "<a href='file:///etc/passwd'>ссылка</a>",
    "%(shift)s $shift %n",
    "../../etc/passwd C:\\Windows\\win.ini",
    "\\n \\x00 \\u0041",
    "{{0.__class__}}",
)
