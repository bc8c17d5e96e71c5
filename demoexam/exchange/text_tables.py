"""Text tables (CSV and the like): which encoding, which separator, which line each row began on."""

import csv
import io
import itertools
from typing import Final

from demoexam.exchange.cells import Line, Sheet
from demoexam.exchange.failures import FileEmpty, NotASpreadsheet
from demoexam.exchange.formulas import unmarked

SHEET_NAME: Final = "csv"
_SEPARATORS: Final = ";\t,|"
_SAMPLE_LINES: Final = 60
_LETTERS: Final = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё")
_SINGLE_BYTE: Final = ("cp1251", "cp866", "koi8-r")
_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_text_table(content: bytes, name: str) -> Sheet:
    """One sheet named "csv". A row's number is the line of the file where the row begins."""
    text = decode(content)
    if "\0" in text:
        raise NotASpreadsheet(name=name, what="это не текст")
    if not text.strip():
        raise FileEmpty(name=name)
    separator, skipped = _separator(text)
    lines = itertools.islice(io.StringIO(text, newline=""), skipped, None)
    reader = csv.reader(lines, delimiter=separator)
    rows: list[Line] = []
    began = skipped + 1
    try:
        for cells in reader:
            rows.append(Line(began, tuple(map(unmarked, cells))))
            began = skipped + reader.line_num + 1
    except csv.Error as broken:
        raise NotASpreadsheet(name=name, what=f"строка {began} не разбирается") from broken
    return Sheet(SHEET_NAME, tuple(rows))


def decode(content: bytes) -> str:
    """By its byte order mark, as UTF-8, else as the Cyrillic code page that reads best."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        candidates = [content.decode(page, errors="replace") for page in _SINGLE_BYTE]
        return max(candidates, key=_likeness_to_russian)


def _likeness_to_russian(text: str) -> float:
    """Russian text is mostly lower-case letters after letters; a wrong code page is not."""
    sample = text[:20_000]
    common = sum(sample.count(letter) for letter in "оеаинт")
    odd = sum(1 for a, b in itertools.pairwise(sample) if a.islower() and b.isupper())
    foreign = sum(1 for letter in sample if not letter.isascii() and letter.lower() not in _LETTERS)
    return common - 2.0 * foreign - odd


def _separator(text: str) -> tuple[str, int]:
    """The separator, and how many lines tell it instead of holding data (`sep=;`)."""
    first = text.splitlines()[0] if text else ""
    if first.lower().startswith("sep=") and len(first) > len("sep="):
        return first[4], 1
    sample = text.splitlines()[:_SAMPLE_LINES]
    return max(_SEPARATORS, key=lambda mark: _regularity(sample, mark)), 0


def _regularity(lines: list[str], mark: str) -> float:
    """How many lines hold the mark, and how alike their numbers of it are."""
    counts = [len(next(csv.reader([line], delimiter=mark), [])) - 1 for line in lines]
    filled = [count for count in counts if count > 0]
    if not filled:
        return 0.0
    usual = max(set(filled), key=filled.count)
    return filled.count(usual) * min(usual, 8) + len(filled)
