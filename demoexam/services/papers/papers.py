"""The papers of an exam day as one file: a PDF with bookmarks, or a Word document."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from demoexam.documents.blanks import unfilled
from demoexam.documents.catalogue import FORMS, MISSING
from demoexam.exchange.files_out import save_bytes
from demoexam.progress import Progress
from demoexam.services.exams.workplace_draw import draw_workplaces
from demoexam.services.papers.days import AllHeld, NothingToPrint
from demoexam.services.papers.numbers import register
from demoexam.services.papers.package import (
    PackageForms,
    Paper,
    UnknownForm,
    Wanted,
    YearForm,
    ready_papers,
)
from demoexam.services.papers.sheet import sheet_for
from demoexam.services.papers.states import PaperState, paper_states
from demoexam.services.papers.templates import templates_in_force

__all__ = [
    "AllHeld", "FormInfo", "NothingToPrint", "Package", "Paper", "PaperState", "UnknownForm",
    "Wanted", "YearForm", "day_codes", "draw_workplaces", "form_list", "made_package", "package",
    "paper_states", "register_papers", "save_package", "sheet_for",
]  # fmt: skip

Kind = Literal["pdf", "docx"]


@dataclass(frozen=True)
class FormInfo:
    """A line of the list of forms."""

    code: str
    title: str
    name: str
    about: str  # sitting | year
    needs: tuple[str, ...]  # sentences said when something is missing
    by_day: bool = True


@dataclass(frozen=True)
class Package:
    """A file and what is in it; `missing` are sentences, each said once."""

    content: bytes
    contents: tuple[Paper, ...]
    missing: tuple[str, ...]

    @property
    def pdf(self) -> bytes:
        return self.content

    @property
    def ready(self) -> bool:
        """Nothing in it is marked as a draft."""
        return not any(paper.draft for paper in self.contents)


def form_list(session: Session | None = None) -> list[FormInfo]:
    """The forms in the order of the exam: as the college has them where its store is given."""
    return [
        FormInfo(
            code=template.code,
            title=unfilled(f"{template.kind} {template.title}").replace("\n", " "),
            name=template.name,
            about=template.about,
            needs=tuple(MISSING[key] for key in template.needs),
            by_day=template.about == "sitting" and template.by_day,
        )
        for template in (templates_in_force(session) if session else FORMS).values()
    ]


def day_codes(session: Session) -> list[str]:
    """The forms of an exam day's package, in their order."""
    return [form.code for form in form_list(session) if form.by_day]


def package(
    session: Session,
    *,
    day: date | None = None,
    session_id: str | None = None,
    session_ids: Iterable[str] | None = None,
    forms: Iterable[str] | None = None,
    copies: Mapping[str, int] | None = None,
    latecomers: int = 0,
    at: datetime | None = None,
    registered: bool = True,
    progress: Progress | None = None,
) -> Package:
    """The papers of one sitting, or of the live sittings of a day, as one PDF with bookmarks.

    Whatever is unknown prints as room to write and is told in `missing`. A sitting with
    contradictions or without its experts prints as a draft, which every page says, and is not
    registered. `registered=False` is a preview: it writes nothing.
    """
    wanted = Wanted(
        day=day,
        session_id=session_id,
        session_ids=None if session_ids is None else frozenset(session_ids),
        forms=None if forms is None else frozenset(forms),
        copies=copies or {},
        latecomers=latecomers,
    )
    made = made_package(session, wanted, progress=progress)
    if registered:
        register_papers(session, papers=made.contents, at=at)
    return made


def made_package(
    session: Session, wanted: Wanted, *, kind: Kind = "pdf", progress: Progress | None = None
) -> Package:
    """One file; a Word document holds each paper once: its copies are the printer's."""
    forms = PackageForms(session, wanted, progress)
    if kind == "docx":
        from demoexam.documents.docx_rendering import render_docx_package

        content = render_docx_package((form for _, form in forms.documents()), title=forms.title)
    else:
        from demoexam.documents.rendering import render_package

        content = render_package(forms, title=forms.title)
    return Package(content, tuple(forms.papers), tuple(forms.missing))


def save_package(session: Session, *, made: Package, path: Path) -> Path:
    """Register what was made and write it: both or, when the file cannot be written, neither."""
    register_papers(session, papers=made.contents)
    return save_bytes(path, made.content)


def register_papers(
    session: Session, *, papers: Sequence[Paper], at: datetime | None = None
) -> None:
    """Note what has left the program: a later change of what it tells makes it outdated."""
    ready, moment = ready_papers(papers), at or datetime.now()
    for ident, period in dict.fromkeys((paper.session_id, paper.period) for paper in ready):
        its = [paper for paper in ready if (paper.session_id, paper.period) == (ident, period)]
        register(session, its, at=moment, session_id=ident or None, period=period)
