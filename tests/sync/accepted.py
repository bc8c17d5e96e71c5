"""What people did in the tests of faults, and the oracle: where each accepted edit has gone."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sync.faults import Contents, Office

from demoexam.hub.columns import CONFLICT, forms
from demoexam.models.catalog import entities
from demoexam.store.store import Store

OWN_FACTS = {"id", "at"}  # of a conflict: made anew whenever an exchange is repeated
COLUMNS = ("note", "phone", "email")


def essence(contents: Contents) -> dict[str, Counter[tuple[Any, ...]]]:
    """What two runs of one story must agree in: everything but names and times of conflicts."""
    result = {table: Counter(rows) for table, rows in contents.items()}
    form = next(each for each in forms() if each.name == CONFLICT)
    told = [name for name in form.columns if name not in OWN_FACTS]
    images = (form.image(row) for row in contents[CONFLICT])
    result[CONFLICT] = Counter(tuple(image[name] for name in told) for image in images)
    return result


def differences(one: Contents, other: Contents) -> list[str]:
    mine, theirs = essence(one), essence(other)
    return [
        f"{table}: {sign} {row}"
        for table in mine
        for sign, left in (("+", theirs[table] - mine[table]), ("-", mine[table] - theirs[table]))
        for row in left
    ]


def eventful(office: Office) -> None:
    """Two people leave everything that an exchange knows: merges, conflicts, clashes, parts.

    Olga's share has been exchanged, Ivan's has not.
    """
    ivan, olga = office.names[:2]
    both, deleted, mine, hers = (office.expert(ivan, each) for each in ("А", "Б", "В", "Г"))
    sitting = _sitting(office, ivan)
    office.settle()
    office.edit(olga, both, phone="+79000000002", note="её заметка")
    office.edit(olga, deleted, note="правка удалённого")
    office.edit(olga, hers, note="только её")
    office.expert(olga, "Новая")
    sitting(olga, 10)
    office.sync(olga)
    office.edit(ivan, both, phone="+79000000001", email="i@example.com")
    office.edit(ivan, deleted, deleted=1)
    office.edit(ivan, mine, note="только его")
    office.expert(ivan, "Новый")
    sitting(ivan, 9)


def _sitting(office: Office, name: str) -> Any:
    college = office.put(
        name, "organization", kind="college", short_name="Колледж", full_name="Колледж", inn=""
    )
    specialty = office.put(name, "specialty", code="09.02.07", title="Программирование", kind="")
    kit = office.put(
        name, "assessment_kit", code="09.02.07-2-2026", specialty_id=specialty, level="profile",
        year=2026, minutes=180,
    )  # fmt: skip
    group = office.put(
        name, "study_group", college_id=college, specialty_id=specialty, name="ИС-41", year=2026
    )
    center = office.put(name, "exam_center", organization_id=college, name="ЦПДЭ")
    workshop = office.put(
        name, "workshop", exam_center_id=center, organization_id=college, name="Мастерская"
    )

    def add(who: str, start: int) -> str:
        return office.put(
            who, "exam_session", group_id=group, kit_id=kit, workshop_id=workshop,
            starts_at=datetime(2026, 6, 18, start), ends_at=datetime(2026, 6, 18, start + 3),
            head_count=5, state="planned",
        )  # fmt: skip

    return add


def edit(office: Office, store: Store, dice: random.Random, value: str) -> None:
    """One accepted edit with a value of its own; what it replaced was on the screen."""
    with store.transaction("правка") as session:
        ids = session.scalars(text("SELECT id FROM expert ORDER BY id")).all()
        if dice.random() < 0.1:
            new = entities()["expert"](last_name=value, first_name="", middle_name="", note=value)
            session.add(new)
            fact = {"id": new.id, "column": "note", "value": value, "old": None}
        else:
            ident, column = dice.choice(ids), dice.choice(COLUMNS)
            query = f"SELECT {column} FROM expert WHERE id = :id"
            old = session.scalar(text(query), {"id": ident})
            query = f"UPDATE expert SET {column} = :value WHERE id = :id"
            session.execute(text(query), {"value": value, "id": ident})
            fact = {"id": ident, "column": column, "value": value, "old": old}
        session.flush()
        tell(office, store.client, step="meant", **fact)
    tell(office, store.client, step="done", **fact)


def tell(office: Office, name: str, **fact: object) -> None:
    """One write of one line, beside the store: a kill cannot tear it."""
    with open(office.folder / f"{name}.log", "ab", buffering=0) as log:  # noqa: PTH123
        log.write((json.dumps(fact) + "\n").encode())


def judge(office: Office, contents: Any) -> dict[str, Any]:
    """Each accepted edit is final, was replaced by somebody who saw it, or is in a conflict."""
    told = [fact for name in office.names for fact in lines(office.folder / f"{name}.log")]
    done = [fact for fact in told if fact["step"] == "done"]
    journal = json.dumps(contents["change"], ensure_ascii=False)
    seen = {
        (fact["id"], fact["column"], fact["old"])
        for fact in told
        if fact["step"] != "refused" and fact["value"] in journal
    }
    finals, disputed = office.finals(contents, COLUMNS), office.disputed()
    lost = [
        fact for fact in done
        for key in [(fact["id"], fact["column"])]
        if finals.get(key) != fact["value"]
        and (*key, fact["value"]) not in seen
        and fact["value"] not in disputed.get(key, "")
    ]  # fmt: skip
    refused = sorted({fact["kind"] for fact in told if fact["step"] == "refused"})
    return {"edits": len(done), "conflicts": len(disputed), "lost": lost, "refused": refused}


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Whole lines of a side file; the last one may be cut by a kill."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.endswith("\n"):
                yield json.loads(line)
