"""Why an exam cannot be closed yet: every missing cell, one key away, and the explicit way out."""

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal

from demoexam.services.exams.closing import ELSEWHERE_WORDS
from demoexam.text import counted, full_name, short_name
from demoexam.ui.cards import Action, FindingStrip
from demoexam.ui.exams.scores_table import ScoresTable
from demoexam.ui.tokens import Tone

SHOWN = 4  # people named before the rest is asked for
ALL = "all"


class GapStrip(FindingStrip):
    """Names people and modules as links; the points may be elsewhere only by a choice."""

    wanted = Signal(str, int)  # place id and module: go to this cell
    elsewhere = Signal(object)  # close: the points are there

    def __init__(self) -> None:
        super().__init__(Tone.WARN)
        self._text = ""
        self._gaps: Sequence[tuple[str, str, Sequence[tuple[int, bool]]]] = ()
        self._all = self._may_close = self._choosing = False
        flags = Qt.TextInteractionFlag
        self.words.setTextInteractionFlags(
            flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
        )
        self.words.linkActivated.connect(self._follow)
        self.hide()

    def show_gaps(self, scores: ScoresTable, rows: Sequence[int], *, may_close: bool) -> None:
        """The cells of these rows that are empty or wrong; no rows hide the strip."""
        self._gaps = [_gap(scores, number) for number in rows]
        self._text, self._may_close = "", may_close
        self._choosing = self._choosing and bool(rows)
        self._tell()

    def show_refusal(self, text: str, *, may_close: bool) -> None:
        """What the closing said that is no matter of cells."""
        self._gaps, self._text, self._may_close = (), text, may_close
        self._tell()

    def show_all(self) -> None:
        self._all = True
        self._tell()

    def choose(self, *, choosing: bool = True) -> None:
        """Offer the ways to close without these points."""
        self._choosing = choosing
        self._tell()

    def _tell(self) -> None:
        text = self._listed() if self._gaps else escape(self._text)
        self.show_finding(
            Tone.WARN, f"<b>Закрыть нельзя:</b> {text}" if text else "", self._actions()
        )

    def _listed(self) -> str:
        cells = sum(len(modules) for *_, modules in self._gaps)
        people = counted(len(self._gaps), "участника", "участников", "участников")
        head = f"{counted(cells, 'ячейка', 'ячейки', 'ячеек')} у {people}. "
        shown = self._gaps if self._all else self._gaps[:SHOWN]
        told = "; ".join(f"{escape(name)}: {_links(place, of)}" for place, name, of in shown)
        rest = len(self._gaps) - len(shown)
        more = f'; <a href="{ALL}">показать ещё {rest}</a>' if rest else ""
        return f"{head}{told}{more}."

    def _actions(self) -> list[Action]:
        if self._choosing:
            made = [
                Action(f"Закрыть: {words}", partial(self.elsewhere.emit, where), "lock")
                for where, words in ELSEWHERE_WORDS.items()
            ]
            return [*made, Action("Отмена", lambda: self.choose(choosing=False))]
        found = [Action("Перейти к ячейке", self._first, "arrow-right")] if self._gaps else []
        if self._may_close:
            found.append(Action("Баллы внесены не здесь…", self.choose, "lock"))
        return found

    def _first(self) -> None:
        place, _, modules = self._gaps[0]
        self.wanted.emit(place, modules[0][0])

    def _follow(self, link: str) -> None:
        if link == ALL:
            self.show_all()
            return
        place, _, module = link.rpartition(":")
        self.wanted.emit(place, int(module))


def _gap(scores: ScoresTable, number: int) -> tuple[str, str, list[tuple[int, bool]]]:
    """Place, short name, and modules that are empty, or wrong (True)."""
    one, known = scores.people[number], scores.points(number)
    wrong = {module for place, module in scores.wrong if place == one.place_id}
    cells = [
        (module.number, module.number in wrong)
        for module in scores.modules
        if module.number in wrong or str(module.number) not in known
    ]
    last, first, middle = [*one.name.split(maxsplit=2), "", ""][:3]
    name = short_name(last, first, middle) if first else full_name(last, first, middle)
    return one.place_id, name, cells


def _links(place: str, modules: Sequence[tuple[int, bool]]) -> str:
    return ", ".join(
        f'<a href="{place}:{number}">М{number}</a>{" с ошибкой" if wrong else ""}'
        for number, wrong in modules
    )
