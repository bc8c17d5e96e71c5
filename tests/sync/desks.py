"""Some desktops around one hub, all of whose accepted work is remembered outside of them."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session
from sync.hand import Hand, Rolls
from sync.oracle import Ledger, image_of, image_of_hub
from sync.shares import Share

from demoexam.hub.errors import HubRestored, SnapshotNeeded, SyncRefused
from demoexam.progress import Progress
from demoexam.services.records.erasure import erase_person
from demoexam.store.store import Store
from demoexam.store.undo import revert
from demoexam.sync.first_sync import first_sync, resend_after_restore
from demoexam.sync.memory import pending, recall
from demoexam.sync.synchronizer import Exchanger

ROUNDS = 12
LATEST = 8  # operations that may still be taken back


class Crash(BaseException):
    """The program dies here."""


class Death:
    """Counts what is written, by either side; the program dies at the armed one."""

    def __init__(self) -> None:
        self._left: int | None = None

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "before_cursor_execute", self._on_statement)
        event.listen(engine, "commit", self._step)

    @contextmanager
    def at(self, step: int | None) -> Iterator[None]:
        self._left = step
        try:
            yield
        finally:
            self._left = None

    def _on_statement(self, _connection: object, _cursor: object, sql: str, *_rest: object) -> None:
        if not sql.startswith(("SELECT", "PRAGMA")) or sql.startswith("SELECT sync_"):
            self._step()

    def _step(self, *_rest: object) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                self._left = None
                raise Crash


@dataclass
class Desk:
    name: str
    store: Store


class World:
    """`broken` once anything unexpected happened: there is nothing to be asked of the rest then."""

    def __init__(self, folder: Path, share: Share, blank: Path, desks: int) -> None:
        self.folder, self.share, self.hub, self._blank = folder, share, share.hub, blank
        self.ledger = Ledger()
        self.count: Counter[str] = Counter()
        self.death = Death()
        self.death.watch(share.engine)
        self.broken = False
        self.was_restored = False
        self.hub_touched = True
        self._token = 1000
        self._copy: object | None = None
        self.desks: list[Desk] = []
        for number in range(desks):
            self.join(f"desk{number}")
        self.ledger.begin(image_of(self.desks[0].store))
        self.ledger.begin(image_of_hub(self.hub))  # a server has the organization of its user

    def join(self, name: str) -> Desk:
        """One more desk, with a blank store that no hub knows."""
        path = self.folder / f"{name}.db"
        shutil.copyfile(self._blank, path)
        self.desks.append(Desk(name, self._watched(Store(path, client=name))))
        return self.desks[-1]

    def desk(self, roll: int) -> Desk:
        return self.desks[roll % len(self.desks)]

    # -- work at a desk ------------------------------------------------------------------------

    def work(
        self, desk: Desk, write: Callable[[Hand], object], words: str = "правка",
        *, undoes: str | None = None,
    ) -> None:  # fmt: skip
        """One accepted transaction; what it changed is remembered here."""
        self._token += 10
        before = image_of(desk.store)
        with desk.store.transaction(words, undoes=undoes) as session:
            write(Hand(session, self._token))
        self.count["edits"] += self.ledger.note(before, image_of(desk.store))

    def insert(self, desk: Desk, table: str, rolls: Rolls, **given: object) -> None:
        self.work(desk, lambda hand: hand.insert(table, rolls, **given), f"добавлено: {table}")

    def edit(self, desk: Desk, table: str, rolls: Rolls, count: int = 1) -> None:
        def write(hand: Hand) -> None:
            if ident := hand.pick(table, rolls[-1]):
                hand.edit(table, ident, rolls, count)

        self.work(desk, write)

    def mark(self, desk: Desk, table: str, roll: int, *, deleted: bool) -> None:
        """Delete a row of this desk, or take its deletion back."""

        def write(hand: Hand) -> None:
            if ident := hand.pick(table, roll, deleted=not deleted):
                by = desk.name if deleted else None
                hand.write(table, ident, {"deleted": int(deleted), "deleted_by": by})
                self.count["deletions"] += deleted

        self.work(desk, write, "удаление" if deleted else "возврат")

    def same_edit(self, desks: tuple[Desk, Desk], table: str, rolls: Rolls) -> None:
        """The same value is typed into the same field twice."""
        with desks[0].store.reading() as session:
            hand = Hand(session, self._token + 9)
            ident = hand.pick(table, rolls[-1])
            unit = "note" if table in {"expert", "exam_session", "exam_place"} else None
            values = hand.value(table, unit, rolls) if unit else None
        for desk in desks:
            if ident and values and self._knows(desk, table, ident):
                self.work(desk, lambda hand: hand.write(table, ident, values))

    def resolve(self, desk: Desk, roll: int, *, mine: bool) -> None:
        """Choose one of the two values: an ordinary edit, and the conflict is closed with it."""
        from sync.oracle import choose

        self.work(desk, lambda hand: self.count.update(choose(hand, roll, mine=mine)), "выбор")

    def undo(self, desk: Desk, roll: int) -> None:
        query = text(
            "SELECT id FROM operation WHERE client = :client AND undoes IS NULL"
            " ORDER BY n DESC LIMIT :latest"
        )
        with desk.store.reading() as session:
            known = {"client": desk.name, "latest": LATEST}
            ids = session.scalars(query, known).all()
        if ids:
            ident = ids[roll % len(ids)]

            def write(hand: Hand) -> None:
                report = revert(hand._session, ident)
                self.count["undone rows"] += len(report.rows)

            self.work(desk, write, "отмена", undoes=ident)

    def erase(self, desk: Desk, table: str, ident: str) -> None:
        """«Удалить персональные данные»: from then on the oracle wants to find nothing of him."""
        part, link = ("employment", "expert") if table == "expert" else ("exam_place", "examinee")
        with desk.store.reading() as session:
            parts = text(f'SELECT id FROM "{part}" WHERE {link}_id = :id')
            gone = {ident, *session.scalars(parts, {"id": ident})}
        words = "удаление персональных данных"
        self.work(
            desk, lambda hand: erase_person(hand._session, table=table, record_id=ident), words
        )
        self.ledger.erased |= gone
        self.count["erased"] += 1

    # -- exchange --------------------------------------------------------------------------------

    def sync(
        self, desk: Desk, *, batch: int = 5000, much: int = 50_000, dies_at: int | None = None,
        on: Callable[[str], object] = lambda _step: None,
    ) -> None:  # fmt: skip
        """An exchange, as far as it gets; a desktop that died starts anew."""
        exchanger = Exchanger(desk.store, self.hub, Progress(), batch, much, on)
        self.hub_touched = True
        try:
            with self.death.at(dies_at):
                done = exchanger.run()
            self.count.update(syncs=1, pushed=done.pushed, pulled=done.pulled)
        except Crash:
            self.count["crashes"] += 1
            self.reopen(desk)
        except HubRestored:
            if not self.was_restored:
                raise
            resend_after_restore(desk.store, self.hub)
            self.count["sent again"] += 1
        except SnapshotNeeded:
            self.begin_anew(desk)

    def begin_anew(self, desk: Desk) -> None:
        """A whole copy of the hub under the unsent work of this desk."""
        with desk.store.reading() as session:
            unsent = int(session.scalar(text("SELECT count(*) FROM dirty")) or 0)
        desk.store.close()
        try:
            first_sync(desk.store.path, self.hub, client=desk.name)
        finally:
            desk.store = self._watched(Store(desk.store.path, client=desk.name))
        self.count.update({"begun anew": 1, "carried over": unsent})
        shutil.rmtree(desk.store.path.parent / "backups", ignore_errors=True)

    def begin_anew_if_safe(self, desk: Desk) -> None:
        """Not after a restored hub: what it has lost would go here too."""
        if self._agrees(desk):
            self.begin_anew(desk)

    def refused_sync(self, desk: Desk) -> None:
        """The hub is out of order: a sentence, and nothing lost."""
        with self.share.out_of_order():
            try:
                Exchanger(desk.store, self.hub).run()
            except SyncRefused:
                self.count["refused"] += 1

    def settle(self) -> None:
        """Exchange until nobody has anything new."""
        for _ in range(ROUNDS):
            before = self.rev()
            for desk in self.desks:
                self.sync(desk)
            if self.rev() == before and not any(pending(desk.store) for desk in self.desks):
                return
        self.broken = True
        raise AssertionError("the desks do not come to rest")

    def rev(self) -> int:
        with self.hub.reading() as far:
            return self.hub.state(far).rev

    # -- accidents --------------------------------------------------------------------------------

    def reopen(self, desk: Desk) -> None:
        desk.store.close()
        desk.store = self._watched(Store(desk.store.path, client=desk.name))

    def copy_desk(self, source: Desk, target: Desk) -> bool:
        """A file is copied over another one, which has nothing of its own to lose."""
        if source is target or pending(target.store) or not self._agrees(target):
            return False
        self._copy = None  # a hub put back after this would miss what only the lost file knew
        for desk in (source, target):
            desk.store.close()
        shutil.copyfile(source.store.path, target.store.path)
        self.count["copied files"] += 1
        return True

    def keep_hub(self) -> None:
        self._copy = self.share.copy()

    def put_hub_back(self) -> bool:
        if self._copy is None:
            return False
        self.share.put_back(self._copy)
        self.was_restored = self.hub_touched = True
        self.count["hub restored"] += 1
        return True

    def close(self) -> None:
        for desk in self.desks:
            desk.store.close()
        self.share.close()

    # -- within -----------------------------------------------------------------------------------

    def _watched(self, store: Store) -> Store:
        event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
        self.death.watch(store.engine)
        return store

    def _knows(self, desk: Desk, table: str, ident: str) -> bool:
        with desk.store.reading() as session:
            return _has(session, table, ident)

    def _agrees(self, desk: Desk) -> bool:
        """Whether the hub still has the commit up to which this desk knows it."""
        known = recall(desk.store)
        with self.hub.reading() as far:
            return self.hub.batch_at(far, int(known.get("cursor", 0))) == known.get("head")


def _has(session: Session, table: str, ident: str) -> bool:
    query = text(
        f'SELECT 1 FROM "{table}" WHERE id = :id AND id NOT IN (SELECT row_id FROM erasure)'
    )
    return bool(session.scalar(query, {"id": ident}))
