"""The people of a sitting as its papers name them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.documents.exam_sheet import Admitted, GroupExpert, PersonName
from demoexam.models.boards import BoardMember, ExamBoard
from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.groups import Examinee
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.rules.shares import deciding_job
from demoexam.rules.terms import Answer, Role
from demoexam.services.experts.facts import load_jobs
from demoexam.text import fold

ROLE_ORDER = list(Role)
Job = tuple[str, str]  # organization, post


def written_name(text: str) -> PersonName | None:
    """«Кузнецов К. К.», «Кузнецов Кирилл Кириллович» or nothing, as its parts."""
    last, _, rest = " ".join(text.replace(".", ". ").split()).partition(" ")
    first, _, middle = rest.partition(" ")
    return PersonName(last, first, middle) if last else None


def group_experts(session: Session, sitting: ExamSession, day: date) -> list[GroupExpert]:
    """The live expert group with its places of work as of the exam's day, chief first."""
    columns = Expert.last_name, Expert.first_name, Expert.middle_name
    query = select(Assignment, *columns).join(Expert, Expert.id == Assignment.expert_id)
    wanted = Assignment.session_id == sitting.id, Assignment.answer != Answer.REFUSED
    query = query.where(Assignment.live(), *wanted).order_by(Expert.skey)
    rows = session.execute(query).all()
    jobs = jobs_on(session, [row[0].expert_id for row in rows], day)
    group = [
        GroupExpert(
            PersonName(*names),
            seat.role,
            *jobs.get(seat.expert_id, ("", "")),
            duty=seat.duty,
            workplaces=seat.workplaces,
        )
        for seat, *names in rows
    ]
    return sorted(group, key=lambda one: ROLE_ORDER.index(one.role))


def jobs_on(session: Session, experts: Sequence[str], day: date) -> dict[str, Job]:
    """Expert -> where he works on `day`: the job that decides his side in the share too."""
    jobs = load_jobs(session, experts)
    found = {expert: deciding_job(known, day) for expert, known in jobs.items()}
    return {expert: (job.organization, job.post) for expert, job in found.items() if job}


def board_member(
    session: Session, sitting: ExamSession, college_id: str, year: int
) -> Admitted | None:
    """The member of the state board on site; the year's board tells his full name and post."""
    named = written_name(sitting.board_member)
    if named is None:
        return None
    query = select(BoardMember).join(ExamBoard, ExamBoard.id == BoardMember.board_id)
    ours = ExamBoard.live(), ExamBoard.college_id == college_id, ExamBoard.year == year
    for member in session.scalars(query.where(BoardMember.live(), *ours)):
        known = PersonName(member.last_name, member.first_name, member.middle_name)
        if fold(known.signature) == fold(named.signature):
            return Admitted(known, "член ГЭК", member.post)
    return Admitted(named, "член ГЭК")


def representative(organization: Organization | None) -> Admitted | None:
    """Who signs for the organization of the exam center: its head."""
    name = written_name(organization.head_name) if organization else None
    if name is None or organization is None:
        return None
    return Admitted(name, "представитель ЦПДЭ", organization.short_name)


Seat = tuple[Examinee, ExamPlace | None]


def seats(session: Session, sitting: ExamSession) -> list[Seat]:
    """Examinees in Russian order with their places; a group that sits whole needs no places yet."""
    query = select(Examinee, ExamPlace).join(ExamPlace, ExamPlace.examinee_id == Examinee.id)
    placed = query.where(ExamPlace.live(), ExamPlace.session_id == sitting.id)
    found = session.execute(placed.order_by(Examinee.skey)).all()
    if found:
        return [(examinee, place) for examinee, place in found]
    group = select(Examinee).where(Examinee.live(), Examinee.group_id == sitting.group_id)
    whole = session.scalars(group.order_by(Examinee.skey)).all()
    if not _sits_whole(session, sitting, len(whole)):
        return []
    return [(examinee, None) for examinee in whole]


def _sits_whole(session: Session, sitting: ExamSession, heads: int) -> bool:
    """The group has one sitting with this kit, and it is planned for all of the group."""
    if sitting.head_count is not None and sitting.head_count < heads:
        return False
    same = ExamSession.group_id == sitting.group_id, ExamSession.kit_id == sitting.kit_id
    query = select(func.count()).select_from(ExamSession).where(ExamSession.live(), *same)
    return bool(session.scalar(query) == 1)
