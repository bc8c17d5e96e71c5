"""What an exchange asks of a shared file walks indexes: its time does not grow with the file."""

import re

from demoexam.hub.columns import form, forms
from demoexam.hub.cross_rules import CLASHES, MOVED, RULES
from demoexam.hub.sqlite_hub import SqliteHub

SLOW = re.compile(r"SCAN (?!CONSTANT ROW|\(?subquery|counted)|BLOOM|AUTOMATIC", re.IGNORECASE)


def asked(hub: SqliteHub) -> dict[str, str]:
    """Every statement over a table that may be large, by a name for it."""
    index = hub.by_rev
    found = {}
    for number, rule in enumerate(RULES):
        query = rule.select.replace("{touched}", index(rule.touched)).replace(":rev", "7")
        found[f"rule {number} of {rule.touched}"] = query
    came = " UNION ALL ".join(
        f'SELECT id FROM "{each.name}"{index(each.name)} WHERE rev = 7'
        for each in forms()
        if not each.journal
    )
    moved = MOVED.replace("{touched}", index("exam_session")).replace(":rev", "7")
    clashes = CLASHES.replace("{came}", f"{came} UNION ALL {moved}")
    found["open clashes"] = clashes.replace(":rev", "7")
    for name in ("expert", "exam_place", "change"):
        found[f"news of {name}"] = (
            f'SELECT {form(name).quoted}, rev FROM "{name}"{index(name)} WHERE rev > 5 AND rev <= 7'
        )
        found[f"row of {name}"] = f"SELECT {form(name).quoted} FROM \"{name}\" WHERE id = 'x'"
    return found


def test_no_statement_of_an_exchange_reads_a_whole_table(small_hub):
    hub = SqliteHub(small_hub)
    with hub.reading() as far:
        slow = {
            name: [step[-1] for step in far.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")
                   if SLOW.search(step[-1])]
            for name, query in asked(hub).items()
        }  # fmt: skip
    hub.close()
    assert not {name: steps for name, steps in slow.items() if steps}


def test_a_whole_table_would_be_noticed(small_hub):
    hub = SqliteHub(small_hub)
    with hub.reading() as far:
        plan = far.exec_driver_sql("EXPLAIN QUERY PLAN SELECT * FROM expert WHERE note = 'x'")
        assert any(SLOW.search(step[-1]) for step in plan)
    hub.close()


def test_a_shared_file_has_no_statistics(small_hub):
    hub = SqliteHub(small_hub)
    with hub.reading() as far:
        query = "SELECT count(*) FROM sqlite_master WHERE name LIKE 'sqlite_stat%'"
        assert far.exec_driver_sql(query).scalar_one() == 0
    hub.close()
