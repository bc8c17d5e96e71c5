"""How the import speaks of columns, of changed values and of what becomes of a row."""

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType

from demoexam.exchange.vocabulary import Kind
from demoexam.rules.terms import OrganizationKind
from demoexam.services.imports.plan import Status
from demoexam.text import clock, decimal_comma, short_date

FIELD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "number": "№ по порядку", "full_name": "ФИО целиком", "last_name": "Фамилия",
        "first_name": "Имя", "middle_name": "Отчество", "birth_date": "Дата рождения",
        "snils": "СНИЛС", "organization": "Организация", "inn": "ИНН", "position": "Должность",
        "org_kind": "Вид организации", "form": "Правовая форма",
        "phone": "Телефон", "email": "Почта", "competences": "Что оценивает", "role": "Роль",
        "certificate": "№ свидетельства", "cert_until": "Срок до", "cert_issued": "Выдано",
        "employer": "Работодатель?", "consent": "Согласие", "experience": "Стаж",
        "note": "Примечание", "group": "Группа", "specialty": "Специальность",
        "college": "Колледж", "course": "Курс", "assistant": "Ассистент", "name": "Название",
        "room": "Кабинет", "address": "Адрес", "places": "Рабочих мест", "until": "Действует до",
        "center": "ЦПДЭ", "technical": "Технический эксперт", "equipment": "Оборудование",
        "saturday": "Суббота", "code": "Шифр КОД", "level": "Уровень",
        "minutes": "Продолжительность", "points": "Максимум баллов",
        "core_points": "Инвариант, баллов", "variable_points": "Вариатив, баллов",
        "workplaces": "Рабочих мест", "recommended": "Рекомендовано экспертов",
        "experts": "Эксперты", "days": "Дней", "qualification": "Квалификация",
        "date": "Дата", "date_to": "Дата окончания", "preparation": "День подготовки",
        "time": "Время начала", "time_to": "Время окончания", "shift": "Смена", "kit": "КОД",
        "workshop": "Мастерская", "head_count": "Участников", "chief": "Главный эксперт",
        "board_member": "Член ГЭК", "city": "Город", "street": "Улица", "house": "Дом",
        "stock": "Учёт имущества", "year": "Год", "module": "Модуль",
    }
)  # fmt: skip

# A changed column of the store -> the file's field that tells it, and its name.
CHANGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "last_name": ("last_name", "фамилия"), "first_name": ("first_name", "имя"),
        "middle_name": ("middle_name", "отчество"), "group_id": ("group", "группа"),
        "name": ("name", "название"), "equipment": ("equipment", "оборудование"),
        "board_member": ("board_member", "член ГЭК"),
        "phone": ("phone", "телефон"), "email": ("email", "почта"),
        "post": ("position", "должность"),
        "organization_id": ("organization", "место работы"),
        "certificate": ("certificate", "свидетельство"), "number": ("certificate", "№"),
        "valid_until": ("cert_until", "срок свидетельства"),
        "issued_on": ("cert_issued", "дата выдачи"), "competence": ("competences", "что оценивает"),
        "roles": ("role", "роль"), "consent_on": ("consent", "согласие"),
        "consent_document": ("", ""), "needs_assistant": ("assistant", "ассистент"),
        "room": ("room", "кабинет"), "address": ("address", "адрес"),
        "places": ("places", "число мест"), "accredited_until": ("until", "действует до"),
        "open_saturday": ("saturday", "суббота"), "minutes": ("minutes", "продолжительность"),
        "staffing": ("experts", "число экспертов"), "modules": ("module", "число модулей"),
        "core_points": ("core_points", "баллы"),
        "variable_points": ("variable_points", "баллы"), "exam_days": ("days", "дни"),
        "title": ("specialty", "название"), "specialty_id": ("", "специальность"),
        "starts_at": ("time", "начало"), "ends_at": ("time_to", "окончание"),
        "workshop_id": ("workshop", "мастерская"), "kit_id": ("kit", "КОД"),
        "head_count": ("head_count", "число участников"), "second_day": ("date_to", "второй день"),
        "preparation_day": ("preparation", "день подготовки"),
        "chief": ("chief", "главный эксперт"),
        "scoring": ("experts", "эксперт"), "technical": ("technical", "технический эксперт"),
        "state": ("", "состояние"), "held": ("", "отложено"), "level": ("level", "уровень"),
    }
)  # fmt: skip


class Look(StrEnum):
    """How a row looks: its sign, its stripe, its colour."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"
    DUPLICATE = "duplicate"
    HELD = "held"
    SKIPPED = "skipped"
    SIMILAR = "similar"  # resembles somebody: the user is asked
    NOTED = "noted"  # it will be loaded, but has something worth a look


LOOKS: Mapping[Look, tuple[str, str]] = MappingProxyType(
    {  # icon, tone
        Look.NEW: ("plus", "ok"),
        Look.CHANGED: ("pencil", "accent"),
        Look.SAME: ("equal", "grey"),
        Look.ERROR: ("x", "bad"),
        Look.DUPLICATE: ("layers", "grey"),
        Look.HELD: ("clock", "warn"),
        Look.SKIPPED: ("minus", "grey"),
        Look.SIMILAR: ("copy", "warn"),
        Look.NOTED: ("triangle-alert", "warn"),
    }
)
SIGN_NAMES: Mapping[Look, str] = MappingProxyType(
    {
        Look.NEW: "новый",
        Look.CHANGED: "изменится",
        Look.SAME: "без изменений",
        Look.ERROR: "ошибка",
        Look.DUPLICATE: "повтор",
        Look.HELD: "отложится",
        Look.SKIPPED: "пропустится",
        Look.SIMILAR: "похож на другого",
        Look.NOTED: "новый, с замечанием",
    }
)
NEW_ITEMS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.ROSTER: "Новый эксперт",
        Kind.STUDENTS: "Новый студент",
        Kind.WORKSHOPS: "Новая мастерская",
        Kind.KITS: "Новый комплект",
        Kind.SCHEDULE: "Новый экзамен",
    }
)
SIDES: Mapping[OrganizationKind, str] = MappingProxyType(
    {
        OrganizationKind.EMPLOYER: "Новый, работодатель",
        OrganizationKind.COLLEGE: "Новый, из колледжа",
        OrganizationKind.UNIVERSITY: "Новый, из вуза",
        OrganizationKind.OTHER: "Новый, другая организация",
    }
)
HEADINGS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.ROSTER: "Загрузка экспертов",
        Kind.STUDENTS: "Загрузка студентов",
        Kind.WORKSHOPS: "Загрузка мастерских",
        Kind.KITS: "Загрузка комплектов (КОД)",
        Kind.SCHEDULE: "Загрузка графика экзаменов",
    }
)
TABLES_OF = (
    "Таблицы и документы (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.txt *.tsv *.docx *.htm *.html)"
    ";;Все файлы (*)"
)
INVITATION = (
    "Список экспертов, студентов, мастерских, комплектов (КОД) или график экзаменов: Excel, "
    "OpenDocument, CSV, таблица или список в Word. Программа сама узнает, что в файле, и покажет, "
    "что изменится, до записи."
)
CLIPBOARD_NOTE = "Одна операция, отменяется Ctrl+Z."
FILE_NOTE = "Одна операция, отменяется Ctrl+Z. Пропущенные строки сохраним рядом с файлом."
LOADED = frozenset({Status.NEW, Status.CHANGED, Status.HELD})


def shown(value: object) -> str:
    """A value of a cell or of the store, as people write it."""
    match value:
        case bool():
            text = "да" if value else "нет"
        case datetime():
            day = short_date(value.date())
            text = f"{day} {clock(value)}" if value.time() != time() else day
        case date():
            text = short_date(value)
        case time():
            text = f"{value:%H:%M}"
        case float():
            text = str(int(value)) if value.is_integer() else decimal_comma(str(value))
        case _:
            text = "" if value is None else " ".join(str(value).split())
    return text


def letter(column: int) -> str:
    """A column's letters as the spreadsheet shows them: 0 is A, 26 is AA."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
