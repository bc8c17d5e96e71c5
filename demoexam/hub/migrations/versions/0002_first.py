"""The first schema of the shared store, word for word in `0002_first.sql`.

Its number is the store's own, since rows travel as they are.
"""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0002"
down_revision = None


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # takes many statements at once
    driver.execute(script)
