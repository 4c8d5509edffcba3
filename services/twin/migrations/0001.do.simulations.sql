-- Quick simulations: what was asked, what came out, and the ledger position it stands on. Nothing here is money.

create table twin.simulations (
  id uuid primary key,
  owner_id uuid not null,
  account_id uuid not null,
  scenario text not null check (scenario in ('withdrawal', 'deposit', 'rate_change')),
  -- Major units, or percent for a rate change.
  amount numeric not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  before_minor bigint not null,
  after_minor bigint not null,
  risk_score int not null check (risk_score between 0 and 100),
  alert_level text not null check (alert_level in ('low', 'medium', 'high')),
  flags jsonb not null,
  recommendation text not null,
  position bigint not null,
  entries_hash text not null,
  created_at timestamptz not null default now()
);
create index simulations_account on twin.simulations (owner_id, account_id, id desc);

create table twin.idempotency_keys (
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

alter table twin.simulations enable row level security;
alter table twin.simulations force row level security;
alter table twin.idempotency_keys enable row level security;
alter table twin.idempotency_keys force row level security;

create policy owner on twin.simulations to fintwin_twin
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on twin.idempotency_keys to fintwin_twin
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);

grant usage on schema twin to fintwin_twin;
grant select, insert, delete on twin.simulations to fintwin_twin;
grant select, insert, delete on twin.idempotency_keys to fintwin_twin;
