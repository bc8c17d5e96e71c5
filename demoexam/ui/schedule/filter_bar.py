"""The filter under the toolbar: how many exams are found, by state, workshop and findings."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from demoexam.rules.terms import SessionState
from demoexam.text import counted
from demoexam.ui.exams.exam_words import STATES
from demoexam.ui.schedule.filtering import Finder, Wish
from demoexam.ui.widgets import CHIP_INSET, Button, Chip, label, restyle, row

NAMED = 34  # letters of a workshop's name on the button
EVERY = (None, "все")


class FilterBar(QWidget):
    """Comes with Ctrl+F or the first letter typed; Esc clears it and closes it."""

    changed = Signal()
    stepped = Signal(int)  # to the next exam found, or the one before
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count = label("", "strong")
        self.state = Chip("Состояние", [EVERY])
        self.workshop = Chip("Мастерская", [EVERY])
        self.doubtful = Button("Только с замечаниями", look="chip")
        self.doubtful.setCheckable(True)
        self.before = Button("", "chevron-left", "icon", name="Предыдущий найденный (Shift+F3)")
        self.after = Button("", "chevron-right", "icon", name="Следующий найденный (F3)")
        self.clear = Button("Сбросить", look="link")
        self.clear.setToolTip("Esc")
        self.setLayout(
            row(
                self.count, 4, self.state, self.workshop, self.doubtful, None, self.before,
                self.after, self.clear, spacing=8,
            )
        )  # fmt: skip
        self._connect()
        self.hide()

    def wish(self, text: str) -> Wish:
        """What is asked for, together with the words typed."""
        state, workshop = self.state.value(), self.workshop.value()
        return Wish(
            text,
            SessionState(state) if isinstance(state, str) else None,
            workshop if isinstance(workshop, str) else None,
            self.doubtful.isChecked(),
        )

    def show_choices(self, finder: Finder) -> None:
        """What a season offers to choose from, with numbers."""
        found = finder.states
        states = [(one, f"{STATES[one][0].lower()} ({found[one]})") for one in STATES if found[one]]
        rooms = [
            (lane.id, f"{f'{lane.name}, {lane.college}'[:NAMED]} ({number})")
            for lane, number in finder.workshops
        ]
        self.state.show_options([EVERY, *states])
        self.workshop.show_options([EVERY, *rooms])
        words = f"Только с замечаниями ({finder.doubtful})"
        self.doubtful.setText(CHIP_INSET + words)
        self.doubtful.setAccessibleName(words)

    def show_count(self, found: int | None, total: int) -> None:
        """«Найдено 12 из 216»; without a filter, how many there are."""
        nouns = "экзамен", "экзамена", "экзаменов"
        told = counted(total, *nouns) if found is None else f"Найдено {found} из {total}"
        self.count.setText(told)
        for button in (self.before, self.after):
            button.setEnabled(bool(found))

    def reset(self) -> None:
        """Ask for every exam, without announcing it."""
        self.state.reset()
        self.workshop.reset()
        self.doubtful.setChecked(False)

    def _connect(self) -> None:
        for chip in (self.state, self.workshop):
            chip.chosen.connect(lambda _value: self.changed.emit())
        self.doubtful.toggled.connect(self._toggle)
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.clear.clicked.connect(self.cleared)

    def _toggle(self, on: bool) -> None:
        restyle(self.doubtful, active=str(on).lower())
        self.changed.emit()
