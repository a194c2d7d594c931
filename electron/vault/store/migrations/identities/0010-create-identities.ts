// The identities compartment: clear values as immutable versions, and the only full-text index over them.
const versionTable = (name: string, owner: string): string => `
CREATE TABLE ${name} (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  ${owner} TEXT NOT NULL,
  commit_id TEXT NOT NULL,
  salt BLOB NOT NULL,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX ${name}_by_owner ON ${name} (${owner});
CREATE INDEX ${name}_by_commit ON ${name} (commit_id);
`

export const createIdentities = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Acts whose commit in records is not yet known to have happened; looked at when the vault is opened.
CREATE TABLE pending_commits (commit_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
${versionTable('customer_versions', 'customer_id')}
${versionTable('complaint_versions', 'complaint_id')}
${versionTable('note_versions', 'event_id')}

-- Normalised keys by which a duplicate is recognised; empty where the value doesn't parse.
CREATE TABLE customer_keys (version_seq INTEGER PRIMARY KEY, resident_id TEXT NOT NULL, name_mobile TEXT NOT NULL) STRICT;
CREATE INDEX customer_keys_by_resident_id ON customer_keys (resident_id) WHERE resident_id <> '';
CREATE INDEX customer_keys_by_name_mobile ON customer_keys (name_mobile) WHERE name_mobile <> '';

-- Rows of an import that could not be read as rows, as they stood in the file: nothing that was in it is lost.
CREATE TABLE rejected_rows (
  seq INTEGER PRIMARY KEY,
  commit_id TEXT NOT NULL,
  row INTEGER NOT NULL,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  raw TEXT NOT NULL
) STRICT;
CREATE INDEX rejected_rows_by_commit ON rejected_rows (commit_id);

CREATE VIRTUAL TABLE customer_search USING fts5(name, nums, body, tokenize = 'unicode61 remove_diacritics 0',
  content = '', contentless_delete = 1, prefix = '5 7');
CREATE VIRTUAL TABLE complaint_search USING fts5(name, nums, body, tokenize = 'unicode61 remove_diacritics 0',
  content = '', contentless_delete = 1, prefix = '5 7');
`
