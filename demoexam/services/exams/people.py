"""The examinees of a sitting as its card shows them: place, time, points, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.rules.incidents import Happening, compensation, end_of_work
from demoexam.services.exams.drawn_places import changed_by_hand
from demoexam.services.exams.happenings import happenings, planned_end
from demoexam.services.papers.people import seats
from demoexam.services.papers.results import hours_of
from demoexam.text import full_name


@dataclass(frozen=True)
class PlaceRow:
    """An examinee of the sitting; `place_id` is empty while nobody has seated him."""

    place_id: str
    examinee_id: str
    name: str
    workplace: int | None = None
    attended: bool | None = None
    points: Mapping[str, int] | None = None
    note: str = ""
    drawn: int | None = None  # the drawn number where another was given by hand; 0: undrawn
    finished_at: str = ""  # 12:58
    ends_by: str = ""  # the planned end with his compensation
    compensation: int = 0  # minutes given back for stops
    outcome: str = ""  # удалён 10:40
    scored: bool = True

    @property
    def needs_points(self) -> bool:
        """A complete protocol has his points."""
        return self.attended is not False and self.scored

    @property
    def remark(self) -> str:
        """What happened to him, and the note."""
        more = f"+{self.compensation} мин" if self.compensation and not self.outcome else ""
        return "; ".join(part for part in (self.outcome, more, self.note) if part)


def examinee_rows(session: Session, sitting: ExamSession) -> Sequence[PlaceRow]:
    happened = happenings(session, sitting.id)
    by_hand = changed_by_hand(session, sitting.id)
    found = []
    for person, place in seats(session, sitting):
        name = full_name(person.last_name, person.first_name, person.middle_name)
        shown = PlaceRow("", person.id, name)
        if place is not None:
            shown = _placed(shown, sitting, place, happened)
            shown = replace(shown, drawn=by_hand.get(person.id))
        found.append(shown)
    return found


def _placed(
    shown: PlaceRow, sitting: ExamSession, place: ExamPlace, happened: list[Happening]
) -> PlaceRow:
    end = end_of_work(happened, shown.examinee_id)
    given = compensation(happened, shown.examinee_id)
    return replace(
        shown,
        place_id=place.id,
        workplace=place.workplace,
        attended=place.attended,
        points=dict(place.points),
        note=place.note,
        finished_at=end.started if end else hours_of(place.finished_at),
        ends_by=planned_end(sitting, happened, shown.examinee_id),
        compensation=0 if place.attended is False else given,
        outcome=end.outcome if end else "",
        scored=end is None or end.is_scored,
    )
