"""Who signs for the college: its head, the deputy who keeps the plan, the coordinator."""

from dataclasses import dataclass, fields

from sqlalchemy.orm import Session

from demoexam.documents.exam_sheet import Officer
from demoexam.errors import Refused
from demoexam.models.organizations import Organization
from demoexam.services.college.college import college_settings
from demoexam.services.college.setting_rows import put_setting_row, setting_values
from demoexam.services.papers.people import written_name

DIRECTOR = "Директор"
DEPUTY = "Заместитель директора по учебно-производственной работе"


@dataclass(frozen=True)
class Signers:
    """What a college tells of them; full names, an empty one is written by hand."""

    deputy_post: str = DEPUTY
    deputy_name: str = ""
    coordinator_name: str = ""


def college_signers(session: Session) -> Signers:
    names = [one.name for one in fields(Signers)]
    known = {key: str(value) for key, value in setting_values(session, names).items()}
    return Signers(**{"deputy_post": DEPUTY, **{key: one for key, one in known.items() if one}})


def change_signer(session: Session, *, key: str, value: str) -> None:
    """Set one of `Signers`; an empty post is the usual one again."""
    if key not in {one.name for one in fields(Signers)}:
        raise Refused(f"Подписи «{key}» нет.", "Проверьте имя настройки.")
    put_setting_row(session, key=key, value=" ".join(value.split()))


def director_of(college: Organization) -> Officer:
    return Officer(_opening(college.head_post) or DIRECTOR, signature_of(college.head_name))


def deputy_of(session: Session, college_id: str = "") -> Officer:
    """The own college's deputy; of another one that shares the store only the usual post."""
    own = college_settings(session).own_college
    known = college_signers(session) if not own or college_id in {"", own} else Signers()
    return Officer(_opening(known.deputy_post), signature_of(known.deputy_name))


def signature_of(name: str) -> str:
    """И. О. Фамилия of a full name as it was typed."""
    person = written_name(name)
    return person.signature if person else ""


def _opening(words: str) -> str:
    """As a line begins: with a capital."""
    return f"{words[:1].upper()}{words[1:]}"
