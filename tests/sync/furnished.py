"""What tests of faults start from: an office in step, made once, and how a refusal is read."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sync.fault_hubs import FileHub, ServerHub
from sync.faults import Office

from demoexam.errors import UserError

LOCK = (
    "import sqlite3, sys, time\n"
    "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    "c.execute('BEGIN ' + sys.argv[2])\n"
    "print('locked', flush=True)\n"
    "sys.stdin.readline() if sys.argv[3] == 'told' else time.sleep(float(sys.argv[3]))"
)


def refused(kind: type[UserError], act: Callable[[], object], *words: str) -> UserError:
    """`act` is refused with one sentence that says this, and with advice."""
    with pytest.raises(UserError) as told:
        act()
    assert type(told.value) is kind, repr(told.value)
    sentence, hint = str(told.value), told.value.hint
    assert "\n" not in sentence
    assert sentence[0] in "БВДНОСФПЗ«"
    assert sentence.endswith(".")
    assert hint.endswith((".", ")"))
    for each in words:
        assert each in f"{sentence} {hint}", (each, sentence, hint)
    return told.value


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory, blank_store: Path) -> tuple[Path, str]:
    """An office in step, made once; and an expert everybody knows."""
    place = tmp_path_factory.mktemp("furnished")
    with closing(Office(place, FileHub(place)).furnish(blank_store)) as office:
        known = office.expert("ivan", note="начало")
        office.settle()
        office.save(place / "saved")
    return place / "saved", known


@pytest.fixture
def office(furnished: tuple[Path, str], tmp_path: Path) -> Iterator[Office]:
    with closing(Office(tmp_path, FileHub(tmp_path))) as office:
        office.restore(furnished[0])
        yield office


@pytest.fixture
def known(furnished: tuple[Path, str]) -> str:
    return furnished[1]


Ask = Callable[..., list[str]]


@pytest.fixture(scope="module")
def hindered() -> Iterator[Ask]:
    """Has processes do what the system hinders, side by side; -> what each was told."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    program = str(Path(__file__).with_name("hindered.py"))
    with subprocess.Popen([sys.executable, program], **pipes) as process:

        def ask(*orders: list[object]) -> list[str]:
            process.stdin.write(json.dumps(orders) + "\n")
            process.stdin.flush()
            return list(json.loads(process.stdout.readline()))

        yield ask
        process.stdin.close()


def files(office: Office) -> list[str]:
    office.close()
    return [str(office.file("ivan")), str(office.shared.path)]


def arrives(office: Office, ident: str, value: str, column: str = "note") -> None:
    """After the fault everybody has the edit, and every file is whole."""
    office.settle()
    office.check()
    assert {office.value(name, ident, column) for name in office.names} == {value}


@contextmanager
def locked(path: Path, how: str, until: str = "told") -> Iterator[None]:
    """Another process is writing."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", LOCK, str(path), how, until]
    with subprocess.Popen(command, **pipes) as process:
        assert process.stdout.readline() == "locked\n"
        yield
        process.communicate("\n" if until == "told" else None, timeout=20)


# -- on either kind of hub ---------------------------------------------------------------


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def first_state(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, blank_store: Path
) -> tuple[Office, Path]:
    """An office in step on either kind of hub, made once."""
    place = tmp_path_factory.mktemp("odd")
    shared: Any = FileHub(place)
    if request.param == "postgres":
        shared = ServerHub(request.getfixturevalue("postgres_server"))
    office = Office(place, shared).furnish(blank_store)
    office.save(place / "saved")
    return office, place / "saved"


@pytest.fixture
def both(first_state: tuple[Office, Path]) -> Iterator[Office]:
    office, saved = first_state
    office.names = ("ivan", "olga")
    office.restore(saved)
    with closing(office):
        yield office


@pytest.fixture
def widely(both: Office) -> str:
    ident = both.expert("ivan", note="начало")
    both.settle()
    return ident


def ends_with(office: Office, ident: str, **values: str) -> None:
    office.settle()
    office.check()
    for name in office.names:
        assert {each: office.value(name, ident, each) for each in values} == values


def ends_with_or_asks(office: Office, ident: str, **values: str) -> None:
    """Each value is everybody's, or stands in a contradiction that everybody sees."""
    office.settle()
    office.check()
    disputed = office.disputed()
    for column, value in values.items():
        final = {office.value(name, ident, column) for name in office.names}
        assert final == {value} or value in disputed[ident, column], (column, final, disputed)
