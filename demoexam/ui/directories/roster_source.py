"""The table of experts: filtered and ordered in memory, the rows in sight read from the store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import select

from demoexam.models.people import Expert
from demoexam.rules.terms import Side
from demoexam.services.directory.experts import FOREVER, ExpertLine, expert_lines
from demoexam.services.experts.roster_index import Entry, RosterIndex, Term, bare_index, term_of
from demoexam.text import day_month, short_date
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.tokens import Tone
from demoexam.ui.workspace import Workspace

COLUMNS = (
    Column("name", "Фамилия, имя, отчество", 250),
    Column("side", "Сторона", 130),
    Column("organization", "Организация", 180, stretch=True),
    Column("industry", "Отрасль", 150, minor=True),
    Column("competence", "Компетенция", 150, minor=True, sortable=False),
    Column("certificate", "Свид-во до", 98),
    Column("exams", "Экз.", 56, right=True),
)
SIDES = {
    Side.EMPLOYER: ("Работодатель", Tone.ACCENT),
    Side.EDUCATION: ("Колледж", Tone.GREY),
    Side.OTHER: ("Другое", Tone.GREY),
    Side.UNKNOWN: ("Неизвестно", Tone.WARN),
}
TERMS = {Term.SOON: Tone.WARN, Term.EXPIRED: Tone.BAD, Term.NONE: Tone.BAD}


@dataclass
class RosterFilter:
    """What the chips say; None lets everybody through."""

    side: Side | None = None
    term: Term | None = None
    industry: str | None = None
    consented: bool | None = None

    def passes(self, entry: Entry, today: date) -> bool:
        return (
            (self.side is None or entry.side is self.side)
            and (self.term is None or _fits(entry.term(today), self.term))
            and (self.industry is None or entry.industry == self.industry)
            and (self.consented is None or entry.consented == self.consented)
        )

    def is_open(self) -> bool:
        return self == RosterFilter()


def _fits(term: Term, wanted: Term) -> bool:
    return term is wanted or (wanted is Term.VALID and term is Term.SOON)


class RosterSource:
    """A TableSource over the RosterIndex, which the page brings up to date."""

    def __init__(self, workspace: Workspace, today: Callable[[], date]) -> None:
        self.columns = COLUMNS
        self.chosen = RosterFilter()
        self._workspace, self._today = workspace, today
        self._index: RosterIndex | None = None

    @property
    def index(self) -> RosterIndex:
        if self._index is None:
            self._index = self._workspace.read(bare_index)
        return self._index

    def take(self, index: RosterIndex) -> None:
        """Another index; the table must be reloaded to see it."""
        self._index = index

    def ids(self, filter_text: str, sort: str, descending: bool) -> Sequence[int]:
        index, today = self.index, self._today()
        found: Sequence[int] = list(index.entries)
        if filter_text.strip():
            found = self._workspace.read(lambda session: index.matching(session, filter_text))
        if not self.chosen.is_open():
            passes, entries = self.chosen.passes, index.entries
            found = [number for number in found if passes(entries[number], today)]
        return self._ordered(found, sort, descending)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        today, year = self._today(), self._workspace.year
        lines = self._workspace.read(
            lambda session: expert_lines(session, ids, today=today, year=year)
        )
        return {number: expert_row(line, today) for number, line in lines.items()}

    def total(self) -> int:
        return len(self.index.entries)

    def key_of(self, record_id: str) -> int | None:
        return self._workspace.read(
            lambda session: session.scalar(select(Expert.n).where(Expert.id == record_id))
        )

    def _ordered(self, found: Sequence[int], sort: str, descending: bool) -> Sequence[int]:
        """`found` is in the order of names, and stays so among equals."""
        if not sort:
            return found
        if sort == "name":
            return list(reversed(found)) if descending else found
        key = self._key(sort)
        keyed = [(key(number), number) for number in found]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=itemgetter(0), reverse=descending)
        missing = [number for value, number in keyed if value is None]
        return [*(number for _, number in known), *missing]

    def _key(self, sort: str) -> Callable[[int], Any]:
        entries, places = self.index.entries, self.index.organizations
        sides = list(Side)
        match sort:
            case "side":
                return lambda number: sides.index(entries[number].side)
            case "organization":
                return lambda number: places.get(entries[number].employer)
            case "industry":
                return lambda number: entries[number].industry or None
            case "certificate":
                return lambda number: entries[number].certified_until
            case _:
                return lambda number: entries[number].exams


def expert_row(line: ExpertLine, today: date) -> Row:
    return Row(
        line.id,
        (
            Cell(line.name, strong=True),
            side_cell(line),
            Cell(line.organization, tip=line.organization),
            Cell(line.industry, tip=line.industry),
            competence_cell(line.competences),
            term_cell(line.certified_until, today),
            Cell(str(line.exams)),
        ),
        stripe="" if line.consented else "warn",
        faint=not line.active,
    )


def side_cell(line: ExpertLine) -> Cell:
    """Today's side; an arrow tells that it will change soon, the tool tip when."""
    name, tone = SIDES[line.side]
    if line.turn is None:
        return Cell(name, tone=tone, pill=True)
    then = f"с {day_month(line.turn.day)}: {SIDES[line.turn.side][0].lower()}"
    return Cell(f"{name} →", tone=tone, pill=True, tip=f"{name}, {then}")


def competence_cell(competences: Sequence[str]) -> Cell:
    if not competences:
        return Cell("не указана", tone=Tone.WARN)
    more = f" и ещё {len(competences) - 1}" if len(competences) > 1 else ""
    return Cell(competences[0] + more, tip="\n".join(competences))


def term_cell(until: date | None, today: date) -> Cell:
    """The last day of the certificate, amber when it comes soon, red when it is over."""
    term = term_of(until, today)
    tone, icon = TERMS.get(term, ""), "triangle-alert" if term is Term.EXPIRED else ""
    if until is None:
        return Cell("нет", tone=tone, tip="Свидетельства нет")
    if until == FOREVER:
        return Cell("бессрочно")
    tips = {Term.SOON: "Скоро истекает", Term.EXPIRED: "Срок прошёл"}
    return Cell(short_date(until), tone=tone, icon=icon, tip=tips.get(term, ""))
