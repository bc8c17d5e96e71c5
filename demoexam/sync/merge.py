"""The merge: three images of one row, unit by unit. Pure; everything else only carries rows."""

from collections.abc import Mapping, Sequence

Row = tuple[object, ...]
Units = Mapping[str, Sequence[int]]
DELETION, HELD = "deletion", "held"


def merge(units: Units, base: Row | None, ours: Row, theirs: Row) -> tuple[Row, tuple[str, ...]]:
    """The row that both edits make, and the units in which they contradict each other.

    `theirs` is the hub's row, `base` what both edits started from (None: both made the row). One
    side changed a unit: its value. Both, differently: the hub's stays and the unit is named, for
    the caller to keep `ours`. Of a deletion and an edit the edit stays and the deletion is named.
    """
    merged = list(theirs)
    mine = {name for name, at in units.items() if base is None or _differ(at, ours, base)}
    hubs = {name for name, at in units.items() if base is None or _differ(at, theirs, base)}
    contradicted = []
    for name in (each for each in units if each in mine and each != DELETION):
        if _differ(units[name], ours, theirs):
            if name in hubs:
                contradicted.append(name)
            else:
                _take(units[name], ours, merged)
    if DELETION in units:
        gone, there = _deleted(units, ours), _deleted(units, theirs)
        deleting, keeping = (mine, hubs) if gone else (hubs, mine)
        if gone != there and DELETION in deleting and keeping - {HELD}:
            contradicted.append(DELETION)
            _take(units[DELETION], theirs if gone else ours, merged)
        elif DELETION in mine - hubs:
            _take(units[DELETION], ours, merged)
    return tuple(merged), tuple(contradicted)


def _deleted(units: Units, row: Row) -> bool:
    return bool(row[units[DELETION][0]])


def _differ(positions: Sequence[int], one: Row, other: Row) -> bool:
    return any(one[at] != other[at] for at in positions)


def _take(positions: Sequence[int], source: Row, target: list[object]) -> None:
    for at in positions:
        target[at] = source[at]
