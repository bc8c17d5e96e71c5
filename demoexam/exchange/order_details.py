"""What an order tells beside a name: parts of a sentence, a post and the organization after it."""

import re
from collections.abc import Iterator
from typing import Final

from demoexam.exchange.legal_forms import LONG_FORMS, SHORT_FORM
from demoexam.rules.identity import clean
from demoexam.text import fold

_SPLIT: Final = re.compile(r"\s*[,;|\t()\n]\s*|\s+[-–—]\s+|(?<=[^\s\d])[–—](?=[^\s\d])")
QUOTED: Final = re.compile(r"«(?:[^«»]|«[^«»]*»)*»?|\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]")
FORM: Final = re.compile(rf"(?<![\w-])(?:{SHORT_FORM})(?=[\s«\"“„(]|$)")
_CONTACT_WORDS: Final = re.compile(
    r"^(?:моб\.?|сот\.?|тел(?:\.|ефон)?|e-?mail|эл\.?\s*почта|почта)[\s.:]*$", re.IGNORECASE
)
_PLACE: Final = re.compile(r"^(?:г\.|город\s|обл|респ|ул\.|д\.|пос)", re.IGNORECASE)
_DECLINED: Final = (
    (re.compile(r"\b(\w+н|краев)ого(?=\s)", re.IGNORECASE), r"\1ое"),
    (re.compile(r"\bучреждения\b", re.IGNORECASE), "учреждение"),
    (re.compile(r"\bобщества\b", re.IGNORECASE), "общество"),
    (re.compile(r"\bпредприятия\b", re.IGNORECASE), "предприятие"),
    (
        re.compile(r"\bиндивидуального предпринимателя\b", re.IGNORECASE),
        "индивидуальный предприниматель",
    ),
)
_LAST_DOT: Final = re.compile(r"(?<![А-ЯЁ])[. ]+$")


def parts_of(text: str) -> Iterator[str]:
    """The text parted at commas, dashes and brackets that stand outside of quotation marks."""
    quoted = list(QUOTED.finditer(text))
    start = 0
    for found in _SPLIT.finditer(text):
        if any(each.start() < found.start() < each.end() for each in quoted):
            continue
        yield from _worth(text[start : found.start()])
        start = found.end()
    yield from _worth(text[start:])


def _worth(part: str) -> Iterator[str]:
    said = _LAST_DOT.sub("", clean(part).strip(" ;,–—-")).lstrip(" .")
    if said and not _CONTACT_WORDS.match(said) and not _PLACE.match(said):
        yield said


def post_and_place(part: str) -> tuple[str, str]:
    """«методист ГБПОУ «…»»: what stands before the organization, and the organization."""
    if found := FORM.search(part):
        return part[: found.start()].strip(" ,"), part[found.start() :]
    plain = part
    for declined, told in _DECLINED:
        plain = declined.sub(told, plain)
    folded = fold(plain)
    starts = [start for form in LONG_FORMS if (start := folded.find(form)) >= 0]
    if starts:
        return plain[: min(starts)].strip(" ,"), plain[min(starts) :]
    quoted = QUOTED.search(part)
    if quoted and not part[quoted.end() :].strip():
        return part[: quoted.start()].strip(" ,"), quoted[0]
    return part, ""
