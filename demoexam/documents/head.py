"""What stands above a paper's text: the college, approvals, the kind, title, date and number."""

from dataclasses import replace
from functools import lru_cache

from reportlab.lib.units import mm

from demoexam.documents.college_head import college_head
from demoexam.documents.form import Approval, Form, Letterhead
from demoexam.documents.setting import set_text
from demoexam.documents.slab import Ruled, Slab, gap, overlaid, slab_of, stacked, words_of
from demoexam.documents.styles import (
    CAPTION,
    EDGE,
    KIND,
    LABEL,
    NAME,
    ORDER_TITLE,
    POST,
    TITLE,
)
from demoexam.text import NBSP, long_date

UNDATED = f"«____»{NBSP}_______________{NBSP}20___{NBSP}г."
APPROVED = f"«____»{NBSP}______________{NBSP}20___{NBSP}г."
APPROVAL, SIGN, GAP, NAME_WIDTH = 78 * mm, 30 * mm, 3 * mm, 44 * mm
ORDER_WIDTH = 0.55  # of the line: the title of an order stands left


def head(form: Form, width: float) -> Slab:
    """An order has its date above its title, every other paper below."""
    start = _letterhead(form.letterhead, tuple(form.approvals), width)
    title = _title(form.kind, form.title, width, order=form.order)
    edge = _edge(form, width)
    if form.order:
        kind, words = title
        parts = [start, kind, gap(4 * mm), edge, gap(4 * mm), words, gap(4 * mm)]
    else:
        parts = [start, *title, gap(3 * mm), edge, gap(2 * mm)]
    return stacked(parts)


@lru_cache(maxsize=64)
def _letterhead(college: Letterhead, approvals: tuple[Approval, ...], width: float) -> Slab:
    plan = college_head(college, width)
    room = width - 2 * plan.indent
    said = [slab_of(set_text(text, look, room), plan.indent) for text, look in plan.lines]
    top = Slab(plan.above, pictures=[plan.picture] if plan.picture else [])
    rule = Slab(3 * mm, rules=[Ruled(0, 0, width, 0, 1)])
    lines = [top, *said, gap(plan.below + 1.5 * mm), rule]
    return stacked([*lines, *_approvals(approvals, width)])


def _approvals(approvals: tuple[Approval, ...], width: float) -> list[Slab]:
    """The last stands right; of two the first stands left."""
    if not approvals:
        return []
    placed = [(_approval(approvals[0]), 0.0, 0.0)] if len(approvals) > 1 else []
    placed.append((_approval(approvals[-1]), width - APPROVAL, 0.0))
    return [overlaid(placed), gap(4 * mm)]


def _approval(approval: Approval) -> Slab:
    above = stacked(slab_of(set_text(t, POST, APPROVAL)) for t in (approval.word, approval.post))
    return stacked([above, gap(6 * mm), _signed(approval.name)])


def _signed(name: str) -> Slab:
    who, left = set_text(name, NAME, NAME_WIDTH), SIGN + GAP
    tall = who.height + 1.5
    words = [
        *words_of(who, left),
        *words_of(set_text("(подпись)", CAPTION, SIGN), 0, tall),
        *words_of(set_text("(И. О. Фамилия)", CAPTION, NAME_WIDTH), left, tall),
        *words_of(set_text(APPROVED, LABEL, APPROVAL), 0, tall + CAPTION.leading + 1 * mm),
    ]
    rules = [Ruled(0, tall, SIGN, tall), Ruled(left, tall, left + NAME_WIDTH, tall)]
    return Slab(tall + CAPTION.leading + 1 * mm + LABEL.leading, words, rules)


@lru_cache(maxsize=256)
def _title(kind: str, title: str, width: float, *, order: bool) -> tuple[Slab, Slab]:
    look, room = (ORDER_TITLE, width * ORDER_WIDTH) if order else (TITLE, width)
    space = 0 if order else 1 * mm
    over = slab_of(set_text(kind, KIND, width))
    return replace(over, height=over.height + space), slab_of(set_text(title, look, room))


def _edge(form: Form, width: float) -> Slab:
    day = long_date(form.day) if form.day else UNDATED
    texts = (day, form.letterhead.city, f"№ {form.number}")
    third = width / 3
    placed = [
        (slab_of(set_text(text, style, third)), at * third, 0.0)
        for at, (text, style) in enumerate(zip(texts, EDGE.values(), strict=True))
    ]
    return stacked([overlaid(placed), gap(2)])
