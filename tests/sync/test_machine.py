"""The state machine on each hub: as many examples as a run of all tests has time for."""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from sync.machine import Exchanges
from sync.shares import SqliteShare, make_blank_hub, make_blank_store, memory_backed

EXAMPLES = int(os.environ.get("DEMOEXAM_EXAMPLES", "60"))
SHRINKS = os.environ.get("DEMOEXAM_SHRINK", "1") == "1"
SEEDED = "DEMOEXAM_EXAMPLES" not in os.environ  # the usual run is the same every time
PHASES = (Phase.explicit, Phase.generate, *([Phase.shrink] if SHRINKS else []))
PROFILE = settings(
    max_examples=EXAMPLES, stateful_step_count=50, derandomize=SEEDED, database=None, deadline=None,
    phases=PHASES, print_blob=True, suppress_health_check=list(HealthCheck),
)  # fmt: skip


def run(machine: type[Exchanges], record_property) -> Counter[str]:
    """Run it and say what has really happened."""
    machine.total = Counter()
    run_state_machine_as_test(machine, settings=PROFILE)
    told = ", ".join(f"{name} {count}" for name, count in sorted(machine.total.items()))
    record_property(machine.__name__, told)
    print(told)
    return machine.total


def assert_not_trivial(total: Counter[str]) -> None:
    """A machine that does nothing loses nothing."""
    for what in (
        "edits", "syncs", "crashes", "deletions", "died after commit", "edits during a sync", "resolved",
        "undone rows", "refused", "begun anew", "copied files", "hub restored", "sent again",
        "conflicts: field", "conflicts: deletion", "conflicts: rule", "conflicts: duplicate",
    ):  # fmt: skip
        assert total[what] > 0, f"nothing of this was tried: {what}"


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    return make_blank_store(tmp_path_factory.mktemp("blank") / "store.db")


def test_nothing_is_lost_through_a_shared_file(blank, tmp_path, record_property):
    class OnFile(Exchanges):
        memory = memory_backed(tmp_path)

        def share(self, folder):
            return SqliteShare(folder, empty)

    empty = make_blank_hub(tmp_path / "hub.db")
    OnFile.blank = blank
    assert_not_trivial(run(OnFile, record_property))
