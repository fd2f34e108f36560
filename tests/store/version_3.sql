-- Recorded: the schema of a database of version 3, as `sqlite_master` has it, without the tables that FTS5 makes itself.
CREATE TABLE "councils" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "name" TEXT NOT NULL,
   "gss_code" TEXT,
   "nation" TEXT,
   "type" TEXT,
   "platform" TEXT,
   "website" TEXT
) STRICT;
CREATE INDEX "idx_councils_name"
    ON "councils" ("name");
CREATE INDEX "idx_councils_nation"
    ON "councils" ("nation");
CREATE INDEX "idx_councils_type"
    ON "councils" ("type");
CREATE TABLE "committees" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "council_id" TEXT REFERENCES "councils"("id"),
   "name" TEXT,
   "kind" TEXT
) STRICT;
CREATE INDEX "idx_committees_council_id"
    ON "committees" ("council_id");
CREATE INDEX "idx_committees_kind"
    ON "committees" ("kind");
CREATE TABLE "meetings" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "committee_id" TEXT NOT NULL REFERENCES "committees"("id"),
   "date" TEXT,
   "time" TEXT,
   "venue" TEXT,
   "status" TEXT,
   "url" TEXT
) STRICT;
CREATE INDEX "idx_meetings_committee_id"
    ON "meetings" ("committee_id");
CREATE INDEX "idx_meetings_date"
    ON "meetings" ("date");
CREATE TABLE "documents" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "source" TEXT NOT NULL,
   "media_type" TEXT NOT NULL,
   "fetched_at" TEXT,
   "size" INTEGER NOT NULL,
   "council_id" TEXT REFERENCES "councils"("id"),
   "outcome" TEXT NOT NULL,
   "error" TEXT,
   "rules_sha256" TEXT,
   "superseded_by" TEXT REFERENCES "documents"("id")
) STRICT;
CREATE INDEX "idx_documents_source"
    ON "documents" ("source");
CREATE INDEX "idx_documents_council_id"
    ON "documents" ("council_id");
CREATE INDEX "idx_documents_outcome"
    ON "documents" ("outcome");
CREATE INDEX "idx_documents_superseded_by"
    ON "documents" ("superseded_by");
CREATE TABLE "items" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   "meeting_id" TEXT NOT NULL REFERENCES "meetings"("id"),
   "position" INTEGER NOT NULL,
   "number" TEXT,
   "title" TEXT,
   "url" TEXT,
   "text" TEXT NOT NULL,
   "procedural" TEXT
) STRICT;
CREATE INDEX "idx_items_document_id"
    ON "items" ("document_id");
CREATE INDEX "idx_items_meeting_id"
    ON "items" ("meeting_id");
CREATE INDEX "idx_items_procedural"
    ON "items" ("procedural");
CREATE VIRTUAL TABLE "items_fts" USING FTS5 (
    "title", "text",
    tokenize='porter unicode61 remove_diacritics 2',
    content="items"
);
CREATE TABLE "links" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "item_id" TEXT NOT NULL REFERENCES "items"("id") ON DELETE CASCADE,
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   "title" TEXT NOT NULL,
   "url" TEXT NOT NULL
) STRICT;
CREATE INDEX "idx_links_item_id"
    ON "links" ("item_id");
CREATE INDEX "idx_links_document_id"
    ON "links" ("document_id");
CREATE TABLE "attendance" (
   "meeting_id" TEXT NOT NULL REFERENCES "meetings"("id") ON DELETE CASCADE,
   "name" TEXT NOT NULL,
   "role" TEXT,
   "status" TEXT NOT NULL,
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   PRIMARY KEY ("meeting_id", "name", "status")
) STRICT;
CREATE INDEX "idx_attendance_name"
    ON "attendance" ("name");
CREATE INDEX "idx_attendance_document_id"
    ON "attendance" ("document_id");
CREATE TABLE "measures" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "label" TEXT NOT NULL,
   "theme" TEXT,
   "unit" TEXT,
   "polarity" TEXT
) STRICT;
CREATE INDEX "idx_measures_theme"
    ON "measures" ("theme");
CREATE TABLE "metrics" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "item_id" TEXT NOT NULL REFERENCES "items"("id") ON DELETE CASCADE,
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   "meeting_id" TEXT NOT NULL REFERENCES "meetings"("id"),
   "kind" TEXT NOT NULL,
   "value" REAL NOT NULL,
   "value_max" REAL,
   "unit" TEXT,
   "comparator" TEXT NOT NULL,
   "base" REAL,
   "measure" TEXT,
   "role" TEXT NOT NULL,
   "direction" TEXT,
   "period" TEXT,
   "period_start" TEXT,
   "period_end" TEXT,
   "measure_id" TEXT REFERENCES "measures"("id"),
   "quote" TEXT NOT NULL,
   "sentence" TEXT NOT NULL,
   "start_char" INTEGER NOT NULL,
   "end_char" INTEGER NOT NULL,
   "rule" TEXT NOT NULL,
   "review" TEXT
) STRICT;
CREATE INDEX "idx_metrics_item_id"
    ON "metrics" ("item_id");
CREATE INDEX "idx_metrics_document_id"
    ON "metrics" ("document_id");
CREATE INDEX "idx_metrics_meeting_id"
    ON "metrics" ("meeting_id");
CREATE INDEX "idx_metrics_kind"
    ON "metrics" ("kind");
CREATE INDEX "idx_metrics_unit"
    ON "metrics" ("unit");
CREATE INDEX "idx_metrics_measure"
    ON "metrics" ("measure");
CREATE INDEX "idx_metrics_role"
    ON "metrics" ("role");
CREATE INDEX "idx_metrics_measure_id"
    ON "metrics" ("measure_id");
CREATE INDEX "idx_metrics_rule"
    ON "metrics" ("rule");
CREATE VIRTUAL TABLE "metrics_fts" USING FTS5 (
    "quote", "sentence",
    tokenize='porter unicode61 remove_diacritics 2',
    content="metrics"
);
CREATE TABLE "resolutions" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "item_id" TEXT NOT NULL REFERENCES "items"("id") ON DELETE CASCADE,
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   "meeting_id" TEXT NOT NULL REFERENCES "meetings"("id"),
   "number" TEXT,
   "decision" TEXT NOT NULL,
   "restates" TEXT,
   "mover" TEXT,
   "seconder" TEXT,
   "votes_for" INTEGER,
   "votes_against" INTEGER,
   "abstentions" INTEGER,
   "outcome" TEXT NOT NULL,
   "quote" TEXT NOT NULL,
   "sentence" TEXT NOT NULL,
   "start_char" INTEGER NOT NULL,
   "end_char" INTEGER NOT NULL,
   "rule" TEXT NOT NULL,
   "review" TEXT
) STRICT;
CREATE INDEX "idx_resolutions_item_id"
    ON "resolutions" ("item_id");
CREATE INDEX "idx_resolutions_document_id"
    ON "resolutions" ("document_id");
CREATE INDEX "idx_resolutions_meeting_id"
    ON "resolutions" ("meeting_id");
CREATE INDEX "idx_resolutions_decision"
    ON "resolutions" ("decision");
CREATE INDEX "idx_resolutions_outcome"
    ON "resolutions" ("outcome");
CREATE INDEX "idx_resolutions_rule"
    ON "resolutions" ("rule");
CREATE VIRTUAL TABLE "resolutions_fts" USING FTS5 (
    "quote", "sentence",
    tokenize='porter unicode61 remove_diacritics 2',
    content="resolutions"
);
CREATE TABLE "actions" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "item_id" TEXT NOT NULL REFERENCES "items"("id") ON DELETE CASCADE,
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   "meeting_id" TEXT NOT NULL REFERENCES "meetings"("id"),
   "resolution_id" TEXT REFERENCES "resolutions"("id"),
   "owner" TEXT,
   "task" TEXT,
   "recipient" TEXT,
   "due" TEXT,
   "due_date" TEXT,
   "strength" TEXT NOT NULL,
   "quote" TEXT NOT NULL,
   "sentence" TEXT NOT NULL,
   "start_char" INTEGER NOT NULL,
   "end_char" INTEGER NOT NULL,
   "rule" TEXT NOT NULL,
   "review" TEXT
) STRICT;
CREATE INDEX "idx_actions_item_id"
    ON "actions" ("item_id");
CREATE INDEX "idx_actions_document_id"
    ON "actions" ("document_id");
CREATE INDEX "idx_actions_meeting_id"
    ON "actions" ("meeting_id");
CREATE INDEX "idx_actions_resolution_id"
    ON "actions" ("resolution_id");
CREATE INDEX "idx_actions_owner"
    ON "actions" ("owner");
CREATE INDEX "idx_actions_due_date"
    ON "actions" ("due_date");
CREATE INDEX "idx_actions_strength"
    ON "actions" ("strength");
CREATE INDEX "idx_actions_rule"
    ON "actions" ("rule");
CREATE VIRTUAL TABLE "actions_fts" USING FTS5 (
    "quote", "sentence",
    tokenize='porter unicode61 remove_diacritics 2',
    content="actions"
);
CREATE TABLE "follow_ups" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "item_id" TEXT NOT NULL REFERENCES "items"("id") ON DELETE CASCADE,
   "document_id" TEXT NOT NULL REFERENCES "documents"("id"),
   "meeting_id" TEXT NOT NULL REFERENCES "meetings"("id"),
   "resolution_id" TEXT REFERENCES "resolutions"("id"),
   "requester" TEXT,
   "request" TEXT,
   "due" TEXT,
   "due_date" TEXT,
   "destination" TEXT,
   "quote" TEXT NOT NULL,
   "sentence" TEXT NOT NULL,
   "start_char" INTEGER NOT NULL,
   "end_char" INTEGER NOT NULL,
   "rule" TEXT NOT NULL,
   "review" TEXT
) STRICT;
CREATE INDEX "idx_follow_ups_item_id"
    ON "follow_ups" ("item_id");
CREATE INDEX "idx_follow_ups_document_id"
    ON "follow_ups" ("document_id");
CREATE INDEX "idx_follow_ups_meeting_id"
    ON "follow_ups" ("meeting_id");
CREATE INDEX "idx_follow_ups_resolution_id"
    ON "follow_ups" ("resolution_id");
CREATE INDEX "idx_follow_ups_requester"
    ON "follow_ups" ("requester");
CREATE INDEX "idx_follow_ups_due_date"
    ON "follow_ups" ("due_date");
CREATE INDEX "idx_follow_ups_rule"
    ON "follow_ups" ("rule");
CREATE VIRTUAL TABLE "follow_ups_fts" USING FTS5 (
    "quote", "sentence",
    tokenize='porter unicode61 remove_diacritics 2',
    content="follow_ups"
);
CREATE TABLE "calendar" (
   "committee_key" TEXT NOT NULL,
   "date" TEXT NOT NULL,
   "council_id" TEXT,
   "committee" TEXT NOT NULL,
   PRIMARY KEY ("committee_key", "date")
) STRICT;
CREATE INDEX "idx_calendar_council_id"
    ON "calendar" ("council_id");
CREATE TABLE "threads" (
   "record_id" TEXT PRIMARY KEY NOT NULL,
   "first_id" TEXT,
   "due_date" TEXT,
   "due_source" TEXT,
   "due_reason" TEXT,
   "who_is" TEXT
) STRICT;
CREATE INDEX "idx_threads_first_id"
    ON "threads" ("first_id");
CREATE TABLE "issues" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "document_id" TEXT REFERENCES "documents"("id"),
   "source" TEXT NOT NULL,
   "stage" TEXT NOT NULL,
   "code" TEXT NOT NULL,
   "message" TEXT NOT NULL
) STRICT;
CREATE INDEX "idx_issues_document_id"
    ON "issues" ("document_id");
CREATE INDEX "idx_issues_source"
    ON "issues" ("source");
CREATE INDEX "idx_issues_code"
    ON "issues" ("code");
CREATE TABLE "listed_meetings" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "council_id" TEXT NOT NULL REFERENCES "councils"("id"),
   "committee" TEXT,
   "date" TEXT,
   "time" TEXT,
   "status" TEXT,
   "url" TEXT,
   "outcome" TEXT,
   "how" TEXT,
   "document_id" TEXT REFERENCES "documents"("id"),
   "asked_at" TEXT,
   "message" TEXT
) STRICT;
CREATE INDEX "idx_listed_meetings_council_id"
    ON "listed_meetings" ("council_id");
CREATE INDEX "idx_listed_meetings_committee"
    ON "listed_meetings" ("committee");
CREATE INDEX "idx_listed_meetings_date"
    ON "listed_meetings" ("date");
CREATE INDEX "idx_listed_meetings_outcome"
    ON "listed_meetings" ("outcome");
CREATE INDEX "idx_listed_meetings_document_id"
    ON "listed_meetings" ("document_id");
CREATE TABLE "fetches" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "council_id" TEXT REFERENCES "councils"("id"),
   "address" TEXT NOT NULL,
   "final_address" TEXT,
   "purpose" TEXT NOT NULL,
   "outcome" TEXT NOT NULL,
   "fetched_at" TEXT NOT NULL,
   "status" INTEGER,
   "media_type" TEXT,
   "size" INTEGER NOT NULL,
   "sha256" TEXT,
   "document_id" TEXT REFERENCES "documents"("id"),
   "message" TEXT
) STRICT;
CREATE INDEX "idx_fetches_council_id"
    ON "fetches" ("council_id");
CREATE INDEX "idx_fetches_purpose"
    ON "fetches" ("purpose");
CREATE INDEX "idx_fetches_outcome"
    ON "fetches" ("outcome");
CREATE INDEX "idx_fetches_document_id"
    ON "fetches" ("document_id");
CREATE TABLE "runs" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "started" TEXT NOT NULL,
   "finished" TEXT,
   "version" TEXT NOT NULL,
   "patterns_sha256" TEXT NOT NULL,
   "spacy_version" TEXT NOT NULL,
   "files" INTEGER,
   "documents" INTEGER,
   "not_read" INTEGER,
   "items" INTEGER,
   "metrics" INTEGER,
   "resolutions" INTEGER,
   "actions" INTEGER,
   "follow_ups" INTEGER,
   "seconds" REAL
) STRICT;
CREATE TABLE "evidence" (
   "record_id" TEXT NOT NULL,
   "item_id" TEXT NOT NULL REFERENCES "items"("id") ON DELETE CASCADE,
   "score" REAL NOT NULL,
   "says" TEXT NOT NULL,
   "reason" TEXT,
   PRIMARY KEY ("record_id", "item_id")
) STRICT;
CREATE INDEX "idx_evidence_item_id"
    ON "evidence" ("item_id");
CREATE VIEW "metrics_view" AS SELECT
  metrics.id AS id,
  metrics.item_id AS item_id,
  metrics.document_id AS document_id,
  metrics.meeting_id AS meeting_id,
  metrics.kind AS kind,
  metrics.value AS value,
  metrics.value_max AS value_max,
  metrics.unit AS unit,
  metrics.comparator AS comparator,
  metrics.base AS base,
  metrics.measure AS measure,
  metrics.role AS role,
  metrics.direction AS direction,
  metrics.period AS period,
  metrics.period_start AS period_start,
  metrics.period_end AS period_end,
  metrics.measure_id AS measure_id,
  metrics.quote AS quote,
  metrics.sentence AS sentence,
  metrics.start_char AS start_char,
  metrics.end_char AS end_char,
  metrics.rule AS rule,
  metrics.review AS review,
  councils.name AS council,
  committees.name AS committee,
  meetings.date AS date,
  CAST(substr(meetings.date, 1, 4) AS INTEGER) AS year,
  items.title AS title,
  coalesce(items.url, meetings.url) AS url,
  councils.id AS council_id,
  committees.id AS committee_id
FROM metrics
JOIN items ON items.id = metrics.item_id
JOIN documents ON documents.id = metrics.document_id
JOIN meetings ON meetings.id = metrics.meeting_id
JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id
WHERE +documents.superseded_by IS NULL;
CREATE VIEW "resolutions_view" AS SELECT
  resolutions.id AS id,
  resolutions.item_id AS item_id,
  resolutions.document_id AS document_id,
  resolutions.meeting_id AS meeting_id,
  resolutions.number AS number,
  resolutions.decision AS decision,
  resolutions.restates AS restates,
  resolutions.mover AS mover,
  resolutions.seconder AS seconder,
  resolutions.votes_for AS votes_for,
  resolutions.votes_against AS votes_against,
  resolutions.abstentions AS abstentions,
  resolutions.outcome AS outcome,
  resolutions.quote AS quote,
  resolutions.sentence AS sentence,
  resolutions.start_char AS start_char,
  resolutions.end_char AS end_char,
  resolutions.rule AS rule,
  resolutions.review AS review,
  councils.name AS council,
  committees.name AS committee,
  meetings.date AS date,
  CAST(substr(meetings.date, 1, 4) AS INTEGER) AS year,
  items.title AS title,
  coalesce(items.url, meetings.url) AS url,
  councils.id AS council_id,
  committees.id AS committee_id
FROM resolutions
JOIN items ON items.id = resolutions.item_id
JOIN documents ON documents.id = resolutions.document_id
JOIN meetings ON meetings.id = resolutions.meeting_id
JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id
WHERE +documents.superseded_by IS NULL;
CREATE VIEW "actions_view" AS SELECT
  actions.id AS id,
  actions.item_id AS item_id,
  actions.document_id AS document_id,
  actions.meeting_id AS meeting_id,
  actions.resolution_id AS resolution_id,
  actions.owner AS owner,
  actions.task AS task,
  actions.recipient AS recipient,
  actions.due AS due,
  actions.due_date AS due_date,
  actions.strength AS strength,
  actions.quote AS quote,
  actions.sentence AS sentence,
  actions.start_char AS start_char,
  actions.end_char AS end_char,
  actions.rule AS rule,
  actions.review AS review,
  councils.name AS council,
  committees.name AS committee,
  meetings.date AS date,
  CAST(substr(meetings.date, 1, 4) AS INTEGER) AS year,
  items.title AS title,
  coalesce(items.url, meetings.url) AS url,
  councils.id AS council_id,
  committees.id AS committee_id
FROM actions
JOIN items ON items.id = actions.item_id
JOIN documents ON documents.id = actions.document_id
JOIN meetings ON meetings.id = actions.meeting_id
JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id
WHERE +documents.superseded_by IS NULL;
CREATE VIEW "follow_ups_view" AS SELECT
  follow_ups.id AS id,
  follow_ups.item_id AS item_id,
  follow_ups.document_id AS document_id,
  follow_ups.meeting_id AS meeting_id,
  follow_ups.resolution_id AS resolution_id,
  follow_ups.requester AS requester,
  follow_ups.request AS request,
  follow_ups.due AS due,
  follow_ups.due_date AS due_date,
  follow_ups.destination AS destination,
  follow_ups.quote AS quote,
  follow_ups.sentence AS sentence,
  follow_ups.start_char AS start_char,
  follow_ups.end_char AS end_char,
  follow_ups.rule AS rule,
  follow_ups.review AS review,
  councils.name AS council,
  committees.name AS committee,
  meetings.date AS date,
  CAST(substr(meetings.date, 1, 4) AS INTEGER) AS year,
  items.title AS title,
  coalesce(items.url, meetings.url) AS url,
  councils.id AS council_id,
  committees.id AS committee_id
FROM follow_ups
JOIN items ON items.id = follow_ups.item_id
JOIN documents ON documents.id = follow_ups.document_id
JOIN meetings ON meetings.id = follow_ups.meeting_id
JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id
WHERE +documents.superseded_by IS NULL;
CREATE VIEW "outstanding" AS WITH record AS (
SELECT
  actions.id AS id,
  'action' AS class,
  councils.name AS council,
  committees.name AS committee,
  meetings.date AS date,
  CAST(substr(meetings.date, 1, 4) AS INTEGER) AS year,
  items.title AS title,
  coalesce(items.url, meetings.url) AS url,
  councils.id AS council_id,
  committees.id AS committee_id,
  actions.owner AS who,
  actions.task AS what,
  actions.due AS due,
  actions.due_date AS due_date,
  CAST(julianday(date('now')) - julianday(meetings.date) AS INTEGER) AS age_days,
  actions.quote AS quote,
  actions.sentence AS sentence,
  actions.item_id AS item_id,
  actions.document_id AS document_id,
  actions.meeting_id AS meeting_id,
  actions.review AS review
FROM actions
JOIN items ON items.id = actions.item_id
JOIN documents ON documents.id = actions.document_id
JOIN meetings ON meetings.id = actions.meeting_id
JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id
WHERE +documents.superseded_by IS NULL
  AND +actions.strength = 'undertaken'
UNION ALL

SELECT
  follow_ups.id AS id,
  'follow_up' AS class,
  councils.name AS council,
  committees.name AS committee,
  meetings.date AS date,
  CAST(substr(meetings.date, 1, 4) AS INTEGER) AS year,
  items.title AS title,
  coalesce(items.url, meetings.url) AS url,
  councils.id AS council_id,
  committees.id AS committee_id,
  follow_ups.requester AS who,
  follow_ups.request AS what,
  follow_ups.due AS due,
  follow_ups.due_date AS due_date,
  CAST(julianday(date('now')) - julianday(meetings.date) AS INTEGER) AS age_days,
  follow_ups.quote AS quote,
  follow_ups.sentence AS sentence,
  follow_ups.item_id AS item_id,
  follow_ups.document_id AS document_id,
  follow_ups.meeting_id AS meeting_id,
  follow_ups.review AS review
FROM follow_ups
JOIN items ON items.id = follow_ups.item_id
JOIN documents ON documents.id = follow_ups.document_id
JOIN meetings ON meetings.id = follow_ups.meeting_id
JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id
WHERE +documents.superseded_by IS NULL
),
asked AS (
  SELECT record.*, threads.due_date AS due_day, threads.due_source, threads.who_is,
    max((SELECT count(*) FROM threads AS same WHERE same.first_id = record.id), 1) AS times_asked,
    coalesce((
      SELECT max(meetings.date) FROM threads AS same JOIN meetings ON meetings.id = coalesce(
        (SELECT meeting_id FROM actions WHERE actions.id = same.record_id),
        (SELECT meeting_id FROM follow_ups WHERE follow_ups.id = same.record_id)
      ) WHERE same.first_id = record.id
    ), record.date) AS last_asked
  FROM record LEFT JOIN threads ON threads.record_id = record.id
  WHERE threads.first_id IS NULL OR threads.first_id = record.id
),
answered AS (
  SELECT asked.*, best.item_id AS evidence_item_id FROM asked LEFT JOIN evidence AS best ON best.rowid = (
  SELECT evidence.rowid FROM threads AS same
  JOIN evidence ON evidence.record_id = same.record_id AND evidence.says = 'answers'
  JOIN items ON items.id = evidence.item_id
  JOIN documents ON documents.id = items.document_id
  JOIN meetings ON meetings.id = items.meeting_id
  WHERE same.first_id = asked.id AND documents.superseded_by IS NULL AND meetings.date > asked.last_asked
  ORDER BY evidence.score DESC, evidence.item_id LIMIT 1
)
)
SELECT
  answered.id, answered.class, answered.council, answered.committee, answered.date, answered.year,
  answered.who, answered.who_is, answered.what, answered.due,
  coalesce(answered.due_day, answered.due_date) AS due_date, answered.due_source, answered.age_days,
  (
    SELECT count(*) FROM calendar
    WHERE calendar.committee_key = answered.committee_id AND calendar.date > answered.date
    AND calendar.date <= date('now')
  ) AS meetings_passed,
  answered.times_asked, answered.last_asked,
  CASE
    WHEN answered.evidence_item_id IS NOT NULL THEN 'answered?'
    WHEN coalesce(answered.due_day, answered.due_date) < date('now') THEN 'overdue'
    WHEN coalesce(answered.due_day, answered.due_date) <= date('now', '+14 days') THEN 'due'
    ELSE 'open'
  END AS status,
  CASE WHEN answered.evidence_item_id IS NOT NULL THEN
    coalesce(later.title, 'untitled item') || coalesce(' (' || later_meeting.date || ')', '')
    || ', score ' || printf('%.2f', found.score)
  END AS evidence,
  answered.evidence_item_id, found.reason AS evidence_reason,
  answered.title, answered.quote, answered.sentence, answered.url, answered.review,
  answered.item_id, answered.document_id, answered.meeting_id, answered.committee_id, answered.council_id,
  NULL AS note, NULL AS tracked_by, NULL AS tracked_at
FROM answered
LEFT JOIN evidence AS found ON found.rowid = (
  SELECT evidence.rowid FROM threads AS same JOIN evidence ON evidence.record_id = same.record_id
  WHERE same.first_id = answered.id AND evidence.item_id = answered.evidence_item_id
  ORDER BY evidence.score DESC, evidence.record_id LIMIT 1
)
LEFT JOIN items AS later ON later.id = answered.evidence_item_id
LEFT JOIN meetings AS later_meeting ON later_meeting.id = later.meeting_id;
CREATE VIEW "completeness" AS WITH listed AS (
  SELECT
    listed_meetings.*,
    listed_meetings.outcome = 'ok' AS has_minutes,
    documents.outcome = 'ok' AS is_parsed,
    EXISTS (SELECT 1 FROM metrics WHERE document_id = listed_meetings.document_id)
    OR EXISTS (SELECT 1 FROM resolutions WHERE document_id = listed_meetings.document_id)
    OR EXISTS (SELECT 1 FROM actions WHERE document_id = listed_meetings.document_id)
    OR EXISTS (SELECT 1 FROM follow_ups WHERE document_id = listed_meetings.document_id) AS has_records,
    listed_meetings.outcome NOT IN ('ok', 'not_published', 'no_minutes', 'empty', 'cancelled', 'scheduled') AS has_failed
  FROM listed_meetings
  LEFT JOIN documents ON documents.id = listed_meetings.document_id
)
SELECT
  councils.id AS council_id,
  councils.name AS council,
  listed.committee AS committee,
  count(listed.id) - count(CASE WHEN listed.outcome = 'scheduled' THEN 1 END) AS listed,
  CAST(total(listed.has_minutes) AS INTEGER) AS with_minutes,
  CAST(total(listed.has_minutes AND listed.is_parsed) AS INTEGER) AS parsed,
  CAST(total(listed.has_minutes AND listed.is_parsed AND listed.has_records) AS INTEGER) AS with_records,
  CAST(total(listed.outcome IN ('not_published', 'no_minutes', 'empty')) AS INTEGER) AS not_published,
  CAST(total(listed.outcome = 'cancelled') AS INTEGER) AS cancelled,
  CAST(total(coalesce(listed.has_failed, listed.id IS NOT NULL)) AS INTEGER) AS failed,
  CAST(total(listed.outcome = 'scheduled') AS INTEGER) AS scheduled,
  min(listed.date) AS first_date,
  max(CASE WHEN listed.outcome <> 'scheduled' THEN listed.date END) AS last_date,
  max(listed.asked_at) AS last_asked,
  CASE WHEN count(listed.id) = 0 THEN (
    SELECT fetches.outcome FROM fetches
    WHERE fetches.council_id = councils.id AND fetches.purpose IN ('front', 'committees', 'meetings', 'page')
    ORDER BY fetches.outcome IN ('ok', 'unchanged', 'gone'), fetches.fetched_at DESC, fetches.id LIMIT 1
  ) ELSE (
    SELECT group_concat(words, ', ') FROM (
      SELECT count(*) || ' ' || coalesce(one.outcome, 'not asked for') AS words FROM listed_meetings AS one
      WHERE one.council_id = councils.id AND one.committee IS listed.committee
      AND coalesce(one.outcome, '') NOT IN ('ok', 'not_published', 'no_minutes', 'empty', 'cancelled', 'scheduled')
      GROUP BY one.outcome ORDER BY one.outcome
    )
  ) END AS failures
FROM councils
LEFT JOIN listed ON listed.council_id = councils.id
WHERE listed.id IS NOT NULL OR EXISTS (SELECT 1 FROM fetches WHERE fetches.council_id = councils.id)
GROUP BY councils.id, listed.committee;
PRAGMA application_id = 1835626101;
PRAGMA user_version = 3;
