"""The expert group in the inspector of the board: a line a seat, each leads to its candidates."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from demoexam.rules.terms import Role
from demoexam.services.exams.view import ExamCard, Member
from demoexam.services.season.group import GroupMember, Load
from demoexam.text import counted, percent, short_date, short_of
from demoexam.ui.exams.actions import ExamActions
from demoexam.ui.exams.candidates_panel import Seat
from demoexam.ui.exams.exam_words import ANSWERS, ROLES, SEATS, SIDES
from demoexam.ui.exams.finding_words import ICONS, TONES, title, worst
from demoexam.ui.exams.group_table import NOT_IN_SHARE
from demoexam.ui.exams.member_menu import MemberDeeds, member_menu
from demoexam.ui.tokens import Tone
from demoexam.ui.widgets import (
    Button,
    ElidedLabel,
    IconLabel,
    Pill,
    clear,
    column,
    label,
    row,
)

OVER = "Экзамен проведён: состав группы не меняют."


class GroupPart(QWidget):
    """Who assesses and which seats are free; `seat_wanted` asks for the candidates of one."""

    seat_wanted = Signal(object)  # Seat
    duties_wanted = Signal()

    def __init__(self, actions: ExamActions) -> None:
        super().__init__()
        self._actions = actions
        self.count, self.members = Pill(), column(spacing=2)
        self.add = Button("Добавить эксперта", "user-plus")
        self.share = label("", "muted", wrap=True)
        self.lines: list[SeatLine] = []
        heading = row(label("Экспертная группа", "title"), None, self.count)
        self.setLayout(column(heading, self.members, self.add, self.share, spacing=8))
        self.add.clicked.connect(lambda: self.seat_wanted.emit(self._next_seat()))

    def show_group(self, card: ExamCard, group: Sequence[GroupMember]) -> None:
        clear(self.members)
        tone = Tone.OK if card.scoring >= card.needed else Tone.WARN
        self.count.show_state(f"{card.scoring} из {card.needed}", tone)
        self.count.setAccessibleName(f"Оценивающих {card.scoring} из {card.needed}")
        self.lines = [MemberLine(one, card.day) for one in group]
        if card.day is not None and not card.is_over:
            self.lines += [FreeLine(role) for role in card.missing_seats]
        for one in self.lines:
            if card.is_over:
                one.setAccessibleDescription(OVER)
            else:
                one.clicked.connect(partial(self._want, one.seat))
                if isinstance(one, MemberLine):
                    one.menu_wanted.connect(self._show_menu)
                    one.removal.connect(self._actions.unassign)
            self.members.addWidget(one)
        self.add.setVisible(not card.is_over and card.day is not None)
        target = f", цель {card.target}\N{NO-BREAK SPACE}%" if card.target else ""
        year = card.day.year if card.day else "за год"
        self.share.setText(f"Доля {year}: {percent(card.share.value)}{target}")

    def focused(self) -> Seat | None:
        """The seat whose line has the focus."""
        return next((one.seat for one in self.lines if one.hasFocus()), None)

    def focus_on(self, seat: Seat, expert_id: str = "") -> None:
        """Go to a seat: once it is taken, to the next free one, or to who took it."""
        exact = (one for one in self.lines if one.seat == seat and one.seat.assignment_id)
        free = (one for one in self.lines if not one.seat.assignment_id)
        his = (one for one in self.lines if expert_id and one.expert_id == expert_id)
        line = next((one for some in (exact, free, his, self.lines) for one in some), None)
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def menu_of(self, one: Member) -> QMenu:
        """What can be done with an expert of the group."""
        actions, seat = self._actions, Seat(one.role, one.assignment_id)
        deeds = MemberDeeds(
            answer=actions.answer,
            role=actions.change_role,
            replace=lambda _ident: self.seat_wanted.emit(seat),
            remove=actions.unassign,
            release=actions.release,
            expert=lambda ident: actions.going.emit("experts", {"id": ident}),
            duties=self.duties_wanted.emit,
        )
        return member_menu(self, one, deeds)

    def _show_menu(self, one: Member, at: QPoint) -> None:
        menu = self.menu_of(one)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _want(self, seat: Seat, _on: bool = False) -> None:
        self.seat_wanted.emit(seat)

    def _next_seat(self) -> Seat:
        free = (one.seat for one in self.lines if not one.seat.assignment_id)
        return next(free, Seat(Role.SCORING))


class SeatLine(QPushButton):
    """Lines of words that are one button: Enter or a click leads to the seat's candidates."""

    def __init__(self, seat: Seat, expert_id: str = "") -> None:
        super().__init__()
        self.seat, self.expert_id = seat, expert_id
        self.setProperty("look", "line")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def _lay(self, *lines: QHBoxLayout) -> None:
        self.setLayout(column(*lines, spacing=1, margins=(6, 4, 6, 4)))
        for words in self.findChildren(QLabel):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _say(self, *words: str) -> None:
        self.setAccessibleName(", ".join(filter(None, words)))
        self.setToolTip("\n".join(filter(None, words)))


class MemberLine(SeatLine):
    """An expert: his side and answer, his role and place of work, his load and certificate."""

    menu_wanted = Signal(object, QPoint)
    removal = Signal(str)

    def __init__(self, given: GroupMember, day: date | None) -> None:
        self.member = one = given.member
        super().__init__(Seat(one.role, one.assignment_id), one.expert_id)
        first = worst(given.told)
        name = ElidedLabel(short_of(one.name), "strong")
        head = row(name, spacing=4)
        head.setStretch(0, 1)
        if first is not None:
            tone = TONES[first.level]
            name.setProperty("step", "tone-strong")
            name.setProperty("tone", tone)
            head.insertWidget(0, IconLabel(ICONS[first.level], tone, 15))
            head.setStretch(1, 1)
            head.setStretch(0, 0)
        side, tone = NOT_IN_SHARE if one.role is Role.TECHNICAL else SIDES[one.side]
        head.addWidget(Pill(side, tone))
        about = f"{ROLES[one.role].lower()} · {one.organization or 'без организации'}"
        answer, icon, color = ("Отложен", "circle-x", Tone.BAD) if one.held else ANSWERS[one.answer]
        term, late = _term(one, day)
        paper = ("triangle-alert", Tone.WARN) if late else ("", "")
        self._lay(
            head,
            _line(ElidedLabel(about, "muted"), answer, icon, color),
            _line(_loaded(given.load), term, *paper),
        )
        told = "; ".join(title(each).lower() for each in given.told)
        paper_words = f"свидетельство: {term}{', кончается до экзамена' if late else ''}"
        self._say(
            one.name, about, f"сторона: {side.lower()}", f"ответ: {answer.lower()}",
            _spoken(given.load), paper_words, told,
        )  # fmt: skip
        self.setAccessibleDescription("Enter: кандидаты на замену, Del: снять, меню: ответ и роль")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removal.emit(self.seat.assignment_id)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        low = self.mapToGlobal(self.rect().bottomLeft())
        self.menu_wanted.emit(self.member, low if by_key else event.globalPos())


class FreeLine(SeatLine):
    """A seat that nobody takes yet."""

    def __init__(self, role: Role) -> None:
        super().__init__(Seat(role))
        words = f"Нет {SEATS[role]}"
        name = ElidedLabel(words, "tone-strong")
        name.setProperty("tone", Tone.WARN)
        more = label("Кандидаты →", "tone-small", tone=Tone.ACCENT)
        line = row(IconLabel("circle-dashed", Tone.WARN, 15), name, more, spacing=4)
        line.setStretch(1, 1)
        self._lay(line)
        self._say(words)
        self.setAccessibleDescription("Enter: кандидаты")


def _line(words: QLabel, right: str, icon: str = "", tone: str = "") -> QHBoxLayout:
    """Words that may be cut, and at the right what may not, with its sign."""
    step = "tone-small" if tone else "muted"
    layout = row(words, spacing=4)
    layout.setStretch(0, 1)
    if icon:
        layout.addWidget(IconLabel(icon, tone or "muted", 13))
    layout.addWidget(label(right, step, tone=tone))
    return layout


def _loaded(load: Load) -> ElidedLabel:
    """«Неделя 2 из 5 · год 9»: days and exams."""
    enough = f" из {load.enough}" if load.enough else ""
    made = ElidedLabel(
        f"Неделя {load.days}{enough} · год {load.sittings}",
        "tone-small" if load.is_full else "muted",
    )
    if load.is_full:
        made.setProperty("tone", Tone.WARN)
    return made


def _spoken(load: Load) -> str:
    days = counted(load.days, "день", "дня", "дней")
    enough = f" из {load.enough}" if load.enough else ""
    exams = counted(load.sittings, "экзамен", "экзамена", "экзаменов")
    return f"на этой неделе экзамены: {days}{enough}; за год {exams}"


def _term(one: Member, day: date | None) -> tuple[str, bool]:
    """How long his certificate holds, and whether that is too short for the exam."""
    if one.role is Role.TECHNICAL:
        return "не нужно", False
    if one.certified_until is None:
        return "нет свид.", True
    if one.certified_until == date.max:
        return "без срока", False
    late = day is not None and one.certified_until < day
    return f"до {short_date(one.certified_until)}", late
