// Settings that the log vouches for, saved views, acts on many cases, and what the queues are counted by.
export const addClocksAndViews = `
-- Single values that people set, each a JSON document under its name.
CREATE TABLE settings (
  seq INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL
) STRICT;

-- A view that was taken away stays, as 'gone'.
CREATE TABLE views (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL,
  shared INTEGER NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  state TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

-- What one act changed in many cases, with what it takes to take it back: cases is a JSON list of
-- [complaint's seq, event's seq, revision afterwards, closing time before].
CREATE TABLE bulk_acts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  person_id TEXT NOT NULL,
  user TEXT NOT NULL,
  cases TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT;

CREATE INDEX cases_escalated ON cases (seq) WHERE escalated_to <> '';
CREATE INDEX cases_by_severity ON cases (severity, seq) WHERE severity <> '';
CREATE INDEX complaints_closed ON complaints (closed_at, seq) WHERE status = 'closed';
CREATE INDEX complaints_by_state ON complaints (status, batch_no);
`
