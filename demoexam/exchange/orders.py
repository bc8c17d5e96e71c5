"""Orders and other texts that name experts in paragraphs: who, in what role, from where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from demoexam.exchange.cells import Line, Sheet, Value
from demoexam.exchange.content import group_in
from demoexam.exchange.legal_forms import SHORT_FORM
from demoexam.exchange.order_items import OrderItem, read_item, role_in, split_people
from demoexam.rules.identity import clean
from demoexam.text import fold

SHEET_NAME: Final = "paragraphs"
TITLES: Final = (
    "ФИО", "Роль", "Должность", "Место работы", "Телефон", "Электронная почта", "Свидетельство",
)  # fmt: skip
STUDENT_TITLES: Final = ("ФИО", "Группа")
_TEXT_TITLE: Final = "Абзац"
_LAST_WORD: Final = re.compile(r"ознакомлен|лист согласован|^рассылка|^исп(?:\.|олнител)")
_STUDENTS: Final = re.compile(r"студент|обучающ|выпускник")
_ORGANIZATION: Final = re.compile(rf"(?:{SHORT_FORM})[\s«\"]")
_TABS: Final = re.compile(r"(?<=\S)\s*\t\s*(?=\S)")
_BLANK: Final = re.compile(r"_{3,}")
_CLAUSE: Final = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*\.\s")
_LONGEST_LINE: Final = 4_000  # of a line that may name people
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
    group: str = ""  # of a student


def people_told(paragraphs: Sequence[Paragraph]) -> list[Sheet]:
    """Sheets with a row for each paragraph, people parted into columns; none without people.

    Experts and students are told apart. A row's number is the paragraph's; where a paragraph
    names several people, lines are counted.
    """
    told = _Reader().read(paragraphs)
    people = [each.item for each in told if each.item]
    if not any(item.is_full for item in people) and len(people) < 2:  # noqa: PLR2004 -- a signature
        return []
    kinds = dict.fromkeys(bool(each.group) for each in told if each.item)
    return [
        Sheet(f"{SHEET_NAME}{number if number > 1 else ''}", tuple(_lines(told, of_groups)))
        for number, of_groups in enumerate(sorted(kinds), start=1)
    ]


@dataclass
class _Reader:
    """Goes from line to line, knowing the role that a heading gave and whose details follow."""

    told: list[_Told] = field(default_factory=list)
    role: str = ""
    group: str = ""
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
        if self.is_over or len(text) > _LONGEST_LINE or _BLANK.search(text):
            self.told.append(_Told(number, text))
            return
        item = read_item(text, role=self.role, is_listed=is_listed or self.expects_people)
        if item:
            self.told.append(_Told(number, text, item, self._group_in(text)))
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
        if not self.open_details or not short or text[-1] == ":" or _CLAUSE.match(text):
            return False
        return not self._new_group(text)

    def _new_group(self, text: str) -> str:
        """The group whose students follow: «Список студентов группы ПКД-42»."""
        told = group_in(text)
        return told if told and _STUDENTS.search(fold(text)) else ""

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
            self.group = "" if self.role else self._group_in(text)
        elif group := self._new_group(text):
            self.role, self.group, self.expects_people = "", group, True
        elif _CLAUSE.match(text):
            self.role, self.group, self.expects_people = "", "", False

    def _group_in(self, text: str) -> str:
        """The group that the line itself names, where students are listed."""
        told = group_in(text)
        return told if told and (self.group or _STUDENTS.search(fold(text))) else self.group


def _pieces(paragraph: Paragraph) -> list[str]:
    lines = (clean(_TABS.sub(" | ", line)) for line in paragraph.text.split("\n"))
    written = [line for line in lines if line]
    if any(len(line) > _LONGEST_LINE for line in written):
        return [paragraph.text]
    return [piece for line in written for piece in split_people(line)] or [""]


def _lines(told: Sequence[_Told], of_groups: bool) -> Iterator[Line]:
    """Words above the people, a row of titles in place of the last of them, then the rows."""
    titles = STUDENT_TITLES if of_groups else TITLES
    first = next(i for i, each in enumerate(told) if each.item and bool(each.group) is of_groups)
    above = [i for i in range(first) if told[i].text and not _ORGANIZATION.match(told[i].text)]
    header = above[-1] if above else -1
    for each in told[: max(header, 0)]:
        yield Line(each.number, (each.text,))
    yield Line(told[header].number if above else 0, (*titles, _TEXT_TITLE))
    for each in told[header + 1 :]:
        yield Line(each.number, _cells(each, of_groups))


def _cells(told: _Told, of_groups: bool) -> tuple[Value, ...]:
    item = told.item
    if item is None:
        titles = STUDENT_TITLES if of_groups else TITLES
        return (*(None for _ in titles), told.text.rstrip(":"))
    if bool(told.group) is not of_groups:
        return ()
    if of_groups:
        return (item.name, told.group)
    about = (item.name, item.role, item.position, item.organization, item.phone, item.email)
    return (*about, item.certificate)
