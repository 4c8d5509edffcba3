-- The yardstick: a minimal double-entry transfer, one call of one plpgsql function each, as a good engineer would write it for pgbench.

create table accounts (
  id int primary key,
  balance bigint not null
) with (fillfactor = 50);

create table transfers (
  id bigint generated always as identity primary key,
  source int not null,
  target int not null,
  amount bigint not null,
  created_at timestamptz not null default now()
);

create table entries (
  transfer_id bigint not null,
  account_id int not null,
  amount bigint not null,
  primary key (transfer_id, account_id)
);

insert into accounts select id, 1000000 from generate_series(1, 10000) id;

create function transfer(source int, target int, amount bigint) returns bigint language plpgsql as $$
declare made bigint;
begin
  perform from accounts where id in (source, target) order by id for no key update;
  update accounts set balance = balance - amount where id = source and balance >= amount;
  if not found then raise exception 'account % cannot pay %', source, amount; end if;
  update accounts set balance = balance + amount where id = target;
  insert into transfers (source, target, amount) values (source, target, amount) returning id into made;
  insert into entries (transfer_id, account_id, amount) values (made, source, -amount), (made, target, amount);
  return made;
end $$;
