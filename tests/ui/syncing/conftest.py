"""Two desktops with one shared store between them: workspaces, windows, exchanges."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sync.postgres import postgres_hub, postgres_server  # noqa: F401 -- fixtures by name
from ui.syncing.desktops import address

from demoexam.services.syncing.exchange import connect_store
from demoexam.settings import LocalSettings
from demoexam.store.store import Store
from demoexam.sync.administration import create_hub
from demoexam.ui.main_window import MainWindow
from demoexam.ui.workspace import Workspace

QUIET = 0  # minutes: nothing is exchanged that the test did not ask for


@pytest.fixture(scope="session")
def blank_hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shared store with reference data, made once; tests copy it."""
    path = tmp_path_factory.mktemp("hub") / "blank.db"
    create_hub(address(path))
    return path


@pytest.fixture
def hub(blank_hub: Path, tmp_path: Path) -> str:
    """The address of a shared store of this test."""
    folder = tmp_path / "share"
    folder.mkdir()
    shutil.copyfile(blank_hub, folder / "hub.db")
    return address(folder / "hub.db")


@pytest.fixture
def desktop(blank_store: Path, tmp_path: Path, qtbot: Any) -> Iterator[Callable[..., Workspace]]:
    """Make a desktop: a store of its own and its workspace, perhaps connected."""
    made: list[Workspace] = []

    def make(name: str, hub: str = "", minutes: int = QUIET) -> Workspace:
        path = tmp_path / f"{name}.db"
        shutil.copyfile(blank_store, path)
        store = Store(path, client=name)
        if hub:
            connect_store(store, hub)
        workspace = Workspace(store, LocalSettings(exchange_minutes=minutes))
        workspace.set_year(2026)
        made.append(workspace)
        return workspace

    yield make
    for workspace in made:
        workspace.close()
        workspace.store.close()


@pytest.fixture
def window_of(qtbot: Any) -> Iterator[Callable[[Workspace], MainWindow]]:
    """A window over a workspace, its exchange shown at once; work ends before it does."""
    made: list[MainWindow] = []

    def make(workspace: Workspace) -> MainWindow:
        window = MainWindow(workspace.local)
        made.append(window)
        window.resize(1366, 768)
        window.attach(workspace)
        window.follow_sync()
        window.show()
        qtbot.waitUntil(lambda: workspace.exchanger.state is not None)
        return window

    yield make
    for window in made:
        if window.workspace is not None:
            window.workspace.close()
        window.detach()
        window.close()
        window.deleteLater()


@pytest.fixture
def swap(qtbot: Any) -> Callable[..., None]:
    """Let desktops exchange one after another."""

    def run(*workspaces: Workspace) -> None:
        for workspace in workspaces:
            if workspace.exchanger.state is None:
                workspace.exchanger.look()
                qtbot.waitUntil(lambda one=workspace: one.exchanger.state is not None)
            with qtbot.waitSignal(workspace.exchanger.ended):
                workspace.exchanger.exchange(asked=True)
            with qtbot.waitSignal(workspace.exchanger.changed):
                workspace.exchanger.look()

    return run
