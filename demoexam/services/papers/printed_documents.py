"""The register of printed documents: what went out under which number, and if it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.reference import Coordinator, PrintedDocument
from demoexam.progress import Progress
from demoexam.services.papers.checks import Sheets
from demoexam.services.papers.sheet import local_time
from demoexam.services.papers.templates import templates_in_force
from demoexam.services.share.report import ShareReport, report_form, share_report
from demoexam.text import fold, short_date

# A reader of codes types keys: where the keyboard writes Russian, «/» comes out as «.» and so on.
RUSSIAN_KEYS, LATIN_KEYS = "йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm"
SAME_SIGNS = str.maketrans(".\\–—−_ ", "//----\0")
SAME_KEYS = SAME_SIGNS | str.maketrans(RUSSIAN_KEYS, LATIN_KEYS)


class Validity(StrEnum):
    """What has become of a printed document since."""

    CURRENT = "актуален"
    OUTDATED = "устарел"
    REPLACED = "заменён"  # printed again under the same number
    UNKNOWN = "экзамена нет"


@dataclass(frozen=True)
class Printed:
    """A line of the register; `validity` is None until it is worked out."""

    id: str
    code: str
    name: str
    number: str
    printed_at: datetime  # on the college's clock
    printed_by: str
    session_id: str
    period: str
    exam: str  # ИСП-41, 18.06.2026; the year of a report
    content_hash: str
    replaced: bool = False
    validity: Validity | None = None

    @property
    def words(self) -> str:
        """What a search looks into."""
        return f"{self.number} {self.code} {self.name} {self.exam} {self.printed_by}"


def printed_documents(
    session: Session,
    *,
    year: int,
    text: str = "",
    outdated: bool | None = None,
    progress: Progress | None = None,
) -> list[Printed]:
    """The register of a year, the latest print first.

    `text` is a number as a reader of QR codes types it (of any year, whatever the keyboard's
    language), or words of the form, the exam or who printed. With `outdated` every line's
    validity is worked out, which takes time, and only the outdated or only the others are given.
    """
    lines = _lines(session, _of_year(year))
    typed = _key(text)
    found = [one for one in lines if _key(one.number) == typed]
    if typed and not found:
        found = [one for one in _lines(session, _documents()) if _key(one.number) == typed]
    found = found or _matching(lines, text)
    if outdated is None:
        return found
    told = document_validity(session, documents=found, progress=progress)
    known = [replace(one, validity=told[one.id]) for one in found]
    return [one for one in known if (one.validity is Validity.OUTDATED) == outdated]


def _lines(session: Session, rows: Select[PrintedDocument, ExamSession, str, str]) -> list[Printed]:
    """The latest print of a number holds; those before it were replaced."""
    names = {code: one.name for code, one in templates_in_force(session).items()}
    lines: list[Printed] = []
    seen: set[str] = set()
    for row, sitting, group, who in session.execute(rows):
        lines.append(_line(row, sitting, group, who, names=names, replaced=row.number in seen))
        seen.add(row.number)
    return lines


def document_validity(
    session: Session, *, documents: Sequence[Printed], progress: Progress | None = None
) -> Mapping[str, Validity]:
    """Id -> what has become of it; the papers of each exam are made anew to be compared."""
    groups = list(dict.fromkeys((one.session_id, one.period) for one in documents))
    found: dict[str, Validity] = {}
    for group in progress.each(groups) if progress else groups:
        its = [one for one in documents if (one.session_id, one.period) == group]
        hashes = _hashes(session, its)
        for one in its:
            found[one.id] = _validity(one, hashes)
    return found


def _validity(one: Printed, hashes: Mapping[str, str] | None) -> Validity:
    if one.replaced:
        return Validity.REPLACED
    if hashes is None:
        return Validity.UNKNOWN
    same = hashes.get(one.number) == one.content_hash
    return Validity.CURRENT if same else Validity.OUTDATED


def _hashes(session: Session, its: Sequence[Printed]) -> Mapping[str, str] | None:
    """Number -> what the document would say if it were printed now; None without its exam."""
    first = its[0]
    if not first.session_id:
        forms = [report_form(_report(session, one)) for one in its]
        return {form.number: form.content_hash for form in forms}
    sitting = session.get(ExamSession, first.session_id)
    if sitting is None or sitting.deleted or sitting.starts_at is None:
        return None
    sheets, known = Sheets(session, [sitting]), templates_in_force(session)
    codes = dict.fromkeys(one.code for one in its if not one.replaced and one.code in known)
    forms = [form for code in codes for form in sheets.forms(sitting, known[code])]
    return {form.number: form.content_hash for form in forms}


def _report(session: Session, one: Printed) -> ShareReport:
    """The report of that day: its date is printed on it."""
    return share_report(session, year=int(one.period), today=one.printed_at.date())


def _of_year(year: int) -> Select[PrintedDocument, ExamSession, str, str]:
    """Of the year's exams and reports; without a date the day of the print counts."""
    first, last = datetime(year, 1, 1), datetime(year, 12, 31, 23, 59, 59)
    printed = PrintedDocument.printed_at.between(first, last)
    undated = ExamSession.starts_at.is_(None) & (PrintedDocument.period == "") & printed
    of_year = or_(
        ExamSession.starts_at.between(first, last), PrintedDocument.period == str(year), undated
    )
    return _documents().where(of_year)


def _documents() -> Select[PrintedDocument, ExamSession, str, str]:
    """Everything printed, the latest first."""
    return (
        select(PrintedDocument, ExamSession, StudyGroup.name, Coordinator.name)
        .outerjoin(ExamSession, ExamSession.id == PrintedDocument.session_id)
        .outerjoin(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .outerjoin(Coordinator, Coordinator.id == PrintedDocument.printed_by)
        .where(PrintedDocument.live())
        .order_by(PrintedDocument.printed_at.desc(), PrintedDocument.n.desc())
    )


def _line(
    row: PrintedDocument,
    sitting: ExamSession | None,
    group: str | None,
    who: str | None,
    *,
    names: Mapping[str, str],
    replaced: bool,
) -> Printed:
    day = short_date(sitting.starts_at.date()) if sitting and sitting.starts_at else ""
    about = [group or "", day] if row.session_id else [f"{row.period} год"]
    return Printed(
        id=row.id,
        code=row.kind,
        name=names.get(row.kind, ""),
        number=row.number,
        printed_at=local_time(row.printed_at),
        printed_by=who or "",
        session_id=row.session_id or "",
        period=row.period,
        exam=", ".join(part for part in about if part),
        content_hash=row.content_hash,
        replaced=replaced,
    )


def _matching(lines: Sequence[Printed], text: str) -> list[Printed]:
    """A part of the number, or every word somewhere in the line."""
    typed, wanted = _key(text), fold(text).split()
    return [
        one
        for one in lines
        if typed in _key(one.number) or all(word in fold(one.words) for word in wanted)
    ]


def _key(number: str) -> str:
    """A number by the keys it is typed with, whatever the keyboard's language."""
    return fold(number).translate(SAME_KEYS).replace("\0", "")
