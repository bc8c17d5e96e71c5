"""Who may use a store's file now: everybody, or the one who replaces it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Gate:
    """Any number of sessions pass at once; while it is shut, new ones wait."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._inside = 0
        self._is_shut = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._is_shut)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Waits until the last session is over: one may open another before it ends."""
        with self._changed:
            self._changed.wait_for(lambda: not self._inside and not self._is_shut)
            self._is_shut = True
        try:
            yield
        finally:
            with self._changed:
                self._is_shut = False
                self._changed.notify_all()
