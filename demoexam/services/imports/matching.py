"""Experts by their names and initials, and the hash that tells people of one name apart."""

import hmac
import secrets
from collections import defaultdict

from demoexam.exchange.oblique_names import nominative_lasts
from demoexam.models.people import Expert
from demoexam.rules.full_names import FullName
from demoexam.rules.identity import fold_key
from demoexam.services.imports.draft import Draft, Row

_KEY = "identity_key"
_MOST_ALIKE = 3


class PersonHash:
    """A keyed hash of the SNILS: tells people apart, gives nothing away without the key."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._keyed: hmac.HMAC | None = None

    def of(self, snils: str) -> str | None:
        if not snils:
            return None
        if self._keyed is None:
            self._keyed = hmac.new(self._key(), digestmod="sha256")
        told = self._keyed.copy()  # the key is mixed in once for all
        told.update(snils.encode())
        return told.hexdigest()

    def _key(self) -> bytes:
        """The store's key, made at the first need."""
        if self._draft.setting(_KEY) is None:
            self._draft.put_setting(_KEY, secrets.token_hex(32))
        return bytes.fromhex(self._draft.setting(_KEY))


def name_of(row: Row) -> FullName:
    return FullName(row["last_name"], row["first_name"], row["middle_name"] or "")


class PeopleIndex:
    """Experts by name and initials, those added by this import included.

    They are sorted when somebody asks: a roster alone only adds.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._heard: list[tuple[str, FullName]] = []
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_initials: dict[str, list[str]] = defaultdict(list)
        self._by_last: dict[str, list[str]] = defaultdict(list)
        for row in draft.rows(Expert).values():
            self.learn(row["id"], name_of(row))

    def learn(self, ident: str, name: FullName) -> None:
        self._heard.append((ident, name))

    def _sort(self) -> None:
        for ident, name in self._heard:
            self._by_name[name.key].append(ident)
            self._by_initials[name.initials_key].append(ident)
            self._by_last[fold_key(name.last)].append(ident)
        self._heard.clear()

    def named(self, name: FullName) -> list[str]:
        """Experts whom a name means, in full or by initials; active ones come before others."""
        self._sort()
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
        if not found:
            found = self._declined(name) if name.is_short else self._without_patronymic(name)
        found = [*dict.fromkeys(found)]  # one person may have had several names
        active = [ident for ident in found if self._row(ident)["active"] is not False]
        return active or found

    def _declined(self, name: FullName) -> list[str]:
        """Those whose last name stands in another case: «Иванову И. И.», «Петровой А. И.»."""
        lasts = nominative_lasts(name.last)
        keys = (FullName(last, name.first, name.middle).initials_key for last in lasts)
        return [ident for key in keys for ident in self._by_initials.get(key, ())]

    def _without_patronymic(self, name: FullName) -> list[str]:
        """Those of this last and first name, where the file tells no more of them."""
        if not name.first or name.middle:
            return []
        key = fold_key(name.first)
        alike = self._by_last.get(fold_key(name.last), ())
        return [ident for ident in alike if fold_key(self._row(ident)["first_name"]) == key]

    def of_surname(self, name: FullName) -> list[str]:
        """A few experts of this last name, to be told beside one who was not found."""
        self._sort()
        lasts = {fold_key(last) for last in (name.last, *nominative_lasts(name.last))}
        alike = [ident for last in lasts for ident in self._by_last.get(last, ())]
        return [*dict.fromkeys(alike)][:_MOST_ALIKE]

    def _row(self, ident: str) -> Row:
        return self._draft.rows(Expert)[ident]
