"""Forms become PDF bytes: equal forms give equal bytes."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    HRFlowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)

from demoexam.documents.flow import flow
from demoexam.documents.form import Form, Letterhead
from demoexam.documents.page import SERIF, CountingCanvas, Sheet, register_fonts
from demoexam.documents.styles import (
    COLLEGE,
    COLLEGE_SMALL,
    EDGE,
    KIND,
    TITLE,
    fitting,
    paragraph,
)
from demoexam.documents.table import plain_table
from demoexam.documents.typo import typo
from demoexam.text import NBSP, long_date

UNDATED = f"«____»{NBSP}_______________{NBSP}20___{NBSP}г."


def render(form: Form) -> bytes:
    """One paper."""
    return render_package([form], title=f"{form.caption} № {form.number}")


def render_package(forms: Sequence[Form], *, title: str) -> bytes:
    """Many papers as one file: each keeps its own page numbers and gets a bookmark."""
    if not forms:
        raise ValueError("a package of no forms")
    register_fonts()
    held = list(forms)
    pdf = BytesIO()
    document = BaseDocTemplate(
        pdf,
        pagesize=Sheet(held[0].wide, held[0].archive).size,
        initialFontName=SERIF,
        title=typo(title),
        author=held[0].letterhead.short or held[0].letterhead.name,
        subject="",
        creator="ДЭ-Координатор",
        lang="ru-RU",
        invariant=1,
    )
    document.addPageTemplates([_template(form, at) for at, form in enumerate(held)])
    document.build(_story(held), canvasmaker=lambda *a, **k: CountingCanvas(*a, forms=held, **k))
    return pdf.getvalue()


def _template(form: Form, index: int) -> Any:
    sheet = Sheet(form.wide, form.archive)
    frame = Frame(
        sheet.left,
        sheet.bottom,
        sheet.text_width,
        sheet.text_height,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )

    def mark(canvas: Any, _document: Any) -> None:
        canvas.form_index = index

    return PageTemplate(str(index), [frame], onPage=mark, pagesize=sheet.size)


def _story(forms: Sequence[Form]) -> list[Any]:
    story: list[Any] = []
    for at, form in enumerate(forms):
        width = Sheet(form.wide, form.archive).text_width
        if at:
            story += [NextPageTemplate(str(at)), PageBreak()]
        story += [*_head(form, width), *flow(form.body, width)]
    return story


def _head(form: Form, width: float) -> list[Any]:
    """The college, a rule, the kind and title of the paper, its date, city and number."""
    return [
        *_letterhead(form.letterhead, width),
        paragraph(form.kind, KIND),
        Spacer(0, 1 * mm),
        fitting(form.title, TITLE, width),
        Spacer(0, 3 * mm),
        _edge(form, width),
        Spacer(0, 2 * mm),
    ]


def _letterhead(college: Letterhead, width: float) -> list[Any]:
    lines = [
        (college.founder, COLLEGE_SMALL),
        (college.legal_form, COLLEGE_SMALL),
        (college.name, COLLEGE),
        (f"({college.short})" if college.short else "", COLLEGE_SMALL),
    ]
    rule = HRFlowable(width="100%", thickness=1, color=(0, 0, 0), spaceBefore=0, spaceAfter=3 * mm)
    return [
        *(fitting(text, look, width) for text, look in lines if text),
        Spacer(0, 1.5 * mm),
        rule,
    ]


def _edge(form: Form, width: float) -> Any:
    day = long_date(form.day) if form.day else UNDATED
    cells = [
        fitting(day, EDGE["left"], width / 3),
        fitting(form.letterhead.city, EDGE["center"], width / 3),
        fitting(f"№ {form.number}", EDGE["right"], width / 3),
    ]
    style = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    return plain_table([cells], style, colWidths=[width / 3] * 3)
