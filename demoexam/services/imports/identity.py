"""Who each person of a file is: settled for all rows together, before any of them is written."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from demoexam.exchange.cells import Place
from demoexam.exchange.values import PersonRow
from demoexam.models.people import Certificate, Employment, Expert
from demoexam.rules.identity import fold_key
from demoexam.services.imports.draft import Draft, Row
from demoexam.services.imports.gone import Departed, GonePeople
from demoexam.services.imports.likeness import (
    OF_ONE_NAME,
    STRONG,
    Belief,
    Portrait,
    agreeing,
    by_paper,
    contradict,
    likeness_reason,
    may_be,
    renamed,
    same_email,
    same_phone,
    score,
    tells_nothing_new,
)
from demoexam.services.imports.matching import PersonHash, name_of
from demoexam.services.imports.plan import Decision, Likeness

_CROWD: Final = 40  # more experts with one phone: the phone is the office's, it tells nothing
_NAME_PARTS: Final = ("last_name", "first_name", "middle_name")

Decisions = Mapping[Place, str]
Workplaces = Mapping[Place, Sequence[str]]
Search = Callable[[Portrait], Sequence[str]]


class Identity(NamedTuple):
    """`record_id` is the expert he surely is, "" for somebody new.

    `became` is the expert into whom the record of this person was merged; `was_deleted` tells that
    somebody deleted it.
    """

    person_hash: str | None
    record_id: str = ""
    likeness: Likeness | None = None
    became: str = ""
    was_deleted: bool = False


class StoredPeople:
    """Experts of the store as portraits, and whom a name, a number or an address may mean."""

    def __init__(self, draft: Draft) -> None:
        self._rows = draft.rows(Expert)
        self._jobs: dict[str, list[Row]] = defaultdict(list)
        self._papers: dict[str, list[str]] = defaultdict(list)
        self._portraits: dict[str, Portrait] = {}
        self._by: dict[tuple[str, str], list[str]] = defaultdict(list)
        for job in draft.rows(Employment).values():
            self._jobs[job["expert_id"]].append(job)
        for paper in draft.rows(Certificate).values():
            if paper["number"]:
                self._papers[paper["expert_id"]].append(paper["number"])
        for ident in self._rows:
            for key in _keys(self.portrait(ident)):
                self._by[key].append(ident)

    def portrait(self, ident: str) -> Portrait:
        if ident not in self._portraits:
            row, jobs = self._rows[ident], self._jobs[ident]
            self._portraits[ident] = Portrait(
                name_of(row),
                frozenset(job["organization_id"] for job in jobs),
                frozenset(job["post"] for job in jobs if job["post"]),
                row["phone"] or "",
                row["email"] or "",
                frozenset(self._papers[ident]),
                row["person_hash"],
            )
        return self._portraits[ident]

    def named(self, who: Portrait) -> list[str]:
        """Experts of exactly this name, spellings aside, the oldest first."""
        return self._by.get(("name", who.name.key), [])

    def __bool__(self) -> bool:
        return bool(self._by)

    def know(self, who: Portrait) -> bool:
        """Whether anybody here shares anything telling with him."""
        return any(key in self._by for key in _keys(who))

    def resembling(self, who: Portrait) -> list[str]:
        """Experts who share anything telling, those of an office's phone left out."""
        found = (self._by.get(key, ()) for key in _keys(who))
        return [*dict.fromkeys(i for idents in found if len(idents) <= _CROWD for i in idents)]


def _keys(who: Portrait) -> Iterable[tuple[str, str]]:
    yield "name", who.name.key
    yield "initials", who.name.initials_key
    if not who.name.is_short:
        yield "first", fold_key(f"{who.name.last} {who.name.first}")
    for kind, value in (
        ("hash", who.person_hash), ("phone", who.phone), ("email", who.email.lower()),
    ):  # fmt: skip
        if value:
            yield kind, value
    for number in who.certificates:
        yield "certificate", number


class Identities:
    """Each expert of the store is one person of the file at most; the surest pairs come first.

    `people` are those of the file, rows of one person joined; `work` gives ids of organizations.
    """

    def __init__(
        self, draft: Draft, people: Sequence[PersonRow], work: Workplaces, decisions: Decisions
    ) -> None:
        self._stored, self._decisions, self._work = StoredPeople(draft), decisions, work
        self._hashes = PersonHash(draft)
        self._people = {each.place: each for each in people}
        self._hash = {each.place: self._hashes.of(each.snils) for each in people}
        self._portraits: dict[Place, Portrait] = {}
        self._found: dict[Place, str] = {}
        self._likeness: dict[Place, Likeness] = {}
        self._taken: set[str] = set()
        put_off = {place for place, word in decisions.items() if word == Decision.SKIP}
        some = people if self._stored else ()
        near = [each for each in some if self._stored.know(self._here(each.place))]
        whole = [p.place for p in near if not p.is_incomplete and p.place not in put_off]
        for strength, belief in enumerate(OF_ONE_NAME):
            self._settle(whole, self._stored.named, belief, sure=strength < STRONG)
        self._settle(whole, self._stored.resembling, renamed, sure=False)
        self._gone: dict[Place, Departed] = {}
        self.departed = departed = GonePeople(draft.session)
        for each in people if departed else ():
            if each.place not in self._found and not each.is_incomplete:
                self._look_among(departed, each.place)
        for each in near:
            if each.place not in self._found and not self.of(each.place).became:
                self._ask(each.place)

    def reason(self, here: PersonRow, there: PersonRow) -> str:
        """Why two rows of the file may be one person."""
        one, other = (
            portrait(row, (name.short for name in row.organizations), self._hashes.of(row.snils))
            for row in (here, there)
        )
        return likeness_reason(one, other)

    def _here(self, place: Place) -> Portrait:
        """What the file tells of a person: asked for when there is somebody to compare with."""
        if place not in self._portraits:
            person, work = self._people[place], self._work[place]
            self._portraits[place] = portrait(person, work, self._hash[place])
        return self._portraits[place]

    def of(self, place: Place) -> Identity:
        known, gone = self._found.get(place, ""), self._gone.get(place)
        return Identity(
            self._hash[place],
            known,
            self._likeness.get(place),
            gone.became if gone else "",
            was_deleted=gone is not None and not gone.became,
        )

    def _settle(
        self, places: Sequence[Place], search: Search, belief: Belief, *, sure: bool
    ) -> None:
        """Take the experts in whom this belief is right; of several none but the likeliest."""
        for place in places:
            split = not sure and self._decisions.get(place) == Decision.DIFFERENT
            if place in self._found or split:
                continue
            here = self._here(place)
            fitting = [
                ident
                for ident in search(here)
                if ident not in self._taken
                and _believed(belief, here, self._stored.portrait(ident))
            ]
            if chosen := self._likeliest(here, fitting):
                self._take(place, chosen)
                if not sure:
                    self._likeness[place] = self._resembles(here, chosen, joined=True)

    def _likeliest(self, here: Portrait, idents: Sequence[str]) -> str:
        """The one who agrees best; nobody when two do, unless it makes no difference."""
        if len(idents) < 2:  # noqa: PLR2004 -- no choice
            return idents[0] if idents else ""
        best, second = self._ranked(here, idents)[:2]
        there, other = self._stored.portrait(best), self._stored.portrait(second)
        clear = score(here, there) > score(here, other)
        return best if clear or tells_nothing_new(here, there) else ""

    def _ranked(self, here: Portrait, idents: Iterable[str]) -> list[str]:
        return sorted(idents, key=lambda ident: -score(here, self._stored.portrait(ident)))

    def _look_among(self, departed: GonePeople, place: Place) -> None:
        found = departed.find(self._here(place), self._stored.portrait)
        if found is not None:
            self._gone[place] = found

    def _take(self, place: Place, ident: str) -> None:
        self._found[place] = ident
        self._taken.add(ident)

    def _ask(self, place: Place) -> None:
        """Whom this may be; the user's word settles it."""
        here = self._here(place)
        fitting = [
            ident
            for ident in self._stored.resembling(here)
            if ident not in self._taken and may_be(here, self._stored.portrait(ident))
        ]
        if not fitting:
            return
        best = self._ranked(here, fitting)[0]
        if (
            here.name.is_short
            and len(fitting) > 1
            and not agreeing(here, self._stored.portrait(best))
        ):
            return
        self._likeness[place] = self._resembles(here, best)
        if self._decisions.get(place) == Decision.SAME:
            self._take(place, best)

    def _resembles(self, here: Portrait, ident: str, *, joined: bool = False) -> Likeness:
        there = self._stored.portrait(ident)
        return Likeness(ident, f"{there.name}: {likeness_reason(here, there)}", joined=joined)


def _believed(belief: Belief, here: Portrait, there: Portrait) -> bool:
    """Another SNILS outweighs all but a certificate, or a name with both its addresses: then it
    was the SNILS that was mistyped.
    """
    addresses = same_phone(here, there) and same_email(here, there)
    mistyped = by_paper(here, there) or (addresses and here.name.key == there.name.key)
    return belief(here, there) and (mistyped or not contradict(here, there))


def portrait(person: PersonRow, work: Iterable[str], person_hash: str | None) -> Portrait:
    """What a row tells of a person."""
    return Portrait(
        person.name,
        frozenset(work),
        frozenset((person.position,) if person.position else ()),
        person.phone,
        person.email,
        frozenset((person.certificate,) if person.certificate else ()),
        person_hash,
        person.birth_date,
    )


def better_name(row: Row, person: PersonRow) -> dict[str, str]:
    """Parts of the name that the file tells otherwise; ё and a patronymic are never lost."""
    if person.is_incomplete:
        return {}
    parts = zip(_NAME_PARTS, (person.name.last, person.name.first, person.name.middle), strict=True)
    return {
        column: told
        for column, told in parts
        if told and (fold_key(told) != fold_key(row[column] or "") or _has_yo(told, row[column]))
    }


def _has_yo(told: str, stored: str) -> bool:
    return told.lower().count("ё") > stored.lower().count("ё")
