-- Accounts are renamed: the newest name is the one of the newest event, in whichever order events are handled.
alter table notification.accounts add column named_at timestamptz not null default '-infinity';
