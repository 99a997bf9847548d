-- Passkey Graft: finding users, and counting tries of a pass, version 5, for PostgreSQL 12 or later.

-- What a search begins with; the program folds names a little better than lower() does, and writes it from now on.
alter table passkey_user add column search_name varchar(255) collate "C" default '' not null;
update passkey_user set search_name = left(lower(account_name), 255);
create index passkey_user_search_name_ix on passkey_user (search_name, handle);

alter table passkey_grant add column tries integer default 0 not null;  -- wrong passwords shown together with it
