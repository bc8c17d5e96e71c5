"""Points and hours as the grid shows them, and what is wrong with those typed."""

from fractions import Fraction

from demoexam.rules.grading import NotPoints, hundredths
from demoexam.rules.incidents import NotAnHour, typed_hour
from demoexam.services.exams.people import PlaceRow
from demoexam.text import decimal_comma, rounded


def shown_points(value: int) -> str:
    """13,5 of 1350: as short as it can be."""
    number = rounded(Fraction(value, 100), 2).normalize()
    return decimal_comma(f"{number:f}")


def check_typed(typed: str, most: int) -> str:
    """Why these points cannot be; "" if they can."""
    if not typed:
        return ""
    try:
        value = hundredths(typed)
    except NotPoints as problem:
        return str(problem).rstrip(".")
    return f"{shown_points(value)} больше максимума {shown_points(most)}" if value > most else ""


def meant(typed: str, most: int) -> str:
    """A value that may have been meant: a comma left out, or a digit struck twice."""
    digits = "".join(sign for sign in typed if sign.isdigit())
    for part in (10, 100):
        if digits and not int(digits) * 100 % part and int(digits) * 100 // part <= most:
            return shown_points(int(digits) * 100 // part)
    return ""


def check_hour(typed: str, first: str, last: str) -> str:
    """Why an examinee cannot have finished then; "" if he can."""
    try:
        hour = typed_hour(typed)
    except NotAnHour as problem:
        return str(problem).rstrip(".")
    if not hour or not first or first <= hour <= last:
        return ""
    return f"{hour} раньше начала {first}" if hour < first else f"{hour} позже конца {last}"


def ungraded(one: PlaceRow) -> str:
    """What stands instead of a grade."""
    if one.attended is False:
        return "Не явился"
    if one.scored:
        return "—"
    return "Удалён" if one.outcome.startswith("удалён") else "Аннулировано"
