"""Organizations of a file led to those of the store; the own college found in its first file."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ForeignKey, select

from demoexam.exchange.organizations import OrganizationIndex, OrganizationName, read_organization
from demoexam.exchange.values import FileContent
from demoexam.models.base import Record
from demoexam.models.groups import StudyGroup
from demoexam.models.organizations import Organization
from demoexam.models.places import ExamCenter, Workshop
from demoexam.rules.terms import OrganizationKind
from demoexam.services.imports.draft import Draft
from demoexam.services.imports.gone import merged_away
from demoexam.services.imports.plan import ImportPlan

UNNAMED_COLLEGE = "Наш колледж"  # until a file or the user names it
_OWN = "own_college"
_BELONGINGS: tuple[tuple[type[Record], str], ...] = (
    (StudyGroup, "college_id"),
    (Workshop, "organization_id"),
    (ExamCenter, "organization_id"),
)


class Organizations:
    """Every organization of the file matched to a row of the store, made where there is none."""

    def __init__(self, draft: Draft, content: FileContent) -> None:
        self._draft = draft
        self._index: OrganizationIndex[str] = OrganizationIndex()
        for row in draft.rows(Organization).values():
            self._learn(row["id"], row["short_name"], row["full_name"], row["inn"] or "")
        self._learn_merged()
        self._ids = {each.name.short: self._match(each.name, each.kind, each.full_name)
                     for each in content.organizations}  # fmt: skip

    def id_of(self, name: OrganizationName) -> str:
        return self._ids[name.short]

    @property
    def ids(self) -> Mapping[str, str]:
        return self._ids

    def find(self, name: OrganizationName) -> str | None:
        """An organization that the store knows, by any of its spellings."""
        return self._index.find(name)

    def _learn_merged(self) -> None:
        """A spelling of an organization that was merged means the one that stayed."""
        session = self._draft.session
        became = merged_away(session, "organization")
        columns = Organization.id, Organization.short_name, Organization.full_name
        query = select(*columns).where(Organization.id.in_(became))
        for ident, short, full in session.execute(query) if became else ():
            self._learn(became[ident], short, full, "")

    def _learn(self, ident: str, short: str, full: str, inn: str) -> None:
        for spelling in (short, full):
            if name := read_organization(spelling):
                known = OrganizationName(name.text, name.core, name.form, inn)
                self._index.add(known, ident)

    def _match(self, name: OrganizationName, kind: OrganizationKind, full: str) -> str:
        found = self._index.find(name)
        if found is None:
            found = self._draft.add(
                Organization,
                kind=kind,
                short_name=name.short,
                full_name=full,
                inn=name.inn or None,
                legal_form=name.form,
            )
        else:
            self._complete(found, name, full)
        self._index.add(name, found)
        return found

    def _complete(self, ident: str, name: OrganizationName, full: str) -> None:
        """Fill what the store did not know; what it knows is not overwritten."""
        row = self._draft.rows(Organization)[ident]
        news = {"inn": name.inn or None, "full_name": full}
        missing = {key: value for key, value in news.items() if value and not row[key]}
        self._draft.change(Organization, ident, **missing)


def own_college(draft: Draft, content: FileContent, organizations: Organizations) -> str:
    """The college whose store this is: as set, else as the file names it; "" if it does not."""
    known = _stored(draft)
    named = _named(content)
    if named is None or (known and not _is_unnamed(draft, known)):
        return known
    college = organizations.id_of(named)
    if known:
        _take_over(draft, known, college)
    draft.put_setting(_OWN, college)
    return college


def needed_college(draft: Draft, known: str) -> str:
    """The own college, or a placeholder that the first file with a name will christen."""
    if known:
        return known
    kind = OrganizationKind.COLLEGE
    made = draft.add(Organization, kind=kind, short_name=UNNAMED_COLLEGE, full_name="")
    draft.put_setting(_OWN, made)
    return made


def college_of_row(
    draft: Draft, organizations: Organizations, plan: ImportPlan, named: OrganizationName | None
) -> str:
    """The college that a row names, else the one in the file's title, else the own one."""
    name = named or plan.content.college
    if name:
        return organizations.id_of(name)
    plan.own_college = needed_college(draft, plan.own_college)
    return plan.own_college


def drop_unused(draft: Draft, own: str) -> None:
    """New organizations that no loaded row names: their rows are refused or put off."""
    made = draft.writes.added.get("organization", {})
    used: set[Any] = {own, draft.setting(_OWN)}
    for table in Record.metadata.tables.values() if made else ():
        links = [each.parent.name for each in table.foreign_keys if _leads_here(each)]
        for link in links:
            used.update(draft.writes.values(table.name, link))
    for ident in made.keys() - used:
        draft.withdraw(Organization, ident)


def _leads_here(key: ForeignKey) -> bool:
    return key.column.table.name == Organization.__tablename__


def _stored(draft: Draft) -> str:
    known = str(draft.setting(_OWN) or "")
    return known if known in draft.rows(Organization) else ""


def _is_unnamed(draft: Draft, ident: str) -> bool:
    return bool(draft.rows(Organization)[ident]["short_name"] == UNNAMED_COLLEGE)


def _take_over(draft: Draft, placeholder: str, college: str) -> None:
    """All that hangs on the placeholder goes to the college that now has a name."""
    name = draft.rows(Organization)[college]["short_name"]
    for entity, column in _BELONGINGS:
        for row in [*draft.where(entity, **{column: placeholder})]:
            draft.change(entity, row["id"], **{column: college})
    for row in [*draft.where(ExamCenter, organization_id=college)]:
        draft.change(ExamCenter, row["id"], name=row["name"].replace(UNNAMED_COLLEGE, name))
    draft.change(Organization, placeholder, deleted=True)


def _named(content: FileContent) -> OrganizationName | None:
    """From the title, else the one college of all students or workshops."""
    if content.college:
        return content.college
    rows = [row.college for row in content.students]
    rows += [row.organization for row in content.workshops]
    names = {name.short: name for name in rows if name}
    return next(iter(names.values())) if len(names) == 1 else None
