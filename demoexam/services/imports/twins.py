"""Rows of one file that are one person: as the file shows it and as the user says."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from demoexam.exchange.cells import Place
from demoexam.exchange.values import FileContent, PersonRow
from demoexam.services.imports.identity import Decisions
from demoexam.services.imports.plan import Decision

_FILLED = ("position", "phone", "email", "snils", "role", "certificate", "cert_until",
           "cert_issued", "consent", "birth_date")  # fmt: skip


class Twins:
    """`people` are the file's, rows of one person joined and standing at the place of the first.

    `later` leads each of the other rows there. `asked` leads a row to another that it resembles.
    `skipped` are rows which the user puts off.
    """

    def __init__(self, content: FileContent, decisions: Decisions) -> None:
        self.rows = {person.place: person for person in content.people}
        self._decisions = decisions
        said = (place for place in decisions if place in self.rows)
        self.skipped = frozenset(place for place in said if self._said(place, Decision.SKIP))
        self._groups: dict[Place, list[Place]] = {}
        self.asked: dict[Place, Place] = {}
        for group in content.same:
            first, *others = [each for each in group if each not in self.skipped] or group
            for place in others:
                if not self._said(place, Decision.DIFFERENT):
                    self._unite(first, place)
        for one, other in content.maybe:
            self._consider(one, other)
        self.later = {place: group[0] for place, group in self._groups.items() if place != group[0]}
        self.people = [
            joined([self.rows[each] for each in self._groups[place]])
            if place in self._groups
            else row
            for place, row in self.rows.items()
            if place not in self.later
        ]

    def _said(self, place: Place, word: Decision) -> bool:
        return self._decisions.get(place) == word

    def _consider(self, one: Place, other: Place) -> None:
        """The question is put to the later row, but to the one with initials before all."""
        initials_first = self.rows[one].is_incomplete and not self.rows[other].is_incomplete
        asked, earlier = (one, other) if initials_first else (other, one)
        if asked in self.asked:
            return
        self.asked[asked] = earlier
        if self._said(asked, Decision.SAME):
            self._unite(earlier, asked)

    def _unite(self, one: Place, other: Place) -> None:
        if {one, other} & self.skipped:
            return
        left, right = self._groups.get(one, [one]), self._groups.get(other, [other])
        if left is right:
            return
        rows = self.rows
        united = sorted({*left, *right}, key=lambda p: (rows[p].is_incomplete, p.sheet, p.row))
        self._groups.update(dict.fromkeys(united, united))


def joined(group: Sequence[PersonRow]) -> PersonRow:
    """One person of several rows: the first row's word counts, the others fill its gaps."""
    first, *others = group
    if not others:
        return first
    news: dict[str, Any] = {}
    for name in _FILLED:
        if getattr(first, name) in ("", None):
            told = (getattr(row, name) for row in others)
            news[name] = next((value for value in told if value not in ("", None)), None)
    known = {name: value for name, value in news.items() if value is not None}
    organizations = {name.short: name for name in first.organizations}
    for row in others:
        for place in row.organizations:
            organizations.setdefault(place.short, replace(place, is_main=not organizations))
    return replace(
        first,
        organizations=tuple(organizations.values()),
        competences=tuple(dict.fromkeys(code for row in group for code in row.competences)),
        kits=tuple(dict.fromkeys(code for row in group for code in row.kits)),
        **known,
    )
