// What is known of customers beside their facts: what they bought and paid, who belongs to whom, who is one and the same, on
// what basis their data are kept.
export const addCustomerWork = `
CREATE TABLE transactions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  transaction_no TEXT NOT NULL,
  kind TEXT NOT NULL,
  customer_id TEXT,
  customer_no TEXT NOT NULL,
  complaint_no TEXT NOT NULL,
  date TEXT NOT NULL,
  amount TEXT NOT NULL,
  currency TEXT NOT NULL,
  status TEXT NOT NULL,
  description TEXT NOT NULL,
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
CREATE INDEX transactions_by_time ON transactions (date, seq);
CREATE INDEX transactions_by_customer ON transactions (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX transactions_by_customer_no ON transactions (customer_no);
CREATE INDEX transactions_by_complaint_no ON transactions (complaint_no);
CREATE INDEX transactions_by_number ON transactions (transaction_no);
CREATE INDEX transactions_by_batch ON transactions (batch_no, seq);

-- What a person says: this transaction belongs to that case ('linked'), or doesn't ('none'), whatever number its file names.
CREATE TABLE transaction_links (
  seq INTEGER PRIMARY KEY,
  transaction_id TEXT NOT NULL,
  complaint_id TEXT NOT NULL,
  state TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  UNIQUE (transaction_id, complaint_id)
) STRICT;
CREATE INDEX transaction_links_by_complaint ON transaction_links (complaint_id);

-- Two records of one customer. No row moves: while a merge is live, the merged one answers as the kept one.
CREATE TABLE customer_merges (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kept_id TEXT NOT NULL,
  merged_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  undone_at TEXT NOT NULL,
  undone_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX customer_merges_live ON customer_merges (merged_id) WHERE state = 'live';
CREATE INDEX customer_merges_by_kept ON customer_merges (kept_id) WHERE state = 'live';

-- Who belongs to whom; 'distinct' says that two who look alike are two.
CREATE TABLE customer_relations (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  customer_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  identity_version TEXT NOT NULL,
  identity_digest TEXT NOT NULL,
  UNIQUE (customer_id, other_id, kind)
) STRICT;
CREATE INDEX customer_relations_by_other ON customer_relations (other_id);

-- Lawful basis, consents, requests and holds.
CREATE TABLE customer_facts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  customer_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  purpose TEXT NOT NULL,
  evidence TEXT NOT NULL,
  date TEXT NOT NULL,
  until TEXT NOT NULL,
  state TEXT NOT NULL,
  state_date TEXT NOT NULL,
  revision INTEGER NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  identity_version TEXT NOT NULL,
  identity_digest TEXT NOT NULL
) STRICT;
CREATE INDEX customer_facts_by_customer ON customer_facts (customer_id, seq);
`
