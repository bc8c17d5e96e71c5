"""Cells of an xlsx that hold no value: errors, and formulas whose result was never saved."""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Final

from demoexam.exchange.safety import BROKEN_ARCHIVE

FORMULA: Final = "#ФОРМУЛА!"  # stands before the text of a formula that has no result
Lost = dict[tuple[int, int], str]  # (row, column), both from 0 -> what to show there

_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE: Final = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_VALUE: Final = re.compile(rb"<v[^>]*>([^<]*)</v>")
_FORMULA: Final = re.compile(rb"<f\b[^>]*>([^<]*)</f>|<f\b[^>]*/>")
_PLACE: Final = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d+)[\"']")
_NO_RESULT: Final = (b"<v></v>", b"<v/>", b"<v />", b"</f></c>")
_ERROR: Final = (b't="e"', b"t='e'")
_LONGEST: Final = 60


def lost_cells(path: Path) -> dict[str, Lost]:
    """Sheet -> its lost cells. Nothing is computed; a file that is no xlsx has none."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _parts(archive)
            return {name: lost for name, part in parts if (lost := _lost(archive.read(part)))}
    except (*BROKEN_ARCHIVE, KeyError):
        return {}


def _parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Names of the sheets with the parts that hold them."""
    told = _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {
        each["Id"]: each.get("Target", "") for each in map(_attributes, told) if "Id" in each
    }
    known = {*archive.namelist()}
    found = []
    for each in map(_attributes, _SHEET.findall(archive.read("xl/workbook.xml"))):
        ident = next((value for key, value in each.items() if key.endswith(":id")), "")
        target = targets.get(ident, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in known and "name" in each:
            found.append((each["name"], part))
    return found


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        key.decode(): unescape((double or single).decode("utf-8", "replace"))
        for key, double, single in _ATTRIBUTE.findall(tag)
    }


def _lost(xml: bytes) -> Lost:
    lost: Lost = {}
    for start, end in _suspects(xml):
        cell = xml[start:end]
        place = _PLACE.search(cell)
        if place and (shown := _shown(cell)):
            lost[int(place[2]) - 1, _column(place[1])] = shown
    return lost


def _suspects(xml: bytes) -> Iterator[tuple[int, int]]:
    """Bounds of cells with the marks of an error or of a formula without a result."""
    has_formulas = b"<f" in xml
    for mark in (*_ERROR, *(_NO_RESULT if has_formulas else ())):
        at = xml.find(mark)
        while at >= 0:
            start, end = xml.rfind(b"<c ", 0, at + 1), xml.find(b"</c>", at)
            if start >= 0 and end >= 0:
                yield start, end
            at = xml.find(mark, at + len(mark))


def _shown(cell: bytes) -> str:
    head = cell[: cell.find(b">")]
    value = _VALUE.search(cell)
    if any(mark in head for mark in _ERROR):
        return value[1].decode("utf-8", "replace") if value else ""
    formula = _FORMULA.search(cell)
    if formula is None or (value and value[1]) or b"<is>" in cell:
        return ""
    written = unescape((formula[1] or b"").decode("utf-8", "replace"))
    return f"{FORMULA} ={written[:_LONGEST]}"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
