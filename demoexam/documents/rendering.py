"""Forms become PDF bytes: equal forms give equal bytes."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from demoexam.documents.flow import flow
from demoexam.documents.form import Form
from demoexam.documents.head import head
from demoexam.documents.page import SERIF, CountingCanvas, Sheet, register_fonts
from demoexam.documents.typo import typo


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
        story += [*head(form, width), *flow(form.body, width)]
    return story
