"""Two records that may be one, side by side: what differs is chosen, the rest comes together."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from demoexam.services.duplicate_cards import DuplicateCard, PartLine
from demoexam.services.duplicate_fields import OTHER, THIS, FieldLine
from demoexam.services.duplicate_merging import Trial
from demoexam.services.duplicates import Strength
from demoexam.text import counted
from demoexam.ui import theme
from demoexam.ui.cards import FindingStrip
from demoexam.ui.syncing.question import HUB, MINE, Question
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, fill, label, row

CAPTION = 140
SIDES = {MINE: THIS, HUB: OTHER}  # a question's left and right card
TONES = {Strength.SURE: Tone.OK, Strength.LIKELY: Tone.ACCENT}
WHERE = ("Слева", "Справа")
OTHER_SNILS = " СНИЛС у них разный: скорее всего, это разные люди."


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
        self.why, self.effect, self.trouble = FindingStrip(), FindingStrip(), FindingStrip(Tone.BAD)
        self.questions: list[Question] = []
        self._head()
        for number, line in enumerate(card.fields, start=1):
            self._field(number, line)
        for number, part in enumerate(card.parts, start=len(card.fields) + 1):
            self._part(number, part)
        self._tell_why()
        for strip in (self.effect, self.trouble):
            strip.hide()
        fill(
            QVBoxLayout(self), self.why, 4, self._grid, 4, self.trouble, self.effect, None,
            spacing=6,
        )  # fmt: skip

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

    def show_trial(self, trial: Trial) -> None:
        """What merging would do to the share and to the plan."""
        told = trial.share
        if trial.doubles:
            word = counted(trial.doubles, "назначение", "назначения", "назначений")
            told = f"{told} Записано у обоих и останется один раз: {word}."
        self.effect.show_finding(Tone.WARN if trial.changes_share else Tone.ACCENT, told.strip())
        lines = "".join(f"<br>• {escape(each)}" for each in trial.held)
        troubles = "<b>Вместе они противоречат плану</b>, такие назначения будут отложены:"
        self.trouble.show_finding(Tone.BAD, f"{troubles}{lines}" if lines else "")

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
        if not line.differs:
            self._plain(number, line.label, ([line.this], [line.other]))
            return
        made = Question(
            line.key, line.label, {MINE: line.this, HUB: line.other}, WHERE, line.text, parent=self
        )
        made.allow_typing(allowed=line.typed)
        made.caption.setProperty("look", "tint")
        made.caption.setContentsMargins(8, 4, 8, 4)
        made.place(self._grid, number)
        made.choose(HUB if line.choice == OTHER else MINE)
        made.chosen.connect(lambda: self.changed.emit(made.key))
        made.left.connect(lambda step: self._walk(made, step))
        self.questions.append(made)

    def _part(self, number: int, part: PartLine) -> None:
        self._plain(number, part.label, (part.this, part.other))

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
