-- Passkey Graft: what helps a user who lost a device, version 7, for PostgreSQL 12 and later.

-- One row a user who can be reached: by codes beside a password, and by notices of what happened to the account.
create table passkey_contact (
    owner_handle      varchar(86)   not null,
    kind              varchar(10)   not null,  -- mobile or email
    address           varchar(254)  not null,
    verified_at       timestamp     not null,  -- UTC; when a code that was sent there came back
    usable_from       timestamp     not null,  -- UTC; before, codes go to the one it replaces
    previous_kind     varchar(10)   not null,  -- of the one it replaces, if that was in use; else empty
    previous_address  varchar(254)  not null,
    constraint passkey_contact_pk primary key (owner_handle),
    constraint passkey_contact_owner_fk foreign key (owner_handle) references passkey_user (handle)
);

-- One row a user and purpose: the code sent last, and how many there were. The row stays when the code is used.
create table passkey_one_time_code (
    id            varchar(100)  not null,  -- the purpose (backup or contact), a slash, the user's handle
    holder        varchar(43)   not null,  -- SHA-256 of what only the browser or session that asked for the code has
    digest        varchar(43)   not null,  -- keyed with that and a sealing key; empty once used
    kind          varchar(10)   not null,  -- where the code went
    address       varchar(254)  not null,
    tries_left    integer       not null,
    expires_at    timestamp     not null,  -- UTC
    sends         integer       not null,  -- since sends_from
    sends_from    timestamp     not null,  -- UTC; an hour later they count anew
    wrong         integer       not null,  -- wrong codes since wrong_from; at ten, no code is taken any more
    wrong_from    timestamp     not null,  -- UTC; a day later they count anew, unless ten were reached
    wrong_at      timestamp     not null,  -- UTC; a passkey used later forgives them
    constraint passkey_one_time_code_pk primary key (id)
);

-- One row a recovery code that was not used yet. The row goes when it is used.
create table passkey_recovery_code (
    digest        varchar(43)  not null,  -- SHA-256 of owner and code; a code has 80 random bits
    owner_handle  varchar(86)  not null,
    made_at       timestamp    not null,  -- UTC
    constraint passkey_recovery_code_pk primary key (digest),
    constraint passkey_recovery_code_owner_fk foreign key (owner_handle) references passkey_user (handle)
);

create index passkey_recovery_code_owner_ix on passkey_recovery_code (owner_handle);
