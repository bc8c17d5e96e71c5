"""Emptying what a store or a hub remembers of a person whose data is erased.

What is erased and what takes its place are constants, so that all stores come to the same rows.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, text

from demoexam.models.base import Record, merge_units
from demoexam.store.search import SEARCHED

ERASED_NAME: Final = "Удалённые данные"
ERASED_CHOICE: Final = "erased"  # how a conflict about erased values ended
PERSONAL: Final[Mapping[str, Mapping[str, str | None]]] = {  # what stands there afterwards
    "expert": {
        "last_name": ERASED_NAME, "first_name": "", "middle_name": "", "phone": "", "email": "",
        "consent_document": "", "note": "", "person_hash": None,
    },
    "examinee": {"last_name": ERASED_NAME, "first_name": "", "middle_name": "", "note": ""},
    "employment": {"post": "", "override_reason": ""},
    "certificate": {"number": ""},
    "unavailability": {"reason": ""},
    "teaching_link": {"note": ""},
    "kinship_link": {"note": ""},
    "exam_place": {"note": ""},
    "incident": {"person": "", "reason": "", "explanation": ""},
    "declined_name": {"words": ERASED_NAME, "declined": ERASED_NAME},
}  # fmt: skip
NAMING: Final = (  # beginnings of operations' texts after which a name stands
    "назначен эксперт", "снят эксперт", "возврат прежнего значения", "выбор при расхождении",
)  # fmt: skip

_BEARING_HIS_NAME: Final = {  # what is called by the person's name in an operation's text
    "expert": "SELECT id FROM assignment WHERE expert_id = :row",
    "examinee": "SELECT id FROM exam_place WHERE examinee_id = :row"
    " UNION ALL SELECT id FROM kinship_link WHERE examinee_id = :row",
}
_NO_VALUES: Final = {"base": None, "ours": None, "theirs": None}
_OF_ROW = "WHERE table_name = :table AND row_id = :row"


def scrub_statements(table: str) -> tuple[str, ...]:
    """What empties a row's changes, conflicts and the names in its operations, on any database.

    Binds `:table` and `:row`. What is about other columns stays: it tells nothing of the person.
    """
    names = PERSONAL.get(table, {})
    mentioned = " OR ".join(f"after LIKE '%\"{name}\"%'" for name in names) or "1 = 0"
    emptied = "UPDATE change SET before = '{}', after = '{}'"
    about = _of_person(table)
    ended = f"status = 'resolved', choice = '{ERASED_CHOICE}'"
    return (
        *(_without_name(table, words) for words in NAMING if table in _BEARING_HIS_NAME),
        f"{emptied} {_OF_ROW} AND ({mentioned})",
        f"{emptied} WHERE after LIKE '%\"ours\"%' AND row_id IN (SELECT id FROM conflict {about})",
        f"UPDATE conflict SET {ended} {about} AND kind = 'field' AND status = 'open'",
        f"UPDATE conflict SET base = NULL, ours = NULL, theirs = NULL {about}",
    )


def scrub(connection: Connection, table: str, row_id: str) -> None:
    """Run `scrub_statements`: in a hub, or in a store while it captures nothing."""
    for statement in scrub_statements(table):
        connection.execute(text(statement), {"table": table, "row": row_id})


def erase_here(connection: Connection, table: str, row_id: str) -> None:
    """`scrub`, and the row's own values and hub's image: in a store that captures nothing now.

    Whatever was written into personal columns meanwhile goes too; all else in the row stays.
    """
    scrub(connection, table, row_id)
    if values := PERSONAL.get(table):
        pairs = ", ".join(f"{name} = :{name}" for name in values)
        update = text(f"UPDATE {table} SET {pairs} WHERE id = :row")
        connection.execute(update, {**values, "row": row_id})
    conflicts = f"SELECT id FROM conflict {_of_person(table)}"
    for images, emptied in (
        (_OF_ROW, values or {}),
        (f"WHERE table_name = 'conflict' AND row_id IN ({conflicts})", _NO_VALUES),
    ):
        paths = "".join(f", '$.{name}', :{name}" for name in emptied)
        update = text(f"UPDATE dirty SET base = json_set(base{paths}) {images} AND base <> ''")
        connection.execute(update, {**emptied, "table": table, "row": row_id})


def forget_words(connection: Connection) -> None:
    """Write the search indexes anew: words that no row has any more leave the file."""
    for table in PERSONAL.keys() & SEARCHED.keys():
        index = f"search_{table}"
        connection.exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


@contextmanager
def uncaptured(connection: Connection) -> Iterator[None]:
    """A while, within a transaction that is open, in which nothing is captured or journaled.

    When it fails the transaction is rolled back, and the flag with it.
    """
    connection.exec_driver_sql("PRAGMA secure_delete = ON")  # what is emptied is overwritten too
    connection.exec_driver_sql("UPDATE store_state SET applying = 1")
    yield
    connection.exec_driver_sql("UPDATE store_state SET applying = 0")


def _of_person(table: str) -> str:
    """Conflicts of the row about units that hold personal columns."""
    units = merge_units(Record.metadata.tables[table])
    personal = ", ".join(sorted({f"'{units[name]}'" for name in PERSONAL.get(table, {})})) or "''"
    return f"{_OF_ROW} AND unit IN ({personal})"


def _without_name(table: str, words: str) -> str:
    """Operations on a person, his duties and conflicts, and undos of them, may bear his name."""
    touched = (
        "SELECT operation_id FROM change WHERE row_id = :row"
        " OR row_id IN (SELECT id FROM conflict WHERE row_id = :row OR other_id = :row)"
        f" OR row_id IN ({_BEARING_HIS_NAME[table]})"
    )
    return (
        f"UPDATE operation SET text = '{words}' WHERE text LIKE '%{words}%'"
        f" AND (id IN ({touched}) OR undoes IN ({touched}))"
    )
