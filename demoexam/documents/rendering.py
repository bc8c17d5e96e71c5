"""Forms become PDF bytes: equal forms give equal bytes."""

from collections import deque
from collections.abc import Iterable, Iterator, Sized
from itertools import islice

from demoexam.documents.canvas import PaperCanvas
from demoexam.documents.flow import flow
from demoexam.documents.form import Form
from demoexam.documents.head import head
from demoexam.documents.page import Sheet, margins
from demoexam.documents.pages import Pages, Placed, place
from demoexam.documents.typo import typo
from demoexam.progress import Progress


def render(form: Form) -> bytes:
    """One paper."""
    return render_package([form], title=f"{form.caption} № {form.number}")


def render_package(forms: Iterable[Form], *, title: str, progress: Progress | None = None) -> bytes:
    """Many papers as one file: each keeps its own page numbers and gets a bookmark.

    `forms` may make each paper as it is asked for: none is held longer than it is printed.
    `progress` stops the work between two papers.
    """
    canvas: PaperCanvas | None = None
    count = len(forms) if isinstance(forms, Sized) else 0
    chapter = ""
    for at, (form, alone) in enumerate(_told_alone(forms)):
        if canvas is None:
            canvas = _canvas(form, title)
        if progress:
            progress.check()
        if not alone:
            chapter = _bookmarked(canvas, form, at, chapter)
        _print(canvas, form)
        if progress and count:
            progress.tell(at + 1, count)
    if canvas is None:
        raise ValueError("a package of no forms")
    return canvas.finished()


def laid_out(form: Form) -> list[list[Placed]]:
    """The pages of a paper, and what stands on each."""
    sheet = Sheet(form.wide, form.archive)
    pages = Pages(sheet.text_width, sheet.text_height)
    pages.put(head(form, sheet.text_width))
    place(flow(form.body, sheet.text_width), pages)
    return pages.taken()


def _told_alone(forms: Iterable[Form]) -> Iterator[tuple[Form, bool]]:
    """Each form, and whether it is the only one."""
    rest = iter(forms)
    held = deque(islice(rest, 2))
    alone = len(held) == 1
    while held:
        yield held.popleft(), alone
    for form in rest:
        yield form, alone


def _canvas(form: Form, title: str) -> PaperCanvas:
    canvas = PaperCanvas(lang="ru-RU")
    canvas.setTitle(typo(title))
    canvas.setAuthor(form.letterhead.short or form.letterhead.name)
    canvas.setSubject("")
    canvas.setCreator("ДЭ-Координатор")
    return canvas


def _print(canvas: PaperCanvas, form: Form) -> None:
    sheet = Sheet(form.wide, form.archive)
    pages = laid_out(form)
    height = sheet.size[1]
    for number, page in enumerate(pages, start=1):
        for slab, y in page:
            canvas.draw(slab, sheet.left, height - sheet.top - y)
        for slab, x, y in margins(form, number, len(pages)):
            canvas.draw(slab, x, height - y)
        canvas.finish_page(sheet.size)


def _bookmarked(canvas: PaperCanvas, form: Form, at: int, before: str) -> str:
    """The form under its chapter, which is named where it begins; returns the chapter."""
    canvas.setPageSize(Sheet(form.wide, form.archive).size)
    if form.chapter and form.chapter != before:
        canvas.bookmark(typo(form.chapter), f"chapter-{at}", 0)  # one key holds one title
    title = f"{form.code}  {typo(form.caption)}"
    canvas.bookmark(title, f"form-{at}", 1 if form.chapter else 0)
    return form.chapter
