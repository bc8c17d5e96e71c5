"""Two desktops at one hub, by name: what a fixed case of an exchange is written with."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import text
from sync import oracle
from sync.desks import Desk, World
from sync.hand import plain
from sync.postgres import Server
from sync.postgres_share import PostgresShare, make_empty
from sync.shares import SqliteShare, make_blank_hub, make_blank_store

from demoexam.hub.columns import CONFLICT, form
from demoexam.models.base import new_id

HUBS = ("file", "postgresql")


class TwoDesks:
    """Anna's and Boris's. `at_rest` exchanges until all is quiet, and asks the oracle."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.anna, self.boris = world.desks[:2]

    def add(self, desk: Desk, table: str, **values: object) -> str:
        row = plain(table) | {"id": new_id()} | values
        self.world.work(desk, lambda hand: hand.put(table, row), f"добавлено: {table}")
        return str(row["id"])

    def write(self, desk: Desk, table: str, ident: str, **values: object) -> None:
        self.world.work(desk, lambda hand: hand.write(table, ident, values))

    def delete(self, desk: Desk, table: str, ident: str) -> None:
        self.write(desk, table, ident, deleted=1, deleted_by=desk.name)

    def sync(self, *desks: Desk, **how: Any) -> None:
        for desk in desks:
            self.world.sync(desk, **how)

    def at_rest(self) -> None:
        self.world.settle()
        oracle.check(self.world)

    def row(self, desk: Desk, table: str, ident: str) -> Mapping[str, Any]:
        with desk.store.reading() as session:
            query = text(f'SELECT {form(table).quoted} FROM "{table}" WHERE id = :id')
            return dict(session.execute(query, {"id": ident}).mappings().one())

    def ids(self, table: str) -> list[str]:
        """Rows of the blank store, which every desk has."""
        with self.anna.store.reading() as session:
            return list(session.scalars(text(f'SELECT id FROM "{table}" ORDER BY id')))

    def conflicts(self, desk: Desk, ident: str, **having: object) -> list[Mapping[str, Any]]:
        """What is told of a row, oldest first; values as they were."""
        query = text(f"SELECT {form(CONFLICT).quoted} FROM conflict WHERE row_id = :id ORDER BY id")
        with desk.store.reading() as session:
            rows = [dict(row) for row in session.execute(query, {"id": ident}).mappings()]
        for row in rows:
            for image in ("base", "ours", "theirs"):
                row[image] = row[image] and json.loads(row[image])
        return [row for row in rows if having.items() <= row.items()]

    def told(self, desk: Desk, ident: str, **having: object) -> Mapping[str, Any]:
        """The only conflict of a row."""
        found = self.conflicts(desk, ident, **having)
        assert len(found) == 1, f"{len(found)} conflicts of {ident}: {found}"
        return found[0]


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return make_blank_store(tmp_path_factory.mktemp("small") / "store.db")


@pytest.fixture(scope="session")
def small_hub(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return make_blank_hub(tmp_path_factory.mktemp("small") / "hub.db")


@pytest.fixture(scope="session")
def empty_server(postgres_server: Server) -> Server:
    """A server with an empty hub to copy."""
    make_empty(postgres_server)
    return postgres_server


@pytest.fixture(params=HUBS)
def world(request: pytest.FixtureRequest, tmp_path: Any, small_store: Any) -> Iterator[World]:
    """Two desks that know all of the blank store, and a third one that only listens."""
    if request.param == "file":
        share: Any = SqliteShare(tmp_path, request.getfixturevalue("small_hub"))
    else:
        share = PostgresShare(request.getfixturevalue("empty_server"))
    world = World(tmp_path, share, small_store, desks=3)
    world.settle()
    yield world
    world.close()


@pytest.fixture
def two(world: World) -> TwoDesks:
    return TwoDesks(world)
