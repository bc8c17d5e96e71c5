"""Headings between the rows of a table: an organization, a role, a specialty, a study group."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from demoexam.exchange.content import group_in
from demoexam.exchange.dates import read_date
from demoexam.exchange.fields import read_specialty_codes
from demoexam.exchange.legal_forms import KIND_WORDS, LONG_FORMS, SHORT_FORM, kind_of
from demoexam.rules.terms import OrganizationKind
from demoexam.text import fold

_INN: Final = re.compile(r"\bинн\b", re.IGNORECASE)
_FORM: Final = re.compile(
    rf"(?:^|(?<=[\s(]))(?:\d{{1,3}}[.)]\s*)?(?:{SHORT_FORM})(?=[\s«\"“„])[^:;]*"
)
_FORM_LAST: Final = re.compile(rf"[»\"”,]\s*\(?(?:{SHORT_FORM})\)?$")
_LETTERHEAD: Final = re.compile(rf"\s*(?:{SHORT_FORM})\s*[«\"“][^«»\"“”]+[»\"”]\s*")
_THEIR_PEOPLE: Final = re.compile(
    r"(?:сотрудник|работник|представител|специалист|преподавател|эксперт\w* от)\w*"
    r"(?:\s+(?:от|из|предприятия|компании|организации|колледжа|техникума))*"
    rf"\s+((?:{SHORT_FORM})\s*[«\"“][^«»\"“”]+[»\"”])",
    re.IGNORECASE,
)
_EDUCATION: Final = (OrganizationKind.COLLEGE, OrganizationKind.UNIVERSITY)
_NEAR_TITLES: Final = 3
_QUOTED: Final = re.compile(r"^[«\"“„][^«»\"“”„]+[»\"”]")
_EDGES: Final = " ,;:–—-("
_ROLE: Final = re.compile(r"эксперт|^[глт]э$")
_NOT_ROLE: Final = re.compile(r"список|состав|приложени|сведения|график|экспертн\w* групп")
_PEOPLE: Final = re.compile(
    r"эксперт|студент|выпускник|педагог|преподават|сотрудник|представ|работник|списо?к|груп|курс"
    r"|мастерск|график|площадк|\b(?:от|для|и|по|из|на)\b"
)
_WHOSE: Final = r"представител|сотрудник|эксперт|работник|педагог|преподавател|специалист"
_OWNERS: Final = (
    r"работодател|предприят|производств|индустри|бизнес|реальн\w* сектор|социальн\w* партн"
)
_TEACHING: Final = (
    r"(?:преподавател|педагог|мастер)\w*(?: (?:работник|состав)\w*)?"
    r"(?:\W+(?:и\W+)?(?:мастер\w*\W+)?(?:п\W?о|производственн\w* обуч\w*|колледж\w*|техникум\w*))*"
)
_SIDE: Final = re.compile(
    rf"^(?:\W|\d+[.)])*(?:внешн\w*\W+)?(?:(?:{_WHOSE})\w*)?\W*(?:(?:от|со сторон\w|из числа|из)\W+"
    rf"(?:(?:други|ины)х\W+)?)?(?:({_OWNERS}|колледж|техникум|образовательн|поо\b|вуз)\w*"
    rf"(?:\W+(?:организац|учрежд|партнер|экономик)\w*)?|{_TEACHING})(?:\W*\([^()]*\))?\W*$"
)
_TITLE_SIDE: Final = re.compile(
    r"(?:представител\w*|сотрудник\w*|эксперт\w* от|(?:из числа|со стороны) (?:\w+ )?)\s*"
    r"(?:работодател|предприят|производств)"
)
_OTHER_SIDE: Final = re.compile(r"колледж|техникум|образоват|преподават|педагог|дол[яи]\b|процент")
_LONGEST_OF_EXAMS: Final = 120
_LONGEST_SIDE: Final = 150
_ANY_DAY: Final = date(2000, 1, 1)
_SHIFT: Final = re.compile(r"\bсмена\b|\bпоток\b")
_PLACE: Final = re.compile(r"мастерск|лаборатор|\bцпдэ\b|площадк|аудитор|\bкаб(?:инет)?\b")
_ROLE_OF_ALL: Final = re.compile(
    r"^\W*(?:(?:список|реестр|перечень|сведения о)\W+)?((?:главн|линейн|техническ)\w* эксперт)"
    r"(?!.*\b(?:и|линейн\w*|член\w*)\b)"
)
_ROLES: Final = (
    ("главный эксперт", re.compile(r"главн|\bгэ\b")),
    ("технический эксперт", re.compile(r"техническ|\bтэ\b")),
    ("линейный эксперт", re.compile(r"линейн")),
)


class Meaning(StrEnum):
    """What a heading says of the rows below it."""

    ORGANIZATION = "organization"
    ROLE = "role"
    CODES = "codes"
    GROUP = "group"
    SIDE = "side"
    DAY = "day"
    SHIFT = "shift"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True)
class Headings:
    """The headings in force, outer ones first; one of a level known already ends that level."""

    stack: tuple[tuple[frozenset[Meaning], str], ...] = ()

    def below(self, text: str) -> "Headings":
        """The headings in force below one more."""
        meanings = meanings_of(text)
        level = next((i for i, (known, _) in enumerate(self.stack) if known & meanings), None)
        kept = self.stack if level is None else self.stack[:level]
        return Headings((*kept, (meanings, text)))

    def of(self, meaning: Meaning) -> str:
        """The nearest heading that says this; empty if none does."""
        if not self.stack:
            return ""
        return next((text for known, text in reversed(self.stack) if meaning in known), "")

    @property
    def texts(self) -> tuple[str, ...]:
        """Nearest first."""
        return tuple(text for _, text in reversed(self.stack))


def meanings_of(text: str) -> frozenset[Meaning]:
    folded = fold(text)
    if len(text) <= _LONGEST_SIDE and _SIDE.match(folded):
        return frozenset({Meaning.SIDE})
    found = set()
    if read_specialty_codes(text)[0]:
        found.add(Meaning.CODES)
    if group_in(text, alone=True):
        found.add(Meaning.GROUP)
    if not found and (organization_in(text) or _is_bare_organization(folded)):
        found.add(Meaning.ORGANIZATION)
    elif _ROLE.search(folded) and not _NOT_ROLE.search(folded):
        found.add(Meaning.ROLE)
    return frozenset(found or {_of_exams(text, folded)})


def _of_exams(text: str, folded: str) -> Meaning:
    """What a heading of a schedule says: the day, the shift or the place of the rows below."""
    if len(text) > _LONGEST_OF_EXAMS:
        return Meaning.OTHER
    if any(letter.isdigit() for letter in text) and read_date(text, today=_ANY_DAY, year=2000).day:
        return Meaning.DAY
    if _SHIFT.search(folded):
        return Meaning.SHIFT
    return Meaning.PLACE if _PLACE.search(folded) else Meaning.OTHER


def organization_in(text: str) -> str:
    """The part of a heading that names an organization beyond doubt."""
    folded = fold(text)
    if long := next((form for form in LONG_FORMS if form in folded), ""):
        return text[folded.index(long) :] if len(folded) == len(text) else text
    if found := _FORM.search(text):
        return text[found.start() :].strip(" :")
    if _INN.search(text) or _FORM_LAST.search(text) or _QUOTED.match(text):
        return text.strip(" :")
    return ""


def split_work(text: str) -> tuple[str, str]:
    """«инженер ООО «Завод»» as the organization and the post before it."""
    organization = organization_in(text)
    if not organization or not text.endswith(organization):
        return "", text
    return organization, text[: len(text) - len(organization)].strip(_EDGES)


def organization_of_sheet(name: str) -> str:
    """The sheet's name, if it is that of a college or an employer and of nothing else."""
    folded = fold(name)
    if organization_in(name):
        return name
    named = len(folded.split()) > 1 and _is_bare_organization(folded)
    return name if named and not _PEOPLE.search(folded) else ""


def _is_bare_organization(folded: str) -> bool:
    return any(words.search(folded) for _kind, words in KIND_WORDS)


def role_of(heading: str) -> str:
    """«главный эксперт» of «Главные эксперты:»."""
    if not heading:
        return ""
    folded = fold(heading)
    return next((role for role, words in _ROLES if words.search(folded)), "эксперт")


def role_told(lines: Sequence[str]) -> str:
    """The role of all in a list, told by its title or by the name of its sheet."""
    found = (_ROLE_OF_ALL.match(fold(text)) for text in [*reversed(lines)][:_NEAR_TITLES])
    return next((role_of(each[1]) for each in found if each), "")


@lru_cache(maxsize=1024)
def side_of(heading: str) -> bool | None:
    """Whether the heading puts the rows below it on the employers' side."""
    found = _SIDE.match(fold(heading)) if 0 < len(heading) <= _LONGEST_SIDE else None
    if found is None:
        return None
    return bool(found[1]) and bool(re.match(_OWNERS, found[1]))


def side_of_title(lines: Sequence[str]) -> bool | None:
    """The side that the lines right above a table tell, the nearest of them first."""
    for text in [*reversed(lines)][:_NEAR_TITLES]:
        if (side := side_of(text)) is not None:
            return side
        folded = fold(text)
        if _TITLE_SIDE.search(folded):
            return None if _OTHER_SIDE.search(folded) else True
    return None


def organization_of_title(lines: Sequence[str]) -> str:
    """The employer on whose head paper a list is, or of whose people."""
    for text in lines:
        if found := _THEIR_PEOPLE.search(text):
            return found[1]
        if _LETTERHEAD.fullmatch(text) and _kind_told(text) not in _EDUCATION:
            return text
    return ""


def _kind_told(text: str) -> OrganizationKind | None:
    form = _FORM.search(text)
    first = form[0].split()[0] if form else ""
    return kind_of(first, fold(text))
