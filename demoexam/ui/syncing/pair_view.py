"""Two records side by side: they contradict each other in the plan, or seem to be one."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from demoexam.models.exchange import ConflictKind
from demoexam.services.syncing.cards import ConflictCard, Pair, Way
from demoexam.ui import theme
from demoexam.ui.cards import FindingStrip
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, Pill, column, fill, label, row

CAPTION = 130
THIS, OTHER = 1, 2
WAYS: Mapping[Way, tuple[str, str, int]] = {  # words, icon, below which of the two records
    Way.MOVE: ("Перенести…", "calendar", THIS),
    Way.RELEASE: ("Вернуть в план", "redo-2", THIS),
    Way.CANCEL: ("Отменить этот", "x", THIS),
    Way.CANCEL_OTHER: ("Отменить этот", "x", OTHER),
    Way.UNDELETE: ("Восстановить", "undo-2", OTHER),
    Way.MERGE: ("Оставить эту", "check", THIS),
    Way.MERGE_OTHER: ("Оставить эту", "check", OTHER),
}
RULE_WORDS = (
    "Порознь оба верны, а вместе нарушают план: то, что пришло в общее хранилище позже, отложено. "
    "Ничего не потеряно, решите, как быть."
)
TWIN_WORDS = (
    "Записи завели на разных компьютерах. Если это одно и то же, объедините их: останется одна, "
    "а всё, что указывало на другую, перейдёт к ней."
)


class PairView(QWidget):
    """`chosen` tells what to do; `opened` asks for a record's own page."""

    chosen = Signal(object)  # Way
    opened = Signal(str, str)  # table, record id
    changed = Signal()

    def __init__(self, card: ConflictCard) -> None:
        super().__init__()
        self.card = card
        self.buttons: dict[Way, Button] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, theme.px(CAPTION))
        self._grid.setColumnStretch(THIS, 1)
        self._grid.setColumnStretch(OTHER, 1)
        self._head()
        self._ways(1)
        for number, pair in enumerate(card.pairs, start=2):
            self._line(number, pair)
        why = FindingStrip(Tone.BAD)
        tone = Tone.BAD if card.kind is ConflictKind.RULE else Tone.ACCENT
        why.show_finding(tone, card.reason)
        fill(QVBoxLayout(self), why, 6, self._grid, None, spacing=8)

    def focus_first(self) -> None:
        first = next(iter(self.buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _head(self) -> None:
        card, rule = self.card, self.card.kind is ConflictKind.RULE
        states = (("отложен", Tone.WARN), ("в плане", Tone.OK)) if rule else (("", ""), ("", ""))
        records = [(card.table, card.row_id, card.title)]
        if card.other is not None:
            records.append((card.other.table, card.other.row_id, card.other.title))
        for place, ((table, ident, title), (word, tone)) in enumerate(
            zip(records, states, strict=False), start=THIS
        ):
            name = label(title, "title", wrap=True)
            opener = Button("Открыть", look="link", name=f"Открыть: {title}")
            opener.clicked.connect(lambda _on, t=table, i=ident: self.opened.emit(t, i))
            told = row(Pill(word, tone), opener, None) if word else row(opener, None)
            self._grid.addLayout(column(name, told, 6, spacing=2), 0, place)

    def _line(self, number: int, pair: Pair) -> None:
        self._grid.addWidget(self._cell(pair.label, "soft", differs=False), number, 0)
        for place, text in ((THIS, pair.this), (OTHER, pair.other)):
            cell = self._cell(text, "strong" if pair.differs else "", differs=pair.differs)
            cell.setAccessibleName(f"{pair.label}: {text}")
            self._grid.addWidget(cell, number, place)

    def _cell(self, text: str, step: str, *, differs: bool) -> QLabel:
        made = label(text, step, wrap=True)
        made.setContentsMargins(10 if differs or step != "soft" else 0, 5, 10, 5)
        if differs:
            made.setProperty("look", "tint")
        return made

    def _ways(self, line: int) -> None:
        """What may be done, each below the record it is done to."""
        twin = self.card.kind is ConflictKind.DUPLICATE
        places = {THIS: row(spacing=6), OTHER: row(spacing=6)}
        for offer in self.card.offers:
            if offer.way not in WAYS:
                continue
            words, icon, place = WAYS[offer.way]
            button = Button(words, icon, "link" if offer.way is Way.RELEASE else "small")
            button.setAccessibleName(offer.words)
            button.setToolTip(offer.words)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on, way=offer.way: self.chosen.emit(way))
            self.buttons[offer.way] = button
            places[place].addWidget(button)
        for place, layout in places.items():
            layout.addStretch(1)
            layout.setContentsMargins(0, 0, 0, 8)
            self._grid.addLayout(layout, line, place)
        if twin:
            caption = label("Объединить", "strong")
            caption.setContentsMargins(0, 0, 0, 8)
            self._grid.addWidget(caption, line, 0)


def sentence(card: ConflictCard) -> str:
    return RULE_WORDS if card.kind is ConflictKind.RULE else TWIN_WORDS
