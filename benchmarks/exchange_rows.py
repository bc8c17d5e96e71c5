"""Rows as several colleges would have them, for the measurements of the exchange."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice, repeat
from pathlib import Path
from random import Random

from demoexam.hub.columns import Form, form, forms
from demoexam.models.base import Record, dump_json, new_id
from demoexam.services.sample.names import CITIES, people

Row = tuple[object, ...]
Rows = Mapping[str, Sequence[Row]]
SHARES = {  # of every thousand rows; what is left over are examinees
    "organization": 5, "workshop": 5, "study_group": 20, "expert": 40, "employment": 50,
    "certificate": 50, "exam_session": 40, "exam_place": 280, "assignment": 160,
}  # fmt: skip
PLACES, DUTIES, GROUP = 7, 4, 17


def mixed(number: int) -> Rows:
    """About `number` rows by table, a row's targets before it; ids are new ones."""
    many = {name: max(share * number // 1000, 1) for name, share in SHARES.items()}
    names, rng = people(Random(1)), Random(2)
    made: dict[str, Sequence[Row]] = {}

    def some(table: str, positions: Iterator[int] | range) -> Iterator[object]:
        rows = made[table]
        return (rows[at % len(rows)][0] for at in positions)

    def add(table: str, count: int, **columns: object) -> None:
        made[table] = _rows(form(table), count, columns)

    def named(count: int) -> dict[str, object]:
        last, first, middle = zip(*islice(names, count), strict=True)
        return {"last_name": last, "first_name": first, "middle_name": middle}

    count = many["organization"]
    add(
        "organization", count, kind=["college", "employer"] * count,
        short_name=[f"Организация {n}" for n in range(count)],
        full_name=[f"Общество с ограниченной ответственностью «{n}»" for n in range(count)],
        inn=[f"16{n:08d}" for n in range(count)],
        city=[CITIES[n % len(CITIES)] for n in range(count)],
    )  # fmt: skip
    specialty = new_id()
    add("specialty", 1, id=[specialty], code="09.02.07", title="Программирование", kind="specialty")
    add(
        "assessment_kit", 10, code=[f"КОД 09.02.07-{n}-2026" for n in range(10)], level="profile",
        specialty_id=specialty, year=2026, minutes=210, exam_days=1, equipment="[]",
    )  # fmt: skip
    count = many["workshop"]
    add(
        "workshop", count, name=[f"Мастерская {n}" for n in range(count)], places=12,
        organization_id=some("organization", range(count)), equipment="[]", opening_hours="{}",
    )  # fmt: skip
    count = many["study_group"]
    add(
        "study_group", count, name=[f"ИСП-{n}" for n in range(count)], specialty_id=specialty,
        college_id=some("organization", range(0, 2 * count, 2)), year=2026, course=4,
    )  # fmt: skip
    count = many["study_group"] * GROUP
    add(
        "examinee", count, **named(count),
        group_id=some("study_group", (n // GROUP for n in range(count))),
    )  # fmt: skip
    count = many["expert"]
    add(
        "expert", count, **named(count), phone=[f"+7843{n:07d}" for n in range(count)],
        email=[f"expert{n}@example.com" for n in range(count)], active=1,
    )  # fmt: skip
    count = many["employment"]
    add(
        "employment", count, expert_id=some("expert", range(count)), post="инженер-программист",
        organization_id=some("organization", (2 * rng.randrange(count) + 1 for _ in range(count))),
        valid_from="2019-09-01", is_main=[int(n < many["expert"]) for n in range(count)],
    )  # fmt: skip
    count = many["certificate"]
    add(
        "certificate", count, expert_id=some("expert", range(count)), issued_on="2025-02-10",
        number=[f"{n:07d}" for n in range(count)], issued_by="Учебный центр",
        valid_until="2027-02-10",
    )  # fmt: skip
    count = many["exam_session"]
    days = [_day(n // many["workshop"]) for n in range(count)]
    add(
        "exam_session", count, kit_id=some("assessment_kit", range(count)), number=1,
        group_id=some("study_group", (n // 2 for n in range(count))),
        workshop_id=some("workshop", range(count)), state=["planned", "done"] * count,
        starts_at=[f"{day}T09:00" for day in days], ends_at=[f"{day}T12:30" for day in days],
    )  # fmt: skip
    count = many["exam_place"]
    add(
        "exam_place", count, session_id=some("exam_session", (n // PLACES for n in range(count))),
        examinee_id=some("examinee", (_seat(n) for n in range(count))), variant="1",
        points='{"1":2150,"2":1800}', workplace=[n % PLACES + 1 for n in range(count)],
    )  # fmt: skip
    count = many["assignment"]
    add(
        "assignment", count, session_id=some("exam_session", (n // DUTIES for n in range(count))),
        expert_id=some("expert", range(count)), answer="confirmed",
        role=["chief", "scoring", "scoring", "technical"] * count,
    )  # fmt: skip
    return {each.name: made[each.name] for each in forms() if each.name in made}


def _day(nth: int) -> str:
    """A day of its own for each sitting of a workshop."""
    return f"{2026 + nth // 336}-{nth // 28 % 12 + 1:02d}-{nth % 28 + 1:02d}"


def _seat(nth: int) -> int:
    """Two sittings of a group share its people."""
    sitting, seat = divmod(nth, PLACES)
    return sitting // 2 * GROUP + sitting % 2 * PLACES + seat


def _rows(each: Form, count: int, columns: Mapping[str, object]) -> Sequence[Row]:
    """Rows in the order of the form; a column is one value for all rows or one for each."""
    given = {"id": [new_id() for _ in range(count)], **columns}
    table = Record.metadata.tables[each.name]
    filled = []
    for name in each.columns:
        plain = 0 if table.columns[name].type.python_type in {int, bool} else ""
        value = given.get(name, None if table.columns[name].nullable else plain)
        filled.append(repeat(value) if isinstance(value, str | int | None) else value)
    return list(islice(zip(*filled, strict=False), count))


def put(raw: sqlite3.Connection, rows: Mapping[str, Sequence[Row]], rev: int | None = None) -> None:
    """Insert whole rows as the bare driver does it; the limit that everything is compared with."""
    for name, found in rows.items():
        each = form(name)
        marks = ", ".join("?" * len(each.columns))
        query = f'INSERT INTO "{name}" ({each.quoted}, rev) VALUES ({marks}, {rev or "NULL"})'
        raw.executemany(query, found)


def journal(raw: sqlite3.Connection, unsent_only: bool = True) -> Rows:
    """The journal's entries, as rows of their forms."""
    where = " WHERE rev IS NULL" if unsent_only else ""
    return {
        each.name: raw.execute(f'SELECT {each.quoted} FROM "{each.name}"{where}').fetchall()
        for each in forms()
        if each.journal
    }


def fill_hub(path: Path, number: int) -> None:
    """`number` rows of one commit, as after a great import; half are entries of the journal."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA synchronous = OFF")
        raw.execute("PRAGMA cache_size = -262144")
        raw.execute("UPDATE sync_hub SET rev = rev + 1")
        rev = raw.execute("SELECT rev FROM sync_hub").fetchone()[0]
        raw.execute(
            "INSERT INTO sync_commit (rev, batch, client, usr, at, n) VALUES (?, ?, '', '', '', 0)",
            (rev, new_id()),
        )
        rows = mixed(number // 2)
        put(raw, rows, rev)
        for name in rows:
            raw.execute(_entries(form(name)), {"rev": rev})


def _entries(each: Form) -> str:
    """An entry for every row, under ids that look like those of the program."""
    image = ", ".join(f"'{name}', \"{name}\"" for name in each.columns)
    return (
        "INSERT INTO change (id, operation_id, table_name, row_id, after, rev)"
        f" SELECT substr(id, 1, 24) || printf('%012x', n), '', '{each.name}', id,"
        f' json_object({image}), :rev FROM "{each.name}" WHERE rev = :rev'
    )


def entries(rows: Rows) -> Iterator[Row]:
    """The same for where SQL cannot make them: an entry for every row."""
    for name, found in rows.items():
        image = form(name).image
        for row in found:
            yield new_id(), "", name, row[0], None, dump_json(image(row)), None
