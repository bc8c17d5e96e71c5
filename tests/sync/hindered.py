"""Processes that the system hinders, or that do the same at once; forked from one that is warm.

Each line of its input is a JSON list of orders, done side by side; the answer is a list of what
the person is told.
"""

import getpass  # noqa: F401 -- loaded while everything may still be read
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from demoexam.errors import UserError
from demoexam.hub import hub_file
from demoexam.hub.sqlite_hub import SqliteHub
from demoexam.store.store import Store
from demoexam.sync.first_sync import first_sync
from demoexam.sync.synchronizer import exchange


def nobody(store: str, hub: str) -> None:
    """Root may write everywhere; anybody else stays himself."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    _exchange(store, hub)


def bounded(store: str, hub: str, size: int) -> None:
    """No file grows beyond this size: what a quota does."""
    _bound(size)
    _exchange(store, hub)


def bounded_first(store: str, hub: str, size: int) -> None:
    _bound(size)
    first_sync(Path(store), SqliteHub(Path(hub)), client="first")


def create(hub: str) -> None:
    hub_file.create(Path(hub))


ORDERS: dict[str, Callable[..., None]] = {
    each.__name__: each for each in (nobody, bounded, bounded_first, create)
}


def _bound(size: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _exchange(store: str, hub: str) -> None:
    exchange(Store(Path(store), client=Path(store).stem), SqliteHub(Path(hub), patience=1))


def _told(order: list[object]) -> str:
    try:
        ORDERS[str(order[0])](*order[1:])
    except UserError as told:
        return f"{type(told).__name__}: {told} {told.hint}"
    except Exception:  # noqa: BLE001 -- the test sees it where it expects a sentence
        return traceback.format_exc()
    return "done"


def _started(order: list[object]) -> tuple[int, int]:
    """-> the process and where its answer comes from."""
    answer, end = os.pipe()
    pid = os.fork()
    if not pid:
        os.write(end, _told(order).encode())
        os._exit(0)
    os.close(end)
    return pid, answer


def _answer(pid: int, answer: int) -> str:
    with open(answer, "rb") as pipe:
        words = pipe.read().decode()
    os.waitpid(pid, 0)
    return words


if __name__ == "__main__":
    for line in sys.stdin:
        running = [_started(order) for order in json.loads(line)]
        sys.stdout.write(json.dumps([_answer(*each) for each in running]) + "\n")
        sys.stdout.flush()
