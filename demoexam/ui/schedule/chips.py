"""How an exam, its preparation day and a booking look on the board; drawn once, then copied."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from demoexam.rules.terms import EXAM_LEVEL_MARKS, PURPOSE_NAMES, Level, SessionState
from demoexam.services.season.season import Chip, Mark
from demoexam.text import counted
from demoexam.ui import icons, theme
from demoexam.ui.schedule.geometry import Kind
from demoexam.ui.tokens import Tone

TONES = {
    SessionState.DRAFT: Tone.GREY,
    SessionState.PLANNED: Tone.ACCENT,
    SessionState.ANNOUNCED: Tone.OK,
    SessionState.DONE: Tone.GREY,
    SessionState.CLOSED: Tone.GREY,
}
SIGNS = {
    SessionState.DRAFT: "pencil",
    SessionState.PLANNED: "circle-dashed",
    SessionState.ANNOUNCED: "circle-check",
    SessionState.DONE: "check",
    SessionState.CLOSED: "lock",
}
SIGN, ROUND, STRIPE, HALO = 12, 5, 4, 2
TIGHT = 64  # a narrower chip shows its name alone
LEGIBLE = 30  # a narrower bar shows no words at all
CACHED = 6_000


class Face(NamedTuple):
    """All that a picture depends on, beside its size, theme and scale."""

    kind: Kind
    title: str
    detail: str = ""
    state: SessionState = SessionState.PLANNED
    found: Level | None = None
    pinned: bool = False
    held: bool = False


def exam_face(chip: Chip) -> Face:
    level = EXAM_LEVEL_MARKS.get(chip.level, "")
    detail = " · ".join(filter(None, (f"{chip.people} чел.", level, chip.kit)))
    return Face(Kind.EXAM, chip.title, detail, chip.state, chip.level_found, chip.pinned, chip.held)


def preparation_face(chip: Chip) -> Face:
    return Face(Kind.PREPARATION, f"С-1 {chip.title}")


def mark_face(mark: Mark) -> Face:
    return Face(Kind.MARK, PURPOSE_NAMES[mark.purpose], mark.organizer)


def spoken(chip: Chip) -> str:
    """A chip in words: for the screen reader and the tool tip."""
    experts = f"экспертов {chip.experts} из {chip.experts_needed}"
    told = counted(chip.findings, "замечание", "замечания", "замечаний") if chip.findings else ""
    signs = ("закреплён" if chip.pinned else "", "отложен из плана" if chip.held else "")
    people = counted(chip.people, "участник", "участника", "участников")
    return ", ".join(filter(None, (chip.title, chip.kit, people, experts, *signs, told)))


class ChipPainter:
    """Pictures of chips by what they say; forgotten when the theme or the scale changes."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Face, int, int, bool], QPixmap] = {}
        self._look: tuple[bool, int, float] = (False, 0, 0.0)

    def prepare(self, ratio: float) -> None:
        """Call before each painting: what was drawn for another look is of no use."""
        look = theme.tokens().dark, theme.px(1_000), ratio
        if look != self._look or len(self._kept) > CACHED:
            self._look = look
            self._kept.clear()
            self._bold = theme.font(12, QFont.Weight.DemiBold)
            self._plain, self._small = theme.font(11), theme.font(11, QFont.Weight.DemiBold)
            self._tiny = theme.font(10, QFont.Weight.DemiBold)
            self._measures = QFontMetricsF(self._bold), QFontMetricsF(self._plain)

    def picture(self, face: Face, width: int, height: int, chosen: bool) -> QPixmap:
        """With a margin of HALO around it, where the frame of a chosen one is drawn."""
        key = face, width, height, chosen
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._drawn(face, width, height, chosen)
        return found

    def _drawn(self, face: Face, width: int, height: int, chosen: bool) -> QPixmap:
        ratio = self._look[2]
        whole = round((width + 2 * HALO) * ratio), round((height + 2 * HALO) * ratio)
        made = QPixmap(*whole)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(HALO, HALO, width, height)
        if face.kind is Kind.EXAM:
            self._exam(painter, face, box)
        else:
            self._quiet(painter, face, box)
        if chosen:
            self._frame(painter, box)
        painter.end()
        return made

    def _exam(self, painter: QPainter, face: Face, box: QRectF) -> None:
        bad = face.held or face.found is Level.CONTRADICTION
        tone = Tone.BAD if bad else TONES[face.state]
        dashed = face.held or face.state is SessionState.DRAFT
        pen = QPen(theme.color(tone), 1, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
        painter.setPen(pen if bad or dashed else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{tone}_bg"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(tone))
        painter.drawRoundedRect(QRectF(box.x(), box.y(), STRIPE, box.height()), 2, 2)
        self._words(painter, face, box.adjusted(STRIPE + 4, 0, -3, 0), f"{tone}_text")

    def _words(self, painter: QPainter, face: Face, room: QRectF, ink: str) -> None:
        if face.found is not None:
            room = self._doubt(painter, face.found, room)
        tight = room.width() <= TIGHT
        room = room if tight else self._signs(painter, face, room, ink)
        bold, plain = self._measures
        painter.setPen(theme.color(ink))
        painter.setFont(self._bold)
        middle = Qt.AlignmentFlag.AlignVCenter
        if tight:
            name = face.title.split(",")[0]  # the shift has no room here
            self._tight_name(painter, name, room)
            return
        title = bold.elidedText(face.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, title)
        rest = room.adjusted(bold.horizontalAdvance(title) + 8, 0, 0, 0)
        if rest.width() > 3 * SIGN:
            painter.setFont(self._plain)
            cut = plain.elidedText(face.detail, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, middle, cut)

    def _tight_name(self, painter: QPainter, name: str, room: QRectF) -> None:
        """One line if it fits, else the letters of a group over its number."""
        middle = Qt.AlignmentFlag.AlignVCenter
        for font in (self._small, self._tiny):
            painter.setFont(font)
            if QFontMetricsF(font).horizontalAdvance(name) <= room.width():
                painter.drawText(room, middle, name)
                return
        line = room.height() / 2
        first, _, rest = name.rpartition("-")
        for number, part in enumerate((first, rest) if first else (name,)):
            cut = QFontMetricsF(self._tiny).elidedText(
                part, Qt.TextElideMode.ElideRight, room.width()
            )
            box = room.adjusted(0, number * line, 0, (number - 1) * line) if first else room
            painter.drawText(box, middle, cut)

    def _doubt(self, painter: QPainter, level: Level, room: QRectF) -> QRectF:
        """The «!» of the worst finding, red or amber; returns the room after it."""
        painter.setFont(self._bold)
        painter.setPen(theme.color("bad" if level is Level.CONTRADICTION else "warn"))
        if room.width() < LEGIBLE:  # beside the letters of the group
            corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            painter.drawText(room, corner, "!")
            return room
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, "!")
        return room.adjusted(7, 0, 0, 0)

    def _signs(self, painter: QPainter, face: Face, room: QRectF, ink: str) -> QRectF:
        """The state and the pin at the right end; returns the room before them."""
        names = [SIGNS[face.state]] + ["pin"] * face.pinned + ["ban"] * face.held
        for name in names:
            at = room.right() - SIGN, room.center().y() - SIGN / 2
            painter.drawPixmap(round(at[0]), round(at[1]), icons.pixmap(name, ink, SIGN))
            room = room.adjusted(0, 0, -SIGN - 3, 0)
        return room

    def _quiet(self, painter: QPainter, face: Face, box: QRectF) -> None:
        """A preparation day is outlined and hatched, a booking is a grey bar."""
        inside = box.adjusted(0.5, 0.5, -0.5, -0.5)
        preparation = face.kind is Kind.PREPARATION
        if preparation:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(theme.color("edge"), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(inside, ROUND, ROUND)
        painter.setPen(QPen(theme.color("field" if preparation else "edge"), 1, Qt.PenStyle.DashLine
                            if preparation else Qt.PenStyle.SolidLine))  # fmt: skip
        painter.setBrush(Qt.BrushStyle.NoBrush if preparation else theme.color("track"))
        painter.drawRoundedRect(inside, ROUND, ROUND)
        painter.setFont(self._plain)
        painter.setPen(theme.color("muted"))
        words = f"{face.title} · {face.detail}" if face.detail else face.title
        room = inside.adjusted(6, 0, -4, 0)
        if room.width() < LEGIBLE:
            return
        cut = self._measures[1].elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, cut)

    def _frame(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, ROUND, ROUND)
