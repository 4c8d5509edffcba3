-- The ledger: accounts with their running balance, postings, and the entries that sum to zero in each currency.
-- The service's role reads its caller's rows and writes none of them: posting goes through the functions below.

create table transaction.accounts (
  id uuid primary key,
  owner_id uuid not null,
  -- A person's account, or one of that person's system accounts: where money comes from and goes to outside FinTwin.
  kind text not null check (kind in ('person', 'system')),
  type text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'open' check (status in ('open', 'frozen', 'closed')),
  -- The lowest balance that a payment may leave; null where there is none.
  floor_minor bigint,
  balance_minor bigint not null default 0 check (balance_minor between -999999999999999 and 999999999999999),
  held_minor bigint not null default 0 check (held_minor >= 0),
  -- Entries are numbered 1, 2, … without gaps, under this row's lock: the number is the account's position.
  entry_count bigint not null default 0,
  opened_at timestamptz not null default now()
) with (fillfactor = 50);
create index accounts_owner on transaction.accounts (owner_id);
create unique index accounts_system on transaction.accounts (owner_id, type, currency) where kind = 'system';

create table transaction.postings (
  id uuid primary key,
  owner_id uuid not null,
  to_owner_id uuid,
  type text not null check (type in ('deposit', 'withdrawal', 'transfer', 'opening')),
  account_id uuid not null,
  to_account uuid,
  -- Which way the money went, seen from account_id.
  direction text not null check (direction in ('in', 'out')),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  note text,
  counterparty text,
  category text,
  external_id text,
  effective_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index postings_owner on transaction.postings (owner_id, effective_at desc, id desc);
create index postings_recipient on transaction.postings (to_owner_id, effective_at desc, id desc) where to_owner_id is not null;
create unique index postings_external on transaction.postings (owner_id, account_id, external_id, effective_at, direction, amount_minor)
  where external_id is not null;

create table transaction.entries (
  account_id uuid not null,
  number bigint not null check (number > 0),
  posting_id uuid not null,
  owner_id uuid not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor <> 0),
  balance_minor bigint not null,
  effective_at timestamptz not null,
  posted_at timestamptz not null default now(),
  primary key (account_id, number)
);
create index entries_posting on transaction.entries (posting_id);
create index entries_effective on transaction.entries (account_id, effective_at desc, number desc);

create table transaction.idempotency_keys (
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

-- Append-only, by trigger as well as by privilege.
create function transaction.refuse_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp
as $$ begin raise exception 'the ledger is append-only: % of % is refused', tg_op, tg_table_name using errcode = 'restrict_violation'; end $$;
create trigger append_only before update or delete on transaction.postings
  for each row execute function transaction.refuse_change();
create trigger append_only before update or delete on transaction.entries
  for each row execute function transaction.refuse_change();
create trigger append_only_all before truncate on transaction.postings
  for each statement execute function transaction.refuse_change();
create trigger append_only_all before truncate on transaction.entries
  for each statement execute function transaction.refuse_change();

-- Double entry: whatever one statement inserts sums to zero for each posting and currency, so a posting is written whole or not at all.
create function transaction.require_balance() returns trigger language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare unbalanced uuid;
begin
  select posting_id into unbalanced from inserted group by posting_id, currency having sum(amount_minor) <> 0 limit 1;
  if unbalanced is not null then
    raise exception 'posting % does not sum to zero', unbalanced using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger balanced after insert on transaction.entries referencing new table as inserted
  for each statement execute function transaction.require_balance();

alter table transaction.accounts enable row level security;
alter table transaction.accounts force row level security;
alter table transaction.postings enable row level security;
alter table transaction.postings force row level security;
alter table transaction.entries enable row level security;
alter table transaction.entries force row level security;
alter table transaction.idempotency_keys enable row level security;
alter table transaction.idempotency_keys force row level security;

create policy owner on transaction.accounts for select to fintwin_transaction
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy sender on transaction.postings for select to fintwin_transaction
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy recipient on transaction.postings for select to fintwin_transaction
  using (to_owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on transaction.entries for select to fintwin_transaction
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy owner on transaction.idempotency_keys to fintwin_transaction
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);

grant usage on schema transaction to fintwin_transaction, fintwin_ledger, fintwin_audit;
grant select on transaction.accounts, transaction.postings, transaction.entries to fintwin_transaction;
grant select, insert, delete on transaction.idempotency_keys to fintwin_transaction;

create policy ledger on transaction.accounts to fintwin_ledger using (true) with check (true);
create policy ledger on transaction.postings to fintwin_ledger using (true) with check (true);
create policy ledger on transaction.entries to fintwin_ledger using (true) with check (true);
grant select, insert, update on transaction.accounts to fintwin_ledger;
grant select, insert on transaction.postings, transaction.entries to fintwin_ledger;
create policy posted on events.outbox for insert to fintwin_ledger with check (producer = 'fintwin_ledger');
grant usage on schema events to fintwin_ledger;
grant insert (type, owner_id, payload) on events.outbox to fintwin_ledger;

create policy audit on transaction.accounts for select to fintwin_audit using (true);
create policy audit on transaction.postings for select to fintwin_audit using (true);
create policy audit on transaction.entries for select to fintwin_audit using (true);
grant select on transaction.accounts, transaction.postings, transaction.entries to fintwin_audit;

-- Where a transaction belongs to a person, the functions below act for that person only. One that belongs to nobody may act for many.
create function transaction.require_caller(caller uuid) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
  if caller <> nullif(current_setting('fintwin.person_id', true), '')::uuid then
    raise exception 'the transaction belongs to another person' using errcode = 'insufficient_privilege';
  end if;
end $$;

-- Opens a person's ledger account and, where that person has none in this currency yet, the system accounts its money comes from. Opening
-- again changes nothing. False when the id is another owner's.
create function transaction.open_account(caller uuid, account uuid, account_type text, account_currency text, account_floor bigint)
returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform transaction.require_caller(caller);
  insert into transaction.accounts (id, owner_id, kind, type, currency, floor_minor)
  values (account, caller, 'person', account_type, account_currency, account_floor)
  on conflict (id) do nothing;
  if not exists (select from transaction.accounts a where a.id = account and a.owner_id = caller) then
    return false;
  end if;
  insert into transaction.accounts (id, owner_id, kind, type, currency)
  select uuidv7(), caller, 'system', system_type, account_currency
  from unnest(array['external', 'opening']) as system_type
  on conflict (owner_id, type, currency) where kind = 'system' do nothing;
  return true;
end $$;

-- Sets the floor of the caller's own account. False when it is not the caller's.
create function transaction.set_floor(caller uuid, account uuid, new_floor bigint)
returns boolean
language sql security definer set search_path = pg_catalog, pg_temp
as $$
  with changed as (
    update transaction.accounts a set floor_minor = new_floor
    where a.id = account and a.owner_id = caller and a.kind = 'person'
      and caller = coalesce(nullif(current_setting('fintwin.person_id', true), '')::uuid, caller) returning 1
  )
  select exists (select from changed)
$$;

-- Locks accounts in the order of their ids, so that crossing transfers wait rather than deadlock, and tells what a decision needs. Of an
-- account that is not the person's it tells whether it is there, its currency and its state, and nothing of what is in it.
create function transaction.lock_accounts(ids uuid[])
returns table (id uuid, owner_id uuid, kind text, type text, currency text, status text, floor_minor bigint, balance_minor bigint,
  held_minor bigint, entry_count bigint)
language sql security definer set search_path = pg_catalog, pg_temp
as $$
  with locked as (
    select a.* from transaction.accounts a where a.id = any (ids) order by a.id for no key update
  )
  select l.id, l.owner_id, l.kind, l.type, l.currency, l.status, case when own then l.floor_minor end,
    case when own then l.balance_minor else 0 end, case when own then l.held_minor else 0 end, case when own then l.entry_count else 0 end
  from locked l,
    lateral (select l.owner_id = coalesce(nullif(current_setting('fintwin.person_id', true), '')::uuid, l.owner_id) as own) mine
  order by l.id
$$;

-- The postings of a call as rows, in their order.
create function transaction.read_postings(decided jsonb)
returns table (n bigint, id uuid, caller uuid, type text, source uuid, target uuid, account_id uuid, to_account uuid, amount_minor bigint,
  note text, counterparty text, category text, external_id text, effective_at timestamptz, is_fact boolean, is_quiet boolean)
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select p.n, p.id, p.caller, p.type, p.source, p.target, p.account_id, p.to_account, p.amount_minor, p.note, p.counterparty, p.category,
    p.external_id, coalesce(p.effective_at, now()), coalesce(p.is_fact, false), coalesce(p.is_quiet, false)
  from rows from (jsonb_to_recordset(decided) as (id uuid, caller uuid, type text, source uuid, target uuid, account_id uuid,
      to_account uuid, amount_minor bigint, note text, counterparty text, category text, external_id text, effective_at timestamptz,
      is_fact boolean, is_quiet boolean)) with ordinality
    as p (id, caller, type, source, target, account_id, to_account, amount_minor, note, counterparty, category, external_id, effective_at,
      is_fact, is_quiet, n)
$$;

-- Both legs of each posting on the accounts as they stand: the balance each leg leaves, and the number its entry gets.
create function transaction.read_legs(decided jsonb)
returns table (n bigint, posting_id uuid, account_id uuid, owner_id uuid, currency text, amount_minor bigint, balance_minor bigint,
  number bigint, effective_at timestamptz)
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select leg.n, leg.posting_id, a.id, a.owner_id, a.currency, leg.amount_minor,
    (a.balance_minor + sum(leg.amount_minor) over entries)::bigint, a.entry_count + row_number() over entries, leg.effective_at
  from (
    select p.n, p.id as posting_id, p.effective_at, side.account_id, side.amount_minor, side.place
    from transaction.read_postings(decided) p
    cross join lateral (values (p.source, -p.amount_minor, 1), (p.target, p.amount_minor, 2)) side (account_id, amount_minor, place)
  ) leg
  join transaction.accounts a on a.id = leg.account_id
  window entries as (partition by a.id order by leg.n, leg.place)
$$;

-- Writes decided postings, in the order given, set by set: a row each, two entries each, one update an account. It locks the accounts (again,
-- where the decision locked them) and checks for itself what must never be wrong: the source belongs to the caller of its posting, currencies
-- agree, nothing is frozen or closed, and no balance falls below its floor unless the posting is an imported fact, which is recorded whatever
-- it does to the balance. Gives the instant of posting.
create function transaction.post(decided jsonb)
returns timestamptz
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  faulty uuid;
begin
  perform transaction.require_caller(p.caller) from transaction.read_postings(decided) p;
  perform from transaction.accounts a
  where a.id in (select p.source from transaction.read_postings(decided) p union select p.target from transaction.read_postings(decided) p)
  order by a.id for no key update;

  select p.id into faulty from transaction.read_postings(decided) p
  left join transaction.accounts source on source.id = p.source left join transaction.accounts target on target.id = p.target
  where source.id is null or target.id is null or source.owner_id <> p.caller or (source.kind = 'system' and target.owner_id <> p.caller)
  order by p.n limit 1;
  if faulty is not null then
    raise exception 'posting % moves money that is not its caller''s', faulty using errcode = 'insufficient_privilege';
  end if;

  select p.id into faulty from transaction.read_postings(decided) p
  join transaction.accounts source on source.id = p.source join transaction.accounts target on target.id = p.target
  join transaction.read_legs(decided) leg on leg.n = p.n and leg.account_id = p.source
  where p.amount_minor <= 0 or source.id = target.id or source.currency <> target.currency or source.status <> 'open'
    or target.status = 'closed' or (not p.is_fact and leg.balance_minor - source.held_minor < source.floor_minor)
  order by p.n limit 1;
  if faulty is not null then
    raise exception 'posting % breaks a rule of the ledger', faulty using errcode = 'check_violation';
  end if;

  insert into transaction.postings (id, owner_id, to_owner_id, type, account_id, to_account, direction, amount_minor, currency, note,
    counterparty, category, external_id, effective_at)
  select p.id, p.caller, case when p.type = 'transfer' then target.owner_id end, p.type, p.account_id, p.to_account,
    case when p.source = p.account_id then 'out' else 'in' end, p.amount_minor, target.currency, p.note, p.counterparty, p.category,
    p.external_id, p.effective_at
  from transaction.read_postings(decided) p join transaction.accounts target on target.id = p.target order by p.n;

  perform transaction.tell_of_postings(decided);

  insert into transaction.entries (account_id, number, posting_id, owner_id, currency, amount_minor, balance_minor, effective_at)
  select leg.account_id, leg.number, leg.posting_id, leg.owner_id, leg.currency, leg.amount_minor, leg.balance_minor, leg.effective_at
  from transaction.read_legs(decided) leg order by leg.account_id, leg.number;

  update transaction.accounts a set balance_minor = a.balance_minor + moved.amount_minor, entry_count = a.entry_count + moved.entries
  from (
    select leg.account_id, sum(leg.amount_minor)::bigint as amount_minor, count(*) as entries
    from transaction.read_legs(decided) leg group by leg.account_id
  ) moved
  where a.id = moved.account_id;
  return now();
end $$;

-- One event for each owner of each posting that is not quiet, with the balances and positions of that owner's own sides.
create function transaction.tell_of_postings(decided jsonb) returns void
language sql set search_path = pg_catalog, pg_temp
as $$
  insert into events.outbox (type, owner_id, payload)
  select 'transaction.posted', side.owner_id, jsonb_build_object(
    'transaction_id', p.id, 'type', p.type, 'amount_minor', p.amount_minor::text, 'currency', source.currency,
    'account_id', p.account_id, 'to_account', p.to_account, 'side', side.side,
    'account_balance_minor', case when side.side <> 'received' then shown.balance_minor::text end,
    'account_position', case when side.side <> 'received' then shown.number end,
    'to_account_balance_minor', case when p.type = 'transfer' and side.side <> 'sent' then target.balance_minor::text end,
    'to_account_position', case when p.type = 'transfer' and side.side <> 'sent' then target.number end,
    'note', p.note, 'counterparty', p.counterparty,
    'effective_at', to_char(p.effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'created_at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from transaction.read_postings(decided) p
  join transaction.read_legs(decided) source on source.n = p.n and source.account_id = p.source
  join transaction.read_legs(decided) target on target.n = p.n and target.account_id = p.target
  cross join lateral (
    select case when p.account_id = p.source then source.balance_minor else target.balance_minor end as balance_minor,
      case when p.account_id = p.source then source.number else target.number end as number
  ) shown
  cross join lateral (
    select p.caller as owner_id, case when p.type = 'transfer' and target.owner_id = p.caller then 'both' else 'sent' end as side
    union all
    select target.owner_id, 'received' where p.type = 'transfer' and target.owner_id <> p.caller
  ) side
  where not p.is_quiet
  order by p.n
$$;

grant create on schema transaction to fintwin_ledger;
alter function transaction.open_account(uuid, uuid, text, text, bigint) owner to fintwin_ledger;
alter function transaction.set_floor(uuid, uuid, bigint) owner to fintwin_ledger;
alter function transaction.lock_accounts(uuid[]) owner to fintwin_ledger;
alter function transaction.post(jsonb) owner to fintwin_ledger;
revoke create on schema transaction from fintwin_ledger;
revoke all on all functions in schema transaction from public;
grant execute on function transaction.require_caller(uuid), transaction.read_postings(jsonb), transaction.read_legs(jsonb),
  transaction.tell_of_postings(jsonb), transaction.refuse_change(), transaction.require_balance() to fintwin_ledger;
grant execute on function transaction.open_account(uuid, uuid, text, text, bigint), transaction.set_floor(uuid, uuid, bigint),
  transaction.lock_accounts(uuid[]), transaction.post(jsonb) to fintwin_transaction;
