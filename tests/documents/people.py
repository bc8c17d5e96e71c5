"""An invented sitting and report, as the forms take them; nobody here exists."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

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
from demoexam.documents.share_sheet import ShareExpert, ShareSheet, ShareYear
from demoexam.rules.day_plan import Break, DayLengths, Shift, exam_steps, preparation_steps
from demoexam.rules.terms import BoardRole, IncidentKind, Role

COLLEGE = Letterhead(
    "«Заречный колледж связи»",
    "Министерство образования Заречной области",
    "Государственное бюджетное профессиональное образовательное учреждение",
    "ГБПОУ «ЗКС»",
    "г. Заречье",
)
NAMES = (
    "Абдурахмонов Шухрат Мухаммаджонович",
    "Белозёрова Дарья Игоревна",
    "Гасанов Рустам Эльчин оглы",
    "Ёлкина Полина Артёмовна",
    "Ким Виктория",
    "Константинова-Бельская Александра Вячеславовна",
)
LONG = "Вышнеградская-Новоалександровскаякрестовоздвиженскаятрофимова Елизавета Константиновна"
UNBROKEN = "Архангельскокрестовоздвиженскопреображенсконовопетровскийвский Ян"


def person(full: str) -> PersonName:
    last, first, *rest = full.split()
    return PersonName(last, first, " ".join(rest))


def participant(full: str, at: int, modules: int = 3) -> Participant:
    points = {number: 1000 + 25 * at + number for number in range(1, modules + 1)}
    total = sum(points.values())
    share = Fraction(total, 2500 * modules)
    return Participant(
        person(full), "ИСП-41", 40 - at, True, "12:58", points, Result(total, share, 4), "В3"
    )


def board() -> Board:
    people = (
        ("Овчаренко Виктор Никифорович", BoardRole.CHAIR, "технический директор АО «Связьинформ»"),
        ("Рождественская Марина Аркадьевна", BoardRole.DEPUTY, "директор ГБПОУ «ЗКС»"),
        ("Хабибуллина Лилия Рустэмовна", BoardRole.MEMBER, "эксперт Союза промышленников"),
        ("Ким Ян", BoardRole.MEMBER, "начальник отдела ООО «Радиосвязь»"),
        ("Сушкова Елена Дмитриевна", BoardRole.SECRETARY, "методист ГБПОУ «ЗКС»"),
    )
    members = [BoardPerson(person(name), role, post) for name, role, post in people]
    return Board("214-у", date(2025, 12, 15), members)


def incidents() -> list[IncidentFacts]:
    """Two stops, of one and of all; an examinee and a guest removed; an early end."""
    second, last = person(NAMES[1]), person(NAMES[-1])
    return [
        IncidentFacts(
            IncidentKind.STOP, 1, 2, second, "участник", 38, "10:05", "10:17", 12,
            reason="отказ рабочей станции, замена на резервную",
        ),
        IncidentFacts(
            IncidentKind.STOP, 2, started="11:00", ended="11:07", compensation=7,
            reason="перебой электропитания в мастерской",
        ),
        IncidentFacts(
            IncidentKind.REMOVAL, 1, 2, second, "участник", 38, "11:20", clause="пункт 39",
            reason="пользовался средствами связи после предупреждения",
            explanation="от объяснений отказался", counts=False,
        ),
        IncidentFacts(
            IncidentKind.REMOVAL, 2, None, person("Ли Анна"), "член экспертной группы",
            started="12:05", reason="подсказки участникам",
        ),
        IncidentFacts(
            IncidentKind.EARLY_END, 1, 6, last, "участник", 34, "12:10",
            reason="ухудшение самочувствия, вызван медицинский работник", counts=True,
        ),
    ]  # fmt: skip


def plan(names=NAMES) -> DayPlan:
    """A day of one shift with a break, and the day before it."""
    room, lengths, before = "каб. 214", DayLengths(), date(2026, 6, 17)
    shift = Shift(1, datetime(2026, 6, 18, 9), 210, [Break(90, 10)])
    days = [
        PlannedDay(-1, before, preparation_steps(before, lengths, room)),
        PlannedDay(1, date(2026, 6, 18), exam_steps([(room, [shift])], lengths)),
    ]
    group = PlannedGroup("ЭГ-1", "ИСП-41", 6, "1-я смена, 09:00-12:40", "КОД 1, ПУ", "каб. 214")
    staff = [Admitted(person("Ахметшин Руслан Ильдарович"), "главный эксперт", "ООО «Радиосвязь»")]
    return DayPlan([group], days, [person(name) for name in names], staff)


def season() -> Season:
    experts = [
        SeasonExpert(person("Ахметшин Руслан Ильдарович"), [Role.CHIEF], "ООО «Радиосвязь»"),
        SeasonExpert(person("Ли Анна"), [Role.SCORING], "АО «Связьинформ»", "программист", "№ 214"),
    ]
    chief = "Ахметшина Руслана Ильдаровича, инженера (ООО «Радиосвязь»),"
    return Season(
        ["КОД 09.02.07-2-2026, профильный уровень"], experts, [chief], "Заместителю директора"
    )


def sheet(names=NAMES, *, modules: int = 3, **fields) -> ExamSheet:
    """A sitting of which everything is known."""
    experts = (
        GroupExpert(
            person("Ахметшин Руслан Ильдарович"), Role.CHIEF, "ООО «Радиосвязь»", "инженер"
        ),
        GroupExpert(
            person("Ли Анна"), Role.SCORING, "АО «Связьинформ»", "программист", "Модуль 1", "1–6"
        ),
        GroupExpert(
            person("Щёголев Артём Юрьевич"),
            Role.SCORING,
            "ПАО «Заречный завод»",
            "мастер",
            "Модуль 2",
            "7–12",
        ),
        GroupExpert(person("Дроздов Илья Максимович"), Role.TECHNICAL, "ГБПОУ «ЗКС»", "лаборант"),
    )
    known = ExamSheet(
        letterhead=COLLEGE,
        number="14",
        exam_day=date(2026, 6, 18),
        specialty="09.02.07 Информационные системы и программирование",
        kit_code="09.02.07-2-2026",
        level="ГИА, профильный (ПУ)",
        center="ГБПОУ «ЗКС», мастерская «Сети», каб. 214",
        address="г. Заречье, ул. Учебная, д. 12",
        exam_group="ЭГ-1",
        study_group="ИСП-41",
        shift="1 (09:00-13:00)",
        starts_at=datetime(2026, 6, 18, 9),
        ended_at=datetime(2026, 6, 18, 13, 12),
        preparation_day=date(2026, 6, 17),
        workplaces=13,
        experts=experts,
        least_experts=2,
        board_member=Admitted(person("Хабибуллина Лилия Рустэмовна"), "член ГЭК", "Союз"),
        representative=Admitted(person("Гладышев Павел Сергеевич"), "представитель ЦПДЭ"),
        participants=[participant(name, at, modules) for at, name in enumerate(names, start=1)],
        modules=[Module(at, 2500, f"Работа с сетью № {at}") for at in range(1, modules + 1)],
        draw=Draw(
            "7F3A-91C4", datetime(2026, 6, 17, 9, 42, 15), "5AA578C55E23F135", "Порядок мест."
        ),
        bounds=GradeBounds(Fraction(20), Fraction(40), Fraction(70)),
        notes=("№ 3: опоздал на 5 мин.",),
        plan=lambda: plan(names),
        season=season,
        board=board(),
        incidents=incidents(),
        director=Officer("Директор", "М. А. Рождественская"),
        deputy=Officer("Заместитель директора", "П. С. Гладышев"),
    )
    return replace(known, **fields)


def crowd(count: int) -> list[str]:
    """People with the longest names that still are names."""
    return [LONG if at % 2 else UNBROKEN for at in range(count)]


def report(**fields) -> ShareSheet:
    years = (
        ShareYear(2022, 11, 5, 0, Fraction(50)),
        ShareYear(2023, 0, 0, 0, Fraction(60)),
        ShareYear(2024, 13, 9, 0, Fraction(70)),
        ShareYear(2025, 14, 9, 2, Fraction(70), 2024),
    )
    experts = (
        ShareExpert("Ли Анна", "АО «Связьинформ»", "Связь", 4, "работодатель"),
        ShareExpert("Терещенко Олег Викторович", "ГАПОУ «Техникум»", "", 2, "образование"),
    )
    known = ShareSheet(
        letterhead=COLLEGE,
        number="20/2025",
        day=date(2025, 10, 30),
        year=2025,
        method="по лицам",
        years=years,
        experts=experts,
        more_needed="До цели нужно заменить 1 эксперта.",
        coordinator="Г. М. Сафина",
        director="М. А. Рождественская",
    )
    return replace(known, **fields)
