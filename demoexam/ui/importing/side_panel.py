"""The panel at the right: who a row resembles or what becomes of it, and the share at its foot."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from demoexam.rules.shares import Share
from demoexam.rules.terms import METHOD_NAMES, CountMethod
from demoexam.services.imports.effect import ImportEffect
from demoexam.text import percent, plural
from demoexam.ui import theme
from demoexam.ui.importing.board import Board, BoardRow
from demoexam.ui.importing.row_panel import RowPanel
from demoexam.ui.importing.similar_panel import SimilarPanel, scrolled
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import IconLabel, fill, label, row

WIDTH = 326


class SidePanel(QFrame):
    """Shows the row under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "side")
        self.setFixedWidth(theme.px(WIDTH))
        self.similar, self.row = SimilarPanel(), RowPanel()
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(self.row))
        self._stack.addWidget(self.similar)
        self.effect = EffectStrip()
        layout = fill(QVBoxLayout(self), self._stack, self.effect, spacing=10,
                      margins=(14, 10, 12, 12))  # fmt: skip
        layout.setStretch(0, 1)

    def show_row(self, board: Board, shown: BoardRow | None) -> None:
        if shown is not None and shown.plan.place in board.alike:
            self.similar.show_row(board, shown)
            self._stack.setCurrentIndex(1)
        else:
            several = len(board.preview.tables) > 1
            self.row.show_row(shown, with_sheet=several)
            self._stack.setCurrentIndex(0)

    @property
    def compares(self) -> bool:
        """Whether two people are side by side at the moment."""
        return self._stack.currentIndex() == 1


class EffectStrip(QFrame):
    """What the employers' share would be after loading."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "strip")
        self.setProperty("tone", Tone.ACCENT)
        self.words = label("", "tone-small", wrap=True, tone=Tone.ACCENT)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        layout = row(IconLabel("chart-column", "accent", 18), self.words, spacing=10,
                     margins=(12, 8, 10, 8))  # fmt: skip
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_effect(self, effect: ImportEffect | None) -> None:
        """The share before and after; None while it is being counted."""
        self._tell("Доля: считаю…" if effect is None else effect_words(effect))

    def show_no_effect(self) -> None:
        """The file is too long to try it out beforehand."""
        self._tell("Файл большой: доля будет видна после загрузки.")

    def _tell(self, text: str) -> None:
        self.words.setText(text)
        self.setAccessibleName(text)


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
        rest = plural(others, "другой", "других", "других")
        told += [f"{others:+d} {rest}"] if others else []
        lines.append(", ".join(told).replace("-", "\u2212"))
    return "<br>".join(lines)


def _moved(before: Share, after: Share) -> str:
    was, will = percent(before.value), percent(after.value)
    if before.value == after.value:
        return f"{will}, не изменится" if after.value is not None else "нет данных"
    return f"{was} → <b>{will}</b>"
