"""The exchange with the shared store: one exchange, what to do when it asks, what is told of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from demoexam.errors import UserError
from demoexam.hub.errors import NoHub, SnapshotNeeded
from demoexam.hub.hub import Hub
from demoexam.models.exchange import sync_log, sync_meta
from demoexam.models.journal import dirty
from demoexam.progress import Progress
from demoexam.services.papers.sheet import local_time
from demoexam.services.records.words import record_title, table_title
from demoexam.services.syncing.adoption import is_fresh, leave_reference, never_exchanged
from demoexam.services.syncing.connection import (
    connect_store,
    disconnect,
    hub_of,
    known_address,
    opened,
    place_words,
)
from demoexam.store.opening import create_store, open_store
from demoexam.store.store import Store
from demoexam.sync.first_sync import first_sync, resend_after_restore
from demoexam.sync.memory import recall, remember
from demoexam.sync.synchronizer import Exchange, exchange

__all__ = [
    "Answer", "Exchange", "ExchangeLine", "ParkedLine", "SyncState", "answer_restored",
    "connect_store", "disconnect", "exchanges", "parked_rows", "send_again", "store_from_hub",
    "sync_state", "synchronise",
]  # fmt: skip
KEPT_LINES = 1000  # exchanges remembered in the log
ADVICE = "\n\n"  # parts a trouble from what to do about it


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
    advice: str = ""  # what to do about it
    unsent: int = 0
    conflicts: int = 0
    held: int = 0
    parked: int = 0

    @property
    def connected(self) -> bool:
        return bool(self.url)

    @property
    def words(self) -> str:
        """Where the shared store is."""
        return place_words(self.url)


@dataclass(frozen=True)
class ExchangeLine:
    at: datetime
    pulled: int
    pushed: int
    conflicts: int
    trouble: str


@dataclass(frozen=True)
class ParkedLine:
    """A record that the hub did not take: it stays here until it is edited or sent again."""

    table: str
    record_id: str
    title: str
    kind: str
    reason: str


def synchronise(
    store: Store, *, url: str | None = None, password: str | None = None,
    progress: Progress | None = None,
) -> Exchange:  # fmt: skip
    """One exchange with the hub (connected first when `url` is given); its outcome is logged."""
    try:
        if url and known_address(url) != recall(store).get("hub_url"):
            connect_store(store, url, password=password)
        with hub_of(store, password) as hub:
            done = _exchange(store, hub, progress)
            hub.keep_copy()
    except NoHub:
        raise
    except UserError as error:
        _log(store, trouble=f"{error}{ADVICE}{error.hint}")
        raise
    _log(store, pulled=done.pulled, pushed=done.pushed, conflicts=done.conflicts)
    return done


def store_from_hub(
    path: Path, url: str, *, client: str, password: str | None = None,
    progress: Progress | None = None,
) -> Store:  # fmt: skip
    """A store where there was none: a copy of the hub, or a new one if the hub is empty."""
    with opened(url, password) as hub:
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
    with hub_of(store, password) as hub:
        if Answer(choice) is Answer.RESEND:
            resend_after_restore(store, hub)
        else:
            _begin_anew(store, hub, progress)
    return synchronise(store, password=password, progress=progress)


def sync_state(session: Session) -> SyncState:
    """How things stand now."""
    facts = session.execute(select(sync_meta.c.k, sync_meta.c.v))
    known = {key: str(value) for key, value in facts}
    newest = select(sync_log.c.at, sync_log.c.trouble).order_by(sync_log.c.n.desc()).limit(1)
    last = session.execute(newest).first()
    done = session.scalar(newest.where(sync_log.c.trouble == "").with_only_columns(sync_log.c.at))
    trouble, _, advice = last.trouble.partition(ADVICE) if last else ("", "", "")
    return SyncState(
        known.get("hub_url", ""), known.get("organization", ""),
        local_time(done) if done else None, local_time(last.at) if last else None,
        trouble, advice, *session.execute(text(_WAITING)).one(),
    )  # fmt: skip


def exchanges(session: Session, limit: int = 50) -> list[ExchangeLine]:
    """The last exchanges, newest first."""
    query = select(sync_log).order_by(sync_log.c.n.desc()).limit(limit)
    return [
        ExchangeLine(
            local_time(row.at), row.pulled, row.pushed, row.conflicts,
            row.trouble.partition(ADVICE)[0],
        )
        for row in session.execute(query)
    ]  # fmt: skip


def parked_rows(session: Session) -> list[ParkedLine]:
    """What the hub did not take, and why."""
    query = select(dirty).where(dirty.c.rejected.is_not(None)).order_by(dirty.c.row_id)
    return [
        ParkedLine(
            row.table_name, row.row_id, record_title(session, row.table_name, row.row_id),
            table_title(row.table_name), row.rejected,
        )
        for row in session.execute(query)
    ]  # fmt: skip


def send_again(session: Session) -> None:
    """Offer the hub once more what it did not take: a right may have been given meanwhile."""
    session.execute(dirty.update().where(dirty.c.rejected.is_not(None)).values(rejected=None))


def _exchange(store: Store, hub: Hub, progress: Progress | None) -> Exchange:
    if never_exchanged(store):
        with hub.reading() as far:
            filled = hub.state(far).rev > 0
            leave_reference(store, far)
        with store.reading() as session:
            anew = filled and is_fresh(session)
        if anew:
            _begin_anew(store, hub, progress)
    try:
        return exchange(store, hub, progress=progress)
    except SnapshotNeeded:
        _begin_anew(store, hub, progress)
    return exchange(store, hub, progress=progress)


def _begin_anew(store: Store, hub: Hub, progress: Progress | None) -> None:
    """A whole copy of the hub takes the file's place, under the same store; the log goes on."""
    organization = recall(store).get("organization", "")
    with store.reading() as session:
        log = [row._asdict() for row in session.execute(select(sync_log).order_by(sync_log.c.n))]
    first_sync(store.path, hub, client=store.client, progress=progress, rest=store.at_rest())
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


_WAITING = (
    "SELECT (SELECT count(*) FROM dirty WHERE rejected IS NULL),"
    " (SELECT count(*) FROM conflict WHERE status = 'open' AND deleted = 0),"
    " (SELECT count(*) FROM conflict WHERE status = 'open' AND deleted = 0 AND kind = 'rule'),"
    " (SELECT count(*) FROM dirty WHERE rejected IS NOT NULL)"
)
