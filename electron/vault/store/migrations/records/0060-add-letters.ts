// Letters that went out, redacted, and the owner's own templates.
export const addLetters = `
-- event_seq: the line of the complaint's history that tells of it. state: sent, or failed where its file could not be put in place.
CREATE TABLE letters (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  complaint_id TEXT NOT NULL,
  event_seq INTEGER NOT NULL,
  template TEXT NOT NULL,
  lang TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  identity_version TEXT NOT NULL,
  identity_digest TEXT NOT NULL
) STRICT;
CREATE INDEX letters_by_complaint ON letters (complaint_id);
CREATE INDEX letters_by_event ON letters (event_seq);

-- body: the template as JSON; empty once it was taken away.
CREATE TABLE letter_templates (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  lang TEXT NOT NULL,
  body TEXT NOT NULL,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  UNIQUE (id, lang)
) STRICT;
`
