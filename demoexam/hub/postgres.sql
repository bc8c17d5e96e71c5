-- What the shared store on PostgreSQL does and forbids by itself, whatever program connects to it.
-- Installed by `administration` after every migration, as demoexam_owner, in the schema demoexam.

-- Who is connected, and whose rows he may see ---------------------------------------------------

CREATE OR REPLACE FUNCTION my_organization() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = demoexam, pg_temp AS $$
    SELECT organization_id FROM sync_user WHERE usr = session_user
$$;

CREATE OR REPLACE FUNCTION my_sees_all() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = demoexam, pg_temp AS $$
    SELECT coalesce((SELECT sees_all FROM sync_user WHERE usr = session_user), false)
$$;

CREATE OR REPLACE FUNCTION administers() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT pg_has_role(session_user, 'demoexam_owner', 'MEMBER')
$$;

-- Owners whose rows a user sees: his own and the common ones; NULL for who was never granted.
-- With `cluster`, also the colleges of the same cluster: they lend each other experts and rooms.
CREATE OR REPLACE FUNCTION my_scope(cluster boolean) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = demoexam, pg_temp AS $$
    SELECT ARRAY(
        SELECT '' UNION SELECT me.organization_id
        UNION SELECT other.id FROM organization own JOIN organization other USING (cluster_id)
        WHERE cluster AND own.id = me.organization_id
        ORDER BY 1
    ) FROM sync_user me WHERE me.usr = session_user
$$;

-- Changes whenever this user may see other rows than before: he then needs a new first exchange.
CREATE OR REPLACE FUNCTION sync_scope() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = demoexam, pg_temp AS $$
    SELECT CASE WHEN my_sees_all() OR administers() THEN 'all'
        ELSE coalesce(md5(my_scope(true)::text), '') END
$$;

-- Commits: one counter, one door ----------------------------------------------------------------

CREATE OR REPLACE FUNCTION sync_lock() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = demoexam, pg_temp AS $$
BEGIN
    IF NOT administers() AND NOT EXISTS (
        SELECT FROM sync_user WHERE usr = session_user AND role <> 'reader') THEN
        RAISE EXCEPTION 'not a coordinator of this shared store' USING ERRCODE = '42501';
    END IF;
    RETURN (SELECT rev FROM sync_hub FOR UPDATE);
END $$;

-- The commit of this transaction: by nothing a client sets. Numbers of transactions begin anew when
-- the database is restored elsewhere, so the moment counts too.
CREATE OR REPLACE FUNCTION sync_current() RETURNS sync_commit
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = demoexam, pg_temp AS $$
    SELECT c FROM sync_hub JOIN sync_commit c USING (rev)
    WHERE c.xact = pg_current_xact_id_if_assigned() AND c.started = now()
$$;

-- The row of the counter stays locked until the commit: numbers become visible in order, no gaps.
CREATE OR REPLACE FUNCTION sync_begin(batch text, client text, n bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = demoexam, pg_temp AS $$
DECLARE
    number bigint := sync_lock() + 1;  -- takes the lock
    moment text := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US');
BEGIN
    IF (sync_current()).rev IS NOT NULL THEN
        RAISE EXCEPTION 'this transaction has its commit' USING ERRCODE = '25001';
    END IF;
    UPDATE sync_hub SET rev = number;
    INSERT INTO sync_commit (rev, batch, client, usr, at, n, xact, started)
    VALUES (number, batch, client, session_user, moment, n, pg_current_xact_id(), now());
    IF client <> '' THEN
        INSERT INTO sync_client AS c (client, usr, cursor, seen_at)
        VALUES (client, session_user, number - 1, moment)
        ON CONFLICT ON CONSTRAINT sync_client_pkey DO UPDATE
        SET cursor = excluded.cursor, seen_at = excluded.seen_at WHERE c.usr = session_user;
    END IF;
    PERFORM set_config('demoexam.rev', number::text, true);
    PERFORM pg_notify('demoexam_hub', number::text);
    RETURN number;
END $$;

-- Every statement that writes rows belongs to a commit; an edit by hand in psql opens its own.
CREATE OR REPLACE FUNCTION before_writing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = demoexam, pg_temp AS $$
DECLARE
    number bigint := (sync_current()).rev;
BEGIN
    IF number IS NULL THEN
        PERFORM sync_begin(gen_random_uuid()::text, '', 0);
    ELSIF current_setting('demoexam.rev', true) IS DISTINCT FROM number::text THEN
        PERFORM set_config('demoexam.rev', number::text, true);
    END IF;
    RETURN NULL;
END $$;

-- Runs only for rows that do not carry the number yet. What a client set in its place instead is
-- found out by after_writing.
CREATE OR REPLACE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.rev := current_setting('demoexam.rev')::bigint;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'id and owner never change' USING ERRCODE = '23514';
END $$;

CREATE OR REPLACE FUNCTION refuse_other_cluster() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = demoexam, pg_temp AS $$
BEGIN
    IF my_organization() IS NOT NULL AND NOT my_sees_all()
       AND EXISTS (SELECT FROM sync_user WHERE organization_id = NEW.id) THEN
        RAISE EXCEPTION 'кластер колледжа в общем хранилище меняет администратор';
    END IF;
    RETURN NEW;
END $$;

-- Once per statement, over all its rows: the number is the ledger's, and the audit remembers.
CREATE OR REPLACE FUNCTION after_writing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = demoexam, pg_temp AS $$
DECLARE
    entry sync_commit := sync_current();
BEGIN
    IF EXISTS (SELECT FROM new_rows WHERE rev IS DISTINCT FROM entry.rev) THEN
        RAISE EXCEPTION 'rev is given by the shared store alone' USING ERRCODE = '42501';
    END IF;
    IF TG_ARGV[0] = 'journal' THEN
        RETURN NULL;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO audit (rev, usr, client, table_name, row_id, action, after)
        SELECT entry.rev, session_user, entry.client, TG_TABLE_NAME, r.id, TG_OP,
            CASE WHEN e.row_id IS NULL THEN to_jsonb(r) END
        FROM new_rows r LEFT JOIN (SELECT DISTINCT row_id FROM erasure) e ON e.row_id = r.id;
        RETURN NULL;
    END IF;
    INSERT INTO audit (rev, usr, client, table_name, row_id, action, before, after)
    SELECT entry.rev, session_user, entry.client, TG_TABLE_NAME, r.id, TG_OP,
        CASE WHEN e.row_id IS NULL THEN d.before END, CASE WHEN e.row_id IS NULL THEN d.after END
    FROM (SELECT o.id, to_jsonb(o) AS old, to_jsonb(n) AS new FROM old_rows o
          JOIN new_rows n USING (id) OFFSET 0) r
    CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(key, value) AS before, jsonb_object_agg(key, r.new -> key) AS after
        FROM jsonb_each(r.old) WHERE value IS DISTINCT FROM r.new -> key AND key <> 'rev') d
    LEFT JOIN (SELECT DISTINCT row_id FROM erasure) e ON e.row_id = r.id
    WHERE d.before IS NOT NULL;
    RETURN NULL;
END $$;

-- A person's data removed at his request leaves the journal, the conflicts and the audit too.
CREATE OR REPLACE FUNCTION erase() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = demoexam, pg_temp AS $$
DECLARE
    owner text;
    scrub record;
BEGIN
    IF NOT EXISTS (SELECT FROM sync_table WHERE name = NEW.table_name) THEN
        RAISE EXCEPTION 'no such table' USING ERRCODE = '22023';
    END IF;
    EXECUTE format('SELECT owner_id FROM %I WHERE id = $1', NEW.table_name)
        INTO owner USING NEW.row_id;
    IF my_organization() IS NOT NULL AND NOT my_sees_all() AND owner <> my_organization() THEN
        RAISE EXCEPTION 'a person of another organization' USING ERRCODE = '42501';
    END IF;
    FOR scrub IN SELECT query FROM sync_scrub WHERE table_name = NEW.table_name ORDER BY n LOOP
        EXECUTE scrub.query USING NEW.table_name, NEW.row_id;
    END LOOP;
    UPDATE audit SET before = NULL, after = NULL WHERE row_id = NEW.row_id
        OR table_name = 'conflict'
        AND row_id IN (SELECT id FROM conflict c WHERE c.row_id = NEW.row_id);
    RETURN NULL;
END $$;

-- Rules over several rows, which no coordinator sees as a whole: cross_rules.apply, word for word --

CREATE OR REPLACE FUNCTION new_id() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING substring(int8send(
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1
    ), 'hex')::uuid::text
$$;

CREATE OR REPLACE FUNCTION sync_rules() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = demoexam, pg_temp
-- Right after an import there are no statistics; whatever they say, these are nested index scans.
SET join_collapse_limit = 1 SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
DECLARE
    entry sync_commit := sync_current();
    moment text := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US');
    clash record;
    rule record;
    present boolean;
    rows_written bigint;
    wrote boolean := false;
    waiting text[] := '{}';  -- conflicts looked at anew
    before text[] := '{}';   -- rows that wait for them
    going_on text[] := '{}';    -- clashes of theirs that go on
BEGIN
    IF entry.rev IS NULL THEN
        RAISE EXCEPTION 'no commit to look at' USING ERRCODE = '25000';
    END IF;
    FOR clash IN EXECUTE (SELECT query FROM sync_rule WHERE n = 0) USING entry.rev LOOP
        -- a conflict of one's own about somebody else's row lets nothing go
        EXECUTE format('UPDATE %I SET held = 0 WHERE id = $1 AND owner_id IN (SELECT owner_id'
            ' FROM conflict WHERE id = $2 OR $2 IS NULL AND row_id = $1 AND kind = ''rule'')',
            clash.table_name) USING clash.row_id, clash.id;
        waiting := waiting || clash.id;
        before := before || clash.row_id;
        wrote := true;
    END LOOP;
    FOR rule IN SELECT * FROM sync_rule WHERE n > 0 ORDER BY n LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE rev = $1)', rule.touched)
            INTO present USING entry.rev;
        CONTINUE WHEN NOT present;
        FOR clash IN EXECUTE format('SELECT * FROM (%s) AS c (table_name, row_id, code,'
            ' other_table, other_id) ORDER BY row_id = ANY ($2) DESC, row_id DESC', rule.query)
            USING entry.rev, before
        LOOP
            IF rule.holds THEN
                EXECUTE format('SELECT held = 1 FROM %I WHERE id = $1', clash.other_table)
                    INTO present USING clash.other_id;
                CONTINUE WHEN present;
                EXECUTE format('UPDATE %I SET held = 1 WHERE id = $1', clash.table_name)
                    USING clash.row_id;
            END IF;
            IF clash.row_id = ANY (before) THEN
                going_on := going_on || concat_ws(' ', clash.row_id, clash.code, clash.other_id);
            END IF;
            EXECUTE format(
                'INSERT INTO conflict (id, owner_id, rev, table_name, row_id, kind, unit, code,'
                ' other_table, other_id, client, at, status)'
                ' SELECT new_id(), r.owner_id, $1, %1$L, r.id, $2, '''', $3, $4, $5, $6, $7, ''open'''
                ' FROM %1$I AS r WHERE r.id = $8 AND NOT EXISTS (SELECT FROM conflict c'
                ' WHERE c.code = $3 AND (c.row_id = r.id AND c.other_id = $5'
                ' OR c.row_id = $5 AND c.other_id = r.id)'
                ' AND (c.status = ''open'' OR c.kind = ''duplicate''))', clash.table_name)
                USING entry.rev, CASE WHEN rule.holds THEN 'rule' ELSE 'duplicate' END,
                    clash.code, clash.other_table, clash.other_id, entry.client, moment,
                    clash.row_id;
            GET DIAGNOSTICS rows_written = ROW_COUNT;
            wrote := wrote OR rows_written > 0;
        END LOOP;
    END LOOP;
    UPDATE conflict SET status = 'resolved', choice = 'data' WHERE id = ANY (waiting)
        AND NOT concat_ws(' ', row_id, code, other_id) = ANY (going_on);
    RETURN wrote;
END $$;

-- Triggers, policies and rights of every table that travels -----------------------------------------

DO $$
DECLARE
    one record;
    seen text;
    mine text;
BEGIN
    FOR one IN SELECT * FROM pg_policies WHERE schemaname = 'demoexam' LOOP
        EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
    END LOOP;
    FOR one IN SELECT * FROM sync_table LOOP
        seen := CASE one.kind WHEN 'public' THEN '(SELECT my_scope(false)) IS NOT NULL'
            ELSE format('(SELECT my_sees_all()) OR owner_id = ANY ((SELECT my_scope(%L))::text[])',
                one.kind = 'cluster') END;
        mine := CASE one.name WHEN 'organization'
            THEN '(SELECT my_sees_all()) OR (SELECT my_organization()) IN (owner_id, id)'
            ELSE '(SELECT my_sees_all()) OR owner_id = (SELECT my_organization())' END;
        EXECUTE format($each$
            CREATE OR REPLACE TRIGGER before_writing BEFORE INSERT OR UPDATE ON %1$I
                FOR EACH STATEMENT EXECUTE FUNCTION before_writing();
            CREATE OR REPLACE TRIGGER stamp BEFORE INSERT OR UPDATE ON %1$I FOR EACH ROW
                WHEN (NEW.rev::text IS DISTINCT FROM current_setting('demoexam.rev', true))
                EXECUTE FUNCTION stamp();
            CREATE OR REPLACE TRIGGER refuse_move BEFORE UPDATE ON %1$I FOR EACH ROW
                WHEN (NEW.id <> OLD.id OR NEW.owner_id <> OLD.owner_id)
                EXECUTE FUNCTION refuse_move();
            CREATE OR REPLACE TRIGGER after_insert AFTER INSERT ON %1$I
                REFERENCING NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION after_writing(%2$L);
            CREATE OR REPLACE TRIGGER after_update AFTER UPDATE ON %1$I
                REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION after_writing(%2$L);
            ALTER TABLE %1$I ENABLE ROW LEVEL SECURITY;
            ALTER TABLE %1$I FORCE ROW LEVEL SECURITY;
            CREATE POLICY owner ON %1$I TO demoexam_owner USING (true) WITH CHECK (true);
            CREATE POLICY reading ON %1$I FOR SELECT
                TO demoexam_coordinator, demoexam_reader USING (%3$s);
            CREATE POLICY adding ON %1$I FOR INSERT TO demoexam_coordinator WITH CHECK (%4$s);
            CREATE POLICY changing ON %1$I FOR UPDATE TO demoexam_coordinator
                USING (%4$s) WITH CHECK (%4$s);
            GRANT SELECT ON %1$I TO demoexam_coordinator, demoexam_reader;
            GRANT INSERT, UPDATE%5$s ON %1$I TO demoexam_coordinator;
            $each$, one.name, one.kind, seen, mine,
            CASE one.kind WHEN 'journal' THEN ' (rev)' ELSE '' END);
    END LOOP;
END $$;

ALTER TABLE operation ALTER owner_id SET DEFAULT coalesce(my_organization(), '');
ALTER TABLE change ALTER owner_id SET DEFAULT coalesce(my_organization(), '');
CREATE OR REPLACE TRIGGER erase AFTER INSERT ON erasure FOR EACH ROW EXECUTE FUNCTION erase();
CREATE OR REPLACE TRIGGER refuse_other_cluster BEFORE UPDATE ON organization FOR EACH ROW
    WHEN (NEW.cluster_id IS DISTINCT FROM OLD.cluster_id) EXECUTE FUNCTION refuse_other_cluster();

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA demoexam FROM PUBLIC;
GRANT USAGE ON SCHEMA demoexam TO demoexam_coordinator, demoexam_reader;
GRANT SELECT ON sync_hub, sync_commit TO demoexam_coordinator, demoexam_reader;
GRANT EXECUTE ON FUNCTION my_organization(), my_sees_all(), my_scope(boolean), sync_scope(),
    administers() TO demoexam_coordinator, demoexam_reader;
GRANT EXECUTE ON FUNCTION sync_lock(), sync_begin(text, text, bigint), sync_rules(),
    as_inet(text), hours_on(text, text, text), sitting_hours(text, text, text)
    TO demoexam_coordinator;
