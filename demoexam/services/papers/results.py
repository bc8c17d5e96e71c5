"""What came of an exam for each examinee, as its papers print it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction

from demoexam.documents.exam_sheet import Module, Participant, PersonName, Result
from demoexam.models.exams import ExamPlace
from demoexam.models.groups import Examinee
from demoexam.rules.grading import Scale
from demoexam.rules.incidents import Happening, end_of_work
from demoexam.services.papers.people import Seat


@dataclass(frozen=True)
class Results:
    """Everything that decides what an examinee's row of a protocol says."""

    modules: Sequence[Module]
    scale: Scale
    happened: Sequence[Happening]
    by_hand: Mapping[str, int]  # examinee -> the workplace he had drawn

    def participants(self, people: Sequence[Seat], group: str) -> list[Participant]:
        return [self._participant(person, place, group) for person, place in people]

    def notes(self, people: Sequence[Seat]) -> list[str]:
        """№ 8: remark; numbered as in the list."""
        remarks = [(at, place.note) for at, (_, place) in enumerate(people, start=1) if place]
        return [f"№ {at}: {note.rstrip('.')}." for at, note in remarks if note]

    def ended_at(self, day: date, people: Sequence[Seat]) -> datetime | None:
        """When the last one finished, once everybody who came has."""
        hours = [
            self._finished(place) for _, place in people if place and place.attended is not False
        ]
        try:
            return max(
                (datetime.combine(day, time.fromisoformat(hour)) for hour in hours), default=None
            )
        except ValueError:
            return None

    def _participant(self, person: Examinee, place: ExamPlace | None, group: str) -> Participant:
        name = PersonName(person.last_name, person.first_name, person.middle_name)
        if place is None:
            return Participant(name=name, group=group)
        end = end_of_work(self.happened, person.id)
        scored = end is None or end.is_scored
        points = {int(number): int(value) for number, value in place.points.items()}
        return Participant(
            name=name,
            group=group,
            workplace=place.workplace,
            attended=place.attended,
            finished_at=self._finished(place),
            points=points if scored else {},
            result=self._result(points) if scored else None,
            variant=place.variant,
            drawn=self.by_hand.get(person.id),
            outcome=end.outcome if end else "",
            scored=scored,
        )

    def _result(self, points: Mapping[int, int]) -> Result | None:
        """The grade once every module is scored; until then the cells wait."""
        most = sum(module.max_points for module in self.modules)
        if not most or any(module.number not in points for module in self.modules):
            return None
        total = sum(points[module.number] for module in self.modules)
        return Result(total, Fraction(total, most), self.scale.grade(total, most))

    def _finished(self, place: ExamPlace) -> str:
        end = end_of_work(self.happened, place.examinee_id)
        return end.started if end else hours_of(place.finished_at)


def hours_of(finished: str | None) -> str:
    """12:58 of «12:58» or of an ISO moment."""
    return (finished or "").partition("T")[2][:5] or (finished or "")[:5]
