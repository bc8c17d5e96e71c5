"""A verdict on one move among 10 000 sittings; a check of all against one scan of their rows."""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.calibration import REFERENCE_MS, cpu_ms, loop_ms, side_by_side, size, verdict
from demoexam.rules.moves import MoveJudge
from demoexam.services.plan.check import findings
from demoexam.services.season.season import judge
from demoexam.store.opening import create_store

VERDICT_BAR, CHECK_BAR = 1.0, 20.0
TODAY, FIRST = date(2026, 3, 2), date(2026, 5, 4)
DAYS, TRIES, TEAM = 40, 2000, ("chief", "scoring", "scoring", "scoring", "technical")
SCAN = """
SELECT s.id, s.group_id, s.kit_id, s.workshop_id, s.starts_at, s.ends_at, s.second_day,
       s.preparation_day, s.head_count, s.board_member, s.state, s.held,
       a.id, a.expert_id, a.role, a.answer, a.held
FROM exam_session s LEFT JOIN assignment a ON a.session_id = s.id AND a.deleted = 0
WHERE s.deleted = 0 ORDER BY s.starts_at, s.id, a.id"""
EMPTY = {"equipment": "[]", "opening_hours": "{}"}


def main() -> int:
    sittings = size(10_000)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "moves.db"
        store = create_store(path)
        with closing(sqlite3.connect(path)) as bare, bare:
            fill(bare, sittings)
        with store.reading() as session:
            made = judge(session, FIRST, working_day(DAYS), TODAY)
        one = per_verdict(made, sittings)

        def checked() -> int:
            with store.reading() as session:
                return len(findings(session, today=TODAY))

        with closing(sqlite3.connect(path)) as bare:
            bare.execute("PRAGMA cache_size = -65536")
            ours, theirs = side_by_side(checked, scan(bare))
        store.close()
    loop = loop_ms()
    scaled = one * REFERENCE_MS / loop
    print(f"verdict: {one:.3f} мс; check {ours:.0f} мс, чтение {theirs:.0f} мс; "
          f"калибровка {loop:.0f} мс")  # fmt: skip
    missed = verdict("moves verdict", scaled, VERDICT_BAR)
    return max(missed, verdict("moves check", ours / theirs, CHECK_BAR))


def per_verdict(made: MoveJudge, sittings: int) -> float:
    """CPU milliseconds of one verdict, the median of batches of them at random places."""
    rng = Random(2)
    rooms = sorted(made.workshops)
    places = [
        (f"s{rng.randrange(sittings)}", rng.choice(rooms), start(rng.randrange(DAYS), rng))
        for _ in range(TRIES)
    ]

    def batch(part: int) -> Callable[[], object]:
        some = places[part::10]
        return lambda: [made.verdict(i, workshop_id=w, starts_at=s) for i, w, s in some]

    return median(cpu_ms(batch(part)) for part in range(10)) / (TRIES / 10)


def start(day: int, rng: Random) -> datetime:
    return datetime.combine(working_day(day), time(rng.choice((8, 13))))


def working_day(number: int) -> date:
    """Five of them a week; holidays among them are found as such."""
    weeks, days = divmod(number, 5)
    return FIRST + timedelta(7 * weeks + days)


def scan(bare: sqlite3.Connection) -> Callable[[], object]:
    """Read the sittings in order of time, each with its duties: what the rules ask of them."""
    return lambda: len(bare.execute(SCAN).fetchall())


def fill(bare: sqlite3.Connection, sittings: int) -> None:
    """Sittings in two shifts of 30 workshops or more, with experts of 200 organizations.

    Nobody is in two places at once but in one sitting of fifty.
    """
    rng = Random(1)
    rooms, experts, groups = max(30, sittings // 80), max(sittings // 4, 60), max(sittings // 2, 1)
    bare.execute("UPDATE store_state SET applying = 1")
    rows(bare, "organization", [
        {"id": f"o{n}", "kind": ("employer", "college")[n % 2], "short_name": f"Организация {n}",
         "full_name": f"Организация {n}"} for n in range(200)
    ])  # fmt: skip
    rows(bare, "expert", [
        {"id": f"e{n}", "last_name": f"Эксперт{n}", "first_name": "Иван", "active": 1,
         "consent_on": "2025-09-01"} for n in range(experts)
    ])  # fmt: skip
    rows(bare, "employment", [
        {"id": f"j{n}", "expert_id": f"e{n}", "organization_id": f"o{rng.randrange(200)}",
         "valid_from": "2020-01-01", "is_main": 1} for n in range(experts)
    ])  # fmt: skip
    rows(bare, "certificate", [
        {"id": f"c{n}", "expert_id": f"e{n}", "valid_until": "2030-01-01"} for n in range(experts)
    ])  # fmt: skip
    specialty = bare.execute("SELECT id FROM specialty LIMIT 1").fetchone()[0]
    rows(bare, "assessment_kit", [
        {"id": "k", "code": "09.02.07-2-2026", "specialty_id": specialty, "level": "profile",
         "year": 2026, "minutes": 210, "exam_days": 1}
    ])  # fmt: skip
    rows(bare, "workshop", [
        {"id": f"w{n}", "name": f"Мастерская {n}", "organization_id": "o1", "places": 15}
        for n in range(rooms)
    ])  # fmt: skip
    rows(bare, "study_group", [
        {"id": f"g{n}", "name": f"Г-{n}", "college_id": f"o{2 * n % 200 + 1}", "head_count": 24,
         "specialty_id": specialty} for n in range(groups)
    ])  # fmt: skip
    rows(bare, "exam_session", [sitting(n, rooms, groups) for n in range(sittings)])
    rows(bare, "assignment", [
        {"id": f"a{n}-{seat}", "session_id": f"s{n}", "role": role, "answer": "confirmed",
         "expert_id": f"e{rng.randrange(experts) if n % 50 == 0 else (5 * n + seat) % experts}"}
        for n in range(sittings) for seat, role in enumerate(TEAM)
    ])  # fmt: skip
    bare.execute("UPDATE store_state SET applying = 0")
    bare.execute("ANALYZE")


def sitting(number: int, rooms: int, groups: int) -> dict[str, object]:
    """The shifts of a day fill all rooms before the next day begins."""
    shift, room = divmod(number, rooms)
    day = working_day(shift // 2 % DAYS)
    begin = datetime.combine(day, time(8 + 5 * (shift % 2)))
    return {
        "id": f"s{number}", "group_id": f"g{number % groups}", "kit_id": "k", "number": 1,
        "head_count": 12, "workshop_id": f"w{room}", "starts_at": f"{begin:%Y-%m-%dT%H:%M}",
        "ends_at": f"{begin + timedelta(minutes=210):%Y-%m-%dT%H:%M}", "state": "planned",
        "preparation_day": f"{day - timedelta(1)}", "board_member": "Кузнецов К. К.", "pinned": 0,
    }  # fmt: skip


def rows(bare: sqlite3.Connection, table: str, facts: list[dict[str, object]]) -> None:
    """Insert them; columns that may not be empty and are not given hold their type's nothing."""
    given = list(facts[0])
    needed = [
        (name, EMPTY.get(name, 0 if kind == "INTEGER" else ""))
        for _, name, kind, notnull, default, key in bare.execute(f"PRAGMA table_info({table})")
        if notnull and default is None and not key and name not in given
    ]
    columns = [*given, *(name for name, _ in needed)]
    marks = ", ".join("?" * len(columns))
    bare.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
        [[*each.values(), *(value for _, value in needed)] for each in facts],
    )


if __name__ == "__main__":
    sys.exit(main())
