"""One exchange: take what is new, merge, send what is ours; to be repeated after any accident."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from demoexam.errors import UserError
from demoexam.hub.columns import CONFLICT, SCHEMA, Form, form, forms, untaken_by
from demoexam.hub.errors import (
    HubRestored,
    HubTooOld,
    OtherHub,
    ProgramTooOld,
    SnapshotNeeded,
)
from demoexam.hub.hub import Hub, HubState
from demoexam.models.base import new_id
from demoexam.progress import Progress
from demoexam.store.store import Store
from demoexam.sync.applying import Arrival, add_stubs
from demoexam.sync.batches import Batch, News, mark_sent, unsent_entries, unsent_rows
from demoexam.sync.memory import cursor, heads, pending, reached, recall, remember, seen, spoke
from demoexam.sync.merge import Row

BATCH = 5000  # rows of a commit: bounds the time under the hub's lock
MUCH = 50_000  # changes that are sooner copied whole
REFUSED_AT_MOST = 50


class TooManyRefused(UserError):
    text = "Общее хранилище не принимает ваши записи: {reason}"
    advice = "Покажите это сообщение администратору. Ваши правки целы."


@dataclass
class Exchange:
    """What an exchange did, and what waits in this store after it.

    `pulled` and `pushed` count rows of entities: no journal, no conflicts.
    """

    pulled: int = 0
    pushed: int = 0
    conflicts: int = 0
    held: int = 0
    parked: int = 0
    rev: int = 0
    tables: set[str] = field(default_factory=set)

    def as_values(self) -> dict[str, int]:
        return {
            "pulled": self.pulled, "pushed": self.pushed, "conflicts": self.conflicts,
            "held": self.held, "parked": self.parked, "rev": self.rev,
        }  # fmt: skip


@dataclass
class Exchanger:
    """One run against a hub. `on` is told each step's name: tests act there."""

    store: Store
    hub: Hub
    progress: Progress = field(default_factory=Progress)
    batch: int = BATCH
    much: int = MUCH
    on: Callable[[str], object] = lambda _step: None
    done: Exchange = field(default_factory=Exchange)
    _facts: dict[str, str] = field(default_factory=dict)  # which hub this is, and what it shows us

    def run(self) -> Exchange:
        unfinished = self._unfinished()
        if unfinished is None:
            self._pull()
        while unfinished is not None or pending(self.store):
            self.progress.check()
            # what comes while others write need not be merged under the lock
            with self.hub.writing(self._pull if unfinished is None else None) as far:
                if unfinished is not None:
                    self._settle(far, unfinished)
                    unfinished = None
                while not self._take(self._fetch(far)):
                    continue
                sent, entries = self._collect()
                if sent is None:
                    break
                rev, refused, more = self._push(far, sent, entries)
                self.on("before commit")
            self.on("after commit")
            self._acknowledge(sent, rev, refused, complete=not more)
            if more:
                self._pull()
        self._count_waiting()
        return self.done

    def _unfinished(self) -> Batch | None:
        with self.store.reading() as session:
            row = session.execute(text("SELECT id, payload FROM sync_batch")).first()
        return Batch.read(*row) if row else None

    def _settle(self, far: Connection, sent: Batch) -> None:
        """Was the last batch committed? Asked under the lock: a COMMIT may be on its way."""
        handshake(self.store, self.hub.state(far), self.hub, far)
        rev = self.hub.commit_of(far, sent.id)
        if rev is None:
            with self.store.applying() as near:
                near.exec_driver_sql("DELETE FROM sync_batch")
        else:
            self._acknowledge(sent, rev, {}, complete=False)

    def _pull(self) -> None:
        """The hub is left before the merge: on a share a reader keeps writers from committing."""
        with self.hub.reading() as far:
            news = self._fetch(far)
        self._take(news)

    def _fetch(self, far: Connection) -> News | None:
        state = self.hub.state(far)
        since = handshake(self.store, state, self.hub, far)
        self._facts = {"hub_id": state.hub_id, "scope": state.scope, "schema": str(SCHEMA)}
        missed = {each.name for each in untaken_by(spoke(self.store))} if since else set()
        if state.rev <= since and not missed:
            if not state.rev:  # the first to write there will know it again, too
                with self.store.applying() as near:
                    remember(near, hub_id=state.hub_id, scope=state.scope)
            return None
        known = [each.name for each in forms() if each.name not in missed]
        many = self.hub.count_changed(far, known, since)
        many |= self.hub.count_changed(far, missed, 0) if missed else {}
        if sum(many.values()) > self.much:
            raise SnapshotNeeded
        new = (each for each in forms() if many[each.name])
        got = {
            each: self.hub.changed(far, each, 0 if each.name in missed else since, state.rev)
            for each in new
        }
        return News(state, since, self.hub.batch_at(far, state.rev) or "", got)

    def _take(self, news: News | None) -> bool:
        """False if another program has moved this store's cursor since the news were fetched."""
        if news is None:
            return True
        self.on("pulled")
        with self.store.applying() as near:
            if cursor(near) != news.cursor:
                return False
            arrival = Arrival(near, self.store.client)
            arrival.take(news.rows)
            if news.state.scope:
                add_stubs(near, news.rows)
            remember(near, **self._facts)
            reached(near, news.state.rev, news.head)
            self.on("merged")
        self.done.pulled += arrival.rows
        self.done.tables |= arrival.tables
        self.done.rev = news.state.rev
        return True

    def _collect(self) -> tuple[Batch | None, Mapping[Form, Sequence[Row]]]:
        """What to send next, noted down before it is sent."""
        rows: dict[str, Sequence[Row]] = {}
        entries: dict[Form, Sequence[Row]] = {}
        journal: dict[str, int] = {}
        with self.store.applying() as near:
            room = self.batch
            for each in forms():
                if each.journal:
                    found = unsent_entries(near, each, self.batch)
                    if found:
                        entries[each] = [row[:-1] for row in found]
                        journal[each.name] = int(str(found[-1][-1]))
                elif room > 0 and (found := unsent_rows(near, each, room)):
                    rows[each.name] = found
                    room -= len(found)
            if not rows and not journal:
                return None, {}
            sent = Batch(new_id(), rows, journal)
            near.exec_driver_sql(
                "INSERT INTO sync_batch (id, payload) VALUES (?, ?)", (sent.id, sent.payload())
            )
            self.on("collected")
        return sent, entries

    def _push(
        self, far: Connection, sent: Batch, entries: Mapping[Form, Sequence[Row]]
    ) -> tuple[int, dict[tuple[str, str], str], bool]:
        """-> the commit, what the hub refused and why, and whether it wrote more than was sent."""
        count = sum(map(len, sent.rows.values()))
        rev = self.hub.open_commit(far, sent.id, self.store.client, count)
        refused: dict[tuple[str, str], str] = {}
        for name, rows in sent.rows.items():
            self._write(far, form(name), [row[:-1] for row in rows], rev, refused)
        for each, found in entries.items():
            self._write(far, each, found, rev, refused)
        self.on("pushed")
        more = self.hub.apply_rules(far, rev, self.store.client)
        self.on("ruled")
        counted = sum(len(rows) for name, rows in sent.rows.items() if name != CONFLICT)
        self.done.pushed += counted - len(refused)
        return rev, refused, more

    def _write(
        self, far: Connection, each: Form, rows: Sequence[Row], rev: int,
        refused: dict[tuple[str, str], str],
    ) -> None:  # fmt: skip
        """All rows but those the hub refuses: they are found by halving, and stay here."""
        try:
            with far.begin_nested():
                self.hub.upsert(far, each, rows, rev)
        except DBAPIError as error:
            reason = self.hub.refusal(error)
            if reason is None:
                raise
            if len(rows) == 1:
                refused[each.name, str(rows[0][0])] = reason
                if len(refused) > REFUSED_AT_MOST:
                    raise TooManyRefused(reason=reason) from error
                return
            half = len(rows) // 2
            self._write(far, each, rows[:half], rev, refused)
            self._write(far, each, rows[half:], rev, refused)

    def _acknowledge(
        self, sent: Batch, rev: int, refused: Mapping[tuple[str, str], str], *, complete: bool
    ) -> None:
        """The hub has the batch: what was sent is the base now; a row touched since stays unsent.

        `complete`: the hub has nothing else that is new, so this store has reached the commit.
        """
        with self.store.applying() as near:
            noted = near.exec_driver_sql("DELETE FROM sync_batch WHERE id = ?", (sent.id,))
            if not noted.rowcount:
                return  # another exchange of this store has done it: rows may be touched since
            for name, rows in sent.rows.items():
                taken = [row for row in rows if (name, str(row[0])) not in refused]
                mark_sent(near, form(name), taken, rev)
            for name, last in sent.journal.items():
                near.exec_driver_sql(
                    f'UPDATE "{name}" SET rev = ? WHERE rev IS NULL AND n <= ?', (rev, last)
                )
            for (name, ident), reason in refused.items():
                near.exec_driver_sql(
                    "UPDATE dirty SET rejected = ? WHERE table_name = ? AND row_id = ?",
                    (reason, name, ident),
                )
            if complete:
                remember(near, **self._facts)
                reached(near, rev, sent.id)
                self.done.rev = rev
            seen(near, rev, sent.id)
            self.on("acknowledged")

    def _count_waiting(self) -> None:
        with self.store.reading() as session:
            query = text(
                "SELECT (SELECT count(*) FROM conflict WHERE status = 'open' AND deleted = 0),"
                " (SELECT count(*) FROM conflict WHERE status = 'open' AND kind = 'rule'"
                " AND deleted = 0), (SELECT count(*) FROM dirty WHERE rejected IS NOT NULL)"
            )
            row = session.execute(query).one()
        self.done.conflicts, self.done.held, self.done.parked = row
        self.done.rev = self.done.rev or int(recall(self.store).get("cursor", 0))


def exchange(
    store: Store, hub: Hub, *, progress: Progress | None = None, batch: int = BATCH
) -> Exchange:
    """Make the store and the hub know the same. Idempotent: after any accident, run it again.

    Raises a SyncRefused that says why not; local work is whole then, and nothing is half done.
    """
    return Exchanger(store, hub, progress or Progress(), batch).run()


def handshake(store: Store, state: HubState, hub: Hub, far: Connection) -> int:
    """The store's cursor, if this is the hub it knows and both programs understand each other."""
    if state.min_client > SCHEMA:
        raise ProgramTooOld
    if state.schema < SCHEMA:
        raise HubTooOld
    known = recall(store)
    since = int(known.get("cursor", 0))
    if known.get("hub_id", state.hub_id) != state.hub_id:
        raise OtherHub
    if any(hub.batch_at(far, rev) != batch for rev, batch in heads(store, last=1)):
        raise HubRestored  # the last commit seen: what was sent may be ahead of the cursor
    if since < state.purged or (since and known.get("scope", "") != state.scope):
        raise SnapshotNeeded
    return since
