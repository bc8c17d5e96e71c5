"""All entities by the name of their table, as the command line and the journal name them."""

from functools import cache

from demoexam.models import (
    boards,
    exams,
    exchange,
    groups,
    journal,
    kits,
    organizations,
    people,
    places,
)
from demoexam.models import reference as facts
from demoexam.models.base import Record

MODULES = (organizations, people, kits, places, groups, exams, boards, facts, journal, exchange)


@cache
def entities() -> dict[str, type[Record]]:
    """Table name -> class, in an order in which every row's targets come first."""
    by_table = {mapper.class_.__tablename__: mapper.class_ for mapper in Record.registry.mappers}
    ordered = [table.name for table in Record.metadata.sorted_tables]
    return {name: by_table[name] for name in ordered if name in by_table}
