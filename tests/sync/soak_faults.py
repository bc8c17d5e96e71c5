"""The long half of the tests of faults: every boundary, hundreds of kills; run explicitly."""

import sys
from typing import Any

import pytest
from sync.faults import Office
from sync.test_damaged_hubs import survive_corrupt_pages
from sync.test_kills import killed

HOUR = 3600


def told(what: str, said: dict[str, Any]) -> dict[str, Any]:
    sys.stderr.write(f"\n{what}: {said}\n")
    return said


@pytest.mark.parametrize("hub", ["sqlite", "postgres"])
@pytest.mark.parametrize("action", ["sync", "first"])
def test_killed_at_every_boundary(action: str, hub: str) -> None:
    said = told(f"{action}, {hub}", killed(action, "--hub", hub, "--every", timeout=HOUR))
    assert said["kills"] > 100


def test_the_copy_of_the_day_killed_at_every_boundary() -> None:
    assert told("copy", killed("copy", "--every", timeout=HOUR))["kills"] >= 5


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("hub", ["sqlite", "postgres"])
def test_two_hundred_kills_at_random(hub: str, seed: int) -> None:
    arguments = ["random", "--hub", hub, "--kills", "200", "--seed", str(seed)]
    said = told(f"at random, {hub}", killed(*arguments, timeout=HOUR))
    assert said["edits"] > 300  # a busy machine lives short between two kills


def test_twenty_stops_of_the_server() -> None:
    arguments = ["random", "--hub", "postgres", "--kills", "40", "--stops", "20"]
    said = told("stops of the server", killed(*arguments, timeout=HOUR))
    assert said["stops"] == 20
    assert set(said["refused"]) <= {"HubBusy", "HubUnreachable"}


def test_every_corrupt_page(office: Office, known: str) -> None:
    told("corrupt pages", survive_corrupt_pages(office, known, every=1))
