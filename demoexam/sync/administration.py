"""What an administrator does with a shared store: make, update, check it, let people in, tidy."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, text

from demoexam.errors import Refused
from demoexam.hub import hub_file
from demoexam.hub.columns import SCHEMA, Form, forms
from demoexam.hub.errors import SyncRefused
from demoexam.hub.hub import Hub, connect_hub
from demoexam.hub.sqlite_hub import SqliteHub
from demoexam.models.base import Record
from demoexam.store import search
from demoexam.store.backup import BadCopy, verified_copy
from demoexam.store.opening import create_store
from demoexam.store.schema import CURRENT, run_migrations, version_of
from demoexam.sync.synchronizer import exchange

if TYPE_CHECKING:
    from demoexam.hub.postgres_hub import PostgresHub
    from demoexam.hub.postgres_schema import Granted

Check = tuple[str, bool, str]  # what was looked at, whether it is in order, in words
KEPT_DAYS: Final = 90  # for a client that has not been seen for so long nothing is kept
VERSIONS: Final = range(15, 19)
PROBE: Final = (  # another process that tries to write; its exit code says whether it could
    "import sqlite3, sys\n"
    "c = sqlite3.connect(sys.argv[1], uri=True, timeout=0, isolation_level=None)\n"
    "try:\n    c.execute('BEGIN IMMEDIATE')\n"
    "except sqlite3.OperationalError:\n    sys.exit(3)"
)


def create_hub(url: str, *, password: str | None = None) -> None:
    """A new shared store with the reference data; refuses to touch one that is there."""
    hub = connect_hub(url, password=password)
    if isinstance(hub, SqliteHub):
        hub_file.create(hub.path)
    else:
        from demoexam.hub import postgres_schema

        postgres_schema.create(_postgres(hub))
    with tempfile.TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "reference.db", client="hub")
        exchange(store, hub)
        store.close()
    with hub.writing() as connection:  # nobody has to wait for the store that is gone
        connection.exec_driver_sql("DELETE FROM sync_client")
    hub.close()


def upgrade_hub(url: str, *, password: str | None = None) -> None:
    """Bring an older shared store to this program's schema; a file is copied before."""
    hub = connect_hub(url, password=password)
    if isinstance(hub, SqliteHub):
        _upgrade_file(hub)
    else:
        from demoexam.hub import postgres_schema

        postgres_schema.upgrade(_postgres(hub))
    hub.close()


def _upgrade_file(hub: SqliteHub) -> None:
    """As a store is brought up to date, but without capture and under the hub's lock."""
    if version_of(hub.path) == CURRENT:
        return
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    copies = hub.path.parent / "hub-backups"
    verified_copy(hub.path, copies / f"{hub.path.stem}-before-update-{stamp}.db")
    with hub.writing() as connection:
        run_migrations(connection)
        search.install(connection)
        hub_file.add_indexes(connection)
        connection.execute(text("UPDATE sync_hub SET schema = :schema"), {"schema": SCHEMA})


def grant(
    url: str,
    user: str,
    organization: str,
    *,
    role: str = "coordinator",
    new_organization: bool = False,
    password: str | None = None,
) -> "Granted":
    """Let a user of the server in, for an organization named by its id or short name.

    `role`: coordinator, reader, or office, which sees and writes everybody's rows.
    """
    from demoexam.hub import postgres_schema

    hub = _postgres(connect_hub(url, password=password))
    granted = postgres_schema.grant(
        hub, user, organization, role=role, new_organization=new_organization
    )
    hub.close()
    return granted


def _postgres(hub: Hub) -> "PostgresHub":
    from demoexam.hub.postgres_hub import PostgresHub

    if isinstance(hub, PostgresHub):
        return hub
    raise Refused(
        "В хранилище-файле права даёт сетевая папка.",
        "Откройте людям доступ к папке или перейдите на сервер PostgreSQL.",
    )


# -- checking ---------------------------------------------------------------------------------


def check_hub(url: str, *, password: str | None = None) -> list[Check]:
    """Everything an administrator asks when something seems wrong; changes nothing."""
    hub = connect_hub(url, password=password)
    try:
        with hub.reading() as connection:
            lines = [("связь", True, hub.url)]
            server = [] if isinstance(hub, SqliteHub) else list(_server(connection))
            lines += [*server, *_ledger(hub, connection)]
    except SyncRefused as error:
        return [("связь", False, str(error))]
    if isinstance(hub, SqliteHub):
        lines += _file(hub.path)
    hub.close()
    return lines


def _ledger(hub: Hub, connection: Connection) -> Iterator[Check]:
    state = hub.state(connection)
    yield "версия", state.schema == SCHEMA, f"{state.schema}, программа знает {SCHEMA}"
    count = connection.exec_driver_sql("SELECT count(*) FROM sync_commit").scalar_one()
    yield "счётчик обменов", count == state.rev, f"номер {state.rev}, записано обменов {count}"
    if state.schema == SCHEMA:
        known = " UNION ALL ".join(
            f'SELECT count(*) AS n FROM "{form.name}"' for form in forms() if form.units
        )
        rows = connection.exec_driver_sql(f"SELECT sum(n) FROM ({known}) AS counted").scalar_one()
        yield "записей", True, str(rows)


def _server(connection: Connection) -> Iterator[Check]:
    driver: Any = connection.connection.driver_connection
    version = driver.info.server_version // 10000
    yield "сервер", version in VERSIONS, f"PostgreSQL {version}"
    secure = driver.pgconn.ssl_in_use
    near = not driver.info.host or driver.info.host.startswith(("/", "127.", "localhost"))
    words = "включено" if secure else "нет: тот же компьютер" if near else "нет"
    yield "шифрование", secure or near, words
    query = (
        "SELECT administers(), pg_has_role(session_user, 'demoexam_coordinator', 'MEMBER'),"
        " coalesce(my_organization(), '')"
    )
    administers, writes, organization = connection.exec_driver_sql(query).one()
    rights = "администратор" if administers else "пишет" if writes else "только читает"
    yield "права", bool(administers or organization), rights


def _file(path: Path) -> Iterator[Check]:
    kept_out = hub_file.locks_work(path, writes_from_aside)
    yield "блокировки", kept_out, "работают" if kept_out else "сетевая папка их не держит"
    with tempfile.TemporaryDirectory() as folder:
        try:
            verified_copy(path, Path(folder) / "copy.db")
        except BadCopy:
            yield "целостность", False, "файл повреждён"
        else:
            yield "целостность", True, "в порядке"


def writes_from_aside(path: Path) -> bool:
    """Whether another process can begin to write now."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    command = [sys.executable, "-c", PROBE, address]
    return subprocess.run(command, check=False, timeout=30).returncode == 0  # noqa: S603


# -- tidying ----------------------------------------------------------------------------------


def purge(hub: Hub) -> int:
    """Remove deleted rows that every desktop knows to be deleted; how many went.

    A desktop not seen for 90 days is not waited for: it will begin anew. Children go first, and
    nothing goes that a row still names.
    """
    with hub.writing() as connection:
        upto = _seen_by_all(connection)
        removed = sum(_purge(connection, form, upto) for form in reversed(forms()) if form.units)
        if removed:
            query = text("UPDATE sync_hub SET purged = :upto WHERE purged < :upto")
            connection.execute(query, {"upto": upto})
    return removed


def _seen_by_all(connection: Connection) -> int:
    oldest = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).replace(tzinfo=None).isoformat()
    query = text(
        "SELECT coalesce((SELECT min(cursor) FROM sync_client WHERE seen_at >= :oldest),"
        " (SELECT max(rev) FROM sync_commit WHERE at < :oldest), 0)"
    )
    return int(connection.execute(query, {"oldest": oldest}).scalar_one())


def _purge(connection: Connection, form: Form, upto: int) -> int:
    named = "".join(
        f' AND NOT EXISTS (SELECT 1 FROM "{child.name}" AS c WHERE c."{key.parent.name}" = r.id)'
        for child in Record.metadata.tables.values()
        for key in child.foreign_keys
        if key.column.table.name == form.name
    )
    gone = f'SELECT r.id FROM "{form.name}" AS r WHERE r.deleted = 1 AND r.rev <= :upto{named}'
    if connection.dialect.name == "postgresql":
        audit = text(f"DELETE FROM audit WHERE row_id IN ({gone})")
        connection.execute(audit, {"upto": upto})
    delete = text(f'DELETE FROM "{form.name}" WHERE id IN ({gone})')
    return connection.execute(delete, {"upto": upto}).rowcount
