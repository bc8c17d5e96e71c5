"""What choosing one value or the other would do to the employers' share of the working year."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from sqlalchemy import Engine, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from demoexam.models.catalog import entities
from demoexam.models.exchange import Conflict
from demoexam.models.organizations import Organization
from demoexam.rules.shares import Share
from demoexam.rules.terms import OrganizationKind
from demoexam.services.college.college import targets
from demoexam.services.plan.overview import working_year
from demoexam.services.plan.what_if import ShareChange, share_if
from demoexam.services.records.stored_values import read_stored
from demoexam.services.share.share import year_share
from demoexam.services.syncing.conflict_facts import values_of_side
from demoexam.text import percent

COUNTED: Mapping[str, frozenset[str]] = {  # units that the share depends on
    "employment": frozenset({"organization_id", "term", "side", "is_main", "deletion"}),
    "organization": frozenset({"kind"}),
    "assignment": frozenset({"role", "expert_id", "session_id", "answer", "deletion", "held"}),
    "exam_session": frozenset({"place_time", "kit_id", "state", "deletion", "held"}),
    "expert": frozenset({"active", "deletion"}),
    "assessment_kit": frozenset({"level"}),
}
SIDES = {
    OrganizationKind.EMPLOYER: "обе организации отмечены как работодатели",
    OrganizationKind.COLLEGE: "обе организации — колледжи",
    OrganizationKind.UNIVERSITY: "обе организации — вузы",
}


class ShareEffects:
    """Of one choice after another; the share as it stands is counted once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._today = date.today()

    def of(self, conflicts: Sequence[Conflict]) -> str:
        """«Доля работодателей не изменится (64,2 %)», or what it becomes; "" if unknown now."""
        counted = [one for one in conflicts if one.unit in COUNTED.get(one.table_name, ())]
        if not counted:
            return _unchanged(self._now, "")
        engine = self._session.get_bind().engine
        try:
            found = _tried(engine, counted, self._year, self._today)
        except OperationalError:  # somebody writes just now: the choice waits for no figure
            return ""
        if found.before == found.after:
            return _unchanged(found.before, next(_reasons(self._session, counted), ""))
        return (
            f"Если взять «У вас», доля работодателей станет {percent(found.after.value)}"
            f" вместо {percent(found.before.value)}."
        )

    @cached_property
    def _year(self) -> int:
        return working_year(self._session, self._today)

    @cached_property
    def _now(self) -> Share:
        known = targets(self._session)
        return year_share(self._session, year=self._year, today=self._today, targets=known)[0]


def _tried(engine: Engine, conflicts: Sequence[Conflict], year: int, today: date) -> ShareChange:
    """In a session of its own, rolled back: the caller's goes on reading what it read."""

    def take_ours(trial: Session) -> None:
        for one in conflicts:
            entity = entities()[one.table_name]
            values = read_stored(one.table_name, values_of_side(one.ours))
            trial.execute(
                update(entity).where(entity.id == one.row_id).values(**values),
                execution_options={"synchronize_session": False},
            )

    with Session(engine.execution_options(writes=True)) as trial:
        return share_if(trial, take_ours, year=year, today=today)


def _unchanged(share: Share, why: str) -> str:
    told = f": {why}" if why else ""
    return f"Доля работодателей не изменится ({percent(share.value)}){told}."


def _reasons(session: Session, conflicts: Sequence[Conflict]) -> Iterator[str]:
    for one in conflicts:
        if one.unit == "organization_id":
            ids = (values_of_side(side).get("organization_id") for side in (one.ours, one.theirs))
            found = [session.get(Organization, str(each)) for each in ids]
            kinds = {each.kind for each in found if each is not None}
            if len(kinds) == 1 and all(found):
                yield SIDES.get(kinds.pop(), "")
