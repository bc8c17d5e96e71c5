"""The table of shares: a row of the cut each, the total last, a bar with the target's tick."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from demoexam.rules.shares import Share
from demoexam.rules.terms import ShareCut
from demoexam.services.share.share import ShareRow
from demoexam.text import decimal_comma, percent, rounded
from demoexam.ui import theme
from demoexam.ui.cell_delegate import CellDelegate
from demoexam.ui.query_table import Cell, Column, Index, QueryTable, Row
from demoexam.ui.reports.figures import Figures
from demoexam.ui.table_view import HEADER, ROW, TableView
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import fill

TOTAL_ID = "total"
EXPERTS, EMPLOYERS, SHARE = 1, 2, 3
FIGURE_WIDTH, BAR_THICK = 62, 7
LEAST_ROWS = 4
TITLES = {
    ShareCut.TOTAL: "Весь колледж",
    ShareCut.COLLEGE: "Колледж",
    ShareCut.EMPLOYER: "Работодатель",
    ShareCut.INDUSTRY: "Отрасль",
    ShareCut.CLUSTER: "Кластер",
    ShareCut.SPECIALTY: "Специальность",
    ShareCut.MONTH: "Месяц",
}


class ShareSource:
    """Rows in memory: sorted here, the total always last."""

    def __init__(self) -> None:
        self.columns = (
            Column("name", "Разрез", 200, stretch=True),
            Column("experts", "Всего", 66, right=True),
            Column("employers", "Работод.", 76, right=True),
            Column("share", "Доля", 190, right=True),
            Column("gap", "Отрыв, п. п.", 96, right=True, minor=True),
            Column("need", "Нужно ещё", 178),
        )
        self._figures: Figures | None = None
        self._rows: Sequence[ShareRow] = ()

    def show(self, figures: Figures) -> None:
        self._figures = figures
        self._rows = [*figures.rows, figures.total]

    def share_row(self, row_id: str) -> ShareRow | None:
        known = row_id and row_id.isdecimal() and int(row_id) < len(self._rows)
        return self._rows[int(row_id)] if known else None

    def ids(self, filter_text: str, sort: str, descending: bool) -> Sequence[int]:
        del filter_text  # this table has no filter
        keys = list(range(len(self._rows)))
        if not sort or self._figures is None:
            return keys
        figures = self._figures
        body = sorted(keys[:-1], key=lambda key: _order(figures, self._rows[key], sort))
        return [*(reversed(body) if descending else body), keys[-1]]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {key: self._row(key) for key in ids}

    def _row(self, key: int) -> Row:
        assert self._figures is not None  # noqa: S101 -- there are no rows before the figures
        row = self._rows[key]
        is_total = key == len(self._rows) - 1
        name = "Итого" if is_total else self._figures.title_of(row)
        bare = self._figures.request.cut is ShareCut.EMPLOYER and not is_total
        return Row(str(key), _cells(name, row, strong=is_total, bare=bare))


class ShareTable(QWidget):
    """`opened` asks for the people of a row: Enter, a double click, or a click on a number."""

    opened = Signal(object)  # a ShareRow
    pointed = Signal(object)  # a ShareRow under the cursor

    def __init__(self) -> None:
        super().__init__()
        self.source = ShareSource()
        self.table = QueryTable(self.source, self)
        self.view = TableView(self.table, "Доля работодателей по строкам разреза")
        self.view.setItemDelegateForColumn(SHARE, ShareBarDelegate(self.source, self.view))
        self.view.opened.connect(self._open)
        self.view.pointed.connect(self._point)
        self.view.clicked.connect(self._click)
        self.setLayout(fill(QVBoxLayout(), self.view, spacing=0))

    def show_figures(self, figures: Figures) -> None:
        here = self.view.currentIndex().row()
        self.source.show(figures)
        name = replace(self.source.columns[0], title=TITLES[figures.request.cut])
        self.table.columns = (name, *self.source.columns[1:])
        with self.view.keeping():
            self.table.reload()
        rows = self.table.rowCount()
        whole = theme.px(ROW) * rows + HEADER + 14
        self.setMaximumHeight(whole)
        self.view.setMinimumHeight(min(whole, theme.px(ROW) * LEAST_ROWS + HEADER))
        if 0 <= here < rows:
            self.view.selectRow(here)

    def current(self) -> ShareRow | None:
        return self.source.share_row(self.view.current_id())

    def _open(self, row_id: str) -> None:
        if (row := self.source.share_row(row_id)) is not None:
            self.opened.emit(row)

    def _point(self, row_id: str) -> None:
        if (row := self.source.share_row(row_id)) is not None:
            self.pointed.emit(row)

    def _click(self, index: Index) -> None:
        if index.column() in {EXPERTS, EMPLOYERS}:
            self._open(self.table.record_id(index.row()))


class ShareBarDelegate(CellDelegate):
    """The figure at the right, and before it a bar with the target's tick."""

    def __init__(self, source: ShareSource, view: QWidget) -> None:
        super().__init__(view)
        self._source = source

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, QueryTable)  # noqa: S101 -- the delegate serves no other model
        row = self._source.share_row(model.record_id(index.row()))
        if row is None or not model.cell(index.row(), SHARE).text:
            return
        box = QRectF(option.rect).adjusted(10, 0, -FIGURE_WIDTH - 10, -1)
        _draw_bar(painter, box, row.share, row.target)


def _draw_bar(painter: QPainter, box: QRectF, share: Share, target: int | None) -> None:
    bar = QRectF(box.x(), box.center().y() - BAR_THICK / 2, box.width(), BAR_THICK)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("track"))
    painter.drawRoundedRect(bar, 3.5, 3.5)
    if share.value:
        met = target is not None and share.meets(target)
        painter.setBrush(theme.color("ok" if met else "accent"))
        filled = QRectF(bar.x(), bar.y(), max(bar.width() * float(share.value), 7), BAR_THICK)
        painter.drawRoundedRect(filled, 3.5, 3.5)
    if target is not None:
        tick = bar.x() + bar.width() * target / 100
        painter.fillRect(QRectF(tick - 1, bar.y() - 5, 2, BAR_THICK + 10), theme.color("text"))
    painter.restore()


def _cells(name: str, row: ShareRow, *, strong: bool, bare: bool) -> list[Cell | str]:
    """`bare`: a line of employers alone, where a share would always be the whole."""
    share, target = row.share, row.target
    tip = _unknown_tip(share)
    numbers = [
        Cell(str(share.experts), strong=strong, tip=tip),
        Cell(str(share.employers), tone=Tone.ACCENT, strong=True, tip="Enter: показать людей"),
    ]
    if bare:
        return [Cell(name, tip=name), *numbers, "", "", ""]
    met = target is not None and bool(share.meets(target))
    figure = Cell(percent(share.value), strong=True, tone=Tone.OK if met else "")
    return [
        Cell(name, strong=strong, tip=name), *numbers, figure, _gap(row.gap), need_cell(row),
    ]  # fmt: skip


def _gap(gap: Fraction | None) -> Cell:
    """How far the share is above the target, in points of per cent."""
    if gap is None:
        return Cell("")
    value = rounded(-gap)
    return Cell(signed(value), tone=Tone.OK if gap <= 0 else Tone.WARN)


def signed(value: object) -> str:
    text = decimal_comma(str(value))
    return text if text.startswith("\u2212") or value == 0 else f"+{text}"


def need_cell(row: ShareRow) -> Cell:
    """What brings the row to its target."""
    if row.share.value is None or row.target is None:
        return Cell("")
    if not row.replace:
        return Cell("цель достигнута", tone=Tone.OK, icon="circle-check")
    swap = f"заменить {row.replace}"
    ways = swap if row.add is None else f"+{row.add} или {swap}"
    return Cell(ways, icon="user-plus")


def _unknown_tip(share: Share) -> str:
    return f"Ещё {share.unknown} без места работы, в счёт не вошли" if share.unknown else ""


def _order(figures: Figures, row: ShareRow, sort: str) -> tuple[bool, object]:
    value: object = {
        "experts": row.share.experts,
        "employers": row.share.employers,
        "share": row.share.value or Fraction(0),
        "gap": -(row.gap or Fraction(0)),
        "need": row.replace or 0,
        "name": row.key if figures.request.cut is ShareCut.MONTH else figures.title_of(row),
    }[sort]
    return not row.id, value
