"""Text tables (CSV and the like): which encoding, which separator, which line each row began on."""

import csv
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.failures import FileEmpty, FileTooHeavy, NotASpreadsheet, TooLarge
from demoexam.exchange.formulas import unmarked

SHEET_NAME: Final = "csv"
PASTED_BOOK: Final = "буфер обмена"
PASTED_SHEET: Final = "буфер"
MOST_BYTES: Final = 25_000_000
MOST_CELLS: Final = 1_500_000
_SEPARATORS: Final = ";\t,|"
_SAMPLE_LINES: Final = 60
_SAMPLE_LETTERS: Final = 20_000
_LONGEST_CELL: Final = 131_072
_SINGLE_BYTE: Final = ("cp1251", "cp866", "koi8-r")
_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_WIDE_HIGH_BYTES: Final = b"\x00\x04"  # of Latin and of Cyrillic letters in UTF-16
_LETTER_SHARES: Final = {  # letters of Russian texts, in tenths of a percent
    "о": 110, "е": 85, "а": 80, "и": 74, "н": 67, "т": 63, "с": 55, "р": 47, "в": 45, "л": 44,
    "к": 35, "м": 32, "д": 30, "п": 28, "у": 26, "я": 20, "ы": 19, "ь": 17, "г": 17, "з": 16,
    "б": 16, "ч": 14, "й": 12, "х": 10, "ж": 9, "ш": 7, "ю": 6, "ц": 5, "щ": 4, "э": 3, "ф": 3,
    "ё": 1, "ъ": 1,
}  # fmt: skip
_USUAL_SHARE: Final = 12.0  # a letter more frequent than this speaks for the code page
_PUNCTUATION: Final = frozenset("«»№–—“”„…’‘\xa0°§")
_TORN_LINES: Final = 3  # of a cell that an unclosed quotation mark has swallowed
_PASTED_CELL: Final = re.compile(r'"((?:[^"]|""){0,20000})"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')


def read_text_table(content: bytes, name: str) -> Sheet:
    """One sheet named "csv". A row's number is the line of the file where the row begins."""
    if len(content) > MOST_BYTES:
        raise FileTooHeavy(name=name, what=f"в нём больше {MOST_BYTES // 1_000_000} МБ текста")
    text = decode(content)
    if "\0" in text:
        raise NotASpreadsheet(name=name, what="это не текст")
    if not text.strip():
        raise FileEmpty(name=name)
    if "\n" not in text:
        text = text.replace("\r", "\n")  # as old Macintosh programs end their lines
    separator, skipped = _separator(text)
    if text.count(separator) > MOST_CELLS:
        raise TooLarge(name=name)
    lines = _rows(text, separator, skipped, name)
    if any(_is_torn(line, separator) for line in lines):
        lines = _rows(text, separator, skipped, name, quoting=csv.QUOTE_NONE)
    return Sheet(SHEET_NAME, tuple(lines))


def read_pasted(text: str) -> Book:
    """What a spreadsheet put on the clipboard: cells by tabs, those with line breaks in quotes."""
    if len(text) > MOST_BYTES:
        raise FileTooHeavy(name=PASTED_BOOK, what="скопировано слишком много")
    if not text.strip("\ufeff \t\r\n\0"):
        raise FileEmpty(name=PASTED_BOOK)
    rows = enumerate(_pasted_rows(text.strip("\ufeff\0")), start=1)
    lines = tuple(Line(number, tuple(map(unmarked, cells))) for number, cells in rows)
    return Book(PASTED_BOOK, (Sheet(PASTED_SHEET, lines),))


def _pasted_rows(text: str) -> Iterator[tuple[str, ...]]:
    position, cells = 0, list[str]()
    while position < len(text):
        found = _PASTED_CELL.match(text, position)
        if found is None:
            break
        quoted, plain = found.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"').replace("\r\n", "\n"))
        position = found.end()
        if text.startswith("\t", position):
            position += 1
            if position < len(text):
                continue
            cells.append("")
        position += 2 if text.startswith("\r\n", position) else 1
        yield tuple(cells)
        cells = []


def _rows(
    text: str, separator: str, skipped: int, name: str, quoting: int = csv.QUOTE_MINIMAL
) -> list[Line]:
    source = itertools.islice(_lines(text), skipped, None)
    reader = csv.reader(source, delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    rows: list[Line] = []
    began = skipped + 1
    try:
        for cells in reader:
            rows.append(Line(began, tuple(map(unmarked, cells))))
            began = skipped + reader.line_num + 1
    except csv.Error as broken:
        if quoting == csv.QUOTE_MINIMAL and max(map(len, text.split("\n"))) < _LONGEST_CELL:
            return _rows(text, separator, skipped, name, quoting=csv.QUOTE_NONE)
        raise NotASpreadsheet(name=name, what=f"строка {began} не разбирается") from broken
    return rows


def _lines(text: str) -> Iterator[str]:
    """One after another with their ends; a `StringIO` would hold the text four times over."""
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _is_torn(line: Line, separator: str) -> bool:
    """A quotation mark that nobody closed has made rows below into one cell."""
    for cell in line.cells:
        if isinstance(cell, str) and cell.count("\n") >= _TORN_LINES:
            within = [each for each in cell.split("\n") if each.strip()]
            if sum(separator in each for each in within) >= len(within) - 1:
                return True
    return False


def decode(content: bytes) -> str:
    """By its byte order mark, as UTF-16 or UTF-8, else as the code page that reads best."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if wide := _wide_encoding(content):
        return content.decode(wide, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        sample = content[: 2 * _SAMPLE_LETTERS]
        best = max(
            ("utf-8", *_SINGLE_BYTE),
            key=lambda page: _likeness_to_russian(sample.decode(page, errors="replace")),
        )
        return content.decode(best, errors="replace")


def is_binary(text: str) -> bool:
    """Control characters that no text has."""
    return any(letter < " " and letter not in "\t\r\n\f\v\x1a" for letter in text)


def _wide_encoding(content: bytes) -> str:
    """UTF-16 that lost its mark: every other byte is the high one of a known alphabet."""
    sample = content[:4096]
    half = len(sample) // 2
    if half < 2 or b"\0" not in sample:  # noqa: PLR2004 -- too short to tell
        return ""
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[start::2]
        if sum(byte in _WIDE_HIGH_BYTES for byte in high) > 0.9 * half:
            low = sample[1 - start :: 2]
            return encoding if low.count(0) < half / 2 else ""
    return ""


def _likeness_to_russian(text: str) -> float:
    """Frequent letters speak for a code page; rare ones, marks and strange capitals against it."""
    sample = text[:_SAMPLE_LETTERS]
    score = 0.0
    for letter, times in Counter(sample.lower()).items():
        if share := _LETTER_SHARES.get(letter):
            score += times * math.log(share / _USUAL_SHARE)
        elif not letter.isascii() and letter not in _PUNCTUATION:
            score -= 4.0 * times
    odd = sum(1 for a, b in itertools.pairwise(sample) if a.islower() and b.isupper())
    return score - 2.0 * odd


def _separator(text: str) -> tuple[str, int]:
    """The separator, and how many lines tell it instead of holding data (`sep=;`)."""
    sample = text[: 40 * _LONGEST_CELL].splitlines()[:_SAMPLE_LINES]
    first = sample[0].strip("\ufeff\"' ") if sample else ""
    if first.lower().startswith("sep=") and len(first) > len("sep="):
        return first[4], 1
    if first.lower() == "sep=" and "\t" in sample[0]:
        return "\t", 1
    sample = [line[:_LONGEST_CELL] for line in sample]
    return max(_SEPARATORS, key=lambda mark: _regularity(sample, mark)), 0


def _regularity(lines: list[str], mark: str) -> float:
    """How many lines hold the mark, and how alike their numbers of it are."""
    counts = [len(next(csv.reader([line], delimiter=mark), [])) - 1 for line in lines]
    filled = [count for count in counts if count > 0]
    if not filled:
        return 0.0
    usual = max(set(filled), key=filled.count)
    return filled.count(usual) * min(usual, 8) + len(filled)
