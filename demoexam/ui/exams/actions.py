"""What the card's buttons do: every write of a sitting, and the way out of every finding."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from demoexam.rules.terms import Answer, Role
from demoexam.rules.violation import Fix, FixAction, Violation
from demoexam.services.exams import exams, expert_group
from demoexam.services.exams import staffing as exam_staffing
from demoexam.services.exams.view import Member
from demoexam.services.plan import held
from demoexam.services.records import records
from demoexam.text import day_month
from demoexam.ui.cards import Action
from demoexam.ui.exams.day_actions import DayActions
from demoexam.ui.exams.finding_words import title

LABELS = {
    FixAction.REPLACE_EXPERT: "Заменить",
    FixAction.REMOVE_EXPERT: "Снять",
    FixAction.ADD_EXPERT: "Назначить",
    FixAction.MOVE_SITTING: "Перенести",
    FixAction.CHANGE_WORKSHOP: "Мастерская…",
    FixAction.CHANGE_KIT: "Комплект…",
    FixAction.SPLIT_GROUP: "Разбить на смены",
    FixAction.SET_BOARD_MEMBER: "Указать",
    FixAction.SET_PREPARATION_DAY: "Назначить",
    FixAction.SET_SECOND_DAY: "Назначить",
    FixAction.SET_END: "Сдвинуть конец",
    FixAction.REMOVE_BOOKING: "Снять бронь",
    FixAction.OPEN_EXPERT: "Открыть",
    FixAction.OPEN_WORKSHOP: "Открыть",
    FixAction.OPEN_KIT: "Открыть",
    FixAction.OPEN_SHARE: "Отчёт",
    FixAction.RELEASE: "Вернуть в план",
}
FORM_FIELDS = {
    FixAction.MOVE_SITTING: "day",
    FixAction.CHANGE_WORKSHOP: "workshop",
    FixAction.CHANGE_KIT: "kit",
    FixAction.SET_BOARD_MEMBER: "board",
}
PLACES = {
    FixAction.OPEN_EXPERT: "experts",
    FixAction.OPEN_WORKSHOP: "workshops",
    FixAction.OPEN_KIT: "kits",
}
OTHER_SITTING = {"expert_double_booked": 4, "workshop_double_booked": 1, "group_double_booked": 1}


class ExamActions(DayActions):
    """The plan, the expert group, the ways out; what the card must answer comes as a signal."""

    going = Signal(str, object)
    seat_wanted = Signal(str, str)  # role, or "" and the assignment to replace
    form_wanted = Signal(str)  # the field to begin with
    split_wanted = Signal()  # the group into shifts
    removed = Signal()  # the sitting is in the basket

    # -- the sitting ----------------------------------------------------------------------

    def announce(self) -> None:
        self._do(exams.announce, "объявлен экзамен")

    def include(self) -> None:
        self._do(exams.include_in_plan, "экзамен включён в план")

    def take_to_draft(self) -> None:
        self._do(exams.take_to_draft, "экзамен возвращён в черновики")

    def mark_done(self) -> None:
        self._do(exams.mark_done, "экзамен проведён")

    def delete(self) -> None:
        if self.card is not None:
            self.workspace.perform(
                records.delete_record,
                operation=f"удалён экзамен {self.card.group}",
                on_done=lambda _nothing: self.removed.emit(),
                table="exam_session",
                record_id=self.card.id,
            )

    def prepare_on(self, day: date) -> None:
        self._do(exams.set_preparation_day, f"день С-1: {day_month(day)}", day=day)

    # -- the expert group -----------------------------------------------------------------

    def assign(self, expert_id: str, name: str, role: Role) -> None:
        self._do(expert_group.assign, f"назначен эксперт {name}", expert_id=expert_id, role=role)

    def replace(self, assignment_id: str, expert_id: str, name: str) -> None:
        self._perform(
            expert_group.replace_expert,
            f"замена: назначен эксперт {name}",
            assignment_id=assignment_id,
            expert_id=expert_id,
        )

    def unassign(self, assignment_id: str) -> None:
        name = next((m.name for m in self._members() if m.assignment_id == assignment_id), "")
        self._perform(expert_group.unassign, f"снят эксперт {name}", assignment_id=assignment_id)

    def answer(self, assignment_id: str, answer: Answer) -> None:
        self._perform(
            expert_group.set_answer, "ответ эксперта", assignment_id=assignment_id, answer=answer
        )

    def change_role(self, assignment_id: str, role: Role) -> None:
        self._perform(
            expert_group.change_role, "роль эксперта", assignment_id=assignment_id, role=role
        )

    def fill_seats(self) -> None:
        if self.card is not None:
            self._do(exam_staffing.fill_seats, "подобраны эксперты", roles=self.card.missing_seats)

    def release(self, row_id: str) -> None:
        self._perform(held.release_held, "возвращено в план", row_id=row_id)

    # -- ways out of findings -------------------------------------------------------------

    def ways_out(self, found: Violation, most: int = 2) -> list[Action]:
        """Buttons for a finding; the other sitting of a clash can be opened too."""
        made = [self._way_out(fix, found) for fix in found.fixes]
        place = OTHER_SITTING.get(found.code)
        if place is not None and len(found.subjects) > place and self.card is not None:
            other = found.subjects[place]
            if other != self.card.id:
                opens = Action("Открыть второй", lambda: self.going.emit("exams", {"id": other}))
                made.insert(1, opens)
        return made[:most]

    def _way_out(self, fix: Fix, found: Violation) -> Action:
        words = "Назначить дату" if found.code == "date_missing" else LABELS[fix.action]
        if fix.action is FixAction.SET_PREPARATION_DAY:
            words = f"Назначить {day_month(date.fromisoformat(fix.value))}"
        return Action(words, lambda: self.mend(fix, found))

    def mend(self, fix: Fix, found: Violation) -> None:
        """Do what a finding offers: on the spot, in the form, or on the page that can."""
        match fix.action:
            case FixAction.REPLACE_EXPERT:
                self.seat_wanted.emit("", fix.target)
            case FixAction.REMOVE_EXPERT:
                self.unassign(fix.target)
            case FixAction.ADD_EXPERT:
                self.seat_wanted.emit(fix.value or Role.SCORING, "")
            case FixAction.SPLIT_GROUP:
                self.split_wanted.emit()
            case FixAction.SET_PREPARATION_DAY:
                self.prepare_on(date.fromisoformat(fix.value))
            case FixAction.OPEN_SHARE:
                self.going.emit("reports", {"year": int(fix.target)})
            case FixAction.RELEASE:
                self.release(fix.target)
            case action if action in PLACES:
                self.going.emit(PLACES[action], {"id": fix.target, "why": title(found)})
            case action:
                self.form_wanted.emit(FORM_FIELDS[action])

    def _members(self) -> Sequence[Member]:
        return self.card.members if self.card is not None else ()
