-- Passkey Graft: keys compare exactly, version 10, for PostgreSQL 12 and later.
--
-- Keys compare by their bytes, whatever collation the database has now or gets later: "root" and "ROOT" are two accounts.
-- The indexes are built anew, and an update of the operating system's collations does not touch them from now on.

-- A column cannot change while another is made from it.
alter table passkey_user drop column holds_name;
alter table passkey_user
    alter column handle       type varchar(86)   collate "C",
    alter column account_key  type varchar(255)  collate "C",
    alter column account_name type varchar(255)  collate "C";
alter table passkey_user
    add column holds_name varchar(255) collate "C" generated always as (case when quarantined then null else account_name end) stored,
    add constraint passkey_user_holds_name_uq unique (holds_name);

alter table passkey_credential
    alter column id           type varchar(43)   collate "C",
    alter column owner_handle type varchar(86)   collate "C",
    alter column name_key     type varchar(128)  collate "C";

alter table passkey_spent_ceremony
    alter column id           type varchar(43)   collate "C";

alter table passkey_sealing_key
    alter column id           type varchar(8)    collate "C";

alter table passkey_remembered_account
    alter column account_key  type varchar(255)  collate "C";

alter table passkey_grant
    alter column id           type varchar(43)   collate "C",
    alter column kind         type varchar(20)   collate "C",
    alter column account_key  type varchar(255)  collate "C";

alter table passkey_throttle
    alter column id           type varchar(43)   collate "C";

alter table passkey_contact
    alter column owner_handle type varchar(86)   collate "C";

alter table passkey_one_time_code
    alter column id           type varchar(100)  collate "C",
    alter column holder       type varchar(43)   collate "C",
    alter column digest       type varchar(43)   collate "C";

alter table passkey_recovery_code
    alter column digest       type varchar(43)   collate "C",
    alter column owner_handle type varchar(86)   collate "C";
