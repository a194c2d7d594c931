// Files that belong to complaints: a redacted name and what everybody may know. Name, key and content lie with identities.
export const addAttachments = `
CREATE TABLE attachments (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  complaint_id TEXT NOT NULL,
  event_seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  state TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  identity_version TEXT NOT NULL,
  identity_digest TEXT NOT NULL
) STRICT;
CREATE INDEX attachments_by_complaint ON attachments (complaint_id, seq);
CREATE INDEX attachments_there ON attachments (seq) WHERE state = 'there';
`
