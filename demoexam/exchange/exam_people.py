"""Who is named in a cell of a schedule and in what role: lists, numbers, posts, in any order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from demoexam.exchange.content import is_position
from demoexam.exchange.legal_forms import FORM_KINDS
from demoexam.exchange.oblique_names import nominative
from demoexam.rules.full_names import FullName, is_given_name, is_patronymic, read_full_name
from demoexam.rules.identity import clean, clean_lines, cyrillic
from demoexam.text import fold

_LONGEST: Final = 3_000
_WORD: Final = r"[А-ЯЁ](?:[а-яё]+|[А-ЯЁ]+)(?:-[А-ЯЁ](?:[а-яё]+|[А-ЯЁ]+))?"
_CHILD_OF: Final = r"(?:\s+(?:кызы|оглы|углы|улы|кизи|гызы|оглу|уулу)\b)?"
_INITIALS: Final = r"[А-ЯЁ]\.\s?(?:-?[А-ЯЁ]\.)?"
_FULL: Final = re.compile(rf"({_WORD})\s+({_WORD})\s+({_WORD})({_CHILD_OF})(?![\w-])")
_SHORT: Final = re.compile(
    rf"({_WORD})(?P<a>\s*[А-ЯЁ]\.\s?[А-ЯЁ]\.?|\s*[А-ЯЁ]\.|\s[А-ЯЁ]\s[А-ЯЁ]|\s[А-ЯЁ]{{2}})(?![\w-])"
    rf"{_CHILD_OF}|(?P<b>{_INITIALS})\s*({_WORD})(?![\w-])"
)
_TWO: Final = re.compile(rf"({_WORD})\s+({_WORD})(?![\w.-])")
_NO_INITIALS: Final = rf"(?!(?-i:\s*{_WORD}\b(?!\s*[А-ЯЁ])))"  # «Т.Э. Белов» is a person
_ROLE: Final = re.compile(
    r"(?P<chief>\bгл(?:авн\w*\s*|\.\s?|\s)эксп(?:ерт\w*|\.)|\bгэ\b\.?|\bг\.э\.{a}"
    r"|\b(?:председател|руководител)\w*(?:\s+(?:эг|эксп\w*\s+групп\w*))?(?=\s*[:–—-]))"
    r"|(?P<technical>\bтех(?:нич\w*\s*|\.\s?|\s)эксп(?:ерт\w*|\.)|\bтэ\b\.?|\bт\.э\.{a}"
    r"|\bтехнич\w*\s+администратор\w*(?:\s+площадк\w*)?|\bтап\b)"
    r"|(?P<experts>\b(?:линейн\w*|лин\.)(?:\s*эксп(?:ерт\w*|\.))?(?:\s+групп\w*)?"
    r"|\bчлены?\s+(?:эг\b|эксп\w*\s*групп\w*|комисси\w*)|\bэксперт\w*\s+групп\w*"
    r"|\bлэ\b\.?|\bл\.э\.{a}"
    r"|\bэксперт(?:ы|а|ов|ом|ами)?\b(?!-)|\bэксп\.|\bчлены?\b|\bсостав\s+эг\b|\bэг\b)".replace(
        "{a}", _NO_INITIALS
    ),
    re.IGNORECASE,
)
_PLURAL: Final = re.compile(r"(?:эксперты|администраторы)")
_QUOTED: Final = re.compile(r"«[^»\n]*»?|\"[^\"\n]*\"|“[^”\n]*”|„[^“”\n]*[“”]")
_NO_PERSON: Final = re.compile(
    rf"\bИП\s+(?:{_WORD}\s+{_INITIALS}|{_WORD}\s+{_WORD}\s+{_WORD})|\bим(?:ени|\.)\s*(?:{_INITIALS}"
    rf"\s*)?{_WORD}|\S+@\S+|(?:\+7|\b8)[\d\s()-]{{9,}}",
)
_NUMBERED: Final = re.compile(r"(?:^|(?<=[\s,;]))\d{1,2}[.)]\s*")
_BETWEEN: Final = re.compile(r"[\n;,/+•·●▪|()]")
_EDGES: Final = " \t.:–—-*"
_IN_BRACKETS: Final = re.compile(r"\s*\(\s*")
_TO_NAME: Final = re.compile(r" ?(?:[:–—-] ?)?(?=[А-ЯЁ])")
_COLON: Final = re.compile(r"\s*:")
_SHORTEST: Final = 2
_SHORTEST_IN_CAPITALS: Final = 4


@dataclass
class ExamPeople:
    """The people of a sitting by role; `unread` are cells in which nobody was made out."""

    chief: list[FullName] = field(default_factory=list)
    experts: list[FullName] = field(default_factory=list)
    technical: list[FullName] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)

    def take(self, column: str, text: str) -> None:
        """The people of a cell of this column; a cell that tells roles is taken at its word."""
        told = _told(text, column)
        for role, name in told:
            getattr(self, role).append(name)
        if not told and any(map(str.isalpha, text)):
            self.unread.append((column, clean(text)))


@lru_cache(maxsize=1024)  # one group of experts sits through many exams
def _told(text: str, column: str) -> tuple[tuple[str, FullName], ...]:
    return tuple(_Cell(text, column).read()) if text else ()


@dataclass
class _Person:
    name: FullName
    role: str = ""  # as the cell tells it
    end: int = 0


class _Cell:
    """Goes through a cell from word to word, knowing what role was told last and of whom."""

    def __init__(self, text: str, column: str) -> None:
        masked = _NO_PERSON.sub(" ", _QUOTED.sub("«»", clean_lines(text)[:_LONGEST]))
        plain = re.sub(r"\S+", lambda word: cyrillic(word[0]), masked)
        self._text = _NUMBERED.sub("\n", plain)
        self._column = column
        self._people: list[_Person] = []
        self._role = ""
        self._for_one = False

    def read(self) -> list[tuple[str, FullName]]:
        place = start = 0
        text = self._text
        while place < len(text):
            if place and (text[place - 1].isalpha() or not text[place].isalpha()):
                place += 1
                continue
            role = _ROLE.match(text, place)
            found = None if role else _name_at(text, place)
            if role or found:
                self._between(start, place)
            if role:
                self._heed(role)
                place = start = role.end()
            elif found:
                name, place = found
                start = place
                self._add(name, place)
            else:
                place += 1
        self._between(start, len(text))
        return [*self._roles()]

    def _add(self, name: FullName, end: int) -> None:
        self._people.append(_Person(name, self._role, end))
        if self._for_one:
            self._role, self._for_one = "", False

    def _heed(self, found: re.Match[str]) -> None:
        """A role stands before those who have it, or after the one who has."""
        role = found.lastgroup or ""
        last = self._people[-1] if self._people else None
        if last and self._is_of(last, found):
            last.role = role
            return
        self._role = role
        self._for_one = role != "experts" and not _PLURAL.search(fold(found[0]))

    def _is_of(self, last: _Person, found: re.Match[str]) -> bool:
        """Whether the role is that of the person named before it on the line."""
        before = self._text[last.end : found.start()]
        if _IN_BRACKETS.fullmatch(before):
            return True
        if "\n" in before or ";" in before or _COLON.match(self._text, found.end()):
            return False
        if "(" in before:
            return True
        to_name = _TO_NAME.match(self._text, found.end())
        return not (to_name and _name_at(self._text, to_name.end()))

    def _between(self, start: int, end: int) -> None:
        """Words between names that are names too, of a kind that is not told by its looks."""
        for piece in _BETWEEN.split(self._text[start:end]):
            if name := _plainly_named(piece.strip(_EDGES)):
                self._add(name, end)

    def _roles(self) -> Iterator[tuple[str, FullName]]:
        """Beside a chief who is told to be one, the others of his column are experts."""
        told = any(person.role == "chief" for person in self._people)
        others = "experts" if told and self._column == "chief" else self._column
        for person in self._people:
            yield person.role or others, person.name


def _name_at(text: str, place: int) -> tuple[FullName, int] | None:
    """The name that begins here, put into the nominative, and where it ends."""
    if full := _FULL.match(text, place):
        parts = full[1], full[2], full[3]
        if is_patronymic(parts[2]) or is_patronymic(parts[1]) or full[4]:
            return _read(full[0], full.end())
        if plain := nominative(*parts):
            return _read(" ".join(plain), full.end())
    if (short := _SHORT.match(text, place)) and not is_position(fold(short[1] or "")):
        last, letters = (short[1], short["a"]) if short[1] else (short[4], short["b"])
        dotted = "".join(f"{letter}." for letter in letters if letter.isalpha())
        return _read(f"{last} {dotted}", short.end())
    if (two := _TWO.match(text, place)) and any(map(is_given_name, two.groups())):
        return _read(two[0], two.end())
    return None


def _read(text: str, end: int) -> tuple[FullName, int] | None:
    name = read_full_name(text).name
    return (name, end) if name and name.last else None


def _plainly_named(text: str) -> FullName | None:
    words = text.split()
    if not words or not all(word[0].isupper() for word in words) or is_position(fold(text)):
        return None
    shortest = _SHORTEST_IN_CAPITALS if words[0].isupper() else _SHORTEST + (len(words) == 1)
    if len(words[0]) < shortest or words[0].upper() in FORM_KINDS:
        return None
    return read_full_name(text).name
