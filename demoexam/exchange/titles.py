"""Titles of columns: typed with slips, abbreviations and breaks, they are told to be titles."""

import re
from functools import cache, lru_cache
from typing import Final

from demoexam.exchange.column_terms import Term
from demoexam.exchange.vocabulary import TERMS, Kind
from demoexam.rules.identity import clean, cyrillic, one_slip
from demoexam.text import fold

_LONGEST_TITLE: Final = 130
_VAGUER: Final = 0.2  # what each further wording of a term costs
_SHORTEST_MENDED: Final = 5
_ENDING: Final = 4
_BROKEN_WORD: Final = re.compile(r"(?<=[^\W\d_])[-\u00ad]\s*\n\s*(?=[^\W\d_])")
_CUT_WORD: Final = re.compile(r"\b([^\W\d_]{3,6})(?:\.|-(?:сть|я|ие|ия|во|ость|ция|ние)\b)")
_EXAM_DAY: Final = re.compile(r"\b[СCсc]\s([1-4])$")  # not the day before, «С-1»
_SPACED_OUT: Final = re.compile(r"(?:\b[^\W\d_] ){3,}[^\W\d_]\b")
_NOT_IN_TITLES: Final = re.compile(  # it starts with a set of letters: so it is found fastest
    r"[\d@_«»\"](?:(?<=\d).*\d|(?<=_)__|(?<=[@«»\"]))"
)
_MEASURE: Final = re.compile(r"\d+\s*(?:час|ч\b|мин|мест\b|балл|раб)")  # said of something
_BRIEF: Final = 3  # words

# Beginnings of the words that titles are made of. Longer ones also mend a slip of a letter.
_TITLE_WORDS: Final = """
    экзаменуем трудоустройств позиц если есть участв участи общ прим no n п др д р сот ль свид св
    email е mail ин н направляющ данны
    кандидатур резерв список
    номер порядк фамили имя имен отчеств фио полност полное полный сокращ кратк инициал
    эксперт участник студент обучающ выпускник экзамен сотрудник работник педагог
    преподавател кандидат организац предприят учрежден компани работодател фирма место мест
    работ основно служб колледж техникум наименован назван вид тип статус роль категор
    функци должност профес занима трудов телефон тел моб мобильн сотов контакт связ рабоч
    личн домашн почт электрон адрес mail эл специальност направлен подготовк компетенц
    квалификац код коды шифр спец ким коп комплект оценочн документац свидетельств
    сертификат удостоверен документ подтвержда серия выдан выдач дата срок действ
    действителен годен оконч окончан начал начало заверш истек рожд год день дни дней числ
    месяц время час часы продолжит длительн минут хронометраж инн огрн снилс страхов пенсион
    индивидуал налог налогоплательщик представ представител образоват сторон соглас обработк
    персональн данн пдн стаж опыт лет примечан комментар заметк прочее дополнит групп учебн
    академич курс форма обучен бюджет ассистент тьютор овз инвалид мастерск лаборатор
    площадк цпдэ центр проведен помещен кабинет каб аудитор ауд комнат местонахожд
    расположен вместим количеств кол кол-во колич во число численност аттест аттестат
    аккредит аккредитац оборудован оснащ суббот техническ тэ гэ главн линейн состав член
    оценива оценк уров уровень балл макс максимальн инвариант вариатив обязательн часть
    рекоменд смена явк чел человек отрасл город регион кластер сведен информац оо опо поо
    спо дэ гиа пп да нет или на для по из от до в и о с к при тер кем когда где что как кто
    зам пол дистанц ответственн заведующ наставник реквизит юр юридич факт подразделен отдел
    цех участок кафедр специализац наличи признак принадлежност ссылк соц проверк причин рм
    ву дни очеред поток подгрупп период график бу пу базов профильн
"""
_WORDS: Final = _TITLE_WORDS.split()
_SHORT: Final = frozenset(word for word in _WORDS if len(word) < 4)  # noqa: PLR2004 -- whole words
_LONG: Final = tuple(word for word in _WORDS if word not in _SHORT)
_MENDING: Final = tuple(
    sorted((word for word in _WORDS if len(word) > _SHORTEST_MENDED), key=len, reverse=True)
)


def title_key(title: str) -> str:
    """A column's title without marks and case; slips of a letter and Latin letters are mended."""
    if len(title) <= _LONGEST_TITLE and _EXAM_DAY.search(title):
        title = _EXAM_DAY.sub(r"с\1", title)
    joined = _CUT_WORD.sub(_written_out, _BROKEN_WORD.sub("", title))
    words = re.findall(r"[\w№]+", clean(joined))
    text = " ".join(_mended(fold(cyrillic(word))) for word in words)
    return _SPACED_OUT.sub(lambda found: found[0].replace(" ", ""), text)


def _written_out(found: re.Match[str]) -> str:
    """«эксперт» of «эксп.», «продолжит» of «прод-сть»; what may be two words stays."""
    start = fold(cyrillic(found[1]))
    if start in _SHORT:
        return found[0]
    longer = [word for word in _LONG if word.startswith(start)]
    stems = {word for word in longer if not any(word != o and word.startswith(o) for o in longer)}
    return f"{stems.pop()} " if len(stems) == 1 and start not in longer else found[0]


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    """The word with one slip at its beginning undone: «телефно» is «телефон»."""
    if len(word) < _SHORTEST_MENDED or word.isdecimal() or _is_inflected(word):
        return word
    for known in _MENDING:
        for length in (len(known), len(known) - 1, len(known) + 1):
            start = word[:length]
            is_near = len(start) == length and start[0] == known[0] and one_slip(start, known)
            if is_near and len(word) - length <= _ENDING:
                return known + word[length:]
    return word


@lru_cache(maxsize=4096)
def _is_known(word: str) -> bool:
    return word in _SHORT or word.startswith(_LONG)


def _is_inflected(word: str) -> bool:
    """Whether the word is a known one but for its ending."""
    return any(word.startswith(known) and len(word) - len(known) <= _ENDING for known in _LONG)


@lru_cache(maxsize=8192)
def likeness_of_title(key: str) -> float:
    """The share of words of the folded text that titles are made of."""
    words = [word for word in key.split() if not word.isdecimal() and word != "№"]
    if not words:
        return 1.0 if "№" in key else 0.0
    return sum(map(_is_known, words)) / len(words)


@lru_cache(maxsize=8192)
def reads_as_title(text: str) -> bool:
    """Whether a cell may be a column's title: of words that titles have, or one that we know."""
    if not may_be_title(text) or (text[0].isdecimal() and _MEASURE.match(text)):
        return False
    key = title_key(text)
    likeness = likeness_of_title(key)
    if likeness > 0.5:  # noqa: PLR2004 -- most of its words
        return True
    brief = len(key.split()) <= _BRIEF
    if not (brief or likeness >= 0.3) or not _any_wording().search(key):  # noqa: PLR2004
        return False
    return bool(fields_titled(key))


def may_be_title(text: str) -> bool:
    """A quick look, before the words are read."""
    return 0 < len(text) <= _LONGEST_TITLE and not _NOT_IN_TITLES.search(text)


@cache
def _any_wording() -> re.Pattern[str]:
    """Finds a wording of any field: most texts that are no titles have none."""
    wordings = (each.pattern for terms in TERMS.values() for term in terms for each in term.titles)
    return re.compile("|".join(f"(?:{wording})" for wording in dict.fromkeys(wordings)))


@lru_cache(maxsize=16_384)
def title_match(term: Term, title: str) -> float:
    """1 for the best wording of a title, less for a vaguer one, 0 for none."""
    if not title or len(title) > _LONGEST_TITLE or (term.not_if and term.not_if.search(title)):
        return 0.0
    for rank, pattern in enumerate(term.titles):
        if pattern.search(title):
            return (1.0 - _VAGUER * rank) * (1.0 if likeness_of_title(title) >= 0.4 else 0.6)  # noqa: PLR2004
    return 0.0


@lru_cache(maxsize=4096)
def fields_titled(title: str, kind: Kind | None = None) -> frozenset[str]:
    """Names of the fields that the folded title may mean, of one kind of list or of any."""
    kinds = [kind] if kind else [*Kind]
    return frozenset(
        term.field for each in kinds for term in TERMS[each] if title_match(term, title)
    )
