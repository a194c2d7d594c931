// Letters as they went out: one version each, which nothing supersedes.
export const addLetterVersions = `
CREATE TABLE letter_versions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  letter_id TEXT NOT NULL,
  commit_id TEXT NOT NULL,
  salt BLOB NOT NULL,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX letter_versions_by_owner ON letter_versions (letter_id);
CREATE INDEX letter_versions_by_commit ON letter_versions (commit_id);
`
