-- Passkey Graft: the audit trail, version 6, for H2 2.x.

-- One row an event. Nothing updates a row; rows older than passkey.audit.retention go by themselves. Names and user
-- agents are as somebody sent them: whoever prints them must expect anything but a NUL.
create table passkey_audit (
    id            varchar(24)    not null,  -- microseconds since 1970, then 8 digits of no meaning: sorts by time, in any collation
    happened_at   timestamp      not null,  -- UTC; to look for a time, compare the id, which has an index
    event         varchar(40)    not null,  -- LOGON, LOGON_REFUSED ... (docs/audit-and-metrics.md)
    account_name  varchar(255)   not null,  -- as the application has it, else as it was typed; may be empty
    account_key   varchar(255)   not null,  -- empty where no account is known
    method        varchar(80)    not null,  -- passkey, password ..., a plus between several; may be empty
    reason        varchar(60)    not null,  -- of a refusal, else empty
    passkey       varchar(43)    not null,  -- passkey_credential.id, also of one that is gone; may be empty
    address       varchar(64)    not null,
    user_agent    varchar(255)   not null,
    details       varchar(2000)  not null,  -- whatever else there is, name="value"; may be empty
    constraint passkey_audit_pk primary key (id)
);

-- Each ends in the id: newest first, page by page, is a walk along the index.
create index passkey_audit_account_ix on passkey_audit (account_name, id);
create index passkey_audit_event_ix on passkey_audit (event, id);
create index passkey_audit_reason_ix on passkey_audit (reason, id);
