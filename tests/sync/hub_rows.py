"""Rows put into a hub in PostgreSQL, and what it then has, without any store."""

from sync.postgres import HubDatabase

from demoexam.hub.columns import form
from demoexam.hub.hub import connect_hub
from demoexam.hub.postgres_hub import PostgresHub
from demoexam.models.base import new_id
from demoexam.sync.merge import Row


def hub_of(postgres_hub: HubDatabase, user: str = "postgres") -> PostgresHub:
    hub = connect_hub(postgres_hub.url(user))
    assert isinstance(hub, PostgresHub)
    return hub


def rows(hub: PostgresHub, name: str) -> list[Row]:
    with hub.reading() as connection:
        return sorted(hub.changed(connection, form(name), 0, 10**9))


def write(hub: PostgresHub, name: str, *written: Row) -> int:
    with hub.writing() as connection:
        rev = hub.open_commit(connection, new_id(), "", len(written))
        hub.upsert(connection, form(name), written, rev)
    return rev


def filled(table: str, /, **values: object) -> Row:
    """A row whose other columns are plain."""
    plain: dict[str, object] = {"id": new_id(), "owner_id": "", "deleted": 0, "held": 0} | values
    return tuple(plain.get(column) for column in form(table).columns)
