"""What happens on a bug: a log entry without personal data, and a dialog that says so."""

import sys
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox

from demoexam import settings

KEPT_BYTES, KEPT_FILES = 500_000, 3


def write_log(entry: str) -> None:
    """Append to the log file; a folder without write permission leaves the program without one."""
    import logging
    from logging.handlers import RotatingFileHandler

    file, log = settings.log_file(), logging.getLogger("demoexam")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            file, maxBytes=KEPT_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.error(entry)
    log.removeHandler(handler)
    handler.close()


def trace(error: BaseException) -> str:
    """Where it happened and of what kind, without messages: they may quote a person's data."""
    import traceback

    lines = []
    for frame in traceback.extract_tb(error.__traceback__):
        place = frame.filename.replace("\\", "/").rpartition("demoexam/")[2]
        lines.append(f"  {place}:{frame.lineno} {frame.name}")
    cause = error.__cause__ or error.__context__
    tail = f"\nиз-за {trace(cause)}" if cause is not None else ""
    return f"{type(error).__name__}\n" + "\n".join(lines) + tail


def report_crash(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, where)
        return
    write_log(trace(error))
    sys.__excepthook__(kind, error, where)
    if QApplication.instance() is not None:
        show_crash(error)


def show_crash(error: BaseException) -> QMessageBox:
    """Tell the user; his saved work is whole, since each operation is all or nothing."""
    box = QMessageBox(
        QMessageBox.Icon.Critical,
        settings.APPLICATION,
        "В программе произошла ошибка. Последнее действие не выполнено.",
        parent=QApplication.activeWindow(),
    )
    box.setInformativeText(
        "Сохранённые данные целы. Можно продолжать работу; если ошибка повторяется, "
        f"передайте разработчикам журнал:\n{settings.log_file()}\n"
        "Личных данных в нём нет."
    )
    box.setDetailedText(trace(error))
    box.open()
    return box
