// What counting wants (narrow indexes: complaints themselves are wide), and who handed their cases over to whom.
export const addInsight = `
CREATE INDEX complaints_counted ON complaints (received_at, status, category, channel, closed_at, batch_no, id);
CREATE INDEX complaints_ended ON complaints (closed_at, status, batch_no) WHERE closed_at <> '';
CREATE INDEX complaint_events_steps ON complaint_events (complaint_id, seq, kind, to_status, at);

-- What a mask shows at the end of a number, to be searched for by everybody.
CREATE INDEX customers_by_mobile_tail ON customers (substr(mobile, -4)) WHERE mobile <> '';
CREATE INDEX customers_by_card_tail ON customers (substr(bank_card, -4)) WHERE bank_card <> '';

-- All open cases of one person given to another in one act. The digest is over the ids of the cases, sorted, one a line.
-- Each of the two confirms in a session of their own; '' until then.
CREATE TABLE handovers (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  from_id TEXT NOT NULL,
  from_name TEXT NOT NULL,
  to_id TEXT NOT NULL,
  to_name TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  note TEXT NOT NULL,
  cases INTEGER NOT NULL,
  digest TEXT NOT NULL,
  confirmed_from_at TEXT NOT NULL,
  confirmed_from_by TEXT NOT NULL,
  confirmed_to_at TEXT NOT NULL,
  confirmed_to_by TEXT NOT NULL
) STRICT;
CREATE INDEX handovers_by_person ON handovers (to_id, seq);
`
