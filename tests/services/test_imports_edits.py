"""The same file again changes nothing; an edited copy changes the edited cells; undo all of it."""

import json
import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from import_edits import Changes, Listing, kits, roster, schedule, students, workshops
from import_lists import state_of
from import_truth import TODAY
from sqlalchemy import text

from demoexam.exchange.reading import read_book
from demoexam.services.college.college import found_college
from demoexam.services.history import bring_back, take_back
from demoexam.services.imports.imports import ImportReport, import_file
from demoexam.store.store import Store

CASES = int(os.environ.get("DEMOEXAM_EXAMPLES", "2"))
MAKERS = {"roster": roster, "students": students, "workshops": workshops, "kits": kits}


@pytest.fixture
def college(store: Store) -> Store:
    with store.transaction("свой колледж") as session:
        found_college(session, name="Колледж связи")
    return store


def journal(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """What tells that anything was written: operations, changes, and what the hub has to see."""
    with store.reading() as session:
        return {
            table: [tuple(row) for row in session.execute(text(f"SELECT * FROM {table}"))]
            for table in ("operation", "change", "dirty")
        }


def last_changes(store: Store) -> Changes:
    """Columns that the last operation changed, by table, and rows that it added."""
    last = "SELECT id FROM operation ORDER BY n DESC LIMIT 1"
    query = f"SELECT table_name, before, after FROM change WHERE operation_id = ({last})"
    found: Changes = Counter()
    with store.reading() as session:
        for table, before, after in session.execute(text(query)):
            was, now = json.loads(before or "{}"), json.loads(after)
            columns = [name for name in now if now[name] != was.get(name)] if before else ["+"]
            found.update((table, column) for column in columns)
    del found["study_group", "head_count"]  # follows the list: as many changes as groups
    return found


def load(store: Store, listing: Listing, path: Path) -> ImportReport:
    return import_file(store, listing.write(path), today=TODAY, read=read_book)


def check(college: Store, listing: Listing, tmp_path: Path, random: Random) -> None:
    """Load a list, the same shuffled, an edited copy; then take all of it back."""
    empty = state_of(college)
    load(college, listing, tmp_path / "список.csv")
    loaded, journaled = state_of(college), journal(college)
    assert loaded != empty
    again = load(college, listing.shuffled(random), tmp_path / "снова.xlsx")
    assert not again.outcome.anything
    assert (state_of(college), journal(college)) == (loaded, journaled)

    edited, wanted = listing.edited(random)
    report = load(college, edited, tmp_path / "правка.csv")
    told = [(row.title, change) for row in report.plan.rows for change in row.changes]
    if wanted:
        assert last_changes(college) == wanted, told
    changed = state_of(college)
    if wanted:
        assert not take_back(college).kept
        assert state_of(college) == loaded
        bring_back(college)
        assert state_of(college) == changed
        take_back(college)
    assert not take_back(college).kept
    assert state_of(college) == empty


@pytest.mark.parametrize("seed", range(CASES))
@pytest.mark.parametrize("kind", MAKERS)
def test_the_same_again_is_nothing_and_an_edit_is_itself(college, tmp_path, kind, seed):
    random = Random(f"{kind} {seed}")  # noqa: S311 -- the same lists every time
    check(college, MAKERS[kind](random), tmp_path, random)


@pytest.mark.parametrize("seed", range(CASES))
def test_an_edited_schedule_moves_what_was_edited(college, tmp_path, seed):
    random = Random(f"schedule {seed}")  # noqa: S311 -- the same lists every time
    base = kits(random), workshops(random), roster(random, employers=True)
    for number, listing in enumerate(base):
        load(college, listing, tmp_path / f"{number}.csv")
    people = [row["full_name"] for row in base[2].rows]
    codes = sorted({row["code"] for row in base[0].rows if row["level"] == "БУ"})
    check(college, schedule(random, people, codes), tmp_path, random)
