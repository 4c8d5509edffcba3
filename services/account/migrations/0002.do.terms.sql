-- What an account earns, costs and allows, each change dated; and how its state and its overdraft limit changed, which the ledger enforces.

-- So that rows about an account can only be its owner's.
alter table account.accounts add constraint accounts_own unique (id, owner_id);

-- All the terms as they are from a day on. Nothing is ever updated: later terms for the same day supersede earlier ones.
create table account.terms (
  number bigint generated always as identity primary key,
  owner_id uuid not null,
  account_id uuid not null,
  effective_from date not null check (effective_from between '1900-01-01' and '2199-12-31'),
  -- Percent a year, with the digits that were put in.
  interest_rate numeric check (interest_rate between -100 and 1000 and scale(interest_rate) <= 6),
  interest_period text check (interest_period in ('daily', 'monthly', 'quarterly', 'yearly')),
  principal_minor bigint check (principal_minor between 1 and 999999999999999),
  apr numeric check (apr between 0 and 1000 and scale(apr) <= 6),
  term_months int check (term_months between 1 and 1200),
  instalment_minor bigint check (instalment_minor between 1 and 999999999999999),
  first_instalment_on date check (first_instalment_on between '1900-01-01' and '2199-12-31'),
  asset_class text
    check (asset_class in ('stock', 'bond', 'fund', 'cash', 'commodity', 'real_estate', 'option', 'other')),
  -- The clock, not the beginning of the transaction: it follows the numbers, which are given under the account's lock.
  created_at timestamptz not null default clock_timestamp(),
  foreign key (account_id, owner_id) references account.accounts (id, owner_id),
  check ((interest_rate is null) = (interest_period is null)),
  check ((principal_minor is null) = (apr is null)),
  check ((principal_minor is null) = (term_months is null and instalment_minor is null))
);
create index terms_account on account.terms (account_id, effective_from desc, number desc);

-- State and overdraft limit as they are from an instant on. The first row is how the account stood when it was opened; it is written with the
-- first change, so an account that never changed has none.
create table account.standings (
  number bigint generated always as identity primary key,
  owner_id uuid not null,
  account_id uuid not null,
  status text not null check (status in ('open', 'frozen', 'closed')),
  overdraft_limit_minor bigint not null check (overdraft_limit_minor between 0 and 999999999999999),
  since timestamptz not null default clock_timestamp(),
  foreign key (account_id, owner_id) references account.accounts (id, owner_id)
);
create index standings_account on account.standings (account_id, number desc);

create function account.refuse_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp
as $$ begin raise exception 'history is append-only: % of % is refused', tg_op, tg_table_name using errcode = 'restrict_violation'; end $$;
revoke all on function account.refuse_change() from public;
create trigger append_only before update or delete on account.terms for each row execute function account.refuse_change();
create trigger append_only before update or delete on account.standings for each row execute function account.refuse_change();
create trigger append_only_all before truncate on account.terms for each statement execute function account.refuse_change();
create trigger append_only_all before truncate on account.standings for each statement execute function account.refuse_change();

alter table account.terms enable row level security;
alter table account.terms force row level security;
alter table account.standings enable row level security;
alter table account.standings force row level security;
create policy owner on account.terms to fintwin_account
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on account.standings to fintwin_account
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
grant select, insert on account.terms, account.standings to fintwin_account;
-- Nothing else of an account changes here; the privilege also lets its row be locked while it does.
grant update (name) on account.accounts to fintwin_account;
