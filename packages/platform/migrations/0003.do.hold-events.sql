-- Money that is set aside, and money that is let go again, is told to open pages.
insert into events.subscriptions (type, consumer) values ('hold.placed', 'notification'), ('hold.released', 'notification');
