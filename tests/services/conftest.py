"""Two computers and a shared file, for the services of the exchange."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Builder
from sqlalchemy.orm import Session

from demoexam.hub import hub_file
from demoexam.services.syncing.cards import ConflictCard
from demoexam.services.syncing.conflicts import open_conflicts
from demoexam.services.syncing.exchange import Exchange, connect_store, synchronise
from demoexam.store.store import Store


@dataclass
class Desk:
    """A coordinator's computer."""

    store: Store

    def do(self, service: Callable[..., Any], text: str = "правка", **facts: Any) -> Any:
        with self.store.transaction(text) as session:
            return service(session, **facts)

    def make(self, build: Callable[[Builder], Any]) -> Any:
        return self.do(lambda session: build(Builder(session)))

    def see(self, query: Callable[[Session], Any]) -> Any:
        with self.store.reading() as session:
            return query(session)

    def sync(self) -> Exchange:
        return synchronise(self.store)

    def cards(self) -> list[ConflictCard]:
        return self.see(open_conflicts)

    def card(self) -> ConflictCard:
        (card,) = self.cards()
        return card


@dataclass
class Pair:
    """Two connected computers and their hub."""

    here: Desk
    there: Desk
    hub: Path

    def settle(self) -> None:
        """Exchange until both know the same."""
        for desk in (self.here, self.there, self.here, self.there):
            desk.sync()


@pytest.fixture(scope="session")
def connected_files(tmp_path_factory: pytest.TempPathFactory, blank_store: Path) -> Path:
    """A hub and two stores that have exchanged nothing but reference data."""
    folder = tmp_path_factory.mktemp("connected")
    hub_file.create(folder / "hub.db")
    for name in ("here", "there"):
        store = Store(shutil.copyfile(blank_store, folder / f"{name}.db"), client=name)
        connect_store(store, str(folder / "hub.db"))
        synchronise(store)
        store.close()
    return folder


@pytest.fixture
def pair(connected_files: Path, tmp_path: Path) -> Iterator[Pair]:
    for name in ("hub", "here", "there"):
        shutil.copyfile(connected_files / f"{name}.db", tmp_path / f"{name}.db")
    desks = []
    for name in ("here", "there"):
        with closing(sqlite3.connect(tmp_path / f"{name}.db")) as raw, raw:
            url = f"sqlite:///{(tmp_path / 'hub.db').as_posix()}"
            raw.execute("UPDATE sync_meta SET v = ? WHERE k = 'hub_url'", (url,))
        desks.append(Desk(Store(tmp_path / f"{name}.db", client=name)))
    yield Pair(*desks, tmp_path / "hub.db")
    for desk in desks:
        desk.store.close()


@pytest.fixture
def hub(tmp_path):
    hub_file.create(tmp_path / "hub.db")
    return tmp_path / "hub.db"


@pytest.fixture
def other(blank_store, tmp_path):
    store = Store(shutil.copyfile(blank_store, tmp_path / "other.db"), client="other")
    yield store
    store.close()
