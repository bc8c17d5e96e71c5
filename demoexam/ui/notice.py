"""The strip over a page that tells a refusal: what happened and what to do; never modal."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from demoexam.errors import UserError
from demoexam.ui.cards import FindingStrip
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button


class Notice(FindingStrip):
    """Hidden until something is refused; goes by its button, by Esc, or at the next success."""

    def __init__(self) -> None:
        super().__init__(Tone.BAD)
        self.closer = Button("", "x", "icon", name="Закрыть сообщение (Esc)")
        self.closer.clicked.connect(self.hide)
        self.add_tool(self.closer)
        self.hide()

    def show_error(self, error: UserError) -> None:
        self.tell(str(error), error.hint, Tone.BAD)

    def tell(self, text: str, advice: str = "", tone: str = Tone.WARN) -> None:
        """The first line is strong; the advice follows it."""
        from html import escape

        head, _, rest = text.partition("\n")
        lines = [f"<b>{escape(head)}</b>", *(escape(line) for line in rest.splitlines())]
        if advice:
            lines.append(escape(advice))
        self.show_finding(tone, "<br>".join(lines))
        plain = f"{text}\n{advice}".strip()
        self.setAccessibleName(plain)
        self.words.setAccessibleName(plain)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
