"""How the form of an exam shows what the rules say."""

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from demoexam.rules.violation import Violation
from demoexam.ui.exams.finding_words import ICONS, TONES, title
from demoexam.ui.widgets import IconLabel, column, label, row


def finding_line(found: Violation) -> QWidget:
    """Its sign, its name, its sentence."""
    tone = TONES[found.level]
    words = column(
        label(title(found), "tone-strong", tone=tone), label(str(found), "muted", wrap=True)
    )
    words.setSpacing(0)
    sign = IconLabel(ICONS[found.level], tone, 16)
    layout = row(sign, words, spacing=8)
    layout.setStretch(1, 1)
    layout.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
    line = QWidget()
    line.setAccessibleName(str(found))
    line.setLayout(layout)
    return line


def why_not(blocking: Collection[Violation]) -> str:
    """The tip of the button that saves."""
    if not blocking:
        return "Ctrl+Enter"
    return f"Сохранить нельзя: {'; '.join(found.reason for found in blocking)}"
