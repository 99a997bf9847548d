-- Passkey Graft: the whole policy, and rights that are used once, version 3, for PostgreSQL 12 or later.

alter table passkey_policy add column silent_upgrade              boolean        default false                     not null;  -- whether browsers may make a passkey by themselves after a password
alter table passkey_policy add column password_rule               varchar(20)    default 'allowed'                 not null;  -- allowed or while-no-passkey
alter table passkey_policy add column second_factor               varchar(20)    default 'off'                     not null;  -- off, when-bound or required
alter table passkey_policy add column second_factor_groups        varchar(4000)  default ''                        not null;  -- a line a group: the rule, a blank, the group
alter table passkey_policy add column second_factor_after_passkey boolean        default false                     not null;  -- whether a passkey logon needs the password too
alter table passkey_policy add column one_time_codes              varchar(30)    default 'second-factor-and-proof' not null;  -- off, second-factor or second-factor-and-proof
alter table passkey_policy add column recovery_codes              varchar(30)    default 'second-factor-and-proof' not null;  -- the same
alter table passkey_policy add column attested                    boolean        default false                     not null;  -- whether authenticators must prove their model
alter table passkey_policy add column model_rule                  varchar(20)    default 'any'                     not null;  -- any, only-these or not-these
alter table passkey_policy add column models                      varchar(4000)  default ''                        not null;  -- AAGUIDs, comma between
alter table passkey_policy add column default_suffix              varchar(100)   default ''                        not null;  -- what may follow a user name after an @
alter table passkey_policy add column custom_suffixes             varchar(4000)  default ''                        not null;  -- more of them, comma between
alter table passkey_policy add column version                     bigint         default 0                         not null;  -- raised by every change: of two at once, one is refused

-- One row a right that a browser was given, to be used once. The row goes when it is used.
create table passkey_grant (
    id            varchar(43)   not null,  -- SHA-256 of the 256 random bits that the browser holds
    kind          varchar(20)   not null,  -- password-passed, ticket, reset ...
    account_key   varchar(255)  not null,
    account_name  varchar(255)  not null,
    epoch         bigint        not null,  -- the account's epoch when it was given
    detail        varchar(255)  not null,  -- what the kind needs, may be empty
    issued_at     timestamp     not null,  -- UTC
    expires_at    timestamp     not null,  -- UTC; the row may go afterwards
    constraint passkey_grant_pk primary key (id)
);

create index passkey_grant_account_ix on passkey_grant (account_key, kind);
create index passkey_grant_expires_at_ix on passkey_grant (expires_at);
