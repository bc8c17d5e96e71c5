"""Files that tell when experts cannot come: tables of periods, and calendars."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from demoexam.exchange.cells import Book, Line, Sheet, Value
from demoexam.exchange.dates import read_date
from demoexam.exchange.failures import FileUnreadable, TooLarge
from demoexam.exchange.isolated import read_safely
from demoexam.progress import Progress
from demoexam.rules.identity import clean, fold_key

MOST_ROWS: Final = 5_000
LONGEST: Final = 366 * 3  # days
_HEAD: Final = 30  # lines among which the titles stand
_TITLES: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "name": r"ф\.? ?и\.? ?о\.?.*|фамилия,? ?имя.*|эксперт\w*|сотрудник\w*|преподавател\w*",
        "last": r"фамилия",
        "first": r"имя",
        "middle": r"отчество",
        "email": r"e-?mail.*|(эл\w*\.? ?)?почта|адрес почты",
        "from": r"с|от|начало.*|дата (начала|с)|с какого.*|первый день",
        "to": r"по|до|конец.*|окончание.*|дата (окончания|конца|по)|по какое.*|последний день",
        "days": r"дата|даты|день|дни|период.*|когда.*|срок\w*|недоступн\w*",
        "reason": r"причин\w*|основани\w*|примечани\w*|комментари\w*|почему",
        "only": r"только.*|может только.*",
        "soft": r"пожелани\w*|желательно.*|по возможности|мягко\w*|нежелательно.*",
    }.items()
}
_YES: Final = re.compile(r"да|\+|[xхvv✓✔]|1|истина|true|yes|только.*|пожелание")
_LISTED: Final = re.compile(r"\s*[;,\n]\s*")


@dataclass(frozen=True)
class AbsenceRow:
    """A period as a file tells it; `texts` are where its person's name may be, surest first.

    With a `problem` it cannot be written, and its days may be missing.
    """

    where: str
    texts: tuple[str, ...]
    from_day: date | None = None
    to_day: date | None = None
    only_these: bool = False
    soft: bool = False
    reason: str = ""
    emails: tuple[str, ...] = ()
    problem: str = ""


class NoAbsences(FileUnreadable):
    text = "В файле «{name}» не нашлось дней, когда эксперты не могут прийти."
    advice = (
        "В таблице нужна строка заголовков: «ФИО», «С», «По» и, если есть, «Причина» и "
        "«Только эти дни». В календаре нужны события на будущее."
    )


def read_absences(
    path: Path, *, today: date, progress: Progress | None = None
) -> Sequence[AbsenceRow]:
    """Every period of the file, in its order. Raises a `FileUnreadable` with the reason."""
    from demoexam.exchange import calendar_events

    if calendar_events.is_calendar(path):
        rows: Sequence[AbsenceRow] = calendar_events.read_events(path, today, progress)
    else:
        rows = [*_in_book(read_safely(path, progress=progress), today)]
    if not rows:
        raise NoAbsences(name=path.name)
    if len(rows) > MOST_ROWS:
        raise TooLarge(name=path.name)
    return rows


def _in_book(book: Book, today: date) -> Iterator[AbsenceRow]:
    for sheet in book.sheets:
        if not sheet.hidden:
            yield from _in_sheet(sheet, today)


def _in_sheet(sheet: Sheet, today: date) -> Iterator[AbsenceRow]:
    columns: dict[str, int] = {}
    for number, line in enumerate(sheet.lines):
        if number < _HEAD and (found := _columns(line)):
            columns = found
        elif columns and line.own_columns():
            yield from _periods(line, columns, sheet.name, today)


def _columns(line: Line) -> dict[str, int]:
    """What each column holds, if the line is one of titles: a person and a day at least."""
    found: dict[str, int] = {}
    for place in line.own_columns():
        title = fold_key(clean(line.text(place))).strip(" .:*№")
        kind = next((name for name, words in _TITLES.items() if words.fullmatch(title)), "")
        if kind and kind not in found:
            found[kind] = place
    has_name, has_day = found.keys() & {"name", "last"}, found.keys() & {"from", "days"}
    return found if has_name and has_day else {}


def _periods(
    line: Line, columns: Mapping[str, int], sheet: str, today: date
) -> Iterator[AbsenceRow]:
    texts = {name: clean(line.text(place)) for name, place in columns.items()}
    name = texts.get("name") or " ".join(
        filter(None, (texts.get(part, "") for part in ("last", "first", "middle")))
    )
    row = AbsenceRow(
        where=f"{sheet}, строка {line.number}",
        texts=(name,) if name else (),
        only_these=_is_yes(texts.get("only", "")),
        soft=_is_yes(texts.get("soft", "")),
        reason=texts.get("reason", ""),
        emails=(texts["email"].casefold(),) if texts.get("email") else (),
    )
    nobody = "" if name or row.emails else "не указано, кто"
    cells = {kind: line.cells[place] for kind, place in columns.items() if place < len(line.cells)}
    for first, last, problem in _days(cells, today):
        yield replace(row, from_day=first, to_day=last, problem=nobody or problem)


def _is_yes(text: str) -> bool:
    return bool(_YES.fullmatch(fold_key(text)))


def _days(
    cells: Mapping[str, Value], today: date
) -> Iterator[tuple[date | None, date | None, str]]:
    """First day, last day and what is wrong with them, for each period of the line."""
    if "from" in cells and cells["from"] not in {None, ""}:
        pairs: Iterable[tuple[Value, Value]] = [(cells["from"], cells.get("to"))]
    else:
        listed = cells.get("days")
        parts = _LISTED.split(listed.strip(" ,;\n")) if isinstance(listed, str) else [listed]
        pairs = [(part, None) for part in parts]
    for begins, ends in pairs:
        one = read_date(begins, today=today, year=today.year)
        two = read_date(ends, today=today, year=today.year) if ends not in {None, ""} else one
        if one.day is None or two.day is None:
            yield one.day, None, "не разобрать дни"
        else:
            yield one.day, two.last or two.day, period_problem(one.day, two.last or two.day)


def period_problem(first: date, last: date) -> str:
    """What is wrong with a period, in words; "" for a good one."""
    if last < first:
        return "кончается раньше, чем начинается"
    if (last - first).days >= LONGEST:
        return "длиннее трёх лет"
    return ""
