"""The window: Qt Widgets written in code; the only package that imports PySide6."""

import demoexam.ui.quick_imports  # noqa: F401 -- before any other import that follows PySide's
