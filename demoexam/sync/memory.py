"""What a store remembers of its hub between exchanges; local, never sent."""

from collections.abc import Iterable

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from demoexam.store.store import Store

Anything = Connection | Session
FIRST_SCHEMA = 2  # of the programs that did not note it


def recall(store: Store) -> dict[str, str]:
    """Everything remembered: hub_url, hub_id, cursor, head, organization, scope, own_college ..."""
    with store.reading() as session:
        return {row.k: row.v for row in session.execute(text("SELECT k, v FROM sync_meta"))}


def cursor(connection: Anything) -> int:
    """The last commit of the hub that this store has."""
    return int(connection.scalar(text("SELECT v FROM sync_meta WHERE k = 'cursor'")) or 0)


def spoke(store: Store) -> int:
    """The schema of the program that last took everything from the hub into this store."""
    return int(recall(store).get("schema", FIRST_SCHEMA))


def remember(connection: Anything, **facts: object) -> None:
    """Write some of the facts; an empty one is forgotten."""
    for key, value in facts.items():
        if value in {None, ""}:
            connection.execute(text("DELETE FROM sync_meta WHERE k = :k"), {"k": key})
        else:
            connection.execute(
                text(
                    "INSERT INTO sync_meta (k, v) VALUES (:k, :v)"
                    " ON CONFLICT (k) DO UPDATE SET v = excluded.v"
                ),
                {"k": key, "v": str(value)},
            )


def reached(connection: Anything, rev: int, batch: str) -> None:
    """The store now has everything of the hub up to commit `rev`, which `batch` made."""
    remember(connection, cursor=rev, head=batch)
    seen(connection, rev, batch)


def seen(connection: Anything, rev: int, batch: str) -> None:
    """The hub has had this commit; it may have others before it that this store has not."""
    connection.execute(
        text("INSERT OR REPLACE INTO sync_head (rev, batch) VALUES (:rev, :batch)"),
        {"rev": rev, "batch": batch},
    )


def heads(store: Store, *, last: int = -1) -> Iterable[tuple[int, str]]:
    """Commits of the hub that this store has seen, newest first; the `last` of them, or all."""
    with store.reading() as session:
        query = text("SELECT rev, batch FROM sync_head WHERE rev > 0 ORDER BY rev DESC LIMIT :last")
        return [(rev, batch) for rev, batch in session.execute(query, {"last": last})]


def pending(store: Store) -> bool:
    """Whether something waits to be sent; rows that the hub refused wait for a person instead."""
    with store.reading() as session:
        query = (
            "SELECT EXISTS (SELECT 1 FROM dirty WHERE rejected IS NULL)"
            " OR EXISTS (SELECT 1 FROM operation WHERE rev IS NULL)"
            " OR EXISTS (SELECT 1 FROM change WHERE rev IS NULL)"
        )
        return bool(session.scalar(text(query)))
