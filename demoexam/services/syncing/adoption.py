"""What a store does once, before its first exchange: its rows become those of the hub's college."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select, text, update
from sqlalchemy.orm import Session

from demoexam.hub.columns import form
from demoexam.hub.hub import Hub
from demoexam.models.base import Record, reference_id
from demoexam.models.catalog import entities
from demoexam.models.journal import change, dirty
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.models.reference import Setting
from demoexam.services.college.setting_rows import COMMON, OWN_COLLEGE, SettingScope
from demoexam.services.duplicates.record_merging import merge_records
from demoexam.store.store import Store, own_college
from demoexam.store.undo import JOINING
from demoexam.sync.applying import add_stubs
from demoexam.sync.memory import remember
from demoexam.sync.merge import Row

SETTING, ORGANIZATION = Setting.__tablename__, Organization.__tablename__
AT_ONCE = 500  # ids in one statement
IDENTITY_KEY = "identity_key"
IN_DATABASE: Mapping[str, Any] = {"synchronize_session": False}
NEW_SETTING = (dirty.c.table_name == SETTING, dirty.c.is_new == 1)
UNTOUCHED = (dirty.c.is_new == 1, dirty.c.lsn == 1, dirty.c.table_name != SETTING)


def is_reference(ident: Any) -> Any:
    """The condition of ids that are the same in every store: their version is 5."""
    return func.substr(ident, 15, 1) == "5"


def is_fresh(session: Session) -> bool:
    """Whether the store holds nothing that a person wrote: the hub's copy may take its place."""
    own = select(dirty.c.row_id).where(
        dirty.c.table_name != "coordinator",
        ~is_reference(dirty.c.row_id) | (dirty.c.lsn > 1) | (dirty.c.table_name == SETTING),
    )
    return session.scalar(own.limit(1)) is None and _cursor(session) is None


def never_exchanged(store: Store) -> bool:
    with store.reading() as session:
        return _cursor(session) is None


def prepare(store: Store, hub: Hub, far: Connection, organization: str) -> None:
    """Make ready for the first exchange; `organization` is ours by the hub, "" where it has none.

    The key that tells people apart is the hub's.
    """
    _take_hubs_organization(store, hub, far, organization)
    theirs = hub.row(far, form(SETTING), reference_id(SETTING, IDENTITY_KEY))
    with store.transaction(JOINING) as session:
        own = own_college(session)
        if theirs is not None:
            _take_identity_key(session)
        if organization and organization != own:
            adopt(session, own=own, organization=organization)
        _own_settings(session, organization or own)
    with store.applying() as near:
        gone = select(Setting.id).where(Setting.deleted)
        near.execute(delete(dirty).where(*NEW_SETTING, dirty.c.row_id.in_(gone)))
        if theirs is not None:
            near.execute(delete(dirty).where(*NEW_SETTING, dirty.c.row_id == theirs[0]))
            near.exec_driver_sql(form(SETTING).upsert, [theirs])
        remember(near, own_college=organization or own)


def adopt(session: Session, *, own: str, organization: str) -> None:
    """Rows not sent yet belong to the hub's organization; our own row of it becomes that one."""
    for name, entity in entities().items():
        if name != SETTING:
            unsent = select(dirty.c.row_id).where(dirty.c.table_name == name)
            rows = update(entity).where(
                entity.owner_id.in_(["", own]), entity.id.in_(unsent), ~is_reference(entity.id)
            )
            session.execute(rows.values(owner_id=organization), execution_options=IN_DATABASE)
    session.expire_all()
    session.info["owner"] = organization
    known = select(Organization.id).where(Organization.id.in_([organization, own]))
    if own and len(session.scalars(known).all()) == 2:  # noqa: PLR2004 -- theirs and ours
        merge_records(
            session, table=ORGANIZATION, keep_id=organization, drop_id=own,
            leave={"cluster_id"},  # not ours to set
        )  # fmt: skip


def _own_settings(session: Session, own: str) -> None:
    """Settings get the ids they have in every store of the college; the old rows go."""
    query = select(Setting).where(Setting.live(), Setting.key.not_in(COMMON)).order_by(Setting.n)
    rows = session.scalars(query).all()
    scope = SettingScope(session)
    for key in dict.fromkeys(row.key for row in rows):
        known = [row for row in rows if row.key == key]
        value = own if key == OWN_COLLEGE else known[0].value
        row = session.get(Setting, scope.ident(key, value))
        if row is None:
            session.add(Setting(id=scope.ident(key, value), key=key, value=value, owner_id=own))
        for each in known:
            each.deleted = each is not row
    session.flush()


def _take_identity_key(session: Session) -> None:
    """People are told apart by the hub's key from now on: hashes made with ours say nothing."""
    if session.get(Setting, reference_id(SETTING, IDENTITY_KEY)) is not None:
        hashed = update(Expert).where(Expert.person_hash.is_not(None))
        session.execute(hashed.values(person_hash=None), execution_options=IN_DATABASE)
        session.expire_all()


def _take_hubs_organization(store: Store, hub: Hub, far: Connection, organization: str) -> None:
    row = hub.row(far, form(ORGANIZATION), organization) if organization else None
    if row is not None:
        with store.applying() as near:
            got: Mapping[Any, Sequence[Row]] = {form(ORGANIZATION): [row]}
            near.exec_driver_sql(form(ORGANIZATION).upsert, [row])
            add_stubs(near, got)


def leave_reference(store: Store, far: Connection) -> None:
    """Before the first exchange: rows every store begins with are no edits where the hub has them.

    Nor is their making news for its journal.
    """
    with store.applying() as near:
        query = select(dirty.c.table_name, dirty.c.row_id)
        ours: dict[str, list[str]] = {}
        for name, ident in near.execute(query.where(*UNTOUCHED, is_reference(dirty.c.row_id))):
            ours.setdefault(name, []).append(ident)
        for name, idents in ours.items():
            table = Record.metadata.tables[name]
            known = set(far.scalars(select(table.c.id)))
            _leave(near, name, [ident for ident in idents if ident in known])


def _leave(near: Connection, name: str, idents: Sequence[str]) -> None:
    for start in range(0, len(idents), AT_ONCE):
        part = idents[start : start + AT_ONCE]
        rows = dirty.c.table_name == name, dirty.c.row_id.in_(part)
        near.execute(delete(dirty).where(*rows))
        made = change.c.rev.is_(None), change.c.table_name == name, change.c.row_id.in_(part)
        near.execute(update(change).where(*made).values(rev=0))


def _cursor(session: Session) -> str | None:
    found: str | None = session.scalar(text("SELECT v FROM sync_meta WHERE k = 'cursor'"))
    return found
