"""Small lists for tests of the import, written as a coordinator would have them."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from demoexam.models.catalog import entities
from demoexam.store.store import Store


def csv_file(path: Path, *rows: Iterable[Any]) -> Path:
    """A CSV file of these rows, as Excel saves it in Russia."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def state_of(store: Store) -> dict[str, list[tuple[str, ...]]]:
    """Every live row of every table, without the journal."""
    with store.reading() as session:
        return {
            name: sorted(
                tuple(str(value) for value in row)
                for row in session.execute(
                    select(*(c for c in entity.__table__.c if c.name != "n")).where(
                        entity.__table__.c.deleted.is_(False)
                    )
                )
            )
            for name, entity in entities().items()
            if name != "coordinator"
        }
