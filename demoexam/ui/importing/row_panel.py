"""The panel at the right: everything about the row under the cursor, and the share at its foot."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from demoexam.rules.shares import Share
from demoexam.rules.terms import METHOD_NAMES, CountMethod
from demoexam.services.imports_draft import FieldChange
from demoexam.services.imports_effect import ImportEffect
from demoexam.text import percent, plural
from demoexam.ui.cards import FindingStrip
from demoexam.ui.importing.board import BoardRow
from demoexam.ui.importing.wording import CHANGES, LOOKS, SIGN_NAMES, Look, shown
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import Button, IconLabel, Pill, clear, column, fill, label, row

WIDTH = 284
NOTHING = "Поставьте курсор на строку: здесь будет сказано, что с ней станет и почему."


class RowPanel(QFrame):
    """`fix_asked`: the user wants to mend the cell under the cursor."""

    fix_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setFixedWidth(WIDTH)
        self.title, self.state = label("", "title"), Pill()
        self.name = label("", "strong", wrap=True)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lines = column(spacing=8)
        self.fix = Button("Исправить ячейку  F2", "pencil")
        self.fix.clicked.connect(self.fix_asked)
        self.effect = FindingStrip(Tone.ACCENT)
        self._lay_out()
        self.show_row(None)

    def show_row(self, shown_row: BoardRow | None, *, with_sheet: bool = False) -> None:
        """`with_sheet`: rows of several sheets are shown together."""
        clear(self._lines)
        self.state.setVisible(shown_row is not None)
        self.fix.setVisible(shown_row is not None)
        if shown_row is None:
            self.title.setText("Строка файла")
            self.name.setText("")
            self._lines.addWidget(label(NOTHING, "soft", wrap=True))
            return
        plan = shown_row.plan
        sheet = f" · {plan.place.sheet}" if with_sheet else ""
        self.title.setText(f"Строка {plan.place.row}{sheet}")
        self.state.show_state(SIGN_NAMES[shown_row.look], LOOKS[shown_row.look][1])
        self.name.setText(plan.title)
        self._lines.addWidget(label(shown_row.fate, "soft", wrap=True))
        for reason in plan.reasons:
            self._lines.addLayout(_reason(reason, shown_row.look))
        for change in plan.changes if shown_row.look is not Look.ERROR else ():
            if words := _change(change):
                self._lines.addWidget(words)
        self.setAccessibleName(f"Строка {plan.place.row}: {plan.title}, {shown_row.outcome}")

    def show_effect(self, effect: ImportEffect | None) -> None:
        """The share before and after; None while it is being counted."""
        text = "Доля: считаю…" if effect is None else effect_words(effect)
        self.effect.show_finding(Tone.ACCENT, text)

    def show_no_effect(self) -> None:
        """The file is too long to try it out beforehand."""
        self.effect.show_finding(Tone.ACCENT, "Файл большой: доля будет видна после загрузки.")

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("look", "clear")
        inside.setLayout(
            fill(QVBoxLayout(), self.name, self._lines, None, spacing=8, margins=(0, 0, 6, 0))
        )
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        layout = fill(
            QVBoxLayout(self), row(self.title, self.state, None), scroll, self.fix, self.effect,
            spacing=10, margins=(14, 12, 14, 12),
        )  # fmt: skip
        layout.setStretch(1, 1)


def effect_words(effect: ImportEffect) -> str:
    """Rich text: the official share, and the roster's when that is what moves."""
    official = f"{_moved(effect.before, effect.after)}, {METHOD_NAMES[effect.method]}"
    lines = [f"<b>Доля {effect.year} года:</b> {official}"]
    moved = effect.roster_before != effect.roster_after
    if moved and effect.method is not CountMethod.ROSTER:
        lines.append(f"По реестру: {_moved(effect.roster_before, effect.roster_after)}")
    before, after = effect.roster_before, effect.roster_after
    came = after.employers - before.employers
    others = after.experts - after.employers - (before.experts - before.employers)
    if came or others:
        word = plural(came, "работодатель", "работодателя", "работодателей")
        told = [f"{came:+d} {word}"] if came else []
        told += [f"{others:+d} других"] if others else []
        lines.append(", ".join(told).replace("-", "\u2212"))
    return "<br>".join(lines)


def _moved(before: Share, after: Share) -> str:
    was, will = percent(before.value), percent(after.value)
    if before.value == after.value:
        return f"{will}, не изменится" if after.value is not None else "нет данных"
    return f"{was} → <b>{will}</b>"


def _reason(reason: str, look: Look) -> QVBoxLayout:
    words = label(reason[:1].upper() + reason[1:], "tone", wrap=True, tone=LOOKS[look][1])
    words.setTextFormat(Qt.TextFormat.PlainText)
    sign = IconLabel("triangle-alert", LOOKS[look][1], 15)
    line = row(sign, words, spacing=8)
    line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
    line.setStretch(1, 1)
    return column(line)


def _change(change: FieldChange) -> QWidget | None:
    name = CHANGES.get(change.field, ("", change.field))[1]
    new = shown(change.new)
    if not name or not new or isinstance(change.new, list | dict) or len(new) == len(_ID):
        return None
    old = shown(change.old)
    was = f"<s>{escape(old)}</s> → " if old else ""
    return label(f"{name}: {was}<b>{escape(new)}</b>", wrap=True)


_ID = "01890000-0000-7000-8000-000000000000"
