"""Orders and other texts that name experts in paragraphs: who, in what role, from where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from demoexam.exchange.cells import Line, Sheet, Value
from demoexam.exchange.order_items import OrderItem, read_item, role_in, split_people
from demoexam.rules.identity import clean
from demoexam.text import fold

SHEET_NAME: Final = "paragraphs"
TITLES: Final = ("ФИО", "Роль", "Должность", "Место работы", "Телефон", "Электронная почта")
_TEXT_TITLE: Final = "Абзац"
_LAST_WORD: Final = re.compile(r"ознакомлен|лист согласован|^рассылка|^исп(?:\.|олнител)")
_BLANK: Final = re.compile(r"_{3,}")
_CLAUSE: Final = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*\.\s")
_MOST_DETAILS: Final = 3  # lines under a name that tell about its bearer
_LONGEST_DETAIL: Final = 200


@dataclass(frozen=True)
class Paragraph:
    text: str
    is_listed: bool = False


@dataclass
class _Told:
    """One line of the text: a person, or words that may be a heading for those below."""

    number: int
    text: str
    item: OrderItem | None = None


def people_told(paragraphs: Sequence[Paragraph]) -> Sheet | None:
    """A sheet with a row for each paragraph, people parted into columns; None without people.

    A row's number is the paragraph's; where a paragraph names several people, lines are counted.
    """
    told = _Reader().read(paragraphs)
    people = [each.item for each in told if each.item]
    if not any(item.is_full for item in people) and len(people) < 2:  # noqa: PLR2004 -- a signature
        return None
    return Sheet(SHEET_NAME, tuple(_lines(told)))


@dataclass
class _Reader:
    """Goes from line to line, knowing the role that a heading gave and whose details follow."""

    told: list[_Told] = field(default_factory=list)
    role: str = ""
    expects_people: bool = False  # a heading has announced them
    open_details: int = 0
    is_over: bool = False

    def read(self, paragraphs: Sequence[Paragraph]) -> list[_Told]:
        pieces = [_pieces(paragraph) for paragraph in paragraphs]
        by_line = any(len(each) > 1 for each in pieces)
        for number, (paragraph, texts) in enumerate(zip(paragraphs, pieces, strict=True), start=1):
            for text in texts:
                self._take(len(self.told) + 1 if by_line else number, text, paragraph.is_listed)
        return self.told

    def _take(self, number: int, text: str, is_listed: bool) -> None:
        self.is_over = self.is_over or bool(_LAST_WORD.search(fold(text)))
        if self.is_over or _BLANK.search(text):
            self.told.append(_Told(number, text))
            return
        item = read_item(text, role=self.role, is_listed=is_listed or self.expects_people)
        if item:
            self.told.append(_Told(number, text, item))
            self.open_details = 0 if item.has_details else _MOST_DETAILS
        elif self._is_detail(text):
            self.open_details -= 1
            self._add_detail(text)
            self.told.append(_Told(number, ""))
        else:
            self.open_details = 0
            self._heed_heading(text)
            self.told.append(_Told(number, text))

    def _is_detail(self, text: str) -> bool:
        short = 0 < len(text) <= _LONGEST_DETAIL
        return bool(self.open_details and short and text[-1] != ":" and not _CLAUSE.match(text))

    def _add_detail(self, text: str) -> None:
        last = next(each for each in reversed(self.told) if each.item)
        if last.item:
            last.item = last.item.with_details(text)

    def _heed_heading(self, text: str) -> None:
        """A heading gives its role to the people below; any other clause ends what it gave."""
        if not text:
            return
        if text.endswith(":") or role_in(text, whole=True):
            self.role, self.expects_people = role_in(text), True
        elif _CLAUSE.match(text):
            self.role, self.expects_people = "", False


def _pieces(paragraph: Paragraph) -> list[str]:
    lines = (clean(line) for line in paragraph.text.split("\n"))
    written = [line for line in lines if line]
    return [piece for line in written for piece in split_people(line)] or [""]


def _lines(told: Sequence[_Told]) -> Iterator[Line]:
    """Words above the people, a row of titles in place of the last of them, then the rows."""
    first = next(i for i, each in enumerate(told) if each.item)
    above = [i for i in range(first) if told[i].text]
    header = above[-1] if above else -1
    for each in told[: max(header, 0)]:
        yield Line(each.number, (each.text,))
    yield Line(told[header].number if above else 0, (*TITLES, _TEXT_TITLE))
    for each in told[header + 1 :]:
        yield Line(each.number, _cells(each))


def _cells(told: _Told) -> tuple[Value, ...]:
    item = told.item
    if item is None:
        return (*(None for _ in TITLES), told.text)
    return (item.name, item.role, item.position, item.organization, item.phone, item.email)
