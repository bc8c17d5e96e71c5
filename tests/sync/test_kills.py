"""Desktops killed in the middle: nothing is lost, nothing comes twice, no false contradiction.

Each boundary where something lasting has just been done, and a share of the others; all of them,
and hundreds of kills at random, in soak_faults.py.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]


def killed(*arguments: str, timeout: float = 300) -> dict[str, Any]:
    """What `kills.py` found."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])}
    done = subprocess.run(
        [sys.executable, "-m", "sync.kills", *arguments], check=False, capture_output=True,
        encoding="utf-8", env=environment, timeout=timeout,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    said = dict(json.loads(done.stdout))
    assert said["lost"] == []
    return said


@pytest.mark.parametrize(
    ("action", "share", "least"), [("sync", "0/6", 20), ("first", "0/12", 10), ("copy", "0/1", 5)]
)
def test_killed_at_a_boundary(action: str, share: str, least: int) -> None:
    assert killed(action, "--part", share)["kills"] >= least


def test_killed_at_a_boundary_of_an_exchange_with_postgresql() -> None:
    assert killed("sync", "--hub", "postgres", "--part", "0/20")["kills"] >= 12


def test_killed_at_random_while_all_work() -> None:
    said = killed("random", "--kills", "8")
    assert said["edits"] > said["kills"]
    assert set(said["refused"]) <= {"HubBusy"}


def test_the_server_stopped_at_once_while_all_work() -> None:
    said = killed("random", "--hub", "postgres", "--kills", "4", "--stops", "2")
    assert said["stops"] == 2
    assert set(said["refused"]) <= {"HubBusy", "HubUnreachable"}
