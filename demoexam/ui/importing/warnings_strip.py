"""What the user must know before loading: hidden and unknown sheets, whose store this is."""

from collections.abc import Collection, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from demoexam.exchange.cells import Book
from demoexam.services.imports.choices import ALL_SHEETS, Preview
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.fields import TextField
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import IconLabel, clear, column, label, row

FROM_FILE = "взят из файла, поправьте, если это не он"
RECALLED = "Разметка взята из прошлой загрузки такого же файла."
NOT_TOLD = "в файле не назван: впишите, как в бумагах, или укажите позже в настройках"


class CollegeStrip(QFrame):
    """Asks whose store this is while it does not know; `named` is the user's word."""

    named = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "strip")
        self.setProperty("tone", Tone.ACCENT)
        self.field = TextField("Например: ГБПОУ «Казанский техникум»")
        self.field.setAccessibleName("Ваш колледж")
        self.hint = label("", "muted")
        caption = label("Ваш &колледж:", "strong")
        caption.setBuddy(self.field)
        layout = row(IconLabel("building-2", "accent", 18), caption, self.field, self.hint,
                     spacing=10, margins=(12, 3, 12, 3))  # fmt: skip
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.field.written.connect(self.named.emit)
        self.hide()

    def show_preview(self, preview: Preview) -> None:
        self.setVisible(preview.college_unknown)
        if not self.field.hasFocus():
            self.field.show_value(preview.college)
        self.hint.setText(FROM_FILE if preview.college else NOT_TOLD)


class HiddenSheets(QFrame):
    """Names the file's hidden sheets; `taken` are those that the user wants all the same."""

    taken = Signal(frozenset)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "strip")
        self.setProperty("tone", Tone.WARN)
        self.words = label("", "", wrap=True, tone=Tone.WARN)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.ticks: dict[str, QCheckBox] = {}
        self._place = row(spacing=10)
        layout = row(IconLabel("triangle-alert", Tone.WARN, 18), self.words, self._place,
                     spacing=10, margins=(12, 3, 12, 3))  # fmt: skip
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def show_sheets(self, book: Book, preview: Preview) -> None:
        names, chosen = book.hidden_sheets, preview.choices.hidden
        self.setVisible(bool(names) and preview.choices.sheet == ALL_SHEETS)
        self.words.setText(_hidden_words(names, chosen))
        if [*self.ticks] != [*names]:
            self._offer(names[:_TICKS])
        for name, tick in self.ticks.items():
            tick.setChecked(name in chosen)

    def _offer(self, names: Sequence[str]) -> None:
        clear(self._place)
        self.ticks = {name: QCheckBox(f"взять «{name}»".replace("&", "&&")) for name in names}
        for tick in self.ticks.values():
            tick.clicked.connect(self._tell)
            self._place.addWidget(tick)

    def _tell(self) -> None:
        self.taken.emit(frozenset(name for name, tick in self.ticks.items() if tick.isChecked()))


_TICKS = 4  # more are chosen in the list of sheets


def _hidden_words(names: Sequence[str], chosen: Collection[str]) -> str:
    left = [f"«{name}»" for name in names if name not in chosen]
    if not left:
        return "Скрытые листы загрузятся вместе с остальными."
    if len(left) == 1:
        return f"Скрытый лист {left[0]} не загружается."
    return f"Скрытые листы не загружаются: {', '.join(left)}."


class Warnings(QWidget):
    """What stands between the steps and the rows, while there is something to say."""

    hidden_taken = Signal(frozenset)
    afresh_asked = Signal()  # not the columns of an earlier load

    def __init__(self) -> None:
        super().__init__()
        self.refusal, self.skipped = FindingStrip(Tone.BAD), FindingStrip(Tone.GREY)
        self.recalled = FindingStrip(Tone.ACCENT)
        self.college, self.hidden = CollegeStrip(), HiddenSheets()
        self._parts = (self.refusal, self.college, self.recalled, self.hidden, self.skipped)
        self.setLayout(column(*self._parts, spacing=6))
        for part in self._parts:
            part.hide()
        self.hidden.taken.connect(self.hidden_taken)

    def show_preview(self, book: Book, preview: Preview) -> None:
        """`book` is the whole file."""
        self.college.show_preview(preview)
        self.hidden.show_sheets(book, preview)
        afresh = Action("Определить заново", self.afresh_asked.emit)
        self.recalled.show_finding(Tone.ACCENT, RECALLED if preview.remembered else "", [afresh])
        skipped = preview.plan.content.skipped_sheets
        named = ", ".join(f"«{escape(name)}»" for name in skipped)
        said = f"Не похожи на список и пропущены: {named}." if skipped else ""
        self.skipped.show_finding(Tone.GREY, said)
        self.refusal.hide()
        self._settle()

    def show_refusal(self, text: str, advice: str = "") -> None:
        """A choice that did not work out: the plan shown is still the one before it."""
        words = f"<b>{escape(text)}</b>"
        self.refusal.show_finding(Tone.BAD, f"{words}<br>{escape(advice)}" if advice else words)
        self._settle()

    def _settle(self) -> None:
        """No empty gap when there is nothing to say."""
        self.setVisible(any(not part.isHidden() for part in self._parts))
