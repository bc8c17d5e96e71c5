"""Afternoons at the board, drawn at random: nothing accepted contradicts, all can be taken back."""

import shutil
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from conftest import EXAM_DAY, Builder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from demoexam.errors import Refused
from demoexam.models.base import Record
from demoexam.models.exams import ExamSession
from demoexam.rules.placing import Move
from demoexam.rules.terms import BookingPurpose, Level, Role
from demoexam.services.history import take_back
from demoexam.services.plan.check import findings
from demoexam.services.season.fixes import apply_fix
from demoexam.services.season.moves import (
    copy_day,
    move_sittings,
    set_pinned,
    shift_sittings,
    unplace,
)
from demoexam.services.season.season import judge
from demoexam.store.store import Store

TODAY = date(2026, 3, 2)
FIRST, LAST = date(2026, 5, 18), date(2026, 7, 12)
DAYS = [EXAM_DAY + timedelta(days=n) for n in (-3, -2, 0, 1, 2, 4, 5)]
PAIRS = (0, 1), (2, 3), (0, 2), (1, 3)
NUMBERS = st.integers(0, 99)
BOOKKEEPING = {"rev", "deleted_by"}  # of the exchange between stores


def season(session):
    """Five exams, one of them of two days and one without a day, who share people and places."""
    make = Builder(session)
    rooms = [make.workshop(name=f"Мастерская {n}", places=(4, 6, 15)[n]) for n in range(3)]
    starts = (datetime.combine(EXAM_DAY + timedelta(days=1), time(hour)) for hour in (8, 20))
    make.booking(rooms[0], *starts, BookingPurpose.LESSONS)
    people = [make.expert(None, make.employer()) for _ in range(3)]
    people.append(make.expert(None, make.college("Колледж связи")))
    make.unavailability(people[0], EXAM_DAY + timedelta(days=4))
    long = make.kit("09.02.07-1-2026", exam_days=2)
    for number, day in enumerate((0, 0, 1, 4)):
        kit = {"kit": long, "second_day": EXAM_DAY + timedelta(days=5)} if day == 4 else {}
        group = make.group(name=f"Г-{number}", head_count=5)
        room = rooms[1 + number % 2]
        one = make.sitting(group, workshop=room, day=EXAM_DAY + timedelta(days=day), **kit)
        for who, role in zip(PAIRS[number], (Role.CHIEF, Role.SCORING), strict=True):
            make.assignment(one, people[who], role)
    waits = make.sitting(
        make.group(name="Г-9", head_count=5), workshop_id=None, starts_at=None, ends_at=None,
        preparation_day=None,
    )  # fmt: skip
    make.assignment(waits, people[3])


@contextmanager
def stored(blank: Path):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "season.db"
        shutil.copyfile(blank, path)
        with closing(Store(path)) as store:
            with store.transaction("план") as session:
                season(session)
            yield store


QUERIES = {
    table.name: f"SELECT {', '.join(shown)} FROM {table.name} WHERE deleted = 0 ORDER BY id"
    for table in Record.metadata.sorted_tables
    if "deleted" in table.c and (shown := [c.name for c in table.c if c.name not in BOOKKEEPING])
}


def live_rows(store):
    """Every live row of every table that people write, as it is stored."""
    with store.reading() as session:
        return {name: session.execute(text(query)).all() for name, query in QUERIES.items()}


class Afternoon:
    """A user who asks the judge before each move, and takes what it offers."""

    def __init__(self, session, draw):
        self.session, self.draw = session, draw
        self.judge = judge(session, FIRST, LAST, TODAY)
        rows = session.scalars(select(ExamSession).where(ExamSession.live()))
        self.rows = sorted(rows, key=lambda row: row.n)

    def one(self, rows=None):
        rows = rows or self.rows
        return rows[self.draw(NUMBERS) % len(rows)]

    def place(self, row):
        rooms = sorted(self.judge.workshops)
        day, hour = DAYS[self.draw(NUMBERS) % len(DAYS)], (8, 9, 13)[self.draw(NUMBERS) % 3]
        room = rooms[self.draw(NUMBERS) % len(rooms)]
        return Move(row.id, room, datetime.combine(day, time(hour)))

    def move(self):
        free = [row for row in self.rows if not row.pinned]
        if free:
            move = self.place(self.one(free))
            told = self.told(move)
            if told.accepted:
                move_sittings(self.session, [move], today=TODAY)
            elif told.fixes:
                apply_fix(self.session, self.one(list(told.fixes)), move, today=TODAY)

    def told(self, move):
        return self.judge.verdict(move.id, workshop_id=move.workshop_id, starts_at=move.starts_at)

    def shift(self):
        dated = [row for row in self.rows if row.starts_at and not row.pinned]
        days = (-7, -1, 1, 7)[self.draw(NUMBERS) % 4]
        moves = [Move(one.id, one.workshop_id, one.starts_at + timedelta(days)) for one in dated]
        if moves and all(verdict.accepted for verdict in self.judge.verdicts(moves)):
            shift_sittings(self.session, [one.id for one in dated], days, today=TODAY)

    def mend(self):
        row = self.one()
        if row.pinned:
            return
        sitting = self.judge.sittings[row.id]
        found = self.judge.findings(sitting) if row.starts_at else []
        ways = [fix for each in found for fix in self.judge.fixes(row.id, each)]
        if ways:
            apply_fix(self.session, self.one(ways), today=TODAY)

    def unplace(self):
        free = [row for row in self.rows if row.starts_at and not row.pinned]
        if free:
            unplace(self.session, [self.one(free).id], today=TODAY)

    def pin(self):
        row = self.one()
        set_pinned(self.session, [row.id], pinned=not row.pinned)

    def copy(self):
        dated = [row for row in self.rows if row.starts_at]
        if dated and len(self.rows) < 9:
            to_day = DAYS[self.draw(NUMBERS) % len(DAYS)]
            day = self.one(dated).starts_at.date()
            with suppress(Refused):  # none of the day's exams finds its place there
                copy_day(self.session, day, to_day, today=TODAY)


DEEDS = [Afternoon.move, Afternoon.move, Afternoon.mend, Afternoon.shift, Afternoon.unplace,
         Afternoon.pin, Afternoon.copy]  # fmt: skip


@given(data=st.data(), deeds=st.lists(st.sampled_from(DEEDS), min_size=1, max_size=6))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_accepted_afternoon_contradicts_nothing_and_is_taken_back(blank_store, data, deeds):
    with stored(blank_store) as store:
        states = [live_rows(store)]
        for deed in deeds:
            with store.transaction("дело") as session:
                deed(Afternoon(session, data.draw))
            if (now := live_rows(store)) != states[-1]:
                states.append(now)
        with store.reading() as session:
            told = findings(session, today=TODAY)
        assert [one for one in told if one.level is Level.CONTRADICTION] == []
        some = data.draw(st.integers(0, len(states) - 1))
        for left in reversed(range(len(states) - 1)):
            take_back(store)
            if left >= len(states) - 1 - some or left == 0:
                assert live_rows(store) == states[left]
