"""How numbers, dates and names are written in Russian; and how text is folded for search."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

NBSP = "\u00a0"
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
MONTHS_SHORT = (
    "янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
)  # fmt: skip
WEEKDAYS = (
    "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
)  # fmt: skip
WEEKDAYS_SHORT = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


def plural(count: int, one: str, few: str, many: str) -> str:
    """The form of a noun after `count`: 1 эксперт, 2 эксперта, 5 экспертов, 11 экспертов."""
    tens, ones = abs(count) % 100, abs(count) % 10
    if ones == 1 and tens != 11:  # noqa: PLR2004 -- Russian grammar
        return one
    if 2 <= ones <= 4 and not 12 <= tens <= 14:  # noqa: PLR2004 -- Russian grammar
        return few
    return many


def counted(count: int, one: str, few: str, many: str) -> str:
    """«5 экспертов», with a space that does not break."""
    return f"{count}{NBSP}{plural(count, one, few, many)}"


def short_date(day: date) -> str:
    """27.05.2026."""
    return f"{day.day:02}.{day.month:02}.{day.year}"


def long_date(day: date) -> str:
    """18 июня 2026 г., with spaces that do not break."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}{NBSP}г."


def day_month(day: date) -> str:
    """28 мая."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}"


def weekday(day: date) -> str:
    """понедельник."""
    return WEEKDAYS[day.weekday()]


def clock(moment: datetime) -> str:
    """09:00."""
    return f"{moment.hour:02}:{moment.minute:02}"


def rounded(value: Fraction, digits: int = 1) -> Decimal:
    """`value` rounded half up; exact, without floats."""
    step = Decimal(1).scaleb(-digits)
    scaled = value * 10**digits
    quotient, remainder = divmod(abs(scaled.numerator), scaled.denominator)
    whole = quotient + (2 * remainder >= scaled.denominator)
    return (Decimal(whole if scaled >= 0 else -whole) * step).quantize(step, ROUND_HALF_UP)


def decimal_comma(value: Decimal | int | str) -> str:
    """64,2 with a real minus sign."""
    return str(value).replace(".", ",").replace("-", "\u2212")


def percent(share: Fraction | None, digits: int = 1) -> str:
    """«64,2 %» of a share between 0 and 1; «нет данных» for None."""
    if share is None:
        return "нет данных"
    return f"{decimal_comma(rounded(share * 100, digits))}{NBSP}%"


def points(hundredths: int) -> str:
    """Points kept as integer hundredths, printed as kits print them: 8,00."""
    return decimal_comma(rounded(Fraction(hundredths, 100), 2))


def fold(text: str) -> str:
    """The form in which texts are compared by a search: lower case, ё as е."""
    return text.lower().replace("ё", "е")


def words(text: str) -> list[str]:
    """Folded words of a filter, in the order typed."""
    return re.findall(r"[^\W_]+", fold(text))


def full_name(last: str, first: str, middle: str | None) -> str:
    """Иванов Иван Иванович; the patronymic may not exist."""
    return " ".join(filter(None, (last, first, middle)))


def initials(first: str, middle: str | None) -> str:
    """И. И., with spaces that do not break."""
    return NBSP.join(f"{part[0]}." for part in (first, middle) if part)


def short_name(last: str, first: str, middle: str | None) -> str:
    """Иванов И. И., for tables."""
    return f"{last}{NBSP}{initials(first, middle)}".strip()


def short_of(name: str) -> str:
    """Of a name in one piece."""
    last, first, middle = (*name.split(maxsplit=2), "", "")[:3]
    return short_name(last, first, middle)


def signature_name(last: str, first: str, middle: str | None) -> str:
    """И. И. Иванов, for signatures."""
    return f"{initials(first, middle)}{NBSP}{last}".strip()
