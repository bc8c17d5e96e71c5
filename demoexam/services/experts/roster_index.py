"""The roster in memory: what a hundred thousand experts are filtered and ordered by.

Asked of the database at each key typed, the side of everybody on a day would take seconds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.models.base import Record
from demoexam.models.exams import Assignment
from demoexam.models.organizations import Organization
from demoexam.models.people import Certificate, Employment, Expert
from demoexam.rules.plan import JobFacts
from demoexam.rules.shares import deciding_job, side_of_job
from demoexam.rules.terms import Side
from demoexam.services.directory.experts import FOREVER, duties_of
from demoexam.services.experts.facts import has_consent
from demoexam.store.search import found_rows, query
from demoexam.text import words

SOON = timedelta(days=60)  # a certificate that ends sooner wants attention


class Term(StrEnum):
    """How it stands with an expert's certificate."""

    VALID = "valid"
    SOON = "soon"
    EXPIRED = "expired"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Entry:
    """One expert; `employer` and `industry` are those of the job that tells his side today."""

    side: Side = Side.UNKNOWN
    employer: int = 0
    industry: str = ""
    certified_until: date | None = None
    exams: int = 0
    consented: bool = True
    active: bool = True

    def term(self, today: date) -> Term:
        return term_of(self.certified_until, today)


@dataclass(frozen=True)
class RosterIndex:
    """Row number of each live expert, in the order of names, with what he is looked up by."""

    entries: Mapping[int, Entry]
    organizations: Mapping[int, int]  # row number of an organization -> its place by name

    def count(self, side: Side) -> int:
        return self._by_side[side]

    @cached_property
    def _by_side(self) -> Counter[Side]:  # asked at every key typed
        return Counter(entry.side for entry in self.entries.values())

    def matching(self, session: Session, typed: str) -> Sequence[int]:
        """Experts of whom each word typed begins a word of their name or of their employer's."""
        found: Sequence[int] | None = None
        for word in sorted(words(typed), key=len, reverse=True):  # the rarest first
            named = _numbers(session, Expert, word)
            employers = _numbers(session, Organization, word)
            found = self._narrowed(found, named, employers)
        return list(self.entries) if found is None else found

    def _narrowed(
        self, found: Sequence[int] | None, named: set[int], employers: set[int]
    ) -> Sequence[int]:
        """Those of `found` (None: everybody) who are in `named` or work for `employers`."""
        entries = self.entries
        if found is None and not employers:
            return sorted(named & entries.keys(), key=self._order.__getitem__)
        return [
            number for number in (entries if found is None else found)
            if number in named or (employers and entries[number].employer in employers)
        ]  # fmt: skip

    @cached_property
    def _order(self) -> Mapping[int, int]:
        return {number: place for place, number in enumerate(self.entries)}


def term_of(until: date | None, today: date) -> Term:
    """The state of a certificate by its last day; None is no certificate at all."""
    if until is None:
        return Term.NONE
    if until < today:
        return Term.EXPIRED
    return Term.SOON if until <= today + SOON else Term.VALID


def bare_index(session: Session) -> RosterIndex:
    """The order of names alone: quick, so that a long list can be shown at once."""
    dead = {number for (number,) in _tuples(session, select(Expert.n).where(~Expert.live()))}
    ordered = _tuples(session, select(Expert.n).order_by(Expert.skey))
    unknown = Entry()
    return RosterIndex({number: unknown for (number,) in ordered if number not in dead}, {})


def roster_index(session: Session, *, today: date, year: int) -> RosterIndex:
    """Everything; takes about a second for a hundred thousand experts, so ask off the GUI."""
    jobs, until = _present_jobs(session, today), _certified(session)
    load = duties_of(year, Assignment.expert_id, func.count(Assignment.id))
    exams = dict(_tuples(session, load.group_by(Assignment.expert_id)))
    people = select(
        Expert.n, Expert.id, Expert.consent_on, Expert.consent_withdrawn, Expert.active
    ).where(Expert.live())
    entries = {}
    for number, ident, given, withdrawn, active in session.execute(
        people.order_by(Expert.skey, Expert.n)
    ):
        side, employer, industry = jobs.get(ident, (Side.UNKNOWN, 0, ""))
        entries[number] = Entry(
            side, employer, industry, until.get(ident), exams.get(ident, 0),
            has_consent(given, withdrawn), active,
        )  # fmt: skip
    return RosterIndex(entries, _places(session))


def _present_jobs(session: Session, today: date) -> dict[str, tuple[Side, int, str]]:
    """Expert -> side, row number of the employer, industry; by the job that decides today."""
    query = (
        select(
            Employment.expert_id, Organization.n, Organization.industry_id,
            Employment.organization_id, Organization.kind, Employment.valid_from,
            Employment.valid_to, Employment.is_main, Employment.counts_as_employer, Employment.id,
        )
        .join(Organization, Organization.id == Employment.organization_id)
        .where(Employment.live())
    )  # fmt: skip
    jobs: dict[str, list[JobFacts]] = defaultdict(list)
    employers: dict[str, tuple[int, str]] = {}
    rows: Iterable[tuple[Any, ...]] = session.execute(query)
    for expert, number, industry, organization, kind, *facts in rows:
        job = JobFacts(organization, "", kind, *facts)
        jobs[expert].append(job)
        employers[job.id] = number, industry or ""
    found = {}
    for expert, mine in jobs.items():
        if (decided := deciding_job(mine, today)) is not None:
            side = side_of_job(decided.kind, decided.counts_as_employer)
            found[expert] = (side, *employers[decided.id])
    return found


def _certified(session: Session) -> dict[str, date]:
    query = select(Certificate.expert_id, Certificate.valid_until).where(Certificate.live())
    until: dict[str, date] = {}
    for expert, day in session.execute(query):
        until[expert] = max(until.get(expert, date.min), day or FOREVER)
    return until


def _places(session: Session) -> dict[int, int]:
    ordered = _tuples(session, select(Organization.n).order_by(Organization.skey))
    return {number: place for place, (number,) in enumerate(ordered)}


def _numbers(session: Session, entity: type[Record], word: str) -> set[int]:
    return {number for (number,) in _tuples(session, found_rows(entity, query(word)))}


def _tuples(session: Session, query: Any) -> Sequence[tuple[Any, ...]]:
    """Plain tuples of the driver, without a row object for each of many."""
    cursor: Any = session.connection().execute(query).cursor
    return list(cursor.fetchall())
