-- index answer_replaces
CREATE INDEX "answer_replaces" ON "answer"(replaces) WHERE replaces IS NOT NULL;

-- index answer_visit
CREATE INDEX "answer_visit" ON "answer"("visit");

-- index audit_entry_visit
CREATE INDEX "audit_entry_visit" ON "audit_entry"("visit");

-- index clock_check_replaces
CREATE INDEX "clock_check_replaces" ON "clock_check"(replaces) WHERE replaces IS NOT NULL;

-- index clock_check_visit
CREATE INDEX "clock_check_visit" ON "clock_check"("visit");

-- index confirmation_replaces
CREATE INDEX "confirmation_replaces" ON "confirmation"(replaces) WHERE replaces IS NOT NULL;

-- index confirmation_visit
CREATE INDEX "confirmation_visit" ON "confirmation"("visit");

-- index dead_op
CREATE INDEX dead_op ON dead(op);

-- index erasure_visit
CREATE INDEX "erasure_visit" ON "erasure"("visit");

-- index event_replaces
CREATE INDEX "event_replaces" ON "event"(replaces) WHERE replaces IS NOT NULL;

-- index event_visit
CREATE INDEX "event_visit" ON "event"("visit");

-- index evidence_replaces
CREATE INDEX "evidence_replaces" ON "evidence"(replaces) WHERE replaces IS NOT NULL;

-- index evidence_sha256
CREATE INDEX "evidence_sha256" ON "evidence"("sha256");

-- index evidence_visit
CREATE INDEX "evidence_visit" ON "evidence"("visit");

-- index feedback_replaces
CREATE INDEX "feedback_replaces" ON "feedback"(replaces) WHERE replaces IS NOT NULL;

-- index feedback_visit
CREATE INDEX "feedback_visit" ON "feedback"("visit");

-- index finding_person_replaces
CREATE INDEX finding_person_replaces ON finding_person(replaces) WHERE replaces IS NOT NULL;

-- index finding_person_visit
CREATE INDEX "finding_person_visit" ON "finding_person"("visit");

-- index finding_replaces
CREATE INDEX "finding_replaces" ON "finding"(replaces) WHERE replaces IS NOT NULL;

-- index finding_visit
CREATE INDEX "finding_visit" ON "finding"("visit");

-- index finding_window
CREATE INDEX "finding_window" ON "finding"("window");

-- index hall_code
CREATE INDEX "hall_code" ON "hall"("code");

-- index head_count_replaces
CREATE INDEX "head_count_replaces" ON "head_count"(replaces) WHERE replaces IS NOT NULL;

-- index head_count_visit
CREATE INDEX "head_count_visit" ON "head_count"("visit");

-- index late_visit
CREATE INDEX late_visit ON late(visit);

-- index op_id
CREATE INDEX op_id ON op(id);

-- index op_log
CREATE INDEX op_log ON op(log, n);

-- index op_receipt
CREATE INDEX op_receipt ON op(seq) WHERE k = 'receipt';

-- index op_vis
CREATE INDEX op_vis ON op(vis) WHERE vis <> '';

-- index person_key_person
CREATE INDEX "person_key_person" ON "person_key"("person");

-- index placement_evidence
CREATE INDEX "placement_evidence" ON "placement"("evidence");

-- index placement_target
CREATE INDEX "placement_target" ON "placement"("target");

-- index placement_visit
CREATE INDEX "placement_visit" ON "placement"("visit");

-- index receipt_log
CREATE INDEX "receipt_log" ON "receipt"("log");

-- index remark_replaces
CREATE INDEX "remark_replaces" ON "remark"(replaces) WHERE replaces IS NOT NULL;

-- index remark_visit
CREATE INDEX "remark_visit" ON "remark"("visit");

-- index review_visit
CREATE INDEX "review_visit" ON "review"("visit");

-- index round_replaces
CREATE INDEX "round_replaces" ON "round"(replaces) WHERE replaces IS NOT NULL;

-- index round_visit
CREATE INDEX "round_visit" ON "round"("visit");

-- index seal_signature_visit
CREATE INDEX "seal_signature_visit" ON "seal_signature"("visit");

-- index seal_visit
CREATE INDEX "seal_visit" ON "seal"("visit");

-- index segment_log
CREATE INDEX segment_log ON segment(log, first);

-- index sighting_replaces
CREATE INDEX "sighting_replaces" ON "sighting"(replaces) WHERE replaces IS NOT NULL;

-- index sighting_visit
CREATE INDEX "sighting_visit" ON "sighting"("visit");

-- index statement_replaces
CREATE INDEX "statement_replaces" ON "statement"(replaces) WHERE replaces IS NOT NULL;

-- index statement_visit
CREATE INDEX "statement_visit" ON "statement"("visit");

-- index sweep_replaces
CREATE INDEX "sweep_replaces" ON "sweep"(replaces) WHERE replaces IS NOT NULL;

-- index sweep_visit
CREATE INDEX "sweep_visit" ON "sweep"("visit");

-- index visit_hall
CREATE INDEX "visit_hall" ON "visit"("hall");

-- index visit_member_visit
CREATE INDEX "visit_member_visit" ON "visit_member"("visit");

-- index visit_trip
CREATE INDEX "visit_trip" ON "visit"("trip");

-- index wait_replaces
CREATE INDEX "wait_replaces" ON "wait"(replaces) WHERE replaces IS NOT NULL;

-- index wait_visit
CREATE INDEX "wait_visit" ON "wait"("visit");

-- index window_hall
CREATE INDEX "window_hall" ON "window"("hall");

-- table answer
CREATE TABLE "answer"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "item" TEXT, "value" TEXT, "conformity" TEXT, "note" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table audit_entry
CREATE TABLE "audit_entry"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "kind" TEXT, "sha256" TEXT, "detail" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table candidate
CREATE TABLE candidate(
        e TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, op TEXT NOT NULL,
        lc INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY(e, id, field, op)) STRICT;

-- table catalogue
CREATE TABLE "catalogue"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "kind" TEXT, "code" TEXT, "version" TEXT, "name" TEXT, "valid_from" TEXT, "valid_to" TEXT, "sha256" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table clock_check
CREATE TABLE "clock_check"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "camera" TEXT, "evidence" TEXT, "shown_ms" INTEGER, "camera_ms" INTEGER, "offset_ms" INTEGER, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table confirmation
CREATE TABLE "confirmation"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "finding" TEXT, "confirmed" TEXT, "method" TEXT, "evidence" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table day_calendar
CREATE TABLE "day_calendar"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "name" TEXT, "year" INTEGER, "days" TEXT, "source" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table dead
CREATE TABLE dead(
        e TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, op TEXT NOT NULL,
        PRIMARY KEY(e, id, field, op)) STRICT;

-- table depot
CREATE TABLE depot(id TEXT PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, seen INTEGER NOT NULL) STRICT;

-- table depot_file
CREATE TABLE depot_file(depot TEXT NOT NULL, sha256 TEXT NOT NULL, file_index TEXT NOT NULL, size INTEGER NOT NULL, parts TEXT NOT NULL, PRIMARY KEY(depot, sha256, file_index)) STRICT;

-- table envelope
CREATE TABLE envelope(epoch TEXT NOT NULL, recipient TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(epoch, recipient)) STRICT;

-- table epoch_key
CREATE TABLE epoch_key(epoch TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT;

-- table erasure
CREATE TABLE "erasure"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "sha256" TEXT, "reason" TEXT, "second_person" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table event
CREATE TABLE "event"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "kind" TEXT, "phase" TEXT, "to_whom" TEXT, "document" TEXT, "note" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table evidence
CREATE TABLE "evidence"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "sha256" TEXT, "size" INTEGER, "mime" TEXT, "original_name" TEXT, "route" TEXT, "acquisition" TEXT, "messenger_copy" INTEGER, "camera" TEXT, "camera_ms" INTEGER, "offset_ms" INTEGER, "width" INTEGER, "height" INTEGER, "orientation" INTEGER, "latitude_e7" INTEGER, "longitude_e7" INTEGER, "burst" TEXT, "metadata" TEXT, "caption" TEXT, "free_of_people" INTEGER, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table feedback
CREATE TABLE "feedback"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "findings" TEXT, "people_present" TEXT, "sheet" TEXT, "refusal" TEXT, "witness" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table finding
CREATE TABLE "finding"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "number" INTEGER, "device" TEXT, "official_number" TEXT, "situations" TEXT, "severity" INTEGER, "window" TEXT, "people_waiting" INTEGER, "basis" TEXT, "rule" TEXT, "text" TEXT, "outcome" TEXT, "outcome_reason" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table finding_person
CREATE TABLE "finding_person"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "finding" TEXT, "description" TEXT, "described_by" TEXT, "identity" TEXT, "identity_post" TEXT, "identity_by" TEXT, "identity_source" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL, observer TEXT, observed_from INTEGER, observed_to INTEGER, observed_zone INTEGER, time_source TEXT, time_precision INTEGER, replaces TEXT, withdrawn TEXT, identity_from INTEGER, identity_to INTEGER, identity_zone INTEGER, identity_time_source TEXT, identity_precision INTEGER) STRICT;

-- table hall
CREATE TABLE "hall"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "code" TEXT, "name" TEXT, "kind" TEXT, "level" TEXT, "unit" TEXT, "address" TEXT, "zone_minutes" INTEGER, "hours" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table head_count
CREATE TABLE "head_count"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "floor" TEXT, "zone" TEXT, "staffed" INTEGER, "total" INTEGER, "note" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table held
CREATE TABLE held(depot TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, what TEXT NOT NULL, size INTEGER NOT NULL, verified INTEGER NOT NULL, PRIMARY KEY(depot, kind, name)) STRICT;

-- table late
CREATE TABLE late(e TEXT NOT NULL, id TEXT NOT NULL, visit TEXT NOT NULL, held INTEGER NOT NULL, sealed TEXT NOT NULL, ops TEXT NOT NULL, PRIMARY KEY(id, e)) STRICT;

-- table link
CREATE TABLE "link"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "noun" TEXT, "one" TEXT, "other" TEXT, "reason" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table local_kv
CREATE TABLE local_kv(k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT;

-- table log_state
CREATE TABLE log_state(log TEXT PRIMARY KEY, n INTEGER NOT NULL, op TEXT NOT NULL, forked INTEGER NOT NULL, newer INTEGER NOT NULL) STRICT;

-- table op
CREATE TABLE op(
        seq INTEGER PRIMARY KEY, id BLOB NOT NULL, log TEXT NOT NULL, n INTEGER NOT NULL,
        lc INTEGER NOT NULL, t INTEGER NOT NULL, by TEXT NOT NULL, k TEXT NOT NULL,
        act TEXT NOT NULL, vis TEXT NOT NULL, raw BLOB NOT NULL) STRICT;

-- table organisation_statement
CREATE TABLE organisation_statement(id TEXT PRIMARY KEY, kind TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;

-- table person
CREATE TABLE "person"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "name" TEXT, "post" TEXT, "unit" TEXT, "credential" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table person_key
CREATE TABLE "person_key"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "person" TEXT, "public" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table placement
CREATE TABLE "placement"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "evidence" TEXT, "target_kind" TEXT, "target" TEXT, "position" INTEGER, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table quarantine
CREATE TABLE quarantine(number INTEGER PRIMARY KEY, at INTEGER NOT NULL, source TEXT NOT NULL, name TEXT NOT NULL, log TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, bytes BLOB, settled TEXT) STRICT;

-- table receipt
CREATE TABLE "receipt"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "log" TEXT, "n" INTEGER, "op" TEXT, "files" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table remark
CREATE TABLE "remark"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "kind" TEXT, "window" TEXT, "text" TEXT, "reply" TEXT, "before" TEXT, "after" TEXT, "measure_unit" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table review
CREATE TABLE "review"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "finding" TEXT, "seal" TEXT, "decision" TEXT, "reason" TEXT, "reviewer" TEXT, "assignee" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table round
CREATE TABLE "round"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "number" INTEGER, "floor" TEXT, "zone" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table seal
CREATE TABLE "seal"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "manifest" TEXT, "record" TEXT, "secret" TEXT, "edition" INTEGER, "previous" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL, frontier TEXT) STRICT;

-- table seal_signature
CREATE TABLE "seal_signature"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "seal" TEXT, "person" TEXT, "public" TEXT, "signature" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table search_index
CREATE VIRTUAL TABLE search_index USING fts5(
        words, content='', tokenize='ascii', prefix='1', columnsize=0);

-- table search_index_config
CREATE TABLE 'search_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;

-- table search_index_data
CREATE TABLE 'search_index_data'(id INTEGER PRIMARY KEY, block BLOB);

-- table search_index_idx
CREATE TABLE 'search_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

-- table segment
CREATE TABLE segment(id TEXT PRIMARY KEY, log TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, name TEXT NOT NULL, epoch TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;

-- table setting
CREATE TABLE "setting"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "name" TEXT, "value" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table sighting
CREATE TABLE "sighting"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "round" TEXT, "window" TEXT, "state" TEXT, "continuous" INTEGER, "people_waiting" INTEGER, "note" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table statement
CREATE TABLE "statement"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "finding" TEXT, "speaker" TEXT, "position" TEXT, "text" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table sweep
CREATE TABLE "sweep"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "round" TEXT, "floor" TEXT, "zone" TEXT, "state" TEXT, "windows" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table trip
CREATE TABLE "trip"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "name" TEXT, "kind" TEXT, "clue_number" TEXT, "basis" TEXT, "legal_basis" TEXT, "document_title" TEXT, "document_number" TEXT, "issuer" TEXT, "scope" TEXT, "valid_from" TEXT, "valid_to" TEXT, "leader" TEXT, "report_heard" TEXT, "people_present" TEXT, "opinions" TEXT, "praise" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table unindexed
CREATE TABLE unindexed(seq INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;

-- table unit
CREATE TABLE "unit"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "code" TEXT, "name" TEXT, "parent" TEXT, "kind" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table visit
CREATE TABLE "visit"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "trip" TEXT, "hall" TEXT, "number" INTEGER, "device" TEXT, "official_number" TEXT, "checklist" TEXT, "supplement_of" TEXT, "edition" INTEGER, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table visit_member
CREATE TABLE "visit_member"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "person" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table wait
CREATE TABLE "wait"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "visit" TEXT, "observer" TEXT, "observed_from" INTEGER, "observed_to" INTEGER, "observed_zone" INTEGER, "time_source" TEXT, "time_precision" INTEGER, "replaces" TEXT, "withdrawn" TEXT, "window" TEXT, "ticket" TEXT, "joined" INTEGER, "called" INTEGER, "ended" INTEGER, "outcome" TEXT, "promised_minutes" INTEGER, "rule" TEXT, "people_ahead" INTEGER, "note" TEXT, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- table window
CREATE TABLE "window"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, "hall" TEXT, "number" TEXT, "label" TEXT, "floor" TEXT, "zone" TEXT, "matters" TEXT, "covered_by" TEXT, "hours" TEXT, "position" INTEGER, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, _tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, _conflict INTEGER NOT NULL) STRICT;

-- trigger guard_answer_delete
CREATE TRIGGER "guard_answer_delete" BEFORE DELETE ON "answer" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_answer_insert
CREATE TRIGGER "guard_answer_insert" BEFORE INSERT ON "answer" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_answer_update
CREATE TRIGGER "guard_answer_update" BEFORE UPDATE ON "answer" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_audit_entry_delete
CREATE TRIGGER "guard_audit_entry_delete" BEFORE DELETE ON "audit_entry" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_audit_entry_insert
CREATE TRIGGER "guard_audit_entry_insert" BEFORE INSERT ON "audit_entry" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_audit_entry_update
CREATE TRIGGER "guard_audit_entry_update" BEFORE UPDATE ON "audit_entry" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_candidate_delete
CREATE TRIGGER "guard_candidate_delete" BEFORE DELETE ON "candidate" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_candidate_insert
CREATE TRIGGER "guard_candidate_insert" BEFORE INSERT ON "candidate" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_candidate_update
CREATE TRIGGER "guard_candidate_update" BEFORE UPDATE ON "candidate" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_catalogue_delete
CREATE TRIGGER "guard_catalogue_delete" BEFORE DELETE ON "catalogue" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_catalogue_insert
CREATE TRIGGER "guard_catalogue_insert" BEFORE INSERT ON "catalogue" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_catalogue_update
CREATE TRIGGER "guard_catalogue_update" BEFORE UPDATE ON "catalogue" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_clock_check_delete
CREATE TRIGGER "guard_clock_check_delete" BEFORE DELETE ON "clock_check" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_clock_check_insert
CREATE TRIGGER "guard_clock_check_insert" BEFORE INSERT ON "clock_check" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_clock_check_update
CREATE TRIGGER "guard_clock_check_update" BEFORE UPDATE ON "clock_check" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_confirmation_delete
CREATE TRIGGER "guard_confirmation_delete" BEFORE DELETE ON "confirmation" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_confirmation_insert
CREATE TRIGGER "guard_confirmation_insert" BEFORE INSERT ON "confirmation" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_confirmation_update
CREATE TRIGGER "guard_confirmation_update" BEFORE UPDATE ON "confirmation" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_day_calendar_delete
CREATE TRIGGER "guard_day_calendar_delete" BEFORE DELETE ON "day_calendar" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_day_calendar_insert
CREATE TRIGGER "guard_day_calendar_insert" BEFORE INSERT ON "day_calendar" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_day_calendar_update
CREATE TRIGGER "guard_day_calendar_update" BEFORE UPDATE ON "day_calendar" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_dead_delete
CREATE TRIGGER "guard_dead_delete" BEFORE DELETE ON "dead" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_dead_insert
CREATE TRIGGER "guard_dead_insert" BEFORE INSERT ON "dead" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_dead_update
CREATE TRIGGER "guard_dead_update" BEFORE UPDATE ON "dead" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_depot_delete
CREATE TRIGGER "guard_depot_delete" BEFORE DELETE ON "depot" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_depot_file_delete
CREATE TRIGGER "guard_depot_file_delete" BEFORE DELETE ON "depot_file" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_depot_file_insert
CREATE TRIGGER "guard_depot_file_insert" BEFORE INSERT ON "depot_file" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_depot_file_update
CREATE TRIGGER "guard_depot_file_update" BEFORE UPDATE ON "depot_file" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_depot_insert
CREATE TRIGGER "guard_depot_insert" BEFORE INSERT ON "depot" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_depot_update
CREATE TRIGGER "guard_depot_update" BEFORE UPDATE ON "depot" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_envelope_delete
CREATE TRIGGER "guard_envelope_delete" BEFORE DELETE ON "envelope" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_envelope_insert
CREATE TRIGGER "guard_envelope_insert" BEFORE INSERT ON "envelope" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_envelope_update
CREATE TRIGGER "guard_envelope_update" BEFORE UPDATE ON "envelope" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_epoch_key_delete
CREATE TRIGGER "guard_epoch_key_delete" BEFORE DELETE ON "epoch_key" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_epoch_key_insert
CREATE TRIGGER "guard_epoch_key_insert" BEFORE INSERT ON "epoch_key" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_epoch_key_update
CREATE TRIGGER "guard_epoch_key_update" BEFORE UPDATE ON "epoch_key" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_erasure_delete
CREATE TRIGGER "guard_erasure_delete" BEFORE DELETE ON "erasure" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_erasure_insert
CREATE TRIGGER "guard_erasure_insert" BEFORE INSERT ON "erasure" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_erasure_update
CREATE TRIGGER "guard_erasure_update" BEFORE UPDATE ON "erasure" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_event_delete
CREATE TRIGGER "guard_event_delete" BEFORE DELETE ON "event" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_event_insert
CREATE TRIGGER "guard_event_insert" BEFORE INSERT ON "event" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_event_update
CREATE TRIGGER "guard_event_update" BEFORE UPDATE ON "event" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_evidence_delete
CREATE TRIGGER "guard_evidence_delete" BEFORE DELETE ON "evidence" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_evidence_insert
CREATE TRIGGER "guard_evidence_insert" BEFORE INSERT ON "evidence" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_evidence_update
CREATE TRIGGER "guard_evidence_update" BEFORE UPDATE ON "evidence" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_feedback_delete
CREATE TRIGGER "guard_feedback_delete" BEFORE DELETE ON "feedback" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_feedback_insert
CREATE TRIGGER "guard_feedback_insert" BEFORE INSERT ON "feedback" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_feedback_update
CREATE TRIGGER "guard_feedback_update" BEFORE UPDATE ON "feedback" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_finding_delete
CREATE TRIGGER "guard_finding_delete" BEFORE DELETE ON "finding" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_finding_insert
CREATE TRIGGER "guard_finding_insert" BEFORE INSERT ON "finding" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_finding_person_delete
CREATE TRIGGER "guard_finding_person_delete" BEFORE DELETE ON "finding_person" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_finding_person_insert
CREATE TRIGGER "guard_finding_person_insert" BEFORE INSERT ON "finding_person" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_finding_person_update
CREATE TRIGGER "guard_finding_person_update" BEFORE UPDATE ON "finding_person" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_finding_update
CREATE TRIGGER "guard_finding_update" BEFORE UPDATE ON "finding" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_hall_delete
CREATE TRIGGER "guard_hall_delete" BEFORE DELETE ON "hall" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_hall_insert
CREATE TRIGGER "guard_hall_insert" BEFORE INSERT ON "hall" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_hall_update
CREATE TRIGGER "guard_hall_update" BEFORE UPDATE ON "hall" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_head_count_delete
CREATE TRIGGER "guard_head_count_delete" BEFORE DELETE ON "head_count" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_head_count_insert
CREATE TRIGGER "guard_head_count_insert" BEFORE INSERT ON "head_count" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_head_count_update
CREATE TRIGGER "guard_head_count_update" BEFORE UPDATE ON "head_count" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_held_delete
CREATE TRIGGER "guard_held_delete" BEFORE DELETE ON "held" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_held_insert
CREATE TRIGGER "guard_held_insert" BEFORE INSERT ON "held" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_held_update
CREATE TRIGGER "guard_held_update" BEFORE UPDATE ON "held" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_late_delete
CREATE TRIGGER "guard_late_delete" BEFORE DELETE ON "late" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_late_insert
CREATE TRIGGER "guard_late_insert" BEFORE INSERT ON "late" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_late_update
CREATE TRIGGER "guard_late_update" BEFORE UPDATE ON "late" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_link_delete
CREATE TRIGGER "guard_link_delete" BEFORE DELETE ON "link" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_link_insert
CREATE TRIGGER "guard_link_insert" BEFORE INSERT ON "link" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_link_update
CREATE TRIGGER "guard_link_update" BEFORE UPDATE ON "link" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_local_kv_delete
CREATE TRIGGER "guard_local_kv_delete" BEFORE DELETE ON "local_kv" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_local_kv_insert
CREATE TRIGGER "guard_local_kv_insert" BEFORE INSERT ON "local_kv" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_local_kv_update
CREATE TRIGGER "guard_local_kv_update" BEFORE UPDATE ON "local_kv" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_log_state_delete
CREATE TRIGGER "guard_log_state_delete" BEFORE DELETE ON "log_state" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_log_state_insert
CREATE TRIGGER "guard_log_state_insert" BEFORE INSERT ON "log_state" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_log_state_update
CREATE TRIGGER "guard_log_state_update" BEFORE UPDATE ON "log_state" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_op_delete
CREATE TRIGGER "guard_op_delete" BEFORE DELETE ON "op" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_op_insert
CREATE TRIGGER "guard_op_insert" BEFORE INSERT ON "op" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_op_update
CREATE TRIGGER "guard_op_update" BEFORE UPDATE ON "op" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_organisation_statement_delete
CREATE TRIGGER "guard_organisation_statement_delete" BEFORE DELETE ON "organisation_statement" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_organisation_statement_insert
CREATE TRIGGER "guard_organisation_statement_insert" BEFORE INSERT ON "organisation_statement" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_organisation_statement_update
CREATE TRIGGER "guard_organisation_statement_update" BEFORE UPDATE ON "organisation_statement" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_person_delete
CREATE TRIGGER "guard_person_delete" BEFORE DELETE ON "person" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_person_insert
CREATE TRIGGER "guard_person_insert" BEFORE INSERT ON "person" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_person_key_delete
CREATE TRIGGER "guard_person_key_delete" BEFORE DELETE ON "person_key" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_person_key_insert
CREATE TRIGGER "guard_person_key_insert" BEFORE INSERT ON "person_key" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_person_key_update
CREATE TRIGGER "guard_person_key_update" BEFORE UPDATE ON "person_key" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_person_update
CREATE TRIGGER "guard_person_update" BEFORE UPDATE ON "person" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_placement_delete
CREATE TRIGGER "guard_placement_delete" BEFORE DELETE ON "placement" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_placement_insert
CREATE TRIGGER "guard_placement_insert" BEFORE INSERT ON "placement" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_placement_update
CREATE TRIGGER "guard_placement_update" BEFORE UPDATE ON "placement" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_quarantine_delete
CREATE TRIGGER "guard_quarantine_delete" BEFORE DELETE ON "quarantine" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_quarantine_insert
CREATE TRIGGER "guard_quarantine_insert" BEFORE INSERT ON "quarantine" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_quarantine_update
CREATE TRIGGER "guard_quarantine_update" BEFORE UPDATE ON "quarantine" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_receipt_delete
CREATE TRIGGER "guard_receipt_delete" BEFORE DELETE ON "receipt" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_receipt_insert
CREATE TRIGGER "guard_receipt_insert" BEFORE INSERT ON "receipt" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_receipt_update
CREATE TRIGGER "guard_receipt_update" BEFORE UPDATE ON "receipt" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_remark_delete
CREATE TRIGGER "guard_remark_delete" BEFORE DELETE ON "remark" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_remark_insert
CREATE TRIGGER "guard_remark_insert" BEFORE INSERT ON "remark" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_remark_update
CREATE TRIGGER "guard_remark_update" BEFORE UPDATE ON "remark" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_review_delete
CREATE TRIGGER "guard_review_delete" BEFORE DELETE ON "review" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_review_insert
CREATE TRIGGER "guard_review_insert" BEFORE INSERT ON "review" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_review_update
CREATE TRIGGER "guard_review_update" BEFORE UPDATE ON "review" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_round_delete
CREATE TRIGGER "guard_round_delete" BEFORE DELETE ON "round" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_round_insert
CREATE TRIGGER "guard_round_insert" BEFORE INSERT ON "round" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_round_update
CREATE TRIGGER "guard_round_update" BEFORE UPDATE ON "round" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_seal_delete
CREATE TRIGGER "guard_seal_delete" BEFORE DELETE ON "seal" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_seal_insert
CREATE TRIGGER "guard_seal_insert" BEFORE INSERT ON "seal" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_seal_signature_delete
CREATE TRIGGER "guard_seal_signature_delete" BEFORE DELETE ON "seal_signature" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_seal_signature_insert
CREATE TRIGGER "guard_seal_signature_insert" BEFORE INSERT ON "seal_signature" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_seal_signature_update
CREATE TRIGGER "guard_seal_signature_update" BEFORE UPDATE ON "seal_signature" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_seal_update
CREATE TRIGGER "guard_seal_update" BEFORE UPDATE ON "seal" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_segment_delete
CREATE TRIGGER "guard_segment_delete" BEFORE DELETE ON "segment" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_segment_insert
CREATE TRIGGER "guard_segment_insert" BEFORE INSERT ON "segment" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_segment_update
CREATE TRIGGER "guard_segment_update" BEFORE UPDATE ON "segment" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_setting_delete
CREATE TRIGGER "guard_setting_delete" BEFORE DELETE ON "setting" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_setting_insert
CREATE TRIGGER "guard_setting_insert" BEFORE INSERT ON "setting" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_setting_update
CREATE TRIGGER "guard_setting_update" BEFORE UPDATE ON "setting" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_sighting_delete
CREATE TRIGGER "guard_sighting_delete" BEFORE DELETE ON "sighting" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_sighting_insert
CREATE TRIGGER "guard_sighting_insert" BEFORE INSERT ON "sighting" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_sighting_update
CREATE TRIGGER "guard_sighting_update" BEFORE UPDATE ON "sighting" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_statement_delete
CREATE TRIGGER "guard_statement_delete" BEFORE DELETE ON "statement" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_statement_insert
CREATE TRIGGER "guard_statement_insert" BEFORE INSERT ON "statement" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_statement_update
CREATE TRIGGER "guard_statement_update" BEFORE UPDATE ON "statement" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_sweep_delete
CREATE TRIGGER "guard_sweep_delete" BEFORE DELETE ON "sweep" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_sweep_insert
CREATE TRIGGER "guard_sweep_insert" BEFORE INSERT ON "sweep" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_sweep_update
CREATE TRIGGER "guard_sweep_update" BEFORE UPDATE ON "sweep" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_trip_delete
CREATE TRIGGER "guard_trip_delete" BEFORE DELETE ON "trip" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_trip_insert
CREATE TRIGGER "guard_trip_insert" BEFORE INSERT ON "trip" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_trip_update
CREATE TRIGGER "guard_trip_update" BEFORE UPDATE ON "trip" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_unindexed_delete
CREATE TRIGGER "guard_unindexed_delete" BEFORE DELETE ON unindexed WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_unindexed_insert
CREATE TRIGGER "guard_unindexed_insert" BEFORE INSERT ON unindexed WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_unindexed_update
CREATE TRIGGER "guard_unindexed_update" BEFORE UPDATE ON unindexed WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_unit_delete
CREATE TRIGGER "guard_unit_delete" BEFORE DELETE ON "unit" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_unit_insert
CREATE TRIGGER "guard_unit_insert" BEFORE INSERT ON "unit" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_unit_update
CREATE TRIGGER "guard_unit_update" BEFORE UPDATE ON "unit" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_visit_delete
CREATE TRIGGER "guard_visit_delete" BEFORE DELETE ON "visit" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_visit_insert
CREATE TRIGGER "guard_visit_insert" BEFORE INSERT ON "visit" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_visit_member_delete
CREATE TRIGGER "guard_visit_member_delete" BEFORE DELETE ON "visit_member" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_visit_member_insert
CREATE TRIGGER "guard_visit_member_insert" BEFORE INSERT ON "visit_member" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_visit_member_update
CREATE TRIGGER "guard_visit_member_update" BEFORE UPDATE ON "visit_member" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_visit_update
CREATE TRIGGER "guard_visit_update" BEFORE UPDATE ON "visit" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_wait_delete
CREATE TRIGGER "guard_wait_delete" BEFORE DELETE ON "wait" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_wait_insert
CREATE TRIGGER "guard_wait_insert" BEFORE INSERT ON "wait" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_wait_update
CREATE TRIGGER "guard_wait_update" BEFORE UPDATE ON "wait" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_window_delete
CREATE TRIGGER "guard_window_delete" BEFORE DELETE ON "window" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_window_insert
CREATE TRIGGER "guard_window_insert" BEFORE INSERT ON "window" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

-- trigger guard_window_update
CREATE TRIGGER "guard_window_update" BEFORE UPDATE ON "window" WHEN inspector_core() IS NOT 1 BEGIN SELECT RAISE(FAIL, 'only Mingcha may write here'); END;

