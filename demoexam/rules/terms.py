"""The closed word lists of the field; their values are what is stored and exported."""

from enum import StrEnum


class OrganizationKind(StrEnum):
    COLLEGE = "college"
    UNIVERSITY = "university"
    EMPLOYER = "employer"
    OTHER = "other"


class Role(StrEnum):
    CHIEF = "chief"
    SCORING = "scoring"
    TECHNICAL = "technical"


class ExamLevel(StrEnum):
    INTERIM = "interim"
    BASIC = "basic"
    PROFILE = "profile"


class SessionState(StrEnum):
    """How far a sitting of the exam has come; the order is that of life."""

    DRAFT = "draft"
    PLANNED = "planned"
    ANNOUNCED = "announced"
    DONE = "done"
    CLOSED = "closed"


class Answer(StrEnum):
    """What an expert said to an invitation, and whether he came."""

    INVITED = "invited"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    ATTENDED = "attended"


class Side(StrEnum):
    """Where an expert belongs in the employers' share on a given day."""

    EMPLOYER = "employer"
    EDUCATION = "education"
    OTHER = "other"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """A contradiction cannot be saved, the incomplete can as a draft, a warning always."""

    CONTRADICTION = "contradiction"
    INCOMPLETE = "incomplete"
    WARNING = "warning"


class CountMethod(StrEnum):
    """What one unit of the employers' share is."""

    PERSONS = "persons"
    ASSIGNMENTS = "assignments"
    ROSTER = "roster"


class SideDate(StrEnum):
    """Which of a person's sittings of the year tells his side when persons are counted."""

    LAST = "last"
    ANY = "any"
    MOST = "most"


class ShareCut(StrEnum):
    """By what the share is broken down."""

    TOTAL = "total"
    COLLEGE = "college"
    EMPLOYER = "employer"
    INDUSTRY = "industry"
    CLUSTER = "cluster"
    SPECIALTY = "specialty"
    MONTH = "month"


class BookingPurpose(StrEnum):
    EXAM = "exam"
    LESSONS = "lessons"
    SHORT_COURSE = "short_course"
    PROJECT = "project"
    CAREER_GUIDANCE = "career_guidance"
    SHARED_USE = "shared_use"
    BROADCAST = "broadcast"
    CLOSED = "closed"


class IncidentKind(StrEnum):
    STOP = "stop"
    REMOVAL = "removal"
    EARLY_END = "early_end"


class SpecialtyKind(StrEnum):
    """The middle pair of the code: 01 is a worker's profession, 02 a specialist's specialty."""

    PROFESSION = "profession"
    SPECIALTY = "specialty"


class BoardRole(StrEnum):
    CHAIR = "chair"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"


ROLE_NAMES = {
    Role.CHIEF: "главный эксперт",
    Role.SCORING: "член экспертной группы",
    Role.TECHNICAL: "технический эксперт",
}
EXAM_LEVEL_NAMES = {
    ExamLevel.INTERIM: "промежуточная аттестация",
    ExamLevel.BASIC: "базовый уровень",
    ExamLevel.PROFILE: "профильный уровень",
}
EXAM_LEVEL_MARKS = {ExamLevel.INTERIM: "ПА", ExamLevel.BASIC: "БУ", ExamLevel.PROFILE: "ПУ"}
STATE_NAMES = {
    SessionState.DRAFT: "черновик",
    SessionState.PLANNED: "в плане",
    SessionState.ANNOUNCED: "объявлен",
    SessionState.DONE: "проведён",
    SessionState.CLOSED: "закрыт",
}
INCIDENT_NAMES = {
    IncidentKind.STOP: "остановка времени",
    IncidentKind.REMOVAL: "удаление",
    IncidentKind.EARLY_END: "досрочное завершение",
}
ANSWER_NAMES = {
    Answer.INVITED: "приглашён",
    Answer.CONFIRMED: "подтвердил",
    Answer.REFUSED: "отказался",
    Answer.ATTENDED: "участвовал",
}
SIDE_NAMES = {
    Side.EMPLOYER: "работодатель",
    Side.EDUCATION: "образование",
    Side.OTHER: "другое",
    Side.UNKNOWN: "место работы неизвестно",
}
KIND_NAMES = {
    OrganizationKind.COLLEGE: "колледж",
    OrganizationKind.UNIVERSITY: "вуз",
    OrganizationKind.EMPLOYER: "работодатель",
    OrganizationKind.OTHER: "другая организация",
}
LEVEL_NAMES = {
    Level.CONTRADICTION: "противоречие",
    Level.INCOMPLETE: "не хватает",
    Level.WARNING: "предупреждение",
}
METHOD_NAMES = {
    CountMethod.PERSONS: "по людям",
    CountMethod.ASSIGNMENTS: "по назначениям",
    CountMethod.ROSTER: "по реестру",
}
CUT_NAMES = {
    ShareCut.TOTAL: "всего",
    ShareCut.COLLEGE: "по колледжам",
    ShareCut.EMPLOYER: "по работодателям",
    ShareCut.INDUSTRY: "по отраслям",
    ShareCut.CLUSTER: "по кластерам",
    ShareCut.SPECIALTY: "по специальностям",
    ShareCut.MONTH: "по месяцам",
}
PURPOSE_NAMES = {
    BookingPurpose.EXAM: "демонстрационный экзамен",
    BookingPurpose.LESSONS: "учебные занятия",
    BookingPurpose.SHORT_COURSE: "короткая программа по заказу работодателя",
    BookingPurpose.PROJECT: "федеральный или региональный проект",
    BookingPurpose.CAREER_GUIDANCE: "профориентация школьников",
    BookingPurpose.SHARED_USE: "сетевое использование",
    BookingPurpose.BROADCAST: "трансляция, мастер-класс",
    BookingPurpose.CLOSED: "мастерская закрыта",
}
