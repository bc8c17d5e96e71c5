CREATE TABLE "conflict" (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    unit TEXT NOT NULL,
    code TEXT NOT NULL,
    other_table TEXT NOT NULL,
    other_id TEXT,
    base TEXT,
    ours TEXT,
    theirs TEXT,
    client TEXT NOT NULL,
    who TEXT,
    status TEXT NOT NULL,
    choice TEXT,
    CONSTRAINT pk_conflict PRIMARY KEY (n),
    CONSTRAINT uq_conflict_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_conflict_other_id ON "conflict" (other_id);
CREATE INDEX ix_conflict_row_id ON "conflict" (row_id);
CREATE TABLE erasure (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_erasure PRIMARY KEY (n),
    CONSTRAINT uq_erasure_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_erasure_row_id ON erasure (row_id);
CREATE TABLE sync_batch (
    id TEXT NOT NULL,
    payload TEXT NOT NULL,
    CONSTRAINT pk_sync_batch PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE sync_head (
    rev INTEGER NOT NULL,
    batch TEXT NOT NULL,
    CONSTRAINT pk_sync_head PRIMARY KEY (rev)
)
 STRICT;
CREATE TABLE sync_log (
    n INTEGER NOT NULL,
    at TEXT NOT NULL,
    pulled INTEGER NOT NULL,
    pushed INTEGER NOT NULL,
    conflicts INTEGER NOT NULL,
    trouble TEXT NOT NULL,
    CONSTRAINT pk_sync_log PRIMARY KEY (n)
)
 STRICT;
CREATE TABLE sync_meta (
    k TEXT NOT NULL,
    v TEXT NOT NULL,
    CONSTRAINT pk_sync_meta PRIMARY KEY (k)
)
 WITHOUT ROWID,
 STRICT;
CREATE INDEX ix_operation_unsent ON operation (n) WHERE rev IS NULL;
CREATE INDEX ix_change_unsent ON change (n) WHERE rev IS NULL;
