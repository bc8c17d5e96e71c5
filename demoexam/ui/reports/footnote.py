"""«Как посчитано»: the rule in words, the date of the data, who is left out."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from demoexam.rules.shares import roster_day
from demoexam.rules.terms import CountMethod, ShareCut, SideDate
from demoexam.text import clock, counted, short_date
from demoexam.ui.reports.figures import Figures
from demoexam.ui.widgets import IconLabel, column, label, row

_SIDE = {
    SideDate.LAST: "на дату его последнего экзамена года",
    SideDate.ANY: "на дату экзамена; довольно одного экзамена от работодателя",
    SideDate.MOST: "на даты экзаменов: та сторона, на которой их больше",
}
_SHOW = "unknown"


class Footnote(QWidget):
    """`unknown_asked`: the reader wants to see who is left out."""

    unknown_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self.words.setProperty("step", "muted")
        by = Qt.TextInteractionFlag
        self.words.setTextInteractionFlags(by.LinksAccessibleByKeyboard | by.LinksAccessibleByMouse)
        self.words.linkActivated.connect(lambda _link: self.unknown_asked.emit())
        head = row(IconLabel("info", "accent"), label("Как посчитано", "strong"), None, spacing=8)
        self.setLayout(column(head, self.words, spacing=4, margins=(18, 10, 18, 12)))

    def show_figures(self, figures: Figures) -> None:
        told = rule_of(figures)
        text = escape(told)
        if left := figures.total.share.unknown:
            who = counted(left, "эксперт", "эксперта", "экспертов")
            text += f" Не вошли: {who} без места работы — <a href='{_SHOW}'>показать</a>."
            told += f" Не вошли: {who} без места работы."
        self.words.setText(text)
        self.words.setAccessibleName(told)


def rule_of(figures: Figures) -> str:
    """The rule by which these figures were counted, as sentences."""
    request, moment = figures.request, figures.taken_at
    said = [_counted(figures)]
    if request.cut is ShareCut.EMPLOYER:
        said.append("В этом разрезе только работодатели.")
    elif request.method is CountMethod.PERSONS and request.cut in {
        ShareCut.SPECIALTY, ShareCut.MONTH, ShareCut.COLLEGE, ShareCut.CLUSTER,
    }:  # fmt: skip
        said.append("Один человек может стоять в нескольких строках, в итоге он один.")
    said.append("С целью сравнивается точная доля, на экране она округлена до десятых.")
    said.append(f"Данные на {short_date(moment)}, {clock(moment)}.")
    return " ".join(said)


def _counted(figures: Figures) -> str:
    year, method = figures.request.year, figures.request.method
    if method is CountMethod.ROSTER:
        day = roster_day(year, figures.taken_at.date())
        return (
            f"Все действующие эксперты реестра на {short_date(day)}, участвовали они в экзаменах "
            "или нет; сторона — по основному месту работы на этот день."
        )
    roles = "главным или оценивающим" if figures.chief_counts else "оценивающим"
    outside = "Технические эксперты и отказавшиеся не входят."
    if method is CountMethod.ASSIGNMENTS:
        return (
            f"Каждое назначение {year} года {roles} экспертом; сторона — по основному месту "
            f"работы на дату этого экзамена. {outside}"
        )
    side = _SIDE[figures.side_date]
    return (
        f"Люди, у кого в {year} году есть хотя бы одно назначение {roles} экспертом. Сторона "
        f"человека — по основному месту работы {side}. {outside}"
    )
