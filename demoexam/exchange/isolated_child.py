"""The child process that reads one file and sends its cells back; it imports little."""

import gc
import os
import pickle
import sys
from collections.abc import Iterator
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

_LINES_AT_ONCE: Final = 400  # the receiving window must not wait long for one part
_MORE_ADDRESSES: Final = 200 << 20  # reserved without being used: code, stacks, arenas


def serve(path: str, pipe: Connection, memory: int) -> None:
    """Sends "ready", waits for the parent, then sends the book in parts, or why there is none."""
    _quiet()
    gc.disable()  # it reads one file and ends: looking for cycles among the cells is in vain
    read_book = import_module("demoexam.exchange.reading").read_book
    failures = import_module("demoexam.exchange.failures")
    for library in ("python_calamine", "zipfile", "csv"):
        import_module(library)
    try:
        _send(pipe, "ready")
        pipe.recv_bytes()  # the parent has looked at what the start alone takes
        _limit(memory + _MORE_ADDRESSES)
        for part in _parts(read_book(Path(path))):
            _send(pipe, *part)
    except failures.FileUnreadable as refused:
        _send(pipe, "refused", type(refused).__name__, refused.facts)
    except MemoryError:
        _send(pipe, "memory")
    except Exception as broken:  # noqa: BLE001 -- the parent tells it; here nobody would
        _send(pipe, "stumbled", _where(broken))


def _parts(book: Any) -> Iterator[tuple[Any, ...]]:
    """Plain tuples: they are packed and unpacked faster than objects, and are safe to unpack."""
    for sheet in book.sheets:
        for start in range(0, len(sheet.lines), _LINES_AT_ONCE):
            lines = sheet.lines[start : start + _LINES_AT_ONCE]
            spread = {line.number: line.spread for line in lines if line.spread}
            yield "lines", [(line.number, line.cells) for line in lines], spread
        yield "sheet", sheet.name, sheet.hidden, sheet.across
    yield "book", book.name


def _send(pipe: Connection, *part: Any) -> None:
    pipe.send_bytes(pickle.dumps(part, pickle.HIGHEST_PROTOCOL))


def _limit(more: int) -> None:
    """Where the platform tells its addresses, an allocation beyond the limit fails at once."""
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _quiet() -> None:
    """A library that gives up writes to the console; nobody reads it there."""
    os.environ["RUST_BACKTRACE"] = "0"  # tracing a panic back takes longer than reading the file
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _where(broken: Exception) -> str:
    """The kind of failure and its line; never its text, which may quote a cell."""
    trace = broken.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    line = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(broken).__name__} {line}"
