"""The specialties that exist: their codes, and the code of one that is called by its title."""

import re
from functools import cached_property
from typing import Final

from demoexam.rules.identity import fold_key

_CALLED: Final = re.compile(r"^(?:по )?(?:специальност\w*|професси\w*)(?: спо)? ")
_SHORTEST: Final = 5


class Specialties(dict[str, str]):
    """Titles by codes; of two with one title the later one is meant."""

    @cached_property
    def _by_title(self) -> dict[str, str]:
        return {fold_key(title): code for code, title in self.items()}

    def titled(self, text: str) -> str:
        """The code of the specialty whose title the text is, or begins with; empty if none."""
        if len(text) < _SHORTEST or not any(letter.isalpha() for letter in text):
            return ""
        key = _CALLED.sub("", fold_key(text))
        if key in self._by_title:
            return self._by_title[key]
        fitting = (title for title in self._by_title if key.startswith(f"{title} "))
        return self._by_title.get(max(fitting, key=len, default=""), "")
