-- Passkey Graft: the tables, version 1, for PostgreSQL 12 and later.
--
-- Run by the web application itself, or by hand where passkey.store.migrate is false (docs/database.md).
-- Everything is text a person can read: bytes are base64url without padding, times are UTC without a zone.

-- One row an account that ever had to do with passkeys. Rows are never deleted: a handle must not be given out twice,
-- and an authenticator may show one that we have to recognise years later.
create table passkey_user (
    handle                  varchar(86)   not null,  -- WebAuthn user handle, random, tells nothing about the person
    account_key             varchar(255)  not null,  -- what the application never changes; its name where it has no key
    account_name            varchar(255)  not null,  -- as the application last spelled it
    epoch                   bigint        not null,  -- sessions that began in an older epoch have ended
    changes                 bigint        not null,  -- raised first by every bind, rename and delete: they queue up here
    binding_deferred_until  timestamp,               -- UTC; "Not now": until then nobody offers to bind a passkey
    quarantined             boolean       not null,  -- another account got the name: these passkeys log nobody on
    created_at              timestamp     not null,  -- UTC
    holds_name              varchar(255)  generated always as (case when quarantined then null else account_name end) stored,
    constraint passkey_user_pk primary key (handle),
    constraint passkey_user_account_key_uq unique (account_key),
    constraint passkey_user_holds_name_uq unique (holds_name)
);

-- One row a passkey.
create table passkey_credential (
    id               varchar(43)    not null,  -- SHA-256 of the credential id; names the passkey in URLs
    credential_id    varchar(1364)  not null,  -- the credential id in full, 1 to 1,023 bytes
    owner_handle     varchar(86)    not null,
    name             varchar(128)   not null,  -- as its user wrote it, 1 to 64 code points
    name_key         varchar(128)   not null,  -- equal for names that a person would call the same
    passkey_use      varchar(20)    not null,  -- logon or second-factor
    public_key       varchar(4000)  not null,  -- COSE key; nothing in the program ever updates it
    sign_count       bigint         not null,  -- 0 where the authenticator does not count
    backup_eligible  boolean        not null,
    backed_up        boolean        not null,
    transports       varchar(255)   not null,  -- comma between, may be empty
    aaguid           varchar(36)    not null,  -- model of the authenticator
    created_at       timestamp      not null,  -- UTC
    last_used_at     timestamp,                -- UTC
    clone_suspected  boolean        not null,  -- the counter once did not move forward: two devices may share the key
    constraint passkey_credential_pk primary key (id),
    constraint passkey_credential_name_uq unique (owner_handle, name_key),  -- also finds the passkeys of a user
    constraint passkey_credential_owner_fk foreign key (owner_handle) references passkey_user (handle),
    constraint passkey_credential_use_ck check (passkey_use in ('logon', 'second-factor'))
);

-- One row a ceremony that was answered. Its primary key is what makes an answer count once, on any number of servers.
create table passkey_spent_ceremony (
    id          varchar(43)  not null,  -- SHA-256 of the challenge
    expires_at  timestamp    not null,  -- UTC; the row goes a day later
    constraint passkey_spent_ceremony_pk primary key (id)
);

create index passkey_spent_ceremony_expires_at_ix on passkey_spent_ceremony (expires_at);

-- Keys that seal what a browser keeps for us during a ceremony. Who reads them cannot log on with them.
create table passkey_sealing_key (
    generation  integer      not null,  -- 1, 2, 3 ...: of two servers that make the next key, one is refused
    id          varchar(8)   not null,  -- how a sealed token names its key
    secret      varchar(43)  not null,  -- 32 random bytes
    seal_from   timestamp    not null,  -- UTC; the youngest key past this time seals
    open_until  timestamp    not null,  -- UTC; the row goes afterwards
    constraint passkey_sealing_key_pk primary key (generation),
    constraint passkey_sealing_key_id_uq unique (id)
);

-- What an administrator can change while the application runs: exactly one row.
create table passkey_policy (
    id             integer  not null,
    allowed        boolean  not null,  -- whether passkeys may be used at all
    maximum        integer  not null,  -- passkeys a user may have
    offer_to_bind  boolean  not null,  -- whether a password logon leads to the page that offers to bind one
    constraint passkey_policy_pk primary key (id),
    constraint passkey_policy_one_row_ck check (id = 1),
    constraint passkey_policy_maximum_ck check (maximum between 1 and 100)
);
