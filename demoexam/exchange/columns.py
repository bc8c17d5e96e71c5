"""Which column of a table is which field: by its titles, confirmed or refuted by its cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from demoexam.exchange.column_terms import Term
from demoexam.exchange.content import ColumnSample
from demoexam.exchange.guesses import guessed, overruled, second_workplaces
from demoexam.exchange.headers import Title
from demoexam.exchange.titles import fields_titled, title_key, title_match
from demoexam.exchange.vocabulary import TERMS, Kind

_BY_CONTENT_ALONE: Final = 0.6
_CONTRADICTS: Final = 0.2
_ENOUGH: Final = 0.35
_PARENT: Final = 0.95  # a title of an upper storey tells a little less
_PARENT_OF_KNOWN: Final = 0.5
_KIT_WITH_LEVEL: Final = 1.0
_OVERRULED: Final = 0.7
_NEARLY_ALL: Final = 0.9
_PLAINLY: Final = 0.3
_SOFT: Final = frozenset({"text", "position", "role", "room", "certificate"})  # refute no title
_SURELY: Final = {"full_name": "whole_name"}  # stricter tests where no title speaks
_UNDER_A_TITLE: Final = {"phone": "dialled", "flag": "side"}  # a yes may be said to anything
_OURS: Final = re.compile(r"^(?:причина|причины отказа|что не так)$")  # added by rejected rows


@dataclass(frozen=True)
class Columns:
    """Each field its best column, each column one field; `score` is how well all fits."""

    of_field: dict[str, int] = field(default_factory=dict)
    more: dict[str, tuple[int, ...]] = field(default_factory=dict)
    score: float = 0.0


def match_columns(
    titles: Mapping[int, Title], samples: Sequence[ColumnSample], kind: Kind
) -> Columns:
    """The columns of a list of this kind, under these titles, with these cells."""
    offers = _offers(titles, samples, kind)
    of_field: dict[str, int] = {}
    more: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    total = 0.0
    for score, negative, term in offers:
        if -negative in taken or (term.field in of_field and not term.many):
            continue
        taken.add(-negative)
        if term.field in of_field:
            more[term.field] = (*more.get(term.field, ()), -negative)
        else:
            of_field[term.field] = -negative
            total += score * term.weight
    _in_order(of_field, more, {(each.field, -column): score for score, column, each in offers})
    _part_names(of_field, taken, samples)
    total += _complete(kind, titles, samples, of_field, more)
    return Columns(of_field, more, total)


def _in_order(
    of_field: dict[str, int],
    more: dict[str, tuple[int, ...]],
    scores: Mapping[tuple[str, int], float],
) -> None:
    """Of several columns the leftmost comes first, unless another is plainly better titled."""
    for name, others in more.items():
        best, *rest = of_field[name], *sorted(others)
        if scores[name, best] - scores[name, rest[0]] < _PLAINLY:
            best, *rest = sorted([best, *others])
        of_field[name], more[name] = best, tuple(rest)


def _complete(
    kind: Kind,
    titles: Mapping[int, Title],
    samples: Sequence[ColumnSample],
    of_field: dict[str, int],
    more: dict[str, tuple[int, ...]],
) -> float:
    """Add what the titles did not tell but the cells do; what that adds to the score."""
    alone = of_field.get("last_name", -1) if "first_name" not in of_field else -1
    if alone >= 0 and (_share(samples, alone, "short_names") or 0) < _BY_CONTENT_ALONE:
        del of_field["last_name"]  # words are no names of people
    taken = {*of_field.values(), *(i for others in more.values() for i in others)}
    keys = {column: title_key(title.own) for column, title in titles.items()}
    added = 0.0
    level = of_field.get("level", -1) if kind is Kind.SCHEDULE and "kit" not in of_field else -1
    if _passes(samples, level, "kit"):
        of_field["kit"] = level  # «КОД, уровень» in one column
        added += _KIT_WITH_LEVEL
    for name, column, score in guessed(kind, keys, samples, of_field, taken):
        of_field[name] = column
        added += score
    if kind is Kind.WORKSHOPS and "name" not in of_field and "center" in of_field:
        of_field["name"] = of_field.pop("center")  # the centre is all that the place is called
    if kind is Kind.ROSTER and (further := (*second_workplaces(samples, of_field, taken),)):
        more["organization"] = further
        if of_field.get("position") in further:
            del of_field["position"]
    return added


def _offers(
    titles: Mapping[int, Title], samples: Sequence[ColumnSample], kind: Kind
) -> list[tuple[float, int, Term]]:
    offers: list[tuple[float, int, Term]] = []
    for column, sample in enumerate(samples):
        title = titles.get(column)
        own = title_key(title.own) if title else ""
        path = title_key(title.path) if title else ""
        if _OURS.search(own):
            continue
        for term in TERMS[kind]:
            score = _fit(term, kind, own, path, sample)
            offers += [(score, -column, term)] if score >= _ENOUGH else []
    offers.sort(key=lambda offer: offer[:2], reverse=True)
    return offers


def _fit(term: Term, kind: Kind, own: str, path: str, sample: ColumnSample) -> float:
    by_title = _by_title(term, kind, own, path)
    if not by_title and overruled(term, own, sample):
        by_title = _OVERRULED
    if not by_title:
        return _untold(term, kind, own, sample)
    share = sample.share_of(term.content)
    if share is None:
        return 0.7 * by_title
    if not share and term.content == "role" and (sample.share_of("grade") or 0) >= _NEARLY_ALL:
        return 0.0  # a teacher's category
    if term.content not in _SOFT and share < _CONTRADICTS:
        if term.content == "date" and (sample.share_of("flag") or 0) >= _BY_CONTENT_ALONE:
            return 0.0  # «Действует: да»
        return 0.5 * by_title if by_title >= _PARENT else 0.0
    return by_title * (0.75 + 0.25 * share)


def _by_title(term: Term, kind: Kind, own: str, path: str) -> float:
    by_own = title_match(term, own)
    if path == own:
        return by_own
    if term.not_if and term.not_if.search(path) and not by_own:
        return 0.0
    known = fields_titled(own, kind) - {term.field}
    return max(by_own, title_match(term, path) * (_PARENT_OF_KNOWN if known else _PARENT))


def _untold(term: Term, kind: Kind, title: str, sample: ColumnSample) -> float:
    """A column under no title or an unknown one, when its cells leave no doubt."""
    if not term.alone or (term.not_if and term.not_if.search(title)):
        return 0.0
    if title and any(title_match(other, title) == 1 for other in TERMS[kind] if other != term):
        return 0.0  # it is titled as something else
    test = _UNDER_A_TITLE.get(term.content, term.content) if title else term.content
    share = sample.share_of(_SURELY.get(test, test))
    if share is None or share < _BY_CONTENT_ALONE:
        return 0.0
    return share * (0.45 if title else 0.8)


def _part_names(of_field: dict[str, int], taken: set[int], samples: Sequence[ColumnSample]) -> None:
    """Columns of last, first and middle names under one title or under none."""
    names = {"last_name", "first_name", "middle_name"}
    full = of_field.get("full_name")
    if full is not None:
        if (_share(samples, full, "full_name") or 0) < 0.5:  # noqa: PLR2004 -- most are not whole
            free = {i for i in range(len(samples)) if i not in taken or i == full}
            found = _parted(samples, free, full)
            if found:
                del of_field["full_name"]
                of_field |= found
        if "full_name" in of_field and names & of_field.keys() != names:
            for name in names & of_field.keys():
                del of_field[name]
    elif not names & of_field.keys():
        free = {i for i in range(len(samples)) if i not in taken}
        of_field |= _parted(samples, free, None)


def _parted(samples: Sequence[ColumnSample], free: set[int], near: int | None) -> dict[str, int]:
    """Neighbouring columns of given names and patronymics, and the last names beside them."""
    for first in sorted(free):
        if not _passes(samples, first, "first_name"):
            continue
        is_followed = first + 1 in free and _passes(samples, first + 1, "middle_name")
        middle = first + 1 if is_followed else None
        end = first if middle is None else middle
        for last in (first - 1, end + 1):
            if (
                last in free
                and _passes(samples, last, "last_name")
                and (near is None or near in (last, first, end))
            ):
                found = {"last_name": last, "first_name": first}
                if middle is None and near is None:
                    continue  # two words side by side may be anything
                return found | ({"middle_name": middle} if middle is not None else {})
    return {}


def _share(samples: Sequence[ColumnSample], column: int, test: str) -> float | None:
    return samples[column].share_of(test) if 0 <= column < len(samples) else None


def _passes(samples: Sequence[ColumnSample], column: int, test: str) -> bool:
    return (_share(samples, column, test) or 0) >= _BY_CONTENT_ALONE
