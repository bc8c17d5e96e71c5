CREATE TABLE "incident" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "session_id" text COLLATE "C" NOT NULL,
    "kind" text COLLATE "C" NOT NULL,
    "examinee_id" text COLLATE "C",
    "person" text COLLATE "C" NOT NULL,
    "role" text COLLATE "C" NOT NULL,
    "started" text COLLATE "C",
    "ended" text COLLATE "C",
    "compensation" bigint,
    "clause" text COLLATE "C" NOT NULL,
    "reason" text COLLATE "C" NOT NULL,
    "explanation" text COLLATE "C" NOT NULL,
    "counts" bigint,
    rev bigint NOT NULL
);
CREATE INDEX ix_incident_examinee_id ON "incident" (examinee_id);
CREATE INDEX ix_incident_session_id ON "incident" (session_id);
CREATE INDEX hub_rev_incident ON "incident" (rev);
CREATE TABLE "document_template" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "code" text COLLATE "C" NOT NULL,
    "content" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_document_template_code ON "document_template" (code);
CREATE INDEX hub_rev_document_template ON "document_template" (rev);
CREATE TABLE "declined_name" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "words" text COLLATE "C" NOT NULL,
    "declension" text COLLATE "C" NOT NULL,
    "declined" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_declined_name_words ON "declined_name" (words);
CREATE INDEX hub_rev_declined_name ON "declined_name" (rev);
ALTER TABLE "workplace_draw" ADD COLUMN "reason" text COLLATE "C" DEFAULT '' NOT NULL;
CREATE TABLE "plan_version" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "taken_at" text COLLATE "C" NOT NULL,
    "content" text COLLATE "C" NOT NULL,
    "note" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX hub_rev_plan_version ON "plan_version" (rev);
ALTER TABLE "unavailability" ADD COLUMN "soft" bigint DEFAULT 0 NOT NULL;
ALTER TABLE "workshop_booking" ADD COLUMN "series" text COLLATE "C";
ALTER TABLE "assessment_kit" ADD COLUMN "turnaround" bigint;
