"""Who could take a seat, the most suitable first, out of the experts that a judge knows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from demoexam.rules.check import check_candidate
from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import ExpertFacts, KitFacts, PlanFacts, SittingFacts
from demoexam.rules.shares import side_on
from demoexam.rules.terms import Level, Role, Side
from demoexam.rules.violation import with_levels

TRIED = 400  # of the most suitable


class Pool:
    """The experts with their load in the plan."""

    def __init__(self, experts: Iterable[ExpertFacts], plan: PlanFacts) -> None:
        self._experts = tuple(experts)
        self._load: Counter[str] = Counter()
        self._technical: dict[str, Counter[str]] = defaultdict(Counter)
        for sitting in plan.sittings:
            for duty in sitting.live_duties:
                self._load[duty.expert.id] += 1
                if duty.role is Role.TECHNICAL and sitting.workshop:
                    self._technical[sitting.workshop.id][duty.expert.id] += 1

    def fit(
        self, sitting: SittingFacts, role: Role, index: PlanIndex, levels: Mapping[str, str]
    ) -> Iterator[ExpertFacts]:
        """Those against whom nothing speaks; then those who are at least not banned."""
        second: list[ExpertFacts] = []
        for expert in islice(self._ranked(sitting, role), TRIED):
            found = list(with_levels(check_candidate(expert, role, sitting, index), levels))
            if not found:
                yield expert
            elif all(each.level is not Level.CONTRADICTION for each in found):
                second.append(expert)
        yield from second

    def _ranked(self, sitting: SittingFacts, role: Role) -> list[ExpertFacts]:
        present = {duty.expert.id for duty in sitting.duties}
        free = (expert for expert in self._experts if expert.id not in present)
        return sorted(free, key=self._rank(sitting, role))

    def _rank(
        self, sitting: SittingFacts, role: Role
    ) -> Callable[[ExpertFacts], tuple[object, ...]]:
        """The site's own technical experts; for the rest competence, employers, little load."""
        site = self._technical.get(sitting.workshop.id, Counter()) if sitting.workshop else {}

        def technical(expert: ExpertFacts) -> tuple[object, ...]:
            return -site.get(expert.id, 0), self._load[expert.id], expert.name

        def assessing(expert: ExpertFacts) -> tuple[object, ...]:
            able = sitting.kit is None or competent(expert, role, sitting.kit)
            employer = side_on(expert.jobs, sitting.day) is Side.EMPLOYER
            return not able, not employer, self._load[expert.id], expert.name

        return technical if role is Role.TECHNICAL else assessing


def competent(expert: ExpertFacts, role: Role, kit: KitFacts) -> bool:
    """In the kit or its specialty; a competence that names no roles holds for all."""
    return any(
        (each.kit_id == kit.id or each.specialty_id == kit.specialty_id)
        and (not each.roles or role in each.roles)
        for each in expert.competences
    )
