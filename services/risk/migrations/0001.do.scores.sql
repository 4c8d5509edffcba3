-- Scores, and the facts they are computed from: the newest known balance of each account and its recent transactions.

create table risk.accounts (
  owner_id uuid not null,
  account_id uuid not null,
  type text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  balance_minor bigint not null,
  -- Number of the ledger entry that made this balance.
  position bigint not null,
  -- Up to this entry no recent transaction is missing below.
  complete_position bigint not null,
  primary key (owner_id, account_id)
);

create table risk.recent_transactions (
  owner_id uuid not null,
  account_id uuid not null,
  transaction_id uuid not null,
  amount_minor bigint not null,
  at timestamptz not null,
  primary key (owner_id, account_id, transaction_id)
);
create index recent_transactions_at on risk.recent_transactions (owner_id, account_id, at desc);

create table risk.scores (
  id uuid not null,
  owner_id uuid not null,
  account_id uuid not null,
  score int not null check (score between 0 and 100),
  alert_level text not null check (alert_level in ('low', 'medium', 'high')),
  flags jsonb not null,
  contributions jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (owner_id, account_id)
);

create table risk.score_history (
  id uuid primary key,
  owner_id uuid not null,
  account_id uuid not null,
  score int not null,
  alert_level text not null,
  at timestamptz not null default now()
);
create index score_history_account on risk.score_history (owner_id, account_id, id desc);

create table risk.idempotency_keys (
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

alter table risk.accounts enable row level security;
alter table risk.accounts force row level security;
alter table risk.recent_transactions enable row level security;
alter table risk.recent_transactions force row level security;
alter table risk.scores enable row level security;
alter table risk.scores force row level security;
alter table risk.score_history enable row level security;
alter table risk.score_history force row level security;
alter table risk.idempotency_keys enable row level security;
alter table risk.idempotency_keys force row level security;

create policy owner on risk.accounts to fintwin_risk
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on risk.recent_transactions to fintwin_risk
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on risk.scores to fintwin_risk
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on risk.score_history to fintwin_risk
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on risk.idempotency_keys to fintwin_risk
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);

grant usage on schema risk to fintwin_risk;
grant select, insert, update on risk.accounts, risk.scores to fintwin_risk;
grant select, insert, delete on risk.recent_transactions to fintwin_risk;
grant select, insert on risk.score_history to fintwin_risk;
grant select, insert, delete on risk.idempotency_keys to fintwin_risk;
