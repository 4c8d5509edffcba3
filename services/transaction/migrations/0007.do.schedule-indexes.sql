-- Years of dates behind a schedule cost nothing to look at: what is still open of it, and what waits for an answer, is found without them.
create index occurrences_planned on transaction.occurrences (schedule_id) where state = 'planned';
create index occurrences_refused on transaction.occurrences (schedule_id) where state = 'refused';
-- A transaction is posted for one date.
create unique index occurrences_transaction on transaction.occurrences (transaction_id) where transaction_id is not null;
