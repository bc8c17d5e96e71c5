"""The state machine: people at several desks, accidents, and an oracle that forgets nothing."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sync import oracle
from sync.desks import Crash, Desk, World
from sync.hand import TABLES, Hand
from sync.shares import Share

DESKS = st.integers(0, 4)
ROLLS = st.tuples(*[st.integers(0, 11)] * 4)
TABLE = st.sampled_from(("exam_session", "assignment", *TABLES))
OUTSIDE = ("pulled", "pushed", "ruled", "before commit", "after commit")  # no lock on the store
WITHIN = ("merged", "collected", "acknowledged")
BATCHES = st.sampled_from((5000, 3))
ACCIDENTS: Mapping[str, Callable[[World, Desk, Desk], object]] = {
    "the program is started again": lambda world, desk, _: world.reopen(desk),
    "a file is copied over another": lambda world, desk, other: world.copy_desk(desk, other),
    "everything is taken anew": lambda world, desk, _: world.begin_anew_if_safe(desk),
    "too much has changed": lambda world, desk, _: world.sync(desk, much=5),
    "the hub is out of order": lambda world, desk, _: world.refused_sync(desk),
    "the hub is copied": lambda world, _desk, _other: world.keep_hub(),
    "the hub is put back": lambda world, _desk, _other: world.put_hub_back(),
}


class Exchanges(RuleBasedStateMachine):
    """Subclasses say which hub; `total` adds up what all examples together have done."""

    total: ClassVar[Counter[str]]
    blank: ClassVar[Path]
    memory: ClassVar[Path]

    def share(self, folder: Path) -> Share:
        raise NotImplementedError

    @initialize(desks=st.integers(3, 5), late=st.booleans())
    def begin(self, desks: int, late: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="demoexam-", dir=self.memory))
        self.world = World(self.folder, self.share(self.folder), self.blank, desks)
        for desk in self.world.desks[: desks - late]:  # the last one may come after others' work
            self.world.sync(desk)
        self.world.keep_hub()

    # -- work --------------------------------------------------------------------------------

    @rule(desk=DESKS, table=TABLE, rolls=ROLLS)
    def insert(self, desk, table, rolls):
        self.world.insert(self.world.desk(desk), table, rolls)

    @rule(desk=DESKS, table=TABLE, rolls=ROLLS, units=st.sampled_from((1, 1, 2)))
    def edit(self, desk, table, rolls, units):
        self.world.edit(self.world.desk(desk), table, rolls, units)

    @rule(work=st.lists(st.tuples(DESKS, TABLE, ROLLS), min_size=2, max_size=4))
    def edit_in_several_places(self, work):
        for desk, table, rolls in work:
            self.world.edit(self.world.desk(desk), table, rolls)

    @rule(first=DESKS, second=DESKS, table=TABLE, rolls=ROLLS)
    def edit_one_row_twice(self, first, second, table, rolls):
        for desk in (first, second):
            self.world.edit(self.world.desk(desk), table, rolls)

    @rule(first=DESKS, second=DESKS, table=TABLE, rolls=ROLLS)
    def type_the_same(self, first, second, table, rolls):
        self.world.same_edit((self.world.desk(first), self.world.desk(second)), table, rolls)

    @rule(desk=DESKS, table=TABLE, roll=st.integers(0, 11), deleted=st.booleans())
    def delete_or_take_back(self, desk, table, roll, deleted):
        self.world.mark(self.world.desk(desk), table, roll, deleted=deleted)

    @rule(deleter=DESKS, editor=DESKS, table=TABLE, rolls=ROLLS)
    def delete_against_edit(self, deleter, editor, table, rolls):
        self.world.edit(self.world.desk(editor), table, rolls)
        self.world.mark(self.world.desk(deleter), table, rolls[-1], deleted=True)

    @rule(desk=DESKS, roll=st.integers(0, 11), mine=st.booleans())
    def resolve(self, desk, roll, mine):
        self.world.resolve(self.world.desk(desk), roll, mine=mine)

    @rule(desk=DESKS, roll=st.integers(0, 7))
    def undo(self, desk, roll):
        self.world.undo(self.world.desk(desk), roll)

    @precondition(lambda self: not self.world.ledger.erased)  # nobody may write to him any more
    @rule(desk=DESKS, table=st.sampled_from(("expert", "examinee")), roll=st.integers(0, 11))
    def erase(self, desk, table, roll):
        here = self.world.desk(desk)
        with here.store.reading() as session:
            ident = Hand(session, 0).pick(table, roll)
        if ident:
            self.world.erase(here, table, ident)

    # -- exchange ------------------------------------------------------------------------------

    @rule(desk=DESKS, batch=BATCHES)
    def sync(self, desk, batch):
        self.world.sync(self.world.desk(desk), batch=batch)

    @rule(desks=st.permutations(range(5)), batch=BATCHES)
    def sync_all(self, desks, batch):
        for desk in desks[: len(self.world.desks)]:
            self.world.sync(self.world.desk(desk), batch=batch)

    @rule(desk=DESKS, step=st.integers(0, 90), batch=BATCHES)
    def sync_and_die(self, desk, step, batch):
        self.world.sync(self.world.desk(desk), batch=batch, dies_at=step)

    @rule(desk=DESKS, step=st.sampled_from((*OUTSIDE, *WITHIN)), batch=BATCHES)
    def sync_and_die_between(self, desk, step, batch):
        def die(now: str) -> None:
            if now == step:
                self.world.count[f"died {now}"] += 1
                raise Crash

        self.world.sync(self.world.desk(desk), batch=batch, on=die)

    @rule(desk=DESKS, step=st.sampled_from(OUTSIDE), table=TABLE, rolls=ROLLS, batch=BATCHES)
    def edit_during_sync(self, desk, step, table, rolls, batch):
        here, steps = self.world.desk(desk), [step]

        def type_on(now: str) -> None:
            if now in steps:
                steps.clear()
                self.world.count["edits during a sync"] += 1
                self.world.edit(here, table, rolls)

        self.world.sync(here, batch=batch, on=type_on)

    @rule(first=DESKS, second=DESKS)
    def sync_during_sync(self, first, second):
        """Another desk comes between a commit and its acknowledgement."""
        here, there = self.world.desk(first), self.world.desk(second)
        steps = ["after commit"] if here is not there else []

        def other(now: str) -> None:
            if now in steps:
                steps.clear()
                self.world.count["syncs during a sync"] += 1
                self.world.sync(there)

        self.world.sync(here, on=other)

    # -- accidents -----------------------------------------------------------------------------

    @rule(what=st.sampled_from(sorted(ACCIDENTS)), desk=DESKS, other=DESKS)
    def accident(self, what, desk, other):
        ACCIDENTS[what](self.world, self.world.desk(desk), self.world.desk(other))

    # -- what holds ----------------------------------------------------------------------------

    @invariant()
    def live_data_breaks_no_rule(self):
        if self.world.hub_touched:
            self.world.hub_touched = False
            oracle.check_live(self.world)

    def teardown(self):
        try:
            if hasattr(self, "world") and not self.world.broken:
                self.world.settle()
                oracle.check(self.world)
        finally:
            self._leave()

    def rehearse(self):
        """Everything once, in a fixed order, before chance has its turn."""
        self.begin(desks=3, late=False)
        anna, boris, _ = self.world.desks
        for desk in (anna, boris):
            self.world.insert(desk, "organization", (0, 1, 2, 3), inn="7707083893")
        self.edit_one_row_twice(first=0, second=1, table="expert", rolls=(1, 2, 3, 4))
        self.sync_all(batch=5000, desks=(0, 1, 2))
        self.resolve(desk=1, roll=0, mine=True)
        self.delete_against_edit(deleter=0, editor=1, table="workshop", rolls=(0, 0, 0, 0))
        self.sync_all(batch=5000, desks=(0, 1, 2))
        self.undo(desk=0, roll=0)
        self.edit_during_sync(desk=0, step="pushed", table="expert", rolls=(5, 6, 7, 8), batch=5000)
        for accident in sorted(ACCIDENTS):
            self.sync_all(batch=5000, desks=(0, 1, 2))
            self.edit(desk=0, table="expert", rolls=(2, 3, 4, 5), units=1)
            self.accident(what=accident, desk=0, other=1)
        self.sync_all(batch=5000, desks=(0, 1, 2))
        self.accident(what="a file is copied over another", desk=0, other=1)
        self.edit(desk=2, table="expert", rolls=(3, 4, 5, 6), units=1)
        self.sync_and_die_between(desk=2, step="after commit", batch=5000)
        self.erase(desk=1, table="expert", roll=0)
        self.live_data_breaks_no_rule()
        self.teardown()

    def _leave(self):
        if hasattr(self, "world"):
            with self.world.hub.reading() as far:
                kinds = far.exec_driver_sql("SELECT kind, count(*) FROM conflict GROUP BY kind")
                self.world.count.update({f"conflicts: {kind}": n for kind, n in kinds})
            self.total.update(self.world.count, examples=1)
            self.world.close()
            shutil.rmtree(self.folder, ignore_errors=True)
