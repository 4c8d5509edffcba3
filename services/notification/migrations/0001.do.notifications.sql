-- Notifications, and the stream that tells a person's open pages what happened.

-- Whose an account is and what it is called: what `account.opened` told.
create table notification.accounts (
  account_id uuid primary key,
  owner_id uuid not null,
  name text not null,
  type text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$')
);
create index accounts_owner on notification.accounts (owner_id);

create table notification.notifications (
  id uuid primary key,
  owner_id uuid not null,
  account_id uuid not null,
  title text not null,
  message text not null,
  type text not null check (type in ('risk', 'alert', 'info')),
  is_read boolean not null default false,
  created_at timestamptz not null default now()
);
create index notifications_owner on notification.notifications (owner_id, id desc);
create index notifications_account on notification.notifications (owner_id, account_id, id desc);
create index notifications_unread on notification.notifications (owner_id, account_id) where not is_read;

-- The newest number of each person's stream. Its row is locked while a message is added, so numbers follow the order of commits and a reader
-- that has seen one has missed none before it.
create table notification.streams (
  owner_id uuid primary key,
  last_number bigint not null
);

create table notification.stream_messages (
  owner_id uuid not null,
  number bigint not null,
  type text not null,
  account_id uuid,
  unread int not null,
  at timestamptz not null default now(),
  primary key (owner_id, number)
);

create table notification.idempotency_keys (
  owner_id uuid not null,
  path text not null,
  key text not null,
  body_hash text not null,
  status int not null,
  content_type text not null,
  body text not null,
  created_at timestamptz not null default now(),
  primary key (owner_id, path, key)
);

alter table notification.accounts enable row level security;
alter table notification.accounts force row level security;
alter table notification.notifications enable row level security;
alter table notification.notifications force row level security;
alter table notification.streams enable row level security;
alter table notification.streams force row level security;
alter table notification.stream_messages enable row level security;
alter table notification.stream_messages force row level security;
alter table notification.idempotency_keys enable row level security;
alter table notification.idempotency_keys force row level security;

create policy owner on notification.accounts to fintwin_notification
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
-- A service that writes to an account's owner knows the account only: its one row is shown to whoever names it.
create policy addressee on notification.accounts for select to fintwin_notification
  using (account_id = nullif((select current_setting('fintwin.account_id', true)), '')::uuid);
create policy owner on notification.notifications to fintwin_notification
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on notification.streams to fintwin_notification
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on notification.stream_messages to fintwin_notification
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on notification.idempotency_keys to fintwin_notification
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);

grant usage on schema notification to fintwin_notification;
grant select, insert, update on notification.accounts, notification.streams to fintwin_notification;
grant select, insert, update, delete on notification.notifications to fintwin_notification;
grant select, insert, delete on notification.stream_messages to fintwin_notification;
grant select, insert, delete on notification.idempotency_keys to fintwin_notification;
