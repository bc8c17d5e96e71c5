"""The rows of the two tables of the page Синхронизация, and the words of its kinds."""

from collections import Counter
from collections.abc import Mapping, Sequence

from demoexam.models.exchange import ConflictKind
from demoexam.services.syncing.cards import ConflictCard
from demoexam.services.syncing.exchange import ExchangeLine
from demoexam.text import clock, short_date
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.syncing.exchanger import local_now
from demoexam.ui.syncing.words import ago
from demoexam.ui.tokens import Tone

CONFLICTS = (
    Column("title", "Запись", 250, stretch=True),
    Column("what", "Что", 300, stretch=True),
    Column("who", "Кто", 150, minor=True),
    Column("at", "Когда", 150),
    Column("kind", "Вид", 170),
)
EXCHANGES = (
    Column("at", "Когда", 150, sortable=False),
    Column("pulled", "Получено", 90, right=True, sortable=False),
    Column("pushed", "Отправлено", 96, right=True, sortable=False),
    Column("conflicts", "Расхождений", 106, right=True, sortable=False),
    Column("outcome", "Итог", 300, stretch=True, sortable=False),
)
KINDS: Mapping[ConflictKind, tuple[str, str, Tone]] = {  # one, several, tone
    ConflictKind.FIELD: ("Два значения", "два значения", Tone.ACCENT),
    ConflictKind.DELETION: ("Удалили и изменили", "удалили и изменили", Tone.WARN),
    ConflictKind.RULE: ("Нарушает план", "нарушают план", Tone.BAD),
    ConflictKind.DUPLICATE: ("Похожи на одно", "похожи на одно", Tone.TEAL),
}


def kinds_of(cards: Sequence[ConflictCard]) -> list[tuple[str, int]]:
    """«два значения: 2», for the card of the page: choices, of which a record may ask several."""
    counts: Counter[ConflictKind] = Counter()
    for card in cards:
        counts[card.kind] += len(card.ids)
    return [(words, counts[kind]) for kind, (_, words, _) in KINDS.items() if counts[kind]]


def conflict_row(card: ConflictCard) -> Row:
    word, _, tone = KINDS[card.kind]
    what = what_of(card)
    cells = (
        Cell(card.title, below=card.record_kind, strong=True, tip=card.title),
        Cell(what, tip=what),
        who_of(card),
        ago(card.at, local_now()),
        Cell(word, tone=tone, pill=True),
    )
    return Row(card.ids[0], cells)


def exchange_row(number: int, line: ExchangeLine) -> Row:
    at = f"{short_date(line.at.date())} {clock(line.at)}"
    outcome = Cell(
        line.trouble or "прошёл", tone=Tone.WARN if line.trouble else "", tip=line.trouble
    )
    counts = ("", "", "") if line.trouble else (
        str(line.pulled), str(line.pushed), str(line.conflicts or "")
    )  # fmt: skip
    return Row(str(number), (at, *counts, outcome), faint=not (line.pulled or line.pushed))


def what_of(card: ConflictCard) -> str:
    """What is to be chosen, in a line."""
    if card.lines:
        return ", ".join(line.label for line in card.lines)
    return card.reason or (card.other.title if card.other is not None else "")


def who_of(card: ConflictCard) -> str:
    """Who wrote the other value: elsewhere, as seen from this computer."""
    names = [line.hub.who if card.here else line.mine.who for line in card.lines]
    return next((name for name in names if name), card.who)
