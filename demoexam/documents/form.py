"""A paper as a value: whose it is, what it is called, what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256

from demoexam.documents.blanks import blanks, filled
from demoexam.documents.blocks import Block
from demoexam.documents.typo import typo

LINES = ("{founder}", "{legal_form}", "{name}", "({short})")
FOOTER = "№ {number}   ·   форма ДЭ-{code}   ·   {title}"
LINE_BLANKS = ("founder", "legal_form", "name", "short", "city")
FOOTER_BLANKS = ("number", "code", "title")


@dataclass(frozen=True)
class Letterhead:
    """The college above every paper; an empty line is left out."""

    name: str  # «Верхнереченский колледж информационных технологий», with its quotes
    founder: str = ""
    legal_form: str = ""
    short: str = ""
    city: str = ""
    lines: tuple[str, str, str, str] = field(default=LINES, repr=False)  # the third is bold
    footer: str = field(default=FOOTER, repr=False)
    logo: bytes = field(default=b"", repr=False)  # a PNG

    @property
    def said_lines(self) -> list[str]:
        """The lines as they are printed; one whose blanks are all empty is left out."""
        facts = {name: getattr(self, name) for name in LINE_BLANKS}
        return [
            filled(line, facts) if any(facts[name] for name in asked) or not asked else ""
            for line, asked in ((line, blanks(line)) for line in self.lines)
        ]

    @property
    def own_look(self) -> str:
        """What the college words and draws itself; empty with the program's own head."""
        if (self.lines, self.footer, self.logo) == (LINES, FOOTER, b""):
            return ""
        return repr((self.lines, self.footer, _digest(self.logo)))


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
        return sha256(f"{self!r}{self.letterhead.own_look}".encode()).hexdigest()

    @property
    def footer(self) -> str:
        """Which paper it is, at the foot of each sheet."""
        facts = {"number": self.number, "code": self.code, "title": self.caption}
        return typo(filled(self.letterhead.footer, facts))


@lru_cache(maxsize=8)
def _digest(logo: bytes) -> str:
    return sha256(logo).hexdigest()
