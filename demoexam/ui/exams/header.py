"""The head of an exam's card: what, where, when, in which state, and the five steps."""

from PySide6.QtWidgets import QMenu, QWidget

from demoexam.rules.terms import Answer, SessionState
from demoexam.services.exams.view import ExamCard
from demoexam.text import counted, day_month
from demoexam.ui import theme
from demoexam.ui.cards import Card
from demoexam.ui.exams.exam_words import HELD, LEVELS, STATES, day_words, hours_words
from demoexam.ui.steps import Step, Steps, StepState
from demoexam.ui.widgets import Button, ElidedLabel, IconLabel, Pill, clear, label, row, rule

STUDENTS = ("студент", "студента", "студентов")
TABS_OF_STEPS = ("group", "places", "scores", "scores", "documents")
SHRINKING = {"package", "map-pin"}
LEAST = 110  # width of a fact, however narrow the window
DAY_BEFORE = "жеребьёвка в день С-1"


class ExamHeader(Card):
    """Shows an ExamCard's facts; `steps.chosen` tells the number of a step."""

    def __init__(self) -> None:
        super().__init__()
        self.group, self.state = label("", "section"), Pill()
        self.facts = row(spacing=10)
        self.more = Button("", "ellipsis", "icon", name="Ещё действия с экзаменом")
        self.menu = QMenu(self)
        self.more.clicked.connect(lambda _checked: self.open_menu())
        self.steps = Steps()
        top = row(self.group, self.state, self.facts, self.more, spacing=10)
        top.setStretch(2, 1)
        self.add(top, rule(), self.steps)

    def open_menu(self) -> None:
        """Show what else can be done, under the button."""
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def show_card(self, card: ExamCard) -> None:
        self.group.setText(card.group)
        self.state.show_state(*(HELD if card.row.held else STATES[card.state]))
        clear(self.facts)
        for icon, words in facts(card):
            shrinks = icon in SHRINKING
            self.facts.addWidget(_fact(icon, words, shrinks=shrinks), 100 if shrinks else 0)
        self.facts.addStretch(1)
        self.steps.show_steps(steps(card))
        told = ", ".join(words for _, words in facts(card))
        self.setAccessibleName(f"Экзамен {card.group}: {self.state.text()}, {told}")


def _fact(icon: str, words: str, *, shrinks: bool) -> QWidget:
    """An icon and words that shrink to their beginning when there is no room."""
    box, text = QWidget(), ElidedLabel(words)
    wide = text.fontMetrics().horizontalAdvance(words) + 4
    text.setMaximumWidth(wide)
    text.setMinimumWidth(min(wide, theme.px(LEAST)) if shrinks else wide)
    layout = row(IconLabel(icon, "faint", 15), text, spacing=4)
    layout.setStretch(1, 1)
    box.setLayout(layout)
    box.setMaximumWidth(text.maximumWidth() + 24)
    return box


def facts(card: ExamCard) -> list[tuple[str, str]]:
    """Icon and words of each fact."""
    found = [("package", f"{card.kit_term} {card.kit} · {LEVELS[card.level]}")]
    if card.workshop:
        seats = counted(card.places or 0, "место", "места", "мест")
        found.append(("map-pin", f"{card.workshop}, {seats}"))
    else:
        found.append(("map-pin", "мастерская не выбрана"))
    if card.day is not None and card.row.starts_at is not None:
        hours = hours_words(card.row.starts_at, card.row.ends_at)
        found.append(("calendar", day_words(card.day, card.row.second_day)))
        found.append(("clock", f"{card.shift}-я смена, {hours}"))
    else:
        found.append(("calendar", "дата не назначена"))
    return [*found, ("users", counted(card.head_count, *STUDENTS))]


def steps(card: ExamCard) -> list[Step]:
    """How far the exam has come; the first step that is not done is the present one."""
    made = [_experts(card), _places(card), _attendance(card), _points(card), _protocol(card)]
    now = next((n for n, (_, _, done) in enumerate(made) if not done), len(made))
    return [
        Step(name, detail, _state(card, number, now, done=done))
        for number, (name, detail, done) in enumerate(made)
    ]


def _state(card: ExamCard, number: int, now: int, *, done: bool) -> StepState:
    if done:
        return StepState.DONE
    if number == 0 and card.is_over:
        return StepState.WARN
    return StepState.NOW if number == now else StepState.TO_DO


def _experts(card: ExamCard) -> tuple[str, str, bool]:
    live = [one for one in card.members if not one.held and one.answer is not Answer.REFUSED]
    agreed = sum(one.answer in {Answer.CONFIRMED, Answer.ATTENDED} for one in live)
    if card.missing_seats:
        lacking = counted(len(card.missing_seats), "места", "мест", "мест")
        return "Эксперты", f"не хватает {lacking}", False
    return "Эксперты", f"{agreed} из {len(live)} подтвердили", agreed == len(live)


def _places(card: ExamCard) -> tuple[str, str, bool]:
    placed = sum(one.workplace is not None for one in card.examinees)
    if card.draw is not None and placed:
        return "Места", f"{placed} из {len(card.examinees)}", placed == len(card.examinees)
    before = card.row.preparation_day
    return "Места", f"жеребьёвка {day_month(before)}" if before else DAY_BEFORE, False


def _attendance(card: ExamCard) -> tuple[str, str, bool]:
    came = sum(one.attended is True for one in card.examinees)
    noted = sum(one.attended is not None for one in card.examinees)
    if noted:
        return "Явка", f"{came} из {len(card.examinees)}", noted == len(card.examinees)
    if card.day is None:
        return "Явка", "дата не назначена", False
    return "Явка", day_month(card.day), False


def _points(card: ExamCard) -> tuple[str, str, bool]:
    filled, present = filled_of(card)
    if not filled:
        return "Оценки", counted(card.head_count, *STUDENTS), False
    return "Оценки", f"заполнено {filled} из {present}", filled == present


def _protocol(card: ExamCard) -> tuple[str, str, bool]:
    printed = "3.11" in card.printed
    if card.state is SessionState.CLOSED:
        return "Протокол", "экзамен закрыт", True
    return "Протокол", "напечатан" if printed else "не напечатан", False


def filled_of(card: ExamCard) -> tuple[int, int]:
    """How many of those who need them have points of every module, and how many they are."""
    present = [one for one in card.examinees if one.needs_points]
    full = [one for one in present if one.points and len(one.points) >= len(card.modules) > 0]
    return len(full), len(present)
