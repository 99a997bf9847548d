-- Passkey Graft: the tables, version 2, for H2 2.x.
--
-- Run by the web application itself, or by hand where passkey.store.migrate is false (docs/database.md).

-- One row an account of the kinds jaas and container, which can only be asked with a password: what its last full
-- password logon told. Stands in for a directory until it is too old (passkey.accounts.remembered.maximum-age).
create table passkey_remembered_account (
    account_key    varchar(255)    not null,  -- the name, for these accounts have no other key
    account_groups varchar(32000)  not null,  -- a group a line, may be empty
    remembered_at  timestamp       not null,  -- UTC; when the password was right
    constraint passkey_remembered_account_pk primary key (account_key)
);
