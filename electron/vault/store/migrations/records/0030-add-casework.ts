// What casework adds to a complaint: who has it, how grave it is, how it ended; every change of these, and its due time.
export const addCasework = `
-- A complaint that nobody has worked on has no row here. seq is the complaint's own.
CREATE TABLE cases (
  seq INTEGER PRIMARY KEY,
  complaint_id TEXT NOT NULL UNIQUE,
  assignee TEXT NOT NULL,
  severity TEXT NOT NULL,
  currency TEXT NOT NULL,
  root_cause TEXT NOT NULL,
  outcome_kind TEXT NOT NULL,
  relief_kind TEXT NOT NULL,
  relief_amount TEXT NOT NULL,
  relief_currency TEXT NOT NULL,
  escalated_to TEXT NOT NULL,
  escalation_body TEXT NOT NULL,
  escalation_ref TEXT NOT NULL,
  satisfaction TEXT NOT NULL,
  closing_reason TEXT NOT NULL,
  clock_pack TEXT NOT NULL
) STRICT;
CREATE INDEX cases_by_assignee ON cases (assignee, seq) WHERE assignee <> '';

-- One line a changed field, with the event that tells when and by whom.
CREATE TABLE case_changes (
  seq INTEGER PRIMARY KEY,
  event_seq INTEGER NOT NULL,
  complaint_id TEXT NOT NULL,
  field TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL
) STRICT;
CREATE INDEX case_changes_by_complaint ON case_changes (complaint_id, event_seq);

-- Two complaints that belong together; the pair stands once, the smaller id first.
CREATE TABLE complaint_links (
  seq INTEGER PRIMARY KEY,
  complaint_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  UNIQUE (complaint_id, other_id)
) STRICT;
CREATE INDEX complaint_links_by_other ON complaint_links (other_id);

-- Derived from clocks and events, and made anew whenever those change: the log has no say in it. seq is the complaint's.
CREATE TABLE case_due (
  seq INTEGER PRIMARY KEY,
  due_at TEXT NOT NULL,
  clock TEXT NOT NULL
) STRICT;
CREATE INDEX case_due_by_time ON case_due (due_at, seq);

-- The same of cases that have ended: whether a clock ran out before. None where that can't be told.
CREATE TABLE case_kept (
  seq INTEGER PRIMARY KEY,
  missed INTEGER NOT NULL
) STRICT;

CREATE INDEX audit_entries_by_action ON audit_entries (action, idx);
CREATE INDEX complaints_open ON complaints (received_at, seq)
  WHERE status IN ('received', 'acknowledged', 'investigating', 'awaiting-customer', 'reopened', 'escalated');
`
