"""How the college numbers its documents; earlier ways are remembered for what was printed so."""

from sqlalchemy.orm import Session

from demoexam.documents.numbers import USUAL, pattern_fault
from demoexam.errors import Refused
from demoexam.services.college.setting_rows import put_setting_row, setting_values

KEY = "number_pattern"  # a list: the pattern in force, then those before it
REMEMBERED = 10


def number_pattern(session: Session) -> str:
    """The pattern in force."""
    return number_patterns(session)[0]


def number_patterns(session: Session) -> list[str]:
    """The pattern in force, then the earlier ones, the program's own among them."""
    kept = setting_values(session, [KEY]).get(KEY)
    told = kept if isinstance(kept, list) else []
    sound = [one for one in told if isinstance(one, str) and not pattern_fault(one)]
    return list(dict.fromkeys([*sound, USUAL]))


def change_number_pattern(session: Session, *, value: str) -> None:
    """Number documents otherwise from now on; an empty text is the program's own way."""
    pattern = value.strip() or USUAL
    if fault := pattern_fault(pattern):
        raise Refused(f"Номера так не составить: {fault}.", f"Пример: {USUAL}.")
    patterns = dict.fromkeys([pattern, *number_patterns(session)])
    put_setting_row(session, key=KEY, value=[*patterns][:REMEMBERED])
