"""What was accepted, kept outside of every store; and whether all of it is still there."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sync.hand import POOLS, TABLES, Hand, units_of
from sync.live_rules import violations

from demoexam.hub.columns import CONFLICT, form, forms
from demoexam.hub.hub import Hub
from demoexam.store.erasing import ERASED_NAME, PERSONAL
from demoexam.store.store import Store
from demoexam.sync.memory import pending

if TYPE_CHECKING:
    from sync.desks import World

Value = tuple[object, ...]
Key = tuple[str, str, str]  # table, row, unit
Image = Mapping[str, Mapping[str, Mapping[str, object]]]  # table -> id -> row
READ = (*TABLES, "examinee", "assessment_kit")
CONSTANTS = {ERASED_NAME, "Иван", "1"}
OPEN = (
    "SELECT id FROM conflict WHERE kind = 'field' AND status = 'open' AND deleted = 0 ORDER BY id"
)


class Ledger:
    """Accepted edits, each with the value it replaced on the screen; what deleters saw."""

    def __init__(self) -> None:
        self.edits: list[tuple[Key, Value, Value | None]] = []
        self.seen_by_deleters: dict[Key, set[Value]] = defaultdict(set)
        self.erased: set[str] = set()  # rows whose personal values must be nowhere instead

    def begin(self, image: Image) -> None:
        self.note({table: {} for table in TABLES}, image)

    def kept_edits(self) -> list[tuple[Key, Value, Value | None]]:
        """Without what a person's erasure took with it."""
        return [each for each in self.edits if not self._is_gone(each[0])]

    def erased_values(self) -> set[str]:
        """What must not be found any more; values that many rows share are no sign of anybody."""
        values = (value for key, value, _ in self.edits if self._is_gone(key))
        shared = {str(value) for pool in POOLS.values() for value in pool}
        return {str(each) for value in values for each in value if each} - shared - CONSTANTS

    def _is_gone(self, key: Key) -> bool:
        table, ident, unit = key
        columns = units_of(table)[unit]
        return ident in self.erased and not PERSONAL.get(table, {}).keys().isdisjoint(columns)

    def note(self, before: Image, after: Image) -> int:
        """Remember what a transaction changed; how many units that were."""
        count = len(self.edits)
        for table in TABLES:
            for ident, row in after[table].items():
                self._note_row(table, ident, before[table].get(ident), row)
        return len(self.edits) - count

    def _note_row(
        self, table: str, ident: str, old: Mapping[str, object] | None, new: Mapping[str, object]
    ) -> None:
        for unit, columns in units_of(table).items():
            value = tuple(new[name] for name in columns)
            was = old and tuple(old[name] for name in columns)
            if value != was:
                self.edits.append(((table, ident, unit), value, was))
        if new["deleted"]:  # an undo may write into a row that is deleted, and is seen to be
            before = new if old is None or old["deleted"] else old
            for unit, columns in units_of(table).items():
                seen = tuple(before[name] for name in columns)
                self.seen_by_deleters[table, ident, unit].add(seen)


def image_of(store: Store) -> Image:
    with store.reading() as session:
        return _image(session.connection(), READ)


def image_of_hub(hub: Hub) -> Image:
    with hub.reading() as far:
        return _image(far, READ)


def _image(connection: Connection, tables: Iterable[str]) -> Image:
    image: dict[str, dict[str, Mapping[str, object]]] = {}
    for table in tables:
        each = form(table)
        rows = connection.exec_driver_sql(f'SELECT {each.quoted} FROM "{table}"').all()
        image[table] = {row[0]: dict(zip(each.columns, row, strict=True)) for row in rows}
    return image


def choose(hand: Hand, roll: int, *, mine: bool) -> dict[str, int]:
    """Settle one open conflict of this desk by an ordinary edit."""
    ids = hand._session.scalars(text(OPEN)).all()
    if not ids:
        return {}
    query = text("SELECT id, table_name, row_id, ours FROM conflict WHERE id = :id")
    found = hand._session.execute(query, {"id": ids[roll % len(ids)]}).one()
    if mine and found.ours:
        hand.write(found.table_name, found.row_id, json.loads(found.ours))
    hand.write(CONFLICT, found.id, {"status": "resolved", "choice": "mine" if mine else "hub"})
    return {"resolved": 1}


# -- at any moment ----------------------------------------------------------------------------


def check_live(world: "World") -> None:
    """No live data of the hub breaks a rule, whoever has sent what."""
    with world.hub.reading() as far:
        plan = _image(far, READ)
    broken = list(violations(plan))
    if broken:
        world.broken = True
        raise AssertionError(f"live data breaks rules: {broken}")


# -- at rest ----------------------------------------------------------------------------------


def check(world: "World") -> None:
    """Everything accepted is somewhere; all stores are the hub's equals; nothing waits."""
    with world.hub.reading() as far:
        hub = _everything(far)
    for desk in world.desks:
        _check_store(desk.store, hub)
    _check_files(world)
    kept = _kept_in_conflicts(hub["conflict"].values())
    _check_nothing_lost(world.ledger, hub, kept)
    _check_deletions(world.ledger, hub, kept)
    _check_held(hub)
    _check_duplicates(hub)
    _check_erased(world.ledger, hub)
    check_live(world)


def _everything(connection: Connection) -> dict[str, dict[str, dict[str, object]]]:
    """Every table that travels, with its rev; what a server scrubs of a person has a later one."""
    everything: dict[str, dict[str, dict[str, object]]] = {}
    for each in forms():
        scrubbed = each.journal or each.name == CONFLICT
        columns = each.columns if scrubbed else (*each.columns, "rev")
        quoted = ", ".join(f'"{name}"' for name in columns)
        rows = connection.exec_driver_sql(f'SELECT {quoted} FROM "{each.name}"')
        everything[each.name] = {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
    return everything


def _check_store(store: Store, hub: Mapping[str, Mapping[str, object]]) -> None:
    name = store.client
    assert not pending(store), f"{name}: something waits to be sent"
    with store.reading() as session:
        for table in ("sync_batch", "dirty"):
            rows = session.execute(text(f"SELECT * FROM {table}")).all()
            assert not rows, f"{name}: {table} is not empty: {rows}"
        near = _everything(session.connection())
    for table, rows in hub.items():
        mine = near[table]
        assert mine.keys() == rows.keys(), (
            f"{name}: {table}: only here {mine.keys() - rows.keys()},"
            f" only in the hub {rows.keys() - mine.keys()}"
        )
        for ident in rows:
            assert mine[ident] == rows[ident], f"{name}: {table}: {mine[ident]} != {rows[ident]}"


def _check_files(world: "World") -> None:
    for desk in world.desks:
        with closing(sqlite3.connect(desk.store.path)) as raw:
            for pragma, sound in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
                said = raw.execute(f"PRAGMA {pragma}").fetchall()
                assert said == sound, f"{desk.name}: {pragma}: {said}"


def _kept_in_conflicts(rows: Iterable[Mapping[str, object]]) -> Mapping[Key, set[Value]]:
    kept: dict[Key, set[Value]] = defaultdict(set)
    for row in rows:
        table, unit = str(row["table_name"]), str(row["unit"])
        for image in (row["base"], row["ours"], row["theirs"]):
            if image and table in TABLES and row["kind"] in {"field", "deletion"}:
                values = json.loads(str(image))
                value = tuple(values.get(name) for name in units_of(table).get(unit, ()))
                kept[table, str(row["row_id"]), unit].add(value)
    return kept


def _final(hub: Image, key: Key) -> Value:
    table, ident, unit = key
    return tuple(hub[table][ident][name] for name in units_of(table)[unit])


def _check_nothing_lost(ledger: Ledger, hub: Image, kept: Mapping[Key, set[Value]]) -> None:
    edits = ledger.kept_edits()
    replaced = {(key, was) for key, _, was in edits}
    accepted = {(key, value) for key, value, _ in edits}
    for key, value, _ in edits:
        if key[1] not in hub[key[0]]:
            raise AssertionError(f"lost row {key}: {value}")
        final = _final(hub, key)
        if not (value == final or (key, value) in replaced or value in kept.get(key, ())):
            raise AssertionError(f"lost edit {key}: {value}, the hub has {final}")
        assert (key, final) in accepted, f"nobody wrote {key}: {final}"


def _check_deletions(ledger: Ledger, hub: Image, kept: Mapping[Key, set[Value]]) -> None:
    """The last values of a deleted row had been seen by who deleted it."""
    for key in {key for key, _, _ in ledger.kept_edits()}:
        table, ident, unit = key
        if hub[table][ident]["deleted"] and unit != "deletion":
            final, seen = _final(hub, key), ledger.seen_by_deleters.get(key, set())
            if final not in seen and final not in kept.get(key, ()):
                raise AssertionError(f"deleted unseen {key}: {final}, seen were {seen}")


def _check_held(hub: Image) -> None:
    waiting = set(_open_rules(hub))
    for table in TABLES:
        for ident, row in hub[table].items():
            if row["held"]:
                assert (table, ident) in waiting, f"held, and nobody is told: {table} {ident}"


def _open_rules(hub: Image) -> Iterator[tuple[object, object]]:
    for row in hub["conflict"].values():
        if row["kind"] == "rule" and row["status"] == "open" and not row["deleted"]:
            yield row["table_name"], row["row_id"]


def _check_duplicates(hub: Image) -> None:
    told = [row for row in hub["conflict"].values() if row["kind"] == "duplicate"]
    pairs = {frozenset((row["row_id"], row["other_id"])) for row in told}
    known: dict[object, str] = {}
    for ident, row in sorted(hub["organization"].items()):
        if row["inn"] and not row["deleted"]:
            if (other := known.get(row["inn"])) is not None:
                assert {frozenset((ident, each)) for each in (other,)} <= pairs, (
                    f"two organizations of one INN, and nobody is told: {ident} {other}"
                )
            known[row["inn"]] = ident


def _check_erased(ledger: Ledger, hub: Image) -> None:
    """The stores are equal to the hub, so it is enough to look there."""
    if values := ledger.erased_values():
        for table, rows in hub.items():
            for row in rows.values():
                words = {word for value in row.values() for word in _words(value)}
                assert not words & values, f"erased, and still there: {table} {row}"


def _words(value: object) -> Iterator[str]:
    """A column's value, and those within an image."""
    yield str(value)
    if isinstance(value, str) and value.startswith("{"):
        yield from map(str, json.loads(value).values())
