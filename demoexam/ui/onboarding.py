"""The first page on an empty computer: a new store, an existing one, or invented data."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from demoexam.settings import APPLICATION
from demoexam.ui.choices import NumberField
from demoexam.ui.first_steps import STEPS, FirstStep
from demoexam.ui.navigation import BrandMark
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import (
    Button,
    IconLabel,
    Part,
    Pill,
    Sign,
    column,
    fill,
    label,
    row,
)

TARGETS = ((2022, 50), (2023, 60), (2024, 70))
WIDTH = 1120
SAMPLE_HOLDS = (
    ("users", "120 экспертов, 30 организаций"),
    ("wrench", "10 мастерских, 40 групп"),
    ("triangle-alert", "замечания, которые можно исправить"),
    ("printer", "готовый пакет документов дня"),
)


class Way(NamedTuple):
    """The words of a card."""

    icon: str
    tone: str
    title: str
    text: str


class Onboarding(QScrollArea):
    """Three cards with their fields in place; Enter creates the store."""

    created = Signal(str, object)  # the college's name, year -> target
    opened = Signal()  # choose an existing file
    sampled = Signal()
    joined = Signal()  # work with a shared store
    restored = Signal()  # choose a copy
    helped = Signal()

    def __init__(self) -> None:
        super().__init__(widgetResizable=True)
        self.college = QLineEdit()
        self.college.setPlaceholderText("Например, ГБПОУ «Колледж связи»")
        self.college.setAccessibleName("Колледж")
        self.targets = {year: NumberField(0, 100, "%") for year, _ in TARGETS}
        for year, percent in TARGETS:
            self.targets[year].show_value(percent)
            self.targets[year].setAccessibleName(f"Цель {year} года")
        self.create_button = Button("Создать базу", look="primary")
        self._lay_out()
        self.create_button.clicked.connect(self._create)
        self.college.returnPressed.connect(self._create)
        self.college.setFocus()

    def _create(self) -> None:
        targets = {year: field.value() for year, field in self.targets.items()}
        self.created.emit(self.college.text().strip(), targets)

    def _lay_out(self) -> None:
        cards = row(self._new_card(), self._open_card(), self._sample_card(), spacing=16)
        for number in range(3):
            cards.setStretch(number, 1)
        brand = column(
            label(APPLICATION, "brand"),
            label(
                "Эксперты, мастерские и бумаги демонстрационного экзамена — в одном месте", "soft"
            ),
            spacing=1,
        )
        next_steps = label("примерно 20 минут, в любом порядке; прогресс виден на «Обзоре»", "soft")
        middle = QWidget()
        middle.setMaximumWidth(WIDTH)
        fill(
            QVBoxLayout(middle),
            row(BrandMark(44), brand, None, spacing=14),
            18, label("С чего начать?", "section"), 8, cards,
            18, row(label("Дальше три шага", "section"), 6, next_steps, None), 8,
            _steps(), 10, self._foot(),
            spacing=0, margins=(24, 24, 24, 24),
        )  # fmt: skip
        page = QWidget()
        page.setProperty("look", "page")
        centred = fill(QHBoxLayout(), None, middle, None, spacing=0)
        centred.setStretch(1, 20)
        fill(QVBoxLayout(page), None, centred, None, spacing=0)
        self.setWidget(page)

    def _new_card(self) -> QFrame:
        targets = row(spacing=6)
        for year, field in self.targets.items():
            targets.addLayout(column(label(str(year), "muted"), field, spacing=2), 1)
        name = label("&Колледж", "muted")
        name.setBuddy(self.college)
        body = (name, self.college, 6, label("Цели доли работодателей", "muted"), targets)
        return _way(
            Way("plus", Tone.ACCENT, "Новая база",
            "Для одного колледжа или кластера. Хранится на этом компьютере, интернет не нужен."),
            body, self.create_button, tag="чаще всего",
        )  # fmt: skip

    def _open_card(self) -> QFrame:
        button = Button("Открыть базу…")
        button.clicked.connect(self.opened)
        joining = Button("Подключиться к общему хранилищу…", "cloud", "link", color="accent_text")
        joining.clicked.connect(self.joined)
        keeper = row(IconLabel("shield-check", "ok", 15), spacing=6)
        keeper.addWidget(
            label("Старая база обновится сама: перед этим сделаем её копию.", "muted", wrap=True), 1
        )
        place = row(IconLabel("folder-open", "faint", 15), spacing=6)
        place.addWidget(
            label("Файл demoexam.db с этого компьютера, флешки или из копии.", "soft", wrap=True), 1
        )
        return _way(
            Way("database", Tone.TEAL, "Готовая база",
            "База уже есть: вы работали на другом компьютере или получили файл от коллеги."),
            (place, 4, keeper, 4, row(joining, None)), button,
        )  # fmt: skip

    def _sample_card(self) -> QFrame:
        button = Button("Открыть учебную базу")
        button.clicked.connect(self.sampled)
        lines = [
            row(IconLabel(icon, "faint", 15), label(text), None) for icon, text in SAMPLE_HOLDS
        ]
        return _way(
            Way("flask-conical", Tone.WARN, "Учебные данные",
            "Выдуманный колледж: можно трогать всё. Отдельный файл, настоящих данных не коснётся."),
            lines, button,
        )  # fmt: skip

    def _foot(self) -> QHBoxLayout:
        restore = Button("Восстановить из копии…", "history", "link")
        restore.clicked.connect(self.restored)
        guide = Button("Справка F1", look="link")
        guide.clicked.connect(self.helped)
        hint = label(
            "Файл с экспертами можно просто бросить в это окно: создадим базу и откроем загрузку.",
            "muted",
        )
        return row(IconLabel("upload", "faint", 15), hint, None, restore, guide, spacing=6)


def _way(way: Way, body: Sequence[Part], button: Button, tag: str = "") -> QFrame:
    """One of the three cards: sign, words, fields, and its button at the bottom."""
    card = QFrame()
    card.setProperty("look", "card-accent" if tag else "card")
    card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # equal widths
    head = row(Sign(way.icon, way.tone, 44, 22), None)
    if tag:
        head.addWidget(Pill(tag, Tone.ACCENT))
    words = label(way.text, "soft", wrap=True)
    words.setMinimumHeight(40)
    fill(
        QVBoxLayout(card), head, 8, label(way.title, "section"), words, 8, *body, 12, None, button,
        spacing=4, margins=(20, 18, 20, 18),
    )  # fmt: skip
    return card


def _steps() -> QFrame:
    card = QFrame()
    card.setProperty("look", "card")
    steps = fill(QHBoxLayout(card), spacing=18, margins=(20, 14, 20, 14))
    for number, step in enumerate(STEPS, start=1):
        steps.addLayout(_step(number, step), 1)
    return card


def _step(number: int, step: FirstStep) -> QHBoxLayout:
    title = row(IconLabel(step.icon, "accent", 17), label(step.title, "title"), None, spacing=6)
    words = column(title, label(step.text, "muted", wrap=True), spacing=3)
    layout = row(column(Pill(str(number), Tone.GREY, look="badge"), None), words, spacing=12)
    layout.setStretch(1, 1)
    return layout
