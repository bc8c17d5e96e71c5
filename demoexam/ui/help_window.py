"""The user's guide in a window of its own (F1): a list of chapters, and the text."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QMainWindow, QSplitter, QTextBrowser, QWidget

from demoexam import settings


def guide_folder() -> Path:
    """Where the guide's Markdown files lie: beside the resources."""
    return settings.resources().parent / "docs"


def chapters(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.md"))


class HelpWindow(QMainWindow):
    """Shows docs/*.md; each file is a chapter, its first line the title."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Справка")
        self.resize(900, 640)
        self._files = chapters(guide_folder())
        self.list = QListWidget()
        self.list.setAccessibleName("Главы")
        self.list.setMaximumWidth(240)
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(True)
        self.text.setAccessibleName("Текст справки")
        for file in self._files:
            self.list.addItem(_title(file))
        self.list.currentRowChanged.connect(self._show)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.list)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(1, 1)
        self.setCentralWidget(splitter)
        if self._files:
            self.list.setCurrentRow(0)
        else:
            self.text.setMarkdown("# Справка не установлена\n\nПереустановите программу.")

    def open_chapter(self, name: str) -> None:
        """Show the chapter of this file name, if there is one."""
        names = [file.name for file in self._files]
        if name in names:
            self.list.setCurrentRow(names.index(name))

    def _show(self, number: int) -> None:
        if 0 <= number < len(self._files):
            self.text.setMarkdown(self._files[number].read_text(encoding="utf-8"))


def _title(file: Path) -> str:
    with file.open(encoding="utf-8") as lines:
        return lines.readline().lstrip("# ").strip() or file.stem
