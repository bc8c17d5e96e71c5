"""One person of an order: «1) Иванов Иван Иванович – методист ГБПОУ «…», главный эксперт;»."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from demoexam.exchange.legal_forms import LONG_FORMS, SHORT_FORM
from demoexam.exchange.oblique_names import nominative, nominative_post
from demoexam.rules.full_names import is_given_name, is_patronymic
from demoexam.rules.identity import clean, cyrillic
from demoexam.text import fold

_LIST_MARK: Final = re.compile(
    r"^\s*(?:(?:\(?\d{1,3}(?:\.\d{1,3})*[.)]{1,2}|№\s*\d{1,3}\.?|\d{1,3}\.?\s*\||\d{1,3}(?=\s+[А-ЯЁ])|[а-я]\)"
    r"|[-–—•·*▪●○])\s*)+"
)
_WORD: Final = r"[А-ЯЁ](?:[а-яё]+|[А-ЯЁ]+)(?:-[А-ЯЁ](?:[а-яё]+|[А-ЯЁ]+))?"
_CHILD_OF: Final = r"(?:\s+(?:кызы|оглы|углы|улы|кизи|гызы|оглу|уулу)\b)?"
_FULL: Final = re.compile(rf"({_WORD})\s+({_WORD})\s+({_WORD}{_CHILD_OF})(?![\w-])")
_TWO: Final = re.compile(rf"({_WORD})\s+({_WORD})(?![\w-])")
_SHORT: Final = re.compile(
    rf"{_WORD}\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?(?!\w)|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?{_WORD}(?![\w-])"
)
_SURNAME_ONLY: Final = frozenset({"фамилия", "имя", "отчество"})
_LABEL: Final = re.compile(r"^([^:«»\"]{3,120}?)\s*(?::|\s[-–—]\s|[–—])\s*(?=\S)")
_ROLES: Final = (
    (re.compile(r"главн\w+\s+эксперт(?:а|ом|у|ы|ов|ами)?\b|^гэ$"), "главный эксперт"),
    (re.compile(r"техническ\w+\s+эксперт(?:а|ом|у|ы|ов|ами)?\b|^тэ$"), "технический эксперт"),
    (re.compile(r"линейн\w+\s+эксперт(?:а|ом|у|ы|ов|ами)?\b"), "линейный эксперт"),
    (re.compile(r"член\w*\s+(?:\w+\s+)?(?:экспертн\w+\s+групп|комисс)|^члены?\b"), "эксперт"),
    (re.compile(r"\bэксперт(?:а|ом|у|ы|ов|ами)?\b(?!-)"), "эксперт"),
)
_ROLE_ALONE: Final = re.compile(
    r"(?:в\s+(?:роли|качестве)\s+|роль\s*[-–—:]?\s*|назначить\s+|членам?и?\s+|членом\s+|член\s+)?"
    r"(?:(?:главн|техническ|линейн)\w+\s+)?(?:эксперт\w*|члены?|[гт]э)"
    r"(?:\s+(?:дэ|гиа|групп\w+|комисси\w+|экспертн\w+|демонстрационн\w+|экзамен\w+|площадк\w+"
    r"|цпдэ|центра|проведения|на|в|по|с|\(?\d\d\.\d\d\.\d\d\)?))*"
)
_SPLIT: Final = re.compile(r"\s*[,;|\t()\n]\s*|\s+[-–—]\s+|(?<=[^\s\d])[–—](?=[^\s\d])")
_QUOTED: Final = re.compile(r"«(?:[^«»]|«[^«»]*»)*»?|\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]")
_FORM: Final = re.compile(rf"(?<![\w-])(?:{SHORT_FORM})(?=[\s«\"“„(]|$)")
_PHONE: Final = re.compile(r"(?:\+7|\b8|\b7)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]?\d{2}[\s-]?\d{2}\b")
_EMAIL: Final = re.compile(r"[^\s,;()<>]+@[^\s,;()<>]+\.[\w-]+")
_CONTACT_WORDS: Final = re.compile(
    r"^(?:моб\.?|сот\.?|тел(?:\.|ефон)?|e-?mail|эл\.?\s*почта|почта)[\s.:]*$", re.IGNORECASE
)
_GROUP: Final = re.compile(r"в составе|экспертн\w+ групп|эксперт\w*$")
_PLACE: Final = re.compile(r"^(?:г\.|город\s|обл|респ|ул\.|д\.|пос)", re.IGNORECASE)
_DECLINED: Final = (
    (re.compile(r"\b(\w+н|краев)ого(?=\s)", re.IGNORECASE), r"\1ое"),
    (re.compile(r"\bучреждения\b", re.IGNORECASE), "учреждение"),
    (re.compile(r"\bобщества\b", re.IGNORECASE), "общество"),
    (re.compile(r"\bпредприятия\b", re.IGNORECASE), "предприятие"),
    (
        re.compile(r"\bиндивидуального предпринимателя\b", re.IGNORECASE),
        "индивидуальный предприниматель",
    ),
)
_LAST_DOT: Final = re.compile(r"(?<![А-ЯЁ])[. ]+$")
_LONGEST_ROLE: Final = 90


@dataclass(frozen=True)
class OrderItem:
    name: str
    is_full: bool  # written out, not by initials
    role: str = ""
    position: str = ""
    organization: str = ""
    phone: str = ""
    email: str = ""

    @property
    def has_details(self) -> bool:
        return bool(self.position or self.organization)

    def with_details(self, text: str) -> "OrderItem":
        """The same person with what a further text tells about him."""
        phone, email = _PHONE.search(text), _EMAIL.search(text)
        rest = _EMAIL.sub(" ", _PHONE.sub(" ", text))
        role, position, organization = self.role, self.position, self.organization
        for part in _parts(rest):
            if found := _role_of(part):
                role = found
                continue
            post, place = _post_and_place(part)
            if place and not organization:
                organization = place
            if post:
                position = f"{position}, {post}" if position else post
        return replace(
            self,
            role=role,
            position=position,
            organization=organization,
            phone=self.phone or (phone[0] if phone else ""),
            email=self.email or (email[0] if email else ""),
        )


@dataclass(frozen=True)
class _Name:
    text: str
    end: int
    is_full: bool
    is_declined: bool = False


def read_item(text: str, *, role: str = "", is_listed: bool = False) -> OrderItem | None:
    """The person with whom the text begins, perhaps after a mark and a role; None without one.

    `role` comes from a heading above. A name by initials alone counts only in a list.
    """
    rest = _LIST_MARK.sub("", text)
    is_listed = is_listed or rest != text or bool(role)
    label, rest = _without_label(rest)
    own_role = role_in(label)
    name = _name_at_start(rest)
    if name is None or not (name.is_full or is_listed or own_role):
        return None
    details = rest[name.end :].strip(" \t.;:,–—-")
    if not (details or is_listed or own_role):
        return None
    item = OrderItem(name.text, name.is_full, own_role or role)
    if _FORM.search(label):
        details = f"{details}, {label}"
    item = item.with_details(details)
    return replace(item, position=nominative_post(item.position)) if name.is_declined else item


def split_people(line: str) -> list[str]:
    """A line that lists several people, parted before each; their common label is repeated."""
    if read_item(line, is_listed=True) is None:
        return [line]
    marked = _LIST_MARK.match(line)
    start = marked.end() if marked else 0
    label = line[: start + len(line[start:]) - len(_without_label(line[start:])[1])]
    covered = [found.span() for found in _QUOTED.finditer(line)]
    starts = [
        found.start()
        for pattern in (_FULL, _SHORT)
        for found in pattern.finditer(line)
        if found.start() > len(label)
        and re.search(r"(?:[;,]|\sи)\s*$", line[: found.start()])
        and not any(left <= found.start() < right for left, right in covered)
        and _name_at_start(line[found.start() :])
    ]
    cuts = [0, *sorted(set(starts)), len(line)]
    pieces = [line[a:b].rstrip(" ,;") for a, b in itertools.pairwise(cuts)]
    pieces = [re.sub(r"\s+и$", "", piece) for piece in pieces]
    return [pieces[0], *(f"{label}{piece}" if label else f"– {piece}" for piece in pieces[1:])]


def role_in(text: str, *, whole: bool = False) -> str:
    """The expert's role that the words tell; `whole`: only if they tell nothing else."""
    folded = fold(text).strip(" .:;,–—-")
    if not folded or (whole and not _ROLE_ALONE.fullmatch(folded)):
        return ""
    return next((role for words, role in _ROLES if words.search(folded)), "")


def _role_of(part: str) -> str:
    return role_in(part, whole=True) if len(part) <= _LONGEST_ROLE else ""


def _without_label(text: str) -> tuple[str, str]:
    """«Главный эксперт: …», «Назначить главным экспертом …»: the label, and what follows it.

    A label is a role, a group of experts or an organization; no other one («Исполнитель: …») is.
    """
    if found := _LABEL.match(text):
        label, rest = found[1].strip(), text[found.end() :]
        known = role_in(label) or _FORM.search(label) or _GROUP.search(fold(label))
        if known and _name_at_start(rest):
            return label, rest
    found = _FULL.search(text) or _SHORT.search(text)
    before = text[: found.start()].strip() if found else ""
    if found and before and role_in(before) and _FORM.search(before) is None:
        plain = role_in(before, whole=True)
        if plain or re.match(r"(?:назнач|утверд|определ|включ|привлеч)", fold(before)):
            return before, text[found.start() :]
    return "", text


def _name_at_start(text: str) -> _Name | None:
    plain = " ".join(cyrillic(word) for word in text[:120].split(" ")) + text[120:]
    if found := _FULL.match(plain):
        last, first, middle = found[1], found[2], found[3]
        if is_patronymic(middle) or " " in middle or is_patronymic(first):
            return _Name(found[0], found.end(), is_full=True)
        if not re.search(r"(?:вичу|вне)$", middle, re.IGNORECASE):  # «Иванову … обеспечить»
            restored = nominative(last, first, middle)
            if restored:
                return _Name(" ".join(restored), found.end(), is_full=True, is_declined=True)
    if (found := _SHORT.match(plain)) and not _SURNAME_ONLY & set(fold(found[0]).split()):
        return _Name(found[0], found.end(), is_full=False)
    if (found := _TWO.match(plain)) and (is_given_name(found[1]) or is_given_name(found[2])):
        return _Name(found[0], found.end(), is_full=False)
    return None


def _parts(text: str) -> Iterator[str]:
    """The text parted at commas, dashes and brackets that stand outside of quotation marks."""
    quoted = list(_QUOTED.finditer(text))
    start = 0
    for found in _SPLIT.finditer(text):
        if any(each.start() < found.start() < each.end() for each in quoted):
            continue
        yield from _worth(text[start : found.start()])
        start = found.end()
    yield from _worth(text[start:])


def _worth(part: str) -> Iterator[str]:
    said = _LAST_DOT.sub("", clean(part).strip(" ;,–—-")).lstrip(" .")
    if said and not _CONTACT_WORDS.match(said) and not _PLACE.match(said):
        yield said


def _post_and_place(part: str) -> tuple[str, str]:
    """«методист ГБПОУ «…»»: what stands before the organization, and the organization."""
    if found := _FORM.search(part):
        return part[: found.start()].strip(" ,"), part[found.start() :]
    plain = part
    for declined, told in _DECLINED:
        plain = declined.sub(told, plain)
    folded = fold(plain)
    starts = [start for form in LONG_FORMS if (start := folded.find(form)) >= 0]
    if starts:
        return plain[: min(starts)].strip(" ,"), plain[min(starts) :]
    quoted = _QUOTED.search(part)
    if quoted and not part[quoted.end() :].strip():
        return part[: quoted.start()].strip(" ,"), quoted[0]
    return part, ""
