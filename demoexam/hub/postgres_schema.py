"""The shared store's schema in PostgreSQL: making it, bringing it up to date, letting people in."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, text

from demoexam.errors import NotFound, Refused
from demoexam.hub.columns import CONFLICT, ERASURE, SCHEMA, forms
from demoexam.hub.cross_rules import CLASHES, MOVED, RULES
from demoexam.hub.errors import HubExists, NoRight
from demoexam.hub.postgres_hub import PostgresHub
from demoexam.models.base import new_id
from demoexam.store.erasing import scrub_statements

MIGRATIONS: Final = Path(__file__).with_name("migrations")
INSTALLED: Final = Path(__file__).with_name("postgres.sql")
PUBLIC: Final = frozenset({  # nothing of people; everybody has to hear of an erasure
    "organization", "industry", "cluster", "specialty", "assessment_kit", "staffing_rule",
    "task_module", "calendar_day", "share_target", "grade_scale", "erasure",
})  # fmt: skip
LENT: Final = frozenset({  # what the colleges of one cluster lend each other
    "expert", "employment", "competence", "certificate", "unavailability",
    "exam_center", "workshop", "workshop_booking",
})  # fmt: skip
APART: Final = (CONFLICT, ERASURE)  # what is told of rows: no rule looks at it
ROLES: Final = """
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['demoexam_owner', 'demoexam_coordinator', 'demoexam_reader'] LOOP
        IF to_regrole(one) IS NULL THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', one);
        END IF;
    END LOOP;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT demoexam_owner TO %I', current_user);
    END IF;
END $$;
CREATE SCHEMA demoexam AUTHORIZATION demoexam_owner;
"""
MEMBERSHIP: Final = {"office": "demoexam_coordinator", "coordinator": "demoexam_coordinator",
                     "reader": "demoexam_reader"}  # fmt: skip


@dataclass(frozen=True)
class Granted:
    """`password`: of a user made just now; shown once and kept nowhere."""

    user: str
    organization: str
    password: str | None


def create(hub: PostgresHub) -> None:
    """Roles and the schema `demoexam` in an existing database; all or nothing.

    Needs CREATE on the database and CREATEROLE, or a superuser.
    """
    with hub.administering() as connection:
        if connection.exec_driver_sql("SELECT to_regnamespace('demoexam')").scalar():
            raise HubExists(name=hub.name)
        _driver(connection).execute(ROLES)
        connection.exec_driver_sql("SET LOCAL ROLE demoexam_owner")
        _migrate(connection)
        made = {"id": new_id(), "schema": SCHEMA}
        connection.execute(
            text(
                "INSERT INTO sync_hub (one, rev, hub_id, schema, min_client)"
                " VALUES (1, 0, :id, :schema, :schema)"
            ),
            made,
        )


def upgrade(hub: PostgresHub) -> None:
    """Migrations, functions and rights of this program, under the hub's lock."""
    with hub.administering() as connection:
        if not administers(connection):
            raise NoRight
        connection.exec_driver_sql("SET LOCAL ROLE demoexam_owner")
        connection.exec_driver_sql("SELECT rev FROM sync_hub FOR UPDATE")
        _migrate(connection)
        connection.exec_driver_sql(f"UPDATE sync_hub SET schema = greatest(schema, {SCHEMA})")


def administers(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql("SELECT administers()").scalar())


def grant(
    hub: PostgresHub, user: str, organization: str, *, role: str, new_organization: bool
) -> Granted:
    """Let `user` in for an organization (id or short name); a login that is not there is made."""
    if role not in MEMBERSHIP:
        raise Refused(f"Роли «{role}» нет.", f"Бывают: {', '.join(MEMBERSHIP)}.")
    with hub.administering() as connection:
        if not administers(connection):
            raise NoRight
        ident, name = _organization(connection, organization, new=new_organization)
        password = _login(connection, user, role)
        connection.execute(
            text(
                "INSERT INTO sync_user (usr, organization_id, role, sees_all)"
                " VALUES (:usr, :organization, :role, :sees_all) ON CONFLICT (usr) DO UPDATE"
                " SET organization_id = excluded.organization_id, role = excluded.role,"
                " sees_all = excluded.sees_all"
            ),
            {"usr": user, "organization": ident, "role": role, "sees_all": role == "office"},
        )
    return Granted(user, name, password)


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    driver = _driver(connection)
    kinds = [(form.name, _kind(form.name, journal=form.journal)) for form in forms()]
    _refill(driver, "sync_table", kinds)
    _refill(driver, "sync_rule", _rules())
    _refill(driver, "sync_scrub", list(_scrubs()))
    driver.execute(INSTALLED.read_text(encoding="utf-8"))


def _kind(table: str, *, journal: bool) -> str:
    if journal:
        return "journal"
    return "public" if table in PUBLIC else "cluster" if table in LENT else "own"


def _rules() -> list[tuple[int, str, str, bool]]:
    """The texts of `cross_rules`; number 0 finds the clashes that are to be looked at anew."""
    plan = [form.name for form in forms() if not form.journal and form.name not in APART]
    came = [f"SELECT id FROM {table} WHERE rev = :rev" for table in plan]
    anew = CLASHES.replace("{came}", " UNION ALL ".join([*came, MOVED]))
    texts = [("", anew, True), *((rule.touched, rule.select, rule.holds) for rule in RULES)]
    return [
        (number, touched, query.replace("{touched}", "").replace(":rev", "$1"), holds)
        for number, (touched, query, holds) in enumerate(texts)
    ]


def _scrubs() -> Iterator[tuple[str, int, str]]:
    """What empties the traces of an erased row: a coordinator himself edits no journal."""
    for form in forms():
        for number, query in enumerate(() if form.journal else scrub_statements(form.name)):
            yield form.name, number, query.replace(":table", "$1").replace(":row", "$2")


def _refill(driver: Any, table: str, rows: list[Any]) -> None:
    marks = ", ".join(["%s"] * len(rows[0]))
    driver.execute(f"DELETE FROM {table}")
    with driver.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _organization(connection: Connection, wanted: str, *, new: bool) -> tuple[str, str]:
    found = connection.execute(
        text(
            "SELECT id, short_name FROM organization WHERE deleted = 0"
            " AND (id = :wanted OR lower(short_name) = lower(:wanted)) LIMIT 2"
        ),
        {"wanted": wanted},
    ).all()
    if len(found) > 1:
        raise Refused(f"Организаций «{wanted}» несколько.", "Назовите нужную по её id.")
    if found:
        return found[0][0], found[0][1]
    if not new:
        raise NotFound(what=wanted)
    ident = new_id()
    connection.execute(
        text(
            "INSERT INTO organization (id, owner_id, kind, short_name, full_name, city, address,"
            " contact, phone, email, founder, legal_form, head_name, head_post)"
            " VALUES (:id, :id, 'college', :name, '', '', '', '', '', '', '', '', '', '')"
        ),
        {"id": ident, "name": wanted},
    )
    return ident, wanted


def _login(connection: Connection, user: str, role: str) -> str | None:
    """The user's rights as a member of one group; his new password, where he was not there."""
    from psycopg import sql

    driver = _driver(connection)
    name, password = sql.Identifier(user), None
    if not driver.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (user,)).fetchone():
        password = secrets.token_urlsafe(12)
        secret = driver.pgconn.encrypt_password(password.encode(), user.encode(), b"scram-sha-256")
        verifier = sql.Literal(secret.decode())  # the password itself never reaches the server
        driver.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(name, verifier))
    for group in sorted(set(MEMBERSHIP.values())):
        change = "GRANT {} TO {}" if group == MEMBERSHIP[role] else "REVOKE {} FROM {}"
        driver.execute(sql.SQL(change).format(sql.Identifier(group), name))
    return password


def _driver(connection: Connection) -> Any:
    """The driver's own connection: it takes many statements at once, and quoted names."""
    return connection.connection.driver_connection
