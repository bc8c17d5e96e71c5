"""Days of absence from a file: whose they are, which are new, and writing them in one step."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.exchange.availability_files import AbsenceRow
from demoexam.models.people import Expert, Unavailability
from demoexam.rules.full_names import FullName, read_full_name
from demoexam.services.experts.availability import Period, add_period
from demoexam.services.imports.draft import Draft
from demoexam.services.imports.matching import PeopleIndex
from demoexam.store.erasing import ERASED_NAME
from demoexam.text import fold


class Standing(StrEnum):
    """How it stands with a row of the file; only NEW ones are written."""

    NEW = "new"
    KNOWN = "known"
    PAST = "past"
    NOBODY = "nobody"
    SEVERAL = "several"
    BROKEN = "broken"


@dataclass(frozen=True)
class AbsenceLine:
    """A row of the file with the expert found; `expert` is as the file names him otherwise."""

    row: AbsenceRow
    standing: Standing
    expert_id: str = ""
    expert: str = ""

    @property
    def period(self) -> Period:
        row = self.row
        if row.from_day is None or row.to_day is None:
            raise ValueError(row.where)
        return Period(row.from_day, row.to_day, row.only_these, row.soft, row.reason)


def matched(
    session: Session, *, rows: Sequence[AbsenceRow], today: date, expert_id: str = ""
) -> list[AbsenceLine]:
    """Each row with its expert; with `expert_id` all rows are his."""
    people = _People(session, expert_id)
    known = _known(session)
    lines = []
    for row in rows:
        line = people.line(row)
        if line.standing is Standing.NEW:
            line = replace(line, standing=_standing(line, known, today))
        if line.standing is Standing.NEW:
            known[line.expert_id].append(line.period)
        lines.append(line)
    return lines


def write_lines(session: Session, *, lines: Iterable[AbsenceLine]) -> int:
    """Write the new ones; what has been written since by another hand is left out."""
    new = (line for line in lines if line.standing is Standing.NEW)
    return sum(add_period(session, expert_ids=[line.expert_id], period=line.period) for line in new)


def _standing(line: AbsenceLine, known: dict[str, list[Period]], today: date) -> Standing:
    mine = line.period
    if mine.to_day < today:
        return Standing.PAST
    repeated = any(
        one.from_day <= mine.from_day and mine.to_day <= one.to_day
        for one in known[line.expert_id]
        if (one.only_these, one.soft) == (mine.only_these, mine.soft)
    )
    return Standing.KNOWN if repeated else Standing.NEW


def _known(session: Session) -> dict[str, list[Period]]:
    found: dict[str, list[Period]] = defaultdict(list)
    for one in session.scalars(select(Unavailability).where(Unavailability.live())):
        found[one.expert_id].append(Period(one.from_day, one.to_day, one.only_these, one.soft))
    return found


class _People:
    """Experts by address and by name, as the import of lists knows them."""

    def __init__(self, session: Session, expert_id: str) -> None:
        self._only = expert_id
        self._index = PeopleIndex(Draft(session))
        query = select(
            Expert.id, Expert.last_name, Expert.first_name, Expert.middle_name, Expert.email
        ).where(Expert.live(), Expert.last_name != ERASED_NAME)
        self._names: dict[str, str] = {}
        self._by_email: dict[str, list[str]] = defaultdict(list)
        for ident, last, first, middle, email in session.execute(query):
            self._names[ident] = str(FullName(last, first, middle))
            if email:
                self._by_email[fold(email)].append(ident)

    def line(self, row: AbsenceRow) -> AbsenceLine:
        named, found = self._found(row)
        shown = row.texts[0] if row.texts else next(iter(row.emails), "")
        if row.problem:
            return AbsenceLine(row, Standing.BROKEN, expert=shown)
        if len(found) != 1:
            standing = Standing.SEVERAL if found else Standing.NOBODY
            return AbsenceLine(row, standing, expert=named or shown)
        reason = _without(row.reason, named)
        return AbsenceLine(
            replace(row, reason=reason), Standing.NEW, found[0], self._names[found[0]]
        )

    def _found(self, row: AbsenceRow) -> tuple[str, list[str]]:
        """The text that names somebody, and whom it may mean."""
        if self._only:
            return "", [self._only] if self._only in self._names else []
        for email in row.emails:
            if found := self._by_email.get(fold(email)):
                return "", found
        for text in row.texts:
            name = read_full_name(text).name
            found = self._index.named(name) if name is not None and name.first else []
            if found := [each for each in found if each in self._names]:
                return text, found
        return "", []


def _without(reason: str, named: str) -> str:
    """What is left of the words of an event when the name is taken out of them."""
    if not named or named not in reason:
        return reason
    return reason.replace(named, "", 1).strip(" —–-:;,()/|")
