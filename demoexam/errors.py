"""Errors a user can act on. Everything else is a bug and goes to the crash dialog."""

from collections.abc import Sequence


class UserError(Exception):
    """Shown as an ordinary message: what happened and, in `advice`, what to do.

    `text` and `advice` are templates over the facts given by keyword.
    """

    text = "Действие не выполнено."
    advice = ""

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def __str__(self) -> str:
        return self.text.format(**self.facts)

    @property
    def hint(self) -> str:
        """What to do, with the facts filled in; may be empty."""
        return self.advice.format(**self.facts)


class Refused(UserError):
    """A refusal whose sentence is made where it is known: give `reason` and `advice`."""

    text = "{reason}"

    def __init__(self, reason: str, advice: str = "") -> None:
        super().__init__(reason=reason)
        self._advice = advice

    @property
    def hint(self) -> str:
        return self._advice


class NotFound(UserError):
    text = "Запись не найдена: {what}."
    advice = "Возможно, её удалили. Обновите список и выберите запись снова."


class RulesBroken(UserError):
    """An operation refused because of one or more rule violations."""

    text = "Правила экзамена этого не допускают:"

    def __init__(self, violations: Sequence[object]) -> None:
        super().__init__()
        self.violations = tuple(violations)

    def __str__(self) -> str:
        return "\n".join([self.text, *(f"• {violation}" for violation in self.violations)])


class NotAFile(UserError):
    text = "«{name}» — папка, а не файл."
    advice = "Укажите имя файла внутри неё."


class BadFileName(UserError):
    text = "Файл с именем «{name}» создать нельзя: имя слишком длинное или с запрещённым знаком."
    advice = 'Дайте файлу короткое имя без знаков \\ / : * ? " < > |.'


class FileLocked(UserError):
    text = "Файл «{name}» открыт в другой программе."
    advice = "Закройте его там (например, в Excel) и повторите действие."


class FolderReadOnly(UserError):
    text = "В папку «{name}» нельзя записывать."
    advice = "Выберите другую папку или попросите администратора дать право записи."


class DiskFull(UserError):
    text = "На диске кончилось место."
    advice = "Освободите место и повторите действие: последняя правка не записана, прежние целы."
