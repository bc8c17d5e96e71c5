"""Hubs as the tests use them: copies of a blank one, that may be put back; no waits, no fsync."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, event
from sync.hand import Hand

from demoexam.hub import hub_file
from demoexam.hub.hub import Hub
from demoexam.hub.sqlite_hub import SqliteHub
from demoexam.store.schema import upgrade
from demoexam.store.store import Store


class Share(Protocol):
    """A hub under test and what can befall it."""

    hub: Hub
    engine: Engine

    def copy(self) -> object: ...
    def put_back(self, copy: Any) -> None: ...
    def out_of_order(self) -> AbstractContextManager[object]: ...
    def close(self) -> None: ...


class SqliteShare:
    def __init__(self, folder: Path, blank: Path) -> None:
        self.path = folder / "hub.db"
        shutil.copyfile(blank, self.path)
        self.hub = SqliteHub(self.path, patience=0)
        self.engine: Engine = self.hub._engine
        self._pragmas = "PRAGMA synchronous = OFF"
        event.listen(self.engine, "connect", lambda raw, _: raw.execute(self._pragmas))

    def copy(self) -> bytes:
        return self.path.read_bytes()

    def put_back(self, copy: bytes) -> None:
        self.path.write_bytes(copy)

    @contextmanager
    def out_of_order(self) -> Iterator[None]:
        """Another program writes into the file, and does not come to an end."""
        usual, self._pragmas = self._pragmas, "PRAGMA busy_timeout = 0"
        with closing(sqlite3.connect(self.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        self._pragmas = usual

    @contextmanager
    def read_only(self) -> Iterator[None]:
        usual, self._pragmas = self._pragmas, "PRAGMA query_only = ON"
        yield
        self._pragmas = usual

    def close(self) -> None:
        self.hub.close()


def memory_backed(otherwise: Path) -> Path:
    """Where files cost no disk, if there is such a place."""
    memory = Path("/dev/shm")  # noqa: S108 -- a folder of ours is made in it
    return memory if memory.is_dir() else otherwise


def make_blank_hub(path: Path) -> Path:
    hub_file.create(path)
    return path


def make_blank_store(path: Path) -> Path:
    """What every sitting needs, the same rows for every desk, and no reference data."""
    store = Store(path)
    upgrade(store.engine, path)
    with store.transaction("начало") as session:
        hand = Hand(session, 0)
        employers = [hand.insert("organization", (n,), kind="employer", inn=None) for n in range(2)]
        specialty = _whole(hand, "specialty", code="09.02.07", title="Программирование")
        kit = {"code": "09.02.07-2-2026", "specialty_id": specialty, "year": 2026}
        kit_id = _whole(hand, "assessment_kit", **kit)
        for number in range(2):
            college = hand.insert("organization", (number,), kind="college", inn=None)
            room = hand.insert("workshop", (number,), organization_id=college)
            group = hand.insert("study_group", (number,), college_id=college)
            examinee = _whole(
                hand, "examinee", group_id=group, last_name="Ильин", first_name="Олег"
            )
            expert = hand.insert("expert", (number,))
            hand.insert("employment", (0, 0), expert_id=expert, organization_id=employers[number])
            day = f"2026-06-{16 + 2 * number}"
            times = {"starts_at": f"{day}T09:00", "ends_at": f"{day}T12:00", "second_day": None}
            ids = {"group_id": group, "kit_id": kit_id, "workshop_id": room}
            sitting = hand.insert("exam_session", (number,), **ids, **times, state="planned")
            hand.insert("assignment", (0,), session_id=sitting, expert_id=expert)
            hand.insert("exam_place", (0,), session_id=sitting, examinee_id=examinee)
    store.close()
    return path


def _whole(hand: Hand, table: str, **values: object) -> str:
    from sync.hand import plain

    from demoexam.models.base import new_id

    ident = new_id()
    hand.put(table, plain(table) | {"id": ident} | values)
    return ident
