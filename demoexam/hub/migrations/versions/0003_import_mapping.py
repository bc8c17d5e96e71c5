"""Saved columns of other people's files, word for word in `0003_import_mapping.sql`.

Triggers, policies and rights follow from `sync_table`, which is filled after every migration.
"""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # takes many statements at once
    driver.execute(script)
