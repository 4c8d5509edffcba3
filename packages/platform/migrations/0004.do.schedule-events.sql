-- A scheduled transaction that was refused is told to its owner.
insert into events.subscriptions (type, consumer) values ('schedule.refused', 'notification');
