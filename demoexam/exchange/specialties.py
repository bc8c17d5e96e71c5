"""The specialties that exist: their codes, and the code of one that is called by its title."""

import re
from collections import Counter
from functools import cached_property
from typing import Final

from demoexam.rules.identity import fold_key, one_slip

_CALLED: Final = re.compile(r"^(?:по )?(?:специальност\w*|професси\w*)(?: спо)? ")
_ASIDE: Final = re.compile(r"\([^()]*\)?")
_SHORTEST: Final = 5
_SHORTEST_WORD: Final = 4  # of one that may be cut short or have a slip
_FORMER: Final = {  # titles of the years before
    "техническое обслуживание и ремонт двигателей систем и агрегатов автомобилей": "23.02.07",
}


class Specialties(dict[str, str]):
    """Titles by codes; of two with one title the later one is meant."""

    @cached_property
    def _by_title(self) -> dict[str, str]:
        titles = {title: code for title, code in _FORMER.items() if code in self}
        return titles | {fold_key(title): code for code, title in self.items()}

    @cached_property
    def _by_main_words(self) -> dict[str, str]:
        """Titles without «(по отраслям)», those that only one specialty has."""
        bare = {code: fold_key(_ASIDE.sub("", title)) for code, title in self.items()}
        uses = Counter(bare.values())
        return {title: code for code, title in bare.items() if title and uses[title] == 1}

    @cached_property
    def _told(self) -> dict[str, str]:
        return {}

    def titled(self, text: str) -> str:
        """The code of the specialty whose title the text is, or begins with; empty if none.

        A title may be cut short, lack what stands in brackets or have a slip in a word.
        """
        if len(text) < _SHORTEST or not any(letter.isalpha() for letter in text):
            return ""
        if text not in self._told:
            self._told[text] = self._find(text)
        return self._told[text]

    def _find(self, text: str) -> str:
        key = _CALLED.sub("", fold_key(text))
        if key in self._by_title:
            return self._by_title[key]
        fitting = (title for title in self._by_title if key.startswith(f"{title} "))
        if longest := max(fitting, key=len, default=""):
            return self._by_title[longest]
        bare = _CALLED.sub("", fold_key(_ASIDE.sub("", text)))
        if bare in self._by_main_words:
            return self._by_main_words[bare]
        titles = self._by_title | self._by_main_words
        near = {code for title, code in titles.items() if _is_near(key.split(), title.split())}
        return near.pop() if len(near) == 1 else ""


def _is_near(words: list[str], title: list[str]) -> bool:
    """Whether each word is that of the title, or its beginning, or has one slip."""
    if len(words) != len(title) or len(words) < 2:  # noqa: PLR2004 -- one word may be anything
        return False
    return all(
        word == other
        or (len(word) >= _SHORTEST_WORD and (other.startswith(word) or one_slip(word, other)))
        for word, other in zip(words, title, strict=True)
    )
