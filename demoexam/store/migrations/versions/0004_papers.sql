CREATE TABLE incident (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    session_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    examinee_id TEXT,
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    started TEXT,
    ended TEXT,
    compensation INTEGER,
    clause TEXT NOT NULL,
    reason TEXT NOT NULL,
    explanation TEXT NOT NULL,
    counts INTEGER,
    CONSTRAINT pk_incident PRIMARY KEY (n),
    CONSTRAINT uq_incident_id UNIQUE (id),
    CONSTRAINT fk_incident_session_id FOREIGN KEY(session_id) REFERENCES exam_session (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_incident_examinee_id FOREIGN KEY(examinee_id) REFERENCES examinee (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_incident_examinee_id ON incident (examinee_id);
CREATE INDEX ix_incident_session_id ON incident (session_id);
CREATE TABLE document_template (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    code TEXT NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT pk_document_template PRIMARY KEY (n),
    CONSTRAINT uq_document_template_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_document_template_code ON document_template (code);
CREATE TABLE declined_name (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    words TEXT NOT NULL,
    declension TEXT NOT NULL,
    declined TEXT NOT NULL,
    CONSTRAINT pk_declined_name PRIMARY KEY (n),
    CONSTRAINT uq_declined_name_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_declined_name_words ON declined_name (words);
ALTER TABLE workplace_draw ADD COLUMN reason TEXT DEFAULT '' NOT NULL;
CREATE TABLE plan_version (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    name TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    content TEXT NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_plan_version PRIMARY KEY (n),
    CONSTRAINT uq_plan_version_id UNIQUE (id)
)
 STRICT;
ALTER TABLE unavailability ADD COLUMN soft INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE workshop_booking ADD COLUMN series TEXT;
ALTER TABLE assessment_kit ADD COLUMN turnaround INTEGER;
