"""The names and posts of the next order in the case it needs, to be read and corrected."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from demoexam.services.papers.signers import deputy_of
from demoexam.ui.cards import Card
from demoexam.ui.fields import TextField
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import ElidedLabel, Pill, clear, label
from demoexam.ui.workspace import Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from demoexam.services.papers.declension import Case, Declension

NOBODY = "На {year} год главные эксперты не назначены: проверять нечего, кроме должности."
ADVICE = "Исправленное запоминается и печатается в следующих приказах; пустое поле его отменяет."
Key = tuple[str, str]


class CasesCard(Card):
    """Reading them loads the dictionary: `load` is for when the card is seen."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__("Проверка падежей", "как имена и должности станут в приказе (форма 3.1)")
        self._workspace = workspace
        self._year = 0
        self.fields: dict[Key, TextField] = {}
        self.marks: dict[Key, Pill] = {}
        self.proposed: dict[Key, str] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(0, 4)
        self._grid.setColumnStretch(2, 5)
        self.nobody = label("", "muted", wrap=True)
        self.add(self._grid, self.nobody, label(ADVICE, "muted", wrap=True))

    def load(self, college: str, year: int) -> None:
        self._year = year
        self._workspace.load(partial(_read, college, year), self.show_words, slot="declensions")

    def show_words(self, words: "Sequence[Declension]") -> None:
        keys = [(one.words, one.case.value) for one in words]
        if keys != list(self.fields):
            self._lay_out(words)
        for key, one in zip(keys, words, strict=True):
            self.proposed[key] = one.proposed
            self.fields[key].show_value(one.text)
            self.marks[key].setVisible(bool(one.corrected))
        self.nobody.setText(NOBODY.format(year=self._year))
        self.nobody.setVisible(len(words) <= 1)

    def _lay_out(self, words: "Sequence[Declension]") -> None:
        from demoexam.services.papers.declension import CASE_NAMES

        clear(self._grid)
        self.fields, self.marks, self.proposed = {}, {}, {}
        for number, one in enumerate(words):
            key = (one.words, one.case.value)
            field, mark = TextField(), Pill("исправлено", Tone.ACCENT)
            field.setAccessibleName(f"{one.words}, {CASE_NAMES[one.case]}")
            field.written.connect(partial(self._write, one.words, one.case))
            self.fields[key], self.marks[key] = field, mark
            question = CASE_NAMES[one.case].partition(" ")[2].strip("()")
            parts = (ElidedLabel(one.words), label(question, "muted"), field, mark)
            for column, part in enumerate(parts):
                self._grid.addWidget(part, number, column)

    def _write(self, words: str, case: "Case", text: str) -> None:
        """What equals the proposal needs no keeping; the name stays out of the journal."""
        from demoexam.services.papers.declension import correct

        kept = "" if text == self.proposed[words, case.value] else text
        self._workspace.perform(
            correct, operation="правка падежа", words=words, case=case, text=kept
        )


def _read(college: str, year: int, session: "Session") -> "list[Declension]":
    from demoexam.services.papers.season import declined_in

    return declined_in(session, college_id=college, year=year, deputy=deputy_of(session))
