"""One person of an order: «1) Иванов Иван Иванович – методист ГБПОУ «…», главный эксперт;»."""

import itertools
import re
from dataclasses import dataclass, replace
from typing import Final

from demoexam.exchange.content import is_position
from demoexam.exchange.oblique_names import nominative, nominative_post
from demoexam.exchange.order_details import FORM, QUOTED, parts_of, post_and_place
from demoexam.rules.full_names import is_given_name, is_patronymic
from demoexam.rules.identity import cyrillic
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
    (re.compile(r"состав\w*\s+(?:\w+\s+)?экспертн\w+\s+групп"), "эксперт"),
)
_ROLE_ALONE: Final = re.compile(
    r"(?:в\s+(?:роли|качестве)\s+|роль\s*[-–—:]?\s*|назначить\s+|членам?и?\s+|членом\s+|член\s+)?"
    r"(?:(?:главн|техническ|линейн)\w+\s+)?(?:эксперт\w*|члены?|[гт]э)"
    r"(?:\s+(?:дэ|гиа|групп\w+|комисси\w+|экспертн\w+|демонстрационн\w+|экзамен\w+|площадк\w+"
    r"|цпдэ|центра|проведения|на|в|по|с|\(?\d\d\.\d\d\.\d\d\)?))*"
)
_PHONE: Final = re.compile(r"(?:\+7|\b8|\b7)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]?\d{2}[\s-]?\d{2}\b")
_EMAIL: Final = re.compile(r"[^\s,;()<>]+@[^\s,;()<>]+\.[\w-]+")
_GROUP: Final = re.compile(r"в составе|экспертн\w+ групп|эксперт\w*$")
_APPOINTED: Final = re.compile(r"(?:назнач|утверд|определ|включ|привлеч|поруч|возлож)")
_CHAIR: Final = re.compile(r"председател")
_FURTHER_ROLE: Final = re.compile(
    rf"(?:[,;:]|\sи)\s*(?=(?:главн|техническ|линейн)\w+\s+эксперт\w*\s*[-–—:]?\s*{_WORD}\s+[А-ЯЁ])"
)
_BORN: Final = re.compile(
    r",?\s*(?:(?:дата рождения|род\w*\.?)\s*:?\s*)?(?:\d{2}\.\d{2}\.)?(?:19[4-9]|20[01])\d"
    r"\s?(?:г\.?\s?р\b\.?|года? рожд\w*|(?=,|$))"
)
_CERTIFICATE: Final = re.compile(r"(?:свидетельств|сертификат|удостоверен)\w*\b", re.IGNORECASE)
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
    certificate: str = ""

    @property
    def has_details(self) -> bool:
        return bool(self.position or self.organization)

    def with_details(self, text: str) -> "OrderItem":
        """The same person with what a further text tells about him."""
        phone, email = _PHONE.search(text), _EMAIL.search(text)
        rest = _BORN.sub("", _EMAIL.sub(" ", _PHONE.sub(" ", text)))
        role, position, organization = self.role, self.position, self.organization
        certificate = self.certificate
        for part in parts_of(rest):
            if found := _role_of(part):
                role = found
                continue
            if _CERTIFICATE.match(part):
                certificate = certificate or part
                continue
            post, place = post_and_place(part)
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
            certificate=certificate,
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
    name = _name_at_start(rest, to_whom=bool(_APPOINTED.match(fold(label))))
    if name is None or not (name.is_full or is_listed or own_role):
        return None
    details = rest[name.end :].strip(" \t.;:,–—-")
    if not (details or is_listed or label):
        return None
    item = OrderItem(name.text, name.is_full, own_role or role)
    if FORM.search(label):
        details = f"{details}, {label}"
    item = item.with_details(details)
    return replace(item, position=nominative_post(item.position)) if name.is_declined else item


def split_people(line: str) -> list[str]:
    """A line that lists several people, parted before each; their common label is repeated."""
    return [piece for part in _FURTHER_ROLE.split(line) for piece in _split_list(part)]


def _split_list(line: str) -> list[str]:
    if read_item(line, is_listed=True) is None:
        return [line]
    marked = _LIST_MARK.match(line)
    start = marked.end() if marked else 0
    label = line[: start + len(line[start:]) - len(_without_label(line[start:])[1])]
    covered = [found.span() for found in QUOTED.finditer(line)]
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
        folded = fold(label)
        known = role_in(label) or FORM.search(label) or _GROUP.search(folded)
        known = known or _CHAIR.search(folded)
        if known and _name_at_start(rest):
            return label, rest
    found = _FULL.search(text) or _SHORT.search(text)
    before = text[: found.start()].strip() if found else ""
    if found and before and role_in(before) and FORM.search(before) is None:
        plain = role_in(before, whole=True)
        if plain or _APPOINTED.match(fold(before)):
            return before, text[found.start() :]
    return "", text


def _name_at_start(text: str, *, to_whom: bool = False) -> _Name | None:
    plain = " ".join(cyrillic(word) for word in text[:120].split(" ")) + text[120:]
    if found := _FULL.match(plain):
        last, first, middle = found[1], found[2], found[3]
        if is_patronymic(middle) or " " in middle or is_patronymic(first):
            return _Name(found[0], found.end(), is_full=True)
        dative = re.search(r"(?:вичу|вне)$", middle, re.IGNORECASE)
        if to_whom or not dative:  # «Иванову … обеспечить»
            restored = nominative(last, first, middle)
            if restored:
                return _Name(" ".join(restored), found.end(), is_full=True, is_declined=True)
    if (found := _SHORT.match(plain)) and not _is_no_surname(found[0]):
        return _Name(found[0], found.end(), is_full=False)
    if (found := _TWO.match(plain)) and (is_given_name(found[1]) or is_given_name(found[2])):
        return _Name(found[0], found.end(), is_full=False)
    return None


def _is_no_surname(text: str) -> bool:
    """«Директор С.С.» of «Директор С.С. Белов»."""
    folded = fold(text)
    return bool(_SURNAME_ONLY & set(folded.split())) or is_position(folded)
