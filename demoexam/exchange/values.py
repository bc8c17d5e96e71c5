"""What was read from a file: typed rows, each with its place, and findings about them."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from demoexam.exchange.cells import Place
from demoexam.exchange.organizations import OrganizationName
from demoexam.exchange.vocabulary import Kind
from demoexam.rules.full_names import FullName
from demoexam.rules.records import record
from demoexam.rules.terms import ExamLevel, OrganizationKind

ROW: Final = "row"  # the row cannot be loaded
FIELD: Final = "field"  # the value is left out, the rest of the row is loaded
INFO: Final = "info"  # loaded as it is, but worth a look

REASON_TEXTS: Final = {
    "no_name": "нет имени",
    "name_incomplete": "имя написано не полностью",
    "several_people": "в ячейке несколько человек: прочитан только первый",
    "error_cell": "в ячейке ошибка Excel",
    "formula_injection": "вместо имени формула",
    "formula_cell": "формула без сохранённого значения",
    "too_long": "слишком длинный текст",
    "snils_checksum": "контрольное число СНИЛС не сходится",
    "snils_length": "в СНИЛС должно быть 11 цифр",
    "snils_conflict": "такой же СНИЛС у другого человека",
    "inn_checksum": "контрольное число ИНН не сходится",
    "inn_length": "в ИНН должно быть 10 или 12 цифр",
    "email_invalid": "адрес почты написан с ошибкой",
    "phone_invalid": "номер телефона не разбирается",
    "date_impossible": "такой даты нет",
    "birth_in_future": "дата рождения в будущем",
    "unknown_specialty": "такой специальности нет в перечне",
    "flag_unclear": "непонятно, да или нет",
    "flag_contradiction": "признак работодателя не сходится с видом организации",
    "no_group": "не указана группа",
    "group_as_date": "Excel сделал из номера группы дату: проверьте группу",
    "has_left": "не учится или в академическом отпуске",
    "no_code": "не указан шифр комплекта",
    "no_level": "не указан уровень",
    "no_date": "не указана дата",
    "no_kit": "не указан комплект",
    "no_minutes": "не указана продолжительность",
    "no_places": "не указано число рабочих мест",
    "several_groups": "в строке несколько групп: дайте каждой свою строку",
    "kit_incomplete": "шифр комплекта указан не полностью",
    "year_unlikely": "год не похож на год экзамена",
    "repeated_row": "тот же экзамен уже назван выше, в строке",
    "weekday_differs": "день недели не сходится с датой",
    "no_time": "не указано время начала: поставлено обычное",
    "time_unclear": "время начала не разбирается",
    "time_reversed": "экзамен кончается раньше, чем начинается: окончание не учтено",
    "people_unclear": "не удалось понять, кто назван",
}


@dataclass(frozen=True)
class Finding:
    """Something wrong with a row; `reason` is a word of REASON_TEXTS or of `check`."""

    place: Place
    reason: str
    level: str = FIELD
    field: str = ""
    bad_value: str = ""
    note: str = ""

    def __str__(self) -> str:
        said = self.note or REASON_TEXTS.get(self.reason, self.reason)
        value = f" («{self.bad_value[:60]}»)" if self.bad_value else ""
        return f"строка {self.place.row}: {said}{value}"


@record
class PersonRow:
    """An expert. `birth_date` and `snils` tell people apart and are then dropped."""

    place: Place
    name: FullName
    organizations: tuple[OrganizationName, ...] = ()
    position: str = ""
    phone: str = ""
    email: str = ""
    competences: tuple[str, ...] = ()
    kits: tuple[str, ...] = ()
    role: str = ""
    certificate: str = ""
    cert_until: date | None = None
    cert_issued: date | None = None
    experience: int | None = None
    says_employer: bool | None = None
    says_kind: OrganizationKind | None = None
    consent: bool | None = None
    inn: str = ""
    birth_date: date | None = field(default=None, repr=False)
    snils: str = field(default="", repr=False)
    is_incomplete: bool = False


@dataclass(frozen=True)
class StudentRow:
    place: Place
    name: FullName
    group: str
    specialty: str = ""
    college: OrganizationName | None = None
    course: int | None = None
    needs_assistant: bool | None = None
    birth_date: date | None = field(default=None, repr=False)


@dataclass(frozen=True)
class WorkshopRow:
    place: Place
    name: str
    room: str = ""
    address: str = ""
    places: int = 0
    until: date | None = None
    specialties: tuple[str, ...] = ()
    center: str = ""
    organization: OrganizationName | None = None
    open_saturday: bool | None = None
    equipment: tuple[str, ...] = ()


@dataclass(frozen=True)
class KitModule:
    """A part of a kit's task; `is_first_row`: it stands on the very row of the kit's code."""

    number: int
    title: str
    minutes: int = 0
    points: int = 0
    is_first_row: bool = False


@dataclass(frozen=True)
class KitRow:
    """Points are integer hundredths; `workplaces` is how many the `experts` are meant for."""

    place: Place
    code: str
    specialty: str
    level: ExamLevel
    minutes: int
    max_points: int = 0
    core_points: int = 0
    variable_points: int = 0
    workplaces: int | None = None
    experts: int | None = None
    recommended: int | None = None
    days: int = 1
    specialty_title: str = ""
    equipment: tuple[str, ...] = ()
    modules: tuple[KitModule, ...] = ()


@dataclass(frozen=True)
class ExamRow:
    """One sitting of a schedule; people are named as the file names them."""

    place: Place
    day: date
    last_day: date
    starts: time | None
    ends: time | None
    group: str
    kit: str
    level: ExamLevel | None
    workshop: str = ""
    room: str = ""
    head_count: int | None = None
    chief: tuple[FullName, ...] = ()
    experts: tuple[FullName, ...] = ()
    technical: tuple[FullName, ...] = ()
    preparation: date | None = None
    college: OrganizationName | None = None
    board_member: str = ""


@dataclass(frozen=True)
class FileOrganization:
    """An organization of the file with all that its mentions told."""

    name: OrganizationName
    kind: OrganizationKind
    inn: str = ""
    full_name: str = ""


@dataclass(frozen=True)
class FileContent:
    """A whole file. `same` are rows of one person; `maybe` are pairs to ask the user about."""

    name: str
    kinds: tuple[Kind, ...]
    people: tuple[PersonRow, ...] = ()
    students: tuple[StudentRow, ...] = ()
    workshops: tuple[WorkshopRow, ...] = ()
    kits: tuple[KitRow, ...] = ()
    exams: tuple[ExamRow, ...] = ()
    organizations: tuple[FileOrganization, ...] = ()
    findings: tuple[Finding, ...] = ()
    same: tuple[tuple[Place, ...], ...] = ()
    maybe: tuple[tuple[Place, ...], ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    skipped_sheets: tuple[str, ...] = ()
    college: OrganizationName | None = None
    year: int | None = None
