"""Which rows of settings are this college's: several colleges may share one store of facts."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from demoexam.models.base import reference_id
from demoexam.models.reference import Setting
from demoexam.store.store import own_college
from demoexam.sync.memory import remember

OWN_COLLEGE = "own_college"
COMMON = frozenset({"identity_key"})  # one for all who exchange: people are compared by it


class SettingRow(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def owner_id(self) -> str | None: ...


Row = TypeVar("Row", bound=SettingRow)


class SettingScope:
    """Whose settings count here: all of a store of its own, else the common and the college's."""

    def __init__(self, session: Session) -> None:
        known = text("SELECT 1 FROM sync_meta WHERE k IN ('own_college', 'hub_id') LIMIT 1")
        self.shared = bool(session.scalar(known))
        self.own = session.info.get("owner") or own_college(session)

    def ident(self, key: str, value: Any = None) -> str:
        """The id of the college's setting: the same in every store of that college."""
        owner = str(value or "") if key == OWN_COLLEGE else self.own
        return reference_id("setting", f"{owner}:{key}" if owner and key not in COMMON else key)

    def covers(self, row: SettingRow) -> bool:
        return not self.shared or row.key in COMMON or (row.owner_id or "") in {"", self.own}

    def choose(self, rows: Iterable[Row]) -> Row | None:
        """Of one key's rows the college's own; then the one that was there first."""
        covered = [row for row in rows if self.covers(row)]
        return min(covered, key=lambda row: row.owner_id != self.own, default=None)


def setting_row(session: Session, key: str) -> Setting | None:
    """The row that holds the key here, deleted ones included."""
    query = select(Setting).where(Setting.key == key).order_by(Setting.deleted, Setting.n)
    return SettingScope(session).choose(session.scalars(query))


def setting_values(session: Session, keys: Sequence[str]) -> dict[str, Any]:
    """Key -> value of the live settings that count here."""
    query = select(Setting.id, Setting.key, Setting.owner_id, Setting.value)
    rows = session.execute(
        query.where(Setting.live(), Setting.key.in_(keys)).order_by(Setting.n)
    ).all()
    scope = SettingScope(session)
    chosen = {key: scope.choose([row for row in rows if row.key == key]) for key in keys}
    return {key: row.value for key, row in chosen.items() if row is not None}


def put_setting_row(session: Session, *, key: str, value: Any) -> None:
    """Write the college's setting of any key."""
    scope, row = SettingScope(session), setting_row(session, key)
    if row is None:
        session.add(Setting(id=scope.ident(key, value), key=key, value=value))
    else:
        row.value, row.deleted = value, False
    session.flush()
    if key == OWN_COLLEGE and scope.shared:  # others of the hub have theirs
        remember(session, own_college=value)
