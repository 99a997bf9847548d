-- Passkey Graft: tries that are still being checked, version 9, for PostgreSQL 12 or later.

-- How many of the failures counted are tries that a server is still checking: a right one takes itself back.
alter table passkey_throttle add column undecided integer default 0 not null;
