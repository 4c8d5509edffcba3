-- Sealing: a chain of hashes for each account over everything that was posted, a ledger-wide chain of the rounds in which that was sealed, daily
-- totals for balances by effective date, and the floors that were in force. Posting writes none of it (but a floor with its change): a background
-- round reads what was posted since the one before.

-- The hash of what an entry says, its posting included, in PostgreSQL's binary form of the row: lengths are in it, so that no two entries share it,
-- and no setting changes it. A column that is added later belongs into a form of its own, or what was sealed before is no longer found.
create function transaction.entry_hash(e transaction.entries, p transaction.postings) returns bytea
language sql stable parallel safe
as $$
  select sha256(record_send(row(e.number, e.posting_id, e.amount_minor, e.balance_minor, e.effective_at, p.type::text, p.account_id, p.to_account,
    p.is_out, p.amount_minor, p.to_amount_minor, p.rate, p.reverses, p.hold_id, convert_to(p.external_id, 'UTF8'), convert_to(p.note, 'UTF8'),
    convert_to(p.counterparty, 'UTF8'), convert_to(p.category, 'UTF8'), convert_to(p.metadata::text, 'UTF8'), p.effective_at, p.posted_at)))
$$;

-- Where an account's chain begins: whose account it is, and in which currency.
create function transaction.chain_start(a transaction.accounts) returns bytea
language sql stable parallel safe
as $$
  select sha256(record_send(row(a.id, a.owner_id, convert_to(a.kind, 'UTF8'), convert_to(a.currency, 'UTF8'))))
$$;

-- Each link is the hash of the link before and the entry's own hash. Links are the same wherever a reading begins: before its first entry it is
-- given the link to begin at.
create function transaction.next_link(before bytea, entry_hash bytea, start bytea) returns bytea
language plpgsql immutable parallel safe
as $$ begin return sha256(coalesce(before, start) || entry_hash); end $$;
create aggregate transaction.chain(entry_hash bytea, start bytea) (sfunc = transaction.next_link, stype = bytea, parallel = safe);

-- One row a round: which accounts it read, up to which number, and how many entries of each. `marks` are the first four bytes of the link of each of
-- those entries, account by account: with them the audit finds the first entry that is not as it was sealed. `hash` is over the hash of the round
-- before, this row, and the accounts' links at their numbers, in full.
create table transaction.seal_rounds (
  round int primary key check (round > 0),
  sealed_at timestamptz not null,
  account_nos int[] not null,
  numbers int[] not null,
  counts int[] not null,
  marks bytea not null,
  hash bytea not null
);
alter table transaction.seal_rounds alter column marks set storage external;

create function transaction.round_hash(before bytea, r transaction.seal_rounds, links bytea) returns bytea
language sql stable parallel safe
as $$
  select sha256(coalesce(before, ''::bytea) || record_send(row(r.round, r.sealed_at, r.account_nos, r.numbers, r.counts, r.marks)) || links)
$$;

-- How far each account is sealed, and its link there.
create table transaction.folds (
  account_no int primary key,
  number int not null,
  round int not null,
  link bytea not null
) with (fillfactor = 45);

-- Each account's link at every 256th entry, so that the one at any number is near one that is known.
create table transaction.checkpoints (
  account_no int not null,
  number int not null check (number % 256 = 0),
  link bytea not null,
  primary key (account_no, number)
);

-- What the entries up to the fold sum to, for each day (UTC) of their effective date.
create table transaction.daily_totals (
  amount_minor bigint not null,
  account_no int not null,
  day date not null,
  primary key (account_no, day)
) with (fillfactor = 90);

-- The lowest balance a payment may leave, from the entry after `position` on.
create table transaction.floors (
  id bigint generated always as identity primary key,
  account_no int not null,
  position bigint not null,
  floor_minor bigint,
  set_at timestamptz not null default now()
);
insert into transaction.floors (account_no, position, floor_minor)
select no, entry_count, floor_minor from transaction.accounts where floor_minor is not null order by no;

create function transaction.note_floor() returns trigger language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  insert into transaction.floors (account_no, position, floor_minor) values (new.no, new.entry_count, new.floor_minor);
  return null;
end $$;
create trigger floor_opened after insert on transaction.accounts
  for each row when (new.floor_minor is not null) execute function transaction.note_floor();
create trigger floor_changed after update of floor_minor on transaction.accounts
  for each row when (new.floor_minor is distinct from old.floor_minor) execute function transaction.note_floor();

-- What was effective only after it was posted, which is rare: a list as of an instant begins after it.
create index postings_ahead on transaction.postings (effective_at) where effective_at > posted_at;

create trigger append_only before update or delete on transaction.seal_rounds
  for each row execute function transaction.refuse_change();
create trigger append_only before update or delete on transaction.checkpoints
  for each row execute function transaction.refuse_change();
create trigger append_only before update or delete on transaction.floors
  for each row execute function transaction.refuse_change();
create trigger only_forward before update on transaction.folds
  for each row when (new.account_no <> old.account_no or new.number <= old.number) execute function transaction.refuse_change();
create trigger keep before delete on transaction.folds for each row execute function transaction.refuse_change();
create trigger keep before delete on transaction.daily_totals for each row execute function transaction.refuse_change();
create trigger append_only_all before truncate on transaction.seal_rounds for each statement execute function transaction.refuse_change();
create trigger append_only_all before truncate on transaction.checkpoints for each statement execute function transaction.refuse_change();
create trigger append_only_all before truncate on transaction.floors for each statement execute function transaction.refuse_change();
create trigger keep_all before truncate on transaction.folds for each statement execute function transaction.refuse_change();
create trigger keep_all before truncate on transaction.daily_totals for each statement execute function transaction.refuse_change();

alter table transaction.seal_rounds enable row level security;
alter table transaction.seal_rounds force row level security;
alter table transaction.folds enable row level security;
alter table transaction.folds force row level security;
alter table transaction.checkpoints enable row level security;
alter table transaction.checkpoints force row level security;
alter table transaction.daily_totals enable row level security;
alter table transaction.daily_totals force row level security;
alter table transaction.floors enable row level security;
alter table transaction.floors force row level security;

-- A person sees what was sealed and summed up of their own accounts. Rounds are of everybody's accounts, and nobody's to see but the audit's.
-- Each query names its accounts itself and is to be read by the index for those. With `in` the policy only filters what is read so; as an array, which
-- the policy of the entries was, it would be something to look up by itself, in any index that begins with the account, and the whole account be read.
create policy owner on transaction.folds for select to fintwin_transaction using (account_no in (
  select no from transaction.accounts where owner_id = nullif(current_setting('fintwin.person_id', true), '')::uuid));
create policy owner on transaction.checkpoints for select to fintwin_transaction using (account_no in (
  select no from transaction.accounts where owner_id = nullif(current_setting('fintwin.person_id', true), '')::uuid));
create policy owner on transaction.daily_totals for select to fintwin_transaction using (account_no in (
  select no from transaction.accounts where owner_id = nullif(current_setting('fintwin.person_id', true), '')::uuid));
alter policy owner on transaction.entries using (account_no in (
  select no from transaction.accounts where owner_id = nullif(current_setting('fintwin.person_id', true), '')::uuid));
grant select on transaction.folds, transaction.checkpoints, transaction.daily_totals to fintwin_transaction;

create policy ledger on transaction.floors for insert to fintwin_ledger with check (true);
grant insert on transaction.floors to fintwin_ledger;

-- The sealer reads the ledger, and writes what it sealed and summed up.
create policy sealer on transaction.accounts for select to fintwin_sealer using (true);
create policy sealer on transaction.postings for select to fintwin_sealer using (true);
create policy sealer on transaction.entries for select to fintwin_sealer using (true);
create policy sealer on transaction.seal_rounds to fintwin_sealer using (true) with check (true);
create policy sealer on transaction.folds to fintwin_sealer using (true) with check (true);
create policy sealer on transaction.checkpoints to fintwin_sealer using (true) with check (true);
create policy sealer on transaction.daily_totals to fintwin_sealer using (true) with check (true);
grant usage on schema transaction to fintwin_sealer;
grant select on transaction.accounts, transaction.postings, transaction.entries to fintwin_sealer;
grant select, insert on transaction.seal_rounds, transaction.checkpoints to fintwin_sealer;
grant select, insert, update on transaction.folds, transaction.daily_totals to fintwin_sealer;

create policy audit on transaction.seal_rounds for select to fintwin_audit using (true);
create policy audit on transaction.folds for select to fintwin_audit using (true);
create policy audit on transaction.checkpoints for select to fintwin_audit using (true);
create policy audit on transaction.daily_totals for select to fintwin_audit using (true);
create policy audit on transaction.floors for select to fintwin_audit using (true);
grant select on transaction.seal_rounds, transaction.folds, transaction.checkpoints, transaction.daily_totals, transaction.floors to fintwin_audit;

-- Seals at most so many entries in one round: of the accounts that waited longest first. Gives how many it sealed, how many are left, and how many
-- accounts it could seal only up to an entry that is missing, which is for the audit to explain. No row where somebody else is sealing now.
-- It locks no account, so posting never waits for it.
create function transaction.seal(most_entries int)
returns table (sealed bigint, waiting bigint, broken bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp set work_mem = '32MB' set jit = off
as $$
declare
  before transaction.seal_rounds;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('transaction.seal', 0)) then return; end if;
  select * into before from transaction.seal_rounds r order by r.round desc limit 1;

  return query
  with unsealed as materialized (
    select a.no, coalesce(f.number, 0) as number, a.entry_count - coalesce(f.number, 0) as waiting, coalesce(f.round, 0) as round,
      coalesce(f.link, transaction.chain_start(a)) as link
    from transaction.accounts a left join transaction.folds f on f.account_no = a.no
    where a.entry_count > coalesce(f.number, 0)
  ), turn as materialized (
    select u.no, u.number, u.link, least(u.waiting, most_entries - u.earlier)::int as taken
    from (
      select *, (sum(unsealed.waiting) over (order by unsealed.round, unsealed.no))::bigint - unsealed.waiting as earlier from unsealed
    ) u
    where u.earlier < most_entries
  ), entry as materialized (
    select t.no, read.number, read.amount_minor, read.day, read.link, read.nth,
      read.nth = t.taken or read.next is distinct from read.number + 1 as is_last, read.nth = t.taken as is_whole
    from turn t cross join lateral (
      select e.number, e.amount_minor, e.day, transaction.chain(e.hash, t.link) over numbers as link, row_number() over numbers as nth,
        lead(e.number) over numbers as next
      from (
        select e.number, e.amount_minor, (e.effective_at at time zone 'UTC')::date as day, transaction.entry_hash(e, p) as hash
        from transaction.entries e join transaction.postings p on p.id = e.posting_id
        where e.account_no = t.no and e.number > t.number order by e.number limit t.taken
      ) e
      window numbers as (order by e.number)
    ) read
    where read.number = t.number + read.nth
  ), round as materialized (
    select coalesce(before.round, 0) + 1, clock_timestamp(), array_agg(e.no order by e.no, e.number) filter (where e.is_last),
      array_agg(e.number order by e.no, e.number) filter (where e.is_last),
      array_agg(e.nth::int order by e.no, e.number) filter (where e.is_last),
      string_agg(substring(e.link from 1 for 4), '' order by e.no, e.number),
      string_agg(e.link, '' order by e.no, e.number) filter (where e.is_last)
    from entry e having count(*) > 0
  ), rounded as (
    insert into transaction.seal_rounds
    select r.round, r.sealed_at, r.account_nos, r.numbers, r.counts, r.marks, transaction.round_hash(before.hash,
      row(r.round, r.sealed_at, r.account_nos, r.numbers, r.counts, r.marks, null)::transaction.seal_rounds, r.links)
    from round r (round, sealed_at, account_nos, numbers, counts, marks, links)
  ), folded as (
    insert into transaction.folds
    select e.no, e.number, coalesce(before.round, 0) + 1, e.link from entry e where e.is_last order by e.no
    on conflict (account_no) do update set number = excluded.number, round = excluded.round, link = excluded.link
  ), pointed as (
    insert into transaction.checkpoints
    select e.no, e.number, e.link from entry e where e.number % 256 = 0 order by e.no, e.number
  ), totalled as (
    insert into transaction.daily_totals as d (amount_minor, account_no, day)
    select sum(e.amount_minor), e.no, e.day from entry e group by e.no, e.day order by e.no, e.day
    on conflict (account_no, day) do update set amount_minor = d.amount_minor + excluded.amount_minor
  )
  select e.entries, u.waiting - e.entries, t.accounts - e.accounts
  from (select count(*) as entries, count(*) filter (where entry.is_whole) as accounts from entry) e,
    (select coalesce(sum(unsealed.waiting), 0)::bigint as waiting from unsealed) u, (select count(*) as accounts from turn) t;
end $$;

grant create on schema transaction to fintwin_sealer;
alter function transaction.seal(int) owner to fintwin_sealer;
revoke create on schema transaction from fintwin_sealer;
revoke all on all functions in schema transaction from public;
grant execute on function transaction.entry_hash(transaction.entries, transaction.postings), transaction.chain_start(transaction.accounts),
  transaction.next_link(bytea, bytea, bytea), transaction.chain(bytea, bytea) to fintwin_sealer, fintwin_transaction, fintwin_audit;
grant execute on function transaction.round_hash(bytea, transaction.seal_rounds, bytea) to fintwin_sealer, fintwin_audit;
grant execute on function transaction.note_floor() to fintwin_ledger;
grant execute on function transaction.seal(int) to fintwin_transaction;
