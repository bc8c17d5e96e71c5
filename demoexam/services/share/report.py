"""The report of the employers' share of a year: one set of values, three kinds of file."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.documents.catalogue import FORMS
from demoexam.documents.form import Form, Letterhead
from demoexam.documents.share_sheet import ShareExpert, ShareSheet, ShareYear, share_filling
from demoexam.documents.template import Template, fill
from demoexam.errors import UserError
from demoexam.exchange.files_out import save_bytes
from demoexam.exchange.sheets_out import (
    Cell,
    SheetColumn,
    SheetTable,
    YearChart,
    text_table,
    workbook,
)
from demoexam.models.exams import ExamSession
from demoexam.models.organizations import Organization
from demoexam.models.reference import Coordinator
from demoexam.rules.shares import check_share, roster_day
from demoexam.rules.terms import METHOD_NAMES, SIDE_NAMES, CountMethod, Side, SideDate
from demoexam.services.college.college import CollegeSettings, college_settings, targets
from demoexam.services.papers.letterhead import letterhead_of
from demoexam.services.papers.package import Paper
from demoexam.services.papers.people import written_name
from demoexam.services.papers.signers import college_signers, signature_of
from demoexam.services.papers.templates import templates_in_force
from demoexam.services.share.people import Person, people_behind
from demoexam.services.share.share import year_share
from demoexam.text import percent, rounded, short_date

CODE = "3.20"
MOST_YEARS = 8  # as many bars as the paper's chart shows well
SIDE_ORDER = list(Side)
SIDE_DATES = {
    SideDate.LAST: "место работы на дату последнего экзамена года",
    SideDate.ANY: "работодатель, если был им на дату хотя бы одного экзамена года",
    SideDate.MOST: "место работы на дату большинства экзаменов года",
}


class UnknownReportFormat(UserError):
    text = "Отчёт нельзя сохранить в файл «{name}»: такой вид не поддерживается."
    advice = "Укажите имя с окончанием .xlsx, .pdf или .csv."


@dataclass(frozen=True)
class ShareReport:
    """The figures of a year with those before it, and everybody behind them."""

    year: int
    taken_on: date
    method: str
    years: tuple[ShareYear, ...]
    people: tuple[Person, ...]
    letterhead: Letterhead
    more_needed: str = ""
    coordinator: str = ""
    director: str = ""
    director_post: str = ""
    contacts: bool = True
    template: Template = FORMS[CODE]

    @property
    def figure(self) -> ShareYear:
        return self.years[-1]


def share_report(
    session: Session, *, year: int, today: date | None = None, contacts: bool = True
) -> ShareReport:
    """The report by the college's own way to count; `contacts` adds phones and e-mails."""
    today = today or date.today()
    settings, known = college_settings(session), targets(session)
    college = session.get(Organization, settings.own_college) if settings.own_college else None
    years = tuple(_year(session, each, today, known) for each in _years(session, year, list(known)))
    people = people_behind(session, year=year, today=today)
    figure, target = year_share(session, year=year, today=today, targets=known)
    below = check_share(year, figure, target)
    head = written_name(college.head_name) if college else None
    return ShareReport(
        year=year,
        taken_on=today,
        method=_method(settings, year, today),
        years=years,
        people=tuple(sorted(people, key=lambda one: SIDE_ORDER.index(one.side))),
        letterhead=letterhead_of(session, college) if college else Letterhead(""),
        more_needed=f"{below.ways}." if below else "",
        coordinator=_coordinator(session),
        director=head.signature if head else "",
        director_post=_opening(college.head_post) if college else "",
        contacts=contacts,
        template=templates_in_force(session)[CODE],
    )


def save_report(report: ShareReport, path: Path) -> Path:
    """Write the report as its suffix tells: .xlsx, .pdf or .csv; the figures are the same."""
    makers = {".xlsx": report_workbook, ".pdf": report_pdf, ".csv": report_csv}
    maker = makers.get(path.suffix.lower())
    if maker is None:
        raise UnknownReportFormat(name=path.name)
    return save_bytes(path, maker(report))


def report_pdf(report: ShareReport) -> bytes:
    """Form 3.20."""
    from demoexam.documents.rendering import render

    return render(report_form(report))


def report_workbook(report: ShareReport) -> bytes:
    title = f"Доля экспертов-работодателей, {report.year} год"
    return workbook(_tables(report), title=title, made_on=report.taken_on)


def report_csv(report: ShareReport) -> bytes:
    return text_table(_tables(report))


def report_paper(report: ShareReport) -> Paper:
    """Form 3.20 as the register keeps it: a later change of its figures marks it outdated."""
    form = report_form(report)
    return Paper(
        code=form.code,
        name=report.template.name,
        number=form.number,
        session_id="",
        draft=False,
        content_hash=form.content_hash,
        period=str(report.year),
    )


def report_form(report: ShareReport) -> Form:
    sheet = ShareSheet(
        letterhead=report.letterhead,
        number=f"20/{report.year}",
        day=report.taken_on,
        year=report.year,
        method=report.method,
        years=report.years,
        experts=[_on_paper(person) for person in report.people],
        more_needed=report.more_needed,
        coordinator=report.coordinator,
        director=report.director,
        director_post=report.director_post or "Директор",
    )
    return fill(report.template, share_filling(sheet))


def _years(session: Session, year: int, with_target: list[int]) -> list[int]:
    """From the first year of which anything is known, at most MOST_YEARS of them."""
    first = session.scalar(select(func.min(ExamSession.starts_at)).where(ExamSession.live()))
    known = [*with_target, year] + ([first.year] if first else [])
    return list(range(max(min(known), year - MOST_YEARS + 1), year + 1))


def _year(session: Session, year: int, today: date, known: dict[int, int]) -> ShareYear:
    share, target = year_share(session, year=year, today=today, targets=known)
    earlier = max((each for each in known if each <= year), default=year)
    return ShareYear(
        year=year,
        experts=share.experts,
        employers=share.employers,
        unknown=share.unknown,
        target=None if target is None else Fraction(target),
        carried_from=earlier if target is not None and earlier < year else None,
    )


def _method(settings: CollegeSettings, year: int, today: date) -> str:
    """How the share was counted, in the words of the paper."""
    chiefs = "учтены" if settings.share_count_chief else "не учтены"
    roles = f"главные эксперты {chiefs}, технические не учитываются"
    name = METHOD_NAMES[settings.share_count]
    if settings.share_count is CountMethod.ROSTER:
        day = short_date(roster_day(year, today))
        return f"{name}: действующие эксперты реестра на {day}"
    if settings.share_count is CountMethod.ASSIGNMENTS:
        return f"{name}: каждое назначение на экзамен; место работы на дату экзамена; {roles}"
    who = "эксперты, назначенные хотя бы на один экзамен года"
    return f"{name}: {who}; {SIDE_DATES[settings.share_side]}; {roles}"


def _coordinator(session: Session) -> str:
    """As the settings tell, else the one coordinator who has told his name."""
    if told := college_signers(session).coordinator_name:
        return signature_of(told)
    query = select(Coordinator.name).where(
        Coordinator.live(), Coordinator.name != Coordinator.login
    )
    names = session.scalars(query.limit(2)).all()
    return signature_of(names[0]) if len(names) == 1 else ""


def _opening(words: str) -> str:
    """As a line begins: with a capital."""
    return f"{words[:1].upper()}{words[1:]}"


def _on_paper(person: Person) -> ShareExpert:
    return ShareExpert(
        name=person.name,
        organization=person.organization,
        industry=person.industry,
        sessions=person.sittings,
        status=SIDE_NAMES[person.side],
    )


def _tables(report: ShareReport) -> list[SheetTable]:
    return [_years_table(report), _experts_table(report)]


def _years_table(report: ShareReport) -> SheetTable:
    heading = [
        f"Доля экспертов-работодателей в числе экспертов демонстрационного экзамена, {report.year}",
        report.letterhead.name,
        f"Данные на {short_date(report.taken_on)}. Способ расчёта — {report.method}.",
    ]
    columns = [
        SheetColumn("Год", 8),
        SheetColumn("Всего экспертов", 12, "whole"),
        SheetColumn("Из них работодателей", 15, "whole"),
        SheetColumn("Доля, %", 10, "tenth"),
        SheetColumn("Цель, %", 10, "whole"),
        SheetColumn("Отклонение, п. п.", 14, "signed"),
        SheetColumn("Место работы неизвестно", 16, "whole"),
        SheetColumn("Примечание", 30),
    ]
    chart = YearChart("Доля экспертов-работодателей и цель, %", facts=3, goals=4)
    rows = [_year_cells(one) for one in report.years]
    return SheetTable("Доля по годам", [*filter(None, heading)], columns, rows, chart)


def _year_cells(one: ShareYear) -> list[Cell]:
    """Numbers rounded here, once for every kind of file; what is unknown is an empty cell."""
    return [
        str(one.year),
        one.experts,
        one.employers,
        None if one.share is None else rounded(one.share * 100),
        None if one.target is None else int(one.target),
        None if one.deviation is None else rounded(one.deviation),
        one.unknown,
        _remark(one),
    ]


def _remark(one: ShareYear) -> str:
    remarks = []
    if one.share is None:
        remarks.append("нет данных")
    if one.target is None:
        remarks.append("цель не установлена")
    elif one.carried_from:
        remarks.append(f"взята цель {one.carried_from} года")
    return "; ".join(remarks)


def _experts_table(report: ShareReport) -> SheetTable:
    figure = report.figure
    total = (
        f"Всего экспертов: {figure.experts}, из них работодателей: {figure.employers}. "
        f"Доля: {percent(figure.share)}"
    )
    columns = [
        SheetColumn("№ п/п", 6, "whole"),
        SheetColumn("Фамилия, имя, отчество", 34),
        SheetColumn("Организация", 38),
        SheetColumn("Должность", 24),
        SheetColumn("Отрасль", 24),
        SheetColumn("Экзаменов", 11, "whole"),
        SheetColumn("Учтено", 9, "whole"),
        SheetColumn("Статус", 24),
    ]
    if report.contacts:
        columns += [SheetColumn("Телефон", 20), SheetColumn("Эл. почта", 28)]
    rows = [_person_cells(at, one, report.contacts) for at, one in enumerate(report.people, 1)]
    heading = [f"Эксперты {report.year} года", *filter(None, [total, report.more_needed])]
    return SheetTable("Эксперты", heading, columns, rows)


def _person_cells(at: int, person: Person, contacts: bool) -> list[Cell]:
    cells: list[Cell] = [
        at,
        person.name,
        person.organization,
        person.post,
        person.industry,
        person.sittings,
        person.units,
        SIDE_NAMES[person.side],
    ]
    return [*cells, person.phone, person.email] if contacts else cells
