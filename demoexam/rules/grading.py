"""Points to grades, in exact arithmetic on integer hundredths."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from demoexam.errors import UserError
from demoexam.rules.terms import Level
from demoexam.rules.violation import Violation
from demoexam.text import points as written

WHOLE = 100
POINTS = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?")
GRADE_NAMES = {
    2: "неудовлетворительно",
    3: "удовлетворительно",
    4: "хорошо",
    5: "отлично",
}


class BadScale(UserError):
    text = "Границы оценок {three}, {four}, {five} не годятся."
    advice = "Укажите проценты от 1 до 100 по возрастанию, например 20, 40, 70."


class NotPoints(UserError):
    text = "«{typed}» не похоже на баллы."
    advice = "Введите число с двумя знаками после запятой, например 18,50."


@dataclass(frozen=True, slots=True)
class Scale:
    """Lower bounds in whole per cent of the maximum, each inclusive: [20;40) is a three."""

    three: int = 20
    four: int = 40
    five: int = 70

    def __post_init__(self) -> None:
        if not 0 < self.three < self.four < self.five <= WHOLE:
            raise BadScale(three=self.three, four=self.four, five=self.five)

    def grade(self, points: int, maximum: int) -> int:
        """2 to 5; no rounding before grading, so 69.99 of 100 is a four."""
        reached = (bound * maximum <= WHOLE * points for bound in self._bounds)
        return 2 + sum(reached) if maximum > 0 else 2

    def lowest(self, grade: int, maximum: int) -> int:
        """The fewest points, in hundredths, that give `grade` (3, 4 or 5)."""
        return -(-self._bounds[grade - 3] * maximum // WHOLE)

    @property
    def _bounds(self) -> tuple[int, int, int]:
        return self.three, self.four, self.five


def hundredths(typed: str) -> int:
    """Points as a person types them, «18,5», in hundredths; raises NotPoints."""
    match = POINTS.fullmatch(typed.strip())
    if match is None:
        raise NotPoints(typed=typed)
    whole, rest = match.groups(default="")
    return int(whole) * 100 + int(rest.ljust(2, "0"))


@dataclass(frozen=True)
class TooManyPoints(Violation):
    code: ClassVar[str] = "too_many_points"
    usual: ClassVar[Level] = Level.CONTRADICTION
    text: ClassVar[str] = "{examinee}: за модуль {module} стоит {given}, а максимум {allowed}."
    advice: ClassVar[str] = "Исправьте баллы."
    examinee: str
    module: str
    points: int
    maximum: int

    @property
    def given(self) -> str:
        return written(self.points)

    @property
    def allowed(self) -> str:
        return written(self.maximum)


@dataclass(frozen=True)
class UnknownModule(Violation):
    code: ClassVar[str] = "unknown_module"
    usual: ClassVar[Level] = Level.CONTRADICTION
    text: ClassVar[str] = "{examinee}: в комплекте нет модуля {module}."
    advice: ClassVar[str] = "Уберите эти баллы или добавьте модуль в комплект."
    examinee: str
    module: str


def check_points(
    examinee: str, points: Mapping[str, int], maxima: Mapping[str, int]
) -> Iterator[Violation]:
    """`points` and `maxima` map a module's number to integer hundredths."""
    for module, given in points.items():
        if module not in maxima:
            yield UnknownModule(examinee, module)
        elif not 0 <= given <= maxima[module]:
            yield TooManyPoints(examinee, module, given, maxima[module])
