-- Scheduled and recurring transactions: what a person planned, and what became of each date. The ledger itself is not written here: a worker
-- posts what falls due through the same functions as everybody.

create table transaction.schedules (
  id uuid primary key,
  owner_id uuid not null,
  account_id uuid not null,
  type text not null check (type in ('deposit', 'withdrawal', 'transfer')),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  to_account uuid,
  note text,
  counterparty text,
  category text,
  frequency text not null check (frequency in ('once', 'daily', 'weekly', 'monthly')),
  every int not null check (every between 1 and 999),
  day_of_month text check (day_of_month ~ '^([1-9]|[12][0-9]|3[01]|last)$'),
  business_days text not null check (business_days in ('none', 'following', 'preceding', 'modified_following')),
  start_on date not null,
  end_on date,
  max_count int check (max_count > 0),
  time_zone text not null,
  state text not null default 'active' check (state in ('active', 'paused', 'ended')),
  -- The rule's dates before this day are done with; of those from it on, the ones with a row of their own are as that row says.
  open_from date not null,
  -- When the next occurrence falls due; null where none is left.
  next_due_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (id, owner_id),
  check ((type = 'transfer') = (to_account is not null)),
  check (state <> 'active' or next_due_at is not null)
);
create index schedules_owner on transaction.schedules (owner_id, id desc);
create index schedules_due on transaction.schedules (next_due_at, id) where state = 'active';

-- What is known of single dates: edited and left out while they are still to come, posted or refused afterwards. One row a date: it is written
-- in the transaction that posts, so that a date cannot be posted twice.
create table transaction.occurrences (
  schedule_id uuid not null,
  -- The rule's own date, wherever the occurrence was moved.
  date date not null,
  owner_id uuid not null,
  state text not null check (state in ('planned', 'skipped', 'posted', 'refused')),
  due_on date not null,
  -- Whether a person chose due_on.
  is_moved boolean not null,
  -- A planned one has the amount and the note that it was given by itself, and null for those of its schedule; a settled one, those it was
  -- settled with.
  amount_minor bigint check (amount_minor > 0),
  currency text not null,
  note text,
  transaction_id uuid,
  reason_code text,
  reason text,
  settled_at timestamptz,
  primary key (schedule_id, date),
  foreign key (schedule_id, owner_id) references transaction.schedules (id, owner_id) on delete cascade,
  check ((state = 'posted') = (transaction_id is not null)),
  check (state not in ('posted', 'refused') or (amount_minor is not null and settled_at is not null)),
  check (state <> 'refused' or (reason_code is not null and reason is not null))
);

alter table transaction.schedules enable row level security;
alter table transaction.schedules force row level security;
alter table transaction.occurrences enable row level security;
alter table transaction.occurrences force row level security;

create policy owner on transaction.schedules to fintwin_transaction
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on transaction.occurrences to fintwin_transaction
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
grant select, insert, update, delete on transaction.schedules, transaction.occurrences to fintwin_transaction;

-- The worker must learn whose turn it is before it can act as that person. The role behind this one function sees what is due, of that the id
-- and the owner, and may change nothing.
create policy due on transaction.schedules for select to fintwin_scheduler using (state = 'active' and next_due_at <= now());
grant usage on schema transaction to fintwin_scheduler;
grant select (id, owner_id, state, next_due_at) on transaction.schedules to fintwin_scheduler;

create function transaction.list_due_schedules(at_most int, other_than uuid[]) returns table (id uuid, owner_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select s.id, s.owner_id from transaction.schedules s
  where s.state = 'active' and s.next_due_at <= now() and s.id <> all (other_than)
  order by s.next_due_at, s.id limit at_most
$$;

grant create on schema transaction to fintwin_scheduler;
alter function transaction.list_due_schedules(int, uuid[]) owner to fintwin_scheduler;
revoke create on schema transaction from fintwin_scheduler;
revoke all on function transaction.list_due_schedules(int, uuid[]) from public;
grant execute on function transaction.list_due_schedules(int, uuid[]) to fintwin_transaction;
