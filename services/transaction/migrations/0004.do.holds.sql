-- Holds: money of an account that is set aside for a payment to come, and transfers that wait before they go. A hold is placed once and settled
-- once: captured (the whole or a part), released or expired. While it is placed, its amount is part of the account's held_minor, which every
-- posting leaves alone. Where a hold is touched, its account's row is locked first.

create table transaction.holds (
  id uuid primary key,
  owner_id uuid not null,
  account_id uuid not null,
  -- Null where the payment will go out of FinTwin.
  to_account uuid,
  to_owner_id uuid,
  amount_minor bigint not null check (amount_minor between 1 and 999999999999999),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Until when it can be captured; null where it lasts until somebody settles it.
  expires_at timestamptz,
  -- A delayed transfer: when it is captured by itself. Until then it is its sender's own affair.
  capture_at timestamptz,
  created_at timestamptz not null,
  state text not null default 'placed' check (state in ('placed', 'captured', 'released', 'expired')),
  captured_minor bigint not null default 0,
  posting_id uuid,
  settled_at timestamptz,
  settled_by text check (settled_by in ('owner', 'recipient', 'clock')),
  -- What refused a delayed transfer at its time: the code of the refusal.
  reason text,
  note text,
  counterparty text,
  category text,
  metadata jsonb,
  check ((to_account is null) = (to_owner_id is null)),
  check (expires_at is null or capture_at is null),
  check ((state = 'placed') = (settled_at is null) and (state = 'placed') = (settled_by is null)),
  check ((state = 'captured') = (posting_id is not null)),
  check (case when state = 'captured' then captured_minor between 1 and amount_minor else captured_minor = 0 end),
  check (state <> 'expired' or expires_at is not null),
  check (reason is null or state = 'released' and capture_at is not null)
);
create index holds_owner on transaction.holds (owner_id, id desc);
create index holds_recipient on transaction.holds (to_owner_id, id desc) where to_owner_id is not null;
create index holds_account on transaction.holds (account_id) where state = 'placed';
create index holds_due on transaction.holds ((coalesce(capture_at, expires_at))) where state = 'placed';

-- A hold is captured by one posting.
create unique index postings_hold on transaction.postings (hold_id) where hold_id is not null;

-- What was placed stays as it was placed; only its one settlement is written to it.
create function transaction.refuse_hold_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare settlement constant text[] := array['state', 'captured_minor', 'posting_id', 'settled_at', 'settled_by', 'reason'];
begin
  if tg_op = 'UPDATE' and tg_level = 'ROW' and old.state = 'placed' and to_jsonb(new) - settlement = to_jsonb(old) - settlement then
    return new;
  end if;
  raise exception 'a hold is settled once and otherwise stays as it was placed: % is refused', tg_op using errcode = 'restrict_violation';
end $$;
create trigger settled_once before update or delete on transaction.holds
  for each row execute function transaction.refuse_hold_change();
create trigger settled_once_all before truncate on transaction.holds
  for each statement execute function transaction.refuse_hold_change();

-- A posting that says that it captured a hold is what the hold says; and a captured hold has its posting by the end of the transaction.
create function transaction.require_hold() returns trigger language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (
    select from transaction.holds h
    where h.id = new.hold_id and h.state = 'captured' and h.posting_id = new.id and h.captured_minor = new.amount_minor
      and h.account_id = new.account_id and h.to_account is not distinct from new.to_account and new.is_out
  ) then
    raise exception 'posting % does not capture hold % as it was captured', new.id, new.hold_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger captures_hold before insert on transaction.postings
  for each row when (new.hold_id is not null) execute function transaction.require_hold();

create function transaction.require_capture() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from transaction.postings p where p.id = new.posting_id and p.hold_id = new.id) then
    raise exception 'hold % was captured without a posting', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger captured_by_posting after insert or update on transaction.holds deferrable initially deferred
  for each row when (new.state = 'captured') execute function transaction.require_capture();

alter table transaction.holds enable row level security;
alter table transaction.holds force row level security;
create policy owner on transaction.holds for select to fintwin_transaction
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
create policy recipient on transaction.holds for select to fintwin_transaction
  using (to_owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid and (capture_at is null or state = 'captured'));
grant select on transaction.holds to fintwin_transaction;
create policy ledger on transaction.holds to fintwin_ledger using (true) with check (true);
grant select, insert, update on transaction.holds to fintwin_ledger;
create policy audit on transaction.holds for select to fintwin_audit using (true);
grant select on transaction.holds to fintwin_audit;

-- Tells the owner of a hold what became of it, and its recipient where the recipient may see it.
create function transaction.tell_of_hold(event_type text, h transaction.holds) returns void
language sql set search_path = pg_catalog, pg_temp
as $$
  insert into events.outbox (type, owner_id, payload)
  select event_type, o.owner_id, jsonb_build_object('hold_id', h.id, 'state', h.state, 'account_id', h.account_id, 'to_account', h.to_account,
    'amount_minor', h.amount_minor::text, 'currency', h.currency, 'side', o.side, 'settled_by', h.settled_by, 'reason', h.reason,
    'is_delayed', h.capture_at is not null, 'note', h.note, 'counterparty', h.counterparty)
  from (
    select h.owner_id, 'sent' as side
    union all
    select h.to_owner_id, 'received' where h.to_owner_id <> h.owner_id and h.capture_at is null
  ) o
$$;

-- Places a decided hold. What must never be wrong is checked here, too: the money is the caller's, there is enough of it, and neither side is
-- in a state that forbids it.
create function transaction.place_hold(caller uuid, placed jsonb)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  h transaction.holds := jsonb_populate_record(null::transaction.holds, placed);
  source transaction.accounts;
  target transaction.accounts;
begin
  perform transaction.require_caller(caller);
  perform from transaction.accounts a where a.id in (h.account_id, h.to_account) order by a.id for no key update;
  select * into source from transaction.accounts a where a.id = h.account_id;
  select * into target from transaction.accounts a where a.id = h.to_account;
  if source.owner_id is distinct from caller or source.kind <> 'person' then
    raise exception 'hold % takes money that is not its caller''s', h.id using errcode = 'insufficient_privilege';
  end if;
  if source.status <> 'open' or source.balance_minor - source.held_minor - h.amount_minor < source.floor_minor
    or h.to_account is not null
      and (target.id is null or target.id = source.id or target.kind <> 'person' or target.status = 'closed' or target.currency <> source.currency)
  then
    raise exception 'hold % breaks a rule of the ledger', h.id using errcode = 'check_violation';
  end if;
  insert into transaction.holds (id, owner_id, account_id, to_account, to_owner_id, amount_minor, currency, expires_at, capture_at, created_at,
    note, counterparty, category, metadata)
  values (h.id, caller, h.account_id, h.to_account, target.owner_id, h.amount_minor, source.currency, h.expires_at, h.capture_at, h.created_at,
    h.note, h.counterparty, h.category, h.metadata)
  returning * into h;
  update transaction.accounts a set held_minor = a.held_minor + h.amount_minor where a.id = h.account_id;
  perform transaction.tell_of_hold('hold.placed', h);
end $$;

-- Settles a hold, once: its amount is let go, and what became of it is written. It belongs to a transaction of its owner's, whoever settles it:
-- its owner, its recipient (who has no say in a delayed transfer), or, where that is null, the clock once the hold is due. The posting of a
-- capture follows in the same transaction.
create function transaction.settle_hold(hold uuid, settler uuid, new_state text, captured bigint, posting uuid, why text)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  h transaction.holds;
  settling text;
begin
  perform from transaction.accounts a where a.id = (select account_id from transaction.holds where id = hold) for no key update;
  select * into h from transaction.holds where id = hold for update;
  if h.id is null then
    raise exception 'there is no hold %', hold using errcode = 'insufficient_privilege';
  end if;
  perform transaction.require_caller(h.owner_id);
  settling := case
    when settler is null and coalesce(h.capture_at, h.expires_at) <= clock_timestamp() then 'clock'
    when settler = h.owner_id then 'owner'
    when settler = h.to_owner_id and h.capture_at is null then 'recipient'
  end;
  if settling is null then
    raise exception 'hold % is not this person''s to settle, or not due', hold using errcode = 'insufficient_privilege';
  end if;
  if h.state <> 'placed' or new_state = 'placed' or (new_state = 'expired') <> (settling = 'clock' and h.expires_at is not null)
    or new_state = 'captured' and h.expires_at <= now()
  then
    raise exception 'hold % cannot become %', hold, new_state using errcode = 'check_violation';
  end if;
  update transaction.accounts a set held_minor = a.held_minor - h.amount_minor where a.id = h.account_id;
  update transaction.holds
  set state = new_state, captured_minor = captured, posting_id = posting, settled_at = clock_timestamp(), settled_by = settling, reason = why
  where id = hold returning * into h;
  if h.state <> 'captured' then
    perform transaction.tell_of_hold('hold.released', h);
  end if;
end $$;

-- Holds whose time has come, the longest overdue first: which, and whose. For the worker that settles each in its owner's name.
create function transaction.list_due_holds(except_ids uuid[], most int)
returns table (id uuid, owner_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select h.id, h.owner_id from transaction.holds h
  where h.state = 'placed' and coalesce(h.capture_at, h.expires_at) <= now() and h.id <> all (except_ids)
  order by coalesce(h.capture_at, h.expires_at) limit most
$$;

grant create on schema transaction to fintwin_ledger;
alter function transaction.require_capture() owner to fintwin_ledger;
alter function transaction.place_hold(uuid, jsonb) owner to fintwin_ledger;
alter function transaction.settle_hold(uuid, uuid, text, bigint, uuid, text) owner to fintwin_ledger;
alter function transaction.list_due_holds(uuid[], int) owner to fintwin_ledger;
revoke create on schema transaction from fintwin_ledger;
revoke all on function transaction.refuse_hold_change(), transaction.require_hold(), transaction.require_capture(),
  transaction.tell_of_hold(text, transaction.holds), transaction.place_hold(uuid, jsonb),
  transaction.settle_hold(uuid, uuid, text, bigint, uuid, text), transaction.list_due_holds(uuid[], int) from public;
grant execute on function transaction.refuse_hold_change(), transaction.require_hold(), transaction.tell_of_hold(text, transaction.holds)
  to fintwin_ledger;
grant execute on function transaction.place_hold(uuid, jsonb), transaction.settle_hold(uuid, uuid, text, bigint, uuid, text),
  transaction.list_due_holds(uuid[], int) to fintwin_transaction;
