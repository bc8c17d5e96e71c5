"""The exchange with the shared store: connecting, one exchange, and what is to be told of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from demoexam.errors import UserError
from demoexam.models.exchange import sync_log, sync_meta
from demoexam.progress import Progress
from demoexam.services.hub_password import forget_password, password_of, remember_password
from demoexam.services.paper_sheet import local_time
from demoexam.services.sync_adoption import is_fresh, never_exchanged, prepare
from demoexam.store.opening import create_store, open_store
from demoexam.store.store import Store
from demoexam.sync.errors import NoHub, SnapshotNeeded
from demoexam.sync.first_sync import first_sync, resend_after_restore
from demoexam.sync.hub import Hub, connect_hub, hub_path
from demoexam.sync.memory import recall, remember
from demoexam.sync.synchronizer import Exchange, exchange

KEPT_LINES = 1000  # exchanges remembered in the log


class Answer(StrEnum):
    """What to do with a hub that was restored from a copy, or made anew."""

    RESEND = "resend"  # send it what this computer has
    TAKE = "take"  # take everything from it again


@dataclass(frozen=True)
class SyncState:
    """How the store stands to its hub, for the status bar and the page; times are local."""

    url: str = ""
    organization: str = ""
    last_at: datetime | None = None  # of the last exchange that took place
    tried_at: datetime | None = None
    trouble: str = ""  # why the last one did not, or ""
    unsent: int = 0
    conflicts: int = 0
    held: int = 0
    parked: int = 0

    @property
    def connected(self) -> bool:
        return bool(self.url)


@dataclass(frozen=True)
class ExchangeLine:
    at: datetime
    pulled: int
    pushed: int
    conflicts: int
    trouble: str


def connect_store(store: Store, url: str, *, password: str | None = None) -> None:
    """Remember the hub at the address once it has answered; nothing is exchanged yet."""
    address, password = _known_address(url), password or _typed_password(url)
    with _opened(address, password) as hub, hub.reading() as far:
        state = hub.state(far)
        if password:
            remember_password(address, password)
        if never_exchanged(store):
            prepare(store, hub, far, state.organization)
        with store.applying() as near:
            remember(near, hub_url=address, organization=state.organization)


def disconnect(store: Store) -> None:
    """Forget the address and the password; what was exchanged stays, and may go on later."""
    url = recall(store).get("hub_url", "")
    with store.applying() as near:
        remember(near, hub_url="")
    if url:
        forget_password(url)


def synchronise(
    store: Store, *, url: str | None = None, password: str | None = None,
    progress: Progress | None = None,
) -> Exchange:  # fmt: skip
    """One exchange with the hub (connected first when `url` is given); its outcome is logged."""
    try:
        if url and _known_address(url) != recall(store).get("hub_url"):
            connect_store(store, url, password=password)
        with _hub_of(store, password) as hub:
            done = _exchange(store, hub, progress)
    except NoHub:
        raise
    except UserError as error:
        _log(store, trouble=str(error))
        raise
    _log(store, pulled=done.pulled, pushed=done.pushed, conflicts=done.conflicts)
    return done


def store_from_hub(
    path: Path, url: str, *, client: str, password: str | None = None,
    progress: Progress | None = None,
) -> Store:  # fmt: skip
    """A store where there was none: a copy of the hub, or a new one if the hub is empty."""
    with _opened(_known_address(url), password or _typed_password(url)) as hub:
        with hub.reading() as far:
            filled = hub.state(far).rev > 0
        if filled:
            first_sync(path, hub, client=client, progress=progress)
    store = open_store(path, client=client) if filled else create_store(path, client=client)
    try:
        connect_store(store, url, password=password)
    except BaseException:
        store.close()
        raise
    return store


def answer_restored(
    store: Store, choice: Answer, *, password: str | None = None, progress: Progress | None = None
) -> Exchange:
    """Go on with a hub that was restored or made anew, as the user chose; then exchange.

    Taking everything again keeps a checked copy of the store beside it.
    """
    with _hub_of(store, password) as hub:
        if Answer(choice) is Answer.RESEND:
            resend_after_restore(store, hub)
        else:
            _begin_anew(store, hub, progress, keep=True)
    return synchronise(store, password=password, progress=progress)


def sync_state(session: Session) -> SyncState:
    """How things stand now."""
    known = dict(session.execute(select(sync_meta.c.k, sync_meta.c.v)).tuples().all())
    newest = select(sync_log.c.at, sync_log.c.trouble).order_by(sync_log.c.n.desc()).limit(1)
    last = session.execute(newest).first()
    done = session.scalar(newest.where(sync_log.c.trouble == "").with_only_columns(sync_log.c.at))
    counts = session.execute(text(_WAITING)).one()
    return SyncState(
        known.get("hub_url", ""), known.get("organization", ""),
        local_time(done) if done else None, local_time(last.at) if last else None,
        last.trouble if last else "", *counts,
    )  # fmt: skip


def exchanges(session: Session, limit: int = 50) -> list[ExchangeLine]:
    """The last exchanges, newest first."""
    query = select(sync_log).order_by(sync_log.c.n.desc()).limit(limit)
    return [
        ExchangeLine(local_time(row.at), row.pulled, row.pushed, row.conflicts, row.trouble)
        for row in session.execute(query)
    ]


@contextmanager
def _opened(address: str, password: str | None) -> Iterator[Hub]:
    hub = connect_hub(address, password=password or password_of(address))
    try:
        yield hub
    finally:
        hub.close()


@contextmanager
def _hub_of(store: Store, password: str | None) -> Iterator[Hub]:
    url = recall(store).get("hub_url")
    if not url:
        raise NoHub
    with _opened(url, password) as hub:
        yield hub


def _exchange(store: Store, hub: Hub, progress: Progress | None) -> Exchange:
    with hub.reading() as far:
        filled = hub.state(far).rev > 0
    with store.reading() as session:
        anew = filled and is_fresh(session)
    if anew:
        _begin_anew(store, hub, progress, keep=False)
    try:
        return exchange(store, hub, progress=progress)
    except SnapshotNeeded:
        _begin_anew(store, hub, progress, keep=True)
    return exchange(store, hub, progress=progress)


def _begin_anew(store: Store, hub: Hub, progress: Progress | None, *, keep: bool) -> None:
    """A whole copy of the hub takes the file's place, under the same store; the log goes on."""
    with store.reading() as session:
        log = [row._asdict() for row in session.execute(select(sync_log).order_by(sync_log.c.n))]
        organization = recall(store).get("organization", "")
    with store.at_rest() as path:
        first_sync(path, hub, client=store.client, progress=progress, keep=keep)
    with store.applying() as near:
        remember(near, organization=organization)
        if log:
            near.execute(insert(sync_log), log)


def _log(store: Store, **facts: object) -> None:
    with store.applying() as near:
        now = datetime.now(UTC).replace(tzinfo=None)
        near.execute(insert(sync_log).values(at=now, **facts))
        newest = select(sync_log.c.n).order_by(sync_log.c.n.desc()).limit(KEPT_LINES)
        near.execute(sync_log.delete().where(sync_log.c.n.not_in(newest)))


def _known_address(url: str) -> str:
    """As it is remembered: without a password; a path in full, the same from every folder."""
    scheme, _, rest = url.rpartition("://")
    if scheme in {"", "sqlite"} and rest:
        path = hub_path(rest.removeprefix("/") if scheme else rest)
        return f"sqlite:///{path.absolute().as_posix()}"
    try:
        return make_url(url).set(password=None).render_as_string()
    except (ArgumentError, ValueError):
        return url


def _typed_password(url: str) -> str | None:
    try:
        return make_url(url).password if "://" in url else None
    except (ArgumentError, ValueError):
        return None


_WAITING = (
    "SELECT (SELECT count(*) FROM dirty WHERE rejected IS NULL AND table_name <> 'conflict'),"
    " (SELECT count(*) FROM conflict WHERE status = 'open' AND deleted = 0),"
    " (SELECT count(*) FROM conflict WHERE status = 'open' AND deleted = 0 AND kind = 'rule'),"
    " (SELECT count(*) FROM dirty WHERE rejected IS NOT NULL)"
)
