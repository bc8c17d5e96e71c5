"""Cells that tell more than a name: a place of work, a post or a telephone beside it."""

import re
from typing import Final

from demoexam.rules.full_names import is_given_name, is_patronymic, read_full_name

_ASIDE: Final = re.compile(r"([^\d,;(\n]+?)\s*(?:[,;\n(]|\s[-–—]\s)\s*(.*\w.*)", re.DOTALL)
_MARKS: Final = re.compile(r"[,;(\n]|\s[-–—]\s")


def split_person(text: str) -> tuple[str, str]:
    """«Иванов И. И. (ООО «Завод»)» as the name and what is said beside it."""
    if not _MARKS.search(text):
        return text, ""
    found = _ASIDE.fullmatch(text.strip())
    if found is None or not _is_whole_name(found[1]):
        return text, ""
    aside = found[2].strip(" ,;")
    if aside.endswith(")") and aside.count(")") > aside.count("("):
        aside = aside[:-1]
    return found[1], aside


def _is_whole_name(text: str) -> bool:
    """A last name with something more that only names have."""
    words = text.split()
    name = read_full_name(text).name if len(words) > 1 else None
    if name is None or not name.first:
        return False
    return name.is_short or any(is_patronymic(word) or is_given_name(word) for word in words)
