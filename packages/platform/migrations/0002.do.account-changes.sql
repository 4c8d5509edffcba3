-- Changes of accounts are told to open pages.
insert into events.subscriptions (type, consumer) values ('account.changed', 'notification');
