"""The check before an exam: everything that must be well, each with its reason and a way out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from demoexam.rules.deadlines import PLAN, Deadline, DeadlineState
from demoexam.rules.terms import Answer, Level, Role
from demoexam.rules.violation import Fix, Violation
from demoexam.services.deadlines.deadlines import exam_deadlines
from demoexam.services.exams.view import ExamCard, Member, exam_card
from demoexam.services.papers.states import PaperState, paper_states
from demoexam.text import counted, day_month, percent

PACKAGE_DAYS = 3  # papers are printed that long before the exam
NOTICE, PAPERS = "notice", "papers"
NOTICE_RULE = "notice_too_short"


class StepKind(StrEnum):
    """What the window does about a check that no finding of the rules stands behind."""

    PRINT = "print"
    DEADLINES = "deadlines"


@dataclass(frozen=True, slots=True)
class Step:
    kind: StepKind
    label: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist; `ok` is None while it cannot be told or is not yet due."""

    code: str
    ok: bool | None
    title: str
    reason: str = ""
    finding: Violation | None = None
    step: Step | None = None

    @property
    def action(self) -> Fix | Step | None:
        """What mends it, if something does."""
        if self.finding is not None and self.finding.fixes:
            return self.finding.fixes[0]
        return self.step

    @property
    def level(self) -> Level:
        return self.finding.level if self.finding is not None else Level.WARNING


@dataclass(frozen=True, slots=True)
class Topic:
    """A line that is well when none of the findings `codes` is there; `needs` says of what."""

    name: str
    title: str
    passed: str
    codes: frozenset[str]
    needs: str = "sitting"


def _topic(name: str, title: str, passed: str, *codes: str, needs: str = "sitting") -> Topic:
    return Topic(name, title, passed, frozenset(codes), needs)


TOPICS = (
    _topic(
        "staff", "Экспертная группа", "Оценивающих хватает", "too_few_experts",
        "fewer_than_recommended", "expert_listed_twice",
    ),
    _topic("chief", "Главный эксперт", "Главный эксперт", "chief_missing", "second_chief",
           "chief_scores"),
    _topic("technical", "Технический эксперт", "Технический эксперт", "technical_missing",
           "technical_scores"),
    _topic(
        "time", "Время экспертов", "Эксперты свободны", "expert_double_booked",
        "expert_unavailable", "expert_reluctant", "expert_unwilling", "expert_over_week",
        needs="experts",
    ),
    _topic(
        "independence", "Конфликт интересов", "Нет конфликта интересов",
        "expert_from_same_college", "taught_group", "kin", needs="experts",
    ),
    _topic("certificates", "Свидетельства", "Свидетельства действуют", "certificate_expired",
           "certificate_missing", needs="experts"),
    _topic("consent", "Согласия", "Согласия на обработку ПДн", "consent_missing",
           needs="experts"),
    _topic("places", "Рабочие места", "Мест хватает", "more_students_than_places",
           "workshop_missing", needs="workshop"),
    _topic("equipment", "Оборудование", "Оборудование есть", "equipment_missing",
           needs="workshop"),
    _topic(
        "workshop", "Мастерская", "Мастерская свободна", "workshop_double_booked",
        "workshop_closed", "workshop_booked", "outside_opening_hours", "accreditation_expired",
        "turnaround_too_short", needs="workshop",
    ),
    _topic(
        "kit", "Комплект", "Комплект подходит", "kit_of_other_specialty", "kit_of_other_year",
        "slot_too_short", "second_day_missing",
    ),
    _topic("group", "Группа", "Группа свободна", "group_double_booked",
           "group_sits_that_day"),
    _topic("day", "День", "День рабочий", "holiday", "weekend", "date_missing"),
    _topic("preparation", "Подготовительный день", "Подготовительный день",
           "preparation_day_missing", "preparation_day_wrong"),
    _topic("board", "Член ГЭК", "Член ГЭК на площадке", "no_board_member"),
    _topic("share", "Доля работодателей", "Доля работодателей", "share_below_target", needs=""),
)  # fmt: skip
UNTOLD = {
    "sitting": "когда у экзамена будет дата",
    "workshop": "когда будет мастерская",
    "experts": "когда будут эксперты",
}


def preflight(session: Session, session_id: str, today: date) -> list[Check]:
    """Every check of an exam: what is wrong first, then what is well or cannot be told yet."""
    card = exam_card(session, session_id=session_id, today=today)
    later, _ = later_checks(session, card, today)
    return worst_first([*rule_checks(card), *later])


def worst_first(checks: Iterable[Check]) -> list[Check]:
    """The failed ones first, in their order."""
    return sorted(checks, key=lambda one: one.ok is not False)


def rule_checks(card: ExamCard) -> list[Check]:
    """What the rules say: a line a finding, and a line for each topic without one."""
    found = [_told(one) for one in card.findings]
    failed = {one.code for one in found}
    return [*found, *(_untouched(each, card) for each in TOPICS if each.name not in failed)]


def later_checks(
    session: Session, card: ExamCard, today: date
) -> tuple[list[Check], Sequence[Deadline]]:
    """What takes longer: the deadlines, and what was printed; the deadlines come along."""
    if card.day is None:
        return [], ()
    told = exam_deadlines(session, session_id=card.id, today=today)
    papers = paper_states(session, session_id=card.id) if card.printed else ()
    found = {each.code for each in card.findings}
    return [notice_check(told, found), paper_check(card, papers, today)], told


def notice_check(told: Sequence[Deadline], found: Iterable[str] = ()) -> Check:
    """Whether the things before an exam are done in time; `found` is told by the rules already."""
    known = {PLAN} if NOTICE_RULE in found else set()
    before = [one for one in told if not one.term.after and one.term.code not in known]
    late = [one for one in before if one.state is DeadlineState.OVERDUE]
    due = [one for one in before if one.state is DeadlineState.DUE]
    step = Step(StepKind.DEADLINES, "К срокам")
    if late:
        names = "; ".join(_missed(one) for one in late)
        return Check(NOTICE, ok=False, title="Пропущены сроки", reason=f"{names}.", step=step)
    if due:
        first = due[0]
        ends = f"до {day_month(first.due)}: {first.term.title[:1].lower()}{first.term.title[1:]}"
        return Check(NOTICE, ok=True, title="Сроки не нарушены", reason=ends, step=step)
    if any(one.state is DeadlineState.MET for one in before):
        return Check(NOTICE, ok=True, title="Сроки выдержаны", reason="всё сделано")
    return Check(NOTICE, ok=None, title="Сроки уведомления", reason="экзамен уже прошёл")


def _missed(one: Deadline) -> str:
    remark = f" ({one.remark})" if one.remark else ""
    return f"{one.term.title} — до {day_month(one.due)}{remark}"


def paper_check(card: ExamCard, papers: Sequence[PaperState], today: date) -> Check:
    """Whether the day's package is printed and still holds."""
    old = [one for one in papers if one.outdated]
    if old:
        codes = tuple(one.code for one in old)
        title = f"Устарело напечатанное: {', '.join(codes)}"
        words = old[0].stale if len(old) == 1 else "После печати экзамен изменили."
        return Check(PAPERS, ok=False, title=title, reason=words, step=_printing(codes))
    lacking = tuple(one.code for one in papers if one.by_day and one.printed_at is None)
    if papers and not lacking:
        return Check(PAPERS, ok=True, title="Бумаги напечатаны", reason="ничего не устарело")
    near = card.day is not None and 0 <= (card.day - today).days <= PACKAGE_DAYS
    if near and not card.is_over:
        what = f"Не напечатано: {', '.join(lacking)}." if lacking else "Пакета дня ещё нет."
        return Check(
            PAPERS, ok=False, title="Бумаги не напечатаны", reason=what, step=_printing(lacking)
        )
    reason = "не все напечатаны" if lacking else "пакет дня не печатали"
    return Check(PAPERS, ok=None, title="Бумаги", reason=reason, step=_printing(lacking))


def _printing(codes: tuple[str, ...]) -> Step:
    return Step(StepKind.PRINT, "Напечатать", codes)


def _told(found: Violation) -> Check:
    topic = next((one for one in TOPICS if found.code in one.codes), None)
    of_time = found.code == NOTICE_RULE
    code = topic.name if topic else NOTICE if of_time else found.code
    title = topic.title if topic else "Сроки" if of_time else "Отложенная запись"
    return Check(code, ok=False, title=title, reason=str(found), finding=found)


def _untouched(topic: Topic, card: ExamCard) -> Check:
    """A topic in which nothing was found: well, if there was anything to look at."""
    lacks = _lacks(card)
    if topic.needs in lacks:
        reason = f"проверим, {UNTOLD[topic.needs]}"
        return Check(topic.name, ok=None, title=topic.title, reason=reason)
    return Check(topic.name, ok=True, title=topic.passed, reason=_detail(topic.name, card))


def _lacks(card: ExamCard) -> set[str]:
    if card.sitting is None:
        return set(UNTOLD)
    lacks = {"workshop"} if card.sitting.workshop is None else set()
    return lacks if _live(card) else lacks | {"experts"}


def _live(card: ExamCard) -> list[Member]:
    return [one for one in card.members if not one.held and one.answer is not Answer.REFUSED]


def _holder(card: ExamCard, role: Role) -> str:
    return next((one.name for one in _live(card) if one.role is role), "")


def _detail(topic: str, card: ExamCard) -> str:
    """The fact behind a check that was passed."""
    before, live = card.row.preparation_day, len(_live(card))
    seats = counted(card.places or 0, "рабочее место", "рабочих места", "рабочих мест")
    kit = card.sitting.kit if card.sitting else None
    needed = ", ".join(sorted(kit.equipment)) if kit else ""
    details = {
        "staff": f"оценивающих {card.scoring} из {card.needed}",
        "chief": _holder(card, Role.CHIEF),
        "technical": _holder(card, Role.TECHNICAL),
        "consent": f"{live} из {live} человек",
        "places": f"сдаёт {card.head_count}, {seats}",
        "equipment": needed or "комплект ничего не требует",
        "workshop": card.workshop,
        "independence": "среди экспертов",
        "preparation": day_month(before) if before else "",
        "board": card.row.board_member,
        "share": f"{percent(card.share.value)} за год",
        "kit": card.kit,
        "day": day_month(card.day) if card.day else "",
    }
    return details.get(topic, "")
