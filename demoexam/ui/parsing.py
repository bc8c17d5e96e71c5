"""Days and hours as people type them."""

import re
from datetime import date, datetime, time

CENTURY = 2000
BAD_DATE = "Это не дата. Введите день, месяц и год: 05.06.2024."
BAD_TIME = "Это не время. Введите часы и минуты: 09:00."


def parse_date(text: str, today: date | None = None) -> date:
    """5.6.24, 05.06.2024, 05/06/2024, 2024-06-05 and, in the present year, 5.6.

    A ValueError carries the sentence for the user.
    """
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    iso = re.fullmatch(r"\s*\d{4}\D\d{1,2}\D\d{1,2}\s*", text)
    year_of_today = (today or datetime.now().date()).year
    match numbers:
        case [year, month, day] if iso:
            pass
        case [day, month, year]:
            year += CENTURY if year < 100 else 0  # noqa: PLR2004 -- two digits of a year
        case [day, month]:
            year = year_of_today
        case _:
            raise ValueError(BAD_DATE)
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(BAD_DATE) from None


def parse_time(text: str) -> time:
    """9, 9:00, 9.30, 0900; a ValueError carries the sentence for the user."""
    found = re.fullmatch(r"\s*(\d{1,2})(?:\D?(\d{2}))?\s*", text)
    if not found:
        raise ValueError(BAD_TIME)
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        raise ValueError(BAD_TIME) from None
