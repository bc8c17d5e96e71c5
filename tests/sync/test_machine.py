"""The state machine on each hub: as many examples as a run of all tests has time for."""

import os
from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sync.machine import Exchanges
from sync.postgres_share import PostgresShare
from sync.shares import SqliteShare, memory_backed

ON_FILE, ON_SERVER = 80, 40  # what three minutes of a core are enough for
SHRINKS = os.environ.get("DEMOEXAM_SHRINK", "1") == "1"
SEEDED = "DEMOEXAM_RANDOM" not in os.environ  # the usual run is the same every time
PHASES = (Phase.explicit, Phase.generate, *([Phase.shrink] if SHRINKS else []))
PROFILE = settings(
    stateful_step_count=50, derandomize=SEEDED, database=None, deadline=None,
    phases=PHASES, print_blob=True, suppress_health_check=list(HealthCheck),
)  # fmt: skip


def run(machine: type[Exchanges], examples: int, record_property) -> None:
    """Run it and say what has really happened."""
    machine.total = Counter()
    machine().rehearse()
    wanted = int(os.environ.get("DEMOEXAM_EXAMPLES", examples))
    run_state_machine_as_test(machine, settings=settings(PROFILE, max_examples=wanted))
    told = ", ".join(f"{name} {count}" for name, count in sorted(machine.total.items()))
    record_property(machine.__name__, told)
    if wanted >= examples:
        assert_not_trivial(machine.total)


def assert_not_trivial(total: Counter[str]) -> None:
    """A machine that does nothing loses nothing."""
    for what in (
        "edits", "syncs", "crashes", "deletions", "died after commit", "edits during a sync",
        "resolved", "undone rows", "erased", "refused", "begun anew", "copied files",
        "hub restored", "sent again", "conflicts: field", "conflicts: deletion",
        "conflicts: rule", "conflicts: duplicate",
    ):  # fmt: skip
        assert total[what] > 0, f"nothing of this was tried: {what}"


def test_nothing_is_lost_through_a_shared_file(small_store, small_hub, tmp_path, record_property):
    class OnFile(Exchanges):
        blank, memory = small_store, memory_backed(tmp_path)

        def share(self, folder):
            return SqliteShare(folder, small_hub)

    run(OnFile, ON_FILE, record_property)


def test_nothing_is_lost_through_postgresql(small_store, empty_server, tmp_path, record_property):
    class OnServer(Exchanges):
        blank, memory = small_store, memory_backed(tmp_path)

        def share(self, _folder):
            return PostgresShare(empty_server)

    run(OnServer, ON_SERVER, record_property)
