"""When cycles are looked for: on the GUI thread, and not while a long list is held open.

The look takes as long as there are objects: a file of 20 000 rows would make the window halt.
"""

import gc
from time import monotonic
from typing import Final

LONGEST_SECONDS: Final = 600  # whoever forgets to resume does not stop it for good
_until: Final[dict[int, float]] = {}


def postpone(owner: object) -> None:
    """Let it be until `owner` resumes. Call on the GUI thread."""
    _until[id(owner)] = monotonic() + LONGEST_SECONDS


def resume(owner: object) -> None:
    _until.pop(id(owner), None)


def collect() -> None:
    """Look for cycles now, unless somebody asked to wait."""
    now = monotonic()
    if not any(moment > now for moment in _until.values()):
        gc.collect()
