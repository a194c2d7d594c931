// One index over histories that answers whatever counts them: the two before it read each line of a case for its states.
export const narrowHistory = `
DROP INDEX complaint_events_steps;
DROP INDEX complaint_events_by_complaint;
CREATE INDEX complaint_events_steps ON complaint_events (complaint_id, seq, kind, from_status, to_status, at);
`
