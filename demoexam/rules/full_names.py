"""Full names: parts told apart in any order, case, look-alikes and initials (domain.md 5.1)."""

import re
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from demoexam.rules.given_names import GIVEN_NAMES
from demoexam.rules.identity import clean, cyrillic, fold_key
from demoexam.rules.records import record
from demoexam.text import full_name

LONGEST_PART: Final = 100
_PATRONYMIC: Final = re.compile(r"[а-яё-]+(?:вич|вна|чна|ьич|мич|кич|тич)", re.IGNORECASE)
_CHILD_OF: Final = frozenset(
    {"кызы", "оглы", "углы", "улы", "кизи", "гызы", "оглу", "уулу", "угли", "гизи"}
)
_FORMER_NAME: Final = re.compile(r"^([^\W\d_]+(?:-[^\W\d_]+)?)\s*\([^()\d]{2,40}\)(?=\s+[^\W\d_])")
_NO_PATRONYMIC: Final = frozenset(
    {"нет", "отсутствует", "б/о", "без отчества", "не имеет", "нет отчества"}
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_INITIALS: Final = re.compile(r"\b([^\W\d_])\.\s?(?:-?([^\W\d_])\.)?")
_GLUED_INITIALS: Final = re.compile(r"[А-ЯЁ]{2}")
_FORMULA: Final = re.compile(r"[=@+|\t]")
_MARKUP: Final = re.compile(r"[<>{}%\\]")
_NOBODY: Final = re.compile(
    r"ваканси|вакантн|назнач|уточня|согласован|отсутству|неизвестн|\bнет\b|\bитого\b|\bвсего\b"
    r"|примечан|\bэксперт|\bколледж|\bтехникум|\bруководител|\bдиректор|\bобразец|\bфио\b",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?: [А-ЯЁ][а-яё]+){2}")
_FULL_LENGTH: Final = 3


@record
class FullName:
    """Last, first and middle name; a first name of one letter and a dot is an initial."""

    last: str
    first: str = ""
    middle: str = ""

    @cached_property
    def key(self) -> str:
        return fold_key(f"{self.last} {self.first} {self.middle}")

    @property
    def initials_key(self) -> str:
        """Last name and first letters: what a name and its short form have in common."""
        return f"{fold_key(self.last)} {_folded_letters(self.first[:1], self.middle[:1])}".strip()

    @property
    def is_short(self) -> bool:
        """Only initials are known."""
        return self.first.endswith(".")

    def __str__(self) -> str:
        return full_name(self.last, self.first, self.middle)


@lru_cache(maxsize=4096)
def _folded_letters(first: str, middle: str) -> str:
    return fold_key(f"{first} {middle}")


class NameReading(NamedTuple):
    """`problem` is empty, `name_incomplete` (the name is kept), or why there is no name."""

    name: FullName | None = None
    problem: str = ""


@lru_cache(maxsize=4096)
def is_patronymic(word: str) -> bool:
    return bool(_PATRONYMIC.fullmatch(word)) and fold_key(word) not in GIVEN_NAMES


@lru_cache(maxsize=4096)
def is_given_name(word: str) -> bool:
    return fold_key(word) in GIVEN_NAMES


def proper_case(word: str) -> str:
    """Ordinary case for a word typed in one case; a mixed one (МакКей) is kept."""
    if word.lower() in _CHILD_OF:
        return word.lower()
    if word.isupper() or word.islower():
        return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    return word


def read_plain_name(text: str) -> FullName | None:
    """A name of three whole words and nothing else, as most are written; None for any other."""
    if _PLAIN.fullmatch(text):
        words = text.split(" ")
        if not any(map(_is_no_name, words)):
            return _in_order(words)
    return None


def read_full_name(text: str) -> NameReading:
    """A name from one cell: «Иванов И. И.», «Любовь Олеговна Черных», «ИВАНОВ ИВАН»."""
    if plain := read_plain_name(text):
        return NameReading(plain)
    cleaned = clean(text)
    if "(" in cleaned or "*" in cleaned:
        cleaned = _FORMER_NAME.sub(r"\1", cleaned.strip("* "))
    if problem := _name_problem(text, cleaned):
        return NameReading(problem=problem)
    typed = [cyrillic(word) for word in cleaned.replace(",", " ").split()]
    words = [proper_case(word) for word in typed]
    if short := _with_glued_initials(typed) or _with_initials(" ".join(words)):
        return NameReading(short, "name_incomplete")
    if not words or len(words) > _FULL_LENGTH + 2 or not all(map(_WORD.fullmatch, words)):
        return NameReading(problem="no_name")
    name = _in_order(words)
    if not name.first:
        return NameReading(name, "name_incomplete")
    return NameReading(name)


def read_name_parts(last: str, first: str, middle: str) -> NameReading:
    """A name from three columns; parts written into one of them are told apart."""
    parts = [clean(part).strip("-–— ") for part in (last, first, middle)]
    if "(" in parts[0]:
        parts[0] = _FORMER_NAME.sub(r"\1", f"{parts[0]} {parts[1]}").removesuffix(f" {parts[1]}")
    if parts[2].lower() in _NO_PATRONYMIC:
        parts[2] = ""
    if parts[0] and " " in parts[1] and not parts[2]:
        _, _, parts[2] = parts[1].partition(" ")
        parts[1] = parts[1].partition(" ")[0]
    if found := _INITIALS.fullmatch(" ".join(parts[1:]).strip()):
        parts[1:] = [_dotted(found[1]), _dotted(found[2])]
    if parts[0] and not parts[1] and not parts[2]:
        return read_full_name(last)
    joined = " ".join(part for part in parts if part)
    if problem := _name_problem(joined, joined):
        return NameReading(problem=problem)
    fixed = [" ".join(proper_case(cyrillic(w)) for w in part.split()) for part in parts]
    if not all(_WORD.fullmatch(word) for part in fixed for word in part.split()):
        return NameReading(problem="no_name")
    name = FullName(*fixed)
    if _is_initial(name.first):
        name = FullName(name.last, f"{name.first[0]}.", f"{name.middle[0]}." if name.middle else "")
    return NameReading(name, "" if name.last and name.first and not name.is_short else _LACKS)


_LACKS: Final = "name_incomplete"


def _is_initial(part: str) -> bool:
    return len(part.rstrip(".")) == 1


def _name_problem(raw: str, cleaned: str) -> str:
    if not cleaned.strip("-–—… .?") or _NOBODY.search(cleaned):
        return "no_name"
    if _FORMULA.match(raw.strip(" \r\n")) or _FORMULA.match(cleaned):
        return "formula_injection"
    if any(len(word) > LONGEST_PART for word in cleaned.split()):
        return "too_long"
    if _MARKUP.search(cleaned) or any(letter.isdigit() for letter in cleaned):
        return "no_name"
    return ""


@lru_cache(maxsize=4096)
def _is_no_name(word: str) -> bool:
    return len(word) > LONGEST_PART or bool(_NOBODY.search(word))


def _with_initials(text: str) -> FullName | None:
    """«Иванов И. И.» or «И. И. Иванов»; None when the name is written out."""
    found = _INITIALS.search(text)
    rest = f"{text[: found.start()]} {text[found.end() :]}".split() if found else []
    if not found or not rest or not all(_WORD.fullmatch(word) for word in rest):
        return None
    return FullName(" ".join(rest), _dotted(found[1]), _dotted(found[2]))


def _with_glued_initials(words: list[str]) -> FullName | None:
    """«Иванов ИИ»."""
    two_words = len(words) == 2  # noqa: PLR2004 -- a name and its initials
    if not two_words or words[0].isupper() or not _GLUED_INITIALS.fullmatch(words[1]):
        return None
    return FullName(proper_case(words[0]), _dotted(words[1][0]), _dotted(words[1][1]))


def _dotted(letter: str | None) -> str:
    return f"{letter.upper()}." if letter else ""


def _in_order(words: list[str]) -> FullName:
    """Last, first, middle; another order shows in the patronymic or in a known given name."""
    if len(words) > _FULL_LENGTH and words[-1].lower() in _CHILD_OF:
        return FullName(" ".join(words[:-3]), words[-3], " ".join(words[-2:]))
    if len(words) == 1:
        return FullName(words[0])
    if len(words) == 2:  # noqa: PLR2004 -- no patronymic
        last, first = words
        if is_given_name(last) and not is_given_name(first):
            last, first = first, last
        return FullName(last, first)
    if is_patronymic(words[1]) and (not is_patronymic(words[2]) or is_given_name(words[0])):
        return FullName(" ".join(words[2:]), words[0], words[1])
    return FullName(" ".join(words[:-2]), words[-2], words[-1])
