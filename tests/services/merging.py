"""What the tests of merging share: the store's content, and a merge as the window makes it."""

from sqlalchemy import select

from demoexam.models.catalog import entities
from demoexam.services.duplicates.merging import merge_duplicates
from demoexam.services.records.records import as_values


def content(store):
    """All live rows but the remembered answers, as they stand in the file."""
    with store.reading() as session:
        return {
            name: [as_values(row) for row in session.scalars(select(entity).order_by(entity.id))
                   if not row.deleted]
            for name, entity in entities().items() if name not in {"conflict", "coordinator"}
        }  # fmt: skip


def merge(store, ids, table="expert", **choices):
    with store.transaction("объединение") as session:
        merge_duplicates(session, table=table, keep_id=ids[0], drop_id=ids[1], choices=choices)
