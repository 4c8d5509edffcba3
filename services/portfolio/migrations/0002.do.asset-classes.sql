-- The class of a holding, each change dated. A holding has the class of the latest day that was told, and of that day the latest told.

alter table portfolio.holdings no force row level security;

alter table portfolio.holdings
  -- The first day of the class it has now.
  add column asset_class_from date,
  -- Its owner said so: statements leave it.
  add column is_class_own boolean not null default false,
  add constraint holdings_own unique (id, owner_id);
update portfolio.holdings set asset_class_from = (created_at at time zone 'UTC')::date;
alter table portfolio.holdings alter column asset_class_from set not null;

-- Rows are added and never changed; they go with their holding.
create table portfolio.asset_classes (
  number bigint generated always as identity primary key,
  owner_id uuid not null,
  holding_id uuid not null,
  asset_class text not null
    check (asset_class in ('stock', 'bond', 'fund', 'cash', 'commodity', 'real_estate', 'option', 'other')),
  effective_from date not null,
  created_at timestamptz not null default clock_timestamp(),
  foreign key (holding_id, owner_id) references portfolio.holdings (id, owner_id) on delete cascade
);
create index asset_classes_holding on portfolio.asset_classes (holding_id, effective_from desc, number desc);
insert into portfolio.asset_classes (owner_id, holding_id, asset_class, effective_from, created_at)
select owner_id, id, asset_class, asset_class_from, created_at from portfolio.holdings order by id;

alter table portfolio.holdings force row level security;
alter table portfolio.asset_classes enable row level security;
alter table portfolio.asset_classes force row level security;
create policy owner on portfolio.asset_classes to fintwin_portfolio
  using (owner_id = nullif((select current_setting('fintwin.person_id', true)), '')::uuid);
grant select, insert on portfolio.asset_classes to fintwin_portfolio;
