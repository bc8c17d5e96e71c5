"""What tells people apart, what two of them have in common, and why they may be one."""

from dataclasses import dataclass, field
from datetime import date

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


def agreeing(here: Portrait, there: Portrait) -> list[str]:
    """What the two have in common besides their names, the most telling first."""
    return [
        words
        for words, same in (
            ("тот же СНИЛС", _same(here.person_hash, there.person_hash)),
            ("то же свидетельство", bool(here.certificates & there.certificates)),
            ("та же дата рождения", _same(here.birth_date, there.birth_date)),
            ("тот же телефон", same_phone(here, there)),
            ("та же почта", same_email(here, there)),
            ("то же место работы", bool(here.work & there.work)),
        )
        if same
    ]


def same_phone(here: Portrait, there: Portrait) -> bool:
    return _same(here.phone, there.phone)


def same_email(here: Portrait, there: Portrait) -> bool:
    return _same(here.email.lower(), there.email.lower())


def contradict(here: Portrait, there: Portrait) -> bool:
    """Whether the two cannot be one person without a mistake in one of them."""
    return _differ(here.person_hash, there.person_hash) or _differ(
        here.birth_date, there.birth_date
    )


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


def _same(here: object, there: object) -> bool:
    return bool(here) and here == there


def _differ(here: object, there: object) -> bool:
    return bool(here) and bool(there) and here != there
