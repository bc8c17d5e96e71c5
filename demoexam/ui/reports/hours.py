"""Hours as reports write them: «38,5», «1 300»."""

from fractions import Fraction

from demoexam.text import NBSP, decimal_comma, rounded

HOUR = 60


def hours_of(minutes: int) -> str:
    """Half up to a tenth; a whole number without one."""
    value = rounded(Fraction(minutes, HOUR))
    whole, _, tenth = f"{value:,}".replace(",", NBSP).partition(".")
    return whole if tenth in {"", "0"} else f"{whole}{decimal_comma('.' + tenth)}"
