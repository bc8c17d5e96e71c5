"""Which exams of a season are looked for: by words, state, workshop, or because of findings."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from demoexam.rules.moves import MoveJudge
from demoexam.rules.terms import SessionState
from demoexam.services.season.season import Chip, Lane, Season
from demoexam.text import fold, words
from demoexam.ui.exams.exam_words import HELD, STATES


@dataclass(frozen=True)
class Wish:
    """What is asked for; an empty wish means every exam."""

    text: str = ""
    state: SessionState | None = None
    workshop_id: str | None = None
    doubtful: bool = False

    @property
    def empty(self) -> bool:
        return not words(self.text) and self == Wish(text=self.text)


class Finder:
    """Looks through one season; surnames are known once the judge has read the experts."""

    def __init__(self, season: Season, judge: MoveJudge | None) -> None:
        self._season, self._judge = season, judge
        self.chips: Sequence[Chip] = [*season.unplaced, *season.chips]
        self._lanes: Mapping[str, Lane] = {lane.id: lane for lane in season.lanes}

    def found(self, wish: Wish) -> frozenset[str] | None:
        """Ids of the exams asked for; None when all are."""
        if wish.empty:
            return None
        wanted = words(wish.text)
        return frozenset(chip.id for chip in self.chips if self._fits(chip, wish, wanted))

    @cached_property
    def states(self) -> Mapping[SessionState, int]:
        """How many exams there are of each state."""
        return Counter(chip.state for chip in self.chips)

    @cached_property
    def workshops(self) -> Sequence[tuple[Lane, int]]:
        """The workshops that hold exams, and how many."""
        held = Counter(chip.workshop_id for chip in self._season.chips)
        return [(lane, held[lane.id]) for lane in self._season.lanes if held[lane.id]]

    @cached_property
    def doubtful(self) -> int:
        """How many exams have findings."""
        return sum(bool(chip.findings) for chip in self.chips)

    def _fits(self, chip: Chip, wish: Wish, wanted: Sequence[str]) -> bool:
        if wish.state is not None and chip.state is not wish.state:
            return False
        if wish.workshop_id is not None and chip.workshop_id != wish.workshop_id:
            return False
        if wish.doubtful and not chip.findings:
            return False
        return not wanted or all(one in self._texts[chip.id] for one in wanted)

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        """All that the words may be found in, folded."""
        return {chip.id: fold(" ".join(self._said(chip))) for chip in self.chips}

    def _said(self, chip: Chip) -> Sequence[str]:
        lane = self._lanes.get(chip.workshop_id or "")
        where = (lane.name, lane.room, lane.college) if lane else ()
        state, _ = HELD if chip.held else STATES[chip.state]
        return (chip.title, chip.kit, state, *where, *self._surnames(chip))

    def _surnames(self, chip: Chip) -> Sequence[str]:
        sitting = self._judge.sittings.get(chip.id) if self._judge else None
        return [duty.expert.name.split()[0] for duty in sitting.duties] if sitting else ()
