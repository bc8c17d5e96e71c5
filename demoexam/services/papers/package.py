"""The papers of a package made one after another: which sittings, which forms, how many copies."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from demoexam.documents.form import Form
from demoexam.documents.template import Table, Template, fill
from demoexam.errors import UserError
from demoexam.models.exams import ExamSession
from demoexam.progress import Progress
from demoexam.services.papers.checks import Sheets
from demoexam.services.papers.days import chosen_sittings
from demoexam.services.papers.scopes import SHARED, keeper
from demoexam.services.papers.sheet import sitting_title
from demoexam.services.papers.templates import template_troubles, templates_in_force
from demoexam.text import long_date

LATECOMER_FORMS = frozenset({"3.6", "3.7", "3.8"})  # people sign them as they arrive
EXTRA = "(дополнительный лист)"


class UnknownForm(UserError):
    text = "Формы «{code}» нет."
    advice = "Есть формы: {known}."


class NothingChosen(UserError):
    text = "Не выбрано ни одного экзамена или ни одной формы."
    advice = "Отметьте, что печатать."


class YearForm(UserError):
    text = "Форма {code} печатается за год, а не по экзамену."
    advice = "Откройте «Отчёты» или выполните demoexam report share."


@dataclass(frozen=True)
class Wanted:
    """What to print: the live sittings of a day, or of them only `session_ids`; or one sitting.

    `copies` says how many of a form lie in the package (one of each that is not named);
    `latecomers` gives the forms people sign on arrival an extra sheet of so many empty rows.
    """

    day: date | None = None
    session_id: str | None = None
    session_ids: Collection[str] | None = None
    forms: Collection[str] | None = None
    copies: Mapping[str, int] = field(default_factory=dict)
    latecomers: int = 0


@dataclass(frozen=True)
class Paper:
    """One document of a package: of a sitting, or of a `period` ("" where it is a sitting's)."""

    code: str
    name: str
    number: str
    session_id: str
    draft: bool
    content_hash: str = ""
    chapter: str = ""
    extra: bool = False  # empty rows for latecomers: no document of its own
    copies: int = 1
    period: str = ""


class PackageForms:
    """Iterating makes the forms, copies after one another, and tells `papers` and `missing`.

    Shared papers come before the first sitting that needs them, then each sitting's own in the
    order of the exam. `progress` moves with every form and stops the making once cancelled.
    """

    def __init__(self, session: Session, wanted: Wanted, progress: Progress | None = None) -> None:
        self._wanted, self._progress = wanted, progress or Progress()
        self._templates = chosen_templates(session, wanted.forms)
        self.sittings, held = chosen_sittings(
            session, wanted.day, wanted.session_id, wanted.session_ids
        )
        if not self.sittings or not self._templates:
            raise NothingChosen
        self.papers: list[Paper] = []
        codes = {one.code for one in self._templates}
        unusable = (one for one in template_troubles(session) if one.code in codes)
        self.missing = [*held, *(one.sentence for one in unusable)]
        self._lacking: dict[ExamSession, list[str]] = {}
        self._plan = self._planned(session)
        keepers = {owner.id: owner for owner, _ in self._plan}
        known = {one.id for one in self.sittings}
        others = [owner for ident, owner in keepers.items() if ident not in known]
        self._sheets = Sheets(session, [*self.sittings, *others])

    def __iter__(self) -> Iterator[Form]:
        for paper, form in self.documents():
            yield from [form] * paper.copies

    def documents(self) -> Iterator[tuple[Paper, Form]]:
        """Every document once, whatever the number of its copies."""
        for done, (owner, template) in enumerate(self._plan, start=1):
            self._progress.check()
            self._lacking.setdefault(owner, []).extend(self._sheets.lacking(owner, template))
            for form in self._sheets.forms(owner, template):
                self._progress.check()
                yield self._noted(owner, template, form, extra=False), form
            for form in self._extra_sheets(owner, template):
                yield self._noted(owner, template, form, extra=True), form
            self._progress.tell(done, len(self._plan))
        self.missing = list(dict.fromkeys([*self.missing, *self._lacks()]))

    @property
    def title(self) -> str:
        days = sorted({row.starts_at.date() for row in self.sittings if row.starts_at})
        return f"Бумаги демонстрационного экзамена, {', '.join(map(long_date, days))}"

    def _planned(self, session: Session) -> list[tuple[ExamSession, Template]]:
        """What is made for whom, each shared form once."""
        shared = [one for one in self._templates if one.scope in SHARED]
        own = [one for one in self._templates if one.scope not in SHARED]
        plan: dict[tuple[str, str], tuple[ExamSession, Template]] = {}
        for sitting in self.sittings:
            for template in (*shared, *own):
                owner = keeper(session, sitting, template)
                plan.setdefault((owner.id, template.code), (owner, template))
        return list(plan.values())

    def _lacks(self) -> Iterator[str]:
        """What the papers of each sitting lack, under its name where there are several."""
        for owner, keys in self._lacking.items():
            several = len(self.sittings) > 1
            prefix = f"{sitting_title(self._sheets.sheet(owner))}: " if several else ""
            told = *self._sheets.remarks(owner), *self._sheets.sentences(owner, keys)
            yield from (f"{prefix}{each}" for each in told)

    def _extra_sheets(self, owner: ExamSession, template: Template) -> list[Form]:
        if not self._wanted.latecomers or template.code not in LATECOMER_FORMS:
            return []
        blank = with_empty_rows(template, self._wanted.latecomers)
        return [fill(blank, each) for each in self._sheets.fillings(owner, template)]

    def _noted(self, owner: ExamSession, template: Template, form: Form, *, extra: bool) -> Paper:
        paper = Paper(
            code=form.code,
            name=template.name,
            number=form.number,
            session_id=owner.id,
            draft=form.draft,
            content_hash=form.content_hash,
            chapter=form.chapter,
            extra=extra,
            copies=1 if extra else max(self._wanted.copies.get(form.code, 1), 1),
        )
        self.papers.append(paper)
        return paper


def chosen_templates(session: Session, codes: Collection[str] | None) -> list[Template]:
    """In the order of the exam, whatever the order asked for; those of a day if none is asked."""
    known = templates_in_force(session)
    if codes is None:
        return [one for one in known.values() if one.about == "sitting" and one.by_day]
    for code in sorted(set(codes)):
        if code not in known:
            raise UnknownForm(code=code, known=", ".join(known))
        if known[code].about != "sitting":
            raise YearForm(code=code)
    return [one for one in known.values() if one.code in codes]


def with_empty_rows(template: Template, count: int) -> Template:
    """The form as an extra sheet: its lists hold `count` empty rows, numbered by hand."""

    def emptied(part: Table) -> Table:
        return replace(part, source="", rows=(), blank_rows=count, min_blank=count, numbered=False)

    parts = [emptied(one) if isinstance(one, Table) else one for one in template.parts]
    return replace(template, title=f"{template.title}\n{EXTRA}", parts=parts)


def ready_papers(papers: Sequence[Paper]) -> list[Paper]:
    """Those that are registered once they are out: no drafts, no extra sheets."""
    return [one for one in papers if not one.draft and not one.extra]


def papers_on(papers: Sequence[Paper], starts: Sequence[int], pages: Sequence[int]) -> list[Paper]:
    """Those of which some page is printed; `starts` are their first pages, each copy's."""
    copies = [paper for paper in papers for _ in range(paper.copies)]
    ends = [*starts[1:], max(pages, default=0) + 1]
    printed = set(pages)
    found = [
        paper
        for paper, start, end in zip(copies, starts, ends, strict=False)
        if printed & set(range(start, end))
    ]
    return list(dict.fromkeys(found))
