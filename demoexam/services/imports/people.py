"""A roster into the store: experts, their places of work, certificates and competences."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from demoexam.exchange.cells import Place
from demoexam.exchange.organizations import OrganizationName
from demoexam.exchange.values import FileContent, PersonRow
from demoexam.exchange.vocabulary import Kind
from demoexam.models.people import Certificate, Competence, Employment, Expert
from demoexam.services.imports.draft import Draft, FieldChange, Row, grouped
from demoexam.services.imports.identity import Decisions, Identities, Identity, better_name
from demoexam.services.imports.matching import PeopleIndex, name_of
from demoexam.services.imports.newcomers import (
    CERTIFICATE,
    COMPETENCE,
    Abilities,
    Newcomers,
    certificate_of,
    places_of_work,
    roles_of,
)
from demoexam.services.imports.organizations import Organizations
from demoexam.services.imports.plan import Decision, ImportPlan, Likeness, RowPlan, Status, row_plan
from demoexam.services.imports.twins import Twins


class RosterImport:
    """People of the file, one expert for all rows that are surely one person's."""

    def __init__(
        self,
        draft: Draft,
        content: FileContent,
        organizations: Organizations,
        today: date,
        decisions: Decisions,
    ) -> None:
        self._draft = draft
        self._organizations, self._today = organizations, today
        self._decisions = decisions
        self._document = f"отмечено в файле «{content.name}»"
        self.people = PeopleIndex(draft)
        self._twins = Twins(content, decisions)
        work = {
            person.place: [organizations.id_of(name) for name in person.organizations]
            for person in self._twins.people
        }
        self._identities = Identities(draft, self._twins.people, work, decisions)
        for gone in self._identities.departed.merged():
            self.people.learn(gone.became, gone.who.name)  # a schedule may still call him so
        self._jobs = grouped(draft.rows(Employment).values(), "expert_id")
        self._certificates = grouped(draft.rows(Certificate).values(), "expert_id")
        self._competences = grouped(draft.rows(Competence).values(), "expert_id")
        self._abilities = Abilities(draft)
        self._newcomers = Newcomers(draft, organizations, self._abilities)

    def plan(self, plan: ImportPlan) -> None:
        people = {person.place: person for person in self._twins.people}
        for place, row in self._twins.rows.items():
            plan.rows.append(self._row(people.get(place, row)))
        self._newcomers.finish()

    def _row(self, person: PersonRow) -> RowPlan:
        first = self._twins.later.get(person.place)
        if first is not None:
            return self._repeat(person, first)
        who = self._identities.of(person.place)
        likeness = self._likeness(person, who)
        if person.place in self._twins.skipped:
            return _left_out(person, Status.SKIPPED, "отложено по вашему выбору", likeness)
        if person.is_incomplete and not who.record_id:
            return _left_out(person, Status.ERROR, "имя написано не полностью", likeness)
        if who.became and self._decisions.get(person.place) != Decision.DIFFERENT:
            kept = name_of(self._draft.rows(Expert)[who.became])
            reason = f"в реестре эта запись объединена с «{kept}»: строка ничего не меняет"
            return RowPlan(person.place, Kind.ROSTER, Status.SAME, str(person.name),
                           reasons=(reason,), record_id=who.became)  # fmt: skip
        return self._expert(person, who, likeness)

    def _likeness(self, person: PersonRow, who: Identity) -> Likeness | None:
        """Whom the row resembles: another row of the file, else somebody of the store."""
        row = self._twins.asked.get(person.place)
        return self._like_row(person, row) if row else who.likeness

    def _like_row(self, person: PersonRow, row: Place, *, joined: bool = False) -> Likeness:
        twin = self._twins.rows[row]
        return Likeness("", self._identities.reason(person, twin), row, joined)

    def _repeat(self, person: PersonRow, first: Place) -> RowPlan:
        reason = f"тот же человек, что в строке {first.row}: записи объединены"
        asked = self._twins.asked.get(person.place)
        likeness = self._like_row(person, asked or first, joined=asked is None)
        title = str(person.name)
        return RowPlan(person.place, Kind.ROSTER, Status.DUPLICATE, title,
                       reasons=(reason,), likeness=likeness)  # fmt: skip

    def _expert(self, person: PersonRow, who: Identity, likeness: Likeness | None) -> RowPlan:
        reasons = self._doubts(person.place, likeness)
        if who.was_deleted:
            reasons.append("такого эксперта удалили из базы: по файлу он добавится заново")
        if ident := who.record_id:
            changes = self._known(ident, person, who.person_hash)
        else:
            consent = (self._today, self._document) if person.consent else (None, "")
            ident, changes = self._newcomers.add(person, (who.person_hash, *consent))
            self.people.learn(ident, person.name)
        return row_plan(person.place, Kind.ROSTER, str(person.name), ident, new=not who.record_id,
                        changes=changes, reasons=reasons, likeness=likeness)  # fmt: skip

    def _known(self, ident: str, person: PersonRow, person_hash: str | None) -> list[FieldChange]:
        """What the file tells of an expert of the store."""
        changes = self._updated(ident, person, person_hash)
        for name, post, is_main in places_of_work(person):
            changes += self._job(ident, name, post, is_main=is_main)
        changes += self._certificate(ident, person)
        return changes + self._competence(ident, person)

    def _doubts(self, place: Place, likeness: Likeness | None) -> list[str]:
        """What the user should look at, unless he has said what he thinks of it."""
        if likeness is None or self._decisions.get(place):
            return []
        if likeness.row:
            return [f"возможно, тот же человек, что в строке {likeness.row.row}"]
        if likeness.joined:
            return [f"считаем, что это один человек: {likeness.reason}"]
        return [f"в базе есть похожий эксперт: {likeness.reason}"]

    def _updated(self, ident: str, person: PersonRow, person_hash: str | None) -> list[FieldChange]:
        """What the file knows better: nothing is overwritten with an empty cell."""
        row = self._draft.rows(Expert)[ident]
        names = better_name(row, person)
        if names:
            self.people.learn(ident, person.name)
        news: dict[str, Any] = {
            **names,
            "phone": person.phone,
            "email": person.email,
            "person_hash": person_hash,
        }
        if row["consent_on"] is None and person.consent:
            news |= {"consent_on": self._today, "consent_document": self._document}
        known = {name: value for name, value in news.items() if value}
        changes = self._draft.change(Expert, ident, **known)
        return [change for change in changes if change.field != "person_hash"]

    def _job(
        self, ident: str, name: OrganizationName, post: str, *, is_main: bool
    ) -> list[FieldChange]:
        organization = self._organizations.id_of(name)
        jobs = self._jobs.setdefault(ident, [])
        current = [job for job in jobs if job["valid_to"] is None or job["valid_to"] >= self._today]
        for job in current:
            if job["organization_id"] == organization:
                return self._draft.change(Employment, job["id"], post=post) if post else []
        left = [job for job in current if job["is_main"]] if is_main else []
        for job in left:
            yesterday = self._today - timedelta(days=1)
            self._draft.change(Employment, job["id"], valid_to=yesterday)
        since = self._today if left else None
        job = {"expert_id": ident, "organization_id": organization, "post": post,
               "is_main": is_main, "valid_from": since}  # fmt: skip
        jobs.append(self._draft.added(Employment, job))
        old = self._draft_name(left[0]["organization_id"]) if left else None
        return [FieldChange("organization_id", old, name.short)]

    def _draft_name(self, organization: str) -> str:
        from demoexam.models.organizations import Organization

        return str(self._draft.rows(Organization)[organization]["short_name"])

    def _certificate(self, ident: str, person: PersonRow) -> list[FieldChange]:
        number, until = person.certificate, person.cert_until
        if not number and until is None:
            return []
        known = self._certificates.setdefault(ident, [])
        same = _same_certificate(known, number, until)
        if same is not None:
            news = {"number": number, "valid_until": until, "issued_on": person.cert_issued}
            told = {name: value for name, value in news.items() if value}
            return self._draft.change(Certificate, same["id"], **told)
        paper = dict(zip(CERTIFICATE, certificate_of(ident, person), strict=True))
        known.append(self._draft.added(Certificate, paper))
        return [FieldChange("certificate", None, number)]

    def _competence(self, ident: str, person: PersonRow) -> list[FieldChange]:
        roles = roles_of(person)
        known = self._competences.setdefault(ident, [])
        changes: list[FieldChange] = []
        for target in self._abilities.targets(person):
            same = [row for row in known if (row["specialty_id"], row["kit_id"]) == target]
            if not same:
                told = zip(COMPETENCE, (ident, *target, [*roles]), strict=True)
                known.append(self._draft.added(Competence, dict(told)))
                changes.append(FieldChange("competence", None, target[0]))
            elif person.role:
                merged = [*dict.fromkeys([*same[0]["roles"], *roles])]
                changes += self._draft.change(Competence, same[0]["id"], roles=merged)
        return changes


def _same_certificate(known: Sequence[Row], number: str, until: date | None) -> Row | None:
    """By its number, else by its term: then the number was mistyped. A new term is a new paper."""
    if not number:
        return next(iter(known), None)
    numbered = [row for row in known if row["number"] == number]
    of_term = [row for row in known if until and row["valid_until"] == until]
    return next(iter(numbered), None) or (of_term[0] if len(of_term) == 1 else None)


def _left_out(person: PersonRow, status: Status, reason: str, likeness: Likeness | None) -> RowPlan:
    title = str(person.name)
    return RowPlan(person.place, Kind.ROSTER, status, title, (), (reason,), "", likeness)
