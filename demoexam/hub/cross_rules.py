"""What no desktop can see alone: rows that are sound apart and contradict each other together.

The texts run on both databases; PostgreSQL keeps them in a table and does there, with rights that
no coordinator has, what `apply` does here (postgres.sql).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from demoexam.hub.columns import CONFLICT, ERASURE, forms
from demoexam.hub.hub import utc_now
from demoexam.models.base import Record, new_id

_PLAN: Final = tuple(
    each.name for each in forms() if not each.journal and each.name not in {CONFLICT, ERASURE}
)
_LIVE = "{0}.deleted = 0 AND {0}.held = 0"
_COMING = "{0}.state NOT IN ('done', 'closed')"  # what has taken place is a fact, not a plan
_MEET = (  # a sitting keeps its hours on its second day
    "(substr(sa.starts_at, 1, 10) IN (substr(sb.starts_at, 1, 10), sb.second_day)"
    " OR sa.second_day IN (substr(sb.starts_at, 1, 10), sb.second_day))"
    " AND substr(sa.starts_at, 12) < substr(sb.ends_at, 12)"
    " AND substr(sb.starts_at, 12) < substr(sa.ends_at, 12)"
)


@dataclass(frozen=True)
class CrossRule:
    """When rows of `touched` came, `select` names (table, row to hold, code, table, other row).

    `:rev` is the commit; `{touched}` follows the alias of the touched table. `holds` is false for
    likely duplicates: both stay live, since their experts would leave the share.
    """

    touched: str
    select: str
    holds: bool = True


def _orphans() -> Iterator[CrossRule]:
    for child in _PLAN:
        for key in sorted(Record.metadata.tables[child].foreign_keys, key=str):
            parent, column = key.column.table.name, key.parent.name
            found = (
                f"SELECT '{child}', c.id, 'parent_deleted', '{parent}', p.id FROM {{0}}"
                f' WHERE {{1}}.rev = :rev AND p.id = c."{column}" AND p.deleted = 1'
                f" AND {_LIVE.format('c')}"
            )
            came = f"{child} AS c{{touched}} CROSS JOIN {parent} AS p"
            went = f"{parent} AS p{{touched}} CROSS JOIN {child} AS c"
            yield CrossRule(child, found.format(came, "c"))
            if parent != child:
                yield CrossRule(parent, found.format(went, "p"))


_WORKSHOP = CrossRule("exam_session", (
    "SELECT 'exam_session', sa.id, 'workshop_double_booked', 'exam_session', sb.id"
    " FROM exam_session AS sa{touched} CROSS JOIN exam_session AS sb"
    " WHERE sa.rev = :rev AND sb.workshop_id = sa.workshop_id AND sb.id <> sa.id"
    f" AND {_MEET} AND {_LIVE.format('sa')} AND {_LIVE.format('sb')} AND {_COMING.format('sa')}"
))  # fmt: skip
_WORKPLACE = CrossRule("exam_place", (
    "SELECT 'exam_place', a.id, 'workplace_taken', 'exam_place', b.id"
    " FROM exam_place AS a{touched} CROSS JOIN exam_place AS b"
    " WHERE a.rev = :rev AND b.session_id = a.session_id AND b.workplace = a.workplace"
    f" AND b.id <> a.id AND {_LIVE.format('a')} AND {_LIVE.format('b')}"
))  # fmt: skip
_TWICE = CrossRule("assignment", (
    "SELECT 'assignment', a.id, 'expert_listed_twice', 'assignment', b.id"
    " FROM assignment AS a{touched} CROSS JOIN assignment AS b"
    " WHERE a.rev = :rev AND b.session_id = a.session_id AND b.expert_id = a.expert_id"
    f" AND b.id <> a.id AND {_LIVE.format('a')} AND {_LIVE.format('b')}"
))  # fmt: skip


def _busy() -> Iterator[CrossRule]:
    for touched, source, came in (
        ("assignment", "assignment AS a{touched} CROSS JOIN exam_session AS sa", "a"),
        ("exam_session", "exam_session AS sa{touched} CROSS JOIN assignment AS a", "sa"),
    ):
        yield CrossRule(touched, (
            "SELECT 'assignment', a.id, 'expert_double_booked', 'assignment', b.id"
            f" FROM {source} CROSS JOIN assignment AS b CROSS JOIN exam_session AS sb"
            f" WHERE {came}.rev = :rev AND sa.id = a.session_id AND b.expert_id = a.expert_id"
            f" AND b.id <> a.id AND sb.id = b.session_id AND {_MEET}"
            f" AND {_COMING.format('sa')} AND "
            + " AND ".join(_LIVE.format(alias) for alias in ("a", "b", "sa", "sb"))
        ))  # fmt: skip


def _own_college() -> Iterator[CrossRule]:
    tables = {"a": "assignment", "s": "exam_session", "e": "employment", "g": "study_group"}
    for came, order in (("a", "aseg"), ("s", "saeg"), ("e", "easg"), ("g", "gsae")):
        source = " CROSS JOIN ".join(
            f"{tables[each]} AS {each}{'{touched}' if each == came else ''}" for each in order
        )
        yield CrossRule(tables[came], (
            "SELECT 'assignment', a.id, 'expert_from_same_college', 'employment', e.id"
            f" FROM {source} WHERE {came}.rev = :rev AND s.id = a.session_id"
            " AND e.expert_id = a.expert_id AND g.id = s.group_id"
            " AND e.organization_id = g.college_id AND a.role = 'scoring'"
            " AND (substr(s.starts_at, 1, 10)"
            " BETWEEN coalesce(e.valid_from, '') AND coalesce(e.valid_to, '9')"
            " OR s.second_day BETWEEN coalesce(e.valid_from, '') AND coalesce(e.valid_to, '9'))"
            f" AND {_COMING.format('s')} AND "
            + " AND ".join(_LIVE.format(alias) for alias in "ase")
        ))  # fmt: skip


def _same(table: str, keys: str) -> CrossRule:
    return CrossRule(table, (
        f"SELECT '{table}', a.id, 'same_{table}', '{table}', b.id"
        f" FROM {table} AS a{{touched}} CROSS JOIN {table} AS b"
        f" WHERE a.rev = :rev AND b.id <> a.id AND a.deleted = 0 AND b.deleted = 0 AND {keys}"
    ), holds=False)  # fmt: skip


_DUPLICATES = (
    _same("organization", "b.inn = a.inn AND a.inn <> ''"),
    _same("expert", (
        "b.last_name = a.last_name AND b.first_name = a.first_name"
        " AND b.middle_name = a.middle_name AND a.first_name <> ''"
        " AND (a.person_hash = b.person_hash OR coalesce(a.person_hash, b.person_hash) IS NULL"
        " AND (a.phone = b.phone OR a.phone = '' OR b.phone = '')"
        " AND (a.email = b.email OR a.email = '' OR b.email = ''))"
    )),
    _same("assessment_kit", "b.code = a.code AND b.level = a.level"),
    _same("study_group", "b.college_id = a.college_id AND b.name = a.name"
          " AND coalesce(b.year, 0) = coalesce(a.year, 0)"),
)  # fmt: skip

RULES: Final[tuple[CrossRule, ...]] = (
    *_orphans(), _WORKSHOP, _WORKPLACE, _TWICE, *_busy(), *_own_college(), *_DUPLICATES,
)  # fmt: skip


def _untold() -> Iterator[str]:
    """Rows a rule once held, held still although that is settled: a restored hub may leave such.

    What an import holds, for reasons that no rule here knows, has no such conflict and stays.
    """
    told_of = "EXISTS (SELECT 1 FROM conflict AS c WHERE c.row_id = t.id AND c.kind = 'rule'"
    found = (
        f"SELECT NULL, '{{0}}', t.id, '', NULL FROM {{1}} AND t.held = 1 AND {told_of})"
        f" AND NOT {told_of} AND c.status = 'open' AND c.deleted = 0)"
    )
    for table in _PLAN:
        yield found.format(table, f"{table} AS t WHERE t.rev = :rev")
        told = f"k.rev = :rev AND k.kind = 'rule' AND k.table_name = '{table}' AND t.id = k.row_id"
        yield found.format(table, f"conflict AS k CROSS JOIN {table} AS t WHERE {told}")


CLASHES: Final = (  # what this commit may have ended: a clash of its rows, or of duties it moved
    "SELECT id, table_name, row_id, code, other_id FROM conflict"
    " WHERE kind = 'rule' AND status = 'open' AND deleted = 0"
    " AND (row_id IN ({came}) OR other_id IN ({came}))"
    f" UNION ALL {' UNION ALL '.join(_untold())}"
)
MOVED: Final = (
    "SELECT a.id FROM exam_session AS s{touched} CROSS JOIN assignment AS a"
    " WHERE s.rev = :rev AND a.session_id = s.id"
)


@dataclass(frozen=True)
class Commit:
    """The hub's transaction in which the rules are asked."""

    connection: Connection
    rev: int
    client: str

    def rows(self, select: str, touched: str = "") -> Sequence[tuple[Any, ...]]:
        """`select` over this commit, through the index by rev of the `touched` table."""
        index = f" INDEXED BY hub_rev_{touched}" if touched else ""
        sql = select.replace("{touched}", index).replace(":rev", str(self.rev))
        return [tuple(row) for row in self.connection.exec_driver_sql(sql)]

    def write(self, statement: str, *values: object) -> bool:
        return self.connection.exec_driver_sql(statement, values).rowcount > 0


def apply(connection: Connection, rev: int, client: str) -> bool:
    """Hold the later of two rows that clash, and release those whose clash is over.

    A row held by an earlier rule is tried again when it, or the row it clashed with, is in this
    commit. Of two rows of one commit the one that was held before stays held, else the younger.
    True if anything was written.
    """
    commit = Commit(connection, rev, client)
    waiting = _released(commit)
    before = {row_id for _, _, row_id, _, _ in waiting}
    found: set[tuple[str, str, str]] = set()
    wrote = bool(waiting)
    came = {table for table in _PLAN if _has_rows(commit, table)}
    for rule in (each for each in RULES if each.touched in came):
        rows = commit.rows(rule.select, rule.touched)
        rows = sorted(rows, key=lambda row: (row[1] in before, row[1]), reverse=True)
        for table, row_id, code, other_table, other_id in rows:
            if not rule.holds or _held(commit, table, row_id, other_table, other_id):
                found.add((row_id, code, other_id))
                wrote |= _told(commit, rule, (table, row_id, code, other_table, other_id))
    for ident, _, row_id, code, other_id in waiting:
        if (row_id, code, other_id) not in found:
            commit.write(
                "UPDATE conflict SET status = 'resolved', choice = 'data', rev = ? WHERE id = ?",
                rev, ident,
            )  # fmt: skip
    return wrote


def _has_rows(commit: Commit, table: str) -> bool:
    return bool(
        commit.rows(f"SELECT 1 FROM {table} AS a{{touched}} WHERE a.rev = :rev LIMIT 1", table)
    )


def _released(commit: Commit) -> Sequence[tuple[Any, ...]]:
    """Open clashes that are to be looked at anew; their rows are back in the plan meanwhile."""
    came = " UNION ALL ".join(
        f"SELECT id FROM {table} INDEXED BY hub_rev_{table} WHERE rev = :rev" for table in _PLAN
    )
    moved = MOVED.replace("{touched}", " INDEXED BY hub_rev_exam_session")
    waiting = commit.rows(CLASHES.replace("{came}", f"{came} UNION ALL {moved}"))
    for _, table, row_id, _, _ in waiting:
        commit.write(f'UPDATE "{table}" SET held = 0, rev = ? WHERE id = ?', commit.rev, row_id)
    return waiting


def _held(commit: Commit, table: str, row_id: str, other_table: str, other_id: str) -> bool:
    """Hold the row, unless the other one has been held for this clash already."""
    query = f'SELECT held FROM "{other_table}" WHERE id = ?'
    if commit.connection.exec_driver_sql(query, (other_id,)).scalar():
        return False
    commit.write(f'UPDATE "{table}" SET held = 1, rev = ? WHERE id = ?', commit.rev, row_id)
    return True


def _told(commit: Commit, rule: CrossRule, clash: tuple[str, ...]) -> bool:
    """Leave a conflict, unless one tells of this pair already."""
    table, row_id, code, other_table, other_id = clash
    kind = "rule" if rule.holds else "duplicate"
    return commit.write(
        "INSERT INTO conflict (id, owner_id, rev, table_name, row_id, kind, unit, code,"
        " other_table, other_id, client, at, status)"
        f" SELECT ?, owner_id, ?, ?, id, ?, '', ?, ?, ?, ?, ?, 'open' FROM \"{table}\" AS r"
        " WHERE id = ? AND NOT EXISTS (SELECT 1 FROM conflict AS c WHERE c.code = ?"
        " AND (c.row_id = r.id AND c.other_id = ? OR c.row_id = ? AND c.other_id = r.id)"
        " AND (c.status = 'open' OR c.kind = 'duplicate'))",
        new_id(), commit.rev, table, kind, code, other_table, other_id, commit.client, utc_now(),
        row_id, code, other_id, other_id,
    )  # fmt: skip
