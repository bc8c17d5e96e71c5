"""The button over the board that tells whether the plan is approved, and leads to its versions."""

from functools import partial

from PySide6.QtGui import QShowEvent

from demoexam.services.season.plan_approval import PlanStanding, plan_standing
from demoexam.text import counted, short_date
from demoexam.ui.widgets import Button
from demoexam.ui.workspace import Workspace

TABLES = frozenset({"plan_version", "exam_session"})
APPROVE = "Утвердить план"
EXAMS = ("экзамен", "экзамена", "экзаменов")


class PlanButton(Button):
    """Follows the store while it is to be seen; `brief` leaves only the sign."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(APPROVE, "check")
        self.standing = PlanStanding()
        self._workspace, self._brief, self._stale = workspace, False, True
        workspace.changed.connect(self._follow)
        workspace.year_changed.connect(lambda _year: self._mark_stale())
        self._show(self.standing)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def reload(self) -> None:
        self._stale = False
        query = partial(plan_standing, year=self._workspace.year)
        self._workspace.load(query, self._show, slot="plan standing")

    def set_brief(self, brief: bool) -> None:
        if brief != self._brief:
            self._brief = brief
            self._show(self.standing)

    def _follow(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._mark_stale()

    def _mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def _show(self, standing: PlanStanding) -> None:
        self.standing = standing
        words, told = standing_words(standing)
        self.show_icon(*_sign(standing))
        self.setText("" if self._brief else f" {words}")
        self.setToolTip(f"{told} (Ctrl+Shift+U)")
        self.setAccessibleName(words)
        self.setAccessibleDescription(told)


def standing_words(standing: PlanStanding) -> tuple[str, str]:
    """On the button, and beside it."""
    if standing.on is None:
        return APPROVE, "План года ещё не утверждён"
    approved = f"«{standing.version}», {short_date(standing.on)}"
    if standing.differ:
        changed = f"с тех пор изменились: {counted(standing.differ, *EXAMS)}"
        return f"План изменён: {standing.differ}", f"Утверждён {approved}; {changed}"
    return "План утверждён", f"Утверждён {approved}"


def _sign(standing: PlanStanding) -> tuple[str, str]:
    if standing.on is None:
        return "check", "muted"
    return ("history", "warn") if standing.differ else ("circle-check", "ok")
