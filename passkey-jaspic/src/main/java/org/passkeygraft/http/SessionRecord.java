package org.passkeygraft.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.Caller;
import org.passkeygraft.Proofs;

/**
 * What a session remembers of a logon, and its one-line-a-field text. The text is all that is kept in the session: it
 * survives redeployment, replication and a rolling upgrade, because it holds no class of ours.
 *
 * @param logonId random, tells this logon from every other
 * @param epoch the account's generation of sessions at the logon
 * @param checkedAt when the directory last answered for this session
 * @param triedAt when it was last asked
 */
record SessionRecord(
        String logonId,
        Account account,
        Set<String> groups,
        long epoch,
        Instant checkedAt,
        Instant triedAt,
        Proofs proofs) {
    private static final String VERSION = "1";
    private static final int FIELDS = 9;

    SessionRecord {
        groups = Set.copyOf(groups);
    }

    Caller caller() {
        return new Caller(account.name(), groups);
    }

    SessionRecord tried(Instant now) {
        return new SessionRecord(logonId, account, groups, epoch, checkedAt, now, proofs);
    }

    /**
     * Whether the directory need not be asked now: one of the session's requests did so lately, and it has not been silent
     * for longer than is tolerated. A time in the future proves nothing.
     */
    boolean isCurrent(Instant now, Duration recheck, Duration longestWithoutDirectory) {
        return !triedAt.isAfter(now)
                && triedAt.plus(recheck).isAfter(now)
                && checkedAt.plus(recheck).plus(longestWithoutDirectory).isAfter(now);
    }

    SessionRecord checked(Account currentAccount, Set<String> currentGroups, Instant now) {
        return new SessionRecord(logonId, currentAccount, currentGroups, epoch, now, now, proofs);
    }

    SessionRecord proven(Proofs newer) {
        return new SessionRecord(logonId, account, groups, epoch, checkedAt, triedAt, newer);
    }

    SessionRecord inEpoch(long newer) {
        return new SessionRecord(logonId, account, groups, newer, checkedAt, triedAt, proofs);
    }

    String write() {
        List<String> lines = new ArrayList<>(FIELDS + groups.size());
        lines.add(VERSION);
        lines.add(logonId);
        lines.add(escape(account.name()));
        lines.add(escape(account.key()));
        lines.add(Long.toString(epoch));
        lines.add(millis(checkedAt));
        lines.add(millis(triedAt));
        lines.add(millis(proofs.passkeyAt()));
        lines.add(millis(proofs.passwordAt()));
        groups.forEach(group -> lines.add(escape(group)));
        return String.join("\n", lines);
    }

    /** Empty for a text of another version or shape: nobody is logged on then. */
    static Optional<SessionRecord> read(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        if (lines.size() < FIELDS || !lines.get(0).equals(VERSION)) {
            return Optional.empty();
        }
        try {
            Set<String> groups = new LinkedHashSet<>();
            lines.subList(FIELDS, lines.size()).forEach(group -> groups.add(unescape(group)));
            return Optional.of(new SessionRecord(
                    lines.get(1),
                    new Account(unescape(lines.get(2)), unescape(lines.get(3))),
                    groups,
                    Long.parseLong(lines.get(4)),
                    Instant.ofEpochMilli(Long.parseLong(lines.get(5))),
                    Instant.ofEpochMilli(Long.parseLong(lines.get(6))),
                    new Proofs(instant(lines.get(7)), instant(lines.get(8)))));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static String millis(@Nullable Instant instant) {
        return instant == null ? "" : Long.toString(instant.toEpochMilli());
    }

    private static @Nullable Instant instant(String millis) {
        return millis.isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescape(String line) {
        if (line.indexOf('\\') < 0) {
            return line;
        }
        StringBuilder value = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                c = switch (line.charAt(i)) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> line.charAt(i);
                };
            }
            value.append(c);
        }
        return value.toString();
    }
}
