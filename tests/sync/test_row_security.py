"""What a coordinator may not do, tried in raw SQL: the server refuses, whatever program asks."""

from typing import Any

import psycopg
import pytest
from psycopg import errors
from sync.postgres import HubDatabase

from demoexam.models.base import new_id

Connection = psycopg.Connection[Any]
FORBIDDEN = (errors.InsufficientPrivilege, errors.CheckViolation)


def sql(hub: HubDatabase, user: str = "postgres") -> Connection:
    return hub.sql(user)


def add_expert(connection: Connection, owner: str, name: str = "Белов", rev: int = 0) -> str:
    ident = new_id()
    connection.execute(
        "INSERT INTO expert (id, owner_id, last_name, first_name, middle_name, phone, email,"
        " consent_document, note, active, rev)"
        " VALUES (%s, %s, %s, 'Иван', '', '+79990000000', '', '', '', 1, %s)",
        (ident, owner, name, rev),
    )
    return ident


def add_group(connection: Connection, owner: str) -> str:
    ident = new_id()
    connection.execute(
        "INSERT INTO study_group (id, owner_id, name, college_id) VALUES (%s, %s, 'ИС-41', %s)",
        (ident, owner, owner),
    )
    return ident


def add_change(connection: Connection, row: str) -> None:
    connection.execute(
        "INSERT INTO change (id, table_name, row_id, before, after) VALUES (%s, 'expert', %s,"
        """ '{"phone":"+79990000000"}', '{"phone":""}')""",
        (new_id(), row),
    )


def count(connection: Connection, query: str, *values: object) -> int:
    row = connection.execute(query, values).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture
def expert(postgres_hub: HubDatabase) -> str:
    """An expert of Anna's college."""
    with sql(postgres_hub, "anna") as anna:
        return add_expert(anna, postgres_hub.organizations["anna"])


def test_rows_of_another_college_are_not_seen(postgres_hub: HubDatabase, expert: str) -> None:
    with sql(postgres_hub, "anna") as anna:
        add_change(anna, expert)
        group = add_group(anna, postgres_hub.organizations["anna"])
    with sql(postgres_hub, "boris") as boris:
        assert count(boris, "SELECT count(*) FROM expert") == 0
        assert count(boris, "SELECT count(*) FROM study_group WHERE id = %s", group) == 0
        assert count(boris, "SELECT count(*) FROM change WHERE row_id = %s", expert) == 0
        assert count(boris, "SELECT count(*) FROM specialty") > 0
        assert count(boris, "SELECT count(*) FROM organization") == 3


def test_office_and_own_reader_see_them(postgres_hub: HubDatabase, expert: str) -> None:
    for user in ("anna", "rita", "olga"):
        with sql(postgres_hub, user) as connection:
            assert count(connection, "SELECT count(*) FROM expert WHERE id = %s", expert) == 1


def test_cluster_lends_experts_but_no_groups(postgres_hub: HubDatabase, expert: str) -> None:
    with sql(postgres_hub, "anna") as anna:
        add_group(anna, postgres_hub.organizations["anna"])
    with sql(postgres_hub) as admin, sql(postgres_hub, "boris") as boris:
        before = boris.execute("SELECT sync_scope()").fetchone()
        admin.execute("UPDATE organization SET cluster_id = 'запад' WHERE kind = 'college'")
        assert boris.execute("SELECT sync_scope()").fetchone() != before
        assert count(boris, "SELECT count(*) FROM expert WHERE id = %s", expert) == 1
        assert count(boris, "SELECT count(*) FROM study_group") == 0
        changed = boris.execute("UPDATE expert SET phone = '' WHERE id = %s", (expert,))
        assert changed.rowcount == 0


def test_nobody_moves_his_college_to_another_cluster(postgres_hub: HubDatabase) -> None:
    with sql(postgres_hub, "boris") as boris:
        own = postgres_hub.organizations["boris"]
        boris.execute("UPDATE organization SET city = 'Казань' WHERE id = %s", (own,))
        with pytest.raises(errors.RaiseException):
            boris.execute("UPDATE organization SET cluster_id = 'запад' WHERE id = %s", (own,))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE expert SET phone = 'украден'",
        "UPDATE expert SET deleted = 1 WHERE id = %(id)s",
        "UPDATE organization SET inn = '' WHERE id = %(anna)s",
        "UPDATE specialty SET title = ''",
    ],
)
def test_rows_of_others_are_not_written(
    postgres_hub: HubDatabase, expert: str, statement: str
) -> None:
    facts = {"id": expert, "anna": postgres_hub.organizations["anna"]}
    with sql(postgres_hub, "boris") as boris:
        assert boris.execute(statement, facts).rowcount == 0


def test_rows_are_not_made_for_others(postgres_hub: HubDatabase, expert: str) -> None:
    others = postgres_hub.organizations["anna"]
    with sql(postgres_hub, "boris") as boris:
        for owner in (others, ""):
            with pytest.raises(errors.InsufficientPrivilege):
                add_expert(boris, owner)
        with pytest.raises(errors.InsufficientPrivilege):  # taken over by its id
            boris.execute(
                "INSERT INTO expert (id, owner_id, last_name, first_name, middle_name, phone,"
                " email, consent_document, note, active) VALUES (%s, %s, '', '', '', '', '', '',"
                " '', 1) ON CONFLICT (id) DO UPDATE SET last_name = 'Чужой'",
                (expert, postgres_hub.organizations["boris"]),
            )
        with pytest.raises(errors.InsufficientPrivilege):
            boris.execute(
                "INSERT INTO change (id, table_name, row_id, owner_id) VALUES ('c', 'expert', %s,"
                " %s)",
                (expert, others),
            )


@pytest.mark.parametrize("column", ["owner_id", "id"])
def test_owner_and_id_never_change(postgres_hub: HubDatabase, expert: str, column: str) -> None:
    with sql(postgres_hub, "anna") as anna, pytest.raises(FORBIDDEN):
        anna.execute(
            f"UPDATE expert SET {column} = %s WHERE id = %s",
            (postgres_hub.organizations["boris"], expert),
        )


NOBODY_MAY = (
    "DELETE FROM expert", "TRUNCATE expert", "DELETE FROM change", "TRUNCATE change, operation",
    "DROP TABLE expert", "ALTER TABLE expert DISABLE TRIGGER ALL",
    "ALTER TABLE expert NO FORCE ROW LEVEL SECURITY",
    "UPDATE change SET before = NULL", "UPDATE operation SET text = ''",
    "UPDATE sync_hub SET rev = 0", "UPDATE sync_commit SET usr = 'anna'",
    "DELETE FROM sync_commit", "UPDATE sync_client SET cursor = 0", "SELECT * FROM sync_user",
    "UPDATE sync_user SET sees_all = true", "SELECT * FROM sync_client",
    "INSERT INTO sync_rule VALUES (-1, 'expert', 'SELECT 1', true)",
    "UPDATE sync_scrub SET query = ''", "UPDATE sync_table SET kind = 'public'",
    "SELECT * FROM audit", "DELETE FROM audit", "UPDATE audit SET usr = 'boris'",
    ("INSERT INTO audit (rev, usr, client, table_name, row_id, action)"
    " VALUES (1, 'boris', '', 'expert', 'x', 'INSERT')"),
    "SELECT sync_current()", "SELECT new_id()", "SELECT stamp()", "SELECT erase()",
    "SELECT before_writing()", "SELECT after_writing()", "SELECT sync_rules()",
    "SET ROLE demoexam_owner", "SET session_replication_role = replica",
    "CREATE FUNCTION demoexam.mine() RETURNS int LANGUAGE sql RETURN 1",
    "CREATE TABLE demoexam.mine (a int)", "LISTEN x; SELECT pg_read_file('/etc/hosts')",
    ("CREATE TEMP TABLE mine (id text, rev bigint);"
    " CREATE TRIGGER t AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION erase()"),
)  # fmt: skip


@pytest.mark.parametrize("user", ["anna", "rita", "olga"])
def test_what_nobody_may_do(user: str, postgres_hub: HubDatabase) -> None:
    with sql(postgres_hub, user) as connection:
        done = [statement for statement in NOBODY_MAY if not is_refused(connection, statement)]
    assert done == []


def is_refused(connection: Connection, statement: str) -> bool:
    try:
        connection.execute(statement)
    except (*FORBIDDEN, errors.InvalidTransactionState):
        return True
    return False


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE expert SET phone = ''",
        "INSERT INTO cluster (id, name) VALUES ('x', '')",
        "SELECT sync_begin('b', 'c', 1)",
        "SELECT sync_lock()",
    ],
)
def test_a_reader_writes_nothing(postgres_hub: HubDatabase, statement: str) -> None:
    with sql(postgres_hub, "rita") as rita, pytest.raises(errors.InsufficientPrivilege):
        rita.execute(statement)


def test_the_number_is_given_by_the_hub(postgres_hub: HubDatabase, expert: str) -> None:
    """Whatever rev a client writes; a statement by hand is a commit of its own."""
    with sql(postgres_hub, "anna") as anna:
        rev = count(anna, "SELECT rev FROM sync_hub")
        forged = add_expert(anna, postgres_hub.organizations["anna"], rev=10**9)
        assert count(anna, "SELECT rev FROM expert WHERE id = %s", forged) == rev + 1
        anna.execute("UPDATE expert SET rev = 1 WHERE id = %s", (expert,))
        assert count(anna, "SELECT rev FROM expert WHERE id = %s", expert) == rev + 2
        assert count(anna, "SELECT count(*) FROM sync_commit") == rev + 2


@pytest.mark.parametrize("forged", ["1", "999", "", "не число"])
def test_the_number_is_not_forged_by_a_setting(
    postgres_hub: HubDatabase, expert: str, forged: str
) -> None:
    setting = "SELECT set_config('demoexam.rev', %(rev)s, true)"
    facts = {"rev": forged, "id": expert}
    with sql(postgres_hub, "anna") as anna:
        before = count(anna, "SELECT rev FROM expert WHERE id = %s", expert)
        with anna.transaction():
            opened = count(anna, "SELECT sync_begin('партия', 'клиент', 1)")
            anna.execute(setting, facts)
            anna.execute("UPDATE expert SET phone = '1' WHERE id = %(id)s", facts)
            assert count(anna, "SELECT rev FROM expert WHERE id = %s", expert) == opened
        with pytest.raises((*FORBIDDEN, errors.DataError)):  # while the statement runs
            anna.execute(f"UPDATE expert SET phone = ({setting}) WHERE id = %(id)s", facts)
        assert before < count(anna, "SELECT rev FROM expert WHERE id = %s", expert) == opened


def test_a_transaction_has_one_commit_and_a_batch_comes_once(postgres_hub: HubDatabase) -> None:
    with sql(postgres_hub, "anna") as anna:
        anna.execute("SELECT sync_begin('первая', 'клиент', 1)")
        with pytest.raises(errors.UniqueViolation):
            anna.execute("SELECT sync_begin('первая', 'клиент', 1)")
        with pytest.raises(errors.ActiveSqlTransaction), anna.transaction():
            anna.execute("SELECT sync_begin('вторая', 'клиент', 1)")
            anna.execute("SELECT sync_begin('третья', 'клиент', 1)")
        assert count(anna, "SELECT rev - (SELECT count(*) FROM sync_commit) FROM sync_hub") == 0


def test_the_audit_remembers_who_wrote_what(postgres_hub: HubDatabase, expert: str) -> None:
    with sql(postgres_hub, "anna") as anna:
        anna.execute("UPDATE expert SET phone = '+70000000000' WHERE id = %s", (expert,))
        add_change(anna, expert)
    with sql(postgres_hub) as admin:
        rows = admin.execute(
            "SELECT usr, action, before, after ->> 'phone' FROM audit WHERE row_id = %s ORDER BY n",
            (expert,),
        ).fetchall()
    assert rows == [
        ("anna", "INSERT", None, "+79990000000"),
        ("anna", "UPDATE", {"phone": "+79990000000"}, "+70000000000"),
    ]


def add_erasure(connection: Connection, owner: str, row: str, table: str = "expert") -> None:
    connection.execute(
        "INSERT INTO erasure (id, owner_id, table_name, row_id, at, reason)"
        " VALUES (%s, %s, %s, %s, '2026-05-01T00:00:00', '')",
        (new_id(), owner, table, row),
    )


def test_an_erasure_empties_journal_and_audit(postgres_hub: HubDatabase, expert: str) -> None:
    with sql(postgres_hub, "anna") as anna:
        add_change(anna, expert)
        add_erasure(anna, postgres_hub.organizations["anna"], expert)
        anna.execute("UPDATE expert SET last_name = '', phone = '' WHERE id = %s", (expert,))
        query = "SELECT before, after FROM change WHERE row_id = %s"
        assert anna.execute(query, (expert,)).fetchall() == [("{}", "{}")]
    with sql(postgres_hub, "boris") as boris:  # whoever has seen him must hear of it
        assert count(boris, "SELECT count(*) FROM erasure WHERE row_id = %s", expert) == 1
    with sql(postgres_hub) as admin:
        for words in ("Белов", "9990000000"):
            query = "SELECT count(*) FROM audit a WHERE a::text LIKE %s"
            assert count(admin, query, f"%{words}%") == 0


def test_nobody_erases_a_person_of_another_college(postgres_hub: HubDatabase, expert: str) -> None:
    with sql(postgres_hub, "anna") as anna, sql(postgres_hub, "boris") as boris:
        add_change(anna, expert)
        own = postgres_hub.organizations["boris"]
        with pytest.raises(errors.InsufficientPrivilege):
            add_erasure(boris, own, expert)
        with pytest.raises(errors.DataError):
            add_erasure(boris, own, expert, table="sync_user")
        assert count(anna, "SELECT count(*) FROM change WHERE before <> '{}'") == 1


def test_a_member_of_another_hub_of_this_server_gets_nothing(
    postgres_hub: HubDatabase, expert: str
) -> None:
    with sql(postgres_hub) as admin:
        admin.execute("DELETE FROM sync_user WHERE usr = 'boris'")
    with sql(postgres_hub, "boris") as boris:
        for table in ("expert", "specialty", "organization", "operation"):
            assert count(boris, f"SELECT count(*) FROM {table}") == 0
        with pytest.raises(errors.InsufficientPrivilege):
            boris.execute("SELECT sync_begin('b', 'c', 1)")
