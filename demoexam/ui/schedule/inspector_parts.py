"""What the inspector of the board is made of: a finding with its ways out, an expert's line."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from demoexam.rules.violation import Violation
from demoexam.services.exams.view import ExamCard, Member
from demoexam.text import NBSP, counted, short_date
from demoexam.ui import theme
from demoexam.ui.cards import Action
from demoexam.ui.exams.exam_words import ROLES, SIDES
from demoexam.ui.exams.finding_words import ICONS, TONES, title
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import ElidedLabel, IconLabel, Pill, column, label, restyle, row

WORDS = 205  # the room for words on a button of the narrowest inspector


class FindingBox(QFrame):
    """A finding in words on its colour, its fixes as buttons below."""

    def __init__(self, found: Violation, ways: Sequence[Action], before: str = "") -> None:
        super().__init__()
        tone = TONES[found.level]
        self.setProperty("look", "strip")
        restyle(self, tone=tone)
        name = label(title(found), "tone-strong", wrap=True, tone=tone)
        words = label(f"{before}{found.reason if ways else found}", "tone", wrap=True, tone=tone)
        sign = IconLabel(ICONS[found.level], tone, 17)
        head = row(sign, column(name, words, spacing=2), spacing=8)
        head.setStretch(1, 1)
        head.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        layout = column(head, spacing=6, margins=(10, 8, 10, 8))
        for way in ways:
            button = way.button("small")
            button.setAccessibleName(f"{way.text}: {title(found)}")
            button.setToolTip(way.text)
            room = theme.px(WORDS)
            cut = button.fontMetrics().elidedText(way.text, Qt.TextElideMode.ElideRight, room)
            button.setText(f" {cut}" if way.icon else cut)
            layout.addWidget(button)
        self.setLayout(layout)
        self.setAccessibleName(f"{before}{title(found)}. {found}")


class MemberLine(QWidget):
    """An expert: name and role, where he works, his side, load and certificate."""

    def __init__(self, one: Member, card: ExamCard, *, wrong: bool) -> None:
        super().__init__()
        name = ElidedLabel(_short(one.name), "strong")
        if wrong:
            name.setProperty("step", "tone-strong")
            name.setProperty("tone", Tone.BAD)
        side, tone = SIDES[one.side]
        about = f"{ROLES[one.role].lower()} · {one.organization or 'без организации'}"
        load = f"{counted(one.load, 'экзамен', 'экзамена', 'экзаменов')} за месяц"
        words = column(
            name, ElidedLabel(about, "muted"), ElidedLabel(f"{load}, {_until(one, card)}", "muted")
        )
        words.setSpacing(0)
        layout = row(words, Pill(side, tone), spacing=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setAccessibleName(f"{one.name}, {about}, {side}, {load}, {_until(one, card)}")


def _until(one: Member, card: ExamCard) -> str:
    if one.certified_until is None:
        return "без свидетельства"
    if one.certified_until == date.max:
        return "бессрочно"
    late = card.day is not None and one.certified_until < card.day
    return f"{'истекло' if late else 'до'} {short_date(one.certified_until)}"


def _short(name: str) -> str:
    """«Иванов И. И.» of a full name; the whole one is in the accessible name."""
    last, *rest = name.split()
    return NBSP.join([last, *(f"{part[0]}." for part in rest)])
