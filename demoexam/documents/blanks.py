"""Texts with {named} blanks: known names are replaced, and nothing else is a language here."""

import re
from collections.abc import Collection, Mapping

TOLD = 8  # names of blanks worth repeating in a sentence
_MARK = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_LITERAL = {"{{": "{", "}}": "}"}


class BrokenBlank(ValueError):
    """A text whose blanks cannot be filled; its message says why."""


def filled(text: str, facts: Mapping[str, str]) -> str:
    """`text` with each {name} replaced by its fact; {{ and }} are plain braces.

    What a fact holds is never read again, so a brace in it stays a brace. Raises BrokenBlank.
    """
    if "{" not in text and "}" not in text:
        return text
    return _MARK.sub(lambda found: _replaced(found, facts), text)


def unfilled(text: str) -> str:
    """`text` with … for each blank: how a list calls a form of no exam."""
    return _MARK.sub(lambda found: _LITERAL.get(found[0], "…"), text)


def blanks(text: str) -> list[str]:
    """The names a text asks for, in its order; what is no name is left out."""
    return [name for name in _MARK.findall(text) if name.isidentifier()]


def blank_faults(text: str, known: Collection[str]) -> list[str]:
    """What keeps a text from being filled with the names of `known`: sentences, each once."""
    told = [_fault(found, known) for found in _MARK.finditer(text)]
    return list(dict.fromkeys(sentence for sentence in told if sentence))


def _replaced(found: re.Match[str], facts: Mapping[str, str]) -> str:
    if fault := _fault(found, facts):
        raise BrokenBlank(fault)
    return _LITERAL.get(found[0]) or facts[found[1]]


def _fault(found: re.Match[str], known: Collection[str]) -> str:
    mark, name = found[0], found[1]
    if mark in _LITERAL or name in known:
        return ""
    if mark in {"{", "}"}:
        pair = "закрывающей" if mark == "{" else "открывающей"
        return f"у скобки «{mark}» нет {pair} пары; обычную скобку пишут дважды: «{mark * 2}»"
    if not name:
        return "в скобках «{}» нет имени поля"
    if not name.isidentifier():
        return f"«{{{_brief(name)}}}» — не имя поля: в скобках пишут только имя, например {{shift}}"
    return f"поля {{{_brief(name)}}} нет; {_names(known)}"


def _names(known: Collection[str]) -> str:
    if not known:
        return "в этом бланке полей нет"
    names = ", ".join(sorted(known)[:TOLD])
    return f"есть: {names}{' и другие' if len(known) > TOLD else ''}"


def _brief(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:40]}…"  # noqa: PLR2004 -- letters in a sentence
