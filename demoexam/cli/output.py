"""How the command line prints: tables for people, JSON for programs."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import click

YEAR = click.IntRange(1, 9999)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def echo_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def echo_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as their longest cell; the last one is not padded."""
    body = [[CONTROL.sub(" ", str(cell)) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
    for line in [list(head), *body]:
        padded = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        click.echo("  ".join(padded).rstrip())
