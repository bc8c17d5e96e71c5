"""An office of desktops around one hub, and what must hold in it after any accident."""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sync.fault_hubs import put_files, whole

from demoexam.hub.columns import CONFLICT, Form, forms
from demoexam.hub.hub import Hub
from demoexam.models.catalog import entities
from demoexam.store.schema import upgrade
from demoexam.store.store import Store
from demoexam.sync.first_sync import first_sync
from demoexam.sync.memory import pending
from demoexam.sync.synchronizer import Exchange, exchange

Contents = Mapping[str, Sequence[tuple[Any, ...]]]


@dataclass
class Office:
    """Desktops of one hub; each store is a file of `folder` named as its client."""

    folder: Path
    shared: Any  # FileHub, or what a server's fixture gives
    names: tuple[str, ...] = ("ivan", "olga")
    _open: dict[str, Store] = field(default_factory=dict)

    def furnish(self, blank: Path | None = None) -> "Office":
        """A new hub, and everybody in step with it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        first, *others = self.names
        if blank is None:  # without reference rows: everything is quicker
            with closing(Store(self.file(first))) as bare:
                upgrade(bare.engine, self.file(first))
        else:
            shutil.copyfile(blank, self.file(first))
        self.shared.create()
        with self.hub() as hub:
            exchange(self.store(first), hub)  # a server's hub has the same reference rows
            for name in others:
                first_sync(self.file(name), hub, client=name)
        return self.settle()

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.db"

    def store(self, name: str) -> Store:
        if name not in self._open:
            self._open[name] = Store(self.file(name), client=name)
        return self._open[name]

    @contextmanager
    def hub(self) -> Iterator[Hub]:
        hub = self.shared.connect()
        try:
            yield hub
        finally:
            hub.close()

    def sync(self, name: str, batch: int = 5000) -> Exchange:
        with self.hub() as hub:
            return exchange(self.store(name), hub, batch=batch)

    def close(self) -> None:
        for store in self._open.values():
            store.close()
        self._open.clear()

    def settle(self) -> "Office":
        """Exchange until everybody has everything: the last one's merge goes round once more."""
        for name in (*self.names, *self.names[:-1]):
            self.sync(name)
        return self

    def save(self, folder: Path) -> None:
        """Keep every file as it is; nobody may have one open."""
        self.close()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.shared.save(folder)
        for name in self.names:
            put_files(self.file(name), folder)

    def restore(self, folder: Path) -> None:
        self.close()
        self.shared.restore(folder)
        for name in self.names:
            put_files(folder / self.file(name).name, self.folder)

    # -- edits of a person ----------------------------------------------------------------

    def put(self, who: str, table: str, **values: Any) -> str:
        """A row written on a desktop."""
        record = entities()[table](**values)
        with self.store(who).transaction("новая запись") as session:
            session.add(record)
        return record.id

    def expert(self, name: str, last_name: str = "Громов", **values: Any) -> str:
        given = {"last_name": last_name, "first_name": "Пётр", "middle_name": last_name}
        return self.put(name, "expert", **{**given, **values})

    def edit(self, name: str, ident: str, table: str = "expert", **values: object) -> None:
        sets = ", ".join(f"{each} = :{each}" for each in values)
        with self.store(name).transaction("правка") as session:
            query = text(f"UPDATE {table} SET {sets} WHERE id = :id")
            session.execute(query, {"id": ident, **values})

    def value(self, name: str, ident: str, column: str = "note", table: str = "expert") -> Any:
        with self.store(name).reading() as session:
            query = text(f"SELECT {column} FROM {table} WHERE id = :id")
            return session.scalar(query, {"id": ident})

    # -- what is there --------------------------------------------------------------------

    def contents(self, name: str) -> Contents:
        with self.store(name).reading() as session:
            return {
                each.name: tuple(map(tuple, session.execute(text(_all(each)))))
                for each in forms()
            }  # fmt: skip

    def hub_contents(self) -> Contents:
        with self.hub() as hub, hub.reading() as far:
            return {
                each.name: tuple(row[:-1] for row in hub.changed(far, each, -1, 1 << 60))
                for each in forms()
            }

    def conflicts(self) -> Sequence[Mapping[str, Any]]:
        form = next(each for each in forms() if each.name == CONFLICT)
        return [form.image(row) for row in self.hub_contents()[CONFLICT]]

    def finals(self, contents: Contents, columns: Sequence[str]) -> dict[tuple[str, str], Any]:
        """(Expert, column) -> its value at rest."""
        form = next(each for each in forms() if each.name == "expert")
        images = [form.image(row) for row in contents["expert"]]
        return {(str(image["id"]), name): image[name] for image in images for name in columns}

    def disputed(self) -> dict[tuple[str, str], str]:
        """(Row, unit) -> all that stands in its conflicts."""
        told: dict[tuple[str, str], str] = {}
        for each in self.conflicts():
            key = (str(each["row_id"]), str(each["unit"]))
            told[key] = told.get(key, "") + f"{each['base']} {each['ours']} {each['theirs']} "
        return told

    def check(self) -> Contents:
        """All know the same, nothing waits, every file is whole; returns what the hub has."""
        truth = self.hub_contents()
        for name in self.names:
            mine = self.contents(name)
            for table, rows in truth.items():
                assert Counter(mine[table]) == Counter(rows), (name, table)
            store = self.store(name)
            assert not pending(store), name
            with store.reading() as session:
                assert not session.scalar(text("SELECT count(*) FROM sync_batch")), name
                assert not session.scalar(text("SELECT applying FROM store_state")), name
            assert whole(self.file(name)), name
        assert self.shared.sound()
        return truth


def _all(each: Form) -> str:
    return f"SELECT {each.quoted} FROM {each.name}"
