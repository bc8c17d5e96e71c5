"""Which two experts may be one person, by name, contacts, certificate, SNILS and place of work."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.exchange.organizations import read_organization
from demoexam.models.organizations import Organization
from demoexam.models.people import Certificate, Employment, Expert
from demoexam.rules.identity import fold_key, one_slip
from demoexam.services.duplicates.duplicates import Likeness, Strength
from demoexam.services.duplicates.pairs import pairs_sharing
from demoexam.store.erasing import ERASED_NAME
from demoexam.text import full_name

OFFICE: Final = 4  # more people with one phone or address: it is the office's, it tells nothing
PHONE_DIGITS: Final = 10

Key = tuple[str, ...]
Facts = frozenset[str]


@dataclass(frozen=True, slots=True)
class Person:
    """What two people are compared by; names are folded."""

    id: str
    title: str
    last: str
    first: str
    middle: str
    hash: str
    phone: Facts
    email: Facts
    papers: Facts
    work: Facts

    @property
    def whole(self) -> str:
        """The full name whatever the order of its parts."""
        return " ".join(sorted(f"{self.last} {self.first} {self.middle}".split()))

    @property
    def short(self) -> bool:
        """Only initials are known."""
        return len(self.first) <= 1

    @property
    def initials(self) -> str:
        return f"{self.last} {self.first[:1]}"


def alike_people(session: Session) -> Iterator[Likeness]:
    """Compares only people who share a name, a contact, a paper, or a part of both."""
    people = list(_people(session))
    for one, other in pairs_sharing(people, _keys):
        verdict = compare(one, other)
        if verdict is not None:
            yield Likeness("expert", one.id, other.id, *verdict, title=one.whole)


def compare(one: Person, other: Person) -> tuple[Strength, str] | None:
    """How likely and why; None when they are two, or nothing speaks for one."""
    if one.hash and other.hash and one.hash != other.hash:
        return None
    shared = [word for word, agree in _agreements(one, other) if agree]
    told = f"{', '.join(shared)}" if shared else ""
    if one.hash and one.hash == other.hash:
        return _same_snils(one, other)
    if one.whole == other.whole and not one.short:
        return _namesakes(one, other, told)
    if told and (likeness := _name_likeness(one, other)):
        known = shared != [_WORK] or _contradictions(one, other) == 0
        return (Strength.LIKELY if known else Strength.WEAK), f"{likeness}, {_same(told)}."
    if one.first == other.first and one.middle == other.middle and one.first and one.middle:
        return _changed_surname(shared)
    return None


_WORK: Final = "место работы"


def _same_snils(one: Person, other: Person) -> tuple[Strength, str]:
    if one.whole == other.whole:
        return Strength.SURE, "Один и тот же СНИЛС."
    surname_alone = one.first == other.first and one.middle == other.middle
    if surname_alone or _name_likeness(one, other):
        return Strength.SURE, "Один и тот же СНИЛС, имена записаны по-разному."
    return Strength.WEAK, "Один и тот же СНИЛС, но имена разные: где-то номер ошибочен."


def _namesakes(one: Person, other: Person, told: str) -> tuple[Strength, str]:
    name = "Одинаковые фамилия, имя и отчество" if one.middle else "Одинаковые фамилия и имя"
    if (one.last, one.first) != (other.last, other.first):
        name += " (порядок другой)"
    if told:
        return Strength.SURE, f"{name}, {_same(told)}."
    against = _contradictions(one, other)
    if against >= 2 or not one.middle:  # noqa: PLR2004 -- two of contacts and work differ
        return Strength.WEAK, f"{name}, но остальное расходится: может быть, тёзки."
    return Strength.LIKELY, f"{name}, {'остальное разное' if against else 'других сведений нет'}."


def _name_likeness(one: Person, other: Person) -> str:
    """«В одной записи инициалы», «В имени одна буква другая»; "" for different names."""
    if one.initials == other.initials and one.middle[:1] in {"", other.middle[:1]}:
        if one.short != other.short:
            return "В одной записи только инициалы"
        if one.short:
            return "Одинаковые фамилия и инициалы"
    if one.initials == other.initials and other.middle == "" and one.short != other.short:
        return "В одной записи только инициалы"
    if one.last == other.last and one.first == other.first and "" in {one.middle, other.middle}:
        return "В одной записи нет отчества"
    parts = (one.last, other.last), (one.first, other.first), (one.middle, other.middle)
    slips = [(mine, their) for mine, their in parts if mine != their]
    if len(slips) == 1 and one_slip(*slips[0]) and len(slips[0][0]) > 2:  # noqa: PLR2004 -- a word
        return "Имена отличаются одной буквой"
    return ""


def _changed_surname(shared: list[str]) -> tuple[Strength, str] | None:
    proof = [word for word in shared if word != _WORK]
    if not proof:
        return None
    strength = Strength.LIKELY if len(proof) > 1 or _PAPER in proof else Strength.WEAK
    return strength, f"Разные фамилии, но {_same(', '.join(['имя и отчество', *proof]))}."


_PAPER: Final = "номер свидетельства"


def _agreements(one: Person, other: Person) -> Iterator[tuple[str, bool]]:
    yield "телефон", bool(one.phone & other.phone)
    yield "e-mail", bool(one.email & other.email)
    yield _PAPER, bool(one.papers & other.papers)
    yield _WORK, bool(one.work & other.work)


def _contradictions(one: Person, other: Person) -> int:
    """In how many ways both are known and nothing agrees."""
    pairs = (one.phone, other.phone), (one.email, other.email), (one.work, other.work)
    return sum(bool(mine) and bool(their) and not mine & their for mine, their in pairs)


def _same(told: str) -> str:
    return f"{'совпадают' if ',' in told or ' и ' in told else 'совпадает'} {told}"


def _keys(person: Person) -> Iterator[Key]:
    """People of one person's records share at least one of these."""
    last, first, middle = person.last, person.first, person.middle
    yield ("name", person.whole)
    if person.hash:
        yield ("hash", person.hash)
    for kind, facts in (("p", person.phone), ("e", person.email), ("c", person.papers)):
        for fact in facts:
            yield (kind, fact)
    for work in person.work:
        yield ("work", work, person.whole)
        yield ("initials", work, person.initials)
        yield ("lm", work, last, middle)
        yield ("fm", work, first, middle)


def _people(session: Session) -> Iterator[Person]:
    papers, work = _papers(session), _work(session)
    rows = session.execute(
        select(
            Expert.id, Expert.last_name, Expert.first_name, Expert.middle_name, Expert.phone,
            Expert.email, Expert.person_hash,
        ).where(Expert.live(), Expert.last_name != ERASED_NAME)
    ).all()  # fmt: skip
    phones = Counter(_phone(row.phone) for row in rows)
    mails = Counter(row.email.lower() for row in rows)
    for ident, *names, phone, email, hashed in rows:
        last, first, middle = (fold_key(name or "") for name in names)
        yield Person(
            ident, full_name(*names), last, first, middle, hashed or "",
            _own(phones, _phone(phone)), _own(mails, email.lower()),
            papers.get(ident, frozenset()), work.get(ident, frozenset()),
        )  # fmt: skip


def _own(used: Mapping[str, int], value: str) -> Facts:
    return frozenset({value}) if value and used[value] <= OFFICE else frozenset()


def _phone(text: str) -> str:
    return "".join(filter(str.isdigit, text))[-PHONE_DIGITS:]


def _papers(session: Session) -> Mapping[str, Facts]:
    query = select(Certificate.expert_id, Certificate.number)
    rows = session.execute(query.where(Certificate.live(), Certificate.number != ""))
    return _gathered((expert, fold_key(number)) for expert, number in rows)


def _work(session: Session) -> Mapping[str, Facts]:
    """Expert -> places of work by name, so that an organization written twice is one."""
    named = {
        ident: name.key if (name := read_organization(text)) else ident
        for ident, text in session.execute(select(Organization.id, Organization.short_name))
    }
    jobs = select(Employment.expert_id, Employment.organization_id).where(Employment.live())
    return _gathered((expert, named[place]) for expert, place in session.execute(jobs))


def _gathered(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Facts]:
    found: dict[str, set[str]] = defaultdict(set)
    for ident, fact in pairs:
        found[ident].add(fact)
    return {ident: frozenset(facts) for ident, facts in found.items()}
