"""The head and foot of the college's papers: its logo, its lines, what stands below each sheet."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from demoexam.documents.form import (
    FOOTER,
    FOOTER_BLANKS,
    LINE_BLANKS,
    LINES,
    Letterhead,
)
from demoexam.documents.logo import MOST_BYTES, sound_logo
from demoexam.documents.wording import letter_fault, wording_fault
from demoexam.errors import Refused
from demoexam.models.organizations import Organization
from demoexam.services.college.setting_rows import put_setting_row, setting_values
from demoexam.store.store import own_college

LOGO, FOOT = "college_logo", "paper_footer"
DATA_URL = "data:image/png;base64,"  # the stored text tells of itself that it is a picture
LONGEST_URL = len(DATA_URL) + (MOST_BYTES + 2) // 3 * 4


@dataclass(frozen=True)
class Wording:
    """A text that the college may word; `blanks` are the names it may ask for."""

    usual: str
    blanks: tuple[str, ...]


HEAD = ("head_founder", "head_legal_form", "head_name", "head_short")  # as they stand on paper
WORDINGS: Mapping[str, Wording] = {
    **{key: Wording(usual, LINE_BLANKS) for key, usual in zip(HEAD, LINES, strict=True)},
    FOOT: Wording(FOOTER, FOOTER_BLANKS),
}


def letterhead(college: Organization) -> Letterhead:
    """The college above a paper: its legal form over its name in quotes, its short name below."""
    form, name = _split_name(college.full_name or college.short_name, college.legal_form)
    city = college.city
    return Letterhead(
        name=name,
        founder=college.founder,
        legal_form=form,
        short=college.short_name if _bare(college.short_name) != _bare(name) else "",
        city=f"г. {city}" if city and "." not in city else city,
    )


def letterhead_of(session: Session, college: Organization) -> Letterhead:
    """The own college's in its own look; another one that shares the store has the usual look."""
    own = own_college(session)
    plain = letterhead(college)
    return dressed(session, plain) if own in {"", college.id} else plain


def dressed(session: Session, plain: Letterhead) -> Letterhead:
    """With the logo, lines and footer that the college chose."""
    kept = setting_values(session, [LOGO, *WORDINGS])
    said = {key: _in_force(key, kept.get(key)) for key in WORDINGS}
    first, second, third, fourth = (said[key] for key in HEAD)
    lines = (first, second, third, fourth)
    return replace(plain, lines=lines, footer=said[FOOT], logo=_stored_logo(kept.get(LOGO)))


def wordings(session: Session) -> dict[str, str]:
    """Key of `WORDINGS` -> the text in force; what cannot be printed is passed over."""
    kept = setting_values(session, [*WORDINGS])
    return {key: _in_force(key, kept.get(key)) for key in WORDINGS}


def change_wording(session: Session, *, key: str, value: str) -> None:
    """Word a line of the head, or the footer; an empty one is left out of the papers."""
    if key not in WORDINGS:
        raise Refused(f"Надписи «{key}» нет.", "Проверьте имя настройки.")
    words = value.strip()
    if fault := wording_fault(words, WORDINGS[key].blanks) or letter_fault(words):
        advice = f"Так печатает программа: {WORDINGS[key].usual}"
        raise Refused(f"Так напечатать нельзя: {fault}.", advice)
    put_setting_row(session, key=key, value=words)


def restore_wordings(session: Session) -> None:
    """Take the program's own words again."""
    for key, text in wordings(session).items():
        if text != WORDINGS[key].usual:
            put_setting_row(session, key=key, value=WORDINGS[key].usual)


def college_logo(session: Session) -> bytes:
    """The logo as a PNG; empty when there is none, or none that can be printed."""
    return _stored_logo(setting_values(session, [LOGO]).get(LOGO))


def change_logo(session: Session, *, value: bytes) -> None:
    """Print this PNG above the papers; an empty one takes the logo away."""
    logo = sound_logo(value)
    if value and logo is None:
        raise Refused("Такой логотип напечатать нельзя.", "Выберите другую картинку PNG или JPEG.")
    text = f"{DATA_URL}{b64encode(logo.png).decode('ascii')}" if logo else ""
    put_setting_row(session, key=LOGO, value=text)


def _in_force(key: str, kept: Any) -> str:
    """Another computer, or another version, may have stored anything."""
    wording = WORDINGS[key]
    if isinstance(kept, str) and not wording_fault(kept, wording.blanks):
        return kept
    return wording.usual


def _stored_logo(kept: Any) -> bytes:
    return _decoded(kept) if isinstance(kept, str) and len(kept) <= LONGEST_URL else b""


@lru_cache(maxsize=4)
def _decoded(text: str) -> bytes:
    """The same bytes for every paper of a package."""
    if not text.startswith(DATA_URL):
        return b""
    try:
        logo = sound_logo(b64decode(text.removeprefix(DATA_URL), validate=True))
    except (binascii.Error, ValueError):
        return b""
    return logo.png if logo else b""


def _split_name(full: str, legal_form: str) -> tuple[str, str]:
    """Legal form and name; an abbreviated form (ГБПОУ) belongs into the short name only."""
    before, quote, rest = full.partition("«")
    if before.strip() and quote:
        return before.strip(), f"«{rest}"
    return "" if legal_form.isupper() else legal_form, full


def _bare(name: str) -> str:
    """A name without its quotes, which the full one has and the short one may lack."""
    return name.translate(dict.fromkeys(map(ord, '«»„“"')))
