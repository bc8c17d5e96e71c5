"""The application object: language, fonts, theme, and where garbage is collected."""

import gc
from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from demoexam.settings import APPLICATION, LocalSettings
from demoexam.ui import garbage, theme

COLLECT_MS = 10_000


def prepare(argv: Sequence[str], local: LocalSettings) -> QApplication:
    """The application object in Russian, with the theme on."""
    app = QApplication([*argv, *theme.STYLE])
    app.setApplicationName(APPLICATION)
    QLocale.setDefault(QLocale("ru_RU"))
    translator = QTranslator(app)
    if translator.load("qtbase_ru", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme.load_fonts()
    theme.apply(app, local.theme, local.font_scale, dressed=False)
    _collect_here(app)
    return app


def _collect_here(app: QApplication) -> None:
    """Collect garbage on the GUI thread alone: a cycle may hold widgets, which must die there."""
    gc.disable()
    timer = QTimer(app, interval=COLLECT_MS)
    timer.timeout.connect(garbage.collect)
    timer.start()
