"""Where the shared store is: its address as it is remembered, and opening it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from demoexam.hub.errors import LocksDoNotWork, NoHub
from demoexam.hub.hub import Hub, connect_hub, hub_path
from demoexam.services.syncing.adoption import never_exchanged, prepare
from demoexam.services.syncing.hub_password import forget_password, password_of, remember_password
from demoexam.store.store import Store, own_college
from demoexam.sync.memory import recall, remember


def connect_store(store: Store, url: str, *, password: str | None = None) -> None:
    """Remember the hub at the address once it has answered; nothing is exchanged yet.

    A file is refused where another process can write while we do: it would be damaged some day.
    """
    address, password = known_address(url), password or typed_password(url)
    with opened(address, password) as hub, hub.reading() as far:
        state = hub.state(far)
        if password:
            remember_password(address, password)
        if address != recall(store).get("hub_url"):
            _refuse_without_locks(hub)
        if never_exchanged(store):
            prepare(store, hub, far, state.organization)
        known = recall(store)
        with store.reading() as session:
            own = known.get("own_college") or state.organization or own_college(session)
        hub_id = known.get("hub_id", state.hub_id)  # another hub is a question, later
        facts = {"hub_id": hub_id, "organization": state.organization, "own_college": own}
        with store.applying() as near:
            remember(near, hub_url=address, **facts)


def disconnect(store: Store) -> None:
    """Forget the address and the password; what was exchanged stays, and may go on later."""
    url = recall(store).get("hub_url", "")
    with store.applying() as near:
        remember(near, hub_url="")
    if url:
        forget_password(url)


@contextmanager
def opened(url: str, password: str | None = None) -> Iterator[Hub]:
    """The hub at the address, closed at the end."""
    address = known_address(url)
    hub = connect_hub(address, password=password or password_for(url))
    try:
        yield hub
    finally:
        hub.close()


@contextmanager
def hub_of(store: Store, password: str | None = None) -> Iterator[Hub]:
    """The hub the store remembers; NoHub if none."""
    url = recall(store).get("hub_url")
    if not url:
        raise NoHub
    with opened(url, password) as hub:
        yield hub


def _refuse_without_locks(hub: Hub) -> None:
    from demoexam.hub.hub_file import locks_work
    from demoexam.hub.sqlite_hub import SqliteHub
    from demoexam.sync.administration import writes_from_aside

    if not isinstance(hub, SqliteHub):
        return
    try:
        sound = locks_work(hub.path, writes_from_aside)
    except sqlite3.OperationalError:  # busy or without a right: the exchange will say so
        return
    if not sound:
        raise LocksDoNotWork(name=hub.path.parent)


def known_address(url: str) -> str:
    """As it is remembered: without a password; a path in full, the same from every folder."""
    scheme, _, rest = url.rpartition("://")
    if scheme in {"", "sqlite"} and rest:
        path = hub_path(rest.removeprefix("/") if scheme else rest)
        full = path.absolute().as_posix()
        return f"sqlite:///{full[full.startswith('//') :]}"  # //server/folder is /server/folder
    try:
        it = make_url(url)
    except (ArgumentError, ValueError):
        return url
    bare = URL.create(
        it.drivername, it.username, host=it.host, port=it.port, database=it.database,
        query=it.query,
    )  # fmt: skip
    return bare.render_as_string()


def typed_password(url: str) -> str | None:
    """A password written within the address."""
    try:
        return make_url(url).password if "://" in url else None
    except (ArgumentError, ValueError):
        return None


def password_for(url: str) -> str | None:
    """The password within the address, else the remembered one."""
    return typed_password(url) or password_of(known_address(url))


def place_words(url: str) -> str:
    """«файл hub.db в папке //server/demoexam», «сервер db.college.ru, имя ivanova»."""
    if not url.startswith("postgresql"):
        path = hub_path(url.removeprefix("sqlite:///"))
        return f"файл {path.name} в папке {path.parent}" if url else ""
    server = make_url(url)
    return f"сервер {server.host}, имя {server.username}"
