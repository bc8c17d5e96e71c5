"""How the scoring experts of a sitting share its modules and workplaces, for protocol 3.5."""

from collections.abc import Sequence
from typing import NamedTuple

ALL_MODULES = "Оценка по всем модулям"


class Share(NamedTuple):
    """What one expert assesses, and at which workplaces; both as the protocol prints them."""

    duty: str
    workplaces: str


def shared_evenly(modules: Sequence[int], workplaces: int, experts: int) -> list[Share]:
    """A share for each expert: every module at every workplace is somebody's.

    Whole modules go to each while there are enough of them; otherwise those who have the same
    module part the workplaces. Without modules everybody assesses all, at workplaces of his own.
    """
    if not modules:
        return [Share(ALL_MODULES, told) for told in _parts(range(1, workplaces + 1), experts)]
    if experts <= len(modules):
        everywhere = _span(range(1, workplaces + 1))
        return [Share(_named(part), everywhere) for part in _blocks(modules, experts)]
    found: list[Share] = []
    for at, module in enumerate(modules):
        together = len(range(at, experts, len(modules)))
        places = _parts(range(1, workplaces + 1), together)
        found += [Share(_named([module]), told) for told in places]
    return found


def _named(modules: Sequence[int]) -> str:
    if len(modules) == 1:
        return f"Модуль {modules[0]}"
    whole = modules[-1] - modules[0] == len(modules) - 1
    return f"Модули {_span(modules) if whole else ', '.join(map(str, modules))}"


def _parts(places: range, parts: int) -> list[str]:
    """Nobody is left without a workplace: with too few of them the last ones share all."""
    if len(places) < parts:
        return [_span(places)] * parts
    return [_span(part) for part in _blocks(places, parts)]


def _blocks(values: Sequence[int], parts: int) -> list[Sequence[int]]:
    """Neighbours stay together; the parts differ by one at most."""
    count = len(values)
    return [values[at * count // parts : (at + 1) * count // parts] for at in range(parts)]


def _span(values: Sequence[int]) -> str:
    """«1–6», «1, 2» for two neighbours, or one number; "" of nothing."""
    if len(values) > 2:  # noqa: PLR2004 -- two are written out
        return f"{values[0]}–{values[-1]}"
    return ", ".join(map(str, values))
