"""The deadlines as the college counts them: the law's own, unless a setting says otherwise."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.rules.deadlines import ACQUAINTANCE, PLAN, TERMS, Term
from demoexam.rules.notice import Counting, NoticeTerms
from demoexam.services.college.setting_rows import put_setting_row, setting_values

KEY = "deadline_terms"  # code -> the fields that differ from the law's
LONGEST = 365
EDITABLE = ("title", "days", "counting", "source")


def deadline_terms(session: Session) -> dict[str, Term]:
    """Code -> term in force, in the order of an exam; an impossible value is passed over."""
    return terms_of(setting_values(session, [KEY]).get(KEY))


def notice_terms(session: Session) -> NoticeTerms:
    """The terms that the rules judge a day by."""
    terms = deadline_terms(session)
    return NoticeTerms(terms[PLAN].notice, terms[ACQUAINTANCE].notice)


def terms_of(stored: object) -> dict[str, Term]:
    """The terms with what the setting holds put over them."""
    changed = stored if isinstance(stored, dict) else {}
    return {code: _changed(term, changed.get(code)) for code, term in TERMS.items()}


def change_term(session: Session, *, code: str, name: str, value: Any) -> None:
    """Set the `title`, `days`, `counting` or `source` of a term; an empty text is the law's."""
    if code not in TERMS or name not in EDITABLE:
        raise Refused(f"Срока «{code}» нет.", "Обновите страницу настроек.")
    if isinstance(value, str) and name != "counting":
        value = " ".join(value.split())
    own = getattr(TERMS[code], name)
    value = own if value in {"", None} else value
    if not _fits(name, value):
        raise Refused(f"Значение «{value}» не подходит.", f"Введите число дней от 0 до {LONGEST}.")
    stored = setting_values(session, [KEY]).get(KEY)
    known: dict[str, Any] = dict(stored) if isinstance(stored, dict) else {}
    fields = known.get(code)
    mine = {**(fields if isinstance(fields, dict) else {}), name: value}
    if value == own:
        del mine[name]
    known[code] = mine
    put_setting_row(session, key=KEY, value={one: what for one, what in known.items() if what})


def _changed(term: Term, fields: object) -> Term:
    given: Mapping[str, Any] = fields if isinstance(fields, dict) else {}
    sound = {name: given[name] for name in EDITABLE if name in given and _fits(name, given[name])}
    if "counting" in sound:
        sound["counting"] = Counting(sound["counting"])
    return replace(term, **sound)


def _fits(name: str, value: object) -> bool:
    if name == "days":
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and 0 <= int(str(value)) <= LONGEST
    if name == "counting":
        return value in set(Counting)
    return isinstance(value, str) and bool(value.strip())
