"""What cells of students' lists tell beside the name: the group, the year, who has left."""

import re
from collections.abc import Collection
from datetime import date
from typing import Final

from demoexam.exchange.cells import Value, as_text
from demoexam.exchange.content import without_code
from demoexam.exchange.fields import read_count, read_flag, read_specialty_codes
from demoexam.exchange.row_reader import RowReader
from demoexam.exchange.specialties import Specialties
from demoexam.rules.full_names import read_full_name
from demoexam.rules.identity import clean
from demoexam.text import fold

_GROUP_WORD: Final = re.compile(r"^(?:учебная\s+)?гр(?:уппа)?\b\.?\s*№?\s*:?\s*", re.IGNORECASE)
_WITH_TITLE: Final = re.compile(r"(.+?)\s*(?:[,;(/«]|\s[-–—]\s)\s*([^\W\d].{4,})", re.DOTALL)
_QUOTED: Final = re.compile(r"[«\"“]([^«»\"“”]+)[»\"”]")
_CALLED: Final = re.compile(r"(?:специальност|професси)\w*(?: спо)?[\s:«\"–—-]+(.+)", re.IGNORECASE)
_HAS_LEFT: Final = re.compile(
    r"(?<!не )(?:отчислен|выбыл)|\bакад\w*\.?\s*отп|\bв академе\b|\bа/о\b|отпуск\w* по уходу"
)
_IS_BACK: Final = re.compile(
    r"восстановл|вы(?:шел|шла|ход\w*) из"
    r"|(?:окончан|заверш|получен)\w* (?:\w+ )*(?:обуч|образ|отпуск)"
)
_NEEDS: Final = re.compile(r"ассистент|тьютор|сурдо|тифло|сопровожд|требу|нужда|нужн|нужен")
_DISABLED: Final = re.compile(r"\bовз\b|инвалид|слабовид|слабослыш|\bнода\b|\bзпр\b")
_NEEDS_NOT: Final = re.compile(r"\bне |\bбез |\bнет\b|отсутств")
_SIGNS: Final = re.compile(
    r"(?:\w+ )?(?:куратор|классн\w+ руковод|мастер (?:п/о|по|произв)|зав\w* (?:отд|уч)"
    r"|методист|секретар|директор|староста|руководит|ответственн|председат|зам\w* |исполнит"
    r"|составит|декан)"
)
_MOST_CELLS_OF_A_SIGNATURE: Final = 3
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}


def group_name(text: str) -> str:
    """«ИС-221» of «Группа ИС-221»."""
    return _GROUP_WORD.sub("", without_code(clean(text))).strip(' .«»"')


def group_and_specialty(cell: Value, known: Collection[str]) -> tuple[str, str]:
    """«ИС-41» and its code of «ИС-41 (Информационные системы)»; the code may be lacking."""
    if isinstance(cell, date):  # Excel's reading of «4-1»
        return f"{cell.day}-{cell.month}", ""
    text = as_text(cell)
    if codes := read_specialty_codes(text)[0]:
        return group_name(text), codes[0]
    found = _WITH_TITLE.fullmatch(clean(text)) if isinstance(known, Specialties) else None
    if found and (code := specialty_called(found[2], known)):
        return group_name(found[1]), code
    return group_name(text), ""


def specialty_called(text: str, known: Collection[str]) -> str:
    """The code of the specialty that a heading tells: by code, by title, in quotes or not."""
    after = _CALLED.search(text)
    for part in (text, *_QUOTED.findall(text), after[1] if after else ""):
        if codes := read_specialty_codes(part.strip(' .)»"'), known)[0]:
            return codes[0]
    return ""


def has_left(reader: RowReader) -> str:
    """The cell that tells that somebody is no student any more, or not this year."""
    for cell in (*reader.cells, reader.aside):
        if not isinstance(cell, str) or not cell:
            continue
        text = fold(cell)
        if _HAS_LEFT.search(text) and not _IS_BACK.search(text):
            return clean(cell)
    return ""


def is_signature(reader: RowReader) -> bool:
    """Whether the row tells who keeps or signs the list: «Куратор группы … Иванова М. И.»."""
    filled = [clean(cell) for cell in reader.cells if isinstance(cell, str) and cell.strip()]
    if not 1 < len(filled) <= _MOST_CELLS_OF_A_SIGNATURE or not _SIGNS.match(fold(filled[0])):
        return False
    return read_full_name(filled[-1]).name is not None


def needs_assistant(reader: RowReader) -> bool | None:
    """What the cell of it says, in whatever words; else what a note says beyond doubt."""
    value = reader.value("assistant")
    told = _need_in(as_text(value), also_disabled=True)
    if told is None and value not in (None, ""):
        return reader.flag("assistant") if read_flag(value)[1] else read_flag(value)[0]
    return told or _need_in(f"{reader.text('note')} {reader.aside}", also_disabled=False) or told


def _need_in(text: str, *, also_disabled: bool) -> bool | None:
    folded = fold(text)
    if not (_NEEDS.search(folded) or (also_disabled and _DISABLED.search(folded))):
        return None
    return not _NEEDS_NOT.search(folded)


def read_course(value: Value) -> int | None:
    """«4», «4 курс», «IV»."""
    roman = fold(as_text(value)).split(" ")[0].translate(str.maketrans("іх", "ix"))
    return _ROMAN.get(roman) or read_count(value)
