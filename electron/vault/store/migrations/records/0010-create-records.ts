// The records compartment: what daily work needs, masked and redacted; and the audit log.
export const createRecords = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Acts whose identity versions count (DESIGN: one commit point). Emptied when both compartments have settled.
CREATE TABLE commits (commit_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE people (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  recipient TEXT NOT NULL,
  verify_key TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

-- A batch's rows are visible only while its state is 'live': that one column turns a whole import on or off.
CREATE TABLE batches (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  mapping TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  state TEXT NOT NULL,
  commit_id TEXT NOT NULL,
  counts TEXT NOT NULL
) STRICT;

CREATE TABLE batch_findings (
  seq INTEGER PRIMARY KEY,
  batch_no INTEGER NOT NULL,
  row INTEGER NOT NULL,
  line INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  field TEXT NOT NULL,
  rule TEXT NOT NULL
) STRICT;
CREATE INDEX batch_findings_by_batch ON batch_findings (batch_no, seq);

CREATE TABLE customers (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  customer_no TEXT NOT NULL,
  name TEXT NOT NULL,
  resident_id TEXT NOT NULL,
  mobile TEXT NOT NULL,
  landline TEXT NOT NULL,
  email TEXT NOT NULL,
  address TEXT NOT NULL,
  bank_card TEXT NOT NULL,
  birth_date TEXT NOT NULL,
  passport TEXT NOT NULL,
  registered_on TEXT NOT NULL,
  extra_columns TEXT NOT NULL,
  warnings TEXT NOT NULL,
  duplicate INTEGER NOT NULL,
  batch_no INTEGER NOT NULL,
  batch_row INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  hand_edited INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  identity_version TEXT NOT NULL,
  identity_digest TEXT NOT NULL
) STRICT;
CREATE INDEX customers_by_number ON customers (customer_no);
CREATE INDEX customers_by_batch ON customers (batch_no, seq);

CREATE TABLE complaints (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  complaint_no TEXT NOT NULL,
  customer_id TEXT,
  customer_no TEXT NOT NULL,
  customer_name TEXT NOT NULL,
  customer_mobile TEXT NOT NULL,
  received_at TEXT NOT NULL,
  channel TEXT NOT NULL,
  category TEXT NOT NULL,
  subcategory TEXT NOT NULL,
  issue TEXT NOT NULL,
  sub_issue TEXT NOT NULL,
  status TEXT NOT NULL,
  handler TEXT NOT NULL,
  amount TEXT NOT NULL,
  closed_at TEXT NOT NULL,
  narrative TEXT NOT NULL,
  outcome TEXT NOT NULL,
  unreviewed INTEGER NOT NULL,
  extra_columns TEXT NOT NULL,
  warnings TEXT NOT NULL,
  duplicate INTEGER NOT NULL,
  batch_no INTEGER NOT NULL,
  batch_row INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  hand_edited INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  identity_version TEXT NOT NULL,
  identity_digest TEXT NOT NULL
) STRICT;
CREATE INDEX complaints_by_time ON complaints (received_at, seq);
CREATE INDEX complaints_by_status ON complaints (status, received_at, seq);
CREATE INDEX complaints_by_customer ON complaints (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX complaints_by_customer_no ON complaints (customer_no);
CREATE INDEX complaints_by_number ON complaints (complaint_no);
CREATE INDEX complaints_by_batch ON complaints (batch_no, seq);

CREATE TABLE complaint_events (
  seq INTEGER PRIMARY KEY,
  complaint_id TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  kind TEXT NOT NULL,
  from_status TEXT,
  to_status TEXT,
  text TEXT NOT NULL,
  identity_version TEXT NOT NULL,
  identity_digest TEXT NOT NULL
) STRICT;
CREATE INDEX complaint_events_by_complaint ON complaint_events (complaint_id, seq);

CREATE TABLE audit_entries (
  idx INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  person_id TEXT NOT NULL,
  user TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  leaf_set INTEGER NOT NULL,
  leaf_count INTEGER NOT NULL,
  leaf_root TEXT NOT NULL,
  leaf_hash BLOB NOT NULL
) STRICT;

-- One leaf a changed row: its digest as it stands after the entry. An entry's own leaves stand under its index; a batch
-- writes its leaves before its entry exists, under its number made negative.
CREATE TABLE row_leaves (
  seq INTEGER PRIMARY KEY,
  leaf_set INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  row_seq INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;
CREATE INDEX row_leaves_by_set ON row_leaves (leaf_set, seq);
CREATE INDEX row_leaves_by_row ON row_leaves (kind, row_seq, seq);

CREATE TABLE checkpoints (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, size INTEGER NOT NULL, note TEXT NOT NULL) STRICT;

CREATE VIRTUAL TABLE customer_search USING fts5(name, nums, body, tokenize = 'unicode61 remove_diacritics 0',
  content = '', contentless_delete = 1, prefix = '5 7');
CREATE VIRTUAL TABLE complaint_search USING fts5(name, nums, body, tokenize = 'unicode61 remove_diacritics 0',
  content = '', contentless_delete = 1, prefix = '5 7');
`
