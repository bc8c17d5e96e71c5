"""A broken rule as a value: comparable in tests, printable for users, mendable by the window."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, ClassVar, Self

from demoexam.rules.terms import Level

OFF = "off"


class FixAction(StrEnum):
    """What the window can offer in answer to a finding."""

    REPLACE_EXPERT = "replace_expert"
    REMOVE_EXPERT = "remove_expert"
    ADD_EXPERT = "add_expert"
    MOVE_SITTING = "move_sitting"
    CHANGE_WORKSHOP = "change_workshop"
    CHANGE_KIT = "change_kit"
    SPLIT_GROUP = "split_group"
    SET_BOARD_MEMBER = "set_board_member"
    SET_PREPARATION_DAY = "set_preparation_day"
    SET_SECOND_DAY = "set_second_day"
    SET_END = "set_end"
    REMOVE_BOOKING = "remove_booking"
    OPEN_EXPERT = "open_expert"
    OPEN_WORKSHOP = "open_workshop"
    OPEN_KIT = "open_kit"
    OPEN_SHARE = "open_share"
    RELEASE = "release"


FIX_LABELS = {
    FixAction.REPLACE_EXPERT: "Заменить эксперта",
    FixAction.REMOVE_EXPERT: "Снять эксперта",
    FixAction.ADD_EXPERT: "Назначить эксперта",
    FixAction.MOVE_SITTING: "Перенести экзамен",
    FixAction.CHANGE_WORKSHOP: "Выбрать другую мастерскую",
    FixAction.CHANGE_KIT: "Выбрать другой комплект",
    FixAction.SPLIT_GROUP: "Разбить группу на смены",
    FixAction.SET_BOARD_MEMBER: "Указать члена ГЭК",
    FixAction.SET_PREPARATION_DAY: "Назначить день С-1",
    FixAction.SET_SECOND_DAY: "Назначить второй день",
    FixAction.SET_END: "Сдвинуть конец экзамена",
    FixAction.REMOVE_BOOKING: "Снять бронь",
    FixAction.OPEN_EXPERT: "Открыть карточку эксперта",
    FixAction.OPEN_WORKSHOP: "Открыть мастерскую",
    FixAction.OPEN_KIT: "Открыть комплект",
    FixAction.OPEN_SHARE: "Открыть отчёт о доле",
    FixAction.RELEASE: "Вернуть в план",
}


@dataclass(frozen=True, slots=True)
class Fix:
    """One way out: an action on the record `target`, with a ready `value` where one is known.

    `words` tell what a ready fix does: «перенести на 30 мая», «заменить: Журавлёв С. И.».
    """

    action: FixAction
    target: str
    value: str = ""
    words: str = ""

    @property
    def label(self) -> str:
        return self.words or FIX_LABELS[self.action]

    @property
    def ready(self) -> bool:
        """Can be applied by one button: nothing has to be chosen any more."""
        return bool(self.words)


@dataclass(frozen=True)
class Violation:
    """Subclass per rule; fields are the facts, `text` and `advice` are templates over them.

    `session` is the sitting concerned, `subjects` the ids of the records involved, the one to
    mend first; `held` tells that the finding is about a row kept outside the live plan.
    """

    code: ClassVar[str]
    rule: ClassVar[str] = ""
    usual: ClassVar[Level]
    text: ClassVar[str]
    advice: ClassVar[str] = ""
    symmetric: ClassVar[bool] = False  # says the same of two rows: told once for both

    session: str = field(default="", kw_only=True)
    subjects: tuple[str, ...] = field(default=(), kw_only=True)
    fixes: tuple[Fix, ...] = field(default=(), kw_only=True)
    held: bool = field(default=False, kw_only=True)
    raised: Level | None = field(default=None, kw_only=True)

    def about(self, session: str, subjects: tuple[str, ...], *fixes: Fix) -> Self:
        """The same finding, told which records it concerns and what would mend it."""
        return replace(self, session=session, subjects=subjects, fixes=fixes)

    @property
    def level(self) -> Level:
        return self.raised or self.usual

    @property
    def reason(self) -> str:
        """The fact alone, without the way out."""
        return self.text.format_map(_Facts(self))

    @property
    def way_out(self) -> str:
        return self.advice.format_map(_Facts(self))

    def __str__(self) -> str:
        return f"{self.reason} {self.way_out}".rstrip()


class _Facts(dict[str, Any]):
    """Lets a template name any field or property of its violation."""

    def __init__(self, violation: Violation) -> None:
        super().__init__()
        self._violation = violation

    def __missing__(self, name: str) -> object:
        return getattr(self._violation, name)


def with_levels(violations: Iterable[Violation], levels: Mapping[str, str]) -> Iterator[Violation]:
    """Apply the college's settings: `levels` maps a code to a level or to "off".

    Only what is usually a warning can be raised or switched off; all else stays the law.
    """
    for violation in violations:
        wanted = levels.get(violation.code)
        if wanted is None or violation.usual is not Level.WARNING:
            yield violation
        elif wanted != OFF:
            yield replace(violation, raised=Level(wanted))


def contradictions(violations: Iterable[Violation]) -> list[Violation]:
    return [found for found in violations if found.level is Level.CONTRADICTION]


def incompletes(violations: Iterable[Violation]) -> list[Violation]:
    return [found for found in violations if found.level is Level.INCOMPLETE]


def warnings(violations: Iterable[Violation]) -> list[Violation]:
    return [found for found in violations if found.level is Level.WARNING]
