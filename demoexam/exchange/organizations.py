"""Names of organizations: spelling variants of one organization are told to be one."""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, Generic, TypeVar

from demoexam.exchange.legal_forms import FORM_KINDS, LONG_FORMS, SHORT_FORM, kind_of
from demoexam.rules.full_names import FullName, read_full_name
from demoexam.rules.identity import clean, cyrillic, fold_key, read_inn
from demoexam.rules.terms import OrganizationKind
from demoexam.text import NBSP, fold, short_name

Ident = TypeVar("Ident")

_INN: Final = re.compile(
    r"[,;(\s]*(?:\bИНН\b(?:\s*/\s*КПП\b)?[\s:№-]*|(?<=\())(?:ЮЛ\s*)?(\d{9,12})(?!\d)"
    r"(?:\s*(?:/|[/,;]?\s*КПП\b)[\s:№-]*(?:КПП\s*)?\d{9}(?!\d))?\)?",
    re.IGNORECASE,
)
_SIDE_JOB: Final = re.compile(
    r"[(,]?\s*(?:по\s+совместительству|внешн\w+\s+совместител\w+|совместител\w+)\s*\)?",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(r"(.*[»\"”])\s*(?:,|\s[-–—])\s*([^«»\"“”]*[а-яё][^«»\"“”]*)")
_SOLE_TAIL: Final = re.compile(
    r"((?:ИП|[Ии]ндивидуальный предприниматель)\s[^,«»\"]+?)\s*(?:,|\s[-–—])\s*([а-яё][^«»\"]*)"
)
_PLACE: Final = re.compile(
    r"(?:,|\s[-–—])?\s*\(?(?:(?:(?:г|гор|пгт|пос|ул|дер|с)\.\s*|город |пос[её]лок )[А-ЯЁ]|\d{6},"
    r"|[А-ЯЁ][а-яё-]+(?:ая|ий|ой) (?:обл|край|р-н|район)|Республика )[^«»\"]*$"
)
_LEADING_NUMBER: Final = re.compile(r"^\d{1,3}[.)]\s+")
_FORM_FIRST: Final = re.compile(rf"^({SHORT_FORM})(?=[\s«\"“„(]|$)\s*")
_FORM_LAST: Final = re.compile(rf"[,\s]+\(?({SHORT_FORM})\)?$")
_NEXT_ONE: Final = re.compile(
    rf"\s*[;]\s*|\s*,\s+(?=(?:{SHORT_FORM})\s+[«\"])|\n+(?=(?:{SHORT_FORM})\s)"
)
_NOWHERE: Final = re.compile(r"(?:временно )?(?:не работа|безработн|не трудоустр)")
_OPENING: Final = "«\"“„'‘"
_CLOSING: Final = "»\"”“'’"
_ACRONYM: Final = re.compile(r"[А-ЯЁ]{3,8}")
_SMALL_WORDS: Final = frozenset({"и", "им", "имени", "на", "в", "по", "с", "для", "г", "при", "о"})
_LIKE_ENOUGH: Final = 93
_LONGEST: Final = 600  # characters; the rest of a longer text names nothing
_SHORTEST_LIKENESS: Final = 10


@dataclass(frozen=True)
class OrganizationName:
    """One mention: `core` is the proper name without legal form and outer quotes."""

    text: str
    core: str
    form: str = ""
    inn: str = ""
    is_main: bool = True
    tail: str = ""  # what followed the name after a comma: a post, as a rule

    @cached_property
    def key(self) -> str:
        if self.form == "ИП":
            reading = read_full_name(self.core)
            return reading.name.initials_key if reading.name else fold_key(self.core)
        return fold_key(self.core)

    @cached_property
    def kind(self) -> OrganizationKind | None:
        return kind_of(self.form, fold(self.core))

    @property
    def is_plain(self) -> bool:
        """Surely an organization: it has a legal form, quotes or a word that tells its kind."""
        return bool(self.form or self.inn or self.kind or self.text[:1] in _OPENING)

    @cached_property
    def short(self) -> str:
        """«ООО «Ромашка»», whatever the spelling was."""
        if self.form == "ИП":
            name = read_full_name(self.core).name
            return f"ИП {_plain_spaces(name)}" if name else self.text
        return f"{self.form} «{self.core}»" if self.form else self.core

    @cached_property
    def full(self) -> str:
        """The spelling with the legal form written out, if the mention had one."""
        return self.text if _long_form(self.text) else ""


def _plain_spaces(name: FullName) -> str:
    return short_name(name.last, name.first, name.middle).replace(NBSP, " ")


@lru_cache(maxsize=4096)  # a list names few employers many times
def read_organizations(text: str) -> tuple[OrganizationName, ...]:
    """Every organization named in a cell; the first is the main place of work."""
    mentions = (read_organization(part) for part in _NEXT_ONE.split(text[:_LONGEST].strip()))
    known = [mention for mention in mentions if mention]
    if known and not any(mention.is_main for mention in known):
        return tuple(known)
    return tuple(sorted(known, key=lambda mention: not mention.is_main))


@lru_cache(maxsize=4096)
def read_organization(text: str) -> OrganizationName | None:
    """None when the text names nothing."""
    written = _LEADING_NUMBER.sub("", clean(text[:_LONGEST]))
    inn = _INN.search(written)
    written = _INN.sub("", written)
    is_main = not _SIDE_JOB.search(written)
    written = _trimmed(_SIDE_JOB.sub("", written))
    if len(fold_key(written)) < 2 or written.startswith("#") or _NOWHERE.match(fold(written)):  # noqa: PLR2004 -- a dash, an error
        return None
    written, tail = _without_tail(_with_plain_form(written))
    form, core = _form_and_core(" ".join(cyrillic(word) for word in written.split()))
    number = read_inn(inn[1]).value if inn else ""
    return OrganizationName(written, core, form, number, is_main, tail)


def _trimmed(text: str) -> str:
    """Without marks at the ends; a bracket stays where it has its other half."""
    text = text.strip(" ,;–—-")
    while text and (text[-1] == "(" or (text[-1] == ")" and text.count(")") != text.count("("))):
        text = text[:-1].rstrip(" ,;–—-")
    while text and (text[0] == ")" or (text[0] == "(" and text.count(")") != text.count("("))):
        text = text[1:].lstrip(" ,;–—-")
    return text[1:-1] if text[:1] == "(" and text.find(")") == len(text) - 1 else text


def _with_plain_form(text: str) -> str:
    """«О.О.О. «Завод»» and «ооо «Завод»» with the form as it is usually written."""
    first, gap, rest = text.partition(" ")
    if rest and rest[0] == "." and len(first) == 1:  # nothing but letters apart: «О. О. О.»
        return text
    bare = cyrillic(first).replace(".", "").upper()
    second, _, after = rest.partition(" ")
    if f"{bare} {second.upper()}" in FORM_KINDS:
        bare, rest = f"{bare} {second.upper()}", after
    if bare == first or bare not in FORM_KINDS:
        return text
    is_sure = first.count(".") > 1 or rest[:1] in _OPENING or len(bare) > 2  # noqa: PLR2004
    return f"{bare}{gap}{rest}" if rest and is_sure else text


def _without_tail(text: str) -> tuple[str, str]:
    """«ООО «Завод», инженер» parted at the comma; a legal form after it belongs to the name."""
    if (place := _PLACE.search(text)) and text[: place.start()].rstrip()[-1:] in _CLOSING:
        text = text[: place.start()].rstrip()
    found = _TAIL.fullmatch(text) or _SOLE_TAIL.fullmatch(text)
    if found is None or _FORM_LAST.search(text):
        return text, ""
    return found[1], found[2]


def _form_and_core(text: str) -> tuple[str, str]:
    if long := _long_form(text):
        return LONG_FORMS[long], _unquoted(text[len(long) :])
    if first := _FORM_FIRST.match(text):
        return " ".join(first[1].split()), _unquoted(text[first.end() :])
    if last := _FORM_LAST.search(text):
        return " ".join(last[1].split()), _unquoted(text[: last.start()])
    return "", _unquoted(text)


def _long_form(text: str) -> str:
    folded = fold(text)
    return max((form for form in LONG_FORMS if folded.startswith(form)), key=len, default="")


def _unquoted(text: str) -> str:
    core = text.strip(" ,")
    if core[:1] in _OPENING and core[-1:] in _CLOSING and len(core) > 2:  # noqa: PLR2004 -- quotes
        core = core[1:-1].strip()
    return core.strip()


def _acronym(key: str) -> str:
    """СТММ of «Северогорский техникум машиностроения и металлообработки»."""
    return "".join(
        word[0] for word in key.split() if word not in _SMALL_WORDS and word[0].isalpha()
    )


@dataclass
class OrganizationIndex(Generic[Ident]):
    """Finds the organization that a mention means, among those added so far."""

    _by_inn: dict[str, Ident] = field(default_factory=dict)
    _by_key: dict[str, dict[str, Ident]] = field(default_factory=dict)
    _by_acronym: dict[str, Ident | None] = field(default_factory=dict)

    def add(self, name: OrganizationName, ident: Ident) -> None:
        """Teach one more spelling of `ident`."""
        if name.inn:
            self._by_inn.setdefault(name.inn, ident)
        self._by_key.setdefault(name.key, {}).setdefault(name.form, ident)
        acronym = _acronym(name.key)
        if len(acronym) >= 3:  # noqa: PLR2004 -- shorter ones mean anything
            known = self._by_acronym.setdefault(acronym, ident)
            self._by_acronym[acronym] = ident if known == ident else None

    def find(self, name: OrganizationName) -> Ident | None:
        """By INN, by name, by acronym, by likeness; None when nobody fits."""
        if name.inn and name.inn in self._by_inn:
            return self._by_inn[name.inn]
        return self._same_name(name) or self._short_name(name) or self._alike(name)

    def _same_name(self, name: OrganizationName) -> Ident | None:
        """Same proper name; a form left out agrees with the only one known."""
        forms = self._by_key.get(name.key, {})
        if name.form in forms:
            return forms[name.form]
        if "" in forms or not name.form:
            return next(iter(forms.values())) if len(set(forms.values())) == 1 else None
        return None

    def _short_name(self, name: OrganizationName) -> Ident | None:
        first, *rest = name.core.split("-")
        if not _ACRONYM.fullmatch(first.strip()):
            return None
        tails = "".join(part[:1] for part in rest)
        return self._by_acronym.get(fold_key(first + tails).replace(" ", ""))

    def _alike(self, name: OrganizationName) -> Ident | None:
        """One misspelt letter or so in a long name, with the same form and the same digits."""
        from rapidfuzz import fuzz, process

        if len(name.key) < _SHORTEST_LIKENESS:
            return None
        found = process.extractOne(
            name.key, self._by_key.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH
        )
        if found is None or re.findall(r"\d+", found[0]) != re.findall(r"\d+", name.key):
            return None
        return self._by_key[found[0]].get(name.form)
