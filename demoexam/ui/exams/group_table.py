"""The expert group as a table: who sits where, and which seats are free."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QMenu, QStyle, QStyleOptionViewItem

from demoexam.rules.terms import Answer, Level, Role
from demoexam.rules.violation import Violation
from demoexam.services.exams.view import ExamCard, Member
from demoexam.text import short_date
from demoexam.ui import theme
from demoexam.ui.cell_delegate import CellDelegate, Index
from demoexam.ui.exams.exam_words import ANSWERS, MONTHS_IN, ROLES, SEATS, SIDES
from demoexam.ui.exams.finding_words import sentence, title, worst
from demoexam.ui.exams.member_menu import MemberDeeds, member_menu
from demoexam.ui.query_table import Cell, Column, QueryTable, Row
from demoexam.ui.table_view import HEADER, TableView
from demoexam.ui.tokens import Tone

ROW_HEIGHT, BAR, MOST_ROWS, NARROW, PAD = 48, 40, 9, 780, 10
HEAVY_LOAD = 6  # exams in a month that fill the bar
SEAT = "seat:"
NOT_IN_SHARE = ("Не в доле", Tone.GREY)


@dataclass(frozen=True, slots=True)
class BarCell(Cell):
    """A number with a bar before it."""

    part: float = 0.0


class MemberSource:
    """Rows of the table: members first, then the free seats."""

    def __init__(self) -> None:
        self.columns: Sequence[Column] = _columns(None)
        self._rows: list[Row] = []

    def show(self, card: ExamCard) -> None:
        told = by_assignment(card.findings)
        self._rows = [
            _member_row(one, told.get(one.assignment_id, []), card) for one in card.members
        ]
        self._rows += [_seat_row(role, card) for role in card.missing_seats]

    def ids(self, _filter_text: str, _sort: str, _descending: bool) -> Sequence[int]:
        return range(len(self._rows))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {number: self._rows[number] for number in ids}


class MemberDelegate(CellDelegate):
    """Tints the rows in trouble and paints the load bar."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, QueryTable)  # noqa: S101 -- the delegate serves no other model
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if model.row(index.row()).stripe and not chosen:
            painter.fillRect(option.rect, theme.color("bad_bg"))
        super().paint(painter, option, index)
        cell = model.cell(index.row(), index.column())
        if isinstance(cell, BarCell):
            _bar(painter, QRectF(option.rect), cell.part)


class MemberView(TableView):
    """Enter looks for a candidate, Del frees the seat, the menu key tells the rest."""

    removal = Signal(str)  # assignment id
    release = Signal(str)
    answered = Signal(str, object)  # assignment id, Answer
    role_wanted = Signal(str, object)  # assignment id, Role
    duties_wanted = Signal()
    expert_wanted = Signal(str)  # expert id

    def __init__(self, model: QueryTable) -> None:
        super().__init__(model, "Экспертная группа", ROW_HEIGHT)
        self.setItemDelegate(MemberDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._members: dict[str, Member] = {}

    def show_card(self, card: ExamCard) -> None:
        self._members = {one.assignment_id: one for one in card.members}
        rows = min(max(self.model().rowCount(), 1), MOST_ROWS)
        self.setFixedHeight(HEADER + rows * theme.px(ROW_HEIGHT) + 6)

    def _hide_minor(self) -> None:
        narrow = self.viewport().width() < theme.px(NARROW)
        for number, column in enumerate(columns_of(None)):
            self.setColumnHidden(number, column.minor and narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.current_id()
        if event.key() == Qt.Key.Key_Delete and here in self._members:
            self.removal.emit(here)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        member = self._members.get(self.current_id())
        if member is not None:
            menu = self.menu_of(member)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def menu_of(self, member: Member) -> QMenu:
        """What can be done with a member."""
        deeds = MemberDeeds(
            answer=self.answered.emit,
            role=self.role_wanted.emit,
            replace=self.opened.emit,
            remove=self.removal.emit,
            release=self.release.emit,
            expert=self.expert_wanted.emit,
            duties=self.duties_wanted.emit,
        )
        return member_menu(self, member, deeds)


def columns_of(card: ExamCard | None) -> Sequence[Column]:
    """The columns name the exam's day and month."""
    return _columns(card.day if card else None)


def by_assignment(findings: Sequence[Violation]) -> dict[str, list[Violation]]:
    """Assignment -> what is said of it."""
    told: dict[str, list[Violation]] = defaultdict(list)
    for found in findings:
        for ident in found.subjects[:1]:
            told[ident].append(found)
    return told


def _columns(day: date | None) -> tuple[Column, ...]:
    side = f"Сторона {day:%d.%m}" if day else "Сторона"
    load = f"Экз. в {MONTHS_IN[day.month - 1]}" if day else "Экзаменов"
    return (
        Column("expert", "Эксперт", 210, stretch=True, sortable=False),
        Column("role", "Роль", 104, sortable=False),
        Column("side", side, 124, sortable=False),
        Column("load", load, 106, sortable=False, minor=True),
        Column("certificate", "Свидетельство", 112, sortable=False),
        Column("answer", "Ответ", 132, sortable=False),
    )


def _member_row(one: Member, told: Sequence[Violation], card: ExamCard) -> Row:
    first = worst(told)
    bad = one.held or (first is not None and first.level is Level.CONTRADICTION)
    at_work = " · ".join(part for part in (one.organization, one.post) if part)
    tip = "\n".join(sentence(each) for each in told)
    side, tone = NOT_IN_SHARE if one.role is Role.TECHNICAL else SIDES[one.side]
    cells = (
        Cell(one.name, below=at_work or "место работы не указано", strong=True, tip=tip),
        ROLES[one.role],
        Cell(side, tone=tone, pill=True),
        _load(one),
        _certificate(one, card),
        _answer(one, first, tip),
    )
    return Row(one.assignment_id, cells, stripe="bad" if bad else "")


def _load(one: Member) -> BarCell:
    part = min(one.load / HEAVY_LOAD, 1.0)
    return BarCell(f"{'':12}{one.load}", part=part)


def _certificate(one: Member, card: ExamCard) -> Cell:
    if one.role is Role.TECHNICAL:
        return Cell("не нужно")
    if one.certified_until is None:
        return Cell("не указано", tone=Tone.WARN)
    if one.certified_until == date.max:
        return Cell("без срока")
    late = card.day is not None and one.certified_until < card.day
    return Cell(f"до {short_date(one.certified_until)}", tone=Tone.WARN if late else "")


def _answer(one: Member, first: Violation | None, tip: str) -> Cell:
    """The answer, unless something worse must be told in its place."""
    if first is not None and (one.held or first.level is Level.CONTRADICTION):
        word = f"Отложен: {title(first).lower()}" if one.held else title(first)
        return Cell(word, icon="circle-x", tone=Tone.BAD, strong=True, tip=tip)
    if one.held:
        return Cell("Отложен", icon="circle-x", tone=Tone.BAD, strong=True)
    words, icon, tone = ANSWERS[one.answer]
    if one.answer is Answer.REFUSED:
        return Cell(words, icon=icon, tone=tone, strong=True)
    return Cell(words, icon=icon, tone=tone)


def _seat_row(role: Role, card: ExamCard) -> Row:
    need = f"По {card.kit_term} нужно {card.needed} без главного"
    why = need if role is Role.SCORING else "Место свободно"
    cells = (
        Cell(f"Нет {SEATS[role]}", below=why, icon="circle-dashed", tone=Tone.WARN),
        ROLES[role],
        Cell("любая"),
        BarCell(""),
        Cell("—"),
        Cell("Кандидаты →", tone=Tone.ACCENT, strong=True),
    )
    return Row(f"{SEAT}{role.value}", cells)


def _bar(painter: QPainter, box: QRectF, part: float) -> None:
    track = QRectF(box.x() + PAD, box.center().y() - 3, BAR, 6)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("track"))
    painter.drawRoundedRect(track, 3, 3)
    if part:
        painter.setBrush(theme.color("warn" if part >= 1 else "accent"))
        painter.drawRoundedRect(QRectF(track.x(), track.y(), BAR * part, 6), 3, 3)
    painter.restore()
