"""Which lines of a table are data, which are headings of a group, and which say nothing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from demoexam.exchange.cells import Line, as_text
from demoexam.exchange.headings import Headings, Meaning, meanings_of, organization_in
from demoexam.exchange.legal_forms import SHORT_FORM
from demoexam.exchange.table import Table
from demoexam.rules.full_names import is_given_name, is_patronymic, read_full_name
from demoexam.rules.identity import clean
from demoexam.text import fold

_FOOTER: Final = re.compile(
    r"^[\d. ]*(?:итог|всего|в том числе|из них|исп(?:\.|:|\s+[а-я])|исполнит|примечан"
    r"|\*|согласован\w*(?:\s*:|$)|утвержд"
    r"|приложени|составил|подпис|м п\b|ответственн\w* за|тел\b)"
)
_EXAMPLE: Final = re.compile(r"^\(?\s*(?:пример|образец|например)\b")
_EXAMPLE_STARTS: Final = "(пПоОнН"
_BLANK_LINE: Final = re.compile(r"_{3,}")
_SIGNS: Final = re.compile(r"директор|заместител|председател|секретар|руководител|заведующ")
_DOTS: Final = frozenset({"…", "...", "…."})
_ORGANIZATION: Final = re.compile(rf"^(?:\d{{1,3}}[.)]\s*)?(?:{SHORT_FORM})[\s«\"]")
_MOST_CELLS_OF_A_SIGNATURE: Final = 3
_LEAST_DIALLED: Final = 6  # digits
_LEAST_NUMBERS: Final = 2
_LONGEST_COUNT: Final = 5  # «(10)», «гр.1»
_FEW_COLUMNS: Final = 2
_NO_PERSON: Final = frozenset({Meaning.SIDE, Meaning.ROLE, Meaning.CODES, Meaning.GROUP})


def data_lines(table: Table) -> Iterator[tuple[Line, Headings]]:
    """Every line to be read, with the headings in force above it."""
    headings = Headings()
    before: Line | None = None
    contacts = _contact_columns(table)
    for line in table.lines:
        own = line.own_columns()
        if not own or table.repeats_header(line) or says_nothing(line, own):
            continue
        if before and contacts.issuperset(own) and all(_reaches(line.text(i)) for i in own):
            before = _continued(before, line, own)
            continue
        if before:
            yield before, headings
            before = None
        if text := heading_of(table, line, own):
            headings = headings.below(text)
        elif not _is_signed(table, line, own):
            before = line
    if before:
        yield before, headings


def _contact_columns(table: Table) -> frozenset[int]:
    """Columns that a second row of the same person may continue."""
    return frozenset(table.columns[name] for name in ("phone", "email") if name in table.columns)


def _reaches(text: str) -> bool:
    """Whether somebody is reached by it: an address or a number to dial."""
    return "@" in text or sum(map(str.isdigit, text)) >= _LEAST_DIALLED


def _continued(line: Line, further: Line, own: list[int]) -> Line:
    """The line with the cells of the next one added to its own."""
    cells = [*line.cells]
    for column in own:
        both = (line.text(column), further.text(column))
        cells[column] = "\n".join(text for text in both if text)
    return replace(line, cells=tuple(cells))


def _is_signed(table: Table, line: Line, own: list[int]) -> bool:
    """Words where the rows have their numbers, and a name: whoever made the list."""
    if not 1 < len(own) <= _MOST_CELLS_OF_A_SIGNATURE:
        return False
    column = table.columns.get("number", -1)
    if column not in own:
        return False
    text = clean(line.text(column))
    return len(text) > _LONGEST_COUNT and text.replace(" ", "").isalpha()


def says_nothing(line: Line, own: list[int]) -> bool:
    """Numbers of columns, totals, signatures, filled-in examples."""
    if len(own) > _MOST_CELLS_OF_A_SIGNATURE and _is_plain(line, own):
        return False
    texts = [clean(line.text(i)) for i in own]
    words = [text for text in texts if not text.isdecimal()]
    counts = all(len(text) <= _LONGEST_COUNT for text in texts) and _counts_columns(texts)
    if counts or not words:
        return counts or _counts_columns(texts)
    if all(text[0] == "(" and text[-1] == ")" for text in texts):  # how to fill the columns in
        return True
    first = fold(words[0])
    if _EXAMPLE.match(first) or sum(text in _DOTS for text in texts) > len(texts) / 2:
        return True
    if any(_BLANK_LINE.search(text) for text in texts):
        return True
    short = len(own) <= _MOST_CELLS_OF_A_SIGNATURE
    signed = short and _SIGNS.search(first) and read_full_name(words[-1]).name is not None
    return short and (bool(_FOOTER.match(first)) or bool(signed and len(words) > 1))


def _is_plain(line: Line, own: list[int]) -> bool:
    """A quick look at a full row: whether nothing in it asks for a closer one."""
    cells = line.cells
    texts = [cell for cell in map(cells.__getitem__, own) if isinstance(cell, str)]
    together = "\n".join(texts)
    if "__" in together or "_x" in together or ".." in together or "…" in together:
        return False  # blanks, hidden letters, dots
    for text in texts:
        if text[0].isalpha() and text[0] not in _EXAMPLE_STARTS:
            return True  # as most rows begin: with a name
        first = clean(text)
        if not first.isdecimal():
            return bool(first) and not (first[0] in _EXAMPLE_STARTS and _EXAMPLE.match(fold(first)))
    return False


def _counts_columns(texts: list[str]) -> bool:
    """The row 1 2 3 …, (1) (2) (3) … or А Б 1 2 … under a header."""
    bare = [text.strip("().гр ") for text in texts]
    letters = [text for text in bare if text.isalpha()]
    numbers = [int(text) for text in bare if text.isdecimal()]
    if len(letters) + len(numbers) < max(len(bare), _LEAST_NUMBERS) or not numbers:
        return False
    consecutive = numbers == [*range(numbers[0], numbers[0] + len(numbers))]
    return consecutive and letters == ["А", "Б", "В"][: len(letters)]


def heading_of(table: Table, line: Line, own: list[int]) -> str:
    """The text of a line that heads the lines below it; empty for a line of data."""
    if len(own) > 2:  # noqa: PLR2004 -- a heading may stand beside a number
        return ""
    numbered = table.columns.get("number")
    rest = [i for i in own if i != numbered] or own
    if len(rest) > 1:
        return ""
    text = clean(as_text(line.cells[rest[0]]))
    if _ORGANIZATION.match(text) or (len(own) == 1 and organization_in(text)):
        return text
    if len(own) > 1 or text.startswith("#") or _is_data_alone(table, rest[0], text):
        return ""
    return text


def _is_data_alone(table: Table, column: int, text: str) -> bool:
    """A person about whom only the name is known."""
    if column != table.columns.get("full_name"):
        return False
    name = read_full_name(text).name
    if name is None or not name.first or meanings_of(text) & _NO_PERSON:
        return False
    return (
        len(table.columns) <= _FEW_COLUMNS
        or is_patronymic(name.middle)
        or is_given_name(name.first)
        or name.is_short
    )
