CREATE TABLE sync_hub (
    one int PRIMARY KEY CHECK (one = 1),
    rev bigint NOT NULL,
    hub_id text COLLATE "C" NOT NULL,
    schema int NOT NULL,
    min_client int NOT NULL,
    purged bigint DEFAULT 0 NOT NULL
);
CREATE TABLE sync_commit (
    rev bigint PRIMARY KEY,
    batch text COLLATE "C" NOT NULL UNIQUE,
    client text COLLATE "C" NOT NULL,
    usr text COLLATE "C" NOT NULL,
    at text COLLATE "C" NOT NULL,
    n bigint NOT NULL,
    xact xid8 NOT NULL,
    started timestamptz NOT NULL
);
CREATE TABLE sync_client (
    client text COLLATE "C" PRIMARY KEY,
    usr text COLLATE "C" NOT NULL,
    cursor bigint NOT NULL,
    seen_at text COLLATE "C" NOT NULL
);
CREATE TABLE sync_user (
    usr text COLLATE "C" PRIMARY KEY,
    organization_id text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL CHECK (role IN ('coordinator', 'reader', 'office')),
    sees_all boolean NOT NULL
);
CREATE TABLE sync_rule (
    n int PRIMARY KEY,
    touched text COLLATE "C" NOT NULL,
    query text NOT NULL,
    holds boolean NOT NULL
);
CREATE TABLE sync_scrub (
    table_name text COLLATE "C" NOT NULL,
    n int NOT NULL,
    query text NOT NULL,
    PRIMARY KEY (table_name, n)
);
CREATE TABLE sync_table (
    name text COLLATE "C" PRIMARY KEY,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('public', 'cluster', 'own', 'journal'))
);
CREATE TABLE audit (
    n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rev bigint NOT NULL,
    at timestamptz DEFAULT clock_timestamp() NOT NULL,
    usr text COLLATE "C" NOT NULL,
    client text COLLATE "C" NOT NULL,
    table_name text COLLATE "C" NOT NULL,
    row_id text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL,
    before jsonb,
    after jsonb
);
CREATE INDEX ix_audit_row_id ON audit (row_id);
CREATE FUNCTION as_inet(id text) RETURNS inet LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (rtrim(regexp_replace(replace(id, '-', ''), '(.{4})', '\1:', 'g'), ':'))::inet;
CREATE FUNCTION hours_on(day text, starts_at text, ends_at text) RETURNS tsrange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN tsrange(
    make_timestamp(substr(day, 1, 4)::int, substr(day, 6, 2)::int, substr(day, 9, 2)::int,
        substr(starts_at, 12, 2)::int, substr(starts_at, 15, 2)::int, 0),
    make_timestamp(substr(day, 1, 4)::int, substr(day, 6, 2)::int, substr(day, 9, 2)::int,
        substr(ends_at, 12, 2)::int, substr(ends_at, 15, 2)::int, 0));
CREATE FUNCTION sitting_hours(starts_at text, ends_at text, second_day text) RETURNS tsmultirange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN second_day IS NULL THEN tsmultirange(hours_on(starts_at, starts_at, ends_at))
    ELSE tsmultirange(hours_on(starts_at, starts_at, ends_at),
        hours_on(second_day, starts_at, ends_at)) END;
CREATE TABLE "calendar_day" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "day" text COLLATE "C" NOT NULL,
    "is_working" bigint NOT NULL,
    "is_short" bigint NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "verified" bigint NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_calendar_day_day ON "calendar_day" (day);
CREATE INDEX hub_rev_calendar_day ON "calendar_day" (rev);
CREATE TABLE "cluster" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX hub_rev_cluster ON "cluster" (rev);
CREATE TABLE "conflict" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "table_name" text COLLATE "C" NOT NULL,
    "row_id" text COLLATE "C" NOT NULL,
    "kind" text COLLATE "C" NOT NULL,
    "unit" text COLLATE "C" NOT NULL,
    "code" text COLLATE "C" NOT NULL,
    "other_table" text COLLATE "C" NOT NULL,
    "other_id" text COLLATE "C",
    "base" text COLLATE "C",
    "ours" text COLLATE "C",
    "theirs" text COLLATE "C",
    "client" text COLLATE "C" NOT NULL,
    "who" text COLLATE "C",
    "at" text COLLATE "C" NOT NULL,
    "status" text COLLATE "C" NOT NULL,
    "choice" text COLLATE "C",
    rev bigint NOT NULL
);
CREATE INDEX ix_conflict_other_id ON "conflict" (other_id);
CREATE INDEX ix_conflict_row_id ON "conflict" (row_id);
CREATE INDEX hub_rev_conflict ON "conflict" (rev);
CREATE TABLE "erasure" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "table_name" text COLLATE "C" NOT NULL,
    "row_id" text COLLATE "C" NOT NULL,
    "at" text COLLATE "C" NOT NULL,
    "reason" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_erasure_row_id ON "erasure" (row_id);
CREATE INDEX hub_rev_erasure ON "erasure" (rev);
CREATE TABLE "expert" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "last_name" text COLLATE "C" NOT NULL,
    "first_name" text COLLATE "C" NOT NULL,
    "middle_name" text COLLATE "C" NOT NULL,
    "phone" text COLLATE "C" NOT NULL,
    "email" text COLLATE "C" NOT NULL,
    "consent_on" text COLLATE "C",
    "consent_document" text COLLATE "C" NOT NULL,
    "consent_withdrawn" text COLLATE "C",
    "note" text COLLATE "C" NOT NULL,
    "active" bigint NOT NULL,
    "person_hash" text COLLATE "C",
    rev bigint NOT NULL
);
CREATE INDEX ix_expert_person_hash ON "expert" (person_hash);
CREATE INDEX hub_rev_expert ON "expert" (rev);
CREATE INDEX hub_name_expert ON "expert" (last_name, first_name);
CREATE TABLE "industry" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX hub_rev_industry ON "industry" (rev);
CREATE TABLE "setting" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    "value" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_setting_key ON "setting" (key);
CREATE INDEX hub_rev_setting ON "setting" (rev);
CREATE TABLE "share_target" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "year" bigint NOT NULL,
    "percent" bigint NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX hub_rev_share_target ON "share_target" (rev);
CREATE TABLE "specialty" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "code" text COLLATE "C" NOT NULL,
    "title" text COLLATE "C" NOT NULL,
    "kind" text COLLATE "C" NOT NULL,
    "status" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_specialty_code ON "specialty" (code);
CREATE INDEX hub_rev_specialty ON "specialty" (rev);
CREATE TABLE "assessment_kit" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "code" text COLLATE "C" NOT NULL,
    "specialty_id" text COLLATE "C" NOT NULL,
    "level" text COLLATE "C" NOT NULL,
    "year" bigint NOT NULL,
    "minutes" bigint NOT NULL,
    "title" text COLLATE "C" NOT NULL,
    "exam_days" bigint NOT NULL,
    "core_points" bigint NOT NULL,
    "variable_points" bigint NOT NULL,
    "equipment" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_assessment_kit_code ON "assessment_kit" (code);
CREATE INDEX ix_assessment_kit_specialty_id ON "assessment_kit" (specialty_id);
CREATE INDEX hub_rev_assessment_kit ON "assessment_kit" (rev);
CREATE INDEX hub_code_assessment_kit ON "assessment_kit" (code);
CREATE TABLE "certificate" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "expert_id" text COLLATE "C" NOT NULL,
    "kind" text COLLATE "C" NOT NULL,
    "number" text COLLATE "C" NOT NULL,
    "issued_by" text COLLATE "C" NOT NULL,
    "issued_on" text COLLATE "C",
    "valid_until" text COLLATE "C",
    rev bigint NOT NULL
);
CREATE INDEX ix_certificate_expert_id ON "certificate" (expert_id);
CREATE INDEX hub_rev_certificate ON "certificate" (rev);
CREATE TABLE "organization" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "kind" text COLLATE "C" NOT NULL,
    "short_name" text COLLATE "C" NOT NULL,
    "full_name" text COLLATE "C" NOT NULL,
    "inn" text COLLATE "C",
    "city" text COLLATE "C" NOT NULL,
    "address" text COLLATE "C" NOT NULL,
    "industry_id" text COLLATE "C",
    "cluster_id" text COLLATE "C",
    "contact" text COLLATE "C" NOT NULL,
    "phone" text COLLATE "C" NOT NULL,
    "email" text COLLATE "C" NOT NULL,
    "founder" text COLLATE "C" NOT NULL,
    "legal_form" text COLLATE "C" NOT NULL,
    "head_name" text COLLATE "C" NOT NULL,
    "head_post" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_organization_cluster_id ON "organization" (cluster_id);
CREATE INDEX ix_organization_industry_id ON "organization" (industry_id);
CREATE INDEX ix_organization_inn ON "organization" (inn);
CREATE INDEX hub_rev_organization ON "organization" (rev);
CREATE TABLE "unavailability" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "expert_id" text COLLATE "C" NOT NULL,
    "from_day" text COLLATE "C" NOT NULL,
    "to_day" text COLLATE "C" NOT NULL,
    "only_these" bigint NOT NULL,
    "reason" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_unavailability_expert_id ON "unavailability" (expert_id);
CREATE INDEX hub_rev_unavailability ON "unavailability" (rev);
CREATE TABLE "competence" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "expert_id" text COLLATE "C" NOT NULL,
    "specialty_id" text COLLATE "C",
    "kit_id" text COLLATE "C",
    "roles" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_competence_expert_id ON "competence" (expert_id);
CREATE INDEX hub_rev_competence ON "competence" (rev);
CREATE INDEX hub_key_competence_kit_id ON "competence" (kit_id);
CREATE INDEX hub_key_competence_specialty_id ON "competence" (specialty_id);
CREATE TABLE "coordinator" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "login" text COLLATE "C" NOT NULL,
    "organization_id" text COLLATE "C",
    rev bigint NOT NULL
);
CREATE INDEX ix_coordinator_login ON "coordinator" (login);
CREATE INDEX hub_rev_coordinator ON "coordinator" (rev);
CREATE INDEX hub_key_coordinator_organization_id ON "coordinator" (organization_id);
CREATE TABLE "employment" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "expert_id" text COLLATE "C" NOT NULL,
    "organization_id" text COLLATE "C" NOT NULL,
    "post" text COLLATE "C" NOT NULL,
    "valid_from" text COLLATE "C",
    "valid_to" text COLLATE "C",
    "is_main" bigint NOT NULL,
    "counts_as_employer" bigint,
    "override_reason" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_employment_expert_id ON "employment" (expert_id);
CREATE INDEX ix_employment_organization_id ON "employment" (organization_id);
CREATE INDEX hub_rev_employment ON "employment" (rev);
CREATE TABLE "exam_board" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "college_id" text COLLATE "C" NOT NULL,
    "year" bigint NOT NULL,
    "order_number" text COLLATE "C" NOT NULL,
    "order_date" text COLLATE "C",
    rev bigint NOT NULL
);
CREATE INDEX ix_exam_board_college_id ON "exam_board" (college_id);
CREATE INDEX hub_rev_exam_board ON "exam_board" (rev);
CREATE TABLE "exam_center" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "organization_id" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "address" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_exam_center_organization_id ON "exam_center" (organization_id);
CREATE INDEX hub_rev_exam_center ON "exam_center" (rev);
CREATE TABLE "grade_scale" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "college_id" text COLLATE "C",
    "three" bigint NOT NULL,
    "four" bigint NOT NULL,
    "five" bigint NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX hub_rev_grade_scale ON "grade_scale" (rev);
CREATE INDEX hub_key_grade_scale_college_id ON "grade_scale" (college_id);
CREATE TABLE "staffing_rule" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "kit_id" text COLLATE "C" NOT NULL,
    "minimum" bigint NOT NULL,
    "workplaces_from" bigint NOT NULL,
    "workplaces_to" bigint,
    "recommended" bigint,
    rev bigint NOT NULL
);
CREATE INDEX ix_staffing_rule_kit_id ON "staffing_rule" (kit_id);
CREATE INDEX hub_rev_staffing_rule ON "staffing_rule" (rev);
CREATE TABLE "study_group" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "college_id" text COLLATE "C" NOT NULL,
    "specialty_id" text COLLATE "C",
    "year" bigint,
    "course" bigint,
    "head_count" bigint,
    rev bigint NOT NULL
);
CREATE INDEX ix_study_group_college_id ON "study_group" (college_id);
CREATE INDEX ix_study_group_specialty_id ON "study_group" (specialty_id);
CREATE INDEX hub_rev_study_group ON "study_group" (rev);
CREATE TABLE "task_module" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "kit_id" text COLLATE "C" NOT NULL,
    "number" bigint NOT NULL,
    "title" text COLLATE "C" NOT NULL,
    "minutes" bigint NOT NULL,
    "max_points" bigint NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_task_module_kit_id ON "task_module" (kit_id);
CREATE INDEX hub_rev_task_module ON "task_module" (rev);
CREATE TABLE "board_member" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "board_id" text COLLATE "C" NOT NULL,
    "last_name" text COLLATE "C" NOT NULL,
    "first_name" text COLLATE "C" NOT NULL,
    "middle_name" text COLLATE "C" NOT NULL,
    "post" text COLLATE "C" NOT NULL,
    "role" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_board_member_board_id ON "board_member" (board_id);
CREATE INDEX hub_rev_board_member ON "board_member" (rev);
CREATE TABLE "examinee" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "group_id" text COLLATE "C" NOT NULL,
    "last_name" text COLLATE "C" NOT NULL,
    "first_name" text COLLATE "C" NOT NULL,
    "middle_name" text COLLATE "C" NOT NULL,
    "needs_assistant" bigint NOT NULL,
    "note" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_examinee_group_id ON "examinee" (group_id);
CREATE INDEX hub_rev_examinee ON "examinee" (rev);
CREATE TABLE "teaching_link" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "expert_id" text COLLATE "C" NOT NULL,
    "group_id" text COLLATE "C" NOT NULL,
    "note" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_teaching_link_expert_id ON "teaching_link" (expert_id);
CREATE INDEX ix_teaching_link_group_id ON "teaching_link" (group_id);
CREATE INDEX hub_rev_teaching_link ON "teaching_link" (rev);
CREATE TABLE "workshop" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "organization_id" text COLLATE "C" NOT NULL,
    "exam_center_id" text COLLATE "C",
    "room" text COLLATE "C" NOT NULL,
    "address" text COLLATE "C" NOT NULL,
    "places" bigint NOT NULL,
    "equipment" text COLLATE "C" NOT NULL,
    "opening_hours" text COLLATE "C" NOT NULL,
    "open_saturday" bigint NOT NULL,
    "accredited_until" text COLLATE "C",
    "note" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_workshop_exam_center_id ON "workshop" (exam_center_id);
CREATE INDEX ix_workshop_organization_id ON "workshop" (organization_id);
CREATE INDEX hub_rev_workshop ON "workshop" (rev);
CREATE TABLE "exam_session" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "group_id" text COLLATE "C" NOT NULL,
    "kit_id" text COLLATE "C" NOT NULL,
    "number" bigint NOT NULL,
    "head_count" bigint,
    "workshop_id" text COLLATE "C",
    "starts_at" text COLLATE "C",
    "ends_at" text COLLATE "C",
    "second_day" text COLLATE "C",
    "preparation_day" text COLLATE "C",
    "board_member" text COLLATE "C" NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "pinned" bigint NOT NULL,
    "note" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_exam_session_group_id ON "exam_session" (group_id);
CREATE INDEX ix_exam_session_kit_id ON "exam_session" (kit_id);
CREATE INDEX ix_exam_session_starts_at ON "exam_session" (starts_at);
CREATE INDEX ix_exam_session_workshop_id ON "exam_session" (workshop_id);
CREATE INDEX hub_rev_exam_session ON "exam_session" (rev);
CREATE TABLE "kinship_link" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "expert_id" text COLLATE "C" NOT NULL,
    "examinee_id" text COLLATE "C" NOT NULL,
    "note" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_kinship_link_examinee_id ON "kinship_link" (examinee_id);
CREATE INDEX ix_kinship_link_expert_id ON "kinship_link" (expert_id);
CREATE INDEX hub_rev_kinship_link ON "kinship_link" (rev);
CREATE TABLE "workshop_booking" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "workshop_id" text COLLATE "C" NOT NULL,
    "starts_at" text COLLATE "C" NOT NULL,
    "ends_at" text COLLATE "C" NOT NULL,
    "purpose" text COLLATE "C" NOT NULL,
    "organizer" text COLLATE "C" NOT NULL,
    "participants" bigint NOT NULL,
    "note" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_workshop_booking_workshop_id ON "workshop_booking" (workshop_id);
CREATE INDEX hub_rev_workshop_booking ON "workshop_booking" (rev);
CREATE TABLE "assignment" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "session_id" text COLLATE "C" NOT NULL,
    "expert_id" text COLLATE "C" NOT NULL,
    "role" text COLLATE "C" NOT NULL,
    "duty" text COLLATE "C" NOT NULL,
    "workplaces" text COLLATE "C" NOT NULL,
    "answer" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_assignment_expert_id ON "assignment" (expert_id);
CREATE INDEX ix_assignment_session_id ON "assignment" (session_id);
CREATE INDEX hub_rev_assignment ON "assignment" (rev);
CREATE TABLE "exam_place" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "session_id" text COLLATE "C" NOT NULL,
    "examinee_id" text COLLATE "C" NOT NULL,
    "workplace" bigint,
    "variant" text COLLATE "C" NOT NULL,
    "attended" bigint,
    "points" text COLLATE "C" NOT NULL,
    "finished_at" text COLLATE "C",
    "note" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_exam_place_examinee_id ON "exam_place" (examinee_id);
CREATE INDEX ix_exam_place_session_id ON "exam_place" (session_id);
CREATE INDEX hub_rev_exam_place ON "exam_place" (rev);
CREATE TABLE "printed_document" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "kind" text COLLATE "C" NOT NULL,
    "number" text COLLATE "C" NOT NULL,
    "printed_at" text COLLATE "C" NOT NULL,
    "content_hash" text COLLATE "C" NOT NULL,
    "session_id" text COLLATE "C",
    "period" text COLLATE "C" NOT NULL,
    "printed_by" text COLLATE "C",
    rev bigint NOT NULL
);
CREATE INDEX ix_printed_document_session_id ON "printed_document" (session_id);
CREATE INDEX hub_rev_printed_document ON "printed_document" (rev);
CREATE INDEX hub_key_printed_document_printed_by ON "printed_document" (printed_by);
CREATE TABLE "workplace_draw" (
    "id" text COLLATE "C" PRIMARY KEY,
    "owner_id" text COLLATE "C" DEFAULT '' NOT NULL,
    "deleted" bigint DEFAULT 0 NOT NULL,
    "deleted_by" text COLLATE "C",
    "held" bigint DEFAULT 0 NOT NULL,
    "session_id" text COLLATE "C" NOT NULL,
    "seed" text COLLATE "C" NOT NULL,
    "drawn_at" text COLLATE "C" NOT NULL,
    "method" text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_workplace_draw_session_id ON "workplace_draw" (session_id);
CREATE INDEX hub_rev_workplace_draw ON "workplace_draw" (rev);
CREATE TABLE "operation" (
    "id" text COLLATE "C" PRIMARY KEY,
    "who" text COLLATE "C",
    "client" text COLLATE "C" NOT NULL,
    "at" text COLLATE "C" NOT NULL,
    "text" text COLLATE "C" NOT NULL,
    "undoes" text COLLATE "C",
    owner_id text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_operation_undoes ON "operation" (undoes);
CREATE INDEX hub_rev_operation ON "operation" (rev);
CREATE TABLE "change" (
    "id" text COLLATE "C" PRIMARY KEY,
    "operation_id" text COLLATE "C",
    "table_name" text COLLATE "C" NOT NULL,
    "row_id" text COLLATE "C" NOT NULL,
    "before" text COLLATE "C",
    "after" text COLLATE "C",
    "at" text COLLATE "C",
    owner_id text COLLATE "C" NOT NULL,
    rev bigint NOT NULL
);
CREATE INDEX ix_change_operation_id ON "change" (operation_id);
CREATE INDEX ix_change_row_id ON "change" (row_id);
CREATE INDEX hub_rev_change ON "change" (rev);
ALTER TABLE exam_session ADD CONSTRAINT one_sitting_at_a_time EXCLUDE USING gist (
    as_inet(workshop_id) inet_ops WITH =, sitting_hours(starts_at, ends_at, second_day) WITH &&
) WHERE (deleted + held = 0 AND state NOT IN ('done', 'closed') AND workshop_id IS NOT NULL
    AND starts_at IS NOT NULL AND ends_at IS NOT NULL) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE exam_place ADD CONSTRAINT one_person_at_a_workplace EXCLUDE USING btree (
    session_id WITH =, workplace WITH =
) WHERE (deleted + held = 0 AND workplace IS NOT NULL) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE assignment ADD CONSTRAINT one_duty_in_a_sitting EXCLUDE USING btree (
    session_id WITH =, expert_id WITH =
) WHERE (deleted + held = 0) DEFERRABLE INITIALLY DEFERRED;
