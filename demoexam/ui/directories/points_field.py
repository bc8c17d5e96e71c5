"""Points typed as they are printed, 8,50, and kept as integer hundredths."""

import re
from typing import Any

from demoexam.text import points
from demoexam.ui.fields import TextField

BAD_POINTS = "Это не баллы. Введите число, например 8,50."


class PointsField(TextField):
    """Its value is an int: 850 for 8,50."""

    def _parse(self, text: str) -> Any:
        if not text:
            return 0
        found = re.fullmatch(r"(\d{1,4})(?:[.,](\d{1,2}))?", text)
        if not found:
            raise ValueError(BAD_POINTS)
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))

    def _shown(self, value: Any) -> str:
        return points(int(value or 0))
