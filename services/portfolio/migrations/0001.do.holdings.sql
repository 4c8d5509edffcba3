-- Holdings: what a person owns of something that has a price. Quantities and prices are exact decimals; values are minor units, computed
-- once when a row is written, so that totals add up to what is shown.

create table portfolio.holdings (
  id uuid primary key,
  owner_id uuid not null,
  account_id uuid not null,
  ticker text not null,
  company_name text not null,
  asset_class text not null
    check (asset_class in ('stock', 'bond', 'fund', 'cash', 'commodity', 'real_estate', 'option', 'other')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  quantity numeric not null,
  buy_price numeric not null,
  current_price numeric not null,
  current_value_minor bigint not null check (current_value_minor between -999999999999999 and 999999999999999),
  invested_value_minor bigint not null check (invested_value_minor between -999999999999999 and 999999999999999),
  -- The bank's id of it, where it was imported.
  external_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index holdings_owner on portfolio.holdings (owner_id, id desc);
create index holdings_account on portfolio.holdings (owner_id, account_id, id desc);
create unique index holdings_external on portfolio.holdings (owner_id, account_id, external_id) where external_id is not null;

-- The newest statement that was applied to an account. It is kept apart from the holdings because a statement may tell of none.
create table portfolio.applied_statements (
  owner_id uuid not null,
  account_id uuid not null,
  as_of timestamptz not null,
  primary key (owner_id, account_id)
);

create table portfolio.idempotency_keys (
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

alter table portfolio.holdings enable row level security;
alter table portfolio.holdings force row level security;
alter table portfolio.applied_statements enable row level security;
alter table portfolio.applied_statements force row level security;
alter table portfolio.idempotency_keys enable row level security;
alter table portfolio.idempotency_keys force row level security;

create policy owner on portfolio.holdings to fintwin_portfolio
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on portfolio.applied_statements to fintwin_portfolio
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on portfolio.idempotency_keys to fintwin_portfolio
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);

grant usage on schema portfolio to fintwin_portfolio;
grant select, insert, update, delete on portfolio.holdings to fintwin_portfolio;
grant select, insert, update on portfolio.applied_statements to fintwin_portfolio;
grant select, insert, delete on portfolio.idempotency_keys to fintwin_portfolio;
