// Originals of transactions, as immutable versions like those of customers and complaints.
export const addTransactionVersions = `
CREATE TABLE transaction_versions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  transaction_id TEXT NOT NULL,
  commit_id TEXT NOT NULL,
  salt BLOB NOT NULL,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX transaction_versions_by_owner ON transaction_versions (transaction_id);
CREATE INDEX transaction_versions_by_commit ON transaction_versions (commit_id);
`
