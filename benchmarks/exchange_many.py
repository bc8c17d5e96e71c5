"""Twenty programs at once edit the same rows and exchange them: nothing lost, nobody refused."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, text

from benchmarks.calibration import size, verdict
from benchmarks.exchange_rows import fill_hub
from benchmarks.exchange_server import running
from demoexam.errors import UserError
from demoexam.hub import hub_file
from demoexam.hub.columns import forms
from demoexam.hub.hub import Hub, connect_hub
from demoexam.store.store import Store
from demoexam.sync.first_sync import first_sync
from demoexam.sync.synchronizer import exchange

NAME = "exchange_many"
CLIENTS, ROUNDS, OPERATIONS, EDITS, ROWS = 20, 10, 5, 50, 3000
P95 = 15.0
FIELDS = (  # what the programs write over each other
    ("expert", "note"), ("expert", "phone"), ("expert", "email"), ("examinee", "note"),
    ("exam_place", "variant"), ("assignment", "duty"), ("exam_session", "note"),
)  # fmt: skip
Edit = tuple[str, str, str, str, str]  # table, row, column, value, the value it replaced


def main() -> int:
    if sys.argv[1:2] == ["client"]:
        return client(*sys.argv[2:])
    clients = size(CLIENTS)
    with TemporaryDirectory() as name, running(Path(name)) as server:
        folder = Path(name)
        hub_file.create(folder / "hub.db")
        fill_hub(folder / "hub.db", ROWS * 2)
        address = server.new_hub("many")
        server.fill("many", ROWS * 2)
        file = f"sqlite:///{(folder / 'hub.db').as_posix()}"
        return max(run(url, folder, clients) for url in (file, address))


def run(url: str, folder: Path, clients: int) -> int:
    """Let the programs loose on the hub at `url`, then look for what got lost."""
    hub = connect_hub(url)
    kind = url.partition(":")[0]
    stores = [folder / kind / f"{number}.db" for number in range(clients)]
    first_sync(stores[0], hub, client="0")
    for store in stores[1:]:
        shutil.copy(stores[0], store)
    start = perf_counter()
    told = list(_children(url, stores, min(clients, ROUNDS)))
    took = perf_counter() - start
    for _ in range(2):
        for number, store in enumerate(stores):
            _exchange(store, str(number), hub)
    edits: list[Edit] = [tuple(each) for said in told for each in said["edits"]]
    seconds = sorted(each for said in told for each in said["seconds"])
    troubles = [each for said in told for each in said["troubles"]]
    p95 = quantiles(seconds, n=20)[-1]
    lost, unlike = lost_edits(edits, stores[0]), unlike_stores(stores)
    gaps = missing_commits(hub)
    hub.close()
    print(
        f"{NAME} {kind}: программ {clients}, правок {len(edits)}, обменов {len(seconds)}"
        f" за {took:.0f} с, середина {median(seconds):.1f} с, дольше всего {seconds[-1]:.1f} с"
    )
    for trouble in sorted(set(troubles)):
        print(f"  {troubles.count(trouble)} раз: {trouble}")
    return max(
        verdict(f"{NAME} {kind} p95 обмена, с", p95, P95),
        verdict(f"{NAME} {kind} потеряно", len(lost), 0),
        verdict(f"{NAME} {kind} пропусков в журнале", gaps, 0),
        verdict(f"{NAME} {kind} ошибок", len(troubles), 0),
        verdict(f"{NAME} {kind} несхожих баз", unlike, 0),
    )


def _children(url: str, stores: Sequence[Path], rounds: int) -> Iterator[Mapping[str, Any]]:
    """Start all, let them go at once when they all stand ready, and hear what they did."""
    module = [sys.executable, "-m", f"benchmarks.{NAME}", "client", url]
    processes = [
        subprocess.Popen(
            [*module, str(store), str(rounds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for store in stores
    ]  # fmt: skip
    pipes = [(each, each.stdin, each.stdout) for each in processes]
    for _, _, answer in pipes:
        if answer is not None:
            answer.readline()
    for _, order, _ in pipes:
        if order is not None:
            order.write("go\n")
            order.flush()
    for process in processes:
        said, _ = process.communicate()
        yield json.loads(said)


def client(url: str, path: str, rounds: str) -> int:
    """One program: edits and exchanges in turn; tells what was accepted and how long it took."""
    name = Path(path).stem
    store, hub, rng = Store(Path(path), client=name), connect_hub(url), Random(int(name))
    told: dict[str, list[object]] = {"edits": [], "seconds": [], "troubles": []}
    with store.reading() as session:
        ids = {
            table: list(session.scalars(text(f'SELECT id FROM "{table}" ORDER BY id')))
            for table in sorted({table for table, _ in FIELDS})
        }
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(int(rounds)):
        for operation in range(OPERATIONS):
            values = [
                f"{name}.{turn}.{operation}.{number}" for number in range(EDITS // OPERATIONS)
            ]
            with store.transaction("правки") as session:
                made = [_edit(session.connection(), ids, rng, value) for value in values]
            told["edits"] += made
        start = perf_counter()
        try:
            exchange(store, hub)
        except UserError as error:
            told["troubles"].append(f"{type(error).__name__}: {error}")
        told["seconds"].append(perf_counter() - start)
    store.close()
    hub.close()
    print(json.dumps(told))
    return 0


def _edit(
    connection: Connection, ids: Mapping[str, Sequence[str]], rng: Random, value: str
) -> Edit:
    table, column = rng.choice(FIELDS)
    ident = rng.choice(ids[table])
    query = f'SELECT "{column}" FROM "{table}" WHERE id = ?'
    before = connection.exec_driver_sql(query, (ident,)).scalar_one()
    update = f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?'
    connection.exec_driver_sql(update, (value, ident))
    return table, ident, column, value, str(before)


def _exchange(path: Path, name: str, hub: Hub) -> None:
    store = Store(path, client=name)
    exchange(store, hub)
    store.close()


def lost_edits(edits: Sequence[Edit], path: Path) -> Sequence[Edit]:
    """Accepted edits that are not final, were not seen by who replaced them, and wait nowhere."""
    replaced = {(table, ident, column, before) for table, ident, column, _, before in edits}
    with closing(sqlite3.connect(path)) as raw:
        kept = {
            (table, ident, unit, str(value))
            for table, ident, unit, *images in raw.execute(
                "SELECT table_name, row_id, unit, base, ours, theirs FROM conflict"
            )
            for image in images
            for value in json.loads(image or "{}").values()
        }
        final = {
            (table, ident, column, str(value))
            for table, column in FIELDS
            for ident, value in raw.execute(f'SELECT id, "{column}" FROM "{table}"')
        }
    return [edit for edit in edits if edit[:4] not in replaced | kept | final]


def unlike_stores(stores: Sequence[Path]) -> int:
    """How many stores differ from the first one in any row that travels, or have unsent work."""
    contents = [_contents(store) for store in stores]
    return sum(each != contents[0] or each["dirty"] != [(0,)] for each in contents)


def _contents(path: Path) -> Mapping[str, Sequence[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as raw:
        found = {
            each.name: raw.execute(
                f'SELECT {each.quoted} FROM "{each.name}" ORDER BY id'
            ).fetchall()
            for each in forms()
        }
        return found | {"dirty": raw.execute("SELECT count(*) FROM dirty").fetchall()}


def missing_commits(hub: Hub) -> int:
    """Numbers up to the hub's last that no line of the ledger has."""
    with hub.reading() as far:
        query = "SELECT count(*), coalesce(max(rev), 0), min(rev) FROM sync_commit"
        count, last, first = far.exec_driver_sql(query).one()
        rev = hub.state(far).rev
    return max(int(rev), int(last)) - int(first) + 1 - int(count)


if __name__ == "__main__":
    sys.exit(main())
