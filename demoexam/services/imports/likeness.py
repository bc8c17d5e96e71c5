"""What tells people apart, what two of them have in common, and why they may be one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from demoexam.exchange.duplicates import alike
from demoexam.rules.full_names import FullName
from demoexam.rules.identity import fold_key, one_slip


@dataclass(frozen=True)
class Portrait:
    """What tells a person apart. Organizations are ids, so that spellings do not matter."""

    name: FullName
    work: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    phone: str = ""
    email: str = ""
    certificates: frozenset[str] = frozenset()
    person_hash: str | None = field(default=None, repr=False)
    birth_date: date | None = field(default=None, repr=False)


Belief = Callable[[Portrait, Portrait], bool]


def same_phone(here: Portrait, there: Portrait) -> bool:
    return _same(here.phone, there.phone)


def same_email(here: Portrait, there: Portrait) -> bool:
    return _same(here.email.lower(), there.email.lower())


def contradict(here: Portrait, there: Portrait) -> bool:
    """Whether the two cannot be one person without a mistake in one of them."""
    return _differ(here.person_hash, there.person_hash) or _differ(
        here.birth_date, there.birth_date
    )


def _same(here: object, there: object) -> bool:
    return bool(here) and here == there


def _differ(here: object, there: object) -> bool:
    return bool(here) and bool(there) and here != there


# -- how sure it is, from the surest down ---------------------------------------------------


def by_snils(here: Portrait, there: Portrait) -> bool:
    return bool(here.person_hash) and here.person_hash == there.person_hash


def by_paper(here: Portrait, there: Portrait) -> bool:
    return bool(here.certificates & there.certificates)


def by_contact(here: Portrait, there: Portrait) -> bool:
    return same_phone(here, there) or same_email(here, there)


def by_work(here: Portrait, there: Portrait) -> bool:
    return bool(here.work & there.work)


def _homeless(here: Portrait, there: Portrait) -> bool:
    """Nothing is known of where either works."""
    return not here.work and not there.work


def _nothing_against(here: Portrait, there: Portrait) -> bool:
    """One of the two tells no place of work, and what both tell agrees."""
    phones = not (here.phone and there.phone) or same_phone(here, there)
    return (not here.work or not there.work) and phones


OF_ONE_NAME: Final[tuple[Belief, ...]] = (
    by_snils, by_paper, by_contact, by_work, _homeless, _nothing_against,
)  # fmt: skip
STRONG: Final = 4  # beliefs that the user's «разные люди» does not shake


def renamed(here: Portrait, there: Portrait) -> bool:
    """Another surname, or a slip of the pen, of somebody who is certainly the same."""
    if not alike(here.name, there.name) or here.name.key == there.name.key:
        return False
    at_both = same_phone(here, there) and same_email(here, there)
    return by_snils(here, there) or by_paper(here, there) or at_both


def may_be(here: Portrait, there: Portrait) -> bool:
    """Worth a question: so much alike that they may be one, so little that they may not."""
    close = by_contact(here, there) or by_paper(here, there)
    if by_snils(here, there):
        return True
    if contradict(here, there):
        return close and here.name.key == there.name.key
    if here.name.key == there.name.key or here.name.is_short:
        return here.name.initials_key == there.name.initials_key
    if close:
        return alike(here.name, there.name)
    return by_work(here, there) and _lacks_patronymic(here.name, there.name)


def _lacks_patronymic(here: FullName, there: FullName) -> bool:
    one, other = FullName(here.last, here.first), FullName(there.last, there.first)
    return one.key == other.key and not (here.middle and there.middle)


# -- which of several -----------------------------------------------------------------------


def score(here: Portrait, there: Portrait) -> int:
    """How much of what the two tell agrees: numbers and addresses before a post."""
    telling = (by_snils, by_paper, same_phone, same_email)
    points = sum(2 for agrees in telling if agrees(here, there))
    return points + bool(here.posts & there.posts) + by_work(here, there)


def tells_nothing_new(here: Portrait, there: Portrait) -> bool:
    return (
        here.person_hash in {None, there.person_hash}
        and here.phone in {"", there.phone}
        and here.email.lower() in {"", there.email.lower()}
        and here.certificates <= there.certificates
        and here.posts <= there.posts
    )


# -- in words ------------------------------------------------------------------------------


def agreeing(here: Portrait, there: Portrait) -> list[str]:
    """What the two have in common besides their names, the most telling first."""
    return [
        words
        for words, same in (
            ("тот же СНИЛС", by_snils(here, there)),
            ("то же свидетельство", by_paper(here, there)),
            ("та же дата рождения", _same(here.birth_date, there.birth_date)),
            ("тот же телефон", same_phone(here, there)),
            ("та же почта", same_email(here, there)),
            ("то же место работы", by_work(here, there)),
        )
        if same
    ]


def likeness_reason(here: Portrait, there: Portrait) -> str:
    """«тот же СНИЛС, тот же телефон; другая фамилия»."""
    common = ", ".join(agreeing(here, there))
    names = _name_words(here.name, there.name)
    other = [names] if names != "то же имя" else []
    if _differ(here.person_hash, there.person_hash):
        other.append("другой СНИЛС")
    if here.work and there.work and not here.work & there.work:
        other.append("другое место работы")
    same = ", ".join(part for part in ("то же имя" if names == "то же имя" else "", common) if part)
    return "; ".join(part for part in (same, ", ".join(other)) if part)


def _name_words(here: FullName, there: FullName) -> str:
    if here.key == there.key:
        return "то же имя"
    if here.initials_key == there.initials_key and here.is_short != there.is_short:
        return "вместо имени инициалы"
    rest = fold_key(f"{here.first} {here.middle}") == fold_key(f"{there.first} {there.middle}")
    if rest and not _one_letter(here.last, there.last):
        return "другая фамилия"
    if fold_key(f"{here.last} {here.first}") == fold_key(f"{there.last} {there.first}"):
        return "другое отчество" if here.middle and there.middle else "отчество указано не везде"
    return "имя отличается одной буквой" if alike(here, there) else "другое имя"


def _one_letter(left: str, right: str) -> bool:
    return one_slip(fold_key(left), fold_key(right))
