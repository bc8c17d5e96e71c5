"""Ready ways out of a finding: each is tried on the facts before it is offered."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from demoexam.rules.expert_group import staffing_of
from demoexam.rules.fixed import Seats, replaced, seated, with_kit, without
from demoexam.rules.hiring import hired, invited
from demoexam.rules.nearby import Nearby, Places
from demoexam.rules.placing import Move
from demoexam.rules.plan import ExpertFacts, SittingFacts
from demoexam.rules.shares import ShareBelowTarget
from demoexam.rules.terms import Role
from demoexam.rules.violation import Fix, FixAction, Violation, contradictions
from demoexam.text import clock, counted, day_month, fold, long_date, short_of

if TYPE_CHECKING:
    from demoexam.rules.moves import MoveJudge

OFFERED, CANDIDATES = 3, 5
Key = tuple[str, frozenset[str]]
Proposal = tuple[Fix, SittingFacts]
Way = Callable[["Mender", Violation], Iterator[Proposal]]


class Mender:
    """Ways out for one sitting at one place, which need not be its own."""

    def __init__(self, judge: "MoveJudge", sitting: SittingFacts) -> None:
        self._judge, self._sitting = judge, sitting
        self._before = judge.findings(sitting)
        self._moves: dict[Move, list[Violation]] = {}

    def fixes(self, found: Violation) -> list[Fix]:
        """Those that remove the finding and bring no contradiction, the best first."""
        made: list[Fix] = []
        for way in WAYS.get(found.code, ()):
            tried = (fix for fix, after in way(self, found) if self._mends(found, after))
            made += islice(tried, 1)
        moves = self._moves_for(found) if found.code in OF_PLACE and found.session else ()
        return [*made, *moves][:OFFERED]

    # -- people ---------------------------------------------------------------------------

    def replacing(self, found: Violation) -> Iterator[Proposal]:
        seat = found.subjects[0]
        duty = next((one for one in self._sitting.duties if one.assignment_id == seat), None)
        if duty is not None:
            for expert in self._fit(without(self._sitting, seat), duty.role):
                words = f"Заменить: {short_of(expert.name)}"
                fix = Fix(FixAction.REPLACE_EXPERT, seat, expert.id, words)
                yield fix, replaced(self._sitting, seat, expert)

    def removing(self, found: Violation) -> Iterator[Proposal]:
        seat = found.subjects[0]
        for duty in self._sitting.duties:
            if duty.assignment_id == seat:
                words = f"Снять: {short_of(duty.expert.name)}"
                fix = Fix(FixAction.REMOVE_EXPERT, seat, duty.expert.id, words)
                yield fix, without(self._sitting, seat)

    def filling(self, found: Violation) -> Iterator[Proposal]:
        """As many as are missing, in one go."""
        role, missing = self._lack(found)
        chosen: list[ExpertFacts] = []
        after = self._sitting
        for _ in range(missing):
            expert = next(iter(self._fit(after, role)), None)
            if expert is None:
                return
            chosen.append(expert)
            after = seated(after, role, [expert])
        seats = Seats(role, tuple(expert.id for expert in chosen))
        words = f"Назначить: {', '.join(short_of(each.name) for each in chosen)}"
        yield Fix(FixAction.ADD_EXPERT, self._sitting.id, seats.value, words), after

    def _lack(self, found: Violation) -> tuple[Role, int]:
        if found.code in ONE_SEAT:
            return ONE_SEAT[found.code], 1
        need = staffing_of(self._sitting)
        scoring = sum(duty.role is Role.SCORING for duty in self._sitting.live_duties)
        enough = found.code == "fewer_than_recommended"
        wanted = (need.recommended if enough else need.minimum) if need else 1
        return Role.SCORING, max(wanted - scoring, 1)

    def _fit(self, sitting: SittingFacts, role: Role) -> Iterator[ExpertFacts]:
        judge = self._judge
        return islice(judge.pool.fit(sitting, role, judge.index, judge.levels), CANDIDATES)

    def witness(self, _found: Violation) -> Iterator[Proposal]:
        sitting = self._sitting
        group = {fold(duty.expert.name) for duty in sitting.duties}
        for name in self._judge.board_names(sitting):
            if fold(name) not in group:
                words = f"Указать: {name}"
                fix = Fix(FixAction.SET_BOARD_MEMBER, sitting.id, name, words)
                yield fix, replace(sitting, board_member=name)

    def hiring(self, found: Violation) -> Iterator[Proposal]:
        return hired(self._judge, self._sitting, found)

    def inviting(self, found: Violation) -> Iterator[Proposal]:
        return invited(self._judge, self._sitting, found)

    def releasing(self, found: Violation) -> Iterator[Proposal]:
        """Bring back a row that is kept out of the plan, be it the sitting or a seat of it."""
        sitting, row_id = self._sitting, found.subjects[0]
        duties = tuple(
            replace(duty, held=duty.held and duty.assignment_id != row_id)
            for duty in sitting.duties
        )
        live = replace(sitting, held=sitting.held and sitting.id != row_id, duties=duties)
        yield Fix(FixAction.RELEASE, row_id, words="Вернуть в план"), live

    # -- days and the kit -----------------------------------------------------------------

    def preparation(self, _found: Violation) -> Iterator[Proposal]:
        day = self._judge.calendar.before(self._sitting.day)
        words = f"Назначить С-1 на {day_month(day)}"
        fix = Fix(FixAction.SET_PREPARATION_DAY, self._sitting.id, day.isoformat(), words)
        yield fix, replace(self._sitting, preparation_day=day)

    def second_day(self, _found: Violation) -> Iterator[Proposal]:
        day = self._judge.calendar.add(self._sitting.day, 1)
        words = f"Назначить второй день {day_month(day)}"
        fix = Fix(FixAction.SET_SECOND_DAY, self._sitting.id, day.isoformat(), words)
        yield fix, replace(self._sitting, second_day=day)

    def longer(self, _found: Violation) -> Iterator[Proposal]:
        sitting = self._sitting
        if sitting.kit is not None:
            end = sitting.starts_at + timedelta(minutes=sitting.kit.minutes)
            fix = Fix(FixAction.SET_END, sitting.id, f"{end:%Y-%m-%dT%H:%M}")
            if end.date() == sitting.day:
                yield replace(fix, words=f"Закончить в {clock(end)}"), replace(sitting, ends_at=end)

    def other_kit(self, _found: Violation) -> Iterator[Proposal]:
        sitting = self._sitting
        for kit in self._judge.kits:
            mine = sitting.group.specialty_id in {None, kit.specialty_id}
            same = sitting.kit is None or kit.level is sitting.kit.level
            if mine and same and kit.year in {None, sitting.day.year}:
                fix = Fix(FixAction.CHANGE_KIT, sitting.id, kit.id, f"Взять комплект {kit.code}")
                yield fix, with_kit(sitting, kit, self._judge.calendar)

    def splitting(self, _found: Violation) -> Iterator[Proposal]:
        """The shifts are proposed anew when they are made: here only their size is known."""
        sitting = self._sitting
        if sitting.workshop and sitting.workshop.places:
            parts = -(-sitting.head_count // sitting.workshop.places)
            words = f"Разбить на {counted(parts, 'смену', 'смены', 'смен')}"
            fix = Fix(FixAction.SPLIT_GROUP, sitting.id, str(parts), words)
            yield fix, replace(sitting, head_count=-(-sitting.head_count // parts))

    def freeing(self, found: Violation) -> Iterator[Proposal]:
        """An exam comes before other uses of a workshop."""
        sitting, booking_id = self._sitting, found.subjects[-1]
        if sitting.workshop is not None:
            left = (each for each in sitting.workshop.bookings if each.id != booking_id)
            fix = Fix(FixAction.REMOVE_BOOKING, booking_id, sitting.id, "Снять бронь")
            yield fix, replace(sitting, workshop=replace(sitting.workshop, bookings=tuple(left)))

    # -- places ---------------------------------------------------------------------------

    def _moves_for(self, found: Violation) -> list[Fix]:
        """The nearest of each kind that brings nothing new; if none does, one that is allowed."""
        known = {each.code for each in self._before}
        clean: list[Fix] = []
        allowed: list[Fix] = []
        for places in self._kinds(found):
            if clean and places == self._nearby.anywhere:
                break
            for move in places():
                after = self._at(move)
                if self._still(found, after):
                    continue
                if {each.code for each in after} <= known:
                    clean.append(self._move_fix(move, found))
                    break
                if not allowed:
                    allowed.append(self._move_fix(move, found))
        return list(dict.fromkeys(clean or allowed))

    def _kinds(self, found: Violation) -> tuple[Places, ...]:
        """Only another day changes the share of a year."""
        near = self._nearby
        return (near.other_years, near.days) if found.code == OF_YEAR else near.kinds

    @cached_property
    def _nearby(self) -> Nearby:
        judge = self._judge
        return Nearby(self._sitting, judge.workshops.values(), judge.calendar, judge.plan.today)

    def _at(self, move: Move) -> list[Violation]:
        if move not in self._moves:
            self._moves[move] = self._judge.findings(self._judge.there(move))
        return self._moves[move]

    def _move_fix(self, move: Move, found: Violation) -> Fix:
        sitting, day = self._sitting, move.starts_at.date()
        workshop = self._judge.workshops.get(move.workshop_id or "")
        here = sitting.workshop.id if sitting.workshop else None
        action, words = FixAction.MOVE_SITTING, f"Начать в {clock(move.starts_at)}"
        first = found.code == "date_missing"  # the day that it has now is but where one looks from
        if other_day := first or day != sitting.day:
            told = day_month if first or day.year == sitting.day.year else long_date
            days = "–".join(map(told, self._judge.there(move).days))
            words = f"На {days}" if first else f"Перенести на {days}"
        if workshop is not None and workshop.id != here:
            action = FixAction.CHANGE_WORKSHOP
            room = f"«{workshop.name}»"
            words = f"{words}, {room}" if other_day else f"Мастерская {room}"
        return Fix(action, move.id, move.value, words)

    # -- whether it helps -----------------------------------------------------------------

    def _mends(self, found: Violation, after: SittingFacts) -> bool:
        return not self._still(found, self._judge.findings(after))

    def _still(self, found: Violation, after: list[Violation]) -> bool:
        """The finding is there as before, or a contradiction that may not be."""
        known = Counter(each.code for each in self._before)
        left = [each for each in after if each.code == found.code]
        if left and (len(left) >= known[found.code] or any(_key(e) == _key(found) for e in left)):
            return True
        return any(_key(each) not in self._allowed for each in contradictions(after))

    @cached_property
    def _allowed(self) -> set[Key]:
        """What it contradicts where it stands may stay; at a new place nothing may be added."""
        stands = self._judge.sittings[self._sitting.id]
        if stands.starts_at == datetime.min:
            return set()
        here = self._before if stands == self._sitting else self._judge.findings(stands)
        return {_key(each) for each in contradictions(here)}


def _key(found: Violation) -> Key:
    return found.code, frozenset(found.subjects)


OF_YEAR = ShareBelowTarget.code
ONE_SEAT = {"chief_missing": Role.CHIEF, "technical_missing": Role.TECHNICAL}
WAYS: dict[str, tuple[Way, ...]] = {
    "expert_from_same_college": (Mender.replacing,),
    "taught_group": (Mender.replacing,),
    "kin": (Mender.replacing,),
    "certificate_expired": (Mender.replacing,),
    "certificate_missing": (Mender.replacing,),
    "consent_missing": (Mender.replacing,),
    "expert_unavailable": (Mender.replacing,),
    "expert_reluctant": (Mender.replacing,),
    "expert_over_week": (Mender.replacing,),
    "expert_double_booked": (Mender.replacing,),
    "chief_scores": (Mender.replacing, Mender.removing),
    "technical_scores": (Mender.replacing, Mender.removing),
    "expert_listed_twice": (Mender.removing, Mender.replacing),
    "second_chief": (Mender.removing,),
    "too_few_experts": (Mender.filling,),
    "fewer_than_recommended": (Mender.filling,),
    "chief_missing": (Mender.filling,),
    "technical_missing": (Mender.filling,),
    "no_board_member": (Mender.witness,),
    "preparation_day_missing": (Mender.preparation,),
    "preparation_day_wrong": (Mender.preparation,),
    "second_day_missing": (Mender.second_day,),
    "slot_too_short": (Mender.longer,),
    "kit_of_other_specialty": (Mender.other_kit,),
    "kit_of_other_year": (Mender.other_kit,),
    "more_students_than_places": (Mender.splitting,),
    "workshop_booked": (Mender.freeing,),
    "held_mended": (Mender.releasing,),
    OF_YEAR: (Mender.hiring, Mender.inviting),
}
OF_PLACE = frozenset({
    "expert_unavailable", "expert_reluctant", "expert_over_week", "expert_double_booked",
    "workshop_double_booked", "group_double_booked", "group_sits_that_day",
    "turnaround_too_short", "more_students_than_places", "workshop_closed", "workshop_booked",
    "outside_opening_hours", "accreditation_expired", "equipment_missing", "workshop_missing",
    "holiday", "weekend", "notice_too_short", "certificate_expired", "date_missing",
    "slot_too_short", OF_YEAR,
})  # fmt: skip
