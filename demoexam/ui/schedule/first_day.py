"""Which day the board opens on when nobody asks for one."""

from datetime import date, timedelta

from demoexam.services.season.season import Season

DAY = timedelta(days=1)
SOON = timedelta(days=21)


def best_day(season: Season, today: date) -> date:
    """Monday of the week where the work is: this one, or that of the next exam."""
    days = sorted(chip.starts_at.date() for chip in season.chips if chip.starts_at)
    ahead = next((day for day in days if day >= today), None)
    if ahead is not None and ahead - today <= SOON and season.first <= today <= season.last:
        ahead = today
    chosen = ahead or (days[-1] if days else min(max(today, season.first), season.last))
    return max(chosen - chosen.weekday() * DAY, season.first)
