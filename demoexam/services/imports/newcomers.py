"""People whom the store does not know: all that a file tells of them becomes new rows."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Final

from demoexam.exchange.organizations import OrganizationName
from demoexam.exchange.values import PersonRow
from demoexam.models.kits import AssessmentKit, Specialty
from demoexam.models.people import Certificate, Competence, Employment, Expert
from demoexam.rules.terms import Role
from demoexam.services.imports.draft import Draft, FieldChange, Row, grouped
from demoexam.services.imports.organizations import Organizations
from demoexam.text import fold

_KIND: Final = "Свидетельство эксперта"
_FEW_WORDS: Final = 500
_told: Final = lru_cache(maxsize=4096)(FieldChange)  # many people have one workplace or specialty
_ROLES: Final = (
    (re.compile(r"главн|\bгэ\b"), (Role.CHIEF, Role.SCORING)),
    (re.compile(r"технич|\bтэ\b"), (Role.TECHNICAL,)),
)

_EXPERT: Final = (
    "id", "last_name", "first_name", "middle_name", "phone", "email", "active",
    "person_hash", "consent_on", "consent_document",
)  # fmt: skip
_JOB: Final = ("expert_id", "organization_id", "post", "is_main")
CERTIFICATE: Final = ("expert_id", "kind", "number", "issued_on", "valid_until")
COMPETENCE: Final = ("expert_id", "specialty_id", "kit_id", "roles")

Target = tuple[str, str | None]  # specialty and, if the file names one, kit
ExpertFacts = tuple[str | None, date | None, str]  # his hash, and when and where he consented


class Abilities:
    """What a person assesses, as ids."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._specialties = {row["code"]: row["id"] for row in draft.rows(Specialty).values()}

    def targets(self, person: PersonRow) -> list[Target]:
        known = self._specialties
        found: list[Target] = [(known[code], None) for code in person.competences if code in known]
        for code in person.kits:
            found += [(kit["specialty_id"], kit["id"]) for kit in self._kits.get(code, ())]
        return found

    @cached_property
    def _kits(self) -> dict[str, list[Row]]:
        return grouped(self._draft.where(AssessmentKit), "code")


class Newcomers:
    """Nothing of theirs is known, so nothing is compared; rows are added table by table."""

    def __init__(self, draft: Draft, organizations: Organizations, abilities: Abilities) -> None:
        self._draft, self._organizations, self._abilities = draft, organizations, abilities
        self._experts: list[tuple[Any, ...]] = []
        self._jobs: list[tuple[Any, ...]] = []
        self._certificates: list[tuple[Any, ...]] = []
        self._competences: list[tuple[Any, ...]] = []

    def add(self, person: PersonRow, known: ExpertFacts) -> tuple[str, list[FieldChange]]:
        """Id of the new expert, and what is told of him; the rest is written by `finish`."""
        ident, name = self._draft.new_id(), person.name
        self._experts.append(
            (ident, name.last, name.first, name.middle, person.phone, person.email, True, *known)
        )
        changes = self._work(ident, person)
        if person.certificate or person.cert_until is not None:
            self._certificates.append(certificate_of(ident, person))
            changes.append(FieldChange("certificate", None, person.certificate))
        roles = roles_of(person)
        for target in dict.fromkeys(self._abilities.targets(person)):
            self._competences.append((ident, *target, roles))
            changes.append(_told("competence", None, target[0]))
        return ident, changes

    def finish(self) -> None:
        """Their rows into the draft."""
        self._draft.add_all(Expert, _EXPERT, self._experts)
        self._draft.add_all(Employment, _JOB, self._jobs)
        self._draft.add_all(Certificate, CERTIFICATE, self._certificates)
        self._draft.add_all(Competence, COMPETENCE, self._competences)

    def _work(self, ident: str, person: PersonRow) -> list[FieldChange]:
        changes: list[FieldChange] = []
        posts: dict[str, tuple[str, bool]] = {}
        for name, post, is_main in places_of_work(person):
            organization = self._organizations.id_of(name)
            if organization not in posts:
                posts[organization] = post, is_main
                changes.append(_told("organization_id", None, name.short))
            elif post and posts[organization][0] != post:
                posts[organization] = post, posts[organization][1]
                changes.append(FieldChange("post", "", post))
        self._jobs += [(ident, organization, *job) for organization, job in posts.items()]
        return changes


def places_of_work(person: PersonRow) -> list[tuple[OrganizationName, str, bool]]:
    """Each organization, the person's post in it and whether it is his main one."""
    names = person.organizations
    if len(names) == 1:
        return [(names[0], person.position[:_FEW_WORDS], True)]
    main = next((name for name in names if name.is_main), names[0] if names else None)
    post = person.position[:_FEW_WORDS]
    return [(name, post if name is main else "", name is main) for name in names]


def certificate_of(expert: str, person: PersonRow) -> tuple[Any, ...]:
    """The values of CERTIFICATE."""
    return expert, _KIND, person.certificate, person.cert_issued, person.cert_until


def roles_of(person: PersonRow) -> Sequence[str]:
    return _roles(person.role)


@lru_cache(maxsize=1024)
def _roles(text: str) -> Sequence[str]:
    """Roles told in words; a plain expert scores."""
    folded = fold(text)
    told = (role.value for words, roles in _ROLES if words.search(folded) for role in roles)
    return [*dict.fromkeys(told)] or [Role.SCORING.value]
