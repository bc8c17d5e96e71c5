"""Hears of other desktops' commits as they happen: one quiet thread, its own connection."""

from collections.abc import Callable, Iterator
from threading import Event, Thread
from typing import Any, Final

import psycopg
from sqlalchemy import URL

from demoexam.hub.postgres_hub import CHANNEL, PostgresHub

LONGEST_PAUSE: Final = 60.0  # seconds between two attempts to connect again
GLANCE: Final = 0.5  # how soon `stop` is noticed


class Listening:
    """Calls `on_commit` with the number of every commit, from its own thread.

    After a lost connection it calls once more with 0: something may have been missed.
    """

    def __init__(self, hub: PostgresHub, on_commit: Callable[[int], None]) -> None:
        self._address, self._on_commit = hub.address, on_commit
        self._stopped = Event()
        self._thread = Thread(target=self._listen, name="hub-listening", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _listen(self) -> None:
        pause, missed = 1.0, False
        while not self._stopped.is_set():
            try:
                for number in self._numbers(missed=missed):
                    pause = 1.0
                    self._on_commit(number)
            except psycopg.Error:  # the exchange itself tells the user; here it is only awaited
                missed = True
                self._stopped.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def _numbers(self, *, missed: bool) -> Iterator[int]:
        with psycopg.connect(**_connection_arguments(self._address), autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            if missed:
                yield 0
            while not self._stopped.is_set():
                for notice in connection.notifies(timeout=GLANCE):
                    yield int(notice.payload)


def _connection_arguments(address: URL) -> dict[str, Any]:
    named = {
        "host": address.host, "port": address.port, "user": address.username,
        "password": address.password, "dbname": address.database,
    }  # fmt: skip
    given = {key: value for key, value in named.items() if value is not None}
    return given | {key: str(value) for key, value in address.query.items()}
