"""The shape of a college's form as plain data: types, ranges and the most of everything."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from demoexam.documents.blocks import Look
from demoexam.documents.template_problems import At, Problem

FORMAT = 1
MOST_LETTERS = 40_000  # of a whole form: some fifteen sheets
MOST_PARTS, MOST_COLUMNS = 40, 20
SOFT_HYPHEN = "\u00ad"
LONGEST_WORD = 100  # letters; one of thousands keeps a typesetter busy for minutes
_WORD_ENDS = re.compile("[ \n\u00a0\u00ad]")
ALIGNMENTS = ("left", "center", "right")


@dataclass(frozen=True)
class Words:
    most: int
    lines: int = 1000  # at most
    needed: bool = False

    def problems(self, value: Any, at: At) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, f"нужен текст, а записано {_kind(value)}")
        elif len(value) > self.most:
            yield Problem(at, f"слишком длинно: {len(value)} знаков, а можно {self.most}")
        elif self.lines > 1 and value.count("\n") >= self.lines:
            yield Problem(at, f"слишком много строк, а можно {self.lines}")
        elif any(len(word) > LONGEST_WORD for word in _WORD_ENDS.split(value)):
            yield Problem(at, f"слово длиннее {LONGEST_WORD} букв: поставьте пробел")
        elif self.needed and not value.strip():
            yield Problem(at, "пусто, а нужен текст")
        elif strange := next((sign for sign in value if self._is_strange(sign)), ""):
            yield Problem(at, f"недопустимый знак U+{ord(strange):04X}: удалите его")

    def _is_strange(self, sign: str) -> bool:
        """A control or invisible sign: no paper has room for it, and a Word file breaks on it."""
        if sign == "\n":
            return self.lines == 1
        return sign != SOFT_HYPHEN and unicodedata.category(sign) in {
            "Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp",
        }  # fmt: skip


@dataclass(frozen=True)
class Number:
    least: float
    most: float
    whole: bool = False
    optional: bool = False

    def problems(self, value: Any, at: At) -> Iterator[Problem]:
        if value is None and self.optional:
            return
        kinds = int if self.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            yield Problem(at, f"нужно число, а записано {_kind(value)}")
        elif not self.least <= value <= self.most:  # not a number is in no range either
            yield Problem(at, f"нужно число от {self.least:g} до {self.most:g}")


@dataclass(frozen=True)
class Flag:
    def problems(self, value: Any, at: At) -> Iterator[Problem]:
        if not isinstance(value, bool):
            yield Problem(at, f"нужно да или нет, а записано {_kind(value)}")


@dataclass(frozen=True)
class OneOf:
    options: tuple[str, ...]

    def problems(self, value: Any, at: At) -> Iterator[Problem]:
        if value not in self.options if isinstance(value, str) else True:
            yield Problem(at, f"можно только: {', '.join(self.options)}")


@dataclass(frozen=True)
class Table:
    """Any keys, all their values alike."""

    each: Words
    most: int

    def problems(self, value: Any, at: At) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, f"нужен словарь, а записано {_kind(value)}")
        elif len(value) > self.most:
            yield Problem(at, f"слишком много: {len(value)}, а можно {self.most}")
        else:
            for key, one in value.items():
                yield from self.each.problems(one, (*at, str(key)))


@dataclass(frozen=True)
class Record:
    """Exactly these keys, `free` ones optional; with `kinds` what else depends on the type."""

    fields: Mapping[str, Any]
    free: tuple[str, ...] = ()

    def problems(self, value: Any, at: At) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, f"нужен словарь, а записано {_kind(value)}")
            return
        for key in value:
            if key not in self.fields:
                yield Problem(at, f"лишний ключ «{str(key)[:40]}»")
        for key, spec in self.fields.items():
            if key in value:
                yield from spec.problems(value[key], (*at, key))
            elif key not in self.free:
                yield Problem(at, f"нет ключа «{key}»")


@dataclass(frozen=True)
class Many:
    each: Any
    most: int
    least: int = 0

    def problems(self, value: Any, at: At) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, f"нужен список, а записано {_kind(value)}")
        elif len(value) > self.most:
            yield Problem(at, f"слишком много: {len(value)}, а можно {self.most}")
        elif len(value) < self.least:
            yield Problem(at, "пусто: печатать нечего")
        else:
            for number, one in enumerate(value):
                yield from self.each.problems(one, (*at, number))


@dataclass(frozen=True)
class Part:
    """A record whose keys depend on its type."""

    def problems(self, value: Any, at: At) -> Iterator[Problem]:
        kind = value.get("type") if isinstance(value, dict) else None
        if isinstance(kind, str) and kind in PARTS:
            yield from PARTS[kind].problems(value, at)
        else:
            yield Problem(at, f"неизвестная часть бланка; есть: {', '.join(PARTS)}")


def _part(**fields: Any) -> Record:
    return Record({"type": OneOf(tuple(_PART_WORDS)), "key": Words(40, lines=1), **fields})


_PART_WORDS = ("text", "pairs", "table", "lines", "note", "signed", "chart", "page")
_COLUMN = Record(
    {
        "key": Words(60, lines=1),  # of the program's column; empty for one of the college's
        "title": Words(200, lines=12),
        "width": Number(5, 260, optional=True),
        "align": OneOf(ALIGNMENTS),
        "group": Words(120, lines=4),
        "shown": Flag(),
    }
)
_PAIR = Record({"label": Words(120, lines=4), "value": Words(500, lines=12), "wide": Flag()})
_SIGNER = Record({"post": Words(300, lines=6), "source": Words(60, lines=1)})
PARTS: dict[str, Record] = {
    "text": _part(
        text=Words(4000, needed=True),
        look=OneOf(tuple(look.value for look in Look)),
        after=Number(0, 60),
    ),
    "note": _part(text=Words(4000, needed=True)),
    "pairs": _part(pairs=Many(_PAIR, 40, 1)),
    "table": _part(
        caption=Words(300, lines=4),
        row_height=Number(4, 60),
        blank_rows=Number(0, 60, whole=True),
        min_blank=Number(0, 60, whole=True, optional=True),
        columns=Many(_COLUMN, MOST_COLUMNS, 1),
        rows=Many(Table(Words(500, lines=20), MOST_COLUMNS), 80),
    ),
    "lines": _part(
        label=Words(120, lines=1),
        count=Number(1, 30, whole=True),
        value=Words(300, lines=1),
        caption=Words(200, lines=1),
        second=Words(120, lines=1),
        second_value=Words(300, lines=1),
    ),
    "signed": _part(signers=Many(_SIGNER, 20, 1)),
    "chart": _part(),
    "page": _part(),
}
_APPROVAL = Record({"word": Words(60, lines=1, needed=True), **_SIGNER.fields})
FORM = Record(
    {
        "format": Number(FORMAT, FORMAT, whole=True),
        "kind": Words(60, lines=1, needed=True),
        "title": Words(300, lines=8, needed=True),
        "archive": Flag(),
        "wide": Flag(),
        "approvals": Many(_APPROVAL, 2),
        "parts": Many(Part(), MOST_PARTS, 1),
        "base": Table(Words(16, lines=1), MOST_PARTS),
    },
    free=("base",),
)


def shape_problems(data: Any) -> list[Problem]:
    """Everything in the data that is not as this page says; empty when it can be read."""
    found = list(FORM.problems(data, ()))
    if not found and (letters := _letters(data)) > MOST_LETTERS:
        text = f"слишком много текста: {letters} знаков, а можно {MOST_LETTERS}"
        found.append(Problem((), text))
    return found


def _letters(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(map(_letters, inner))


def _kind(value: Any) -> str:
    words = {
        str: "текст",
        bool: "да или нет",
        list: "список",
        dict: "словарь",
        type(None): "ничего",
    }
    return words.get(type(value), "число" if isinstance(value, (int, float)) else "другое")
