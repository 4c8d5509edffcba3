-- A person's own words beside a posting: each side of a transfer has its own, and the posting stays as it was posted.

create table transaction.annotations (
  posting_id uuid not null,
  owner_id uuid not null,
  -- Shown instead of what was posted; empty where nothing is to be shown, null where the posted text stands.
  note text,
  counterparty text,
  category text,
  updated_at timestamptz not null default now(),
  primary key (posting_id, owner_id)
);

alter table transaction.annotations enable row level security;
alter table transaction.annotations force row level security;

-- One's own, and only beside postings that one sees: the postings' own policies decide that. No foreign key is needed for what is never deleted.
create policy owner on transaction.annotations to fintwin_transaction
  using (owner_id = nullif(current_setting('fintwin.person_id', true), '')::uuid)
  with check (owner_id = nullif(current_setting('fintwin.person_id', true), '')::uuid
    and exists (select from transaction.postings p where p.id = posting_id));
grant select, insert, update, delete on transaction.annotations to fintwin_transaction;
