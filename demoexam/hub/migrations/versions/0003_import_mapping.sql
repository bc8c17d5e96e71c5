CREATE TABLE "import_mapping" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "source" text COLLATE "C" NOT NULL,
    "kind" text COLLATE "C" NOT NULL,
    "columns" text COLLATE "C" NOT NULL,
    "title" text COLLATE "C" NOT NULL,
    "header_rows" bigint,
    rev bigint NOT NULL
);
CREATE INDEX ix_import_mapping_source ON "import_mapping" (source);
CREATE INDEX hub_rev_import_mapping ON "import_mapping" (rev);
