"""Web pages saved under a workbook's name (exports of 1C and of state portals): their tables."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from demoexam.exchange.cells import Book
from demoexam.exchange.failures import FileDangerous, NotASpreadsheet, TooLarge
from demoexam.exchange.grids import Grid, captioned
from demoexam.exchange.text_tables import decode

SHEET_NAME: Final = "html"
MOST_BYTES: Final = 60_000_000
MOST_CELLS: Final = 500_000  # written ones; more would be read for minutes
_START: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|table|meta|title|style|div|center)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ENTITY: Final = re.compile(r"<!ENTITY", re.IGNORECASE)
_CELL: Final = re.compile(r"<t[dh]\b", re.IGNORECASE)
_SPACES: Final = re.compile(r"\s+")
_SILENT: Final = frozenset({"script", "style", "title", "xml"})
_BREAKS: Final = frozenset({"br", "p", "div", "li"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "center", "caption"})
_CHUNK: Final = 1 << 16
_WIDEST_SPAN: Final = 1_000  # as browsers have it
_DEEPEST_SPAN: Final = 65_534


def looks_like_html(start: str) -> bool:
    return _START.match(start) is not None


def looks_like_web_archive(start: str) -> bool:
    """A page with all its parts in one file (mht), as Excel saves it too."""
    return start.lstrip()[:200].lower().startswith("mime-version:")


def read_html(content: bytes, name: str) -> Book:
    """Each table that holds anything is a sheet: "html", "html2" ..."""
    return _book([content], name)


def read_web_archive(content: bytes, name: str) -> Book:
    """The tables of every page in the archive, as of one page."""
    from email import message_from_bytes

    _refuse_if_large(content, name)
    parts = message_from_bytes(content).walk()
    pages = [part.get_payload(decode=True) for part in parts if "html" in part.get_content_type()]
    return _book([page for page in pages if isinstance(page, bytes)], name)


def _book(pages: Sequence[bytes], name: str) -> Book:
    found = [table for page in pages for table in _tables(page, name)]
    grids = [(grid, said) for grid, said in found if not grid.is_empty]
    if not grids:
        raise NotASpreadsheet(name=name, what="это веб-страница, и таблицы на ней нет")
    titles = [SHEET_NAME, *(f"{SHEET_NAME}{number}" for number in range(2, len(grids) + 1))]
    sheets = (
        captioned(grid.sheet(title), said)
        for (grid, said), title in zip(grids, titles, strict=True)
    )
    return Book(name, tuple(sheets))


def _tables(content: bytes, name: str) -> list[tuple[Grid, list[str]]]:
    _refuse_if_large(content, name)
    text = _decoded(content)
    if _ENTITY.search(text):
        raise FileDangerous(name=name, what="внутри него объявлены сущности XML")
    if sum(1 for _ in _CELL.finditer(text)) > MOST_CELLS:
        raise TooLarge(name=name)
    page = _page(text, name)
    return [*zip(page.tables, page.captions, strict=True)]


def _refuse_if_large(content: bytes, name: str) -> None:
    if len(content) > MOST_BYTES:
        raise TooLarge(name=name)


def _page(text: str, name: str) -> "_Page":
    from lxml import etree

    page = _Page(name)
    parser = etree.HTMLParser(target=page, no_network=True, huge_tree=False, encoding="utf-8")
    for start in range(0, len(text), _CHUNK):
        parser.feed(text[start : start + _CHUNK].encode("utf-8", errors="replace"))
    parser.close()
    return page


def _decoded(content: bytes) -> str:
    """By the page's own word about its encoding, when its bytes do not tell better."""
    told = _CHARSET.search(content[:4096])
    try:
        return content.decode(told[1].decode("ascii")) if told else decode(content)
    except (LookupError, UnicodeDecodeError):
        return decode(content)


@dataclass
class _Table:
    grid: Grid
    text: list[str] | None = None  # of the cell that is open
    spans: tuple[int, int] = (0, 0)


@dataclass
class _Page:
    """Hears the page's tags one by one, so that a large page is never held as a tree."""

    name: str
    tables: list[Grid] = field(default_factory=list)
    captions: list[list[str]] = field(default_factory=list)  # what is said above each
    _open: list[_Table] = field(default_factory=list)
    _silent: int = 0
    _said: list[str] = field(default_factory=list)  # outside of tables, since the last one
    _in_caption: bool = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            grid = Grid(self.name)
            self.tables.append(grid)
            self.captions.append([] if self._open else self._lines_said())
            self._open.append(_Table(grid))
        elif tag == "caption":
            self._in_caption = True
        elif not self._open:
            self._said += ["\n"] * (tag in _BREAKS or tag in _HEADINGS)
        elif tag == "tr":
            self._close_cell()
            self._open[-1].grid.start_row()
        elif tag in {"td", "th"}:
            self._close_cell()
            self._open[-1].text = []
            self._open[-1].spans = (
                _span(attributes, "colspan", _WIDEST_SPAN),
                _span(attributes, "rowspan", _DEEPEST_SPAN),
            )
        elif tag in _BREAKS:
            self._break_line()

    def end(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent -= 1
        elif tag in {"td", "th", "tr", "table"} and self._open:
            self._close_cell()
            if tag == "table":
                self._open.pop()
        elif tag == "caption" and self._in_caption and self.captions:
            self._in_caption = False
            self.captions[-1] += self._lines_said()
        elif not self._open and tag in _HEADINGS:
            self._said.append("\n")

    def data(self, text: str) -> None:
        if (not self._open or self._in_caption) and not self._silent:
            self._said.append(_SPACES.sub(" ", text))
        elif self._open and not self._silent and self._open[-1].text is not None:
            self._open[-1].text.append(_SPACES.sub(" ", text))

    def _lines_said(self) -> list[str]:
        lines = "".join(self._said).split("\n")
        self._said = []
        return lines

    def comment(self, text: str) -> None:
        """Conditional comments of Office hold no cells."""

    def close(self) -> "_Page":
        return self

    def _break_line(self) -> None:
        if self._open[-1].text is not None:
            self._open[-1].text.append("\n")

    def _close_cell(self) -> None:
        table = self._open[-1]
        if table.text is not None:
            lines = "".join(table.text).split("\n")
            value = "\n".join(line for each in lines if (line := " ".join(each.split())))
            table.grid.add(value, right=table.spans[0], down=table.spans[1])
            table.text = None


def _span(attributes: Mapping[str, str], name: str, most: int) -> int:
    """How many cells more than itself the cell covers."""
    told = attributes[name].strip() if name in attributes else ""
    return max(min(int(told), most) - 1, 0) if told.isascii() and told.isdecimal() else 0
