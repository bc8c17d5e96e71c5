"""Who examines a college's students of a specialty in a year, as form 3.1 prints it."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.documents.exam_sheet import Officer, PersonName, Season, SeasonExpert
from demoexam.documents.template import Scope
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.people import Certificate, Expert
from demoexam.rules.terms import EXAM_LEVEL_NAMES, Answer, Role
from demoexam.services.college.college import college_settings
from demoexam.services.papers.declension import Case, Declension, Wanted, declensions
from demoexam.services.papers.people import ROLE_ORDER, jobs_on
from demoexam.services.papers.scopes import sharing
from demoexam.text import short_date

Seat = tuple[str, Role, date]  # expert, role, the exam's day


def season_of(session: Session, sitting: ExamSession, deputy: Officer) -> Season:
    """The season of this sitting's college and specialty; `deputy` makes the order known."""
    sittings = sharing(session, sitting, Scope.SEASON)
    experts = season_experts(session, sittings)
    chiefs = [one for one in experts if Role.CHIEF in one.roles]
    wanted = order_words(chiefs, deputy)
    said = {(one.words, one.case): one.text for one in declensions(session, wanted)}
    return Season(
        kits=_kits(session, sittings),
        experts=experts,
        appointed=[_appointed(one, said) for one in chiefs],
        executor=said.get((deputy.post, Case.DATIVE), ""),
    )


def order_words(chiefs: Iterable[SeasonExpert], deputy: Officer) -> list[Wanted]:
    """What an order puts into a case: the chief experts with their posts, the deputy's post."""
    wanted = []
    for one in chiefs:
        wanted.append(Wanted(one.name.full, Case.ACCUSATIVE))
        wanted.append(Wanted(one.post, Case.ACCUSATIVE, post=True))
    return [*wanted, Wanted(deputy.post, Case.DATIVE, post=True)]


def declined_in(
    session: Session, *, college_id: str, year: int, deputy: Officer
) -> list[Declension]:
    """The words of the year's orders, of all specialties, to be checked on screen."""
    chiefs = [
        one
        for one in season_experts(session, _of_year(session, college_id, year))
        if Role.CHIEF in one.roles
    ]
    return declensions(session, order_words(chiefs, deputy))


def season_experts(session: Session, sittings: Sequence[ExamSession]) -> list[SeasonExpert]:
    """Everybody assigned and not refusing, by the first of his roles, then in Russian order.

    His place of work and certificate are those of his first exam of the season.
    """
    seats = _seats(session, sittings)
    first: dict[str, date] = {}
    for expert, _, day in seats:
        first[expert] = min(day, first.get(expert, day))
    jobs, papers = _jobs(session, first), _certificates(session, first)
    names = _names(session, first)
    found = [
        SeasonExpert(
            name,
            sorted({role for one, role, _ in seats if one == expert}, key=ROLE_ORDER.index),
            *jobs.get(expert, ("", "")),
            basis=papers.get(expert, ""),
        )
        for expert, name in names.items()
    ]
    return sorted(found, key=lambda one: ROLE_ORDER.index(one.roles[0]))


def _seats(session: Session, sittings: Sequence[ExamSession]) -> list[Seat]:
    days = {one.id: one.starts_at.date() for one in sittings if one.starts_at}
    query = select(Assignment.expert_id, Assignment.role, Assignment.session_id).where(
        Assignment.live(), Assignment.answer != Answer.REFUSED, Assignment.session_id.in_(days)
    )
    return [(expert, role, days[sitting]) for expert, role, sitting in session.execute(query)]


def _names(session: Session, experts: Iterable[str]) -> dict[str, PersonName]:
    columns = Expert.id, Expert.last_name, Expert.first_name, Expert.middle_name
    query = select(*columns).where(Expert.id.in_(list(experts))).order_by(Expert.skey)
    return {ident: PersonName(*names) for ident, *names in session.execute(query)}


def _jobs(session: Session, first: dict[str, date]) -> dict[str, tuple[str, str]]:
    found = {}
    for day in set(first.values()):
        found.update(jobs_on(session, [one for one, on in first.items() if on == day], day))
    return found


def _certificates(session: Session, first: dict[str, date]) -> dict[str, str]:
    """Expert -> «свидетельство № 0000214, до 01.03.2027»: the one that is valid the longest."""
    query = select(Certificate).where(Certificate.live(), Certificate.expert_id.in_(list(first)))
    rows = sorted(session.scalars(query), key=lambda row: row.valid_until or date.max)
    return {
        row.expert_id: _certificate(row)
        for row in rows
        if row.number and (row.valid_until or date.max) >= first[row.expert_id]
    }


def _certificate(row: Certificate) -> str:
    kind = f"{row.kind[:1].lower()}{row.kind[1:]}"
    until = f", до {short_date(row.valid_until)}" if row.valid_until else ""
    return f"{kind} № {row.number}{until}".strip()


def _kits(session: Session, sittings: Sequence[ExamSession]) -> list[str]:
    term = college_settings(session).kit_term
    kits = [session.get_one(AssessmentKit, one.kit_id) for one in sittings]
    told = [
        f"{term} {kit.code.removeprefix('КОД ')}, {EXAM_LEVEL_NAMES[kit.level]}" for kit in kits
    ]
    return sorted(set(told))


def _appointed(one: SeasonExpert, said: dict[tuple[str, Case], str]) -> str:
    """Иванова Ивана Ивановича, инженера (ООО «Завод»), as the words before «главным экспертом»."""
    name = said[one.name.full, Case.ACCUSATIVE]
    post = said.get((one.post, Case.ACCUSATIVE), "")
    where = f" ({one.organization})" if one.organization else ""
    return f"{name}, {post}{where}," if post else f"{name}{where}"


def _of_year(session: Session, college_id: str, year: int) -> list[ExamSession]:
    query = (
        select(ExamSession)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .where(ExamSession.live(), StudyGroup.college_id == college_id)
        .order_by(ExamSession.starts_at, ExamSession.id)
    )
    rows = session.scalars(query)
    return [one for one in rows if one.starts_at and one.starts_at.year == year]
