"""The organizations of one file: every mention is led back to one name for each of them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from demoexam.exchange.organizations import OrganizationIndex, OrganizationName
from demoexam.exchange.values import FileOrganization, PersonRow
from demoexam.rules.terms import OrganizationKind

Mention = tuple[OrganizationName, bool | None, OrganizationKind | None]
T = TypeVar("T")
_Mentions = tuple[OrganizationName, ...]
_ACRONYM: Final = re.compile(r"[А-ЯЁ]{3,8}(?:-\w+)?")


@dataclass
class _Entry:
    mentions: Counter[OrganizationName] = field(default_factory=Counter)
    said: Counter[bool] = field(default_factory=Counter)
    kinds: Counter[OrganizationKind] = field(default_factory=Counter)  # told beside the name


class OrganizationBook:
    """Collects mentions, then answers with one `FileOrganization` for each mention."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._index: OrganizationIndex[int] = OrganizationIndex()
        self._known: dict[tuple[str, str, str], int] = {}
        self._ready: dict[int, FileOrganization] = {}
        self._names: dict[OrganizationName, OrganizationName] = {}
        self._whole: dict[int, tuple[_Mentions, _Mentions]] = {}  # by id: they are kept here

    def collect(self, mentions: Sequence[Mention]) -> None:
        """Mentions with what their rows say of the employer; full names are learnt first."""
        counted = _counted(mentions)
        counted.sort(key=lambda item: bool(_ACRONYM.fullmatch(item[0][0].core)))
        for (name, says_employer, says_kind), times in counted:
            entry = self._entries[self._number(name)]
            entry.mentions[name] += times
            if says_employer is not None:
                entry.said[says_employer] += times
            if says_kind is not None:
                entry.kinds[says_kind] += times
        self._ready.clear()
        self._names.clear()
        self._whole.clear()

    def _number(self, name: OrganizationName) -> int:
        shape = (name.key, name.form, name.inn)
        if shape not in self._known:
            found = self._index.find(name)
            if found is None:
                found = len(self._entries)
                self._entries.append(_Entry())
            self._index.add(name, found)
            self._known[shape] = found
        return self._known[shape]

    def of(self, name: OrganizationName) -> FileOrganization:
        """The organization that a collected mention means."""
        number = self._number(name)
        if number not in self._ready:
            self._ready[number] = _settled(self._entries[number])
        return self._ready[number]

    def all(self) -> tuple[FileOrganization, ...]:
        return tuple(self.of(next(iter(entry.mentions))) for entry in self._entries)

    def settled(self, person: PersonRow) -> PersonRow:
        """The person with one name for each organization, no organization twice."""
        mentions = person.organizations
        known = self._whole.get(id(mentions))  # alike cells are one object
        if known is None:
            known = self._whole[id(mentions)] = mentions, self._once_each(mentions)
        settled = known[1]
        return person if settled == mentions else replace(person, organizations=settled)

    def _once_each(self, mentions: _Mentions) -> _Mentions:
        named: dict[str, OrganizationName] = {}
        for mention in mentions:
            name = self._settled(mention)
            named.setdefault(name.short, name)
        settled = tuple(named.values())
        return mentions if settled == mentions else settled

    def _settled(self, mention: OrganizationName) -> OrganizationName:
        if mention not in self._names:
            self._names[mention] = replace(self.of(mention).name, is_main=mention.is_main)
        return self._names[mention]


def _counted(mentions: Sequence[Mention]) -> list[tuple[Mention, int]]:
    """Mentions that are alike once, in the order of the first of each: a list repeats them."""
    alike = [(id(name), *said) for name, *said in mentions]  # alike cells are one object
    first: dict[tuple[object, ...], Mention] = {}
    for key, mention in zip(alike, mentions, strict=True):
        first.setdefault(key, mention)
    return [(first[key], times) for key, times in Counter(alike).items()]


def _total(counted: Iterable[tuple[T | None, int]]) -> Counter[T]:
    """How often each was told; what says nothing is left out."""
    total: Counter[T] = Counter()
    for told, times in counted:
        if told:
            total[told] += times
    return total


def _settled(entry: _Entry) -> FileOrganization:
    """The clearest spelling, the commonest INN, the kind told by any spelling or by the rows."""
    best = max(entry.mentions, key=_clarity)
    inns = _total((mention.inn, times) for mention, times in entry.mentions.items())
    inn = inns.most_common(1)[0][0] if inns else ""
    kinds = _total((mention.kind, times) for mention, times in entry.mentions.items())
    kind = kinds.most_common(1)[0][0] if kinds else _kind_by_rows(entry)
    if entry.kinds and kind not in _SURE:
        kind = entry.kinds.most_common(1)[0][0]
    full = next((mention.full for mention in entry.mentions if mention.full), "")
    return FileOrganization(replace(best, inn=inn, is_main=True), kind, inn, full)


_SURE: Final = frozenset({OrganizationKind.COLLEGE, OrganizationKind.UNIVERSITY})


def _kind_by_rows(entry: _Entry) -> OrganizationKind:
    if entry.said:
        said = entry.said.most_common(1)[0][0]
        return OrganizationKind.EMPLOYER if said else OrganizationKind.OTHER
    return OrganizationKind.OTHER


def _clarity(name: OrganizationName) -> tuple[bool, bool, bool, int]:
    mixed_case = not name.core.isupper() or len(name.core.split()) == 1
    written_out = not _ACRONYM.fullmatch(name.core)
    return written_out, bool(name.form), mixed_case, len(name.core) if name.form == "ИП" else 0
