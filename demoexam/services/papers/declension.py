"""Names and posts in the cases an order needs: proposed by libraries, corrected by people."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.reference import DeclinedName


class Case(StrEnum):
    """Cases by their names in the dictionary of OpenCorpora."""

    GENITIVE = "gent"
    DATIVE = "datv"
    ACCUSATIVE = "accs"


CASE_NAMES = {
    Case.GENITIVE: "родительный (кого?)",
    Case.DATIVE: "дательный (кому?)",
    Case.ACCUSATIVE: "винительный (кого?)",
}


class Gender(StrEnum):
    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True)
class Wanted:
    """Words that a paper needs in a case."""

    words: str
    case: Case
    post: bool = False


@dataclass(frozen=True)
class Declension:
    """What the program proposes for `words`, and what somebody put in its place."""

    words: str
    case: Case
    proposed: str
    corrected: str = ""

    @property
    def text(self) -> str:
        return self.corrected or self.proposed


def declined(
    session: Session, words: str, case: Case, *, gender: Gender | None = None, post: bool = False
) -> str:
    """A full name (surname first) or a `post` in a case; a correction wins.

    A name whose gender neither its patronymic nor `gender` tells stays as it is.
    """
    corrected = _corrections(session, [words]).get((words, case), "")
    return corrected or proposed(words, case, gender=gender, post=post)


def declensions(session: Session, wanted: Iterable[Wanted]) -> list[Declension]:
    """Each of the words once, as they are proposed and as they are corrected."""
    asked = list(dict.fromkeys(one for one in wanted if one.words))
    known = _corrections(session, [one.words for one in asked])
    return [
        Declension(
            one.words,
            one.case,
            proposed(one.words, one.case, post=one.post),
            known.get((one.words, one.case), ""),
        )
        for one in asked
    ]


def correct(session: Session, words: str, case: Case, text: str) -> None:
    """Print `words` so from now on; an empty text takes the correction back."""
    written = " ".join(text.split())
    rows = list(session.scalars(_rows([words]).where(DeclinedName.declension == case)))
    for row in rows[:-1] if written else rows:
        row.deleted, row.deleted_by = True, session.info.get("operation")
    if written and rows:
        rows[-1].declined = written
    elif written:
        session.add(DeclinedName(words=words, declension=case, declined=written))
    session.flush()


def proposed(words: str, case: Case, *, gender: Gender | None = None, post: bool = False) -> str:
    """The libraries' word for it, without a look into the store."""
    return _post(words, case) if post else _name(words, case, gender)


def _corrections(session: Session, words: Sequence[str]) -> dict[tuple[str, str], str]:
    """(words, case) -> text; of two computers' corrections the later one."""
    rows = session.scalars(_rows(words))
    return {(row.words, row.declension): row.declined for row in rows}


def _rows(words: Sequence[str]) -> Any:
    query = select(DeclinedName).where(DeclinedName.live(), DeclinedName.words.in_(words))
    return query.order_by(DeclinedName.id)


# -- full names: the rules of petrovich ---------------------------------------------------------

MALE_PATRONYMIC, FEMALE_PATRONYMIC = ("ич",), ("вна", "чна")
TITLES = ("LASTNAME", "FIRSTNAME")  # what every full name begins with
SONS, DAUGHTERS = ("оглы", "оглу", "углы", "улы", "уулу"), ("кызы", "гызы", "кизи")


def _name(words: str, case: Case, gender: Gender | None) -> str:
    known = gender or gender_of(words)
    if known is None or re.search("[A-Za-z]", words):
        return words
    titled, middle = words.split()[: len(TITLES)], words.split()[len(TITLES) :]
    if not _is_turkic(middle):
        titled += middle
        middle = []
    parts = [*TITLES, *["MIDDLENAME"] * len(titled)]
    made = [_part(one, part, case, known) for one, part in zip(titled, parts, strict=False)]
    return " ".join([*made, *middle])


def gender_of(words: str) -> Gender | None:
    """By the patronymic of a full name; None when it has none that tells."""
    end = "".join(words.lower().replace("-", " ").split()[2:])
    if end.endswith((*MALE_PATRONYMIC, *SONS)):
        return Gender.MALE
    return Gender.FEMALE if end.endswith((*FEMALE_PATRONYMIC, *DAUGHTERS)) else None


def _is_turkic(middle: Sequence[str]) -> bool:
    return bool(middle) and middle[-1].lower().endswith((*SONS, *DAUGHTERS))


def _part(word: str, part: str, case: Case, gender: Gender) -> str:
    """A surname, first name or patronymic; an initial as it is."""
    if "." in word:
        return word
    from pytrovich.enums import Case as Cases
    from pytrovich.enums import Gender as Genders
    from pytrovich.enums import NamePart

    made: str = _maker().make(NamePart[part], Genders[gender.name], Cases[case.name], word)
    return made.upper() if word.isupper() and len(word) > 1 else made


@cache
def _maker() -> Any:
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker()


# -- posts: the dictionary of pymorphy3 ---------------------------------------------------------

FIXED = {"шеф", "генерал", "премьер", "обер", "унтер", "вице"}  # do not change before a hyphen
AND = {"и", "или"}


@lru_cache(maxsize=2048)
def _post(words: str, case: Case) -> str:
    """Only the head changes, not what follows it: «заместителя директора по работе с …»."""
    return ", ".join(_phrase(one, case) for one in words.split(", "))


def _phrase(words: str, case: Case) -> str:
    """Adjectives and their noun in the nominative; «преподаватель и мастер» has two such heads."""
    parts = words.split()
    made: list[str] = []
    while len(made) < len(parts):
        word, rest = parts[len(made)], parts[len(made) + 1 :]
        if _is_short(word):
            made.append(word)
            continue
        adjective, noun = _adjective(word, case), _noun(word, case)
        if adjective and _is_head(rest[:1]):
            made.append(adjective)
            continue
        if noun or adjective:
            made.append(noun or adjective)
        if not made or not (rest and rest[0] in AND and _is_head(rest[1:2])):
            break
        made.append(rest[0])
    return " ".join([*made, *parts[len(made) :]])


def _is_head(words: Sequence[str]) -> bool:
    return any(_adjective(one, Case.DATIVE) or _noun(one, Case.DATIVE) for one in words)


def _is_short(word: str) -> bool:
    """и. о., 1-й, ИП: what has no case to show."""
    return "." in word or any(map(str.isdigit, word)) or (word.isupper() and len(word) > 1)


def _adjective(word: str, case: Case) -> str:
    for found in _parses(word):
        if {"sing", "nomn"} in found.tag and found.tag.POS in {"ADJF", "PRTF"}:
            wanted = {case.value, "sing", found.tag.gender}
            if case is Case.ACCUSATIVE and found.tag.gender == "masc":
                wanted.add("anim")
            made = found.inflect(wanted)
            return _as_written(word, made.word) if made else ""
    return ""


def _noun(word: str, case: Case) -> str:
    """Each half of «инженер-программист», but not of «шеф-повар»."""
    halves = word.split("-")
    last = len(halves) - 1
    made = [
        "" if at < last and one.lower() in FIXED else _person(one, case)
        for at, one in enumerate(halves)
    ]
    pairs = zip(made, halves, strict=True)
    return "-".join(new or old for new, old in pairs) if any(made) else ""


def _person(word: str, case: Case) -> str:
    for found in _parses(word):
        if {"NOUN", "anim", "sing", "nomn"} in found.tag and "Name" not in found.tag:
            made = found.inflect({case.value})
            return _as_written(word, made.word) if made else ""
    return ""


def _as_written(word: str, made: str) -> str:
    return made[:1].upper() + made[1:] if word[:1].isupper() else made


def _parses(word: str) -> Sequence[Any]:
    found: Sequence[Any] = _dictionary().parse(word)
    return found


@cache
def _dictionary() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")
