"""A transaction of many rows: room for their pages, and no waiting for what may come after it."""

import logging
import sqlite3
from threading import Thread
from typing import Final

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from demoexam.store.gate import Gate

MANY_ROWS: Final = 5_000  # of one table
USUAL: Final = ("PRAGMA cache_size = -65536", "PRAGMA wal_autocheckpoint = 1000")
_MANY: Final = ("PRAGMA cache_size = -163840", "PRAGMA wal_autocheckpoint = 0")
_MARK: Final = "many_rows"
_LOG: Final = logging.getLogger(__name__)


def expect_many(session: Session) -> None:
    """Pages stay in memory until the commit, which leaves them in the log: see `Checkpoints`."""
    connection = session.connection()
    for pragma in () if connection.info.get(_MARK) else _MANY:
        connection.exec_driver_sql(pragma)
    connection.info[_MARK] = session.info[_MARK] = True


def make_usual_again(engine: Engine) -> None:
    """A connection that wrote many rows goes back to the pool as it was."""

    @event.listens_for(engine, "checkin")
    def _checked_in(driver: sqlite3.Connection | None, record: object) -> None:
        info = getattr(record, "info", {})
        if driver is not None and info.pop(_MARK, False):
            for pragma in USUAL:
                driver.execute(pragma)


class Checkpoints:
    """Copies a long log into the store's file after the commit, on a thread of its own.

    The commit has made the log last already: whatever becomes of the copying, nothing is lost, and
    the next commit does what was left.
    """

    def __init__(self, engine: Engine, gate: Gate) -> None:
        self._engine, self._gate = engine, gate
        self._thread: Thread | None = None

    def after(self, session: Session) -> None:
        """To be called once the session's transaction is committed."""
        if session.info.get(_MARK):
            self.wait()
            self._thread = Thread(target=self._copy, name="checkpoint")
            self._thread.start()

    def wait(self) -> None:
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _copy(self) -> None:
        try:
            with self._gate.passing():
                connection = self._engine.raw_connection()
                try:
                    connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
                finally:
                    connection.close()
        except sqlite3.Error as error:
            _LOG.warning("the log waits for the next commit: %s", error.sqlite_errorname)
