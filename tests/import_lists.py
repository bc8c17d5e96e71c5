"""Small lists for tests of the import, written as a coordinator would have them."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def csv_file(path: Path, *rows: Iterable[Any]) -> Path:
    """A CSV file of these rows, as Excel saves it in Russia."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path
