// What attachments keep in identities: their original names as versions, and the keys that open their files.
export const addBlobs = `
CREATE TABLE attachment_versions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  attachment_id TEXT NOT NULL,
  commit_id TEXT NOT NULL,
  salt BLOB NOT NULL,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX attachment_versions_by_owner ON attachment_versions (attachment_id);
CREATE INDEX attachment_versions_by_commit ON attachment_versions (commit_id);

-- One file a content: attachments/<first two of id>/<id>.age, which the age identity in secret opens. content is the
-- keyed hash by which the same content is known again; bytes and sha256 are those of the content, stored those of the file.
CREATE TABLE blobs (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL,
  secret TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  stored INTEGER NOT NULL
) STRICT;
CREATE INDEX blobs_by_content ON blobs (content);

-- Which versions name a blob: it goes with the last of them.
CREATE TABLE blob_uses (version_id TEXT PRIMARY KEY, blob_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX blob_uses_by_blob ON blob_uses (blob_id);

-- Files that are being written or about to go: each is looked at when the vault is opened, and goes unless a version names it.
CREATE TABLE unsettled_blobs (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`
