"""What papers and the plan of a season keep besides, word for word in `0004_papers.sql`.

Triggers, policies and rights follow from `sync_table`, which is filled after every migration.
"""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # takes many statements at once
    driver.execute(script)
