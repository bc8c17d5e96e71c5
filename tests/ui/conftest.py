"""Fixtures of the window's tests: a workspace over a real store, the theme put on once."""

import gc
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from demoexam.settings import LocalSettings
from demoexam.store.store import Store
from demoexam.ui import theme
from demoexam.ui.workspace import Workspace

PATIENCE_MS = 20_000


@pytest.fixture(scope="session", autouse=True)
def _themed(qapp: QApplication) -> None:
    theme.load_fonts()
    theme.apply(qapp, "light")


@pytest.fixture
def qtbot(qtbot: Any) -> Any:
    """pytest-qt's, with patience for a busy machine: a wait fails after 20 s, not 5."""
    qtbot.waitUntil = partial(qtbot.waitUntil, timeout=PATIENCE_MS)
    qtbot.waitSignal = partial(qtbot.waitSignal, timeout=PATIENCE_MS)
    return qtbot


@pytest.fixture
def workspace(store: Store, qapp: QApplication) -> Iterator[Workspace]:
    workspace = Workspace(store, LocalSettings())
    workspace.set_year(2026)
    yield workspace
    workspace.close()


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication) -> Iterator[None]:
    """After a test no window is left: one that was forgotten would take the next test's keys.

    Garbage is collected on the GUI thread alone, as in the program: see `demoexam.ui.application`.
    """
    gc.disable()
    yield
    gc.collect()
    gc.enable()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.close()
    assert not left
