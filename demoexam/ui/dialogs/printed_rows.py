"""The register of printed documents as rows of a table; whether each still holds comes later."""

from collections.abc import Callable, Collection, Mapping, Sequence

from demoexam.services.papers.printed_documents import Printed, Validity
from demoexam.text import clock, short_date
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.tokens import Tone

COLUMNS = (
    Column("number", "Номер", 112, sortable=False),
    Column("name", "Документ", 280, stretch=True, sortable=False),
    Column("exam", "Экзамен", 170, sortable=False),
    Column("printed", "Напечатан", 140, sortable=False),
    Column("who", "Кто", 150, sortable=False, minor=True),
    Column("state", "Состояние", 116, sortable=False),
)
TONES = {
    Validity.CURRENT: Tone.OK,
    Validity.OUTDATED: Tone.WARN,
    Validity.REPLACED: Tone.GREY,
    Validity.UNKNOWN: Tone.GREY,
}
WAITING = Cell("сверяется…", tone=Tone.GREY)
TIPS = {
    Validity.CURRENT: "Если напечатать сейчас, выйдет то же самое",
    Validity.OUTDATED: "После печати экзамен изменили: напечатайте заново",
    Validity.REPLACED: "Позже напечатан документ с тем же номером",
    Validity.UNKNOWN: "Экзамен удалён или остался без даты",
}


class PrintedSource:
    """Rows of the register; `seen` is told which of them a table has just shown unchecked."""

    columns: Sequence[Column] = COLUMNS

    def __init__(self, seen: Callable[[Sequence[Printed]], object]) -> None:
        self.documents: Sequence[Printed] = ()
        self.known: dict[str, Validity] = {}
        self._seen = seen

    def ids(self, _filter_text: str, _sort: str, _descending: bool) -> Sequence[int]:
        return range(len(self.documents))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        shown = [self.documents[number] for number in ids]
        unchecked = [one for one in shown if one.id not in self.known]
        if unchecked:
            self._seen(unchecked)
        return {number: self._row(self.documents[number]) for number in ids}

    def forget(self) -> None:
        """The store has changed: what was checked may hold no more."""
        self.known = {}

    def _row(self, one: Printed) -> Row:
        at = f"{short_date(one.printed_at.date())}, {clock(one.printed_at)}"
        name = Cell(f"{one.code}  {one.name}", strong=True)
        state = state_cell(self.known.get(one.id))
        number = Cell(one.number, tip=f"Отпечаток содержания: {one.content_hash[:16]}")
        return Row(one.id, (number, name, one.exam, at, one.printed_by or "—", state))


def state_cell(validity: Validity | None) -> Cell:
    if validity is None:
        return WAITING
    return Cell(str(validity), tone=TONES[validity], pill=True, tip=TIPS[validity])


def first_exam(documents: Collection[Printed]) -> list[Printed]:
    """Those of one exam: they are checked together, since its papers are made once for all."""
    key = next(((one.session_id, one.period) for one in documents), None)
    return [one for one in documents if (one.session_id, one.period) == key]
