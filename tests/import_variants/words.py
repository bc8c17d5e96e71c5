"""How colleges title the columns of their lists: the wordings of `words.toml`."""

import tomllib
from pathlib import Path
from typing import Final

Wordings = dict[str, list[str]]

_KNOWN: Final[dict[str, Wordings]] = tomllib.loads(
    (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
)
ROSTER: Final = _KNOWN["roster"]
STUDENTS: Final = {**ROSTER, **_KNOWN["students"]}
WORKSHOPS: Final = {**ROSTER, **_KNOWN["workshops"]}
KITS: Final = {**ROSTER, **_KNOWN["kits"]}
SCHEDULE: Final = {**ROSTER, **_KNOWN["schedule"]}
