-- People, their sessions and the accounts they named. No money here: balances live in the ledger.

create table account.people (
  id uuid primary key,
  name text not null,
  email text not null check (email = lower(email)),
  password_hash text not null,
  created_at timestamptz not null default now(),
  unique (email)
);

create table account.sessions (
  id uuid primary key default uuidv7(),
  owner_id uuid not null references account.people (id),
  -- SHA-256 of the part that all refresh tokens of the session share: a token with it that is not good now is a spent one.
  family_hash bytea not null unique,
  -- SHA-256 of the refresh token that is good now; of the second one, when the first one's answer was asked for again; and of the token
  -- that both were given for.
  refresh_hash bytea not null,
  retry_hash bytea,
  previous_hash bytea,
  -- When the first of the two was given.
  rotated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index sessions_owner on account.sessions (owner_id);
create index sessions_revoked on account.sessions (revoked_at) where revoked_at is not null;

create table account.accounts (
  id uuid primary key,
  owner_id uuid not null references account.people (id),
  name text not null,
  type text not null check (type in ('savings', 'current', 'cash', 'credit', 'loan', 'portfolio')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  bank_name text,
  bank_code text,
  bank_number text,
  created_at timestamptz not null default now()
);
create unique index accounts_at_bank on account.accounts (owner_id, bank_code, bank_number, currency) nulls not distinct
  where bank_number is not null;
create index accounts_owner on account.accounts (owner_id, id);

create table account.idempotency_keys (
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

alter table account.people enable row level security;
alter table account.people force row level security;
alter table account.sessions enable row level security;
alter table account.sessions force row level security;
alter table account.accounts enable row level security;
alter table account.accounts force row level security;
alter table account.idempotency_keys enable row level security;
alter table account.idempotency_keys force row level security;

create policy self on account.people to fintwin_account
  using (id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on account.sessions to fintwin_account
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on account.accounts to fintwin_account
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on account.idempotency_keys to fintwin_account
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);

grant usage on schema account to fintwin_account, fintwin_sessions;
grant select, insert on account.people to fintwin_account;
grant select, insert, update on account.sessions to fintwin_account;
grant select, insert on account.accounts to fintwin_account;
grant select, insert, delete on account.idempotency_keys to fintwin_account;

-- Before anybody has signed in there is no person to set: these functions are the only way to look someone up.
create policy sign_in on account.people for select to fintwin_sessions using (true);
create policy sign_in on account.sessions for select to fintwin_sessions using (true);
grant select on account.people, account.sessions to fintwin_sessions;
grant create on schema account to fintwin_sessions;

create function account.find_credentials(wanted_email text)
returns table (id uuid, name text, email text, password_hash text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select p.id, p.name, p.email, p.password_hash from account.people p where p.email = wanted_email $$;

create function account.find_session(family bytea)
returns table (id uuid, owner_id uuid, name text, email text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select s.id, s.owner_id, p.name, p.email
  from account.sessions s join account.people p on p.id = s.owner_id
  where s.family_hash = family
$$;

create function account.list_revoked_sessions(since timestamptz)
returns table (id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select s.id from account.sessions s where s.revoked_at > since $$;

alter function account.find_credentials(text) owner to fintwin_sessions;
alter function account.find_session(bytea) owner to fintwin_sessions;
alter function account.list_revoked_sessions(timestamptz) owner to fintwin_sessions;
revoke create on schema account from fintwin_sessions;
revoke all on function account.find_credentials(text), account.find_session(bytea), account.list_revoked_sessions(timestamptz) from public;
grant execute on function account.find_credentials(text), account.find_session(bytea), account.list_revoked_sessions(timestamptz)
  to fintwin_account;
