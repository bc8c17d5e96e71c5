"""What a column holds, judged by its cells: the share of them that read as this or that."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from demoexam.exchange.cells import Value, as_text
from demoexam.exchange.clock import read_clock_duration, read_times
from demoexam.exchange.dates import FOREVER, read_date
from demoexam.exchange.fields import (
    read_flag,
    read_kit_codes,
    read_level,
    read_number,
    read_org_kind,
    read_specialty_codes,
)
from demoexam.exchange.legal_forms import FORM_KINDS, KIND_WORDS, SHORT_FORM
from demoexam.exchange.person_cells import split_person
from demoexam.rules.full_names import is_given_name, is_patronymic, read_full_name
from demoexam.rules.identity import clean_lines, read_email, read_phone, valid_inn, valid_snils
from demoexam.text import fold

_SOME_DAY: Final = date(2026, 1, 1)  # only whether it reads matters, not what it reads
_ORGANIZATION: Final = re.compile(rf"(?:^|[\s,])(?:{SHORT_FORM})(?:[\s«\"]|$)|[«\"].+[»\"]")
_GROUP: Final = re.compile(
    r"(?:гр(?:уппа)?\.?\s*)?(?:[А-Яа-яЁё]{1,6}[- ]?)?\d{1,4}(?:[-/ ]?[\dа-яА-Я]{1,5})*"
)
_GROUP_IN_TEXT: Final = re.compile(
    r"\bгр(?:упп[аеуы]|\.)\s*:?\s*№?\s*[«\"]?"
    r"((?:\d{1,2}(?:-\d{1,2})? )?[А-ЯЁA-Z][А-Яа-яЁё]{0,5}[- ]?\d[\w/-]*|\d[\w/-]*)",
    re.IGNORECASE,
)
_GROUP_OTHERWISE: Final = re.compile(  # «обучающихся ПКД-41 группы», «4 курс, ТЭК-22(9)»
    r"\b((?:\d{1,2}-)?[А-ЯЁ]{1,6}[а-яё]{0,3}[- ]?\d[\w/-]*|\d[\d-]*[А-ЯЁ]+[\w-]*|\d{2,4})"
    r"(?:-?[йя])? (?:учебн\w+ |академич\w+ |выпускн\w+ )?[Гг]рупп[аеуы]\b"
    r"(?! (?:эксп|риск|товар|здор))"
    r"|\b[Кк]урса?,?\s+([А-ЯЁ]{1,6}[а-яё]{0,3}[- ]?\d[\w/-]*(?:\(\d+\))?)"
)
_CAPITALS: Final = re.compile(r"[А-ЯЁ]{2,}[а-яё]?[А-ЯЁ]?[- ]?\d|[А-ЯЁ]-?\d|\d[- ]?[А-ЯЁ]")
_HOURS: Final = re.compile(r"\d:\d\d|^(?:с |в )?\d{1,2}[.-][0-5]0\b|\d\s?ч")
_CODE_AFTER: Final = re.compile(
    r"(?<=\w)[\s,;(/–—-]+\d{2}\.\d{2}\.\d{2}(?!\d).*"
    r"|\s*[(,;–—-]?\s*\d{1,2}\s*(?:чел|студ|уч)\w*\.?\s*\)?$|\s*\((?:[БП]У|ПА|\d{1,2})\)$"
)
_CODE_BEFORE: Final = re.compile(r"^\d{2}\.\d{2}\.\d{2}[\s,–—-]+(?=\w*[^\W\d])")
_ORDINAL: Final = r"(?:[1-9]|[IVXІ]{1,3}|перв|втор|трет|четв[её]рт)(?:-?(?:[а-я]{1,2}|ая|ья))?"
_SUBGROUP_WORD: Final = r"(?:подгр\w*|п\s?[/.-]\s?гр?\b|часть)\.?"
_SUBGROUP: Final = re.compile(
    rf"[\s,;/(–—-]*\b(?:{_ORDINAL}\s*{_SUBGROUP_WORD}|{_SUBGROUP_WORD}\s*№?\s*{_ORDINAL})\s*\)?",
    re.IGNORECASE,
)
_BETWEEN_GROUPS: Final = re.compile(r"\s*(?:[,;+\n]|\sи\s)\s*")
_OF_EXPERTS: Final = re.compile(r"(?:эксперт|рабоч)\w*\.?\s*$", re.IGNORECASE)
_GROUP_ALONE: Final = re.compile(
    r"\s*((?:\d{1,2}(?:-\d{1,2} )?)?[А-ЯЁ]{1,5}[а-яё]{0,3}[А-ЯЁ]?[- ]?\d{1,3}"
    r"(?:[-/ ]?[\dА-Яа-я]{1,4})?(?:[-/]\d{1,4})?|\d{1,2}[А-ЯЁ]{2,4})\s*"
)
_NO_GROUPS: Final = re.compile(
    r"^(?:ДЭ|ГИА|КОД|ГЭ|ЦПДЭ|ПА|СПО|Лист|Стр|Таб)(?![а-яё])|20\d\d", re.IGNORECASE
)
_SNILS: Final = re.compile(r"\d{3}[- ]?\d{3}[- ]?\d{3}[- ]?\d{2}")
_ROLE: Final = re.compile(r"эксперт|\bгэ\b|\bтэ\b|^[глт]э$")
_CERTIFICATE: Final = re.compile(r"\d{2}")
_POSITION: Final = re.compile(
    r"преподав|мастер\b|мастер[ау]? |директор|инженер|технолог|начальник|заведующ|\bзав\b|методист"
    r"|специалист|руководител|повар|механик|электр|сварщик|менеджер|бухгалт|программист|разработч"
    r"|медсестр|врач|агроном|слесар|токарь|админ|консульт|педагог|воспитател|юрист|дизайнер"
    r"|предпринимат|техник\b|оператор|бригадир|прораб|архитект|главный|ведущий|старший"
)
_WORD: Final = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?")
_COUNT: Final = re.compile(r"(?:(?:до|не более|от|по) )?\d{1,4}(?:[.,]\d+|\+\d)?\D{0,16}")
_WORKSHOP: Final = re.compile(
    r"(?:учебн\w* )?(?:мастерск|лаборатор|площадк|полигон|аудитор|кабинет\b|цпдэ)"
)
_SEATS: Final = re.compile(r"\d{1,3}\s*(?:рабоч|раб\.|мест|рм\b|чел)")
_DIALLED: Final = re.compile(r"(?:\+7|\b8|\b7)[\s(-]*\d{3}")
_SIDE: Final = re.compile(
    r"(?:представител\w* )?(?:работодател|предприяти|производств|индустри|колледж|техникум"
    r"|образоват)\w*(?: (?:организац|учрежд)\w*)?"
)
_GRADE: Final = re.compile(r"высш|перв|втор|соответств|без |нет|кандидат|[-–—\d]")
_BRIEF: Final = 40
_LONGEST: Final = 200
_INN_DIGITS: Final = re.compile(r"\d{9,12}")


def group_in(text: str, *, alone: bool = False) -> str:
    """The study group that a heading names; `alone`: or the group that is all of the text."""
    for found in _GROUP_IN_TEXT.finditer(text):
        if not _OF_EXPERTS.search(text[: found.start()]):
            return found[1]
    if ("рупп" in text or "урс" in text) and (other := _GROUP_OTHERWISE.search(text)):
        return other[1] or other[2]
    whole = _GROUP_ALONE.fullmatch(text) if alone else None
    return whole[1] if whole and not _NO_GROUPS.search(text) else ""


def without_code(group: str) -> str:
    """«ИС-41» of «ИС-41 (09.02.07 Информационные системы)» and of «ИС-41, 1 подгр., 12 чел.»."""
    if group[-3:].isdecimal() and "." not in group:  # as nearly all are written
        return group
    bare = _SUBGROUP.sub("", group) if _SUBGROUP.search(group) else group
    bare = _CODE_AFTER.sub("", _CODE_BEFORE.sub("", bare)).strip(" ,;(")
    return bare or group


def several_groups(text: str) -> bool:
    """Whether a cell names more than one group: «ИС-41, ИС-42», «ИС-41 и 42»."""
    first, *more = _BETWEEN_GROUPS.split(without_code(text))
    return bool(
        more
        and group_in(first, alone=True)
        and all(part.isdecimal() or group_in(part, alone=True) for part in more)
    )


def is_position(folded: str) -> bool:
    """Whether the words tell somebody's post."""
    return bool(_POSITION.search(folded))


Test = Callable[[Value, str], bool]


def _full_name(_: Value, text: str) -> bool:
    written, _aside = split_person(text)
    reading = read_full_name(written)
    return reading.name is not None and bool(reading.name.first) and len(written.split()) > 1


def _given(text: str) -> bool:
    """A given name, alone or with a patronymic; initials."""
    first, _, rest = text.partition(" ")
    if re.fullmatch(r"(?:[А-ЯЁ]\.\s?){1,2}", text):
        return True
    return is_patronymic(rest) if rest else is_given_name(first)


def _short_names(_: Value, text: str) -> bool:
    if re.search(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.", text) or _full_name(_, text):
        return True
    return any(map(is_patronymic, re.findall(r"[А-ЯЁ][а-яё]+", text)))


def _date(value: Value, text: str) -> bool:
    if isinstance(value, date):
        return True
    if len(text) >= _BRIEF:
        return False
    return read_date(value, today=_SOME_DAY, year=2026).day is not None or bool(FOREVER.match(text))


def _time(value: Value, text: str) -> bool:
    clock = isinstance(value, time) or (len(text) < _BRIEF and read_times(value)[0] is not None)
    return clock and not isinstance(value, datetime) and read_number(value) != value


def _clock(value: Value, text: str) -> bool:
    """A time of day that could be no date and no number."""
    return _time(value, text) and (isinstance(value, time) or bool(_HOURS.search(text)))


def _duration(value: Value, _: str) -> bool:
    return read_clock_duration(value) is not None or _number(value, _)


def _inn(_: Value, text: str) -> bool:
    digits = text.replace(" ", "")
    return bool(_INN_DIGITS.fullmatch(digits)) and any(
        valid_inn(digits.zfill(length)) for length in (10, 12)
    )


def _snils(text: str) -> bool:
    digits = text.replace("-", "").replace(" ", "")
    return bool(_SNILS.fullmatch(text)) and ("-" in text or valid_snils(digits))


def _number(value: Value, text: str) -> bool:
    return isinstance(value, int | float) or bool(_COUNT.fullmatch(text))


def _sure_group(_: Value, text: str) -> bool:
    """A group that could hardly be anything else: capitals next to digits."""
    plain = bool(_GROUP.fullmatch(text)) and not _NO_GROUPS.search(text)
    return plain and len(text) < _BRIEF and bool(_CAPITALS.search(text))


def _codes(value: Value, text: str) -> bool:
    short = isinstance(value, str) or not isinstance(value, date)
    return short and bool(read_specialty_codes(text)[0] or read_kit_codes(text))


TESTS: Final[Mapping[str, Test]] = {
    "full_name": _full_name,
    "whole_name": lambda _, text: (
        _full_name(_, text)
        and any(
            is_patronymic(word) or is_given_name(word) for word in text.replace(",", " ").split()
        )
    ),
    "short_names": _short_names,
    "last_name": lambda _, text: bool(_WORD.fullmatch(text)) and not is_patronymic(text),
    "first_name": lambda _, text: _given(text),
    "middle_name": lambda _, text: is_patronymic(text) or bool(re.fullmatch(r"[А-ЯЁ]\.", text)),
    "date": _date,
    "time": _time,
    "duration": _duration,
    "phone": lambda _, text: bool(read_phone(text).value) and not _snils(text),
    "email": lambda _, text: bool(read_email(text).value),
    "snils": lambda _, text: _snils(text),
    "inn": _inn,
    "organization": lambda _, text: (
        bool(_ORGANIZATION.search(text))
        or any(words.search(fold(text)) for _kind, words in KIND_WORDS)
    ),
    "codes": _codes,
    "kit": lambda _, text: bool(read_kit_codes(text)),
    "level": lambda _, text: read_level(text) is not None,
    "flag": lambda value, text: len(text) < _BRIEF and read_flag(value)[1] == "",
    "side": lambda _, text: bool(_SIDE.fullmatch(fold(text))),
    "number": _number,
    "seats": lambda _, text: bool(_SEATS.match(fold(text))),
    "workshop": lambda _, text: bool(_WORKSHOP.match(fold(text))),
    "sure_group": _sure_group,
    "dialled": lambda _, text: bool(_DIALLED.search(text) and read_phone(text).value),
    "clock": _clock,
    "clock_duration": lambda value, text: (
        len(text) < _BRIEF and read_clock_duration(value) is not None
    ),
    "group": lambda _, text: len(text) < _LONGEST and bool(_GROUP.fullmatch(without_code(text))),
    "role": lambda _, text: len(text) < _BRIEF and bool(_ROLE.search(fold(text))),
    "grade": lambda _, text: bool(_GRADE.match(fold(text))),
    "position": lambda _, text: is_position(fold(text)),
    "org_kind": lambda _, text: len(text) < _BRIEF and read_org_kind(text) is not None,
    "certificate": lambda _, text: len(text) < _BRIEF and bool(_CERTIFICATE.search(text)),
    "legal_form": lambda _, text: text.upper().replace(".", "") in FORM_KINDS,
    "room": lambda _, text: len(text) < _BRIEF and any(letter.isdigit() for letter in text),
    "text": lambda _, text: any(letter.isalpha() for letter in text),
}


@dataclass
class ColumnSample:
    """The first filled cells of a column; each test is made once."""

    cells: Sequence[Value]
    _shares: dict[str, float | None] = field(default_factory=dict)

    def apart_from(self, other: "ColumnSample") -> bool:
        """Whether no row has both cells filled."""
        return not any(a and b for a, b in zip(self.cells, other.cells, strict=False))

    def share_of(self, test: str) -> float | None:
        """How much of the filled cells pass the test; None for an empty column."""
        if test not in self._shares:
            self._shares[test] = self._tried(test)
        return self._shares[test]

    def _tried(self, test: str) -> float | None:
        texts = [(cell, as_text(cell)[:_LONGEST]) for cell in self.cells]
        filled = [(cell, clean_lines(text)) for cell, text in texts if text.strip()]
        if not filled:
            return None
        passed = sum(TESTS[test](cell, text.replace("\n", " ")) for cell, text in filled)
        return passed / len(filled)
