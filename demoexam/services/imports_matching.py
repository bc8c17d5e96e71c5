"""Which expert of the store a person in a file is; and whom initials mean."""

import hashlib
import hmac
import secrets
from collections import defaultdict
from collections.abc import Iterable

from demoexam.exchange.values import PersonRow
from demoexam.models.people import Employment, Expert
from demoexam.rules.full_names import FullName
from demoexam.services.imports_draft import Draft, Row

_KEY = "identity_key"


class PersonHash:
    """A keyed hash of the SNILS: tells people apart, gives nothing away without the key."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._secret = b""

    def of(self, snils: str) -> str | None:
        if not snils:
            return None
        return hmac.new(self._key(), snils.encode(), hashlib.sha256).hexdigest()

    def _key(self) -> bytes:
        """The store's key, made at the first need."""
        if not self._secret:
            if self._draft.setting(_KEY) is None:
                self._draft.put_setting(_KEY, secrets.token_hex(32))
            self._secret = bytes.fromhex(self._draft.setting(_KEY))
        return self._secret


def name_of(row: Row) -> FullName:
    return FullName(row["last_name"], row["first_name"], row["middle_name"] or "")


class PeopleIndex:
    """Experts by name, initials and hash, those added by this import included."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_initials: dict[str, list[str]] = defaultdict(list)
        self._jobs: dict[str, set[str]] = defaultdict(set)
        self._taken: set[str] = set()
        for row in draft.rows(Expert).values():
            self.learn(row["id"], name_of(row))
        for job in draft.rows(Employment).values():
            self._jobs[job["expert_id"]].add(job["organization_id"])

    def learn(self, ident: str, name: FullName) -> None:
        self._by_name[name.key].append(ident)
        self._by_initials[name.initials_key].append(ident)

    def take(self, ident: str, organizations: Iterable[str]) -> None:
        """The expert is this row's: no other person of the file is he."""
        self._taken.add(ident)
        self._jobs[ident].update(organizations)

    def match(
        self, person: PersonRow, person_hash: str | None, organizations: Iterable[str]
    ) -> tuple[str | None, list[str]]:
        """The expert he surely is, if any; else those of his name whom he may be."""
        namesakes = [
            row
            for ident in self._by_name.get(person.name.key, ())
            if ident not in self._taken and _may_be(row := self._row(ident), person_hash)
        ]
        work = set(organizations)
        for certain in (
            [row for row in namesakes if person_hash and row["person_hash"] == person_hash],
            [row for row in namesakes if _same_contacts(row, person)],
            [row for row in namesakes if work & self._jobs[row["id"]]],
            [row for row in namesakes if not work or not self._jobs[row["id"]]],
        ):
            if certain:
                return certain[0]["id"], []
        return None, [row["id"] for row in namesakes]

    def named(self, name: FullName) -> list[str]:
        """Experts whom a name means, in full or by initials; active ones come before others."""
        if not name.is_short:
            found = self._by_name.get(name.key, [])
        elif name.middle:
            found = self._by_initials.get(name.initials_key, [])
        else:  # one initial only
            start = name.initials_key
            found = [
                ident
                for key, idents in self._by_initials.items()
                if key == start or key.startswith(f"{start} ")
                for ident in idents
            ]
        active = [ident for ident in found if self._row(ident)["active"] is not False]
        return active or list(found)

    def _row(self, ident: str) -> Row:
        return self._draft.rows(Expert)[ident]


def _may_be(row: Row, person_hash: str | None) -> bool:
    return not (person_hash and row["person_hash"] and row["person_hash"] != person_hash)


def _same_contacts(row: Row, person: PersonRow) -> bool:
    phone = bool(person.phone) and row["phone"] == person.phone
    email = bool(person.email) and (row["email"] or "").lower() == person.email.lower()
    return phone or email
