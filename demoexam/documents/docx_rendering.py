"""Forms become a Word file to be edited; its text is that of the print, its look nearly so."""

from collections.abc import Iterable

from docx.oxml.ns import qn

from demoexam.documents.docx_blocks import body_elements
from demoexam.documents.docx_file import new_document, saved
from demoexam.documents.docx_head import head_elements
from demoexam.documents.docx_page import PAGES_OF_FILE, PAGES_OF_SECTION, PagesOf, section
from demoexam.documents.docx_xml import clean, spacer
from demoexam.documents.form import Form
from demoexam.documents.page import Sheet
from demoexam.documents.rendering import laid_out
from demoexam.progress import Progress


def render_docx(form: Form) -> bytes:
    """One paper."""
    return render_docx_package([form], title=f"{form.caption} № {form.number}")


def render_docx_package(
    forms: Iterable[Form], *, title: str, progress: Progress | None = None
) -> bytes:
    """Many papers as one file: each is a section with its own sheet and page numbers.

    Word counts the pages anew; until it has, the numbers of the print are shown.
    """
    rest = iter(forms)
    form, after = next(rest, None), next(rest, None)
    if form is None:
        raise ValueError("a package of no forms")
    counting = PAGES_OF_SECTION if after else PAGES_OF_FILE
    college, at = form.letterhead, 0
    document = new_document(clean(title), clean(college.short or college.name))
    body = document.element.body
    while form is not None:
        if progress:
            progress.check()
        width = Sheet(form.wide, form.archive).text_width
        body.extend([*head_elements(form, width, document.part), *body_elements(form.body, width)])
        ending = section(document, form, PagesOf(counting, len(laid_out(form))), at)
        body.extend([spacer(1, section=ending)] if after else [spacer(1), ending])
        form, after, at = after, next(rest, None), at + 1
    for number, drawing in enumerate(body.iter(qn("wp:docPr")), start=1):
        drawing.set("id", str(number))
    return saved(document)
