"""Where a shared store is: the fields of a file on a network share, and those of a server."""

from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from demoexam.ui.choices import NumberField
from demoexam.ui.widgets import Button, column, fill, label, row

FILE, SERVER = "file", "server"
USUAL_NAME, USUAL_PORT, USUAL_BASE = "hub.db", 5432, "demoexam"
FILES = "Общее хранилище (*.db);;Все файлы (*)"
FILE_WORDS = (
    "Обычная сетевая папка, которую видят все компьютеры. Облачные папки (OneDrive, Яндекс Диск) "
    "не подходят. До десяти компьютеров; каждый, кто пишет в папку, видит всё."
)
SERVER_WORDS = (
    "Сервер PostgreSQL готовит администратор: для нескольких колледжей и личных данных это "
    "единственный верный способ. Адрес, имя и пароль даст он."
)


class FilePlace(QWidget):
    """A file on a network share; a new one may be made there."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.path, self.making = QLineEdit(), QCheckBox("Создать общее хранилище здесь")
        self.path.setPlaceholderText(r"\\server\demoexam\hub.db")
        self.path.setAccessibleName("Файл общего хранилища")
        self.browse = Button("Обзор…", "folder-open")
        self.browse.clicked.connect(lambda _checked: self._browse())
        self.path.textChanged.connect(self.changed)
        self.making.toggled.connect(self.changed)
        caption = label("&Файл в сетевой папке", "muted")
        caption.setBuddy(self.path)
        line = row(self.path, self.browse, spacing=8)
        line.setStretch(0, 1)
        fill(
            QVBoxLayout(self), label(FILE_WORDS, "soft", wrap=True), 8, caption, line,
            self.making, None, spacing=4,
        )  # fmt: skip

    def url(self) -> str:
        """The address, "" while nothing is typed; a folder gets the usual name of the file."""
        typed = self.path.text().strip().strip('"')
        if not typed:
            return ""
        path = Path(typed)
        return f"sqlite:///{(path / USUAL_NAME if path.is_dir() else path).as_posix()}"

    def password(self) -> str | None:
        return None

    def show_url(self, url: str) -> None:
        self.path.setText(url.removeprefix("sqlite:///"))

    def focus_first(self) -> None:
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def _browse(self) -> None:
        dialog = QFileDialog(self.window(), "Общее хранилище", self.path.text(), FILES)
        if self.making.isChecked():
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("db")
            dialog.selectFile(USUAL_NAME)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.path.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class ServerPlace(QWidget):
    """A database of a PostgreSQL server; the password is kept by the system, not by us."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.host, self.base, self.user, self.secret = (QLineEdit() for _ in range(4))
        self.port = NumberField(1, 65535)
        self.port.show_value(USUAL_PORT)
        self.base.setText(USUAL_BASE)
        self.host.setPlaceholderText("db.college.example")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._rest = ""
        first = row(spacing=8)
        first.addLayout(_field("&Сервер", self.host), 3)
        first.addLayout(_field("П&орт", self.port), 1)
        first.addLayout(_field("&База", self.base), 2)
        second = row(spacing=8)
        second.addLayout(_field("&Имя", self.user), 1)
        second.addLayout(_field("&Пароль", self.secret), 1)
        note = label("Пароль хранит система этого компьютера, не программа.", "muted", wrap=True)
        fill(
            QVBoxLayout(self), label(SERVER_WORDS, "soft", wrap=True), 8, first, second, note,
            None, spacing=6,
        )  # fmt: skip
        for field in (self.host, self.base, self.user, self.secret):
            field.textChanged.connect(self.changed)

    def url(self) -> str:
        """The address without the password, "" while something is missing."""
        parts = [one.text().strip() for one in (self.host, self.base, self.user)]
        if not all(parts):
            return ""
        host, base, user = parts
        port = "" if self.port.value() == USUAL_PORT else f":{self.port.value()}"
        return f"postgresql://{quote(user)}@{host}{port}/{quote(base)}{self._rest}"

    def password(self) -> str | None:
        """What was typed; None: what the system remembers."""
        return self.secret.text() or None

    def show_url(self, url: str) -> None:
        parts = urlsplit(url)
        self.host.setText(parts.hostname or "")
        self.port.show_value(parts.port or USUAL_PORT)
        self.base.setText(unquote(parts.path.lstrip("/")))
        self.user.setText(unquote(parts.username or ""))
        self._rest = f"?{parts.query}" if parts.query else ""

    def focus_first(self) -> None:
        empty = next((one for one in (self.host, self.user) if not one.text()), self.secret)
        empty.setFocus(Qt.FocusReason.OtherFocusReason)


def _field(title: str, field: QWidget) -> QVBoxLayout:
    caption = label(title, "muted")
    caption.setBuddy(field)
    field.setAccessibleName(title.replace("&", ""))
    return column(caption, field, spacing=2)
