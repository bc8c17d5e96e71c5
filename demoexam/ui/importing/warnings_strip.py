"""What the user must know before loading: hidden and unknown sheets, whose store this is."""

from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from demoexam.services.imports_choices import Preview
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.fields import TextField
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import IconLabel, column, label, row

FROM_FILE = "взят из файла, поправьте, если это не он"
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
                     spacing=10, margins=(12, 6, 12, 6))  # fmt: skip
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.field.written.connect(self.named.emit)
        self.hide()

    def show_preview(self, preview: Preview) -> None:
        self.setVisible(preview.college_unknown)
        if not self.field.hasFocus():
            self.field.show_value(preview.college)
        self.hint.setText(FROM_FILE if preview.college else NOT_TOLD)


class Warnings(QWidget):
    """`sheet_asked`: a hidden sheet that the user wants to see after all."""

    sheet_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.sheets, self.refusal = FindingStrip(Tone.WARN), FindingStrip(Tone.BAD)
        self.sheets.words.setTextFormat(Qt.TextFormat.RichText)
        self.college = CollegeStrip()
        self.setLayout(column(self.college, self.sheets, self.refusal, spacing=6))
        self.refusal.hide()

    def show_preview(self, preview: Preview) -> None:
        content = preview.plan.content
        self.college.show_preview(preview)
        said, ways = [], []
        for name in content.hidden_sheets:
            said.append(f"Скрытый лист <b>«{escape(name)}»</b> не загружается.")
            ways.append(Action(f"Посмотреть «{name}»", partial(self.sheet_asked.emit, name)))
        if content.skipped_sheets:
            named = ", ".join(f"«{escape(name)}»" for name in content.skipped_sheets)
            said.append(f"Не похожи на список и пропущены: {named}.")
        self.sheets.show_finding(Tone.WARN, " ".join(said), ways)
        self.refusal.hide()
        self._settle()

    def show_refusal(self, text: str, advice: str = "") -> None:
        """A choice that did not work out: the plan shown is still the one before it."""
        words = f"<b>{escape(text)}</b>"
        self.refusal.show_finding(Tone.BAD, f"{words}<br>{escape(advice)}" if advice else words)
        self._settle()

    def _settle(self) -> None:
        """No empty gap when there is nothing to say."""
        parts = (self.college, self.sheets, self.refusal)
        self.setVisible(any(not part.isHidden() for part in parts))
