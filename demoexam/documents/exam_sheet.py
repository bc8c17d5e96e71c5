"""What the papers of one sitting need, as plain values; the empty prints as room to write."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from demoexam import text
from demoexam.documents.form import Letterhead
from demoexam.documents.numbers import USUAL, document_number
from demoexam.rules.day_plan import Step
from demoexam.rules.terms import BoardRole, IncidentKind, Role


@dataclass(frozen=True)
class PersonName:
    last: str
    first: str
    middle: str = ""

    @property
    def full(self) -> str:
        return text.full_name(self.last, self.first, self.middle)

    @property
    def signature(self) -> str:
        return text.signature_name(self.last, self.first, self.middle)


@dataclass(frozen=True)
class GroupExpert:
    """A person of the expert group, or the technical expert beside it."""

    name: PersonName
    role: Role
    organization: str = ""
    post: str = ""
    duty: str = ""  # modules and criteria
    workplaces: str = ""  # 1–6


@dataclass(frozen=True)
class Admitted:
    """Anybody else let into the exam center."""

    name: PersonName
    role: str
    organization: str = ""


@dataclass(frozen=True)
class Module:
    number: int
    max_points: int  # hundredths
    title: str = ""


@dataclass(frozen=True)
class Result:
    """Ready-made by the rules of grading: nothing is computed on paper."""

    total: int  # hundredths
    share: Fraction  # of the maximum, 0..1
    grade: int | None = None


@dataclass(frozen=True)
class Participant:
    name: PersonName
    group: str = ""
    workplace: int | None = None
    attended: bool | None = None  # None: not known yet
    finished_at: str = ""  # 12:58
    points: Mapping[int, int] = field(default_factory=dict)  # module number -> hundredths
    result: Result | None = None
    variant: str = ""  # of the task
    drawn: int | None = None  # the drawn number where another place was given by hand; 0: undrawn
    outcome: str = ""  # удалён 10:40, завершил досрочно 11:20
    scored: bool = True  # what was done before a removal or an annulment is not


@dataclass(frozen=True)
class Draw:
    """A draw of workplaces that anybody can repeat."""

    seed: str
    drawn_at: datetime
    list_sum: str  # of the list the draw was made on
    method: str  # in words, as printed
    reason: str = ""  # why an earlier draw was repeated


@dataclass(frozen=True)
class GradeBounds:
    """From how many per cent of the maximum a grade begins."""

    three: Fraction
    four: Fraction
    five: Fraction


@dataclass(frozen=True)
class PlannedGroup:
    """A sitting of the day as form 3.2 lists it."""

    exam_group: str
    study_group: str
    people: int
    shift: str  # 1 (09:00-13:00)
    kit: str  # the code and the level
    center: str


@dataclass(frozen=True)
class PlannedDay:
    """One day of the plan: С-1 is the preparation day, С1 the first of the exam."""

    number: int  # -1, 1, 2
    day: date | None
    steps: Sequence[Step] = ()


@dataclass(frozen=True)
class DayPlan:
    """The sittings of one day with one kit in one exam center, their days and their people."""

    groups: Sequence[PlannedGroup] = ()
    days: Sequence[PlannedDay] = ()
    examinees: Sequence[PersonName] = ()
    staff: Sequence[Admitted] = ()


@dataclass(frozen=True)
class SeasonExpert:
    """An expert of a season with all his roles in it."""

    name: PersonName
    roles: Sequence[Role]  # the first one says in which part of the order he stands
    organization: str = ""
    post: str = ""
    basis: str = ""  # what makes him an expert: his certificate


@dataclass(frozen=True)
class Season:
    """Who examines a college's students of one specialty in a calendar year; form 3.1."""

    kits: Sequence[str] = ()  # the code and the level
    experts: Sequence[SeasonExpert] = ()
    appointed: Sequence[str] = ()  # chief experts with their posts, in the accusative
    executor: str = ""  # the deputy's post in the dative


@dataclass(frozen=True)
class BoardPerson:
    name: PersonName
    role: BoardRole
    post: str = ""


@dataclass(frozen=True)
class Board:
    """The examination board (ГЭК) of a year and the order that made it."""

    order_number: str = ""
    order_date: date | None = None
    people: Sequence[BoardPerson] = ()

    def of_role(self, role: BoardRole) -> list[BoardPerson]:
        return [one for one in self.people if one.role == role]


@dataclass(frozen=True)
class IncidentFacts:
    """A stop of time, a removal or an early end; forms 3.12 to 3.14. Hours are HH:MM."""

    kind: IncidentKind
    number: int = 0  # of its act, among those of its kind
    at: int | None = None  # the participant's number in the list
    name: PersonName | None = None
    role: str = ""  # участник, or who else was removed
    workplace: int | None = None
    started: str = ""
    ended: str = ""
    compensation: int | None = None  # minutes
    clause: str = ""
    reason: str = ""
    explanation: str = ""
    counts: bool | None = None


@dataclass(frozen=True)
class Officer:
    """Who signs for the college."""

    post: str
    name: str  # «И. О. Фамилия»


@dataclass(frozen=True)
class ExamSheet:
    letterhead: Letterhead
    number: str  # of the sitting, ASCII: the head of every document number
    exam_day: date
    specialty: str = ""
    numbering: str = USUAL  # how the number, the form and the year make a document's number
    kit_term: str = "КОД"
    kit_code: str = ""
    level: str = ""
    center: str = ""
    address: str = ""
    exam_group: str = ""
    study_group: str = ""
    shift: str = ""
    starts_at: datetime | None = None
    ended_at: datetime | None = None  # when the last examinee finished
    second_day: date | None = None
    preparation_day: date | None = None
    workplaces: int | None = None
    experts: Sequence[GroupExpert] = ()
    least_experts: int = 0  # the kit's minimum of scoring experts
    board_member: Admitted | None = None
    representative: Admitted | None = None  # of the exam center's organization
    admitted: Sequence[Admitted] = ()
    participants: Sequence[Participant] = ()
    planned: int = 0  # head count before names are known
    modules: Sequence[Module] = ()
    draw: Draw | None = None
    bounds: GradeBounds | None = None
    notes: Sequence[str] = ()
    plan: Callable[[], DayPlan] = DayPlan  # read only for the forms that print it, as `season`
    season: Callable[[], Season] = Season
    board: Board = Board()
    incidents: Sequence[IncidentFacts] = ()
    director: Officer = Officer("Директор", "")
    deputy: Officer = Officer("Заместитель директора по учебно-производственной работе", "")
    draft: bool = False

    def of_role(self, role: Role) -> list[GroupExpert]:
        return [expert for expert in self.experts if expert.role == role]

    def document_number(self, code: str, copy: int = 0) -> str:
        return document_number(self.numbering, self.number, code, self.exam_day.year, copy)

    @property
    def chapter(self) -> str:
        """The bookmark of this sitting's papers: ЭГ-14, ИСП-41, 18.06.2026, 1 (09:00–13:00)."""
        day = text.short_date(self.exam_day)
        return ", ".join(
            part for part in (self.exam_group, self.study_group, day, self.shift) if part
        )
