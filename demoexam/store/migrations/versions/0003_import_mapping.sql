CREATE TABLE import_mapping (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    columns TEXT NOT NULL,
    title TEXT NOT NULL,
    header_rows INTEGER,
    CONSTRAINT pk_import_mapping PRIMARY KEY (n),
    CONSTRAINT uq_import_mapping_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_import_mapping_source ON import_mapping (source);
