"""A row of a file beside the person whom it resembles, fact by fact, for the user to decide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from demoexam.exchange.cells import Place
from demoexam.exchange.values import PersonRow
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.kits import Specialty
from demoexam.models.organizations import Organization
from demoexam.models.people import Certificate, Competence, Employment, Expert
from demoexam.services.imports.plan import ImportPlan
from demoexam.text import full_name, short_date

NAMES: Final = {
    "name": "ФИО", "work": "Работа", "post": "Должн.", "certificate": "Свид-во", "until": "Срок",
    "phone": "Телефон", "email": "Почта", "codes": "Оценивает", "exams": "Экзам.",
}  # fmt: skip
_AT_ONCE: Final = 400  # ids of one query

Facts = dict[str, str]


@dataclass(frozen=True)
class Fact:
    """One line of a comparison; it `differs` when the row tells another thing than is known."""

    name: str
    mine: str
    other: str

    @property
    def differs(self) -> bool:
        return bool(self.mine) and self.mine != self.other


@dataclass(frozen=True)
class Comparison:
    """A row and whom it resembles; what differs comes first.

    `other` says who that is: in the store, or a row before. `joined`: they become one unless the
    user says otherwise.
    """

    reason: str
    other: str
    facts: Sequence[Fact]
    in_file: bool = False
    joined: bool = False


def compared(session: Session, plan: ImportPlan) -> Mapping[Place, Comparison]:
    """Every row of the plan that resembles somebody, beside him."""
    alike = {row.place: row.likeness for row in plan.rows if row.likeness is not None}
    people = {person.place: person for person in plan.content.people}
    stored = _stored(session, [each.record_id for each in alike.values() if each.row is None])
    told = {}
    for place, likeness in alike.items():
        if place not in people:
            continue
        before = people.get(likeness.row) if likeness.row is not None else None
        other = _of_row(before) if before else stored.get(likeness.record_id, {})
        who = f"Строка {before.place.row}" if before else "Уже есть"
        facts = _facts(_of_row(people[place]), other)
        told[place] = Comparison(likeness.reason, who, facts, before is not None, likeness.joined)
    return told


def _facts(mine: Facts, other: Facts) -> list[Fact]:
    """The facts that either of the two tells."""
    pairs = ((words, mine.get(name, ""), other.get(name, "")) for name, words in NAMES.items())
    facts = [Fact(words, one, two) for words, one, two in pairs if one or two]
    return sorted(facts, key=lambda fact: (fact.name != NAMES["name"], not fact.differs))


def _of_row(person: PersonRow) -> Facts:
    return {
        "name": str(person.name),
        "work": ", ".join(name.short for name in person.organizations),
        "post": person.position,
        "certificate": person.certificate,
        "until": short_date(person.cert_until) if person.cert_until else "",
        "phone": person.phone,
        "email": person.email,
        "codes": ", ".join(sorted(person.competences)),
    }


def _stored(session: Session, idents: Sequence[str]) -> dict[str, Facts]:
    """What the store knows of these experts, by id."""
    known: dict[str, Facts] = {}
    wanted = list(dict.fromkeys(idents))
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        known |= {ident: {} for ident in part}
        for ident, name, text in _told(session, part):
            known[ident][name] = _listed(known[ident].get(name, ""), text)
    return known


def _told(session: Session, idents: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(expert, fact, words), one after another."""
    people = select(Expert).where(Expert.id.in_(idents))
    for each in session.scalars(people):
        name = full_name(each.last_name, each.first_name, each.middle_name)
        yield each.id, "name", name
        yield each.id, "phone", each.phone or ""
        yield each.id, "email", each.email or ""
    for ident, work, post in session.execute(_jobs(idents)):
        yield ident, "work", work
        yield ident, "post", post or ""
    for ident, number, until in session.execute(_certificates(idents)):
        yield ident, "certificate", number or ""
        yield ident, "until", short_date(until) if until else ""
    for ident, code in session.execute(_codes(idents)):
        yield ident, "codes", code
    for ident, count, since in session.execute(_exams(idents)):
        yield ident, "exams", f"{count} с {since.year} г." if since else str(count)


def _listed(before: str, more: str) -> str:
    if not more or more in before.split(", "):
        return before
    return f"{before}, {more}" if before else more


def _jobs(idents: Sequence[str]) -> Select[str, str, str]:
    return (
        select(Employment.expert_id, Organization.short_name, Employment.post)
        .join(Organization, Organization.id == Employment.organization_id)
        .where(Employment.expert_id.in_(idents), Employment.live(), Employment.valid_to.is_(None))
        .order_by(Employment.is_main.desc())
    )


def _certificates(idents: Sequence[str]) -> Select[str, str, date | None]:
    return select(Certificate.expert_id, Certificate.number, Certificate.valid_until).where(
        Certificate.expert_id.in_(idents), Certificate.live()
    )


def _codes(idents: Sequence[str]) -> Select[str, str]:
    return (
        select(Competence.expert_id, Specialty.code)
        .join(Specialty, Specialty.id == Competence.specialty_id)
        .where(Competence.expert_id.in_(idents), Competence.live())
        .order_by(Specialty.code)
    )


def _exams(idents: Sequence[str]) -> Select[str, int, datetime | None]:
    return (
        select(Assignment.expert_id, func.count(), func.min(ExamSession.starts_at))
        .join(ExamSession, ExamSession.id == Assignment.session_id)
        .where(Assignment.expert_id.in_(idents), Assignment.live(), ExamSession.live())
        .group_by(Assignment.expert_id)
    )
