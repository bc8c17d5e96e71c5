"""Which workshop and which kit of the store a schedule means by what it tells of them."""

import re
from collections.abc import Sequence
from typing import Final

from demoexam.exchange.values import ExamRow
from demoexam.models.kits import AssessmentKit
from demoexam.models.places import Workshop
from demoexam.rules.identity import fold_key
from demoexam.services.imports.draft import Draft, Row
from demoexam.services.imports.lists import find_workshop

_ROOM_ONLY: Final = re.compile(
    r"(?:(?:каб(?:инет)?|ауд(?:итория)?|пом(?:ещение)?|комн(?:ата)?)\b\.?\s*)?(?:№\s*)?"
    r"(\d{1,4}[\w/-]{0,4})\.?",
    re.IGNORECASE,
)
_MOST_NAMED: Final = 5
_STEM: Final = 5
_GENERIC: Final = re.compile(
    r"(?:учебн|мастерск|лаборатор|площадк|цпдэ|центр|проведен|демонстрац|экзамен|компетенц|каб|ауд)\w*"
    r"|по|для|дэ|и|в|№"
)


def find_place(draft: Draft, name: str, room: str) -> list[Row]:
    """The workshop, or the several that the words may mean; none when nothing is like them."""
    if name and (exact := find_workshop(draft, name, room)):
        return [exact]
    if not room and (alone := _ROOM_ONLY.fullmatch(name.strip())):
        name, room = "", alone[1]
    known = [row for row in draft.rows(Workshop).values() if not row["deleted"]]
    in_room = [row for row in known if room and fold_key(row["room"] or "") == fold_key(room)]
    if not name:
        return in_room
    words = _words(name)
    alike = [row for row in known if _are_alike(words, _words(row["name"]))]
    return [row for row in alike if row in in_room or not (room and row["room"])]


def _are_alike(one: set[str], other: set[str]) -> bool:
    """Whether all that one name says of its workshop the other says too."""
    return bool(one and other) and (one <= other or other <= one)


def _words(name: str) -> set[str]:
    """The telling words, without their endings: «мобильных» is «Мобильные»."""
    words = fold_key(name).split()
    return {word[:_STEM] for word in words if not _GENERIC.fullmatch(word)}


def unknown_place(row: ExamRow, places: Sequence[Row]) -> str:
    """What to tell of a workshop that is not the only one meant."""
    told = f"мастерской «{row.workshop}»" if row.workshop else f"мастерской в каб. {row.room}"
    if not places:
        return f"{told} нет в базе: выберите её в карточке экзамена"
    several = ", ".join(map(_named, places[:_MOST_NAMED]))
    return f"под описание {told} подходят несколько: {several}; выберите её в карточке экзамена"


def _named(row: Row) -> str:
    return f"«{row['name']}», каб. {row['room']}" if row["room"] else f"«{row['name']}»"


def find_kit(draft: Draft, row: ExamRow) -> tuple[Row | None, str]:
    """The kit of this code and level, or why there is none; a level is told where it matters.

    A code without its year or its number means the only kit that begins so.
    """
    kits = [*draft.where(AssessmentKit, code=row.kit)] or _beginning(draft, row)
    if not kits:
        return None, f"комплекта {row.kit} нет в базе: сначала загрузите перечень КОД"
    fitting = [kit for kit in kits if row.level is None or kit["level"] is row.level]
    if not fitting:
        return None, f"у комплекта {row.kit} нет такого уровня"
    if len({kit["code"] for kit in fitting}) > 1:
        codes = ", ".join(sorted({kit["code"] for kit in fitting})[:_MOST_NAMED])
        return None, f"под «{row.kit}» подходят несколько комплектов: {codes}; укажите шифр целиком"
    if len(fitting) > 1 and row.level is None:
        return None, f"у комплекта {row.kit} несколько уровней: укажите БУ, ПУ или ПА"
    return fitting[0], ""


def _beginning(draft: Draft, row: ExamRow) -> list[Row]:
    """Kits of the exam's year, else of any, whose code begins as the file tells."""
    start = f"{row.kit}-"
    kits = [kit for kit in draft.where(AssessmentKit) if kit["code"].startswith(start)]
    return [kit for kit in kits if kit["year"] == row.day.year] or kits
