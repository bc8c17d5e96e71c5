"""Records to be compared: those that share a key, so that nothing is compared with everything."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Final, Protocol, TypeVar

CROWD: Final = 12  # more records with one key: they are compared by narrower keys alone


class Identified(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=Identified)


def pairs_sharing(
    items: Iterable[Item], keys: Callable[[Item], Iterable[tuple[str, ...]]]
) -> Iterator[tuple[Item, Item]]:
    """Every two items with at least one key in common, once."""
    buckets: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in items:
        for key in keys(item):
            buckets[key].append(item)
    seen: set[tuple[str, str]] = set()
    for members in buckets.values():
        if len(members) <= CROWD:
            for one, other in combinations(members, 2):
                if (one.id, other.id) not in seen:
                    seen.add((one.id, other.id))
                    yield one, other
