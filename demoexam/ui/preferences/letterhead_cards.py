"""The head and foot of papers, as the college chooses them: its logo and its words."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, QSize, QStandardPaths, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget
from sqlalchemy.orm import Session

from demoexam.errors import UserError
from demoexam.progress import Progress
from demoexam.services.papers.letterhead import (
    FOOT,
    WORDINGS,
    change_logo,
    change_wording,
    college_logo,
    restore_wordings,
    wordings,
)
from demoexam.ui.cards import Card
from demoexam.ui.fields import Form, TextField
from demoexam.ui.widgets import Button, column, label, row
from demoexam.ui.workspace import Workspace

FILES = "Картинки (*.png *.jpg *.jpeg *.svg)"
ABOUT = (
    "PNG, JPEG или SVG. Узкий встаёт слева от названия, не выше 22 мм, широкий — над ним. "
    "Цветной на чёрно-белом принтере станет серым. Напечатанное прежде отмечается как устаревшее."
)
FIELDS = (
    ("head_founder", "Первая строка"),
    ("head_legal_form", "Вторая строка"),
    ("head_name", "Название, жирным"),
    ("head_short", "Последняя строка"),
    (FOOT, "Низ каждого листа"),
)
WORDS = (
    "В шапке: {founder} — учредитель, {legal_form} — вид учреждения, {name} — полное название, "
    "{short} — краткое, {city} — город. Внизу: {number} — номер документа, {code} — номер формы, "
    "{title} — её название. Пустое поле не печатается."
)
LINES_TALL, ASPECT, FRAME = 4, 3, 8


class LogoView(QWidget):
    """The logo on a piece of paper, which is white in the dark theme too."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setAccessibleName("Логотип")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        tall = self.fontMetrics().height() * LINES_TALL
        return QSize(tall * ASPECT, tall)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def show_logo(self, png: bytes) -> None:
        self._image = QImage.fromData(png) if png else QImage()
        self.setAccessibleDescription("выбран" if png else "не выбран")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setPen(Qt.GlobalColor.lightGray)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._image.isNull():
            painter.setPen(Qt.GlobalColor.darkGray)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Логотипа нет")
        else:
            self._draw(painter)

    def _draw(self, painter: QPainter) -> None:
        room = self.rect().adjusted(FRAME, FRAME, -FRAME, -FRAME)
        size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(room.topLeft(), size)
        place.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)


class LogoCard(Card):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__("Логотип", "в шапке каждой бумаги")
        self._workspace = workspace
        self._png = b""
        self.view = LogoView()
        self.choose = Button("&Выбрать логотип…", "folder-open")
        self.remove = Button("&Убрать", "trash-2")
        self.choose.clicked.connect(lambda _checked=False: self.ask())
        self.remove.clicked.connect(lambda _checked=False: self._write(b"", "логотип убран"))
        buttons = column(row(self.choose, self.remove, None), None, spacing=8)
        self.add(row(self.view, buttons, spacing=16), label(ABOUT, "muted", wrap=True))

    def show_values(self, session: Session) -> None:
        self._png = college_logo(session)
        self.view.show_logo(self._png)
        self.remove.setEnabled(bool(self._png))

    def ask(self) -> QFileDialog:
        """Ask for the picture; the dialog is shown, not run."""
        place = QStandardPaths.StandardLocation.PicturesLocation
        folder = QStandardPaths.writableLocation(place)
        dialog = QFileDialog(self.window(), "Логотип колледжа", folder, FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.take(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def take(self, path: Path) -> None:
        """Make the picture a logo, off the GUI thread, and keep it."""
        self.choose.setEnabled(False)
        task = self._workspace.run(partial(_made, path), title="логотип", on_done=self._keep)
        task.ended.connect(partial(self.choose.setEnabled, True))

    def _keep(self, png: bytes) -> None:
        if png != self._png:
            self._write(png, "логотип изменён")

    def _write(self, png: bytes, operation: str) -> None:
        self._workspace.perform(change_logo, operation=operation, value=png)


class WordingCard(Card):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__("Шапка и низ бумаг", "свои слова вместо обычных", "Как в программе")
        self._workspace = workspace
        self.fields = {key: TextField("не печатается") for key, _ in FIELDS}
        form = Form(beside=True)
        for key, title in FIELDS:
            form.add(title, self.fields[key])
            self.fields[key].written.connect(partial(self._write, key))
        self.linked.connect(self._restore)
        self.add(form, label(WORDS, "muted", wrap=True))

    def show_values(self, session: Session) -> None:
        said = wordings(session)
        for key, field in self.fields.items():
            field.show_value(said[key])
        self.link.setEnabled(any(text != WORDINGS[key].usual for key, text in said.items()))

    def _write(self, key: str, value: str) -> None:
        def refuse(error: UserError) -> None:
            self.fields[key].show_problem(f"{error} {error.hint}")
            self._workspace.refused.emit(error)

        self._workspace.perform(
            change_wording, operation="шапка бумаг", key=key, value=value, on_refused=refuse
        )

    def _restore(self) -> None:
        self._workspace.perform(restore_wordings, operation="обычная шапка бумаг")


def _made(path: Path, _progress: Progress) -> bytes:
    from demoexam.ui.logo_file import logo_from

    return logo_from(path)
