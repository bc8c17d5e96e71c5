CREATE TABLE calendar_day (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    day TEXT NOT NULL,
    is_working INTEGER NOT NULL,
    is_short INTEGER NOT NULL,
    name TEXT NOT NULL,
    verified INTEGER NOT NULL,
    CONSTRAINT pk_calendar_day PRIMARY KEY (n),
    CONSTRAINT uq_calendar_day_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_calendar_day_day ON calendar_day (day);
CREATE TABLE change (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    rev INTEGER,
    operation_id TEXT,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    at TEXT,
    CONSTRAINT pk_change PRIMARY KEY (n),
    CONSTRAINT uq_change_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_change_operation_id ON change (operation_id);
CREATE INDEX ix_change_row_id ON change (row_id);
CREATE TABLE cluster (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    name TEXT NOT NULL,
    CONSTRAINT pk_cluster PRIMARY KEY (n),
    CONSTRAINT uq_cluster_id UNIQUE (id)
)
 STRICT;
CREATE TABLE dirty (
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    base TEXT,
    lsn INTEGER NOT NULL,
    is_new INTEGER NOT NULL,
    rejected TEXT,
    CONSTRAINT pk_dirty PRIMARY KEY (table_name, row_id)
)
 WITHOUT ROWID,
 STRICT;
CREATE TABLE expert (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    last_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    middle_name TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    consent_on TEXT,
    consent_document TEXT NOT NULL,
    consent_withdrawn TEXT,
    note TEXT NOT NULL,
    active INTEGER NOT NULL,
    person_hash TEXT,
    skey_half TEXT NOT NULL GENERATED ALWAYS AS (replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(coalesce(last_name, '') || ' ' || coalesce(first_name, '') || ' ' || coalesce(middle_name, '')), 'Ё', 'е'), 'ё', 'е'), 'А', 'а'), 'Б', 'б'), 'В', 'в'), 'Г', 'г'), 'Д', 'д'), 'Е', 'е'), 'Ж', 'ж'), 'З', 'з'), 'И', 'и'), 'Й', 'й'), 'К', 'к'), 'Л', 'л'), 'М', 'м'), 'Н', 'н'), 'О', 'о'), 'П', 'п')) VIRTUAL,
    skey TEXT NOT NULL GENERATED ALWAYS AS (replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(skey_half, 'Р', 'р'), 'С', 'с'), 'Т', 'т'), 'У', 'у'), 'Ф', 'ф'), 'Х', 'х'), 'Ц', 'ц'), 'Ч', 'ч'), 'Ш', 'ш'), 'Щ', 'щ'), 'Ъ', 'ъ'), 'Ы', 'ы'), 'Ь', 'ь'), 'Э', 'э'), 'Ю', 'ю'), 'Я', 'я') || char(1) || coalesce(last_name, '') || ' ' || coalesce(first_name, '') || ' ' || coalesce(middle_name, '')) VIRTUAL,
    CONSTRAINT pk_expert PRIMARY KEY (n),
    CONSTRAINT uq_expert_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_expert_person_hash ON expert (person_hash);
CREATE INDEX ix_expert_skey ON expert (skey);
CREATE TABLE industry (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    name TEXT NOT NULL,
    CONSTRAINT pk_industry PRIMARY KEY (n),
    CONSTRAINT uq_industry_id UNIQUE (id)
)
 STRICT;
CREATE TABLE operation (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    rev INTEGER,
    who TEXT,
    client TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    undoes TEXT,
    CONSTRAINT pk_operation PRIMARY KEY (n),
    CONSTRAINT uq_operation_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_operation_undoes ON operation (undoes);
CREATE TABLE setting (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (n),
    CONSTRAINT uq_setting_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_setting_key ON setting ("key");
CREATE TABLE share_target (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    year INTEGER NOT NULL,
    percent INTEGER NOT NULL,
    CONSTRAINT pk_share_target PRIMARY KEY (n),
    CONSTRAINT uq_share_target_id UNIQUE (id)
)
 STRICT;
CREATE TABLE snapshot (
    n INTEGER NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_snapshot PRIMARY KEY (n)
)
 STRICT;
CREATE TABLE specialty (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    CONSTRAINT pk_specialty PRIMARY KEY (n),
    CONSTRAINT uq_specialty_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_specialty_code ON specialty (code);
CREATE TABLE store_state (
    n INTEGER NOT NULL,
    applying INTEGER NOT NULL,
    operation TEXT,
    CONSTRAINT pk_store_state PRIMARY KEY (n)
)
 STRICT;
CREATE TABLE assessment_kit (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    code TEXT NOT NULL,
    specialty_id TEXT NOT NULL,
    level TEXT NOT NULL,
    year INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    title TEXT NOT NULL,
    exam_days INTEGER NOT NULL,
    core_points INTEGER NOT NULL,
    variable_points INTEGER NOT NULL,
    equipment TEXT NOT NULL,
    CONSTRAINT pk_assessment_kit PRIMARY KEY (n),
    CONSTRAINT uq_assessment_kit_id UNIQUE (id),
    CONSTRAINT fk_assessment_kit_specialty_id FOREIGN KEY(specialty_id) REFERENCES specialty (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_assessment_kit_code ON assessment_kit (code);
CREATE INDEX ix_assessment_kit_specialty_id ON assessment_kit (specialty_id);
CREATE TABLE certificate (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    expert_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    issued_on TEXT,
    valid_until TEXT,
    CONSTRAINT pk_certificate PRIMARY KEY (n),
    CONSTRAINT uq_certificate_id UNIQUE (id),
    CONSTRAINT fk_certificate_expert_id FOREIGN KEY(expert_id) REFERENCES expert (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_certificate_expert_id ON certificate (expert_id);
CREATE TABLE organization (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    kind TEXT NOT NULL,
    short_name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    inn TEXT,
    city TEXT NOT NULL,
    address TEXT NOT NULL,
    industry_id TEXT,
    cluster_id TEXT,
    contact TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    founder TEXT NOT NULL,
    legal_form TEXT NOT NULL,
    head_name TEXT NOT NULL,
    head_post TEXT NOT NULL,
    skey_half TEXT NOT NULL GENERATED ALWAYS AS (replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(coalesce(short_name, '')), 'Ё', 'е'), 'ё', 'е'), 'А', 'а'), 'Б', 'б'), 'В', 'в'), 'Г', 'г'), 'Д', 'д'), 'Е', 'е'), 'Ж', 'ж'), 'З', 'з'), 'И', 'и'), 'Й', 'й'), 'К', 'к'), 'Л', 'л'), 'М', 'м'), 'Н', 'н'), 'О', 'о'), 'П', 'п')) VIRTUAL,
    skey TEXT NOT NULL GENERATED ALWAYS AS (replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(skey_half, 'Р', 'р'), 'С', 'с'), 'Т', 'т'), 'У', 'у'), 'Ф', 'ф'), 'Х', 'х'), 'Ц', 'ц'), 'Ч', 'ч'), 'Ш', 'ш'), 'Щ', 'щ'), 'Ъ', 'ъ'), 'Ы', 'ы'), 'Ь', 'ь'), 'Э', 'э'), 'Ю', 'ю'), 'Я', 'я') || char(1) || coalesce(short_name, '')) VIRTUAL,
    CONSTRAINT pk_organization PRIMARY KEY (n),
    CONSTRAINT uq_organization_id UNIQUE (id),
    CONSTRAINT fk_organization_industry_id FOREIGN KEY(industry_id) REFERENCES industry (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_organization_cluster_id FOREIGN KEY(cluster_id) REFERENCES cluster (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_organization_cluster_id ON organization (cluster_id);
CREATE INDEX ix_organization_industry_id ON organization (industry_id);
CREATE INDEX ix_organization_inn ON organization (inn);
CREATE INDEX ix_organization_skey ON organization (skey);
CREATE TABLE unavailability (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    expert_id TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    only_these INTEGER NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_unavailability PRIMARY KEY (n),
    CONSTRAINT uq_unavailability_id UNIQUE (id),
    CONSTRAINT fk_unavailability_expert_id FOREIGN KEY(expert_id) REFERENCES expert (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_unavailability_expert_id ON unavailability (expert_id);
CREATE TABLE competence (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    expert_id TEXT NOT NULL,
    specialty_id TEXT,
    kit_id TEXT,
    roles TEXT NOT NULL,
    CONSTRAINT pk_competence PRIMARY KEY (n),
    CONSTRAINT uq_competence_id UNIQUE (id),
    CONSTRAINT fk_competence_expert_id FOREIGN KEY(expert_id) REFERENCES expert (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_competence_specialty_id FOREIGN KEY(specialty_id) REFERENCES specialty (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_competence_kit_id FOREIGN KEY(kit_id) REFERENCES assessment_kit (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_competence_expert_id ON competence (expert_id);
CREATE TABLE coordinator (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    name TEXT NOT NULL,
    login TEXT NOT NULL,
    organization_id TEXT,
    CONSTRAINT pk_coordinator PRIMARY KEY (n),
    CONSTRAINT uq_coordinator_id UNIQUE (id),
    CONSTRAINT fk_coordinator_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_coordinator_login ON coordinator (login);
CREATE TABLE employment (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    expert_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    post TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    is_main INTEGER NOT NULL,
    counts_as_employer INTEGER,
    override_reason TEXT NOT NULL,
    CONSTRAINT pk_employment PRIMARY KEY (n),
    CONSTRAINT uq_employment_id UNIQUE (id),
    CONSTRAINT fk_employment_expert_id FOREIGN KEY(expert_id) REFERENCES expert (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_employment_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_employment_expert_id ON employment (expert_id);
CREATE INDEX ix_employment_organization_id ON employment (organization_id);
CREATE TABLE exam_board (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    college_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    order_number TEXT NOT NULL,
    order_date TEXT,
    CONSTRAINT pk_exam_board PRIMARY KEY (n),
    CONSTRAINT uq_exam_board_id UNIQUE (id),
    CONSTRAINT fk_exam_board_college_id FOREIGN KEY(college_id) REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_exam_board_college_id ON exam_board (college_id);
CREATE TABLE exam_center (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    organization_id TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    CONSTRAINT pk_exam_center PRIMARY KEY (n),
    CONSTRAINT uq_exam_center_id UNIQUE (id),
    CONSTRAINT fk_exam_center_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_exam_center_organization_id ON exam_center (organization_id);
CREATE TABLE grade_scale (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    college_id TEXT,
    three INTEGER NOT NULL,
    four INTEGER NOT NULL,
    five INTEGER NOT NULL,
    CONSTRAINT pk_grade_scale PRIMARY KEY (n),
    CONSTRAINT uq_grade_scale_id UNIQUE (id),
    CONSTRAINT fk_grade_scale_college_id FOREIGN KEY(college_id) REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE TABLE staffing_rule (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    kit_id TEXT NOT NULL,
    minimum INTEGER NOT NULL,
    workplaces_from INTEGER NOT NULL,
    workplaces_to INTEGER,
    recommended INTEGER,
    CONSTRAINT pk_staffing_rule PRIMARY KEY (n),
    CONSTRAINT uq_staffing_rule_id UNIQUE (id),
    CONSTRAINT fk_staffing_rule_kit_id FOREIGN KEY(kit_id) REFERENCES assessment_kit (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_staffing_rule_kit_id ON staffing_rule (kit_id);
CREATE TABLE study_group (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    name TEXT NOT NULL,
    college_id TEXT NOT NULL,
    specialty_id TEXT,
    year INTEGER,
    course INTEGER,
    head_count INTEGER,
    skey_half TEXT NOT NULL GENERATED ALWAYS AS (replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(coalesce(name, '')), 'Ё', 'е'), 'ё', 'е'), 'А', 'а'), 'Б', 'б'), 'В', 'в'), 'Г', 'г'), 'Д', 'д'), 'Е', 'е'), 'Ж', 'ж'), 'З', 'з'), 'И', 'и'), 'Й', 'й'), 'К', 'к'), 'Л', 'л'), 'М', 'м'), 'Н', 'н'), 'О', 'о'), 'П', 'п')) VIRTUAL,
    skey TEXT NOT NULL GENERATED ALWAYS AS (replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(skey_half, 'Р', 'р'), 'С', 'с'), 'Т', 'т'), 'У', 'у'), 'Ф', 'ф'), 'Х', 'х'), 'Ц', 'ц'), 'Ч', 'ч'), 'Ш', 'ш'), 'Щ', 'щ'), 'Ъ', 'ъ'), 'Ы', 'ы'), 'Ь', 'ь'), 'Э', 'э'), 'Ю', 'ю'), 'Я', 'я') || char(1) || coalesce(name, '')) VIRTUAL,
    CONSTRAINT pk_study_group PRIMARY KEY (n),
    CONSTRAINT uq_study_group_id UNIQUE (id),
    CONSTRAINT fk_study_group_college_id FOREIGN KEY(college_id) REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_study_group_specialty_id FOREIGN KEY(specialty_id) REFERENCES specialty (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_study_group_college_id ON study_group (college_id);
CREATE INDEX ix_study_group_skey ON study_group (skey);
CREATE INDEX ix_study_group_specialty_id ON study_group (specialty_id);
CREATE TABLE task_module (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    kit_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    max_points INTEGER NOT NULL,
    CONSTRAINT pk_task_module PRIMARY KEY (n),
    CONSTRAINT uq_task_module_id UNIQUE (id),
    CONSTRAINT fk_task_module_kit_id FOREIGN KEY(kit_id) REFERENCES assessment_kit (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_task_module_kit_id ON task_module (kit_id);
CREATE TABLE board_member (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    board_id TEXT NOT NULL,
    last_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    middle_name TEXT NOT NULL,
    post TEXT NOT NULL,
    role TEXT NOT NULL,
    CONSTRAINT pk_board_member PRIMARY KEY (n),
    CONSTRAINT uq_board_member_id UNIQUE (id),
    CONSTRAINT fk_board_member_board_id FOREIGN KEY(board_id) REFERENCES exam_board (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_board_member_board_id ON board_member (board_id);
CREATE TABLE examinee (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    group_id TEXT NOT NULL,
    last_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    middle_name TEXT NOT NULL,
    needs_assistant INTEGER NOT NULL,
    note TEXT NOT NULL,
    skey_half TEXT NOT NULL GENERATED ALWAYS AS (replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(coalesce(last_name, '') || ' ' || coalesce(first_name, '') || ' ' || coalesce(middle_name, '')), 'Ё', 'е'), 'ё', 'е'), 'А', 'а'), 'Б', 'б'), 'В', 'в'), 'Г', 'г'), 'Д', 'д'), 'Е', 'е'), 'Ж', 'ж'), 'З', 'з'), 'И', 'и'), 'Й', 'й'), 'К', 'к'), 'Л', 'л'), 'М', 'м'), 'Н', 'н'), 'О', 'о'), 'П', 'п')) VIRTUAL,
    skey TEXT NOT NULL GENERATED ALWAYS AS (replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(skey_half, 'Р', 'р'), 'С', 'с'), 'Т', 'т'), 'У', 'у'), 'Ф', 'ф'), 'Х', 'х'), 'Ц', 'ц'), 'Ч', 'ч'), 'Ш', 'ш'), 'Щ', 'щ'), 'Ъ', 'ъ'), 'Ы', 'ы'), 'Ь', 'ь'), 'Э', 'э'), 'Ю', 'ю'), 'Я', 'я') || char(1) || coalesce(last_name, '') || ' ' || coalesce(first_name, '') || ' ' || coalesce(middle_name, '')) VIRTUAL,
    CONSTRAINT pk_examinee PRIMARY KEY (n),
    CONSTRAINT uq_examinee_id UNIQUE (id),
    CONSTRAINT fk_examinee_group_id FOREIGN KEY(group_id) REFERENCES study_group (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_examinee_group_id ON examinee (group_id);
CREATE INDEX ix_examinee_skey ON examinee (skey);
CREATE TABLE teaching_link (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    expert_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_teaching_link PRIMARY KEY (n),
    CONSTRAINT uq_teaching_link_id UNIQUE (id),
    CONSTRAINT fk_teaching_link_expert_id FOREIGN KEY(expert_id) REFERENCES expert (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_teaching_link_group_id FOREIGN KEY(group_id) REFERENCES study_group (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_teaching_link_expert_id ON teaching_link (expert_id);
CREATE INDEX ix_teaching_link_group_id ON teaching_link (group_id);
CREATE TABLE workshop (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    name TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    exam_center_id TEXT,
    room TEXT NOT NULL,
    address TEXT NOT NULL,
    places INTEGER NOT NULL,
    equipment TEXT NOT NULL,
    opening_hours TEXT NOT NULL,
    open_saturday INTEGER NOT NULL,
    accredited_until TEXT,
    note TEXT NOT NULL,
    skey_half TEXT NOT NULL GENERATED ALWAYS AS (replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(coalesce(name, '')), 'Ё', 'е'), 'ё', 'е'), 'А', 'а'), 'Б', 'б'), 'В', 'в'), 'Г', 'г'), 'Д', 'д'), 'Е', 'е'), 'Ж', 'ж'), 'З', 'з'), 'И', 'и'), 'Й', 'й'), 'К', 'к'), 'Л', 'л'), 'М', 'м'), 'Н', 'н'), 'О', 'о'), 'П', 'п')) VIRTUAL,
    skey TEXT NOT NULL GENERATED ALWAYS AS (replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(skey_half, 'Р', 'р'), 'С', 'с'), 'Т', 'т'), 'У', 'у'), 'Ф', 'ф'), 'Х', 'х'), 'Ц', 'ц'), 'Ч', 'ч'), 'Ш', 'ш'), 'Щ', 'щ'), 'Ъ', 'ъ'), 'Ы', 'ы'), 'Ь', 'ь'), 'Э', 'э'), 'Ю', 'ю'), 'Я', 'я') || char(1) || coalesce(name, '')) VIRTUAL,
    CONSTRAINT pk_workshop PRIMARY KEY (n),
    CONSTRAINT uq_workshop_id UNIQUE (id),
    CONSTRAINT fk_workshop_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_workshop_exam_center_id FOREIGN KEY(exam_center_id) REFERENCES exam_center (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_workshop_exam_center_id ON workshop (exam_center_id);
CREATE INDEX ix_workshop_organization_id ON workshop (organization_id);
CREATE INDEX ix_workshop_skey ON workshop (skey);
CREATE TABLE exam_session (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    group_id TEXT NOT NULL,
    kit_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    head_count INTEGER,
    workshop_id TEXT,
    starts_at TEXT,
    ends_at TEXT,
    second_day TEXT,
    preparation_day TEXT,
    board_member TEXT NOT NULL,
    state TEXT NOT NULL,
    pinned INTEGER NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_exam_session PRIMARY KEY (n),
    CONSTRAINT uq_exam_session_id UNIQUE (id),
    CONSTRAINT fk_exam_session_group_id FOREIGN KEY(group_id) REFERENCES study_group (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_exam_session_kit_id FOREIGN KEY(kit_id) REFERENCES assessment_kit (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_exam_session_workshop_id FOREIGN KEY(workshop_id) REFERENCES workshop (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_exam_session_group_id ON exam_session (group_id);
CREATE INDEX ix_exam_session_kit_id ON exam_session (kit_id);
CREATE INDEX ix_exam_session_starts_at ON exam_session (starts_at);
CREATE INDEX ix_exam_session_workshop_id ON exam_session (workshop_id);
CREATE TABLE kinship_link (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    expert_id TEXT NOT NULL,
    examinee_id TEXT NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_kinship_link PRIMARY KEY (n),
    CONSTRAINT uq_kinship_link_id UNIQUE (id),
    CONSTRAINT fk_kinship_link_expert_id FOREIGN KEY(expert_id) REFERENCES expert (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_kinship_link_examinee_id FOREIGN KEY(examinee_id) REFERENCES examinee (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_kinship_link_examinee_id ON kinship_link (examinee_id);
CREATE INDEX ix_kinship_link_expert_id ON kinship_link (expert_id);
CREATE TABLE workshop_booking (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    workshop_id TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    purpose TEXT NOT NULL,
    organizer TEXT NOT NULL,
    participants INTEGER NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_workshop_booking PRIMARY KEY (n),
    CONSTRAINT uq_workshop_booking_id UNIQUE (id),
    CONSTRAINT fk_workshop_booking_workshop_id FOREIGN KEY(workshop_id) REFERENCES workshop (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_workshop_booking_workshop_id ON workshop_booking (workshop_id);
CREATE TABLE assignment (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    session_id TEXT NOT NULL,
    expert_id TEXT NOT NULL,
    role TEXT NOT NULL,
    duty TEXT NOT NULL,
    workplaces TEXT NOT NULL,
    answer TEXT NOT NULL,
    CONSTRAINT pk_assignment PRIMARY KEY (n),
    CONSTRAINT uq_assignment_id UNIQUE (id),
    CONSTRAINT fk_assignment_session_id FOREIGN KEY(session_id) REFERENCES exam_session (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_assignment_expert_id FOREIGN KEY(expert_id) REFERENCES expert (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_assignment_expert_id ON assignment (expert_id);
CREATE INDEX ix_assignment_session_id ON assignment (session_id);
CREATE TABLE exam_place (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    session_id TEXT NOT NULL,
    examinee_id TEXT NOT NULL,
    workplace INTEGER,
    variant TEXT NOT NULL,
    attended INTEGER,
    points TEXT NOT NULL,
    finished_at TEXT,
    note TEXT NOT NULL,
    CONSTRAINT pk_exam_place PRIMARY KEY (n),
    CONSTRAINT uq_exam_place_id UNIQUE (id),
    CONSTRAINT fk_exam_place_session_id FOREIGN KEY(session_id) REFERENCES exam_session (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_exam_place_examinee_id FOREIGN KEY(examinee_id) REFERENCES examinee (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_exam_place_examinee_id ON exam_place (examinee_id);
CREATE INDEX ix_exam_place_session_id ON exam_place (session_id);
CREATE TABLE printed_document (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    printed_at TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    session_id TEXT,
    period TEXT NOT NULL,
    printed_by TEXT,
    CONSTRAINT pk_printed_document PRIMARY KEY (n),
    CONSTRAINT uq_printed_document_id UNIQUE (id),
    CONSTRAINT fk_printed_document_session_id FOREIGN KEY(session_id) REFERENCES exam_session (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_printed_document_printed_by FOREIGN KEY(printed_by) REFERENCES coordinator (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_printed_document_session_id ON printed_document (session_id);
CREATE TABLE workplace_draw (
    n INTEGER NOT NULL,
    id TEXT NOT NULL,
    owner_id TEXT DEFAULT '' NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    deleted_by TEXT,
    held INTEGER DEFAULT 0 NOT NULL,
    rev INTEGER,
    session_id TEXT NOT NULL,
    seed TEXT NOT NULL,
    drawn_at TEXT NOT NULL,
    method TEXT NOT NULL,
    CONSTRAINT pk_workplace_draw PRIMARY KEY (n),
    CONSTRAINT uq_workplace_draw_id UNIQUE (id),
    CONSTRAINT fk_workplace_draw_session_id FOREIGN KEY(session_id) REFERENCES exam_session (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE INDEX ix_workplace_draw_session_id ON workplace_draw (session_id);
