"""A coordinator's hand in these tests: plain rows, written past every form of the window."""

from collections.abc import Mapping, Sequence

from sqlalchemy import JSON, Enum, text
from sqlalchemy.orm import Session

from demoexam.models import catalog  # noqa: F401 -- every table is known
from demoexam.models.base import Record, captured_columns, new_id

Rolls = Sequence[int]  # chance, drawn outside
Values = dict[str, object]

UNITS: Mapping[str, Sequence[str]] = {  # what is edited; what is named twice, twice as often
    "exam_session": ("place_time", "place_time", "place_time", "note", "board_member", "state"),
    "assignment": ("duty", "workplaces", "role", "expert_id", "session_id"),
    "expert": ("phone", "email", "note", "last_name"),
    "employment": ("organization_id", "organization_id", "post", "term"),
    "organization": ("short_name", "phone", "inn"),
    "study_group": ("name", "head_count", "college_id"),
    "exam_place": ("workplace", "note", "variant"),
    "workshop": ("name", "room", "places"),
}
TABLES = tuple(UNITS)
REFERENCES: Mapping[str, Mapping[str, str]] = {  # column -> table of the row it points at
    "exam_session": {
        "group_id": "study_group", "kit_id": "assessment_kit", "workshop_id": "workshop",
    },
    "assignment": {"session_id": "exam_session", "expert_id": "expert"},
    "employment": {"expert_id": "expert", "organization_id": "organization"},
    "study_group": {"college_id": "organization"},
    "exam_place": {"session_id": "exam_session", "examinee_id": "examinee"},
    "workshop": {"organization_id": "organization"},
}  # fmt: skip
POOLS: Mapping[str, Sequence[object]] = {  # few values, so that rows meet
    "state": ("planned", "announced", "planned", "done"),
    "role": ("scoring", "chief", "scoring", "technical"),
    "last_name": ("Белов", "Ёлкин", "Громов"),
    "inn": ("7707083893", "7736207543", "7728168971"),
    "workplace": (1, 2, 3),
}
TOGETHER: Mapping[str, Mapping[str, Sequence[str]]] = {  # what means something only as a whole
    "exam_session": {"place_time": ("workshop_id", "starts_at", "ends_at", "second_day")},
    "employment": {
        "term": ("valid_from", "valid_to"), "side": ("counts_as_employer", "override_reason"),
    },
}  # fmt: skip
NUMBERS = frozenset({"head_count", "places"})
TERM_DAYS = 2000


class Hand:
    """One transaction's writing. `token` makes each value the only one of its kind."""

    def __init__(self, session: Session, token: int) -> None:
        self._session, self._token = session, token

    def insert(self, table: str, rolls: Rolls, **given: object) -> str | None:
        """A new row, or None while this desk lacks a row that it has to point at."""
        row: Values = plain(table) | {"id": new_id()}
        for column, target in REFERENCES.get(table, {}).items():
            row[column] = given.get(column) or self.pick(target, rolls[0])
            if row[column] is None:
                return None
        for step, unit in enumerate(dict.fromkeys(UNITS[table])):
            if not (unit in row and unit.endswith("_id")):
                row |= self.value(table, unit, (*rolls[step % 3 :], *rolls))
        self.put(table, row | given)
        return str(row["id"])

    def put(self, table: str, row: Values) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join(f":{name}" for name in row)
        self._session.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({marks})'), row)

    def write(self, table: str, ident: str, values: Values) -> None:
        pairs = ", ".join(f'"{name}" = :{name}' for name in values)
        if pairs:
            statement = text(f'UPDATE "{table}" SET {pairs} WHERE id = :row_')
            self._session.execute(statement, values | {"row_": ident})

    def edit(self, table: str, ident: str, rolls: Rolls, count: int = 1) -> None:
        """Write `count` units of the row at once."""
        values: Values = {}
        for step in range(count):
            unit = UNITS[table][rolls[step] % len(UNITS[table])]
            values |= self.value(table, unit, rolls[1:])
        self.write(table, ident, values)

    def value(self, table: str, unit: str, rolls: Rolls) -> Values:
        """All columns of the unit, with values nobody else has where its kind allows that."""
        self._token += 1
        if unit == "place_time":
            return self._sitting(rolls)
        if unit == "term":
            since = 2010 + rolls[0] % 2 * 17  # 2010 covers the exams, 2027 begins after them
            month, day = divmod(self._token % TERM_DAYS, 28)
            return {"valid_from": f"{since + month // 12}-{month % 12 + 1:02}-{day + 1:02}",
                    "valid_to": None}  # fmt: skip
        if unit in REFERENCES.get(table, {}):
            found = self.pick(REFERENCES[table][unit], rolls[0])
            return {} if found is None else {unit: found}
        if unit in POOLS:
            return {unit: POOLS[unit][rolls[0] % len(POOLS[unit])]}
        return {unit: self._token if unit in NUMBERS else f"{unit} {self._token}"}

    def _sitting(self, rolls: Rolls) -> Values:
        """Three days and few hours, so that sittings meet; the minutes are this edit's own."""
        day, hour = 16 + rolls[0] % 3, 8 + rolls[1] % 4
        start, end = self._token % 60, self._token // 60 % 60
        second = f"2026-06-{day + 1}" if rolls[0] % 5 == 0 else None
        return {
            "workshop_id": self.pick("workshop", rolls[1]), "second_day": second,
            "starts_at": f"2026-06-{day}T{hour:02}:{start:02}",
            "ends_at": f"2026-06-{day}T{hour + 3:02}:{end:02}",
        }  # fmt: skip

    def pick(self, table: str, roll: int, *, deleted: int = 0) -> str | None:
        """One of the rows of this desk, in the order in which they were made."""
        query = text(  # nobody may write into a row whose person has been forgotten
            f'SELECT id FROM "{table}" WHERE deleted = :deleted'
            " AND id NOT IN (SELECT row_id FROM erasure) ORDER BY id"
        )
        ids = self._session.scalars(query, {"deleted": deleted}).all()
        return ids[roll % len(ids)] if ids else None


def plain(table: str) -> Values:
    """A row with nothing in it that its types allow to be empty."""
    row: Values = {}
    for name in captured_columns(Record.metadata.tables[table]):
        column = Record.metadata.tables[table].columns[name]
        kind = column.type
        if column.nullable:
            row[name] = None
        elif isinstance(kind, Enum):
            row[name] = kind.enums[0]
        elif isinstance(kind, JSON):
            row[name] = "{}"
        else:
            row[name] = 0 if kind.python_type in {int, bool} else ""
    return row | ({"active": 1} if table == "expert" else {})


def units_of(table: str) -> Mapping[str, Sequence[str]]:
    """Unit -> its columns, as people edit them; who deleted a row is no edit of its own."""
    together = {name for unit in TOGETHER.get(table, {}).values() for name in unit}
    alone = (
        name
        for name in captured_columns(Record.metadata.tables[table])
        if name not in together | {"id", "owner_id", "held", "deleted", "deleted_by"}
    )
    single = {name: (name,) for name in alone}
    return {"deletion": ("deleted",)} | dict(TOGETHER.get(table, {})) | single
