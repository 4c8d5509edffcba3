-- Events between services: an outbox that producers write in their own transactions, and the receipts of those who handled them.
-- Row security goes by role here: a producer writes its own rows, a consumer reads the types it subscribes to.

create table events.outbox (
  id uuid primary key default uuidv7(),
  type text not null,
  owner_id uuid not null,
  producer text not null default current_user,
  payload jsonb not null,
  created_at timestamptz not null default now()
);

create table events.subscriptions (
  type text not null,
  consumer text not null,
  primary key (type, consumer)
);

create table events.receipts (
  event_id uuid not null,
  consumer text not null,
  received_at timestamptz not null default now(),
  primary key (event_id, consumer)
);

create index receipts_old on events.receipts (received_at);

insert into events.subscriptions (type, consumer) values
  ('account.opened', 'risk'),
  ('account.opened', 'notification'),
  ('transaction.posted', 'risk'),
  ('transaction.posted', 'notification'),
  ('statement.imported', 'risk'),
  ('statement.imported', 'notification'),
  ('simulation.completed', 'notification'),
  ('risk.changed', 'notification'),
  ('holding.changed', 'notification');

alter table events.outbox enable row level security;
alter table events.outbox force row level security;
alter table events.subscriptions enable row level security;
alter table events.subscriptions force row level security;
alter table events.receipts enable row level security;
alter table events.receipts force row level security;

-- The role behind `forget_delivered` sees delivery, and may only delete.
create policy delivered_rows on events.outbox to fintwin_events using (true);
create policy all_receipts on events.receipts to fintwin_events using (true);
create policy all_subscriptions on events.subscriptions to fintwin_events using (true);

create policy produced on events.outbox for insert
  with check (producer = current_user and owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy subscribed on events.outbox for select
  using (exists (select from events.subscriptions s where s.type = outbox.type and 'fintwin_' || s.consumer = current_user));
create policy readable on events.subscriptions for select using (true);
create policy own_receipts on events.receipts
  using ('fintwin_' || consumer = current_user) with check ('fintwin_' || consumer = current_user);

grant usage on schema events to fintwin_account, fintwin_transaction, fintwin_twin, fintwin_risk, fintwin_portfolio,
  fintwin_notification, fintwin_events;
grant insert (type, owner_id, payload), select on events.outbox to fintwin_account, fintwin_transaction, fintwin_twin, fintwin_risk,
  fintwin_portfolio, fintwin_notification;
grant select on events.subscriptions to fintwin_account, fintwin_transaction, fintwin_twin, fintwin_risk, fintwin_portfolio,
  fintwin_notification, fintwin_events;
grant insert, select on events.receipts to fintwin_account, fintwin_transaction, fintwin_twin, fintwin_risk, fintwin_portfolio,
  fintwin_notification;
grant select, update, delete on events.outbox to fintwin_events;
grant select, delete on events.receipts to fintwin_events;

-- Removes what every subscriber has recorded. Rows that somebody else is removing are left to them. Receipts outlive their event by an hour,
-- so that a consumer that read the event before it went still finds that it was handled.
create function events.forget_delivered() returns bigint
language sql security definer set search_path = pg_catalog, pg_temp
as $$
  with delivered as (
    select o.id from events.outbox o
    where not exists (
      select from events.subscriptions s
      where s.type = o.type
        and not exists (select from events.receipts r where r.event_id = o.id and r.consumer = s.consumer)
    )
    order by o.id limit 1000
    for update of o skip locked
  ), gone as (
    delete from events.outbox o using delivered d where o.id = d.id returning o.id
  ), old_receipts as (
    delete from events.receipts r
    where r.received_at < now() - interval '1 hour' and not exists (select from events.outbox o where o.id = r.event_id)
  )
  select count(*) from gone
$$;
grant create on schema events to fintwin_events;
alter function events.forget_delivered() owner to fintwin_events;
revoke create on schema events from fintwin_events;
revoke all on function events.forget_delivered() from public;
grant execute on function events.forget_delivered() to fintwin_account, fintwin_transaction, fintwin_twin, fintwin_risk,
  fintwin_portfolio, fintwin_notification;
