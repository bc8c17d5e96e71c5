"""The examination board and its decisions as the papers of a sitting tell them."""

import re
from collections.abc import Mapping, Sequence

from demoexam.documents.exam_sheet import BoardPerson, ExamSheet, Participant
from demoexam.documents.template import Facts
from demoexam.rules.terms import BoardRole
from demoexam.text import NBSP, counted, long_date, points

PROTOCOL = "3.11"
DASH = "—"
BLANK_MEMBERS = 3
WHOLE = 100  # hundredths of a point
BRIEF_GRADES = {2: "2 (неуд.)", 3: "3 (удовл.)", 4: "4 (хорошо)", 5: "5 (отлично)"}
PROFESSION = re.compile(r"\d\d\.01\.")  # the middle pair of a worker's profession
FOR_WORKERS = "подготовки квалифицированных рабочих, служащих"
FOR_SPECIALISTS = "подготовки специалистов среднего звена"


def board_facts(sheet: ExamSheet) -> dict[str, str]:
    board, year = sheet.board, sheet.exam_day.year
    worker = PROFESSION.match(sheet.specialty) is not None
    return {
        "board_year": str(year),
        "board_order": _order(sheet),
        "chair_line": _lines(board.of_role(BoardRole.CHAIR)),
        "deputy_line": _lines(board.of_role(BoardRole.DEPUTY)),
        "member_lines": _numbered(board.of_role(BoardRole.MEMBER)),
        "secretary_line": _lines(board.of_role(BoardRole.SECRETARY)),
        "programme": FOR_WORKERS if worker else FOR_SPECIALISTS,
        "thesis": "" if worker else "защита дипломного проекта (работы)",
        "exam_level": sheet.level.removeprefix("ГИА, "),
        "center_address": "; ".join(part for part in (sheet.center, sheet.address) if part),
        "group_shift": _group_shift(sheet, sheet.shift.partition(" (")[0]),
        "group_hours": _group_shift(sheet, sheet.shift, sheet.study_group),
        "protocol_day": long_date(sheet.exam_day),
        "protocol_number": sheet.document_number(PROTOCOL),
        "most_points": _most(sheet),
    }


def board_signers(sheet: ExamSheet) -> dict[str, list[str]]:
    def names(role: BoardRole) -> list[str]:
        return [one.name.signature for one in sheet.board.of_role(role)]

    return {
        "chair": names(BoardRole.CHAIR),
        "board_deputy": names(BoardRole.DEPUTY),
        "board_members": names(BoardRole.MEMBER),
        "secretary": names(BoardRole.SECRETARY),
    }


def graduate_rows(sheet: ExamSheet) -> list[Facts]:
    """The six columns of forms 3.15 and 3.16; empty rows while names are not known."""
    if not sheet.participants:
        return [{} for _ in range(sheet.planned)]
    return [_graduate(one) for one in sheet.participants]


def _graduate(one: Participant) -> Facts:
    return {
        "last": one.name.last,
        "first": one.name.first,
        "middle": one.name.middle or DASH,
        "total": total_of(one),
        "grade": grade_of(one, BRIEF_GRADES),
    }


def total_of(one: Participant) -> str:
    """The points of all modules, or a dash for work that is not scored."""
    if one.attended is False or not one.scored:
        return DASH
    return points(one.result.total) if one.result else ""


def grade_of(one: Participant, words: Mapping[int, str]) -> str:
    """The grade in `words`, or why there is none."""
    if one.attended is False:
        return "неявка"
    if not one.scored:
        return re.sub(r" \d\d:\d\d$", "", one.outcome) or DASH
    grade = one.result.grade if one.result else None
    return words[grade] if grade else ""


def _order(sheet: ExamSheet) -> str:
    """№ 214-у от 15 декабря 2025 г."""
    board = sheet.board
    number = f"№ {board.order_number}" if board.order_number else ""
    day = f"от {long_date(board.order_date)}" if board.order_date else ""
    return " ".join(part for part in (number, day) if part)


def _line(one: BoardPerson) -> str:
    return ", ".join(part for part in (one.name.full, one.post) if part)


def _lines(people: Sequence[BoardPerson]) -> str:
    return "\n".join(map(_line, people))


def _numbered(people: Sequence[BoardPerson]) -> str:
    """Empty numbers to write at while nobody is named."""
    lines = [_line(one) for one in people] or [""] * BLANK_MEMBERS
    return "\n".join(f"{at}.{NBSP}{line}" for at, line in enumerate(lines, start=1))


def _group_shift(sheet: ExamSheet, shift: str, study_group: str = "") -> str:
    """ЭГ-14, смена 1 or, with the hours, ЭГ-14 (ИСП-41), смена 1 (09:00-13:00)."""
    group = f"{sheet.exam_group} ({study_group})" if study_group else sheet.exam_group
    parts = (group.strip(), f"смена{NBSP}{shift}" if shift else "")
    return ", ".join(part for part in parts if part)


def _most(sheet: ExamSheet) -> str:
    """75 баллов, 64,8 балла."""
    most = sum(module.max_points for module in sheet.modules)
    if not most:
        return ""
    if most % WHOLE == 0:
        return counted(most // WHOLE, "балл", "балла", "баллов")
    return f"{points(most)}{NBSP}балла"
