"""The question before a window with unsaved answers is closed."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget


def ask_leave(window: QWidget, leave: Callable[[], object]) -> QMessageBox:
    """Shown, not run; Enter and Esc both stay."""
    asked = QMessageBox(window)
    asked.setWindowTitle("Закрыть без загрузки?")
    asked.setIcon(QMessageBox.Icon.Question)
    asked.setText("Закрыть без загрузки?")
    asked.setInformativeText(
        "Исправленные здесь ячейки и ответы пропадут; сам файл останется как был."
    )
    stay = asked.addButton("Остаться", QMessageBox.ButtonRole.RejectRole)
    away = asked.addButton("Закрыть", QMessageBox.ButtonRole.DestructiveRole)
    asked.setDefaultButton(stay)
    asked.setEscapeButton(stay)
    away.clicked.connect(leave)
    asked.finished.connect(asked.deleteLater)
    asked.open()
    return asked
