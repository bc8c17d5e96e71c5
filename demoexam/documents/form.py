"""A paper as a value: whose it is, what it is called, what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from demoexam.documents.blocks import Block


@dataclass(frozen=True)
class Letterhead:
    """The college above every paper; an empty line is left out."""

    name: str  # «Верхнереченский колледж информационных технологий», with its quotes
    founder: str = ""
    legal_form: str = ""
    short: str = ""
    city: str = ""


@dataclass(frozen=True)
class Approval:
    """A block above the title: «УТВЕРЖДАЮ», whose post, room to sign, whose name, a date."""

    word: str
    post: str
    name: str = ""  # «И. О. Фамилия»; empty leaves the line for handwriting


@dataclass(frozen=True)
class Form:
    code: str  # 3.9
    kind: str  # ПРОТОКОЛ
    title: str
    number: str  # ASCII: a QR code with Cyrillic is not read everywhere
    day: date | None  # None leaves the date for handwriting
    letterhead: Letterhead
    body: Sequence[Block]
    wide: bool = False
    archive: bool = False  # kept for years: 30 mm for the binding
    chapter: str = ""  # papers of one chapter share a bookmark in a package
    draft: bool = False  # the plan is not sound yet: every page says so
    approvals: Sequence[Approval] = ()  # at most two: the first stands left, the last right
    order: bool = False  # an order: date, city and number above its title, which stands left

    @property
    def caption(self) -> str:
        """Протокол проведения демонстрационного экзамена: for footers and bookmarks."""
        title = self.title.replace("\n", " ")
        return f"{self.kind.capitalize()} {title[:1].lower()}{title[1:]}"

    @property
    def content_hash(self) -> str:
        """Tells whether what was printed has changed since."""
        return sha256(repr(self).encode()).hexdigest()
