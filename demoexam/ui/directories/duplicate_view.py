"""Two records that may be one, side by side: what differs is chosen, the rest comes together."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from demoexam.services.duplicates.cards import DuplicateCard
from demoexam.services.duplicates.duplicates import Strength
from demoexam.services.duplicates.fields import OTHER, THIS, FieldLine
from demoexam.services.duplicates.merging import Trial
from demoexam.text import counted
from demoexam.ui import theme
from demoexam.ui.cards import FindingStrip
from demoexam.ui.syncing.question import HUB, MINE, Question
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, fill, label, row

CAPTION, EDIT = 140, 360
SIDES = {MINE: THIS, HUB: OTHER}  # a question's left and right card
TONES = {Strength.SURE: Tone.OK, Strength.LIKELY: Tone.ACCENT}
MOST = 3  # contradictions told one by one
TROUBLE = "<b>Вместе они противоречат плану, такие назначения будут отложены:</b>"
WHERE = ("Слева", "Справа")
OTHER_SNILS = " СНИЛС у них разный: скорее всего, это разные люди."


class EffectStrips(QWidget):
    """What merging would do to the share, and to the plan."""

    def __init__(self) -> None:
        super().__init__()
        self.share, self.trouble = FindingStrip(), FindingStrip(Tone.BAD)
        fill(QVBoxLayout(self), self.trouble, self.share, spacing=6)
        self.show_trial(None)

    def show_trial(self, trial: Trial | None) -> None:
        told, held = (trial.share, trial.held) if trial is not None else ("", ())
        if trial is not None and trial.doubles:
            word = counted(trial.doubles, "назначение", "назначения", "назначений")
            told = f"{told} Записано у обеих, останется один раз: {word}."
        changes = trial is not None and trial.changes_share
        self.share.show_finding(Tone.WARN if changes else Tone.ACCENT, told.strip())
        lines = [f"• {escape(each)}" for each in held[:MOST]]
        lines += [f"и ещё {len(held) - MOST}"] if len(held) > MOST else []
        self.trouble.show_finding(Tone.BAD, "<br>".join([TROUBLE, *lines]) if lines else "")


class DuplicateView(QWidget):
    """`changed` names the field of which another value was chosen."""

    changed = Signal(str)
    opened = Signal(str)  # record id
    asked = Signal(str)  # record id whose history is wanted

    def __init__(self, card: DuplicateCard) -> None:
        super().__init__()
        self.card = card
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, theme.px(CAPTION))
        for side in (1, 2):
            self._grid.setColumnStretch(side, 1)
        self.why = FindingStrip()
        self.questions: list[Question] = []
        self._head()
        self._same([line for line in card.fields if not line.differs])
        for number, line in enumerate(card.differing, start=2):
            self._field(number, line)
        for number, part in enumerate(card.parts, start=len(card.differing) + 2):
            self._plain(number, part.label, (part.this, part.other))
        self._tell_why()
        fill(QVBoxLayout(self), self.why, 4, self._grid, None, spacing=6)

    def choices(self) -> Mapping[str, str]:
        """Field -> "this", "other", or "=" and what was typed."""
        said = {question.key: question.answer() or MINE for question in self.questions}
        return {key: SIDES.get(answer, answer) for key, answer in said.items()}

    def choose_all(self, side: str) -> None:
        for question in self.questions:
            question.choose(side)

    def focus_first(self) -> None:
        if self.questions:
            self.questions[0].focus()

    def _head(self) -> None:
        pairs = (
            (self.card.keep_id, self.card.this_title),
            (self.card.drop_id, self.card.other_title),
        )
        for place, (ident, title) in enumerate(pairs, start=1):
            opener = Button("Открыть", look="link", name=f"Открыть: {title}")
            history = Button("История", look="link", name=f"История записи: {title}")
            opener.clicked.connect(lambda _on, ident=ident: self.opened.emit(ident))
            history.clicked.connect(lambda _on, ident=ident: self.asked.emit(ident))
            name = label(title, "title", wrap=True)
            self._grid.addLayout(row(name, None, opener, history, spacing=6), 0, place)

    def _field(self, number: int, line: FieldLine) -> None:
        made = Question(
            line.key, line.label, {MINE: line.this, HUB: line.other}, WHERE, line.text, parent=self
        )
        made.allow_typing(allowed=line.typed)
        made.caption.setProperty("look", "tint")
        made.caption.setContentsMargins(8, 4, 8, 4)
        made.place(self._grid, number)
        made.edit.setMinimumWidth(theme.px(EDIT))
        if line.choice in {THIS, OTHER}:
            made.choose(HUB if line.choice == OTHER else MINE)
        else:
            made.type_other()
            made.edit.setCursorPosition(0)
        made.chosen.connect(lambda: self.changed.emit(made.key))
        made.left.connect(lambda step: self._walk(made, step))
        self.questions.append(made)

    def _same(self, lines: Sequence[FieldLine]) -> None:
        """What both say alike, in one line."""
        told = label(" · ".join(f"{line.label}: {line.this}" for line in lines), "soft", wrap=True)
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setContentsMargins(12, 2, 8, 4)
        if lines:
            self._grid.addWidget(self._cell("Совпадает", "soft"), 2, 0)
            self._grid.addWidget(told, 2, 1, 1, 2)

    def _plain(self, number: int, caption: str, sides: Sequence[Sequence[str]]) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self._cell(caption, "soft"), number * 2, 0, top)
        for place, words in enumerate(sides, start=1):
            text = "\n".join(words) or "—"
            cell = self._cell(text, "")
            cell.setAccessibleName(f"{caption}. {WHERE[place - 1]}: {text}")
            self._grid.addWidget(cell, number * 2, place, top)

    def _cell(self, text: str, step: str) -> QLabel:
        made = label(text, step, wrap=True)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setContentsMargins(8 if step else 12, 3, 8, 3)
        return made

    def _tell_why(self) -> None:
        found = self.card.likeness
        tone = TONES.get(found.strength, Tone.WARN)
        apart = OTHER_SNILS if self.card.hashes_differ else ""
        self.why.show_finding(Tone.BAD if apart else tone, f"{found.reason}{apart}")

    def _walk(self, here: Question, step: int) -> None:
        """The arrows up and down go through the fields in the same column."""
        number = self.questions.index(here) + step
        if 0 <= number < len(self.questions):
            self.questions[number].focus(here.focused_side())
