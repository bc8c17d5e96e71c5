"""An invented season for the trial of its papers: nobody in it exists."""

from datetime import date, datetime

from demoexam.documents.form import Letterhead
from demoexam.documents.season_sheet import (
    ChangesSheet,
    PlanChange,
    SeasonExam,
    SeasonSheet,
    Signing,
    changes_filling,
    day_filling,
    workshop_filling,
)
from demoexam.documents.template import Filling

BY_WORKSHOP, BY_DAY, CHANGES = "П-1", "П-2", "П-3"
SEASON_CODES = frozenset({BY_WORKSHOP, BY_DAY, CHANGES})
WHERE = "Разработка программных решений, каб. 214"
DAY = date(2026, 6, 18)


def season_filling(code: str, college: Letterhead) -> Filling:
    """What fills a paper of the season."""
    signing = Signing(college, "О. Ю. Эталонов", "М. А. Начальникова")
    if code == CHANGES:
        return changes_filling(_changes(signing))
    sheet = SeasonSheet(signing, DAY, date(2026, 1, 1), date(2026, 12, 31), _exams(), unplaced=2)
    return day_filling(sheet) if code == BY_DAY else workshop_filling(sheet)


def _exams() -> list[SeasonExam]:
    return [
        SeasonExam(
            starts_at=datetime(2026, 6, 18, hour),
            ends_at=datetime(2026, 6, 18, hour + 3, 30),
            group=f"ИСП-41, ЭГ {number}",
            college="ГБПОУ «ПКС»",
            kit="КОД 09.02.07-2-2026",
            level="профильный",
            people=12,
            state="объявлен",
            workshop=WHERE,
            chief="Образцов П. И.",
            second_day=second_day,
            preparation_day=date(2026, 6, 17),
        )
        for number, hour, second_day in ((1, 9, None), (2, 13, date(2026, 6, 19)))
    ]


def _changes(signing: Signing) -> ChangesSheet:
    moved = PlanChange("ИСП-41", "18.06.2026, 09:00–12:30", "19.06.2026, 13:00–16:30")
    changed = [
        ("Перенесены", [moved]),
        ("Сняты с плана", [PlanChange("ИСП-42", WHERE, "нет в плане")]),
    ]
    names = {"before": "«План ГИА»", "after": "план сейчас"}
    return ChangesSheet(signing, DAY, 2026, names["before"], names["after"], changed)
