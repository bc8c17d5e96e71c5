"""Names as orders decline them: «назначить Иванова Ивана Ивановича» is Иванов Иван Иванович."""

import re
from typing import Final

from demoexam.rules.full_names import is_given_name

_MAN: Final = re.compile(r"([А-ЯЁ][а-яё-]*(?:в|ь|м|к|т)ич)(?:а|у|ем|е)", re.IGNORECASE)
_WOMAN: Final = re.compile(r"([А-ЯЁ][а-яё-]*(?:в|ч)н)(?:у|ы|е|ой|ою)", re.IGNORECASE)
_MENS: Final = (  # ending of a man's last name -> what it is in the nominative; first that fits
    (re.compile(r"(?<=[оеё]в|[иы]н)(?:а|у|ым|е)$"), ""),
    (re.compile(r"(?<=[кгх])(?:ого|ому|им|ом)$"), "ий"),
    (re.compile(r"(?<=[внл])(?:ого|ому)$"), "ый"),
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?:а|у|ом|ем)$"), ""),
    (re.compile(r"(?<=[аеёиоуыэюя])(?:я|ю|ем)$"), "й"),
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?:я|ю|ем)$"), "ь"),
)
_WOMENS: Final = (
    (re.compile(r"(?<=[оеё]в|[иы]н)(?:у|ой|ою|ы)$"), "а"),
    (re.compile(r"(?<=[сц]к)(?:ую|ой|ою)$"), "ая"),
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?:у|ы)$"), "а"),
)
_MENS_FIRST: Final = (
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?:а|у|ом|ем|е)$"), ""),
    (re.compile(r"(?<=[аеёиоу])(?:я|ю|ем)$"), "й"),
)
_WOMENS_FIRST: Final = (
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?:у|ы|е|ой|ою)$"), "а"),
    (re.compile(r"(?<=[ьи])(?:ю|и|ей|ею)$"), "я"),
)
_SURELY_DECLINED: Final = re.compile(r"(?:у|ю|ым|им|ом|ем|ой|ою|ого|ому)$", re.IGNORECASE)
_ADJECTIVE: Final = re.compile(r"(?<=\w{3})(?:ого|его|ому|ему)$")
_NOUN: Final = re.compile(r"(?:([бвгджзкмнпрстфхцчшщ])[ау]|л[яю])$")
_NOMINATIVE: Final = ("", "й", "ь", "а", "я")
_IRREGULAR: Final = {"павла": "Павел", "павлу": "Павел", "павлом": "Павел", "льва": "Лев",
                     "льву": "Лев", "львом": "Лев"}  # fmt: skip
_LONGEST_ENDING: Final = 2


def nominative(last: str, first: str, middle: str) -> tuple[str, str, str] | None:
    """The three parts in the nominative; None when the patronymic is no declined one."""
    man, woman = _MAN.fullmatch(middle), _WOMAN.fullmatch(middle)
    if man:
        return _by_endings(last, _MENS), _first(first, _MENS_FIRST), man[1]
    if woman:
        return _by_endings(last, _WOMENS), _first(first, _WOMENS_FIRST), f"{woman[1]}а"
    return None


def nominative_lasts(last: str) -> list[str]:
    """What a last name in another case may be in the nominative; «Иванова» is taken as it is."""
    if not _SURELY_DECLINED.search(last):
        return []
    return [*dict.fromkeys(_by_endings(last, endings) for endings in (_MENS, _WOMENS))]


def nominative_post(post: str) -> str:
    """«главного инженера завода» is «главный инженер завода»: up to the first noun."""
    words = post.split(" ")
    for place, word in enumerate(words):
        adjective = _ADJECTIVE.search(word)
        if adjective is None:
            words[place] = "-".join(_NOUN.sub(_as_noun, part) for part in word.split("-"))
            break
        words[place] = word[: adjective.start()] + ("ий" if adjective[0][0] == "е" else "ый")
        if word.startswith("заведующ"):  # a noun in the shape of an adjective
            break
    return " ".join(words)


def _as_noun(found: re.Match[str]) -> str:
    return found[1] or "ль"


def _by_endings(last: str, endings: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """Each part of a double name; one that is not declined stays."""
    parts = []
    for part in last.split("-"):
        fitting = ((ending, own) for ending, own in endings if ending.search(part))
        ending, own = next(fitting, (None, ""))
        parts.append(ending.sub(own, part) if ending else part)
    return "-".join(parts)


def _first(first: str, endings: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """A given name that is known, else one that its ending suggests."""
    if is_given_name(first):
        return first
    if known := _IRREGULAR.get(first.lower()):
        return known
    stems = [first[: len(first) - cut] for cut in range(1, _LONGEST_ENDING + 1)]
    possible = (stem + ending for stem in stems for ending in _NOMINATIVE)
    known = next((name for name in possible if is_given_name(name)), "")
    return known or _by_endings(first, endings)
