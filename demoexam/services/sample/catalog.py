"""What the sample colleges teach: fields of work, their kits and their workshops."""

from dataclasses import dataclass
from itertools import pairwise

from demoexam.models.kits import AssessmentKit, StaffingRule, TaskModule
from demoexam.rules.terms import ExamLevel
from demoexam.services.sample.draft import Draft

VARIABLE_PART = "Вариативная часть"
NEW_POINTS_FROM = 2026  # from then a core of 75 and 25 more; before, 80 and 20
STAFFING = ((1, 15, 2, 3), (16, None, 2, 6))  # as 09.02.07-5-2026 has it


@dataclass(frozen=True)
class Field:
    """A specialty with what its exam needs; minutes of the profile level."""

    code: str
    mark: str  # of its groups
    course: int
    industry: str
    employers: tuple[str, ...]
    post: str
    workshop: str
    equipment: tuple[str, ...]
    modules: tuple[str, ...]
    minutes: int = 210
    kit: int = 1


ENGINEERING = "Машиностроение (с учётом авиа/судостроения)"
FIELDS = (
    Field("09.02.07", "ИС", 4, "", ("центр разработки", "вычислительный центр", "студия сервисов"),
          "инженер-программист", "Разработка программных решений", ("ПК", "сервер", "СУБД"),
          ("Проектирование ER-диаграммы", "Разработка базы данных", "Создание запросов",
           "Разработка информационной системы", "Проектная документация"), 210, 5),
    Field("15.02.16", "ТМ", 4, ENGINEERING,
          ("машиностроительный завод", "механический завод", "инструментальный завод"),
          "инженер-технолог", "Технология обработки на станках с ЧПУ",
          ("станок с ЧПУ", "САПР", "измерительный инструмент"),
          ("Разработка технологического процесса", "Управляющая программа",
           "Изготовление детали", "Контроль качества"), 240),
    Field("15.01.05", "СВ", 3, ENGINEERING, ("завод металлоконструкций", "монтажное управление"),
          "мастер сварочного участка", "Сварочные технологии",
          ("сварочный пост", "вытяжка", "сварочный источник"),
          ("Подготовка деталей", "Сварка конструкции", "Контроль сварных швов"), 180),
    Field("23.02.07", "АТ", 4, "", ("автоцентр", "автобаза", "автопарк"),
          "мастер по ремонту", "Обслуживание автомобилей",
          ("подъёмник", "диагностический сканер", "стенд двигателя"),
          ("Диагностика двигателя", "Ремонт ходовой части", "Электрооборудование"), 210),
    Field("13.02.13", "ЭО", 4, "", ("сетевая компания", "электромонтажное управление"),
          "инженер-энергетик", "Электромонтаж", ("электрический щит", "ПЛК", "электропривод"),
          ("Монтаж схемы", "Пуск и наладка", "Поиск неисправностей"), 240),
    Field("43.02.15", "ПК", 4, "", ("комбинат питания", "ресторанный дом"),
          "шеф-повар", "Поварское дело", ("пароконвектомат", "плита", "холодильный шкаф"),
          ("Подготовка рабочего места", "Горячее блюдо", "Десерт"), 240),
    Field("08.02.01", "СЗ", 4, "", ("строительная компания", "домостроительный комбинат"),
          "производитель работ", "Проектирование зданий", ("ПК", "САПР", "плоттер"),
          ("Архитектурный чертёж", "Расчёт конструкции", "Смета"), 210),
    Field("09.02.06", "СА", 4, "", ("центр связи", "сетевой интегратор"),
          "системный администратор", "Сетевое администрирование", ("ПК", "коммутатор", "сервер"),
          ("Настройка сетевой инфраструктуры", "Организация сетевого администрирования",
           "Эксплуатация объектов сетевой инфраструктуры"), 240),
    Field("35.02.16", "СХ", 4, "Сельское хозяйство", ("агрофирма", "машинно-тракторная станция"),
          "инженер-механик", "Сельскохозяйственные машины",
          ("трактор", "диагностический сканер", "стенд гидравлики"),
          ("Диагностика трактора", "Настройка агрегата", "Вождение"), 210),
    Field("22.02.08", "МП", 4, "Металлургия", ("металлургический завод", "литейный завод"),
          "инженер-металлург", "Металлургическое производство",
          ("лабораторная печь", "тренажёр", "спектрометр"),
          ("Расчёт шихты", "Ведение плавки", "Контроль состава"), 210),
    Field("18.02.12", "ХА", 4, "Химическая отрасль", ("химический завод", "нефтехимический завод"),
          "инженер-химик", "Лабораторный химический анализ",
          ("спектрофотометр", "титратор", "аналитические весы"),
          ("Подготовка проб", "Титрование", "Обработка результатов"), 240),
    Field("23.02.06", "ПС", 4, "Железнодорожный транспорт", ("локомотивное депо", "вагонное депо"),
          "мастер депо", "Подвижной состав железных дорог",
          ("тренажёр локомотива", "стенд тормозов", "дефектоскоп"),
          ("Осмотр подвижного состава", "Испытание тормозов", "Поиск неисправностей"), 210),
)  # fmt: skip

Kits = dict[tuple[str, int, ExamLevel], "SampleKit"]


@dataclass(frozen=True)
class SampleKit:
    """A kit's row with what a sitting and its points need."""

    id: str
    minutes: int
    modules: tuple[int, ...]  # maximum points of each, in hundredths


def add_kits(draft: Draft, years: range) -> Kits:
    """A kit of each field, year and final level."""
    levels = (ExamLevel.BASIC, ExamLevel.PROFILE)
    return {
        (field.code, year, level): _kit(draft, field, year, level)
        for field in FIELDS
        for year in years
        for level in levels
    }


def _kit(draft: Draft, field: Field, year: int, level: ExamLevel) -> SampleKit:
    core, variable = (7500, 2500) if year >= NEW_POINTS_FROM else (8000, 2000)
    titles, minutes = [*field.modules, VARIABLE_PART], field.minutes
    if level is ExamLevel.BASIC:
        core, variable, minutes = 5000, 0, field.minutes - 60
        titles.remove(VARIABLE_PART)
    points = [*_shares(core, len(field.modules)), variable][: len(titles)]
    ident = draft.add(
        AssessmentKit,
        code=f"{field.code}-{field.kit}-{year}",
        specialty_id=draft.specialties[field.code],
        level=level,
        year=year,
        minutes=minutes,
        title=field.workshop,
        core_points=core,
        variable_points=variable,
        equipment=list(field.equipment),
    )
    for start, end, minimum, recommended in STAFFING:
        draft.add(StaffingRule, kit_id=ident, workplaces_from=start, workplaces_to=end,
                  minimum=minimum, recommended=recommended)  # fmt: skip
    spans = _shares(minutes, len(titles), step=5)
    for number, (title, span, most) in enumerate(zip(titles, spans, points, strict=True), start=1):
        draft.add(TaskModule, kit_id=ident, number=number, title=title, minutes=span,
                  max_points=most)  # fmt: skip
    return SampleKit(ident, minutes, tuple(points))


def _shares(total: int, parts: int, step: int = 100) -> list[int]:
    """`total` in nearly equal parts, each but the last a multiple of `step`."""
    ends = [total * number // parts // step * step for number in range(1, parts)] + [total]
    return [end - start for start, end in pairwise([0, *ends])]
