"""The words by which each kind of list names its columns, and what those columns hold."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """Kinds of lists that can be loaded."""

    ROSTER = "roster"
    STUDENTS = "students"
    WORKSHOPS = "workshops"
    KITS = "kits"
    SCHEDULE = "schedule"


KIND_NAMES: Final = {
    Kind.ROSTER: "эксперты",
    Kind.STUDENTS: "студенты",
    Kind.WORKSHOPS: "мастерские",
    Kind.KITS: "комплекты (КОД)",
    Kind.SCHEDULE: "график экзаменов",
}


@dataclass(frozen=True)
class Term:
    """A column: patterns over its folded title, best first; `not_if` refuses a title.

    `content` names a test of `content.py`; `alone` lets the content speak without a title.
    `weight` is what the column adds to the belief that the list is of this kind. `many`: the
    field may be spread over several columns (Эксперт 1, Эксперт 2).
    """

    field: str
    titles: tuple[re.Pattern[str], ...]
    content: str = "text"
    weight: float = 0.5
    not_if: re.Pattern[str] | None = None
    alone: bool = False
    many: bool = False


def _term(
    name: str,
    titles: str,
    content: str = "text",
    weight: float = 0.5,
    not_if: str = "",
    *,
    alone: bool = False,
    many: bool = False,
) -> Term:
    patterns = tuple(re.compile(pattern) for pattern in titles.split(" || "))
    refused = re.compile(not_if) if not_if else None
    return Term(name, patterns, content, weight, refused, alone, many)


_OLD: Final = r"\bстар|прежн|дополнит|запасн"
_NUMBER: Final = _term(
    "number", r"^(?:№|n|no|номер)?(?: ?п ?п| пп)?$|^№$|^номер по порядку$", "number", 0
)
_NAMES: Final = (
    _term(
        "full_name",
        r"^ф ?и ?о\b || фамилия имя || ^(?:эксперт|студент|выпускник|участник|обучающийся)$"
        r" || \bф ?и ?о\b|полное имя",
        "full_name",
        1,
        r"главн|техническ|руковод|директор|^(?:главн|линейн)",
        alone=True,
    ),
    _term("last_name", r"^фамилия || фамилия", "last_name", 0.6, "имя|отчеств"),
    _term("first_name", r"^имя$ || ^имя\b", "first_name", 0.3, "фамил|отчеств"),
    _term("middle_name", r"^отчество || отчество", "middle_name", 0.2, "фамил|^имя"),
    _term("birth_date", r"дата рождения || рожд|^др$|^д р$", "date", 0.3),
    _term("snils", r"снилс || страхов", "snils", 0.4, alone=True),
)

_ROSTER: Final = (
    _NUMBER,
    *_NAMES,
    _term(
        "organization",
        r"^(?:место(?: основной)? работы|организация)\b || наименование организации|место работы"
        r" || организац|предприят|учрежден|компани|работодатель$|^работодатель|^фирма|где работает"
        r"|колледж|^направивш",
        "organization",
        1.2,
        r"инн\b|представител|да нет|обучени|код орг",
        alone=True,
    ),
    _term("inn", r"\bинн\b", "inn", 0.5, alone=True),
    _term(
        "position",
        r"^(?:занимаемая )?должность || должност|кем работает|профессия по месту",
        "text",
        0.8,
    ),
    _term(
        "phone",
        r"телефон|\bтел\b|моб|сотов|номер для связи || контакт",
        "phone",
        0.4,
        _OLD,
        alone=True,
    ),
    _term("email", r"почт|mail|мейл|мэйл || контакт", "email", 0.4, _OLD, alone=True),
    _term(
        "competences",
        r"специальност|професси|компетенц|направлен || код|шифр|квалификац|что оценивает",
        "codes",
        0.8,
        r"организац|инн",
        alone=True,
    ),
    _term(
        "role",
        r"^роль|^статус|вид эксперта|категория эксперта|в качестве || роль|статус|функци",
        "role",
        0.8,
        r"соглас",
    ),
    _term(
        "certificate",
        r"номер (?:свидетел|сертиф|удостов|документ)|№ (?:свидетел|сертиф|удостов|документ)"
        r" || свидетельств|сертификат|удостоверен|документ",
        "text",
        0.8,
        r"срок|действ|годен|дата|\bдо\b|кем|когда",
    ),
    _term(
        "cert_until",
        r"срок действ|действ\w* до|действует|годен|окончани\w+ действ|\bдо\b",
        "date",
        0.8,
        r"рожд|телеф|начал",
    ),
    _term("cert_issued", r"дата выдачи|когда выдан|выдан[оа]?$|дата получения", "date", 0.3),
    _term(
        "employer",
        r"представител\w* работодател|работодатель да нет|из числа работодател|от работодател"
        r" || представител\w* (?:предприят|производств|индустри)|работодатель|^сторона",
        "flag",
        1.2,
    ),
    _term("consent", r"соглас|\bпдн?\b|персональн", "flag", 0.3),
    _term("experience", r"стаж|опыт", "number", 0.4),
    _term("note", r"примечан|комментар|прочее|дополнительно", "text", 0.1),
)

_STUDENTS: Final = (
    _NUMBER,
    *_NAMES,
    _term("group", r"^(?:учебная |академическая |номер )?групп|^№ группы || групп", "group", 2.5),
    _term("specialty", r"специальност|професси || направлен|программ|код", "codes", 0.6),
    _term(
        "college",
        r"колледж|техникум|образовательн\w+ орган || организац|учрежден|оо\b",
        "organization",
        0.6,
    ),
    _term("course", r"^курс", "number", 0.6),
    _term("assistant", r"ассистент|тьютор|овз", "flag", 0.6),
    _term("note", r"примечан|комментар", "text", 0.1),
)

_WORKSHOPS: Final = (
    _NUMBER,
    _term(
        "name",
        r"наименование мастерск|название мастерск|^мастерская || мастерск|лаборатор|"
        r"площадк|^(?:наименование|название)$"
        r" || цпдэ|аудитори|наименован|назван",
        "text",
        1.2,
        r"адрес|кол|мест\b|специальност|срок|аккред|аттест|организац",
    ),
    _term("room", r"кабинет|^каб\b|помещени|^ауд|комнат|№ ауд || аудитор", "text", 0.8),
    _term("address", r"адрес|местонахожд|расположен", "text", 0.6, "почт|mail"),
    _term(
        "places",
        r"рабочих мест|раб мест|кол\w* мест|число мест|^мест$ || вместим|\bмест\b|\bрм\b",
        "number",
        2,
    ),
    _term(
        "until",
        r"аттестат\w* (?:цпдэ )?до|аккредит|срок действ|действ\w* до || аттестат|аттестац|\bдо\b",
        "date",
        0.6,
    ),
    _term("specialty", r"специальност|спец|професси|компетенц|направлен || \bкод", "codes", 0.6),
    _term("center", r"^цпдэ|центр проведения", "text", 0.5, r"до\b|аттест|аккред"),
    _term("organization", r"организац|колледж|учрежден|балансодерж", "organization", 0.4),
    _term("technical", r"техническ\w+ эксперт|заведующ|ответственн", "short_names", 0.3),
    _term("equipment", r"оборудован|оснащ", "text", 0.3),
    _term("saturday", r"суббот", "flag", 0.2),
    _term("note", r"примечан|комментар", "text", 0.1),
)

_KITS: Final = (
    _NUMBER,
    _term(
        "code",
        r"^код$|шифр|^ким$|код ким|комплект|^код код|код комплекта || \bкод\b",
        "kit",
        1.5,
        r"специальност\w*$|эксперт",
        alone=True,
    ),
    _term("specialty", r"специальност|професси || направлен|\bнаименование", "codes", 0.5),
    _term("level", r"уров|вид аттест || аттестац|форма", "level", 1.2),
    _term(
        "minutes",
        r"продолжит|длительн|время (?:вып|экз)|хронометраж || время|час|минут",
        "duration",
        1.2,
    ),
    _term("points", r"балл|макс", "number", 1.2, r"вариат|инвариант"),
    _term("core_points", r"инвариант|обязательн\w+ част", "number", 0.4),
    _term("variable_points", r"(?<!ин)вариат", "number", 0.4),
    _term("workplaces", r"рабоч\w+ мест|раб мест|мест", "number", 0.5, "эксперт"),
    _term("recommended", r"рекоменд", "number", 0.3),
    _term("experts", r"эксперт|экспертн\w+ групп", "number", 1, "рекоменд"),
    _term("days", r"дней|дни", "number", 0.3),
    _term("qualification", r"квалификац|направленност|название", "text", 0.2),
    _term("equipment", r"оборудован|оснащ", "text", 0.2),
)

_SCHEDULE: Final = (
    _NUMBER,
    _term(
        "date",
        r"^дата(?: проведения| экзамена| дэ| начала)?$ || дата|день|^с1$",
        "date",
        1.5,
        r"подготов|с 1$|рожд|окончан|заверш",
    ),
    _term("date_to", r"дата (?:окончан|заверш)|второй день|^с2$", "date", 0.3),
    _term("preparation", r"подготов|^с 1$|c 1$", "date", 0.3),
    _term("time", r"время начала|начало || время|^час", "time", 1, r"окончан|конец|продолж"),
    _term("time_to", r"время окончан|окончани|конец|заверш", "time", 0.3, "дата"),
    _term("shift", r"^смена", "number", 0.3),
    _term(
        "group",
        r"^(?:учебная |экзаменационная |номер )?групп|^№ группы || групп",
        "group",
        1.5,
        "эксперт",
    ),
    _term("kit", r"^код\b|ким\b|шифр|комплект || код", "kit", 1.5, alone=True),
    _term("level", r"уров|вид аттест", "level", 0.5),
    _term("specialty", r"специальност|професси|направлен", "codes", 0.3),
    _term(
        "workshop",
        r"место провед|мастерск|цпдэ|площадк|аудитор || место|кабинет|адрес|где",
        "text",
        1,
        r"рабоч|кол",
    ),
    _term(
        "head_count",
        r"(?:кол\w*|число|численн\w*|всего)\b.*(?:участ|студ|выпуск|обуч|чел|сдающ|экзам)|"
        r"^участник\w*$|численност|^чел|^количество$"
        r" || участник|студент|выпускник|обучающ|кол во|сдающ",
        "number",
        0.8,
        "эксперт",
    ),
    _term("chief", r"главн\w* эксперт|^гэ$ || \bгэ\b|главн", "short_names", 1.5),
    _term("technical", r"техническ\w* эксперт|^тэ$ || \bтэ\b|техническ", "short_names", 0.8),
    _term(
        "experts",
        r"^эксперты?$|линейн\w* эксперт|член\w* эксперт|эксперты\b|"
        r"экспертн\w+ групп || эксперт|состав|оценив",
        "short_names",
        1.5,
        r"главн|техническ|\bгэ\b|\bтэ\b|кол\w*\b",
        many=True,
    ),
    _term("college", r"колледж|организац|учрежден", "organization", 0.3, "мест"),
    _term("board_member", r"член\w* гэк|\bгэк\b", "short_names", 0.2),
    _term("note", r"примечан|комментар", "text", 0.1),
)

TERMS: Final[dict[Kind, tuple[Term, ...]]] = {
    Kind.ROSTER: _ROSTER,
    Kind.STUDENTS: _STUDENTS,
    Kind.WORKSHOPS: _WORKSHOPS,
    Kind.KITS: _KITS,
    Kind.SCHEDULE: _SCHEDULE,
}
NEEDED: Final[dict[Kind, tuple[frozenset[str], ...]]] = {  # one of each set must be there
    Kind.ROSTER: (frozenset({"full_name", "last_name"}),),
    Kind.STUDENTS: (frozenset({"full_name", "last_name"}), frozenset({"group"})),
    Kind.WORKSHOPS: (frozenset({"name"}), frozenset({"places", "room", "address"})),
    Kind.KITS: (frozenset({"code"}), frozenset({"minutes", "points", "level", "experts"})),
    Kind.SCHEDULE: (
        frozenset({"date"}),
        frozenset({"group", "kit"}),
        frozenset({"workshop", "chief", "experts", "time"}),
    ),
}
