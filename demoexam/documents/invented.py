"""A small invented sitting and report: what a form looks like before there is a real exam."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from demoexam.documents.exam_filling import fillings
from demoexam.documents.exam_sheet import (
    Admitted,
    Board,
    BoardPerson,
    DayPlan,
    Draw,
    ExamSheet,
    GradeBounds,
    GroupExpert,
    IncidentFacts,
    Module,
    Officer,
    Participant,
    PersonName,
    PlannedDay,
    PlannedGroup,
    Result,
    Season,
    SeasonExpert,
)
from demoexam.documents.form import Letterhead
from demoexam.documents.invented_season import SEASON_CODES, season_filling
from demoexam.documents.share_sheet import ShareExpert, ShareSheet, ShareYear, share_filling
from demoexam.documents.template import Filling, Template
from demoexam.rules.day_plan import (
    Break,
    DayLengths,
    Shift,
    exam_steps,
    preparation_steps,
    results_step,
)
from demoexam.rules.terms import ROLE_NAMES, BoardRole, IncidentKind, Role

POINTS, SCORE, GRADE = 2500, 1925, 5  # hundredths of a module, and what everybody got of them
COLLEGE = Letterhead(
    "«Примерный колледж связи»",
    "Министерство образования Примерной области",
    "Государственное бюджетное профессиональное образовательное учреждение",
    "ГБПОУ «ПКС»",
    "г. Примерск",
)
CHIEF = PersonName("Образцов", "Пётр", "Ильич")
SCORING = (PersonName("Примерова", "Анна", "Львовна"), PersonName("Эталонов", "Олег", "Юрьевич"))
TECHNICAL = PersonName("Макетов", "Иван", "Фёдорович")
EXAMINEES = (
    PersonName("Выдуманный", "Артём", "Олегович"),
    PersonName("Несуществующая", "Дарья", "Игоревна"),
    PersonName("Условный", "Тимур", "Маратович"),
)
CHAIR = PersonName("Главнова", "Вера", "Николаевна")


def sample_fillings(template: Template, *, modules: int = 3) -> list[Filling]:
    """The copies of a form that the invented sitting, or the invented year, has."""
    if template.code in SEASON_CODES:
        return [season_filling(template.code, COLLEGE)]
    if template.about == "year":
        return [share_filling(invented_report())]
    return fillings(invented_sheet(modules), template)


def invented_sheet(modules: int = 3) -> ExamSheet:
    """A sitting of which everything is known; nobody in it exists."""
    return ExamSheet(
        letterhead=COLLEGE,
        number="14",
        exam_day=date(2026, 6, 18),
        specialty="09.02.07 Информационные системы и программирование",
        kit_code="09.02.07-2-2026",
        level="ГИА, профильный (ПУ)",
        center="ГБПОУ «ПКС», мастерская «Сети», каб. 214",
        address="г. Примерск, ул. Учебная, д. 12",
        exam_group="ЭГ-14",
        study_group="ИСП-41",
        shift="1 (09:00-13:00)",
        starts_at=datetime(2026, 6, 18, 9),
        ended_at=datetime(2026, 6, 18, 12, 58),
        preparation_day=date(2026, 6, 17),
        workplaces=5,
        experts=_experts(),
        least_experts=2,
        board_member=Admitted(CHAIR, "член ГЭК", "АО «Связь-Пример»"),
        representative=Admitted(TECHNICAL, "представитель ЦПДЭ", "ГБПОУ «ПКС»"),
        participants=[_participant(at, modules) for at in range(len(EXAMINEES))],
        planned=len(EXAMINEES),
        modules=[Module(number, POINTS) for number in range(1, modules + 1)],
        draw=Draw(
            "7F3A-91C4-22D0-8B5E",
            datetime(2026, 6, 17, 9, 42, 15),
            "5AA578C55E23F135",
            "Порядок мест: по возрастанию SHA-256 от строки «зерно|№ в списке».",
        ),
        bounds=GradeBounds(Fraction(20), Fraction(40), Fraction(70)),
        notes=("№ 2: время продлено на 12 мин.",),
        plan=_plan,
        season=_season,
        board=_board(),
        incidents=_incidents(),
        director=Officer("Директор", "М. А. Начальникова"),
        deputy=Officer(
            "Заместитель директора по учебно-производственной работе", "П. С. Заместительный"
        ),
    )


def invented_report() -> ShareSheet:
    years = [ShareYear(2024, 12, 8, 0, Fraction(60)), ShareYear(2025, 14, 10, 0, Fraction(70))]
    return ShareSheet(
        letterhead=COLLEGE,
        number="20/2025",
        day=date(2025, 10, 30),
        year=2025,
        method="по лицам",
        years=years,
        experts=[ShareExpert(one.full, "ООО «Пример»", "Связь", 4, "работодатель")
                 for one in SCORING],
        more_needed="Цель достигнута.",
        coordinator="Г. М. Образцова",
        director="М. А. Начальникова",
    )  # fmt: skip


def _experts() -> list[GroupExpert]:
    scoring = [
        GroupExpert(name, Role.SCORING, "ООО «Пример»", "инженер", f"Модуль {at}", f"{at}–3")
        for at, name in enumerate(SCORING, start=1)
    ]
    return [
        GroupExpert(CHIEF, Role.CHIEF, "АО «Связь-Пример»", "ведущий инженер"),
        *scoring,
        GroupExpert(TECHNICAL, Role.TECHNICAL, "ГБПОУ «ПКС»", "лаборант"),
    ]


def _participant(at: int, modules: int) -> Participant:
    points = dict.fromkeys(range(1, modules + 1), SCORE)
    result = Result(SCORE * modules, Fraction(SCORE, POINTS), GRADE) if modules else None
    return Participant(EXAMINEES[at], "ИСП-41", at + 1, True, f"12:5{at}", points, result, "1")


def _plan() -> DayPlan:
    exam, room, lengths = datetime(2026, 6, 18, 9), "каб. 214", DayLengths()
    groups = [
        PlannedGroup(f"ЭГ-1{at + 3}", f"ИСП-4{at}", 3, shift, "КОД 09.02.07-2-2026, ПУ", "ПКС")
        for at, shift in enumerate(("1-я смена, 09:00-12:40", "2-я смена, 14:00-17:30"), start=1)
    ]
    shifts = [Shift(1, exam, 210, [Break(90, 10)]), Shift(2, datetime(2026, 6, 18, 14), 210)]
    before = preparation_steps(date(2026, 6, 17), lengths, room)
    steps = [*exam_steps([(room, shifts)], lengths), results_step(shifts[-1].ends_at, lengths)]
    days = [PlannedDay(-1, date(2026, 6, 17), before), PlannedDay(1, exam.date(), steps)]
    staff = [Admitted(one.name, ROLE_NAMES[one.role], one.organization) for one in _experts()]
    return DayPlan(groups, days, EXAMINEES, staff)


def _season() -> Season:
    experts = [
        SeasonExpert(one.name, [one.role], one.organization, one.post, "свидетельство № 1")
        for one in _experts()
    ]
    chief = "Образцова Петра Ильича, ведущего инженера (АО «Связь-Пример»),"
    executor = "Заместителю директора по учебно-производственной работе"
    return Season(["КОД 09.02.07-2-2026, профильный уровень"], experts, [chief], executor)


def _board() -> Board:
    people = [BoardPerson(CHAIR, BoardRole.CHAIR, "директор АО «Связь-Пример»")]
    others = (BoardRole.DEPUTY, BoardRole.SECRETARY, BoardRole.MEMBER)
    people += [
        BoardPerson(name, role, "преподаватель")
        for name, role in zip((CHIEF, *SCORING), others, strict=True)
    ]
    return Board("14-у", date(2025, 12, 15), people)


def _incidents() -> list[IncidentFacts]:
    return [
        _incident(IncidentKind.STOP, 1, ended="10:27", compensation=12, reason="Сбой питания"),
        _incident(
            IncidentKind.REMOVAL,
            2,
            clause="п. 34",
            reason="Пользовался телефоном",
            explanation="От объяснения отказался",
            counts=False,
        ),
        _incident(IncidentKind.EARLY_END, 0, reason="Завершил задание раньше", counts=True),
    ]


def _incident(kind: IncidentKind, who: int, **facts: Any) -> IncidentFacts:
    place = who + 1
    return IncidentFacts(
        kind=kind,
        number=1,
        at=place,
        name=EXAMINEES[who],
        role="участник",
        workplace=place,
        started="10:15",
        **facts,
    )
