"""Desktops killed on purpose: at every boundary of an action in turn, or at random times.

A program of its own (`python kills.py --help`): its processes are forked from one that is warm.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import Engine, event
from sync.accepted import differences, edit, eventful, judge, tell
from sync.fault_hubs import FileHub, ServerHub, whole
from sync.faults import Office

from demoexam.hub.errors import SyncRefused
from demoexam.sync.first_sync import first_sync
from demoexam.sync.synchronizer import exchange

LASTING = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE", "RELEASE", "SELECT sync_", "os.")
FINAL = ("COMMIT", "commit", "os.rename")  # after these something is different on a disk
FILE_EVENTS = {"os.rename", "os.remove", "os.mkdir", "os.link", "sqlite3.connect"}

Act = Callable[[Office], object]


class Bomb:
    """Counts the boundaries that this process passes and kills it at one of them."""

    def __init__(self, at: int = 0) -> None:
        self.at, self.passed = at, list[str]()

    def arm(self) -> "Bomb":
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", lambda _connection: self.step("commit"))
        sys.addaudithook(self._audit)
        return self

    def step(self, name: str) -> None:
        self.passed.append(name)
        if len(self.passed) == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _statement(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.step(statement[:60])

    def _audit(self, name: str, _arguments: Any) -> None:
        if name in FILE_EVENTS:
            self.step(name)


# -- what is killed -----------------------------------------------------------------------


def sends(office: Office) -> None:
    office.sync(office.names[0], batch=3)


def begins_anew(office: Office) -> None:
    name = office.names[0]
    with office.hub() as hub:
        first_sync(office.file(name), hub, client=name)


def keeps_a_copy(office: Office) -> None:
    with office.hub() as hub:
        hub.keep_copy()


ACTS: dict[str, Act] = {"sync": sends, "first": begins_anew, "copy": keeps_a_copy}


# -- at every boundary --------------------------------------------------------------------


def enumerate_kills(office: Office, act: Act, *, every: bool, part: int, parts: int) -> int:
    """Kill `act` at each boundary; whatever is left must come to the same end. -> kills."""
    eventful(office)
    start = office.folder / "start"
    office.save(start)
    expected = finish(office)
    assert len(office.conflicts()) == 3
    office.restore(start)
    steps = passed(office, act)
    points = worth_a_kill(steps, every=every, part=part, parts=parts)
    for at in points:
        office.restore(start)
        for copies in office.folder.glob("*backups"):
            shutil.rmtree(copies)
        assert in_child(lambda at=at: run(Bomb(at).arm(), act, office)) == -signal.SIGKILL, at
        try:
            recover(office, act, again=bool(at % 2))
            found = differences(expected, finish(office))
        except BaseException:
            sys.stderr.write(f"at {at}, before {steps[at - 1]}\n")
            raise
        assert not found, (at, steps[at - 1], found)
    return len(points)


def worth_a_kill(steps: Sequence[str], *, every: bool, part: int, parts: int) -> list[int]:
    """The boundaries: each after which a disk differs, and a share of the others.

    Without `every` not those where only something was read since the one before.
    """
    numbers = range(1, len(steps) + 1)
    final = {at for at in numbers if at in {1, len(steps)} or steps[at - 2].startswith(FINAL)}
    others = [at for at in numbers if every or steps[at - 2].lstrip().startswith(LASTING)]
    return sorted({*others[part::parts], *final})


def passed(office: Office, act: Act) -> list[str]:
    told = office.folder / "steps"

    def count() -> None:
        bomb = Bomb().arm()
        run(bomb, act, office)
        told.write_text(json.dumps(bomb.passed), encoding="utf-8")

    assert in_child(count) == 0
    return list(json.loads(told.read_text(encoding="utf-8")))


def run(bomb: Bomb, act: Act, office: Office) -> None:
    act(office)
    office.close()
    bomb.step("end")


def recover(office: Office, act: Act, *, again: bool) -> None:
    """What the kill left is whole; the action is repeated, or an ordinary exchange follows."""
    assert office.shared.sound()
    assert whole(office.file(office.names[0]))
    if again:
        act(office)
        left = [each.name for each in office.folder.rglob("*") if each.suffix in {".new", ".part"}]
        assert not left, left
    for copy in office.folder.glob("*backups/*.db"):
        assert whole(copy), copy


def finish(office: Office) -> Any:
    office.settle()
    return office.check()


# -- at random ----------------------------------------------------------------------------


def random_kills(office: Office, kills: int, seed: int, *, stops: int = 0) -> dict[str, Any]:
    """Everybody edits and exchanges without end, and is killed and started again."""
    dice = random.Random(seed)  # noqa: S311
    for number in range(6):
        office.expert(office.names[0], f"Эксперт {number}")
    office.settle().close()
    running: dict[str, int] = {}
    for kill in range(kills + 1):
        for name in office.names:
            if name not in running:
                running[name] = fork(lambda name=name: work(office, name, dice.randrange(1 << 30)))
        time.sleep(dice.uniform(0.15, 0.6))
        for name, pid in running.items():
            gone, status = os.waitpid(pid, os.WNOHANG)
            assert not gone, (name, status, "ended by itself")
        if kill * stops // (kills + 1) < (kill + 1) * stops // (kills + 1):
            office.shared.server.stop("immediate")
            office.shared.server.start()
        victims = [dice.choice(office.names)] if kill < kills else list(running)
        for name in victims:
            stop(running.pop(name))
    for name in office.names:  # the last one to exchange may be anybody
        office.sync(name)
    contents = finish(office)
    return judge(office, contents) | {"kills": kills, "stops": stops}


def work(office: Office, name: str, seed: int) -> NoReturn:
    dice, store, number = random.Random(seed), office.store(name), 0  # noqa: S311
    while True:
        number += 1
        edit(office, store, dice, f"{name}-{seed}-{number}")
        if dice.random() < 0.4:
            with office.hub() as hub:
                try:
                    exchange(store, hub, batch=dice.choice((2, 5000)))
                except SyncRefused as refusal:
                    tell(office, name, step="refused", kind=type(refusal).__name__)
                    time.sleep(0.05)


# -- processes ----------------------------------------------------------------------------


def fork(body: Callable[[], object]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        body()
        code = 0
    except BaseException:  # noqa: BLE001 -- the child says what went wrong and ends
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def in_child(body: Callable[[], object]) -> int:
    """The exit code; negative: the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(fork(body), 0)[1])


def stop(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder in memory where there is one: a kill needs no disk to survive."""
    memory = Path("/dev") / "shm"
    parent = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        yield Path(folder)


@contextmanager
def furnished(kind: str, names: tuple[str, ...]) -> Iterator[Office]:
    """An office on a hub of this kind, whose server is ours alone."""
    with ExitStack() as stack:
        folder = stack.enter_context(workplace())
        shared: Any = FileHub(folder)
        if kind == "postgres":
            from sync.postgres import running, wheel_binaries

            server = stack.enter_context(running(wheel_binaries()))
            server.configure({"synchronous_commit": "on"})  # an acknowledged commit is kept
            server.run("pg_ctl", "reload", "-D", str(server.data))
            shared = ServerHub(server)
        yield stack.enter_context(closing(Office(folder, shared, names).furnish()))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=[*ACTS, "random"])
    parser.add_argument("--hub", default="sqlite", choices=["sqlite", "postgres"])
    parser.add_argument("--every", action="store_true", help="also where something was only read")
    parser.add_argument("--part", default="0/1", help="a share of the boundaries: 0/2, 1/2")
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--stops", type=int, default=0, help="immediate stops of the server")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    part, parts = map(int, given.part.split("/"))
    names = ("ivan", "olga", "anna") if given.what == "random" else ("ivan", "olga")
    with furnished(given.hub, names) as office:
        started = time.monotonic()
        if given.what == "random":
            said = random_kills(office, given.kills, given.seed, stops=given.stops)
        else:
            act = ACTS[given.what]
            kills = enumerate_kills(office, act, every=given.every, part=part, parts=parts)
            said = {"kills": kills, "lost": []}
        said["seconds"] = round(time.monotonic() - started)
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
