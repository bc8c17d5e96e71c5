"""Employers' share of a year over 100 000 assignments, against a GROUP BY on the bare tables."""

import sqlite3
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.calibration import loop_ms, side_by_side, size, verdict
from demoexam.services.share.share import shares
from demoexam.store.opening import create_store

BAR = 1.5
TODAY = date(2026, 11, 23)
EXPERTS_A_SITTING, SITTINGS_AN_EXPERT = 5, 20

GROUP_BY = """
SELECT count(o.id), sum(o.kind = 'employer')
FROM (SELECT a.expert_id, max(s.starts_at) AS day
      FROM assignment a JOIN exam_session s ON s.id = a.session_id
      WHERE a.role IN ('chief', 'scoring') AND a.answer <> 'refused'
        AND a.deleted = 0 AND a.held = 0
        AND s.starts_at >= '2026' AND s.starts_at < '2027' AND s.deleted = 0 AND s.held = 0
      GROUP BY a.expert_id) turn
LEFT JOIN employment e ON e.expert_id = turn.expert_id AND e.is_main AND e.deleted = 0
      AND coalesce(e.valid_from, '') <= day AND coalesce(e.valid_to, '9') >= substr(day, 1, 10)
LEFT JOIN organization o ON o.id = e.organization_id"""


def main() -> int:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "share.db"
        store = create_store(path)
        with closing(sqlite3.connect(path)) as bare, bare:
            fill(bare, size(100_000))

        def counted() -> tuple[int, int]:
            with store.reading() as session:
                total = shares(session, year=TODAY.year, today=TODAY)[0].share
            return total.experts, total.employers

        with closing(sqlite3.connect(path)) as bare:
            bare.execute("PRAGMA cache_size = -65536")

            def grouped() -> tuple[int, int]:
                experts, employers = bare.execute(GROUP_BY).fetchone()
                return int(experts), int(employers)

            if counted() != grouped():
                print(f"РАЗНЫЕ ЧИСЛА: {counted()} и {grouped()}")
                return 1
            ours, theirs = side_by_side(counted, grouped)
        store.close()
    print(f"share: {ours:.0f} мс, GROUP BY {theirs:.0f} мс; калибровка {loop_ms():.0f} мс")
    return verdict("share", ours / theirs, BAR)


def fill(bare: sqlite3.Connection, assignments: int) -> None:
    """Experts of 200 organizations with a sitting a few times a week; no journal of all this."""
    rng = Random(1)
    bare.execute("UPDATE store_state SET applying = 1")
    kinds = ("employer", "college", "employer", "university", "employer")
    bare.executemany(
        "INSERT INTO organization (id, kind, short_name, full_name, city, address, contact, phone,"
        " email, founder, legal_form, head_name, head_post)"
        " VALUES (?, ?, ?, '', '', '', '', '', '', '', '', '', '')",
        [(f"o{n}", kinds[n % 5], f"Организация {n}") for n in range(200)],
    )
    experts = max(assignments // SITTINGS_AN_EXPERT, EXPERTS_A_SITTING)
    bare.executemany(
        "INSERT INTO expert (id, last_name, first_name, middle_name, phone, email,"
        " consent_document, note, active) VALUES (?, ?, 'Иван', '', '', '', '', '', 1)",
        [(f"e{n}", f"Эксперт{n}") for n in range(experts)],
    )
    bare.executemany(
        "INSERT INTO employment (id, expert_id, organization_id, post, valid_from, is_main,"
        " override_reason) VALUES (?, ?, ?, '', '2020-01-01', 1, '')",
        [(f"j{n}", f"e{n}", f"o{rng.randrange(200)}") for n in range(experts)],
    )
    bare.execute("INSERT INTO study_group (id, name, college_id) VALUES ('g', 'Группа', 'o1')")
    specialty = bare.execute("SELECT id FROM specialty LIMIT 1").fetchone()[0]
    bare.execute(
        "INSERT INTO assessment_kit (id, code, specialty_id, level, year, minutes, title,"
        " exam_days, core_points, variable_points, equipment)"
        " VALUES ('k', '09.02.07-2-2026', ?, 'profile', 2026, 210, '', 1, 0, 0, '[]')",
        [specialty],
    )
    sittings = assignments // EXPERTS_A_SITTING
    first = date(2026, 1, 12)
    days = [(first + timedelta(days=n * 340 // sittings)).isoformat() for n in range(sittings)]
    bare.executemany(
        "INSERT INTO exam_session (id, group_id, kit_id, number, starts_at, ends_at, board_member,"
        " state, pinned, note) VALUES (?, 'g', 'k', 1, ?, ?, '', 'done', 0, '')",
        [(f"s{n}", f"{day}T09:00", f"{day}T12:30") for n, day in enumerate(days)],
    )
    roles = ("chief", "scoring", "scoring", "scoring", "technical")
    bare.executemany(
        "INSERT INTO assignment (id, session_id, expert_id, role, duty, workplaces, answer)"
        " VALUES (?, ?, ?, ?, '', '', 'attended')",
        [
            (f"a{n}", f"s{n // EXPERTS_A_SITTING}", f"e{rng.randrange(experts)}", roles[n % 5])
            for n in range(sittings * EXPERTS_A_SITTING)
        ],
    )
    bare.execute("UPDATE store_state SET applying = 0")


if __name__ == "__main__":
    sys.exit(main())
