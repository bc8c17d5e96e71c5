"""Records to choose from as one types: a few of a table, each with the words that tell it apart."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.kits import AssessmentKit, Specialty
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.models.places import ExamCenter
from demoexam.rules.terms import EXAM_LEVEL_MARKS, KIND_NAMES
from demoexam.store.search import matching
from demoexam.text import full_name

FEW = 12
Choice = tuple[str, str]


def find_choices(session: Session, *, table: str, typed: str) -> list[Choice]:
    """Ids and labels of the first few live records whose words begin with those typed."""
    query, told, searched, order = _KINDS[table]
    entity: Any = searched
    chosen = query().where(entity.live(), matching(entity, typed)).order_by(order)
    return [(row[0], told(*row[1:])) for row in session.execute(chosen.limit(FEW))]


def find_colleges(session: Session, *, typed: str) -> list[Choice]:
    """Organizations that teach: those whose groups sit exams."""
    query = _organizations().where(
        or_(Organization.kind == "college", Organization.kind == "university"),
        Organization.live(),
        matching(Organization, typed),
    )
    rows = session.execute(query.order_by(Organization.skey).limit(FEW))
    return [(row[0], _organization(*row[1:])) for row in rows]


def label_of(session: Session, *, table: str, record_id: str | None) -> str:
    """The label of one record; "" when there is none."""
    if record_id is None:
        return ""
    query, told, searched, _ = _KINDS[table]
    entity: Any = searched
    row = session.execute(query().where(entity.id == record_id)).first()
    return told(*row[1:]) if row else ""


def centers(session: Session) -> list[tuple[object, str]]:
    """All exam centers; there are few."""
    query = select(ExamCenter.id, ExamCenter.name).where(ExamCenter.live())
    rows = session.execute(query.order_by(ExamCenter.name))
    return [(ident, name) for ident, name in rows]


def _organizations() -> Any:
    query: Any = select(
        Organization.id, Organization.short_name, Organization.kind, Organization.city
    )
    return query


def _organization(name: str, kind: Any, city: str) -> str:
    return f"{name} · {', '.join(filter(None, (KIND_NAMES[kind], city)))}"


def _specialties() -> Any:
    query: Any = select(Specialty.id, Specialty.code, Specialty.title)
    return query


def _specialty(code: str, title: str) -> str:
    return f"{code} {title}"


def _kits() -> Any:
    query: Any = select(
        AssessmentKit.id, AssessmentKit.code, AssessmentKit.level, AssessmentKit.title
    )
    return query


def _kit(code: str, level: Any, title: str) -> str:
    return f"{code} {EXAM_LEVEL_MARKS[level]} {title}".strip()


def _groups() -> Any:
    query: Any = select(StudyGroup.id, StudyGroup.name, StudyGroup.year, Organization.short_name)
    return query.join(Organization, Organization.id == StudyGroup.college_id)


def _group(name: str, year: int | None, college: str) -> str:
    return f"{name} · {f'{year}, ' if year else ''}{college}"


def _examinees() -> Any:
    names = Examinee.last_name, Examinee.first_name, Examinee.middle_name
    query: Any = select(Examinee.id, *names, StudyGroup.name)
    return query.join(StudyGroup, StudyGroup.id == Examinee.group_id)


def _examinee(last: str, first: str, middle: str, group: str) -> str:
    return f"{full_name(last, first, middle)} · {group}"


def _experts() -> Any:
    query: Any = select(Expert.id, Expert.last_name, Expert.first_name, Expert.middle_name)
    return query


_KINDS: Mapping[str, tuple[Callable[[], Any], Callable[..., str], Any, Any]] = {
    "organization": (_organizations, _organization, Organization, Organization.skey),
    "specialty": (_specialties, _specialty, Specialty, Specialty.code),
    "assessment_kit": (_kits, _kit, AssessmentKit, AssessmentKit.code.desc()),
    "study_group": (_groups, _group, StudyGroup, StudyGroup.skey),
    "examinee": (_examinees, _examinee, Examinee, Examinee.skey),
    "expert": (_experts, full_name, Expert, Expert.skey),
}
