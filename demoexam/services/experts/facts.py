"""Experts as the rules see them, read with one select for each kind of fact."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from demoexam.models.groups import Examinee
from demoexam.models.organizations import Organization
from demoexam.models.people import (
    Certificate,
    Competence,
    Employment,
    Expert,
    KinshipLink,
    TeachingLink,
    Unavailability,
)
from demoexam.rules.plan import (
    AbsenceFacts,
    CertificateFacts,
    CompetenceFacts,
    ExpertFacts,
    JobFacts,
)
from demoexam.rules.terms import Role
from demoexam.services.college.college import college_settings
from demoexam.text import full_name

FEW = 500  # ids that fit into one IN; more of them are found faster among all rows

Fact = TypeVar("Fact")


def experts_by_id(session: Session, ids: Iterable[str]) -> dict[str, ExpertFacts]:
    """The named experts, deleted ones included: old sittings keep their people."""
    wanted = frozenset(ids)
    if len(wanted) > FEW:
        found = load_experts(session, Expert.id.is_not(None))
        return {key: expert for key, expert in found.items() if key in wanted}
    return load_experts(session, Expert.id.in_(wanted))


def load_experts(
    session: Session,
    condition: ColumnElement[bool],
    *,
    specialty_id: str | None = None,
    kit_id: str | None = None,
) -> dict[str, ExpertFacts]:
    """Experts that meet `condition`; with a specialty or kit only the competences in these."""
    chosen = select(Expert.id).where(condition).scalar_subquery()
    among = _Among(session, chosen)
    jobs, certificates = _jobs(among), _certificates(among)
    absences, kin = _absences(among), _kin(among)
    competences, taught = _competences(among, specialty_id, kit_id), _taught(among)
    weekly_days = college_settings(session).expert_week_days
    names = select(
        Expert.id,
        Expert.last_name,
        Expert.first_name,
        Expert.middle_name,
        Expert.consent_on,
        Expert.consent_withdrawn,
    )
    return {
        ident: ExpertFacts(
            id=ident,
            name=full_name(last, first, middle),
            jobs=tuple(jobs.get(ident, ())),
            certificates=tuple(certificates.get(ident, ())),
            has_consent=has_consent(consented, withdrawn),
            taught_groups=frozenset(taught.get(ident, ())),
            kin=dict(kin.get(ident, ())),
            absences=tuple(absences.get(ident, ())),
            competences=tuple(competences.get(ident, ())),
            weekly_days=weekly_days,
        )
        for ident, last, first, middle, consented, withdrawn in session.execute(
            names.where(condition)
        )
    }


def has_consent(given: date | None, withdrawn: date | None) -> bool:
    """A consent given again after a withdrawal is in force again."""
    return given is not None and (withdrawn is None or withdrawn < given)


class _Among:
    """Rows of the chosen experts, gathered by expert."""

    def __init__(self, session: Session, chosen: Any) -> None:
        self._session, self._chosen = session, chosen

    def rows(self, query: Any, expert_id: InstrumentedAttribute[str]) -> Iterable[tuple[Any, ...]]:
        return self._session.execute(query.where(expert_id.in_(self._chosen)))


def _gathered(pairs: Iterable[tuple[str, Fact]]) -> dict[str, list[Fact]]:
    facts: dict[str, list[Fact]] = defaultdict(list)
    for ident, fact in pairs:
        facts[ident].append(fact)
    return facts


def load_jobs(session: Session, experts: Sequence[str]) -> dict[str, list[JobFacts]]:
    """Expert -> all his places of work."""
    return _jobs(_Among(session, experts))


def _jobs(among: _Among) -> dict[str, list[JobFacts]]:
    query = (
        select(
            Employment.expert_id,
            Employment.organization_id,
            Organization.short_name,
            Organization.kind,
            Employment.valid_from,
            Employment.valid_to,
            Employment.is_main,
            Employment.counts_as_employer,
            Employment.id,
            Employment.post,
        )
        .join(Organization, Organization.id == Employment.organization_id)
        .where(Employment.live())
    )
    rows = among.rows(query, Employment.expert_id)
    return _gathered((row[0], JobFacts(*row[1:])) for row in rows)


def _certificates(among: _Among) -> dict[str, list[CertificateFacts]]:
    query = select(Certificate.expert_id, Certificate.issued_on, Certificate.valid_until)
    rows = among.rows(query.where(Certificate.live()), Certificate.expert_id)
    return _gathered((ident, CertificateFacts(*term)) for ident, *term in rows)


def _absences(among: _Among) -> dict[str, list[AbsenceFacts]]:
    query = select(
        Unavailability.expert_id,
        Unavailability.from_day,
        Unavailability.to_day,
        Unavailability.only_these,
        Unavailability.reason,
        Unavailability.soft,
    ).where(Unavailability.live())
    rows = among.rows(query, Unavailability.expert_id)
    return _gathered((ident, AbsenceFacts(*absence)) for ident, *absence in rows)


def _kin(among: _Among) -> dict[str, list[tuple[str, str]]]:
    query = (
        select(KinshipLink.expert_id, KinshipLink.examinee_id, Examinee.group_id)
        .join(Examinee, Examinee.id == KinshipLink.examinee_id)
        .where(KinshipLink.live())
    )
    rows = among.rows(query, KinshipLink.expert_id)
    return _gathered((ident, (examinee, group)) for ident, examinee, group in rows)


def _taught(among: _Among) -> dict[str, list[str]]:
    query = select(TeachingLink.expert_id, TeachingLink.group_id).where(TeachingLink.live())
    return _gathered((ident, group) for ident, group in among.rows(query, TeachingLink.expert_id))


def _competences(
    among: _Among, specialty_id: str | None, kit_id: str | None
) -> dict[str, list[CompetenceFacts]]:
    query = select(
        Competence.expert_id, Competence.specialty_id, Competence.kit_id, Competence.roles
    ).where(Competence.live())
    if specialty_id or kit_id:
        of_kit = Competence.kit_id == kit_id
        query = query.where(or_(Competence.specialty_id == specialty_id, of_kit))
    rows = among.rows(query, Competence.expert_id)
    return _gathered(
        (ident, _competence(specialty, kit, tuple(roles))) for ident, specialty, kit, roles in rows
    )


@lru_cache(maxsize=1000)
def _competence(
    specialty_id: str | None, kit_id: str | None, roles: tuple[str, ...]
) -> CompetenceFacts:
    """Thousands of experts share a few competences."""
    return CompetenceFacts(specialty_id, kit_id, frozenset(map(Role, roles)))
