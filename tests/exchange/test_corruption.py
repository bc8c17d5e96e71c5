"""Damaged files of every format: a refusal or a book, soon, and nothing else."""

import os
import random
import time
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from import_truth import roster

from demoexam.exchange.failures import FileUnreadable
from demoexam.exchange.isolated import read_safely

CASES = int(os.environ.get("CORRUPTIONS", "60"))  # more of them for a longer search
SECONDS = 10.0
ROWS = [("ФИО", "Место работы"), *[("Иванов Иван Иванович", "ООО «Завод»")] * 20]
ORDER = "".join(
    f"<w:p><w:r><w:t>{n}) {name} – мастер {place};</w:t></w:r></w:p>"
    for n, (name, place) in enumerate(ROWS)
)


@cache
def page() -> bytes:
    rows = "".join(f"<tr><td>{name}</td><td rowspan=1>{place}</td></tr>" for name, place in ROWS)
    return f"<html><meta charset=utf-8><table>{rows}</table></html>".encode()


@cache
def xml_workbook() -> bytes:
    cells = "".join(
        f'<Row ss:Index="{n}"><Cell><Data ss:Type="String">{name}</Data></Cell></Row>'
        for n, (name, _) in enumerate(ROWS, start=1)
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="Л"><Table>{cells}</Table></Worksheet></Workbook>'
    ).encode()


def order(folder: Path) -> bytes:
    path = folder / "sound.docx"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}">{ORDER}</w:document>')
    return path.read_bytes()


Sound = Callable[[Path], bytes]
SOUND: dict[str, Sound] = {
    "книга.xlsx": lambda _: roster("college_a.xlsx").read_bytes(),
    "старая.xls": lambda _: roster("old_format.xls").read_bytes(),
    "список.csv": lambda _: roster("college_b.csv").read_bytes(),
    "юникод.txt": lambda _: "\n".join("\t".join(row) for row in ROWS).encode("utf-16"),
    "страница.xls": lambda _: page(),
    "разметка.xls": lambda _: xml_workbook(),
    "приказ.docx": order,
}


def corrupted(sound: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut off, repeated or zeroed."""
    broken = bytearray(sound)
    for _ in range(chance.choice((1, 3, 20, 200))):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    start, end = sorted(chance.randrange(len(broken)) for _ in range(2))
    match chance.randrange(5):
        case 0:
            del broken[end:]
        case 1:
            del broken[start:end]
        case 2:
            broken[start:start] = broken[start:end]
        case 3:
            broken[start:end] = bytes(end - start)
    return bytes(broken)


def test_what_is_to_be_corrupted_is_sound(tmp_path):
    for name, sound in SOUND.items():
        path = tmp_path / name
        path.write_bytes(sound(tmp_path))
        assert read_safely(path).sheets[0].lines


@pytest.mark.parametrize("part", range(6))
def test_no_corruption_does_more_than_refuse(tmp_path, part):
    for case in range(part, CASES, 6):
        chance = random.Random(case)  # noqa: S311 -- repeatable
        name = [*SOUND][case % len(SOUND)]
        path = tmp_path / name
        path.write_bytes(corrupted(SOUND[name](tmp_path), chance))
        began = time.monotonic()
        try:
            outcome = read_safely(path).name
        except FileUnreadable as refused:
            outcome = str(refused) if refused.hint else ""
        assert name in outcome, case
        assert time.monotonic() - began < SECONDS, f"случай {case}: {name}"
