"""Rows of the sample data while they are made: ids from the seed, one bulk insert a table."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from demoexam.models.base import Record
from demoexam.models.catalog import entities
from demoexam.rules.calendar import WorkCalendar
from demoexam.services.sample.names import people

EPOCH = date(1970, 1, 1)


class Draft:
    """What is known while inventing, and the rows made so far.

    `owner` is the college whose desktop would have made the rows that follow.
    """

    def __init__(
        self,
        rng: Random,
        today: date,
        calendar: WorkCalendar,
        specialties: Mapping[str, str],
        industries: Mapping[str, str],
    ) -> None:
        self.rng, self.today, self.calendar = rng, today, calendar
        self.specialties, self.industries = specialties, industries
        self.owner = ""
        self.people = people(rng)
        self.numbers = count(1)
        self._stamp = (today - EPOCH).days * 86_400_000
        self._rows: dict[type[Record], list[dict[str, Any]]] = defaultdict(list)

    def add(self, entity: type[Record], **columns: Any) -> str:
        """The id of a new row; every row of one entity names the same columns."""
        ident = self.new_id()
        self._rows[entity].append({"id": ident, "owner_id": self.owner, **columns})
        return ident

    def new_id(self) -> str:
        """A UUIDv7 whose time and chance come from the draft: equal seeds give equal ids."""
        self._stamp += 1
        chance = self.rng.getrandbits(74)
        value = self._stamp << 80 | 7 << 76 | (chance >> 62) << 64 | 0b10 << 62
        return str(uuid.UUID(int=value | chance & (1 << 62) - 1))

    def rows(self, entity: type[Record]) -> list[dict[str, Any]]:
        """The rows made so far, to be looked at or changed before they are written."""
        return self._rows[entity]

    def write(self, session: Session) -> dict[str, int]:
        """Insert everything, targets before what points at them; rows by table name."""
        written = {}
        for name, entity in entities().items():
            if rows := self._rows.get(entity):
                session.execute(insert(entity), rows)
                written[name] = len(rows)
        return written
