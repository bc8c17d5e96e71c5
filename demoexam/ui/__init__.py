"""The window: Qt Widgets written in code; the only package that imports PySide6."""
