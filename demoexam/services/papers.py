"""The papers of an exam day: what they hold, what they lack, and the package as one PDF."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from demoexam.documents.catalogue import (
    BLANK_BEFORE_THE_EXAM,
    FORMS,
    MISSING,
    SITTING_FORMS,
    lacking,
)
from demoexam.documents.exam_filling import exam_filling
from demoexam.documents.exam_sheet import ExamSheet
from demoexam.documents.form import Form
from demoexam.documents.template import Template, fill
from demoexam.errors import UserError
from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.progress import Progress
from demoexam.rules.draw import list_sum
from demoexam.rules.terms import SessionState
from demoexam.rules.violation import contradictions, incompletes
from demoexam.services.check import sitting_findings
from demoexam.services.paper_numbers import document_heads, printed_rows, register
from demoexam.services.paper_sheet import (
    dated_sitting,
    local_time,
    sheet_for,
    sitting_title,
)
from demoexam.services.workplace_draw import draw_workplaces
from demoexam.text import clock, long_date, short_date

__all__ = [
    "FormInfo", "Package", "Paper", "PaperState", "draw_workplaces", "form_list", "package",
    "paper_states", "sheet_for",
]  # fmt: skip

OVER = {SessionState.DONE, SessionState.CLOSED}
NEAREST = 3  # exam days named when the asked one has none


class NothingToPrint(UserError):
    text = "На {day} экзаменов нет."
    advice = "{nearest}"


class AllHeld(UserError):
    text = "Экзамены {day} отложены из-за противоречий, печатать нечего."
    advice = "Откройте «Обзор» или выполните demoexam check и устраните противоречия."


class UnknownForm(UserError):
    text = "Формы «{code}» нет."
    advice = "Есть формы: {known}."


class YearForm(UserError):
    text = "Форма {code} печатается за год, а не по экзамену."
    advice = "Откройте «Отчёты» или выполните demoexam report share."


@dataclass(frozen=True)
class FormInfo:
    """A line of the list of forms."""

    code: str
    title: str
    name: str
    about: str  # sitting | year
    needs: tuple[str, ...]  # sentences said when something is missing


@dataclass(frozen=True)
class Paper:
    """One document of a package."""

    code: str
    name: str
    number: str
    session_id: str
    draft: bool


@dataclass(frozen=True)
class Package:
    """A PDF and what is in it; `missing` are sentences, each said once."""

    pdf: bytes
    contents: tuple[Paper, ...]
    missing: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Nothing in it is marked as a draft."""
        return not any(paper.draft for paper in self.contents)


@dataclass(frozen=True)
class PaperState:
    """A form of a sitting as its card shows it."""

    code: str
    name: str
    missing: tuple[str, ...]
    number: str = ""
    printed_at: datetime | None = None  # on the college's clock
    outdated: bool = False  # printed, and the exam has changed since


def form_list() -> list[FormInfo]:
    return [
        FormInfo(
            code=template.code,
            title=f"{template.kind} {template.title}".replace("\n", " "),
            name=template.name,
            about=template.about,
            needs=tuple(MISSING[key] for key in template.needs),
        )
        for template in FORMS.values()
    ]


def package(
    session: Session,
    *,
    day: date | None = None,
    session_id: str | None = None,
    session_ids: Collection[str] | None = None,
    forms: Iterable[str] | None = None,
    at: datetime | None = None,
    registered: bool = True,
    progress: Progress | None = None,
) -> Package:
    """The papers of one sitting, or of the live sittings of a day, as one PDF with bookmarks.

    `session_ids` leaves only these of the day's sittings.

    Whatever is unknown prints as room to write and is told in `missing`. A sitting with
    contradictions or without its experts prints as a draft, which every page says, and is not
    registered. `registered=False` is a preview: it writes nothing.
    """
    from demoexam.documents.rendering import render_package

    templates = _templates(forms)
    sittings, held = _sittings(session, day, session_id)
    if session_ids is not None:
        sittings = [sitting for sitting in sittings if sitting.id in session_ids]
    heads = document_heads(session, sittings)
    printed: list[tuple[ExamSession, list[Form]]] = []
    missing = held
    for sitting in progress.each(sittings) if progress else sittings:
        sheet, remarks = _checked_sheet(session, sitting, heads[sitting.id])
        made = [fill(template, exam_filling(sheet, template)) for template in templates]
        lacks = _lacks(sheet, templates, over=sitting.state in OVER)
        prefix = f"{sitting_title(sheet)}: " if len(sittings) > 1 else ""
        missing += [f"{prefix}{sentence}" for sentence in (*remarks, *lacks)]
        printed.append((sitting, made))
    pdf = render_package([form for _, made in printed for form in made], title=_title(sittings))
    if registered:
        _register(session, printed, at or datetime.now())
    return Package(pdf, _contents(printed), tuple(dict.fromkeys(missing)))


def paper_states(session: Session, *, session_id: str) -> list[PaperState]:
    """Every form of a sitting: what it lacks, when it was printed, whether that is outdated."""
    sitting = dated_sitting(session, session_id)
    head = document_heads(session, [sitting])[sitting.id]
    sheet, _ = _checked_sheet(session, sitting, head)
    rows = printed_rows(session, session_id=session_id)
    states = []
    for template in (FORMS[code] for code in SITTING_FORMS):
        form, row = fill(template, exam_filling(sheet, template)), rows.get(template.code)
        states.append(
            PaperState(
                code=template.code,
                name=template.name,
                missing=tuple(_lacks(sheet, [template], over=sitting.state in OVER)),
                number=row.number if row else "",
                printed_at=local_time(row.printed_at) if row else None,
                outdated=row is not None and row.content_hash != form.content_hash,
            )
        )
    return states


def _templates(codes: Iterable[str] | None) -> list[Template]:
    """In the order of the exam day, whatever the order asked for."""
    wanted = set(SITTING_FORMS if codes is None else codes)
    for code in sorted(wanted):
        if code not in FORMS:
            raise UnknownForm(code=code, known=", ".join(FORMS))
        if code not in SITTING_FORMS:
            raise YearForm(code=code)
    return [FORMS[code] for code in SITTING_FORMS if code in wanted]


def _sittings(
    session: Session, day: date | None, session_id: str | None
) -> tuple[list[ExamSession], list[str]]:
    """What to print, and sentences about what is kept out of the plan that day."""
    if session_id is not None:
        return [dated_sitting(session, session_id)], []
    if day is None:
        raise ValueError("a day or a sitting must be named")
    rows = list(session.scalars(_of_day(day)))
    live = [row for row in rows if not row.held]
    if rows and not live:
        raise AllHeld(day=short_date(day))
    if not live:
        raise NothingToPrint(day=short_date(day), nearest=_nearest(session, day))
    return live, [_held(session, row) for row in rows if row.held]


def _of_day(day: date) -> Select[ExamSession]:
    start = datetime.combine(day, time.min)
    first = ExamSession.starts_at.between(start, start + timedelta(hours=23, minutes=59))
    found = select(ExamSession).where(
        ExamSession.deleted.is_(False), or_(first, ExamSession.second_day == day)
    )
    return found.order_by(ExamSession.starts_at, ExamSession.workshop_id, ExamSession.id)


def _held(session: Session, row: ExamSession) -> str:
    group = session.get_one(StudyGroup, row.group_id).name
    hour = f" в {clock(row.starts_at)}" if row.starts_at else ""
    return f"{group}{hour}: экзамен отложен из-за противоречия, его бумаги не напечатаны."


def _nearest(session: Session, day: date) -> str:
    query = select(ExamSession.starts_at).where(
        ExamSession.live(), ExamSession.starts_at.is_not(None)
    )
    days = {moment.date() for moment in session.scalars(query) if moment}
    if not days:
        return "Сначала назначьте экзаменам даты."
    near = sorted(sorted(days, key=lambda one: abs(one - day))[:NEAREST])
    return f"Ближайшие дни экзаменов: {', '.join(map(short_date, near))}."


def _checked_sheet(
    session: Session, sitting: ExamSession, head: str
) -> tuple[ExamSheet, list[str]]:
    """The sheet, a draft if the rules do not let it be ready, and what they say."""
    found = sitting_findings(session, session_id=sitting.id)
    if not sitting.held:
        found = [each for each in found if not each.held]
    stops = [*contradictions(found), *incompletes(found)]
    draft = bool(stops) or sitting.held
    sheet = sheet_for(session, sitting.id, number=head, draft=draft)
    return sheet, [*map(str, stops), *_draw_remarks(sheet)]


def _draw_remarks(sheet: ExamSheet) -> list[str]:
    if sheet.draw is None or not sheet.draw.list_sum:
        return []
    names = [one.name.full for one in sheet.participants]
    if list_sum(names) == sheet.draw.list_sum:
        return []
    return ["Список участников изменился после жеребьёвки: проведите её заново."]


def _lacks(sheet: ExamSheet, templates: Sequence[Template], *, over: bool) -> list[str]:
    """Sentences, each once; places that were not drawn are not told of twice."""
    keys = [key for one in templates for key in lacking(one, exam_filling(sheet, one))]
    passed = set() if over else set(BLANK_BEFORE_THE_EXAM)
    if "draw_seed" in keys:
        passed.add("places_known")
    return [MISSING[key] for key in dict.fromkeys(keys) if key not in passed]


def _register(
    session: Session, printed: Sequence[tuple[ExamSession, list[Form]]], at: datetime
) -> None:
    for sitting, made in printed:
        ready = [form for form in made if not form.draft]
        if ready:
            register(session, ready, at=at, session_id=sitting.id)


def _contents(printed: Sequence[tuple[ExamSession, list[Form]]]) -> tuple[Paper, ...]:
    return tuple(
        Paper(form.code, FORMS[form.code].name, form.number, sitting.id, form.draft)
        for sitting, made in printed
        for form in made
    )


def _title(sittings: Sequence[ExamSession]) -> str:
    days = sorted({row.starts_at.date() for row in sittings if row.starts_at})
    return f"Бумаги демонстрационного экзамена, {', '.join(map(long_date, days))}"
