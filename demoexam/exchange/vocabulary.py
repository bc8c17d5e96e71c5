"""The kinds of lists that can be loaded, their columns, and those they cannot do without."""

from enum import StrEnum
from typing import Final

from demoexam.exchange.column_terms import Term
from demoexam.exchange.exam_terms import KITS, SCHEDULE, WORKSHOPS
from demoexam.exchange.people_terms import ROSTER, STUDENTS


class Kind(StrEnum):
    """Kinds of lists that can be loaded."""

    ROSTER = "roster"
    STUDENTS = "students"
    WORKSHOPS = "workshops"
    KITS = "kits"
    SCHEDULE = "schedule"


KIND_NAMES: Final = {
    Kind.ROSTER: "эксперты",
    Kind.STUDENTS: "студенты",
    Kind.WORKSHOPS: "мастерские",
    Kind.KITS: "комплекты (КОД)",
    Kind.SCHEDULE: "график экзаменов",
}


TERMS: Final[dict[Kind, tuple[Term, ...]]] = {
    Kind.ROSTER: ROSTER,
    Kind.STUDENTS: STUDENTS,
    Kind.WORKSHOPS: WORKSHOPS,
    Kind.KITS: KITS,
    Kind.SCHEDULE: SCHEDULE,
}
NEEDED: Final[dict[Kind, tuple[frozenset[str], ...]]] = {  # one of each set must be there
    Kind.ROSTER: (frozenset({"full_name", "last_name"}),),
    Kind.STUDENTS: (frozenset({"full_name", "last_name"}), frozenset({"group"})),
    Kind.WORKSHOPS: (frozenset({"name"}), frozenset({"places", "room", "address"})),
    Kind.KITS: (frozenset({"code"}), frozenset({"minutes", "points", "level", "experts"})),
    Kind.SCHEDULE: (
        frozenset({"date"}),
        frozenset({"group", "kit"}),
        frozenset({"workshop", "chief", "experts", "time"}),
    ),
}
