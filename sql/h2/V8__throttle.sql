-- Passkey Graft: what failed lately, version 8, for H2 2.x.

-- One row for what is guessed at: an account, a browser that knows it, or the network that the guesses come from.
create table passkey_throttle (
    id          varchar(43)  not null,  -- SHA-256 of what is counted; never a name, for people type passwords there
    failures    integer      not null,
    opens_at    timestamp    not null,  -- UTC; before, nothing more is let through
    expires_at  timestamp    not null,  -- UTC; the count starts anew, and the row may go
    constraint passkey_throttle_pk primary key (id)
);

create index passkey_throttle_expires_at_ix on passkey_throttle (expires_at);
