"""CPU time in units that do not depend on the machine: a fixed loop is timed beside the work."""

import sys
from collections.abc import Callable
from statistics import median
from time import process_time

REFERENCE_MS = 100.0  # what the loop below takes on the machine the bars were set on
ROUNDS = 5


def loop_ms(rounds: int = ROUNDS) -> float:
    """CPU milliseconds of the fixed loop, the median of some rounds."""
    return median(_one_loop() for _ in range(rounds))


def _one_loop() -> float:
    start = process_time()
    words: dict[int, str] = {}
    total = 0
    for number in range(330_000):
        total += number * number % 7
        words[number % 1000] = str(total)
    return (process_time() - start) * 1000


def cpu_ms(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return (process_time() - start) * 1000


def side_by_side(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """CPU milliseconds of both, medians of rounds taken in turn, so that a busy hour hits both."""
    pairs = [(cpu_ms(one), cpu_ms(other)) for _ in range(ROUNDS)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def verdict(name: str, value: float, bar: float, *, at_least: bool = False) -> int:
    """Print the figure beside its bar; the exit code is 1 when it misses the bar."""
    good = value >= bar if at_least else value <= bar
    sign = ">=" if at_least else "<="
    print(f"{name}: {value:.2f} (планка {sign} {bar:g}) {'в норме' if good else 'МИМО'}")
    return 0 if good else 1


def size(default: int) -> int:
    """How much data to measure on: the first argument, or `default`."""
    return int(sys.argv[1]) if len(sys.argv) > 1 else default
