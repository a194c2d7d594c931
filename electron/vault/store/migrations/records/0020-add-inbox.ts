// What is written without the identities key waits here, sealed to the inbox identity, until identities is next opened.
export const addInbox = `
CREATE TABLE inbox (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  sealed TEXT NOT NULL
) STRICT;
`
