-- The ledger in fewer bytes and fewer statements: accounts get a short number that entries refer to, a posting may have any number of legs, and
-- one statement writes a whole call. Everything posted so far is carried over, entry by entry.

alter table transaction.accounts
  add column no int generated always as identity,
  -- The instant of the newest entry. Entries of an account are posted at instants that never go back, whatever the clock does.
  add column last_posted_at timestamptz not null default '-infinity';
create unique index accounts_no on transaction.accounts (no);

-- Both sides of an exchange between currencies meet here.
insert into transaction.accounts (id, owner_id, kind, type, currency)
select uuidv7(), owner_id, 'system', 'exchange', currency from transaction.accounts where kind = 'system' and type = 'external';

alter table transaction.postings rename to old_postings;
alter table transaction.entries rename to old_entries;
alter table transaction.old_postings no force row level security;
alter table transaction.old_entries no force row level security;
alter index transaction.postings_pkey rename to old_postings_pkey;
alter index transaction.entries_pkey rename to old_entries_pkey;
drop index transaction.postings_external, transaction.entries_effective;

create type transaction.posting_type as enum
  ('deposit', 'withdrawal', 'transfer', 'opening', 'exchange', 'journal', 'reversal');

create table transaction.postings (
  id uuid primary key,
  account_id uuid not null,
  to_account uuid,
  -- In the currency of account_id.
  amount_minor bigint not null check (amount_minor > 0),
  posted_at timestamptz not null,
  effective_at timestamptz not null,
  type transaction.posting_type not null,
  -- Which way the money went, seen from account_id.
  is_out boolean not null,
  -- What arrived in to_account where that is in another currency, and the rate it was bought at: units of to_account's currency for one of account_id's.
  to_amount_minor bigint check (to_amount_minor > 0),
  rate numeric check (rate > 0),
  -- The posting that this one takes back.
  reverses uuid,
  -- The hold that this posting captured.
  hold_id uuid,
  external_id text,
  note text,
  counterparty text,
  category text,
  metadata jsonb,
  check ((type = 'reversal') = (reverses is not null)),
  check ((type = 'exchange') = (rate is not null and to_amount_minor is not null) or type = 'reversal')
);
create unique index postings_external on transaction.postings (account_id, external_id, effective_at, is_out, amount_minor)
  where external_id is not null;
-- A posting is taken back once.
create unique index postings_reverses on transaction.postings (reverses) where reverses is not null;

create table transaction.entries (
  posting_id uuid not null,
  amount_minor bigint not null check (amount_minor <> 0),
  balance_minor bigint not null,
  effective_at timestamptz not null,
  account_no int not null,
  number int not null check (number > 0),
  primary key (account_no, number)
);
create index entries_effective on transaction.entries (account_no, effective_at);

insert into transaction.postings
  (id, account_id, to_account, amount_minor, posted_at, effective_at, type, is_out, external_id, note, counterparty, category)
select id, account_id, to_account, amount_minor, created_at, effective_at, type::transaction.posting_type, direction = 'out', external_id,
  note, counterparty, category
from transaction.old_postings order by id;

insert into transaction.entries (posting_id, amount_minor, balance_minor, effective_at, account_no, number)
select e.posting_id, e.amount_minor, e.balance_minor, e.effective_at, a.no, e.number
from transaction.old_entries e join transaction.accounts a on a.id = e.account_id order by a.no, e.number;

update transaction.accounts a set last_posted_at = newest.posted_at
from (select account_id, max(posted_at) as posted_at from transaction.old_entries group by account_id) newest
where newest.account_id = a.id;

drop function transaction.post(jsonb), transaction.tell_of_postings(jsonb), transaction.read_legs(jsonb), transaction.read_postings(jsonb),
  transaction.lock_accounts(uuid[]);
drop table transaction.old_postings, transaction.old_entries;

create trigger append_only before update or delete on transaction.postings
  for each row execute function transaction.refuse_change();
create trigger append_only before update or delete on transaction.entries
  for each row execute function transaction.refuse_change();
create trigger append_only_all before truncate on transaction.postings
  for each statement execute function transaction.refuse_change();
create trigger append_only_all before truncate on transaction.entries
  for each statement execute function transaction.refuse_change();

-- Double entry: whatever one statement inserts sums to zero for each posting and currency, so a posting is written whole or not at all.
create or replace function transaction.require_balance() returns trigger language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare unbalanced uuid;
begin
  select i.posting_id into unbalanced from inserted i
  group by i.posting_id, (select a.currency from transaction.accounts a where a.no = i.account_no) having sum(i.amount_minor) <> 0 limit 1;
  if unbalanced is not null then
    raise exception 'posting % does not sum to zero', unbalanced using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger balanced after insert on transaction.entries referencing new table as inserted
  for each statement execute function transaction.require_balance();

-- A person sees the entries of their accounts, and the postings that have one of their accounts on either side. The list of them is made once a
-- statement.
alter table transaction.postings enable row level security;
alter table transaction.postings force row level security;
alter table transaction.entries enable row level security;
alter table transaction.entries force row level security;
create policy sender on transaction.postings for select to fintwin_transaction using (account_id = any (array(
  select id from transaction.accounts where owner_id = nullif(current_setting('fintwin.person_id', true), '')::uuid)));
create policy recipient on transaction.postings for select to fintwin_transaction using (to_account = any (array(
  select id from transaction.accounts where owner_id = nullif(current_setting('fintwin.person_id', true), '')::uuid)));
create policy owner on transaction.entries for select to fintwin_transaction using (account_no = any (array(
  select no from transaction.accounts where owner_id = nullif(current_setting('fintwin.person_id', true), '')::uuid)));
grant select on transaction.postings, transaction.entries to fintwin_transaction;

create policy ledger on transaction.postings to fintwin_ledger using (true) with check (true);
create policy ledger on transaction.entries to fintwin_ledger using (true) with check (true);
create policy ledger on transaction.idempotency_keys to fintwin_ledger using (true) with check (true);
grant select, insert on transaction.postings, transaction.entries to fintwin_ledger;
grant select, insert, delete on transaction.idempotency_keys to fintwin_ledger;

create policy audit on transaction.postings for select to fintwin_audit using (true);
create policy audit on transaction.entries for select to fintwin_audit using (true);
grant select on transaction.postings, transaction.entries to fintwin_audit;

-- Opens a person's ledger account and, where that person has none in this currency yet, the system accounts its money comes from. Opening
-- again changes nothing. False when the id is another owner's.
create or replace function transaction.open_account(caller uuid, account uuid, account_type text, account_currency text, account_floor bigint)
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
  from unnest(array['external', 'opening', 'exchange']) as system_type
  on conflict (owner_id, type, currency) where kind = 'system' do nothing;
  return true;
end $$;

-- Changes the state of the caller's own account: 'done', 'not_yours', 'primary' when the account that gives its owner the name would be closed,
-- 'not_empty' when there is still money in it or set aside, 'closed' when it is closed already, which is final.
create function transaction.set_status(caller uuid, account uuid, new_status text)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare found transaction.accounts;
begin
  perform transaction.require_caller(caller);
  select * into found from transaction.accounts a
  where a.id = account and a.owner_id = caller and a.kind = 'person' for no key update;
  if found.id is null then return 'not_yours'; end if;
  if found.status = new_status then return 'done'; end if;
  if found.status = 'closed' then return 'closed'; end if;
  if new_status = 'closed' and found.id = caller then return 'primary'; end if;
  if new_status = 'closed' and (found.balance_minor <> 0 or found.held_minor <> 0) then return 'not_empty'; end if;
  update transaction.accounts a set status = new_status where a.id = account;
  return 'done';
end $$;

-- Locks accounts in the order of their ids, so that crossing transfers wait rather than deadlock, and tells what a decision needs, with the
-- clock as it is once they are locked. Of an account that is not the person's it tells whether it is there, its currency and its state, and
-- nothing of what is in it.
create function transaction.lock_accounts(ids uuid[])
returns table (id uuid, no int, owner_id uuid, kind text, type text, currency text, status text, floor_minor bigint, balance_minor bigint,
  held_minor bigint, entry_count bigint, last_posted_at timestamptz, locked_at timestamptz)
language sql security definer set search_path = pg_catalog, pg_temp
as $$
  with locked as materialized (
    select a.* from transaction.accounts a where a.id = any (ids) order by a.id for no key update
  )
  select l.id, l.no, l.owner_id, l.kind, l.type, l.currency, l.status, case when own then l.floor_minor end,
    case when own then l.balance_minor else 0 end, case when own then l.held_minor else 0 end, case when own then l.entry_count else 0 end,
    l.last_posted_at, clock_timestamp()
  from locked l,
    lateral (select l.owner_id = coalesce(nullif(current_setting('fintwin.person_id', true), '')::uuid, l.owner_id) as own) mine
$$;

-- Which of these accounts somebody else is holding locked, now.
create function transaction.find_locked_accounts(ids uuid[])
returns setof uuid
language sql security definer set search_path = pg_catalog, pg_temp
as $$
  with free as materialized (
    select a.id from transaction.accounts a where a.id = any (ids) order by a.id for no key update skip locked
  )
  select a.id from transaction.accounts a where a.id = any (ids) and not exists (select from free f where f.id = a.id)
$$;

-- Writes decided postings, in the order given, all of them in one statement. The legs are three arrays: the posting (1, 2, …), the account and
-- the signed amount of each. Postings are one microsecond apart, beginning after `base`. Accounts are locked (again, where the decision locked
-- them), and what must never be wrong is checked here, too: money leaves only accounts of its caller, arrives from outside only there, nothing
-- is frozen or closed, no balance falls below its floor unless the posting is an imported fact, and time does not go back. That the legs of
-- each posting sum to zero in each currency is the entries' own constraint.
create function transaction.post(decided jsonb, leg_postings int[], leg_accounts int[], leg_amounts bigint[], base timestamptz)
returns void
-- Planning this statement anew costs more than all of a small call.
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set jit = off
as $$
declare
  fault record;
begin
  perform from transaction.accounts a where a.no = any (leg_accounts) order by a.id for no key update;

  with posting as materialized (
    select p.*, base + p.n * interval '1 microsecond' as posted_at,
      coalesce(p.effective_at, base + p.n * interval '1 microsecond') as effective,
      to_char(base at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created
    from rows from (jsonb_to_recordset(decided) as (id uuid, caller uuid, type transaction.posting_type, account_id uuid, to_account uuid,
        is_out boolean, amount_minor bigint, to_amount_minor bigint, rate numeric, reverses uuid, hold_id uuid, external_id text, note text,
        counterparty text, category text, metadata jsonb, effective_at timestamptz, is_fact boolean, is_quiet boolean)) with ordinality
      as p (id, caller, type, account_id, to_account, is_out, amount_minor, to_amount_minor, rate, reverses, hold_id, external_id, note,
        counterparty, category, metadata, effective_at, is_fact, is_quiet, n)
  ), leg as materialized (
    select l.n, l.place, l.amount_minor, p.id as posting_id, p.caller, p.effective, p.is_fact, a.id as account_id, a.no, a.owner_id, a.kind,
      a.currency, a.status, a.floor_minor, a.held_minor, a.last_posted_at,
      (a.balance_minor + sum(l.amount_minor) over entries)::bigint as balance_minor, a.entry_count + row_number() over entries as number
    from unnest(leg_postings, leg_accounts, leg_amounts) with ordinality l (n, no, amount_minor, place)
    left join posting p on p.n = l.n left join transaction.accounts a on a.no = l.no
    window entries as (partition by l.no order by l.place)
  ), side as materialized (
    select l.n, bool_or(l.owner_id <> l.caller) as is_foreign,
      bool_or(l.no is null or l.posting_id is null or l.owner_id <> l.caller and (l.amount_minor < 0 or l.kind = 'system')) as is_theft,
      bool_or(l.kind = 'system') as is_system,
      bool_or(l.status = 'closed' or l.amount_minor < 0 and l.status <> 'open' and not coalesce(l.is_fact, false)
        or l.amount_minor < 0 and not coalesce(l.is_fact, false) and l.balance_minor - l.held_minor < l.floor_minor
        or l.last_posted_at > base) as is_broken
    from leg l group by l.n
  ), written as (
    insert into transaction.postings (id, account_id, to_account, amount_minor, posted_at, effective_at, type, is_out, to_amount_minor, rate,
      reverses, hold_id, external_id, note, counterparty, category, metadata)
    select p.id, p.account_id, p.to_account, p.amount_minor, p.posted_at, p.effective, p.type, p.is_out, p.to_amount_minor, p.rate, p.reverses,
      p.hold_id, p.external_id, p.note, p.counterparty, p.category, p.metadata
    from posting p order by p.n
  ), entered as (
    insert into transaction.entries (posting_id, amount_minor, balance_minor, effective_at, account_no, number)
    select l.posting_id, l.amount_minor, l.balance_minor, l.effective, l.no, l.number from leg l order by l.no, l.number
  ), moved as (
    update transaction.accounts a
    set balance_minor = m.balance_minor, entry_count = m.number, last_posted_at = base + m.n * interval '1 microsecond'
    from (select distinct on (l.no) l.no, l.balance_minor, l.number, max(l.n) over (partition by l.no) as n
      from leg l order by l.no, l.number desc) m
    where a.no = m.no
  ), told as (
    insert into events.outbox (type, owner_id, payload)
    select 'transaction.posted', o.owner_id, case
      when p.note is null and p.counterparty is null and p.to_amount_minor is null and p.type not in ('journal', 'reversal') then o.payload
      else o.payload || jsonb_strip_nulls(jsonb_build_object('note', p.note, 'counterparty', p.counterparty,
        'to_amount_minor', p.to_amount_minor::text, 'to_currency', case when p.to_amount_minor is not null then other.currency end,
        'legs', case when p.to_account is null and p.type in ('journal', 'reversal') then (
          select jsonb_agg(jsonb_build_object('account_id', l.account_id, 'amount_minor', l.amount_minor::text,
            'balance_minor', l.balance_minor::text, 'position', l.number) order by l.place)
          from leg l where l.n = p.n and l.kind = 'person') end))
    end
    from posting p
    join leg main on main.n = p.n and main.account_id = p.account_id
    left join leg other on other.n = p.n and other.account_id = p.to_account
    cross join lateral (
      select case when p.effective_at is null then p.created
        else to_char(p.effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end as happened
    ) t
    cross join lateral (
      select main.owner_id, case
        when other.account_id is null then jsonb_build_object('side', 'sent', 'transaction_id', p.id, 'type', p.type,
          'amount_minor', p.amount_minor::text, 'currency', main.currency, 'is_out', p.is_out, 'effective_at', t.happened,
          'created_at', p.created, 'account_id', p.account_id, 'account_balance_minor', main.balance_minor::text,
          'account_position', main.number)
        when other.owner_id = main.owner_id then jsonb_build_object('side', 'both', 'transaction_id', p.id, 'type', p.type,
          'amount_minor', p.amount_minor::text, 'currency', main.currency, 'is_out', p.is_out, 'effective_at', t.happened,
          'created_at', p.created, 'account_id', p.account_id, 'account_balance_minor', main.balance_minor::text,
          'account_position', main.number, 'to_account', p.to_account, 'to_account_balance_minor', other.balance_minor::text,
          'to_account_position', other.number)
        else jsonb_build_object('side', 'sent', 'transaction_id', p.id, 'type', p.type, 'amount_minor', p.amount_minor::text,
          'currency', main.currency, 'is_out', p.is_out, 'effective_at', t.happened, 'created_at', p.created,
          'account_id', p.account_id, 'account_balance_minor', main.balance_minor::text, 'account_position', main.number,
          'to_account', p.to_account)
      end as payload
      union all
      select other.owner_id, jsonb_build_object('side', 'received', 'transaction_id', p.id, 'type', p.type,
        'amount_minor', p.amount_minor::text, 'currency', main.currency, 'is_out', p.is_out, 'effective_at', t.happened,
        'created_at', p.created, 'account_id', p.account_id, 'to_account', p.to_account,
        'to_account_balance_minor', other.balance_minor::text, 'to_account_position', other.number)
      where other.owner_id <> main.owner_id
    ) o
    where p.is_quiet is not true
    order by p.n
  )
  select p.id, s.n is null or s.is_theft or s.is_foreign and s.is_system or not coalesce(p.caller = c.person, true) as is_theft into fault
  from posting p
  cross join (select nullif(current_setting('fintwin.person_id', true), '')::uuid as person) c
  left join side s on s.n = p.n
  left join leg main on main.n = p.n and main.account_id = p.account_id and (main.amount_minor < 0) = p.is_out
  where s.n is null or s.is_theft or s.is_foreign and s.is_system or s.is_broken or p.caller <> c.person or main.n is null
    or p.is_out is null or (p.to_account is not null and not exists (select from leg t where t.n = p.n and t.account_id = p.to_account))
    or (select count(*) from leg stray where stray.posting_id is null) > 0
  order by p.n limit 1;
  if fault.is_theft then
    raise exception 'posting % moves money that is not its caller''s', fault.id using errcode = 'insufficient_privilege';
  elsif fault.id is not null then
    raise exception 'posting % breaks a rule of the ledger', fault.id using errcode = 'check_violation';
  end if;
end $$;

-- What was answered before to these keys, one row a key in their order: whether nobody else is answering it now, and the kept answer.
create function transaction.find_answers(callers uuid[], paths text[], keys text[])
returns table (n bigint, is_free boolean, body_hash text, status int, content_type text, body text)
language sql security definer set search_path = pg_catalog, pg_temp
as $$
  with asked as materialized (
    select k.n, k.caller, k.path, k.key,
      pg_try_advisory_xact_lock(hashtextextended(k.caller || ' ' || k.path || ' ' || k.key, 0)) as is_free
    from unnest(callers, paths, keys) with ordinality k (caller, path, key, n)
  )
  select a.n, a.is_free, kept.body_hash, kept.status, kept.content_type, kept.body
  from asked a left join transaction.idempotency_keys kept on kept.owner_id = a.caller and kept.path = a.path and kept.key = a.key
  where a.caller = coalesce(nullif(current_setting('fintwin.person_id', true), '')::uuid, a.caller)
$$;

-- Keeps answers with the effect they are of, and clears away those of the same people that are older than was promised.
create function transaction.keep_answers(callers uuid[], paths text[], keys text[], body_hashes text[], statuses int[], content_types text[],
  bodies text[])
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  insert into transaction.idempotency_keys (owner_id, path, key, body_hash, status, content_type, body)
  select k.* from unnest(callers, paths, keys, body_hashes, statuses, content_types, bodies) k (caller, path, key, body_hash, status,
    content_type, body)
  where k.caller = coalesce(nullif(current_setting('fintwin.person_id', true), '')::uuid, k.caller);
  -- One call in so many clears away: no job that sees everybody's is needed.
  if random() < 0.01 then
    delete from transaction.idempotency_keys k where k.owner_id = any (callers) and k.created_at < now() - interval '48 hours';
  end if;
end $$;

grant create on schema transaction to fintwin_ledger;
alter function transaction.set_status(uuid, uuid, text) owner to fintwin_ledger;
alter function transaction.lock_accounts(uuid[]) owner to fintwin_ledger;
alter function transaction.find_locked_accounts(uuid[]) owner to fintwin_ledger;
alter function transaction.post(jsonb, int[], int[], bigint[], timestamptz) owner to fintwin_ledger;
alter function transaction.find_answers(uuid[], text[], text[]) owner to fintwin_ledger;
alter function transaction.keep_answers(uuid[], text[], text[], text[], int[], text[], text[]) owner to fintwin_ledger;
revoke create on schema transaction from fintwin_ledger;
revoke all on all functions in schema transaction from public;
grant execute on function transaction.require_caller(uuid), transaction.refuse_change(), transaction.require_balance() to fintwin_ledger;
grant execute on function transaction.set_status(uuid, uuid, text), transaction.lock_accounts(uuid[]),
  transaction.find_locked_accounts(uuid[]), transaction.post(jsonb, int[], int[], bigint[], timestamptz),
  transaction.find_answers(uuid[], text[], text[]),
  transaction.keep_answers(uuid[], text[], text[], text[], int[], text[], text[]) to fintwin_transaction;
